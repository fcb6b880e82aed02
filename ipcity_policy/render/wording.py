"""How things are said: values, conditions and provisions in English and in Chinese."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import assert_never

from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import unknown
from ipcity_policy.lang.literals import date_text, number_text
from ipcity_policy.lang.values import Dates, Numbers, Options, Period, Text, Value
from ipcity_policy.measure.model import Origin, Parameter, Program, Provision, Vocabulary, Words


def _words(**pairs: tuple[str, str]) -> Mapping[str, Words]:
    return MappingProxyType({key: Words(*pair) for key, pair in pairs.items()})


#: What each operator of the language says of what stands on its left.
COMPARISONS: Mapping[str, Words] = MappingProxyType(
    {
        "at-least": Words("at least {right}", "不低于{right}"),
        "at-most": Words("at most {right}", "不高于{right}"),
        "above": Words("above {right}", "高于{right}"),
        "below": Words("below {right}", "低于{right}"),
        "on-or-after": Words("on or after {right}", "不早于{right}"),
        "on-or-before": Words("on or before {right}", "不晚于{right}"),
        "after": Words("after {right}", "晚于{right}"),
        "before": Words("before {right}", "早于{right}"),
        "one-of": Words("one of {right}", "属于{right}"),
        "not-one-of": Words("not one of {right}", "不属于{right}"),
        "same": Words("{right}", "为{right}"),
        "different": Words("not {right}", "不为{right}"),
    }
)

#: What the language itself says; the words of a measure come from its files.
PHRASES = _words(
    is_=("{left} is {what}", "{left}{what}"),
    and_=(" and ", "且"),
    or_=(" or ", "，或"),
    not_=("not: {part}", "并非：{part}"),
    always=("always", "一律"),
    parameter=("the {label} ({value})", "{label}（{value}）"),
    set_=("{label}: {value}", "{label}（{value}）"),
    list_or=(" or ", "或"),
    comma=(", ", "、"),
    unknown=("not known", "不明"),
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
    beyond=("{n} above it", "高出{n}"),
    short=("{n} below it", "低{n}"),
    later=("{n} after it", "晚{n}"),
    earlier=("{n} before it", "早{n}"),
    exactly=("exactly at it", "恰好相等"),
    article=("Art. {n}", "第{n}条"),
    item=("({i})", "({i})"),
    part=("({part})", "（{part}）"),
    nothing=("none", "无"),
    gap=(" ", ""),
    named=("{title} ({id})", "《{title}》（{id}）"),
    of_version=("{cite} of {version}", "{version}{cite}"),
    quoted=("{text}", "“{text}”"),
)


@dataclass(frozen=True, slots=True)
class Wording:
    """Says things about one measure, and where it is given one Program, in one language."""

    vocabulary: Vocabulary
    language: str
    program: Program | None = None

    def say(self, key: str, **parts: str) -> str:
        """Fill a phrase of the language."""
        return PHRASES[key][self.language].format(**parts)

    def label(self, fact: str) -> str:
        """Name a fact as readers know it."""
        return self.vocabulary.facts[fact].label[self.language]

    def parameter(self, name: str) -> Parameter:
        """Return a parameter of the Program."""
        assert self.program is not None
        return self.program.parameters[name]

    def value(self, value: Value | tuple[str, ...], fact: str | None = None) -> str:
        """Say a value; `fact` is the one whose options name it."""
        match value:
            case tuple():
                names = [self._option(name, fact) for name in value]
                return self._list(names)
            case Options(names):
                if value.known:
                    return self._option(next(iter(names)), fact)
                return self.say("unknown")
            case Numbers():
                return self._numbers(value)
            case Dates():
                return self.day(value) if value.low or value.high else self.say("unknown")
            case Text(text):
                return text if text is not None else self.say("unknown")
            case Period(years, months, days):
                parts = (("year", years), ("month", months), ("day", days))
                return " ".join(self._count(unit, n) for unit, n in parts if n) or self._count(
                    "day", 0
                )
            case _:
                assert_never(value)

    def open(self, fact: str, value: Value | tuple[str, ...]) -> bool:
        """Tell whether nothing at all is known of a fact."""
        return value == unknown(self.vocabulary.facts[fact].datatype)

    def day(self, days: Dates) -> str:
        """Say a day, a month or a year."""
        return days_said(days, self.language)

    def version(self, id: str) -> str:
        """Name a version by its title, where the Program is that version."""
        if self.program is None or self.program.id != id:
            return id
        return self.say("named", title=self.program.title[self.language], id=id)

    def provision(self, origin: Origin) -> Provision | None:
        """Return the provision that an entry stands under; None where it is carried over."""
        if self.program is None or origin.carried_from is not None:
            return None
        return self.program.provisions.get(origin.provision)

    def found(self, fact: str, value: Value | tuple[str, ...]) -> str:
        """Say what was found of a fact; what is wholly open is not known."""
        if self.open(fact, value):
            return self.say("unknown")
        return self.value(value, fact)

    def condition(self, asked: core.Condition) -> str:
        """Say what a condition asks, with the values of its parameters filled in."""
        match asked:
            case core.Apply():
                left = self._operand(asked.left, self._choice(asked))
                return self.say("is_", left=left, what=self._comparison(asked))
            case core.Met(rule):
                assert self.program is not None
                return self.program.rules[rule].title[self.language]
            case core.Not(part):
                return self.say("not_", part=self._part(part))
            case core.All(parts):
                if not parts:
                    return self.say("always")
                first = parts[0]
                of_one = [p for p in parts if isinstance(p, core.Apply)]
                same = len(of_one) == len(parts) and len({p.left for p in of_one}) == 1
                if isinstance(first, core.Apply) and same:
                    left = self._operand(first.left, self._choice(first))
                    what = self.say("and_").join(map(self._comparison, of_one))
                    return self.say("is_", left=left, what=what)
                return self.say("and_").join(map(self._part, parts))
            case core.Any(parts):
                return self.say("or_").join(map(self._part, parts))
            case _:
                assert_never(asked)

    def _part(self, part: core.Condition) -> str:
        """Say a condition within another, in brackets where it is one of several itself."""
        said = self.condition(part)
        several = isinstance(part, (core.All, core.Any)) and len(part.parts) > 1
        return self.say("part", part=said) if several or isinstance(part, core.Not) else said

    def _comparison(self, asked: core.Apply) -> str:
        right = self._operand(asked.right, self._choice(asked))
        return COMPARISONS[asked.operator][self.language].format(right=right)

    def _choice(self, asked: core.Apply) -> str | None:
        """Return the fact whose options name what is compared with it."""
        return asked.left.name if isinstance(asked.left, core.FactRef) else None

    def named_by(self, parameter: str) -> str | None:
        """Return a choice that a set is compared with, whose labels name its options."""
        assert self.program is not None
        todo: list[core.Condition] = [rule.condition for rule in self.program.rules.values()]
        for decision in self.program.decisions.values():
            todo += [row.condition for row in decision.rows if row.condition is not None]
        while todo:
            match todo.pop():
                case core.Apply(_, core.FactRef(name), core.ParameterRef(other)):
                    if other == parameter:
                        return name
                case core.Not(part):
                    todo.append(part)
                case core.All(parts) | core.Any(parts):
                    todo += parts
                case _:
                    pass
        return None

    def amount(self, number: str, unit: str, *, one: bool = False) -> str:
        """Say a number in a unit of the measure, or in days."""
        if unit == "days" and unit not in self.vocabulary.units:
            return self.say("day") if one else self.say("days", n=number)
        known = self.vocabulary.units.get(unit)
        name = unit if known is None else (known.one if one else known.label)[self.language]
        return self.say("quantity", n=number, unit=name)

    def cite(self, provision: str) -> str:
        """Cite a provision: an article by its number, anything else by its title."""
        found = re.fullmatch(r"art-(\d+)(?:\.([ivx]+))?(?:-([a-z]))?", provision)
        if found is None:
            known = self.program.provisions.get(provision) if self.program else None
            return known.title[self.language] if known else provision
        items = "".join(self.say("item", i=item) for item in found.groups()[1:] if item)
        number = found[1] if self.language == "en" else chinese_number(int(found[1]))
        return self.say("article", n=number) + items

    def origin(self, origin: Origin) -> str:
        """Cite where an entry stands, with its version where that is another one."""
        cite = self.cite(origin.provision)
        if origin.carried_from is not None:
            return self.say("of_version", cite=cite, version=origin.carried_from)
        return cite

    def _operand(self, operand: core.Operand, fact: str | None) -> str:
        match operand:
            case core.FactRef(name):
                return self.label(name)
            case core.ParameterRef(name):
                parameter = self.parameter(name)
                value = self.value(parameter.value, fact)
                key = "set_" if isinstance(parameter.value, tuple) else "parameter"
                return self.say(key, label=parameter.label[self.language], value=value)
            case core.Option(name):
                return self.say("quoted", text=self._option(name, fact))
            case _:
                assert_never(operand)

    def _numbers(self, value: Numbers) -> str:
        if value.low is not None and value.low == value.high:
            return self.amount(number_text(value.low), value.unit, one=value.low == 1)
        low = None if value.low is None else self.amount(number_text(value.low), value.unit)
        high = None if value.high is None else self.amount(number_text(value.high), value.unit)
        if low and high:
            return self.say("between", low=low, high=high)
        if low:
            return self.say("at_least_value", low=low)
        return self.say("at_most_value", high=high) if high else self.say("unknown")

    def _count(self, unit: str, number: int) -> str:
        return self.say(unit) if number == 1 else self.say(f"{unit}s", n=str(number))

    def _option(self, name: str, fact: str | None) -> str:
        options = self.vocabulary.facts[fact].options if fact is not None else {}
        return options[name][self.language] if name in options else name

    def _list(self, names: list[str]) -> str:
        if len(names) < 2:
            return "".join(names)
        return self.say("comma").join(names[:-1]) + self.say("list_or") + names[-1]


def chinese_number(number: int) -> str:
    """Write a number below a hundred as articles are numbered: 十四 for 14."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    head = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones or not tens else "")


def days_said(days: Dates, language: str) -> str:
    """Say a day, a month or a year."""
    text = date_text(days)
    if language != "zh":
        return text
    return re.sub(
        r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?",
        lambda m: (
            f"{m[1]}年"
            + (f"{int(m[2])}月" if m[2] else "")
            + (f"{int(m[3])}日" if m[3] else "")
        ),
        text,
    )
