"""Why a rule test expects what it does: the article that says so, the same in both languages.

A measure without articles is cited by what it is: the notice, or the summary of it. What is not
said of the law but of what was found, or is only assumed, stands in a list that is reviewed.
"""

import re
from functools import cache
from typing import Any

import yaml

from tests.support import ROOT, opened

POLICIES = ROOT / "policies"
TESTS = sorted(POLICIES.glob("*/tests/*.yaml"))
#: The quicker of two that read the same, where it is there.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

#: Whys that say nothing of the law, by their file and what the case is called.
NOT_OF_THE_LAW = {
    # Of texts that were not found, or that are only assumed to be in force.
    ("ip-cities/cities", "Yiwu before any measure that is known"),
    ("ip-cities/cities", "Yiwu in 2023, with nothing assumed"),
    ("ip-cities/cities", "Zhuozhou was accepted before any text that is known"),
    ("ip-cities/roster", "Deyang, with what is assumed left unknown"),
    ("ip-cities/rounds", "the plate of a pilot city of 2015"),
    (
        "ip-cities/silent-places",
        "an application of July 2014, whenever the measures were posted",
    ),
    # Of what a notice states of one city, where no text that is known says anything of it.
    ("ip-cities/cities-over-time", "Danyang, of the third cohort, in its last month"),
}

_ARTICLES = re.compile(
    r"Articles? ((?:\d+(?:\([a-z]+\))*(?:, | and | or | to | nor |, and )?)+)"
)
_ONE = re.compile(r"(\d+)((?:\([a-z]+\))*)")
_CHINESE = re.compile(
    r"第([一二三四五六七八九十、至和或]+)条((?:第[一二三四五六七八九十]+项)*)"
)
_APPENDIX = {"en": re.compile(r"Appendix (\d)"), "zh": re.compile(r"附件(\d)")}
_OTHER = {
    "en": re.compile(r"[Nn]otices?|[Ss]ummary|[Cc]ircular"),
    "zh": re.compile("通知|摘要"),
}
_DIGITS = "零一二三四五六七八九"


@cache
def cases() -> list[tuple[str, dict[str, Any]]]:
    """Return every rule test, with the name of its file."""
    return [
        (f"{path.parent.parent.name}/{path.stem}", case)
        for path in TESTS
        for case in yaml.load(path.read_text("utf-8"), LOADER)["cases"]
    ]


def number(chinese: str) -> int:
    """Read a number below a hundred."""
    tens, found, ones = chinese.rpartition("十")
    ten = (_DIGITS.index(tens) if tens else 1) * 10 if found else 0
    return ten + (_DIGITS.index(ones) if ones else 0)


def spread(numbers: list[int], joined: list[str]) -> set[int]:
    """Return the numbers that are named, those from one to another among them."""
    named = set(numbers)
    for i, word in enumerate(joined[: len(numbers) - 1]):
        if word.strip() in ("to", "至"):
            named |= set(range(numbers[i], numbers[i + 1]))
    return named


def cited(case: dict[str, Any], language: str) -> set[str]:
    """Return the articles and appendices that a why names."""
    why = case[f"why-{language}"].replace("\n", " " if language == "en" else "")
    found = {f"appendix-{one}" for one in _APPENDIX[language].findall(why)}
    if language == "en":
        for group in _ARTICLES.findall(why):
            numbers = [int(one[1]) for one in _ONE.finditer(group)]
            joined = re.split(r"\d+(?:\([a-z]+\))*", group)[1:]
            found |= {f"art-{one}" for one in spread(numbers, joined)}
        return found
    why = re.sub("条([至、和或])第", r"\1", why)
    for group, _ in _CHINESE.findall(why):
        numbers = [number(one) for one in re.split("[、至和或]", group) if one]
        joined = re.findall("[、至和或]", group)
        found |= {f"art-{one}" for one in spread(numbers, joined)}
    return found


def cites(name: str, case: dict[str, Any], language: str) -> bool:
    """Tell whether a why names what of the law it rests on."""
    if cited(case, language):
        return True
    without_articles = name.startswith("strong-cities/")
    return without_articles and bool(_OTHER[language].search(case[f"why-{language}"]))


def test_every_why_names_the_article_that_says_so() -> None:
    bare = {
        (name, case["case-en"])
        for name, case in cases()
        if not all(cites(name, case, language) for language in ("en", "zh"))
    }
    assert bare == NOT_OF_THE_LAW


def test_both_languages_of_a_why_name_the_same_articles() -> None:
    apart = [
        (name, case["case-en"], cited(case, "en"), cited(case, "zh"))
        for name, case in cases()
        if cited(case, "en") != cited(case, "zh")
    ]
    assert apart == []


def test_what_a_why_names_is_there() -> None:
    library = opened(POLICIES)
    known: dict[str, set[str]] = {}
    for home in library.measures():
        for ref in library.versions(home):
            program = library.program(ref).value
            assert program is not None
            known.setdefault(home.name, set()).update(
                re.split(r"[.]|-[a-z]", one)[0] for one in program.provisions
            )
    for name, case in cases():
        measure = name.partition("/")[0]
        assert cited(case, "en") <= known[measure], (name, case["case-en"])
