"""The `ipcity` command: its subcommands, and what its exit status means."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from ipcity_policy.cli.help import write_commands
from ipcity_policy.cli.misuse import show_misuse
from ipcity_policy.cli.options import language_of, language_option
from ipcity_policy.cli.speaking import SpeakingContext, speaking
from ipcity_policy.cli.streams import UnwrittenError, bear, give_up, hold, warn
from ipcity_policy.text.catalogue import SOURCE
from ipcity_policy.text.message import said_by_system, say
from ipcity_policy.version import __version__

#: The exit statuses beside click's own 2 for wrong usage.
DONE, ERRORS, USAGE, BUG, UNTOLD, INTERRUPTED = 0, 1, 2, 3, 4, 130


#: The commands: each the name of its file, and of the command there.
COMMANDS = {
    "list": "list_",
    "show": "show",
    "check": "check",
    "fmt": "fmt",
    "evaluate": "evaluate",
    "timeline": "timeline",
    "validate": "validate",
    "compare": "compare",
    "sheet": "sheet",
    "draft": "draft",
    "law": "law",
    "test": "test",
    "explain": "explain",
}


#: The commands by who needs them most, in the order of the help.
GROUPS = (
    (say("For everybody"), ("list", "show", "law", "explain")),
    (say("For drafters"), ("draft", "check", "fmt", "test")),
    (say("For analysts"), ("evaluate", "timeline", "compare")),
    (say("For offices"), ("sheet", "validate")),
)


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
        if isinstance(ctx, SpeakingContext):
            return speaking(command, ctx.language)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by who needs them."""
        for heading, names in GROUPS:
            write_commands(self, heading, names, ctx, formatter)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
)
@language_option
@click.version_option(__version__, message="%(version)s")
def ipcity(lang: str | None) -> None:
    """Evaluate fact sheets against versioned measures, and explain every verdict.

    Exit status: 0 done, 1 errors in a rule file, sheet or test, 2 wrong usage, 3 a fault of
    this program, 4 the output cannot be written, 130 interrupted. A verdict against a subject
    is a result, not an error.
    """


def run(args: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status; nothing escapes as a traceback."""
    given = sys.argv[1:] if args is None else list(args)
    language = language_of(given, os.environ)
    bear()
    try:
        return _run(args, given, language)
    except UnwrittenError as error:
        if not error.unread:
            warn(error.says, language)
        give_up()
        return DONE if error.unread else UNTOLD
    except OSError as error:
        reason = said_by_system(error)
        warn(say("a file cannot be used: {reason}", reason=reason), language)
        return ERRORS


def _run(args: Sequence[str] | None, given: Sequence[str], language: str) -> int:
    # Only a page of help needs other words before the command runs.
    helps = language != SOURCE and not {"-h", "--help"}.isdisjoint(given)
    command = speaking(ipcity, language) if helps else ipcity
    try:
        status = command.main(
            # Of those of the program, click expands `*.yaml` where no shell does.
            args=None if args is None else list(args),
            prog_name="ipcity",
            standalone_mode=False,
            obj=language,
        )
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        show_misuse(error, language)
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except (OSError, UnwrittenError):
        raise
    except Exception as error:  # the last door: a fault of ours, said in one sentence
        fault = f"{type(error).__name__}: {error}"
        for told in (
            say("a fault of this program, not of your files: {fault}", fault=fault),
            say("please report it with the command and the files that caused it"),
        ):
            click.echo(told.text(language), err=True)
        return BUG
    return status if isinstance(status, int) else DONE


def main() -> int:
    """Run as a program, and return its exit status."""
    hold()
    return run()
