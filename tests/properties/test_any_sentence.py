"""Whatever stands in sentences of a measure with facts of every type: what checks, runs.

The sentences are well formed, and mostly not well typed: any name stands anywhere. Those in
which nothing is wrong are evaluated, and what comes of it is said.
"""

import re
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import jsonschema
import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from ipcity_policy import evaluate
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.law.ref import Ref
from ipcity_policy.report.reports.diagnostics import diagnostics_text
from ipcity_policy.studies.lints.completeness import decision_faults
from ipcity_policy.text.diagnostic import Diagnostic, has_errors
from ipcity_policy.text.source import Span
from tests.support import HEAD, RICH, examples, outcomes, write

#: What the law sets, of every type that it can set.
PARAMETERS = {
    "heap": "40 grams", "part": "30 percent", "three": "3", "none-of-it": "0", "less": "'-2'",
    "long": "18 months", "long-days": "45 days", "short": "2 years", "start-day": "2001-06-01",
    "red": "red", "good": "good", "warm-ones": "[red, green]", "papers": "[plan]",
    "wares": "[bread, honey]", "first-ones": "3 places", "big": "999999999999999999 grams",
    "endless": "99999 years", "first-day": "0001-01-01", "last-day": "9999-12-31",
}  # fmt: skip
QUANTITIES = {
    "sum-of-it": "weight plus heap times part",
    "later-day": "long after made",
    "same-age": "age",
    "step-up": "weight rounded up to heap",
}
RULES = {"light-one": "weight is below heap", "red-one": 'colour is "red"'}
FACTS = (
    "weight", "volume", "sealed", "made", "sold", "colour", "remark", "makers", "share", "age",
    "place", "plan", "tidy", "grades", "goods",
)  # fmt: skip
NAMES = (*FACTS, *PARAMETERS, *QUANTITIES, *RULES, "all-things", "nowhere", "grams")
SIZES = (
    *("at least O", "at most O", "above O", "below O", "exactly O", "not exactly O"),
    *("between O and O with both included", "between O and O with only the last included"),
)
DAYS = ("on or after O", "on or before O", "after O", "before O", "exactly O", "not exactly O")
OPTIONS = ("S", "not S", "one of N", "not one of N", "exactly O", "at least O", "yes", "not no")
RANKS = (
    *(
        "in the top O of all-things",
        "not in the top O of all-things rounded up ties at the last",
    ),
    *("last of all-things", "not last of all-things", "last of N"),
    "last of all-things ties at the first",
)
PAPERS = ("submitted", "not submitted", *(f"submitted {one}" for one in DAYS[:4]))
ANY = (*SIZES, *DAYS, *OPTIONS, *RANKS, *PAPERS, "known", "not known", "met", "not met")
#: Names that go together, and what may be said of them, so that much is well typed.
SORTS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("weight", "heap", "sum-of-it", "step-up", "big"), SIZES),
    (("makers", "three", "none-of-it", "less"), SIZES),
    (("made", "sold", "start-day", "later-day", "first-day", "last-day"), DAYS),
    (("age", "long", "short", "same-age", "endless"), SIZES),
    (("colour", "red", '"green"', "warm-ones", "colour"), OPTIONS),
    (("sealed", '"yes"', "tidy"), (*OPTIONS, "met")),
    (("part", "first-ones", "place", "share"), (*RANKS, *SIZES)),
    (("grades", "good", '"poor"', "short", "three", "made"), OPTIONS),
    (("goods", "wares", "papers", "made"), PAPERS),
    (("plan", "later-day", "long", "plan"), PAPERS),
    (NAMES, ANY),
)
SENTENCES = (
    *("O is R",) * 20,
    *(
        "O is R in at least N of the last N before O",
        "O is R in at least N of the last N up to O",
    ),
    *(
        "grades is R in at least three of the last short before made",
        "grades is R in at least none-of-it of the last endless up to long before last-day",
    ),
    *("time from O to O is R", "time from O to O is at least long", "N includes S"),
    *("goods includes all of N", "goods includes S", "N includes any of N"),
    *("N includes none of N", "all of papers are R", "all of N are submitted before O", "N"),
    *("not C", "(C and C) or C", "C and C"),
)
CALCULATIONS = (
    *("O", "T plus T", "T minus T", "T times N", "(T plus T) times N", "lesser of T and T"),
    *("greater of T and (T rounded half up to N)", "T plus T rounded down to N", "O after O"),
)


