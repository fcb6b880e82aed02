"""What the language itself says in English and in Chinese; a measure brings its own words."""

from collections.abc import Mapping
from types import MappingProxyType

from ipcity_policy.law.model import Localized


def _words(**pairs: tuple[str, str]) -> Mapping[str, Localized]:
    return MappingProxyType({key: Localized(*pair) for key, pair in pairs.items()})


#: What each operator says after its left side; {0} and {1} are what stands on its right.
COMPARISONS: Mapping[str, Localized] = MappingProxyType(
    {
        "at-least": Localized("is at least {0}", "不低于{0}"),
        "at-most": Localized("is at most {0}", "不高于{0}"),
        "above": Localized("is above {0}", "高于{0}"),
        "below": Localized("is below {0}", "低于{0}"),
        "exactly": Localized("is exactly {0}", "等于{0}"),
        "not-exactly": Localized("is not exactly {0}", "不等于{0}"),
        "between": Localized("is between {0} and {1}", "在{0}与{1}之间"),
        "time-at-least": Localized("is at least {0}", "不少于{0}"),
        "time-at-most": Localized("is at most {0}", "不超过{0}"),
        "time-above": Localized("is above {0}", "超过{0}"),
        "time-below": Localized("is below {0}", "不满{0}"),
        "on-or-after": Localized("is on or after {0}", "不早于{0}"),
        "on-or-before": Localized("is on or before {0}", "不晚于{0}"),
        "after": Localized("is after {0}", "晚于{0}"),
        "before": Localized("is before {0}", "早于{0}"),
        "one-of": Localized("is one of {0}", "属于{0}"),
        "not-one-of": Localized("is not one of {0}", "不属于{0}"),
        "same": Localized("is {0}", "为{0}"),
        "different": Localized("is not {0}", "不为{0}"),
        "in-top": Localized(
            "is in the top {0} of the {cohort}{ways}", "在{cohort}的前{0}以内{ways}"
        ),
        "not-in-top": Localized(
            "is not in the top {0} of the {cohort}{ways}", "不在{cohort}的前{0}以内{ways}"
        ),
        "last": Localized("is the last of the {cohort}{ways}", "在{cohort}中居末位{ways}"),
        "not-last": Localized(
            "is not the last of the {cohort}{ways}", "在{cohort}中不居末位{ways}"
        ),
        "includes": Localized("includes {0}", "包括{0}"),
        "includes-all": Localized("includes all of {0}", "包括{0}的全部"),
        "includes-any": Localized("includes any of {0}", "包括{0}中的至少一项"),
        "includes-none": Localized("includes none of {0}", "不包括{0}中的任何一项"),
        "submitted": Localized("is submitted", "已提交"),
        "not-submitted": Localized("is not submitted", "未提交"),
        "submitted-on-or-before": Localized("is submitted on or before {0}", "在{0}或之前提交"),
        "submitted-before": Localized("is submitted before {0}", "在{0}之前提交"),
        "submitted-on-or-after": Localized("is submitted on or after {0}", "在{0}或之后提交"),
        "submitted-after": Localized("is submitted after {0}", "在{0}之后提交"),
        "known": Localized("is known", "已有确定的陈述"),
        "not-known": Localized("is not known", "没有确定的陈述"),
    }
)

#: What an arithmetic operation says of its parts, joined by the first; the second is alone.
RECKONINGS: Mapping[str, Localized] = MappingProxyType(
    {
        "plus": Localized("{left} plus {right}", "{left}加{right}"),
        "minus": Localized("{left} minus {right}", "{left}减{right}"),
        "times": Localized("{right} times {left}", "{left}乘以{right}"),
        "percent": Localized("{right} of {left}", "{left}的{right}"),
        "lesser": Localized("the lesser of {left} and {right}", "{left}与{right}中较小的"),
        "greater": Localized("the greater of {left} and {right}", "{left}与{right}中较大的"),
        "rounded up": Localized("{left}, rounded up to {right}", "{left}，向上取整到{right}"),
        "rounded down": Localized(
            "{left}, rounded down to {right}", "{left}，向下取整到{right}"
        ),
        "rounded half up": Localized(
            "{left}, rounded half up to {right}", "{left}，四舍五入到{right}"
        ),
    }
)

#: How the places of a cohort are counted, as a sentence says it.
WAYS: Mapping[str, Localized] = MappingProxyType(
    {
        "rounded up": Localized(", rounded up", "（向上取整）"),
        "rounded down": Localized(", rounded down", "（向下取整）"),
        "rounded half up": Localized(", rounded half up", "（四舍五入取整）"),
        "ties at the first": Localized(
            ", those who share a place taken at its first", "（并列的按靠前名次计）"
        ),
        "ties at the last": Localized(
            ", those who share a place taken at its last", "（并列的按靠后名次计）"
        ),
    }
)

