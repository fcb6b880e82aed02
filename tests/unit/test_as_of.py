"""What a sheet states on a day: for itself, or with what happened."""

from datetime import date
from pathlib import Path

import pytest

from ipcity_policy.lang.values import Numbers
from ipcity_policy.law.files import read_bytes
from ipcity_policy.sheet.as_of import StatedWith, stated_on
from ipcity_policy.sheet.reader import sheet_from
from tests.leases import LEASES, sheet
from tests.support import Ipcity, Make

EVENTS = sheet(
    "event: registered, on: 2001-02, facts: {weight: 70 grams}",
    "event: renewed, on: 2002-02-20, facts: {weight: 5 grams}",
)


@pytest.mark.parametrize(
    ("fact", "on", "grams", "happened", "unseen"),
    [
        ("", None, 5, "renewed", ()),
        ("", "2002-02-19", 70, "registered", ()),
        ("", "2001-02-27", None, None, ()),
        ("weight: 9 grams", None, 9, None, ()),
        ("weight: 9 grams", "2001-01-01", 9, None, ()),
        ("weight: {value: 9 grams, on: 2002-02-19}", None, 5, "renewed", ()),
        ("weight: {value: 9 grams, on: 2002-02-20}", None, 9, None, ()),
        # It may have been stated before the registration, or after.
        ("weight: {value: 9 grams, on: 2001-02-15}", "2001-03-01", 9, None, ()),
        ("weight: {value: 9 grams, on: 2001-01-31}", "2001-03-01", 70, "registered", ()),
        ("weight: {value: 9 grams, on: 2002-03-01}", "2002-02-28", 5, "renewed", ("weight",)),
    ],
)
def test_what_was_stated_last_counts(
    make: Make,
    fact: str,
    on: str | None,
    grams: int | None,
    happened: str | None,
    unseen: tuple[str, ...],
) -> None:
    text = EVENTS + (f"facts:\n  {fact}\n" if fact else "")
    document = read_bytes("s.yaml", text.encode()).value
    assert document is not None
    read = sheet_from(make(LEASES).library, document)
    assert read.value is not None, read.diagnostics
    stated = stated_on(read.value, date.fromisoformat(on) if on is not None else None)
    weight = stated.values.get("weight")
    assert (weight.low if isinstance(weight, Numbers) else None) == grams
    kinds = {name: event.kind for name, event in stated.happened.items()}
    assert kinds == ({"weight": happened} if happened is not None else {})
    assert stated.unseen == unseen


#: The same, where the weight is that of a registration or a renewal.
OF_EACH = LEASES | {
    "facts.yaml": LEASES["facts.yaml"].replace(
        "    unit: grams\n", "    unit: grams\n    of: [registered, renewed]\n", 1
    )
}
SEVENTY = "event: registered, on: 2001-02, facts: {weight: 70 grams}"


@pytest.mark.parametrize(
    ("events", "fact", "on", "grams", "with_first"),
    [
        ((SEVENTY,), "", None, 70, 70),
        ((SEVENTY, "event: noted, on: 2002-02-20"), "", None, 70, 70),
        ((SEVENTY, "event: renewed, on: 2002-02-20"), "", None, None, 70),
        ((SEVENTY, "event: renewed, on: 2002-02-20"), "", "2002-02-19", 70, 70),
        # What the sheet states without a day is said of the last.
        ((SEVENTY, "event: renewed, on: 2002-02-20"), "weight: 9 grams", None, 9, 70),
        (
            ("event: registered, on: 2001-02", "event: renewed, on: 2002-02-20"),
            "weight: 9 grams",
            None,
            9,
            None,
        ),
        # With a day it is said of the one before that day, and of a first one after it.
        (
            ("event: registered, on: 2001-02-20", "event: renewed, on: 2002-02-20"),
            "weight: {value: 9 grams, on: 2001-03-01}",
            None,
            None,
            None,
        ),
        (
            ("event: registered, on: 2001-02-20",),
            "weight: {value: 9 grams, on: 2001-02-10}",
            None,
            9,
            9,
        ),
    ],
)
def test_what_is_stated_of_an_event_says_nothing_of_the_next(
    make: Make,
    events: tuple[str, ...],
    fact: str,
    on: str | None,
    grams: int | None,
    with_first: int | None,
) -> None:
    text = sheet(*events) + (f"facts:\n  {fact}\n" if fact else "")
    document = read_bytes("s.yaml", text.encode()).value
    assert document is not None
    read = sheet_from(make(OF_EACH).library, document)
    assert read.value is not None, read.diagnostics
    day = date.fromisoformat(on) if on is not None else None
    for values, wanted in (
        (stated_on(read.value, day).values, grams),
        (StatedWith(read.value).on(0), with_first),
    ):
        weight = values.get("weight")
        assert (weight.low if isinstance(weight, Numbers) else None) == wanted


@pytest.mark.deep
def test_scores_that_are_stated_with_an_event_are_held_against_their_points(
    ipcity: Ipcity, tmp_path: Path
) -> None:
    path = tmp_path / "city.yaml"
    path.write_text(
        "sheet: 1\nmeasure: ip-cities\n"
        "city: {name-en: A, name-zh: 甲, type: prefecture-level-city}\n"
        "events:\n  - event: pilot-applied\n    on: 2018-02-01\n"
        "    facts: {patents-in-force-score: 5 points}\n",
        "utf-8",
    )
    evaluated = ipcity("evaluate", str(path), "--on", "2019-01-01").err
    for said in (evaluated, ipcity("validate", str(path)).out):
        # Art. 18(ix) with Appendix 2: there are four points for it.
        assert f"{path}:7:37: error F111" in said
        assert "its indicator has `4 points`" in said
