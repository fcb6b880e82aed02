"""The picture of a comparison: every place on its line was reckoned by hand."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from ipcity_policy import evaluate
from ipcity_policy.engines.interpreter.explanation import Reason
from ipcity_policy.report.block import BulletChart
from ipcity_policy.report.charts.bullet import bar_of
from ipcity_policy.report.prose.rule import Wording
from tests.support import HEAD, RICH, Make, outcomes

PARAMETERS = "parameters: {few: 30 percent}\n"


def bars(make: Make, when: str, facts: dict[str, object]) -> list[BulletChart]:
    """The pictures of what one condition asks of one sheet."""
    decision = outcomes(**{"in": when, "out": "otherwise"})
    made = make({**RICH, "1/article-02.yaml": HEAD + PARAMETERS + decision})
    assert made.codes() == []
    sheet = {"sheet": "1", "measure": "small", "thing": {"name-en": "T", "name-zh": "物"},
             "facts": facts}  # fmt: skip
    found = evaluate(made.library, sheet, version="1", decision="d").value
    assert found is not None
    whole = found[0].whole
    wording = Wording(whole.vocabulary, "en", whole.program)
    drawn = (bar_of(reason, wording) for reason in below(found[0].reasons))
    return [bar for bar in drawn if bar is not None]


def below(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    for one in reasons:
        yield one
        yield from below(one.because)


SIXTH = Decimal(1) / 6


@pytest.mark.parametrize(
    ("when", "facts", "limit", "found", "met", "says"),
    [
        # 10 and 25 on the declared line from 0 to 100.
        ("weight is at least light", {"weight": "25 grams"}, "0.1", ("0.25", "0.25"),
         ("0.1", "1"), ("10 grams", "25 grams", "15 grams above the light", "0 grams",
                        "100 grams")),
        # Not known: the whole declared line.
        ("weight is at least light", {}, "0.1", ("0", "1"),
         ("0.1", "1"), ("10 grams", "between 0 grams and 100 grams", "", "0 grams",
                        "100 grams")),
        # 2 and 3 without a declared line: a quarter of what lies between them on each side.
        ("volume is below bulky", {"volume": "3 litres"}, SIXTH, (5 * SIXTH, 5 * SIXTH),
         ("0", SIXTH), ("2 litres", "3 litres", "1 litres above the bulky", "", "")),
        # The first of June, and that month, of 29 days from its first to its last.
        ("made is on or after start", {"made": "2001-06"}, SIXTH, (SIXTH, 5 * SIXTH),
         (SIXTH, "1"), ("2001-06-01", "2001-06", "", "", "")),
        # Six months after the first of January is the first of July, 31 days before.
        ("time from made to sold is at least pause",
         {"made": "2001-01-01", "sold": "2001-08-01"}, SIXTH, (5 * SIXTH, 5 * SIXTH),
         (SIXTH, "1"), ("2001-07-01", "2001-08-01", "31 days more than 6 months", "", "")),
        # 30 percent of 11 are 3.3 places, on a line from the first to the eleventh.
        ("place is in the top few of all-things", {"place": {"rank": "5", "of": "11"}},
         "0.2", ("0.4", "0.4"), ("0", "0.2"),
         ("place 3 of 11", "place 5 of 11", "2 places outside the limit", "1", "11")),
    ],
)  # fmt: skip
def test_places_on_the_line(
    make: Make,
    when: str,
    facts: dict[str, object],
    limit: str | Decimal,
    found: tuple[str | Decimal, str | Decimal],
    met: tuple[str | Decimal, str | Decimal],
    says: tuple[str, ...],
) -> None:
    (bar,) = bars(make, when, facts)
    ((at, label),) = bar.limits
    expected = [limit, *found, *met]
    drawn = [at, *bar.found, *bar.met]
    for one, other in zip(drawn, expected, strict=True):
        assert abs(one - Decimal(other)) < Decimal("1e-9")
    assert (label, bar.says, bar.margin, *bar.ends) == says


@pytest.mark.parametrize(
    ("when", "facts"),
    [
        ("volume is below bulky", {}),  # nothing at all is known of it
        ("made is on or after start", {}),
        ("place is in the top few of all-things", {"place": {"rank": "5", "of": "unknown"}}),
        ("colour is one of warm", {"colour": "red"}),
        ("weight is known", {"weight": "5 grams"}),
    ],
)
def test_where_there_is_nothing_to_draw_nothing_is_drawn(
    make: Make, when: str, facts: dict[str, object]
) -> None:
    assert bars(make, when, facts) == []


def test_no_number_is_too_large_to_be_drawn(make: Make) -> None:
    (bar,) = bars(make, "volume is below bulky", {"volume": "9" * 18 + " litres"})
    places = [bar.limits[0][0], *bar.found]
    for place, expected in zip(places, (SIXTH, 5 * SIXTH, 5 * SIXTH), strict=True):
        assert abs(place - expected) < Decimal("1e-9")
