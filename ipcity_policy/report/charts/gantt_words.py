"""The words of a drawn time line, in English and in Chinese."""

from collections.abc import Mapping
from types import MappingProxyType

from ipcity_policy.law.model import Words
from ipcity_policy.report.block import Shape
from ipcity_policy.words.time_sentences import say as say_of_time

_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "title": Words(
            "The time line of {subject}, as on {day}", "{subject}时间线（截至{day}）"
        ),
        "what": Words("What", "事项"),
        "when": Words("When", "时间"),
        "became": Words("On the day asked", "所询日情况"),
        "events": Words("Events", "事件"),
        "in-round": Words("{state}, round {round}", "{state}，第{round}轮"),
        "times": Words("{n} times", "共{n}次"),
        "several": Words("{n} times, {first} to {last}", "{first}至{last}，共{n}次"),
        "open-days": Words("not known", "不明"),
        "since": Words("from {day}", "自{day}"),
        "last-day": Words("last day {day}", "最后一日：{day}"),
        "perhaps": Words("not certain", "尚不确定"),
        "stands": Words("state on the day asked", "所询日状态"),
        "may-stand": Words("possible state on the day asked", "所询日可能的状态"),
        "reckoned-day": Words("reckoned: {day}", "推算：{day}"),
        "unseen-after": Words("events after {day} are not known", "{day}之后的事件不明"),
        "legend": Words("between these days, or not certain", "在此期间某日，或者尚不确定"),
        "comma": Words(", ", "、"),
        "year-to-year": Words("{first} to {last}", "{first}至{last}"),
        "years": Words("{became}: {years}", "{became}：{years}"),
    }
)
#: What each shape means.
_MEANINGS: Mapping[Shape, Words] = MappingProxyType(
    {
        Shape.NOW: Words("state on the day asked", "所询日状态"),
        Shape.STATE: Words("state", "状态"),
        Shape.TERM: Words("term", "周期"),
        Shape.WINDOW: Words("time for a duty", "履行期限"),
        Shape.BAN: Words("bar", "限制期"),
        Shape.DELAY: Words("delay", "逾期"),
        Shape.EVENT: Words("event", "事件"),
        Shape.DUE: Words("last day", "最后一日"),
        Shape.UNSEEN: Words("events not known", "事件不明"),
        Shape.UNKNOWN: Words("not known", "不明"),
        Shape.RECKONED: Words("end as reckoned", "推算的届满日"),
    }
)


def say(language: str, key: str, **parts: str) -> str:
    """Fill words of a drawing."""
    return _WORDS[key][language].format(**parts)


def meaning(language: str, shape: Shape) -> str:
    """Say what a shape means; of what became of a duty as it is said elsewhere."""
    meant = _MEANINGS.get(shape)
    return meant[language] if meant else say_of_time(language, f"may-be-{shape}")