class Speaker:
    """Says sentences in which anything may stand anywhere."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.sort, self.relations = NAMES, ANY

    def say(self, forms: tuple[str, ...], depth: int = 3) -> str:
        """Fill a form: operands O, names N, options S, relations R, conditions C, totals T."""
        if depth == 3:
            self.sort, self.relations = self.random.choice(SORTS)
        form = self.random.choice(forms if depth else forms[:1])
        return "".join(self.word(char, depth) for char in form)

    def word(self, char: str, depth: int) -> str:
        """Return what stands for a letter of a form."""
        match char:
            case "O" if depth > 1 and self.random.random() < 0.1:
                way = self.random.choice(("after", "before"))
                return f"{self.word('N', 0)} {way} {self.word('O', depth - 1)}"
            case "O" | "N" if self.random.random() < 0.06:
                return self.random.choice(NAMES)
            case "O":
                return self.random.choice(self.sort)
            case "N":
                return self.random.choice([n for n in self.sort if n[0] != '"'] or NAMES)
            case "S":
                return self.random.choice(('"red"', '"bread"', '"good"', '"yes"', '"met"'))
            case "R":
                some = self.relations if self.random.random() < 0.9 else ANY
                return self.say(some, 1)
            case "C":
                return self.say(SENTENCES, 0 if depth < 2 else depth - 1)
            case "T":
                return self.say(CALCULATIONS, 0 if depth < 2 else depth - 1)
        return char


def article(rules: dict[str, str], quantities: dict[str, str]) -> str:
    """Return an article with some rules and quantities beside those that all have."""
    titles = "title-en: X, title-zh: 甲"
    parameters = "".join(f"  {name}: {value}\n" for name, value in PARAMETERS.items())
    calculated = "".join(
        f"  {name}:\n    {{{titles}, reckon: '{how}'}}\n"
        for name, how in {**QUANTITIES, **quantities}.items()
    )
    asked = "".join(
        f"  {name}:\n    title-en: X\n    title-zh: 甲\n    require: '{text}'\n"
        for name, text in {**RULES, **rules}.items()
    )
    decision = outcomes(
        **{f"is-{name}": name for name in {**RULES, **rules}}, other="otherwise"
    )
    return f"{HEAD}parameters:\n{parameters}quantities:\n{calculated}rules:\n{asked}{decision}"


#: Sheets that state nothing, all, and some in part.
SHEETS: tuple[dict[str, object], ...] = (
    {},
    {
        "weight": "40 grams", "volume": "1.5 litres", "sealed": "yes", "made": "2001-05-17",
        "sold": "9999-12-31", "colour": "red", "remark": "R", "makers": "3",
        "share": "30 percent", "age": "18 months", "goods": ["bread"],
        "place": {"rank": "3", "of": "999999999", "tied": "2"},
        "plan": {"submitted": "yes", "on": "2001-06-01"},
        "tidy": {"value": "met", "by": "clerk"}, "grades": {"1999": "good", "2000": "poor"},
    },
    {
        "weight": "unknown", "sealed": "unknown", "made": "0001", "sold": "9999-12",
        "place": {"rank": "unknown", "of": "7"}, "plan": "yes", "goods": {"bread": "yes"},
        "grades": {"2000": "unknown", "9999": "good"}, "age": "99999 years", "makers": "0",
    },
)  # fmt: skip


def checked(folder: Path, text: str) -> tuple[Library, Ref, tuple[Diagnostic, ...]]:
    """Check a measure with such an article."""
    write(folder / "small", {**RICH, "1/article-02.yaml": text})
    library = open_library(folder)
    ref = library.find("small/1")
    assert ref is not None
    diagnostics = library.program(ref).diagnostics
    diagnostics_text(diagnostics)
    return library, ref, diagnostics


def at_fault(diagnostics: tuple[Diagnostic, ...]) -> set[str]:
    """Return the rules and quantities in which errors were found."""
    found: set[str] = set()
    for one in diagnostics:
        for place in (one.at, *(related.at for related in one.related)):
            assert isinstance(place, Span)
            above = place.source.text[: place.end].splitlines()
            names = [line.strip(" :") for line in above if re.fullmatch("  [a-z].*:", line)]
            found |= {names[-1]} if names and has_errors((one,)) else set()
    return found


@pytest.mark.whole
@examples(40)
@given(st.randoms(use_true_random=False))
def test_what_checks_runs(
    verdict_schema: jsonschema.Draft202012Validator, random: Random
) -> None:
    speaker = Speaker(random)
    rules = {f"r-{number}": speaker.say(SENTENCES) for number in range(12)}
    quantities = {f"q-{number}": speaker.say(CALCULATIONS) for number in range(3)}
    while True:
        with TemporaryDirectory() as folder:
            library, ref, diagnostics = checked(Path(folder), article(rules, quantities))
            if not has_errors(diagnostics):
                note(article(rules, quantities))
                list(decision_faults(library, ref))
                evaluated(library, verdict_schema)
                return
        wrong = at_fault(diagnostics)
        if not wrong & {*rules, *quantities}:
            return  # the slip is in what the law sets
        rules = {name: text for name, text in rules.items() if name not in wrong}
        quantities = {name: text for name, text in quantities.items() if name not in wrong}


def evaluated(library: Library, schema: jsonschema.Draft202012Validator) -> None:
    """Evaluate the sheets: a verdict conforms and is said in both languages."""
    head = {"sheet": 1, "measure": "small", "thing": {"name-en": "T", "name-zh": "物"}}
    for facts in SHEETS:
        result = evaluate(library, {**head, "facts": facts}, version="1", decision="d")
        assert result.value is not None, [d.message_text for d in result.diagnostics]
        for verdict in result.value:
            schema.validate(verdict.as_json())
            assert verdict.as_text("en", unfold=True)
            assert verdict.as_text("zh", unfold=True)
