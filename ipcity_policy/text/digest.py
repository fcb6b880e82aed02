"""Digests that name what they are of and how they were made: `text-sha256:1f0c…`."""

import hashlib
import re
from typing import Literal, TypeAlias

from ipcity_policy.text.canonical_json import Json, canonical_json

#: Of the bytes of files, of what a text of the law says, of what a sheet states.
Kind: TypeAlias = Literal["files", "text", "facts"]


def digest(kind: Kind, value: Json) -> str:
    """Return the digest of a value: the SHA-256 of its canonical JSON, with its kind.

    >>> digest("facts", {})[:24]
    'facts-sha256:44136fa355b'
    """
    return f"{kind}-sha256:{hashlib.sha256(canonical_json(value)).hexdigest()}"


def is_digest(kind: Kind, text: str) -> bool:
    """Tell whether a text has the form of a digest of a kind."""
    return re.fullmatch(f"{kind}-sha256:[0-9a-f]{{64}}", text) is not None


def broken(text: str) -> str:
    """Return a digest as a report shows it: its digits may stand on the next line."""
    return text.replace(":", ": ", 1)
