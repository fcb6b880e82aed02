"""How wide a text is on a terminal: as `wcwidth` finds, and whatever Python runs."""

import sys

import pytest
import unicodedata2
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from ipcity_policy.text.cells import cells
from ipcity_policy.text.widths import UNICODE
from ipcity_policy.words.wrapping import wrap

TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
#: Pictures that fill one cell alone, and some that fill two.
PICTURES = "©®‼™ℹ↔⌨☀☎♀♂⚕⚖✈❤➡⬅⌚☔⚡⛔✅✨❌🀄🃏🈁🌍🎈👁👨👩👍🕵🗨🚀🤝🥇🦰🧑🪞🫶"


@pytest.mark.whole
def test_every_character_is_as_wide_as_in_wcwidth() -> None:
    found = {
        char
        for char in map(chr, range(0x20, sys.maxunicode + 1))
        if unicodedata2.category(char) not in ("Cc", "Cn")
        and cells(char) != (1 if unicodedata2.category(char) == "Mc" else wcwidth(char))
    }
    # A letter of a flag is half of it. Signs of vowels stand beside a consonant, but for those
    # that kill one.
    letters_of_flags = set(map(chr, range(0x1F1E6, 0x1F200)))
    killing = {
        char for char in found if unicodedata2.category(char) == "Mc" and not cells(char)
    }
    assert all(unicodedata2.combining(char) for char in killing)
    assert found - letters_of_flags - killing == set()


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("", 0),
        ("plain", 5),
        ("中文，abc", 9),
        ("cafe\u0301", 4),
        ("각\u1100\u1161\u11a8", 4),
        ("क्षि", 3),
        ("1\ufe0f\u20e3", 2),
        ("❤", 1),
        ("❤\ufe0f", 2),
        ("⌚\ufe0e", 1),
        ("👍🏽", 2),
        ("中🏽", 4),
        ("👩\u200d⚕\ufe0f", 2),
        ("👩🏽\u200d🤝\u200d👨🏿", 2),
        ("👩\u200d国", 4),
        ("a\u200db", 2),
        ("🇨🇳🇨🇳", 4),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 2),
        ("葛\U000e0100", 2),
        ("a\xadb", 3),
    ],
)
def test_how_wide_a_text_is(text: str, wide: int) -> None:
    assert cells(text) == wide


def pictures() -> st.SearchStrategy[str]:
    """A picture, or some that are joined to one, as UTS #51 defines them."""
    one = st.tuples(st.sampled_from(PICTURES), st.sampled_from(("", "\ufe0f", *TONES))).map(
        "".join
    )
    return st.lists(one, min_size=1, max_size=3).map("\u200d".join)


@given(st.lists(st.one_of(pictures(), st.sampled_from("a1 中，"), st.just("e\u0301"))))
@example(["1\ufe0f\u20e3", "⌚\ufe0e"])
def test_a_text_is_as_wide_as_in_wcwidth(parts: list[str]) -> None:
    text = "".join(parts)
    assert cells(text) == wcswidth(text)


def test_the_widths_are_of_a_version_that_is_named() -> None:
    assert unicodedata2.unidata_version == UNICODE


def test_a_quotation_mark_stays_with_what_it_opens_and_closes() -> None:
    for width in range(12, 30):
        lines = wrap("已检验：“甲乙丙？”“丁戊己庚？”", width)
        assert not any(line.endswith("“") or line.startswith("”") for line in lines)
