"""Files and folders: what is there, and bytes to documents.

Whatever a path turns out to be, the answer is a value: unreadable things are not there, or
are a diagnostic where they were asked for.
"""

import os
import stat
from functools import lru_cache
from pathlib import Path

from ipcity_policy.text.diagnostic import Result, diagnose
from ipcity_policy.text.document import Node
from ipcity_policy.text.message import said_by_system, say
from ipcity_policy.text.reader import MAX_BYTES, decode, read_document, too_large
from ipcity_policy.text.source import Source, Span

#: Of how many files what was read is kept.
KEPT = 256


def is_file(path: Path) -> bool:
    """Tell whether there is a file that can be looked at."""
    return stat.S_ISREG(_mode(path))


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder that can be looked at."""
    return stat.S_ISDIR(_mode(path))


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def inside(folder: Path) -> tuple[Path, ...]:
    """Return what a folder holds, in order of name; nothing where it cannot be read."""
    try:
        return tuple(sorted(folder.iterdir()))
    except (OSError, ValueError):
        return ()


def whole(path: Path) -> Path:
    """Return a path made absolute, with links followed as far as they lead."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return Path(os.path.abspath(str(path).replace("\0", "")))


def read_file(path: Path, name: str) -> Result[Node]:
    """Read a YAML or JSON file; what stands in the way is a diagnostic."""
    data = bytes_of(path, name)
    return Result(None, data.diagnostics) if data.value is None else _read(name, data.value)


@lru_cache(maxsize=KEPT)
def _read(name: str, data: bytes) -> Result[Node]:
    """Read bytes, or take what they gave before: while mends are tried, most files stay."""
    return read_bytes(name, data)


def bytes_of(path: Path, name: str) -> Result[bytes]:
    """Read a file as it is; what stands in the way is a diagnostic."""
    place = Span(Source(name, ""), 0, 0)
    try:
        found = path.stat()
        mode = found.st_mode
        if stat.S_ISREG(mode) and found.st_size > MAX_BYTES:
            return Result(None, (too_large(name, found.st_size),))
        if stat.S_ISREG(mode):
            with path.open("rb") as file:
                return Result(file.read(MAX_BYTES + 1))
        reason = say("this is a folder, and a file is needed")
        if not stat.S_ISDIR(mode):
            reason = say("this is not a regular file")
    except FileNotFoundError:
        reason = say("there is no such file")
    except (OSError, ValueError) as error:
        said = say("its name is not one of a file")
        if isinstance(error, OSError):
            said = said_by_system(error)
        reason = say("the file cannot be read: {said}", said=said)
    return Result(None, (diagnose("S101", reason, place),))


def read_bytes(name: str, data: bytes) -> Result[Node]:
    """Read the bytes of a YAML or JSON file."""
    source = decode(name, data)
    if source.value is None:
        return Result(None, source.diagnostics)
    return read_document(source.value)
