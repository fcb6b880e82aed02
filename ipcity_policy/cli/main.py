"""The `ipcity` command: its subcommands, and what its exit status means."""

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from ipcity_policy.version import __version__

#: The exit statuses beside click's own 2 for wrong usage.
DONE, ERRORS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130


#: The commands in the order of the help: each the name of its file, and of the command there.
COMMANDS = {
    "list": "list_",
    "show": "show",
    "check": "check",
    "fmt": "fmt",
    "evaluate": "evaluate",
    "validate": "validate",
    "compare": "compare",
    "sheet": "sheet",
    "draft": "draft",
    "test": "test",
    "explain": "explain",
}


class _Commands(click.Group):
    """Loads a command when it is asked for, so that none pays for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"ipcity_policy.cli.{cmd_name}")
        command = getattr(module, COMMANDS[cmd_name])
        assert isinstance(command, click.Command)  # INVARIANT: the table says so
        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
)
@click.version_option(__version__, message="%(version)s")
def ipcity() -> None:
    """Evaluate fact sheets against versioned measures, and explain every verdict.

    Exit status: 0 done, 1 errors in a rule file, sheet or test, 2 wrong usage, 3 a fault of
    this program, 130 interrupted. A verdict against a subject is a result, not an error.
    """


def run(args: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status; nothing escapes as a traceback."""
    try:
        status = ipcity.main(
            args=None if args is None else list(args), prog_name="ipcity", standalone_mode=False
        )
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            click.echo(f"a file or the output cannot be used: {error.strerror}", err=True)
            return ERRORS
        # Whoever reads our output has seen enough; the rest must not complain on closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # the last door: a fault of ours, said in one sentence
        click.echo(
            f"a fault of this program, not of your files: {type(error).__name__}: {error}\n"
            "please report it with the command and the files that led to it",
            err=True,
        )
        return BUG
    return status if isinstance(status, int) else DONE


def main() -> None:
    """Run as a program: UTF-8 in and out on every platform."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run())
