"""What did not happen has no day: what is asked of it, and where silence tells so."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from ipcity_policy.api import read_sheet
from ipcity_policy.engines.interpreter.operators import TRUTHS, truth_of
from ipcity_policy.engines.lifecycle.follow import follow
from ipcity_policy.lang import core
from ipcity_policy.lang.calendar import shift
from ipcity_policy.lang.datatypes import DateType, PeriodType
from ipcity_policy.lang.values import NEVER, Dates, Periods, Truth, Value
from ipcity_policy.law.library import open_library
from ipcity_policy.sheet.silence import Silence
from ipcity_policy.text.source import Source, Span
from tests.properties.timelaws import programs_of
from tests.support import write

HERE = Span(Source("", ""), 0, 0)
DAY, LATER = date(2004, 5, 17), date(2005, 5, 17)
ON, AFTER = Dates(DAY, DAY), Dates(LATER, LATER)
YEAR = Periods(1, 1, "years")
PERHAPS = Dates(DAY, LATER, never=None)


def truth(operator: str, *values: Value) -> Truth:
    """Whether a comparison of some values holds."""
    names = [core.FactRef(f"f{n}", DateType()) for n in range(2)]
    operands = (*names, core.FactRef("p", PeriodType("years")))[: len(values)]
    return truth_of(core.Apply(operator, operands, HERE), values)


@pytest.mark.parametrize(
    ("until", "not_known", "never", "kinds", "told", "beyond"),
    [
        # Told up to a day, that day counted: of all kinds, but for those that are left out.
        (DAY, (), (), ("a",), True, False),
        (DAY, ("a",), (), ("a",), False, False),
        (DAY, ("a",), (), ("b",), True, False),
        (DAY, ("a",), (), ("a", "b"), False, False),
        (DAY, (), (), (), True, False),
        # What is left out and said never to have happened did not happen up to that day.
        (DAY, ("a",), ("a",), ("a",), True, False),
        (DAY, ("a",), ("b",), ("a", "b"), False, False),
        # Without such a day, what never happened did not happen at all; the rest is open.
        (None, (), ("a",), ("a",), True, True),
        (None, (), ("a",), ("a", "b"), False, False),
        (None, (), (), ("a",), False, False),
        (None, (), ("a",), (), False, False),
    ],
)
def test_how_far_silence_tells(
    until: date | None,
    not_known: tuple[str, ...],
    never: tuple[str, ...],
    kinds: tuple[str, ...],
    *,
    told: bool,
    beyond: bool,
) -> None:
    silence = Silence(None, until, not_known, never)
    assert silence.excludes(DAY, kinds) is told
    assert silence.excludes(DAY + timedelta(days=1), kinds) is beyond


@pytest.mark.parametrize(
    "operator", ["on-or-after", "on-or-before", "after", "before", "exactly"]
)
def test_nothing_that_is_asked_of_a_day_holds_of_none(operator: str) -> None:
    assert truth(operator, NEVER, ON) is False
    assert truth(operator, ON, NEVER) is False
    assert truth(operator, NEVER, NEVER) is False


@pytest.mark.parametrize(
    "operator", ["time-at-least", "time-at-most", "time-above", "time-below"]
)
def test_no_time_runs_from_what_did_not_happen_nor_to_it(operator: str) -> None:
    assert truth(operator, NEVER, AFTER, YEAR) is False
    assert truth(operator, ON, NEVER, YEAR) is False


def test_what_denies_holds_of_none() -> None:
    assert truth("not-exactly", NEVER, ON) is True
    assert truth("not-known", NEVER) is True
    assert truth("known", NEVER) is False


@pytest.mark.parametrize("sign", [1, -1])
def test_a_period_before_or_after_it_is_none_either(sign: int) -> None:
    assert shift(NEVER, YEAR, sign) == NEVER
    assert shift(PERHAPS, YEAR).never is None


@pytest.mark.parametrize("operator", sorted(TRUTHS))
def test_what_may_not_have_happened_is_decided_only_where_both_ways_agree(
    operator: str,
) -> None:
    if not operator.startswith(("on-or", "after", "before", "exactly", "not-exactly", "time-")):
        return
    period = (YEAR,) if operator.startswith("time-") else ()
    days = [Dates(date(2003, 1, 1), date(2003, 1, 1)), ON, AFTER]
    for other in days:
        wide = truth(operator, PERHAPS, other, *period)
        ways = {truth(operator, one, other, *period) for one in (ON, AFTER, NEVER)}
        if wide is not None:
            assert ways == {wide}
        between = {truth(operator, Dates(DAY, LATER), other, *period)}
        if len(ways | between) == 1:
            assert {wide} == ways


def test_the_value_is_known_to_be_none_and_nothing_is_missing_of_it() -> None:
    assert not NEVER.known
    assert not Dates(DAY, DAY, never=None).known
    assert ON.known


FACTS = """\
measure: lamps
title-en: Lamps
title-zh: 灯
subject: {key: lamp, label-en: lamp, label-zh: 灯}
events:
  lit: {label-en: lighting, label-zh: 点亮}
  put-out: {label-en: putting out, label-zh: 熄灭}
  cleaned: {label-en: cleaning, label-zh: 擦拭}
  stored: {label-en: storing, label-zh: 存放}