#: What the language itself says; the words of a measure come from its files.
PHRASES = _words(
    says=("{left} {what}", "{left}{what}"),
    unless=("{part}, unless {exception}", "{part}，但{exception}的除外"),
    where=("where {applies}: {part}", "{applies}的，{part}"),
    at_least_of=("at least {n} of these: {parts}", "下列至少{n}项：{parts}"),
    in_years=(
        "{left} {what} in at least {least} of the last {window} before {day}",
        "{day}之前{window}中至少{least}年，{left}{what}",
    ),
    in_years_to=(
        "{left} {what} in at least {least} of the last {window} up to {day}",
        "截至{day}当年的{window}中至少{least}年，{left}{what}",
    ),
    time=("the time from {start} to {end}", "自{start}至{end}的时间"),
    later_day=("{period} after {day}", "{day}后{period}"),
    earlier_day=("{period} before {day}", "{day}前{period}"),
    year_value=("{year}: {value}", "{year}年：{value}"),
    place=("place {n} of {size}", "第{n}名（共{size}个）"),
    place_only=("place {n}; of how many is not known", "第{n}名；共有多少个不明"),
    last=("the last of {size}", "末位（共{size}个）"),
    last_only=("the last place; of how many is not known", "末位；共有多少个不明"),
    from_to=("{low} to {high}", "{low}至{high}"),
    size_only=("one of {size}; the place is not known", "共{size}个；名次不明"),
    tied=("place {n} of {size}, shared by {tied}", "第{n}名（共{size}个，{tied}个并列）"),
    tied_only=(
        "place {n}, shared by {tied}; of how many is not known",
        "第{n}名（{tied}个并列）；共有多少个不明",
    ),
    weeks=("{n} weeks", "{n}周"),
    week=("1 week", "1周"),
    submitted=("submitted", "已提交"),
    submitted_on=("submitted {day}", "{day}提交"),
    not_submitted=("not submitted", "未提交"),
    may_include=("{known}; not known: {open}", "{known}；不明：{open}"),
    part_year=("{fact} of {year}", "{year}年的{fact}"),
    part_rank=("{fact}: the place", "{fact}：名次"),
    part_of=("{fact}: how many there are among the {cohort}", "{fact}：{cohort}共有多少个"),
    part_on=("{fact}: the day of submission", "{fact}：提交日期"),
    also=("; ", "；"),
    and_=(" and ", "且"),
    or_=(" or ", "，或"),
    not_=("not: {part}", "并非：{part}"),
    all_these=("all of these:", "以下各项均成立："),
    any_these=("at least one of these:", "以下至少一项成立："),
    some_these=("at least {n} of these:", "以下至少{n}项成立："),
    none_these=("none of these:", "以下各项均不成立："),
    not_this=("not this:", "以下不成立："),
    unless_=("unless ", "但有此情形的除外："),
    asked_where=("asked only where ", "仅在此情形下要求："),
    always=("always", "一律"),
    parameter=("the {label} ({value})", "{label}（{value}）"),
    set_=("{label}: {value}", "{label}（{value}）"),
    list_or=(" or ", "或"),
    comma=(", ", "、"),
    unknown=("not known", "不明"),
    never=("did not happen", "未发生"),
    if_ever=("{day}, if it happened", "{day}（如已发生）"),
    or_earlier=("{day} or earlier", "{day}或更早"),
    or_later=("{day} or later", "{day}或更晚"),
    between=("between {low} and {high}", "{low}至{high}之间"),
    at_least_value=("{low} or more", "{low}以上"),
    at_most_value=("{high} or less", "{high}以下"),
    years=("{n} years", "{n}年"),
    year=("1 year", "1年"),
    months=("{n} months", "{n}个月"),
    month=("1 month", "1个月"),
    days=("{n} days", "{n}天"),
    day=("1 day", "1天"),
    quantity=("{n} {unit}", "{n}{unit}"),
    above=("{n} above the {limit}", "比{limit}高{n}"),
    below=("{n} below the {limit}", "比{limit}低{n}"),
    level=("exactly the {limit}", "恰为{limit}"),
    more=("{n} more than {limit}", "比{limit}多{n}"),
    short=("{n} short of {limit}", "比{limit}少{n}"),
    exactly=("exactly {limit}", "恰为{limit}"),
    later=("{day} is {n} after {limit}", "{day}比{limit}晚{n}"),
    earlier=("{day} is {n} before {limit}", "{day}比{limit}早{n}"),
    same_day=("both are the same day", "恰为同一天"),
    inside=("{n} inside the limit", "在界限以内，距界限还有{n}"),
    outside=("{n} outside the limit", "在界限以外，差{n}"),
    last_inside=("the last place inside the limit", "恰为界限以内的最后一名"),
    points=("{n} percentage points", "{n}个百分点"),
    point=("1 percentage point", "1个百分点"),
    article=("Art. {n}", "第{n}条"),
    item=("({i})", "第（{i}）项"),
    our_letter=(" (our letter {i})", "（编者序号{i}）"),
    our_number=(" (our number {i})", "（编者序号{i}）"),
    our_name=(" (our name “{i}”)", "（编者代称“{i}”）"),
    part=("({part})", "（{part}）"),
    nothing=("none", "无"),
    gap=(" ", ""),
    named=("{title} ({id})", "《{title}》（{id}）"),
    of_version=("{cite} of {version}", "{version}{cite}"),
    quoted=("{text}", "“{text}”"),
)
