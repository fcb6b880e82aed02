"""How far a value is from its limit, in words; each distance was counted by hand."""

import pytest

from ipcity_policy import evaluate
from ipcity_policy.engines.interpreter.explanation import decisive
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.prose.verdict import margin_text
from tests.support import HEAD, RICH, Make, outcomes

PARAMETERS = """\
parameters:
  few: {value: 30 percent, label-en: share of few, label-zh: 少数比例}
  slack: {value: 20 days, label-en: slack, label-zh: 宽限期}
  old: {value: 24 months, label-en: least age, label-zh: 最短年龄}
  aged: {value: 2 years, label-en: least age, label-zh: 最短年龄}
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
        # Years against years are told in years.
        ("age is at least aged", {"age": "5 years"},
         "3 years more than 2 years", "比2年多3年"),
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
