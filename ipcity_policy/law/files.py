"""Files and folders: what is there, and bytes to documents.

Whatever a path turns out to be, the answer is a value: unreadable things are not there, or
are a diagnostic where they were asked for.
"""

import os
import stat
from functools import lru_cache
from pathlib import Path

from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose
from ipcity_policy.text.message import Message, said_by_system, say
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml.document import Node
from ipcity_policy.yaml.reader import MAX_BYTES, decode, read_document, too_large

#: What a measure shares: the vocabulary, by which its folder is known, and its sources.
FACTS_FILE, SOURCES_FILE = "facts.yaml", "sources.yaml"
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


def closed(folder: Path) -> Diagnostic | None:
    """Say why nobody can look into a folder; None where one can."""
    try:
        with os.scandir(folder) as entries:
            first = next(entries, None)
        if first is not None:
            first.stat(follow_symlinks=False)
    except (OSError, ValueError) as error:
        message = say("the folder cannot be read: {said}", said=_said(error))
        return diagnose("S101", message, Span(Source(str(folder), ""), 0, 0))
    return None


def nothing_in(folder: Path, message: Message, help: Message | None = None) -> Diagnostic:
    """Say that a folder holds nothing of what is asked for, or that none can look into it."""
    folders = [folder] if is_folder(folder) else []
    for _ in range(2):  # as deep as a version lies in the policies
        folders += [one for above in folders for one in inside(above) if is_folder(one)]
    barred = next(filter(None, map(closed, dict.fromkeys(folders))), None)
    place = Span(Source(str(folder), ""), 0, 0)
    return barred or diagnose("M112", message, place, help=help)


def _said(error: OSError | ValueError) -> Message:
    if isinstance(error, OSError):
        return said_by_system(error)
    return say("its name cannot be that of a file")


def whole(path: Path) -> Path:
    """Return a path made absolute, with links followed as far as they lead."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return Path(os.path.abspath(str(path).replace("\0", "")))


def bytes_of(
    path: Path, name: str, within: Path | None = None, *, stream: bool = False
) -> Result[bytes]:
    """Read a file as it is; what stands in the way is a diagnostic.

    No link is followed out of the folder `within`. What gives its bytes only once, such as
    `<(…)` in a shell, is read where `stream` says that a user named it.
    """
    place = Span(Source(name, ""), 0, 0)
    if within is not None and not whole(path).is_relative_to(within):
        message = say(
            "this is a link out of `{folder}`, and is not followed", folder=within.name
        )
        help = say("copy the file into the folder")
        return Result(None, (diagnose("S101", message, place, help=help),))
    try:
        found = path.stat()
        mode = found.st_mode
        if stat.S_ISREG(mode) and found.st_size > MAX_BYTES:
            return Result(None, (too_large(name, found.st_size),))
        once = stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)
        if stat.S_ISREG(mode) or (stream and once):
            with path.open("rb") as file:
                return Result(file.read(MAX_BYTES + 1))
        reason = say("this is a folder, but a file is needed")
        if not stat.S_ISDIR(mode):
            reason = say("this is not a regular file")
    except FileNotFoundError:
        reason = say("there is no such file")
    except (OSError, ValueError) as error:
        reason = say("the file cannot be read: {said}", said=_said(error))
    return Result(None, (diagnose("S101", reason, place),))


def read_bytes(name: str, data: bytes) -> Result[Node]:
    """Read the bytes of a YAML or JSON file."""
    source = decode(name, data)
    if source.value is None:
        return Result(None, source.diagnostics)
    return read_document(source.value)


@lru_cache(maxsize=KEPT)
def read_again(name: str, data: bytes) -> Result[Node]:
    """Read bytes, or take what they gave before: while fixes are tried, most files stay."""
    return read_bytes(name, data)
