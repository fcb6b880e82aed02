"""`ipcity` and `python -m ipcity_policy`: ready to be interrupted at once."""

import os
import signal
import sys

#: What a shell calls the status of a program that was interrupted.
INTERRUPTED = 130


def main() -> None:
    """Run as a program."""
    # A shell starts what runs in the background with interruptions off; they stay off.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)
    from ipcity_policy.cli.main import main as program  # most of the time goes into this

    sys.exit(program())


def _leave(*_: object) -> None:
    # An exception could be caught, or told as a traceback, by whatever runs just now.
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
