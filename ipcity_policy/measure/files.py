"""Files and bytes to documents; what stands in the way is a diagnostic."""

from pathlib import Path

from ipcity_policy.text.diagnostic import Result, diagnose
from ipcity_policy.text.document import MAX_BYTES, Node, decode, read_document
from ipcity_policy.text.source import Source, Span


def read_file(path: Path, name: str) -> Result[Node]:
    """Read a YAML or JSON file; what stands in the way is a diagnostic."""
    place = Span(Source(name, ""), 0, 0)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except IsADirectoryError:
        return Result(
            None, (diagnose("S101", "this is a folder, and a file is needed", place),)
        )
    except FileNotFoundError:
        return Result(None, (diagnose("S101", "there is no such file", place),))
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        return Result(None, (diagnose("S101", f"the file cannot be read: {reason}", place),))
    return read_bytes(name, data)


def read_bytes(name: str, data: bytes) -> Result[Node]:
    """Read the bytes of a YAML or JSON file."""
    source = decode(name, data)
    if source.value is None:
        return Result(None, source.diagnostics)
    return read_document(source.value)
