"""Slips of the hand in the shipped rule files: each is found where it was made, and mended.

Some are chosen, others made by a seeded generator. Where the mend is certain `check --fix`
makes it, and the file is as it was; elsewhere what the message says is done by hand.
"""

import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests import slipping
from tests.support import ROOT, SECOND_LAW, Ipcity

SEED = 2016
CITIES, BERTHS = ROOT / "policies" / "ip-cities", SECOND_LAW / "berths"
#: How many are made of each kind: a large law takes seconds to check, a small one does not.
OF_EACH_KIND = {CITIES: 1, BERTHS: 2}
TIER = {CITIES: pytest.mark.deep, BERTHS: pytest.mark.whole}


@dataclass(frozen=True)
class Slip:
    """One slip: where it is made, what is reported, and whether the mend is certain."""

    kind: str
    home: Path
    file: str
    #: The text as it stands and as it slipped, from an offset on.
    at: int
    old: str
    new: str
    codes: frozenset[str]
    #: Where in the slipped text it is found, counted from `at`.
    shift: int = 0
    certain: bool = True

    def __str__(self) -> str:
        return f"{self.kind}:{self.file}:{self.at}"

    @property
    def text(self) -> str:
        """The file as it slipped."""
        text = (self.home / self.file).read_text("utf-8")
        assert text.startswith(self.old, self.at)
        return text[: self.at] + self.new + text[self.at + len(self.old) :]

    @property
    def place(self) -> tuple[int, int]:
        """Line and column where it must be found."""
        before = self.text[: self.at + self.shift]
        return before.count("\n") + 1, len(before) - before.rfind("\n")


