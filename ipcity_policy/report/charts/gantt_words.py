"""The words of a drawn time line, in English and in Chinese."""

from collections.abc import Mapping
from types import MappingProxyType

from ipcity_policy.law.model import Localized
from ipcity_policy.report.block import GanttShape
from ipcity_policy.words.time_sentences import say as say_of_time

_WORDS: Mapping[str, Localized] = MappingProxyType(
    {
        "title": Localized(
            "The time line of {subject}, as on {day}", "{subject}时间线（截至{day}）"
        ),
        "what": Localized("What", "事项"),
        "when": Localized("When", "时间"),
        "became": Localized("On the day asked", "所询日情况"),
        "events": Localized("Events", "事件"),
        "in-round": Localized("{state}, round {round}", "{state}，第{round}轮"),
        "times": Localized("{n} times", "共{n}次"),
        "several": Localized("{n} times, {first} to {last}", "{first}至{last}，共{n}次"),
        "open-days": Localized("not known", "不明"),
        "since": Localized("from {day}", "自{day}"),
        "last-day": Localized("last day {day}", "最后一日：{day}"),
        "perhaps": Localized("not certain", "尚不确定"),
        "stands": Localized("state on the day asked", "所询日状态"),
        "may-stand": Localized("possible state on the day asked", "所询日可能的状态"),
        "reckoned-day": Localized("reckoned: {day}", "推算：{day}"),
        "unseen-after": Localized("events after {day} are not known", "{day}之后的事件不明"),
        "legend": Localized("between these days, or not certain", "在此期间某日，或者尚不确定"),
        "comma": Localized(", ", "、"),
        "year-to-year": Localized("{first} to {last}", "{first}至{last}"),
        "years": Localized("{became}: {years}", "{became}：{years}"),
    }
)
#: What each shape means.
_MEANINGS: Mapping[GanttShape, Localized] = MappingProxyType(
    {
        GanttShape.NOW: Localized("state on the day asked", "所询日状态"),
        GanttShape.STATE: Localized("state", "状态"),
        GanttShape.TERM: Localized("term", "周期"),
        GanttShape.WINDOW: Localized("time for a duty", "履行期限"),
        GanttShape.BAN: Localized("bar", "限制期"),
        GanttShape.DELAY: Localized("delay", "逾期"),
        GanttShape.EVENT: Localized("event", "事件"),
        GanttShape.DUE: Localized("last day", "最后一日"),
        GanttShape.UNSEEN: Localized("events not known", "事件不明"),
        GanttShape.UNKNOWN: Localized("not known", "不明"),
        GanttShape.RECKONED: Localized("end as reckoned", "推算的届满日"),
    }
)


def say(language: str, key: str, **parts: str) -> str:
    """Fill words of a drawing."""
    return _WORDS[key][language].format(**parts)


def meaning(language: str, shape: GanttShape) -> str:
    """Say what a shape means; of what became of a duty as it is said elsewhere."""
    meant = _MEANINGS.get(shape)
    return meant[language] if meant else say_of_time(language, f"may-be-{shape}")
