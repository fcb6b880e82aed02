"""Files written: the new bytes are there whole, or the old ones are still there."""

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import said_by_system, say
from ipcity_policy.text.source import Source, Span


def write_over(path: Path, name: str, before: bytes, after: bytes) -> Diagnostic | None:
    """Write a file that held the bytes `before`; what stands in the way is a diagnostic."""
    try:
        found = path.stat()
        if not found.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            reason = say("it may only be read")
        elif path.read_bytes() != before:
            reason = say("it was changed meanwhile")
        else:
            _replace(path, after, found)
            return None
    except OSError as error:
        reason = said_by_system(error)
    message = say("the file cannot be written: {reason}", reason=reason)
    return diagnose("S110", message, Span(Source(name, ""), 0, 0))


def _replace(path: Path, data: bytes, found: os.stat_result) -> None:
    """Write beside the file, then put the new one in its place in one step."""
    handle, beside = tempfile.mkstemp(prefix=".ipcity-", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, stat.S_IMODE(found.st_mode))
        if hasattr(os, "chown"):  # not everywhere, and not everyone may
            with suppress(OSError):
                os.chown(beside, found.st_uid, found.st_gid)
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
