"""The `ipcity` command: its subcommands, and what its exit status means."""

import io
import os
import sys
from collections.abc import Sequence

import click

from ipcity_policy.cli.check import check
from ipcity_policy.cli.compare import compare
from ipcity_policy.cli.draft import draft
from ipcity_policy.cli.evaluate import evaluate
from ipcity_policy.cli.list import list_
from ipcity_policy.cli.show import show
from ipcity_policy.cli.test import test
from ipcity_policy.cli.validate import validate

#: The exit statuses beside click's own 2 for wrong usage.
DONE, ERRORS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88})
@click.version_option(package_name="ipcity-policy", message="%(version)s")
def ipcity() -> None:
    """Evaluate fact sheets against versioned measures, and explain every verdict.

    Exit status: 0 done, 1 errors in a rule file, sheet or test, 2 wrong usage, 3 a fault of
    this program, 130 interrupted. A verdict against a subject is a result, not an error.
    """


for command in (list_, show, check, evaluate, validate, compare, draft, test):
    ipcity.add_command(command)


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