def swapped(word: str) -> str:
    """Return a word with two letters in its middle in each other's place."""
    for at in range(len(word) // 2 - 1, len(word) - 1):
        if word[at] != word[at + 1] and word[at : at + 2].isalpha():
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word


def places(home: Path, files: str, pattern: str) -> Iterator[tuple[str, re.Match[str]]]:
    for path in sorted(home.glob(files)):
        for found in re.finditer(pattern, path.read_text("utf-8"), re.MULTILINE):
            yield str(path.relative_to(home)), found


LOOKS = {"a": "а", "c": "с", "e": "е", "o": "о", "p": "р"}  # Cyrillic
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
NAMES = r"(?:require|when|by|governed-by): (?:[a-z-]+ )*?([a-z]{3,}(?:-[a-z]+)+)\b"


def slips_of(home: Path) -> Iterator[Slip]:
    """Yield every slip that can be made in the rule files of a measure."""
    rules = "*/article-*.yaml"

    def slip(
        kind: str, where: tuple[str, re.Match[str]], new: str, codes: str, shift: int = 0
    ) -> Slip:
        file, found = where
        start, old = found.start(1), found[1]
        return Slip(kind, home, file, start, old, new, frozenset(codes.split()), shift)

    for where in places(home, rules, r"^ *(title-en|says-zh|asks-en|basis|require|outcomes):"):
        yield slip("key", where, swapped(where[1][1]), "S201")
    for where in places(home, rules, NAMES):
        yield slip("name", where, swapped(where[1][1]), "N101")
        letter = next((x for x in where[1][1][1:] if x in LOOKS), None)
        if letter is not None:
            at = where[1][1].index(letter, 1)
            looks = where[1][1][:at] + LOOKS[letter] + where[1][1][at + 1 :]
            yield slip("look-alike", where, looks, "S109", shift=at)
    for where in places(home, rules, r"value: ([0-9.]+ (?:points|feet|percent))"):
        number, unit = where[1][1].split()
        yield slip("unit", where, f"{number} {swapped(unit)}", "N101")
        yield slip("no unit", where, number, "T102")
        yield slip("wide digits", where, f"{number.translate(WIDE)} {unit}", "S109")
    for where in places(home, rules, r"^ *(?:title|says|asks)-en(: )"):
        yield slip("wide colon", where, "：", "S105 S109")
    for where in places(home, rules, r"(?<=[a-z]:\n)(  )[a-z-]+:$"):
        yield slip("tab", where, "\t", "S105")
    # After the last line of a deeper block a tab may mean that block too.
    for where in places(home, rules, r"(?<=[a-z0-9]\n)(  )[a-z-]+:$"):
        yield replace(slip("tab between", where, "\t", "S105"), certain=False)
    for where in places(home, rules, r"^((?:  )+(?:basis|provision|by): .*\n)"):
        again = len(where[1][1]) + len(where[1][1]) - len(where[1][1].lstrip())
        yield slip("twice", where, where[1][1] * 2, "S106", shift=again)
    for where in places(home, rules, r'is ("[a-z]+")'):
        yield slip("lost quote", where, where[1][1][:-1], "S301")
        yield slip("no quotes", where, where[1][1].strip('"'), "S301")
    for where in places(home, rules, r"(is at least) [a-z-]+$"):
        yield slip("sign", where, ">=", "S301")
    for where in places(home, "facts.yaml", r"type: (number|date|choice)\b"):
        yield slip("type", where, swapped(where[1][1]), "S204")


def made() -> list[Slip]:
    """Return some slips of each kind, chosen by the seed."""
    chance = random.Random(SEED)
    chosen: list[Slip] = []
    for home, number in OF_EACH_KIND.items():
        every = [*slips_of(home)]
        for kind in dict.fromkeys(slip.kind for slip in every):
            some = [slip for slip in every if slip.kind == kind]
            chosen += chance.sample(some, min(number, len(some)))
    return chosen


def chosen(
    home: Path, file: str, old: str, new: str, codes: str, at: str, *, certain: bool = False
) -> Slip:
    """Return a slip that a drafter could make, found where `at` begins in the new text."""
    text = (home / file).read_text("utf-8")
    assert text.count(old) == 1, (old, text.count(old))
    start = text.index(old)
    slip = Slip("chosen", home, file, start, old, new, frozenset(codes.split()), 0, certain)
    return Slip(
        slip.kind,
        home,
        file,
        start,
        old,
        new,
        slip.codes,
        slip.text.index(at, start) - start,
        certain,
    )


FOURTEEN, THREE, FEES = "2016/article-14.yaml", "2016/article-03.yaml", "2004/article-02.yaml"
HONOUR = "1998/article-03.yaml"
CHOSEN = [
    # wrong article
    chosen(
        CITIES,
        FOURTEEN,
        "  acceptance-floor:\n    provision: art-14-a",
        "  acceptance-floor:\n    provision: art-41-a",
        "M114",
        "art-41-a",
    ),
    # rows in each other's place
    chosen(
        BERTHS, FEES, "when: at most small}", "when: below great, }", "M107", "below great}"
    ),
    # a comparison turned round
    chosen(BERTHS, FEES, "when: below great}", "when: above great}", "M130", "above great}"),
    chosen(
        CITIES,
        FOURTEEN,
        "when: below acceptance-floor",
        "when: above acceptance-floor",
        "M107",
        "otherwise",
    ),
    # a rule declared twice, with another text
    chosen(
        BERTHS,
        HONOUR,
        "  old:\n",
        "  old: {title-en: O, title-zh: 甲, require: floats}\n  old:\n",
        "S106",
        "old:\n",
    ),
    # a name of another kind
    chosen(
        CITIES,
        THREE,
        "require: type is one of eligible-types",
        "require: type is one of eligible-type",
        "N101",
        "eligible-type\n",
    ),
    # a bare number of the law
    chosen(
        CITIES,
        FOURTEEN,
        "when: below fostering-floor",
        "when: below 70 points",
        "T103",
        "70 points",
    ),
    # the wrong unit
    chosen(CITIES, FOURTEEN, "value: 60 points", "value: 60 percent", "T102", "60 percent"),
    # and beside or
    chosen(
        BERTHS,
        "2004/article-01.yaml",
        "require: floats and covered",
        "require: floats and covered or floats",
        "S302",
        "or floats",
    ),
    # a Chinese comma in a sentence
    chosen(
        BERTHS,
        "2004/article-01.yaml",
        "require: floats and covered",
        "require: floats，covered",
        "S301",
        "，covered",
    ),
    # a lost bracket
    chosen(BERTHS, HONOUR, "when: {all: [old,", "when: {all: old,", "S105", "]}"),
    # a date that does not exist
    chosen(
        CITIES,
        "2016/measure.yaml",
        "from: 2016-11-18",
        "from: 2016-11-31",
        "S204",
        "2016-11-31",
    ),
    # a default that is no option; both `band` and `bands` are words of the file
    chosen(
        CITIES,
        FOURTEEN,
        "default: upper-band",
        "default: upper-bands",
        "M105",
        "upper-bands",
    ),
    # an option that is not declared
    chosen(
        CITIES,
        THREE,
        "- municipal-district",
        "- municipal-distrct",
        "T104",
        "municipal-distrct",
        certain=True,
    ),
    # a draft that amends what is not there
    chosen(
        CITIES,
        "drafts/county-level-again.yaml",
        "amends: ip-cities/2016",
        "amends: ip-cities/2061",
        "M101",
        "ip-cities/2061",
    ),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for home in (CITIES, BERTHS):
        shutil.copytree(home, tmp_path / home.name)
    return tmp_path


def test_there_are_as_many_as_promised() -> None:
    assert len(CHOSEN) == 15
    assert len(made()) >= 25
    assert len({slip.kind for slip in made()}) >= 10


@pytest.mark.parametrize(
    "slip", [pytest.param(one, marks=TIER[one.home], id=str(one)) for one in (*CHOSEN, *made())]
)
def test_a_slip_is_found_where_it_was_made_and_its_mend_mends_it(
    slip: Slip, folder: Path, ipcity: Ipcity
) -> None:
    home = folder / slip.home.name
    path = home / slip.file
    whole = path.read_text("utf-8")
    path.write_text(slip.text, "utf-8")
    found = ipcity("check", str(home), "--format", "json").json
    errors = [one for one in found if one["severity"] == "error"]
    at = [(one["line"], one["column"]) for one in errors if one["code"] in slip.codes]
    assert slip.place in at, errors
    assert all(one["help"] for one in errors), errors
    fixed = ipcity("check", str(home), "--fix", "--format", "json")
    if slip.certain:
        assert (fixed.status, fixed.json["left"]) == (0, [])
        assert path.read_text("utf-8") == whole
    else:  # what the message says, done by hand
        path.write_text(whole, "utf-8")
        assert ipcity("check", str(home), "--format", "json").json == []


@pytest.fixture
def berths(tmp_path: Path) -> Path:
    """A copy of the law of berths, to be spoilt."""
    return Path(shutil.copytree(BERTHS, tmp_path / "berths"))


@pytest.mark.deep
def test_what_is_mended_is_what_was_meant() -> None:
    # Slips of any kind anywhere in a law; `bench/slips.py` tries thousands.
    made = [one for seed in range(120) if (one := slipping.slip(BERTHS.resolve(), seed))]
    fixed = [one for one in made if one.fixed]
    assert len(fixed) > 10
    assert [one for one in fixed if one.same is False] == []


@pytest.mark.whole
@pytest.mark.parametrize(
    "slipped",
    [
        # The declared name is the slip, and what uses it is right.
        {"1998/article-01.yaml": ("  floats:\n", "  flotas:\n")},
        {"2004/article-04.yaml": ("  berth-term:\n", "  nerth-term:\n")},
        # Both are words that are used: either may be meant.
        {"facts.yaml": ("  surveyed:", "  survey:")},
        {"facts.yaml": ("  hull:", "  full:")},
        # One of the words is too many.
        {"2004/article-01.yaml": ("  covered:\n", "  covered covered:\n")},
        # Two lines were joined.
        {
            "2004/article-01.yaml": (
                "        says-zh: 可以停泊\n        when",
                "        says-zh: 可以停泊 when",
            )
        },
        # One word is quoted, and not the sentence that begins and ends with quotes.
        {"1998/article-03.yaml": ('rig is "sail"', '"rig" is "sail"')},
        # An option or a number is asked about, and not a name.
        {"2004/article-01.yaml": ("draught is below depth", "draught is depth")},
    ],
)
def test_what_may_be_meant_otherwise_is_offered_and_not_made(
    slipped: dict[str, tuple[str, str]], berths: Path, ipcity: Ipcity
) -> None:
    ((name, (old, new)),) = slipped.items()
    text = (berths / name).read_text("utf-8")
    assert text.count(old) == 1, name
    (berths / name).write_text(text.replace(old, new), "utf-8")
    assert ipcity("check", "--fix", str(berths)).status == 1
    assert (berths / name).read_text("utf-8") == text.replace(old, new)


def test_a_wide_bracket_of_a_text_stays(berths: Path, ipcity: Ipcity) -> None:
    file = berths / "facts.yaml"
    text = file.read_text("utf-8")
    old = "label-zh: 雾号}"
    assert text.count(old) == 1
    right = text.replace(old, "label-zh: 雾号（旧）}")
    file.write_text(right.replace("雾号（旧）}", "雾号（旧）"), "utf-8")
    ipcity("check", "--fix", str(berths))
    assert file.read_text("utf-8") == right


def test_a_fix_that_leaves_an_error_below_lines_taken_out_is_not_made(
    berths: Path, ipcity: Ipcity
) -> None:
    file = berths / "2004/article-01.yaml"
    text = file.read_text("utf-8").replace("basis: attested\n", "basis: attested\n" * 2, 1)
    file.write_text(text.replace("draught is below depth", "draught is depth"), "utf-8")
    ran = ipcity("check", "--fix", str(berths))
    assert "draught is depth" in file.read_text("utf-8")
    assert "basis: attested\n" * 2 not in file.read_text("utf-8")
    assert "can be mended with `--fix`" not in ran.out


def test_a_lapse_whose_deadline_cannot_be_read_is_no_fault_of_the_program(
    berths: Path, ipcity: Ipcity
) -> None:
    file = berths / "2004/article-04.yaml"
    text = file.read_text("utf-8")
    assert text.count("fee-weeks: {value:") == 1
    file.write_text(text.replace("fee-weeks: {value:", "fee-weeks: {vslue:"), "utf-8")
    ran = ipcity("check", str(berths))
    assert ran.status == 1
    assert "S201 unknown-key: `vslue` is not a key of a parameter" in ran.out
    assert ipcity("check", "--fix", str(berths)).status == 0
    assert file.read_text("utf-8") == text