facts:
  burning-since:
    {type: date, label-en: since when, label-zh: 自何时, asks-en: When?, asks-zh: 何时？}
  last-cleaned:
    {type: date, label-en: cleaning, label-zh: 擦拭日, asks-en: When?, asks-zh: 何时？}
"""
LAW = """\
article: 1
title-en: Lamps
title-zh: 灯
basis: attested
states:
  dark: {label-en: dark, label-zh: 未点亮, initial: yes}
  burning: {label-en: burning, label-zh: 点亮}
  broken: {label-en: broken, label-zh: 损坏}
  shelved: {label-en: on the shelf, label-zh: 搁置}
transitions:
  lighting: {event: lit, from: [dark, broken], to: burning, round: next}
  again: {event: lit, from: [burning], to: burning, round: next}
  breaking: {event: put-out, from: [burning], to: broken}
  storing: {event: stored, from: [dark, broken], to: shelved}
derived:
  burning-since: {since: [burning]SINCE}
  last-cleaned: {day-of: [cleaned]}
"""
MEASURE = """\
title-en: Lamps
title-zh: 灯
in-force: {from: 2000-01-01, until: open, basis: attested}
"""


def derived(
    folder: Path, since: str, lines: str, on: str = "2005-01-01", *, law: str = LAW
) -> Mapping[str, Value]:
    """The facts that follow from what a sheet says of a lamp."""
    files = {
        "facts.yaml": FACTS,
        "1/measure.yaml": MEASURE,
        "1/article-01.yaml": law.replace("SINCE", since),
    }
    write(folder / "lamps", files)
    library = open_library(folder)
    (program,) = programs_of(library, "lamps")
    text = f"sheet: 1\nmeasure: lamps\nlamp: {{name-en: L, name-zh: 灯}}\n{lines}"
    (folder / "sheet.yaml").write_text(text, "utf-8")
    read = read_sheet(library, folder / "sheet.yaml")
    assert read.value is not None
    position = follow([program], read.value, date.fromisoformat(on)).value
    assert position is not None
    return {name: one.value for name, one in position.derived.items()}


UNTIL = "events-known-until: 2010-12-31\n"
LIT = "events:\n  - {event: lit, on: 2004-05-17}\n"
AGAIN = "events:\n  - {event: lit, on: 2004-05-17}\n  - {event: lit, on: 2005-05-17}\n"
OUT = "events:\n  - {event: lit, on: 2004-05-17}\n  - {event: put-out, on: 2004-06-01}\n"


@pytest.mark.parametrize(
    ("lines", "burning", "cleaned"),
    [
        # All is told, and nothing of it.
        (UNTIL, NEVER, NEVER),
        # It is not told to the day, or not of these kinds, or not from the beginning.
        ("", None, None),
        ("events-known-until: 2004-12-31\n", None, None),
        (UNTIL + "events-not-known: [cleaned]\n", NEVER, None),
        (UNTIL + "events-not-known: [lit]\n", None, NEVER),
        (UNTIL + "events-known-from: 2004-01-01\n", None, None),
        # What is stated is known, whatever else is not.
        (LIT, ON, None),
        (UNTIL + LIT, ON, NEVER),
    ],
)
def test_silence_tells_that_something_did_not_happen(
    tmp_path: Path, lines: str, burning: Dates | None, cleaned: Dates | None
) -> None:
    found = derived(tmp_path, "", lines)
    assert (found.get("burning-since"), found.get("last-cleaned")) == (burning, cleaned)


@pytest.mark.parametrize(
    ("month", "on", "cleaned"),
    [
        ("2004-05", "2004-05-17", Dates(date(2004, 5, 1), DAY, never=None)),
        ("2004-05", "2004-05-31", Dates(date(2004, 5, 1), date(2004, 5, 31))),
        ("2004-05", "2004-04-30", NEVER),
    ],
)
def test_a_day_that_may_lie_ahead_may_not_have_come(
    tmp_path: Path, month: str, on: str, cleaned: Dates
) -> None:
    lines = f"{UNTIL}events:\n  - {{event: cleaned, on: {month}}}\n"
    assert derived(tmp_path, "", lines, on)["last-cleaned"] == cleaned


@pytest.mark.parametrize(
    ("since", "lines", "burning"),
    [
        # It was burning when it was lit again, or not; so it burns since that day or before.
        ("", LIT + "events-known-from: 2004-01-01\n", Dates(None, DAY)),
        # It broke, so that it was burning before.
        ("", "events:\n  - {event: put-out, on: 2004-05-17}\nevents-known-from: 2004-01-01\n",
         Dates(None, DAY)),
        # It may have burned and broken before it was stored, or never burned.
        (", lost-in: [dark]", "events:\n  - {event: stored, on: 2004-05-17}\n" + UNTIL
         + "events-known-from: 2004-01-01\n", Dates(None, DAY, never=None)),
        # Another round goes on with the stay, or begins it anew.
        ("", AGAIN, ON),
        (", each-round: begins-anew", AGAIN, AFTER),
        # A stay that is over counts, unless it is lost in the state that follows.
        ("", UNTIL + OUT, ON),
        (", lost-in: [broken]", UNTIL + OUT, NEVER),
        (", lost-in: [broken]", UNTIL + OUT + "  - {event: lit, on: 2005-05-17}\n", AFTER),
    ],
)  # fmt: skip
def test_since_when_it_lasts(tmp_path: Path, since: str, lines: str, burning: Dates) -> None:
    assert derived(tmp_path, since, lines, "2006-01-01")["burning-since"] == burning


STORED = (
    "events-known-from: 2004-01-01\n" + UNTIL + "events:\n  - {event: stored, on: 2004-05-17}\n"
)
BREAKING = "  breaking: {event: put-out, from: [burning], to: broken}\n"


@pytest.mark.parametrize(
    ("of", "then", "perhaps"),
    [
        # What burned may have broken by itself before it was stored.
        ("burning", ", then: broken", True),
        # What burned does not break; only what stayed dark does, and that did not burn.
        ("dark", ", then: broken", False),
        # It is over, and it burns on: nothing that burned was stored.
        ("burning", "", False),
    ],
)
def test_a_stay_that_is_not_stated_may_have_ended_by_itself(
    tmp_path: Path, of: str, then: str, *, perhaps: bool
) -> None:
    assert BREAKING in LAW
    term = f"{{of: {of}, lasts: life{then}, label-en: life, label-zh: 寿命}}"
    law = LAW.replace(BREAKING, "") + f"terms:\n  life: {term}\nparameters:\n  life: 1 year\n"
    since = derived(tmp_path, ", lost-in: [dark]", STORED, law=law)["burning-since"]
    assert since == (Dates(None, DAY, never=None) if perhaps else NEVER)
