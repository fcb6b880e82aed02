"""Fact sheets read: from files, folders, bytes and mappings."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from ipcity_policy.law.files import inside, is_folder, nothing_in, read_bytes, whole
from ipcity_policy.law.library import Library
from ipcity_policy.sheet.reader import open_sheet, sheet_from
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Result, diagnose, has_errors
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import Source, Span

_SUFFIXES = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Given:
    """What is no file by its path, such as standard input.

    >>> Given("-", lambda: Result(b"sheet: 1")).name
    '-'
    """

    #: What it is called in diagnostics.
    name: str
    #: Gives its bytes when it is its turn, or says why there are none.
    read: Callable[[], Result[bytes]]


#: A sheet: the path of a file, its content as nested dictionaries of texts, its bytes, or one
#: that was read before.
SheetLike: TypeAlias = str | Path | Mapping[str, Any] | Given | Sheet


def read_sheet(policies: Library, sheet: SheetLike) -> Result[Sheet]:
    """Read a sheet from a file, bytes or a mapping.

    >>> from ipcity_policy.api import open_policies
    >>> policies = open_policies("tests/second_law")
    >>> read_sheet(policies, "tests/second_law/berths/boats/dot.yaml").value.measure
    'berths'
    >>> read_sheet(policies, "nowhere.yaml").diagnostics[0].message_text
    'there is no such file'
    """
    match sheet:
        case Sheet():
            return Result(sheet)
        case Given(name, read):
            data = read()
            if data.value is None:
                return Result(None, data.diagnostics)
            return _from(policies, name, data.value)
        case str() | Path():
            return open_sheet(policies, Path(sheet))
        case _:
            text = json.dumps(sheet, ensure_ascii=False, default=str)
            return _from(policies, "the mapping", text.encode())


def read_sheets(policies: Library, sheets: Iterable[SheetLike]) -> Result[tuple[Sheet, ...]]:
    """Read sheets, and of a folder all that are in it; the value is those without errors.

    >>> from ipcity_policy.api import open_policies
    >>> policies = open_policies("tests/second_law")
    >>> len(read_sheets(policies, ["tests/second_law/berths/boats"]).value)
    2
    """
    found = [*each_sheet(policies, sheets)]
    sound = (one.value for one in found if not has_errors(one.diagnostics))
    diagnostics = (told for one in found for told in one.diagnostics)
    return Result(tuple(one for one in sound if one is not None), tuple(diagnostics))


def unreadable(name: str, reason: Message) -> Result[bytes]:
    """Say that there are no bytes to read, for `Given`.

    >>> from ipcity_policy.text.message import say
    >>> unreadable("-", say("it is closed")).diagnostics[0].message_text
    'the file cannot be read: it is closed'
    """
    message = say("the file cannot be read: {said}", said=reason)
    return Result(None, (diagnose("S101", message, Span(Source(name, ""), 0, 0)),))


def names_one(sheet: SheetLike) -> bool:
    """Tell whether a name is that of one sheet, and not of a folder of them.

    >>> names_one("tests/second_law/berths/boats")
    False
    """
    return not (isinstance(sheet, str | Path) and is_folder(Path(sheet)))


def _from(policies: Library, name: str, data: bytes) -> Result[Sheet]:
    document = read_bytes(name, data)
    if document.value is None:
        return Result(None, document.diagnostics)
    read = sheet_from(policies, document.value)
    return Result(read.value, document.diagnostics + read.diagnostics)


def each_sheet(policies: Library, sheets: Iterable[SheetLike]) -> Iterator[Result[Sheet]]:
    """Read sheets one after the other, and of a folder all that are in it.

    >>> from ipcity_policy.api import open_policies
    >>> policies = open_policies("tests/second_law")
    >>> [one.ok for one in each_sheet(policies, ["tests/second_law/berths/boats", "nowhere"])]
    [True, True, False]
    """
    for sheet in sheets:
        if not isinstance(sheet, str | Path) or names_one(sheet):
            yield read_sheet(policies, sheet)
            continue
        folder = Path(sheet)
        files = [file for file in inside(folder) if file.suffix in _SUFFIXES]
        if not files:
            yield Result(None, (nothing_in(folder, say("there are no sheets here")),))
        for file in files:
            yield open_sheet(policies, file, whole(folder))
