"""Files written in one step: whoever is stopped on the way leaves the old bytes, or none.

New bytes are written to a file beside, which then takes the place of the old one.
"""

import os
import re
import secrets
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import Message, said_by_system, say
from ipcity_policy.text.source import Source, Span

#: The names of files that are being written.
_BESIDE = re.compile(r"\.ipcity-[0-9a-f]{16}\.part")


def write_over(path: Path, name: str, before: bytes, after: bytes) -> Diagnostic | None:
    """Write a file that held the bytes `before`; what stands in the way is a diagnostic."""
    try:
        found = path.stat()
        if not found.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            return _unwritable(name, say("it may only be read"))
        if path.read_bytes() != before:
            return _unwritable(name, say("it was changed in the meantime"))
    except OSError as error:
        return _unwritable(name, said_by_system(error))
    return write_anew(path, name, after)


def write_anew(path: Path, name: str, data: bytes) -> Diagnostic | None:
    """Write a file whatever stands in its place; a link that stands there is not followed."""
    return _write(path, name, data, os.replace)


def write_first(path: Path, name: str, data: bytes) -> Diagnostic | None:
    """Write a file that is not there yet."""
    return _write(path, name, data, _put)


def _unwritable(name: str, reason: Message) -> Diagnostic:
    message = say("the file cannot be written: {reason}", reason=reason)
    return diagnose("S110", message, Span(Source(name, ""), 0, 0))


def _write(
    path: Path, name: str, data: bytes, put: Callable[[Path, Path], None]
) -> Diagnostic | None:
    try:
        beside = path.with_name(f".ipcity-{secrets.token_hex(8)}.part")
        with _at_work(path.parent):
            try:
                with beside.open("xb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                _keep_rights(beside, path)
                put(beside, path)
            finally:
                with suppress(OSError):  # most often it is there no more
                    beside.unlink()
    except ValueError:
        return _unwritable(name, say("its name cannot be that of a file"))
    except OSError as error:
        return _unwritable(name, said_by_system(error))
    return None


def _keep_rights(beside: Path, path: Path) -> None:
    """Give a new file the owner and the rights of the one whose place it takes."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(found.st_mode):
        return
    if hasattr(os, "chown"):  # not everywhere, and not everyone may
        with suppress(OSError):
            os.chown(beside, found.st_uid, found.st_gid)
    beside.chmod(stat.S_IMODE(found.st_mode))


def _put(beside: Path, path: Path) -> None:
    """Let a file appear under a name that nothing has."""
    try:
        os.link(beside, path)
    except OSError:  # not every file system gives a file two names
        if os.path.lexists(path):
            raise
        os.rename(beside, path)


@contextmanager
def _at_work(folder: Path) -> Iterator[None]:
    """Be known as writing in a folder; where nobody else is, tidy it first.

    Whoever is killed is known no more. Where there are no locks, nothing is tidied.
    """
    handle = None
    try:
        if sys.platform != "win32":  # there are none of these there
            with suppress(OSError, ImportError):
                import fcntl

                handle = os.open(folder, os.O_RDONLY)
                with suppress(BlockingIOError):
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    _tidy(folder)
                fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _tidy(folder: Path) -> None:
    """Remove what writers have left that were killed."""
    for name in os.listdir(folder):
        if _BESIDE.fullmatch(name):
            with suppress(OSError):
                os.unlink(folder / name)
