"""How far a value is from its limit, in words; each distance was counted by hand."""

from datetime import date

import pytest

from ipcity_policy import evaluate
from ipcity_policy.engines.interpreter.explanation import decisive
from ipcity_policy.engines.interpreter.margins import margin_of
from ipcity_policy.lang import core
from ipcity_policy.lang.values import NEVER, Dates
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.prose.verdict import margin_text
from ipcity_policy.text.source import Source, Span
from tests.support import HEAD, RICH, Make, outcomes

PARAMETERS = """\
parameters:
  few: {value: 30 percent, label-en: share of few, label-zh: 少数比例}
  slack: {value: 20 days, label-en: slack, label-zh: 宽限期}
  old: {value: 24 months, label-en: least age, label-zh: 最短年龄}
"""


@pytest.mark.parametrize(
    ("when", "facts", "en", "zh"),
    [
        ("weight is at least light", {"weight": "25 grams"},
         "15 grams above the light", "比light高15克"),
        ("weight is at least light", {"weight": "9 grams"},
         "1 gram below the light", "比light低1克"),
        ("weight is below light", {"weight": "10 grams"},
         "exactly the light", "恰为light"),
        ("share is at most few", {"share": "32 percent"},
         "2 percentage points above the share of few", "比少数比例高2个百分点"),
        ("share is at most few", {"share": "29 percent"},
         "1 percentage point below the share of few", "比少数比例低1个百分点"),
        ("age is at least old", {"age": "21 months"},
         "3 months short of 24 months", "比24个月少3个月"),
        ("age is at least old", {"age": "3 years"},
         "12 months more than 24 months", "比24个月多12个月"),
        ("age is at least old", {"age": "2 years"}, "exactly 24 months", "恰为24个月"),
        # Twenty days after the first are the twenty-first.
        ("time from made to sold is at least slack",
         {"made": "2001-01-01", "sold": "2001-01-18"},
         "3 days short of 20 days", "比20天少3天"),
        ("time from made to sold is at most slack",
         {"made": "2001-01-01", "sold": "2001-01-22"},
         "1 day more than 20 days", "比20天多1天"),
        ("sold is on or before slack after made",
         {"made": "2001-01-01", "sold": "2001-01-23"},
         "2001-01-23 is 2 days after 2001-01-21", "2001年1月23日比2001年1月21日晚2天"),
        ("made is before sold", {"made": "2001-01-01", "sold": "2001-01-18"},
         "2001-01-01 is 17 days before 2001-01-18", "2001年1月1日比2001年1月18日早17天"),
        ("made is before sold", {"made": "2001-01-18", "sold": "2001-01-18"},
         "both are the same day", "恰为同一天"),
        ("plan is submitted on or before sold",
         {"plan": {"submitted": "yes", "on": "2001-01-19"}, "sold": "2001-01-18"},
         "2001-01-19 is 1 day after 2001-01-18", "2001年1月19日比2001年1月18日晚1天"),
        # Three in ten of eleven are 3.3: the third is the last one inside.
        ("place is in the top few of all-things", {"place": {"rank": "5", "of": "11"}},
         "2 places outside the limit", "在界限以外，差2名"),
        ("place is in the top few of all-things", {"place": {"rank": "2", "of": "11"}},
         "1 place inside the limit", "在界限以内，距界限还有1名"),
        ("place is not in the top few of all-things", {"place": {"rank": "3", "of": "11"}},
         "the last place inside the limit", "恰为界限以内的最后一名"),
    ],
)  # fmt: skip
def test_a_margin_says_from_what_it_is_counted(
    make: Make, when: str, facts: dict[str, object], en: str, zh: str
) -> None:
    decision = outcomes(**{"in": when, "out": "otherwise"})
    made = make({**RICH, "1/article-02.yaml": HEAD + PARAMETERS + decision})
    assert made.codes() == []
    sheet = {"sheet": "1", "measure": "small", "thing": {"name-en": "T", "name-zh": "物"},
             "facts": facts}  # fmt: skip
    found = evaluate(made.library, sheet, version="1", decision="d").value
    assert found is not None
    whole = found[0].whole
    (reason,) = (one for one in decisive(whole.reasons) if one.margin is not None)
    for language, said in (("en", en), ("zh", zh)):
        wording = Wording(whole.vocabulary, language, whole.program)
        assert margin_text(reason, wording) == said


def days(first: int | None, last: int | None) -> Dates:
    """Return a span of days of January 2001; None is an end that is open."""
    low, high = (None if end is None else date(2001, 1, end) for end in (first, last))
    return Dates(low, high)


@pytest.mark.parametrize(
    ("left", "right", "after"),
    [
        (days(8, 8), days(5, 5), (3, 3)),
        (days(5, 5), days(8, 8), (-3, -3)),
        # At the least from the first of the one to the last of the other, and at the most from
        # the last of it to the first.
        (days(5, 10), days(8, 8), (-3, 2)),
        (days(8, 8), days(5, 10), (-2, 3)),
        (days(5, 10), days(8, 20), (-15, 2)),
        # Where an end is open, so is the distance on that side, and on no other.
        (days(5, None), days(8, 8), (-3, None)),
        (days(None, 10), days(8, 8), (None, 2)),
        (days(5, 5), days(8, None), (None, -3)),
        (days(5, 5), days(None, 8), (-3, None)),
        (days(5, None), days(None, 8), (-3, None)),
        (days(5, None), days(8, None), None),
        (days(None, 10), days(None, 8), None),
        (days(None, None), days(8, 8), None),
        # The ends of the calendar stand for an end that is open.
        (Dates(date(2001, 1, 5), date.max), days(8, 8), (-3, None)),
        (Dates(date.min, date(2001, 1, 10)), days(8, 8), (None, 2)),
        # What may never come is not so many days away.
        (Dates(date(2001, 1, 5), date(2001, 1, 5), never=None), days(8, 8), None),
        (NEVER, days(8, 8), None),
    ],
)
def test_the_margin_of_a_date_that_is_known_in_part(
    left: Dates, right: Dates, after: tuple[int | None, int | None] | None
) -> None:
    nowhere = Span(Source("", ""), 0, 0)
    for operator in ("after", "on-or-after", "before", "on-or-before"):
        found = margin_of(core.Apply(operator, (), nowhere), (left, right))
        if after is None:
            assert found is None
            continue
        assert found is not None
        low, high = after
        if operator.endswith("before"):  # on the other side of the limit
            low, high = (None if end is None else -end for end in (high, low))
        assert (found.low, found.high, found.unit) == (low, high, "days"), operator
