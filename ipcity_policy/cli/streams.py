"""The standard streams: where one is closed, full or no longer read, that is told once."""

import errno
import io
import os
import sys
from contextlib import suppress
from typing import Any, TextIO

import click

from ipcity_policy.text.message import Message, said_by_system, say


class UnwrittenError(Exception):
    """A standard stream did not take what was printed."""

    def __init__(self, stream: Message, reason: OSError) -> None:
        super().__init__(reason)
        self.stream = stream
        self.reason = reason

    @property
    def unread(self) -> bool:
        """Whether whoever reads the stream has seen enough."""
        return isinstance(self.reason, BrokenPipeError)

    @property
    def says(self) -> Message:
        """What is told of it."""
        reason = said_by_system(self.reason)
        if self.reason.errno == errno.EBADF:
            reason = say("it is closed")
        return say("{stream} cannot be written: {reason}", stream=self.stream, reason=reason)


class _Raw(io.FileIO):
    """A stream without a buffer that says of a fault which stream it is."""

    called: Message

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            raise UnwrittenError(self.called, error) from None


def hold() -> None:
    """Make output UTF-8 on every platform, and keep the place of a stream that came closed."""
    if sys.stdin is None:
        _occupy(0, os.O_WRONLY)
    sys.stdout = _held(1, sys.stdout, say("standard output"))
    sys.stderr = _held(2, sys.stderr, say("standard error"))


def bear() -> None:
    """Let a stream that another program opened take what its encoding lacks, as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")


def _held(number: int, stream: TextIO | None, called: Message) -> TextIO:
    if stream is None:
        _occupy(number, os.O_RDONLY)
    elif os.name == "nt" and stream.isatty() and isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        return stream  # a console there takes no bytes
    raw = _Raw(number, "w", closefd=False)
    raw.called = called
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding="utf-8",
        errors="backslashreplace",
        newline="\n",  # the same bytes on every system
        line_buffering=number == 2,
    )


def _occupy(number: int, mode: int) -> None:
    """Open nothing in the wrong mode, so that a use fails and no other file gets the number."""
    opened = os.open(os.devnull, mode)
    if opened != number:
        os.dup2(opened, number)
        os.close(opened)


def warn(message: Message, language: str) -> None:
    """Print a message to standard error, where that can be."""
    with suppress(OSError, UnwrittenError):
        click.echo(message.text(language), err=True)


def give_up() -> None:
    """Write no more to a stream that does not take it, so that none complains at the end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, UnwrittenError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
