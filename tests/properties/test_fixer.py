"""However a file is spoilt, mending it ends, harms nothing and leaves prose alone."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipcity_policy.law.library import Library
from ipcity_policy.studies.fixer import AppliedFixes, Seen, apply_fixes
from ipcity_policy.text.diagnostic import Diagnostic, has_errors
from tests.support import SECOND_LAW, examples

FILES = sorted(path for path in (SECOND_LAW / "berths").glob("2004/*.yaml"))
SLIPS = st.sampled_from(
    (
        *("\t", "：", "，", "“", "”", "（", "１", "а", "\u200b", "\u202e", "\u3000", "\ufeff"),
        *(
            "\r\n",
            "\n",
            '"',
            "'",
            "{",
            "]",
            ":",
            " ",
            "#",
            "-",
            "x",
            "_",
            "&a ",
            "!t ",
            "|",
            "",
        ),
    )
)


def spoil(draw: st.DrawFn, text: str) -> str:
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 2)))
    return text[:start] + draw(SLIPS) + text[end:]


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[Path, bytes]:
    path = draw(st.sampled_from(FILES))
    text = path.read_text("utf-8")
    for _ in range(draw(st.integers(1, 3))):
        text = spoil(draw, text)
    return path, text.encode()


def fixed(path: Path, data: bytes) -> tuple[Seen, AppliedFixes]:
    def look(edited: Mapping[Path, bytes]) -> Seen:
        library = Library(SECOND_LAW, "given", {path: data, **edited})
        ref = library.find("berths/2004")
        found: tuple[Diagnostic, ...] = ()
        if ref is not None:
            found = library.program(ref).diagnostics
        return Seen(found, library.paths)

    before = look({})
    return before, apply_fixes(before, look, lambda one: data if one == path else None)


@pytest.mark.whole
@examples(25)
@given(spoilt())
def test_a_spoilt_file_is_mended_or_left(case: tuple[Path, bytes]) -> None:
    path, data = case
    before, after = fixed(path, data)
    assert set(after.after) <= {path}
    result = after.after.get(path, data)
    assert (result != data) == bool(after.fixed)
    # What would do harm is found as before, and no longer offered as a fix.
    left = [replace(one, fix=None) for one in after.seen.diagnostics]
    assert after.fixed or left == [replace(one, fix=None) for one in before.diagnostics]
    if not has_errors(before.diagnostics):
        assert not has_errors(after.seen.diagnostics)
    # A second run has nothing to add to what is not refused, and undoes nothing.
    again = fixed(path, result)[1]
    assert path not in again.after or again.fixed
