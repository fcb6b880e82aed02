"""How things are said: values, conditions and provisions in English and in Chinese."""

import re
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import assert_never

from ipcity_policy.lang import core
from ipcity_policy.lang.calendar import UNITS
from ipcity_policy.lang.datatypes import ANY_DAY, PERCENT, NumberType, RankType, unknown
from ipcity_policy.lang.literals import number_text
from ipcity_policy.lang.values import (
    Dates,
    Documents,
    Numbers,
    Options,
    Periods,
    Ranks,
    Series,
    Sets,
    Text,
    Value,
)
from ipcity_policy.law.model import Origin, Parameter, Provision, Vocabulary
from ipcity_policy.law.program import Program
from ipcity_policy.text.subject import FactPath
from ipcity_policy.words.days import days_said
from ipcity_policy.words.numerals import ordinal
from ipcity_policy.words.phrases import COMPARISONS, PHRASES, RECKONINGS, WAYS


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

    def named(self, name: str) -> str:
        """Name a fact or quantity as readers know it."""
        if name in self.vocabulary.facts:
            return self.label(name)
        assert self.program is not None
        return self.program.quantities[name].title[self.language]

    def component(self, path: FactPath) -> str:
        """Name a fact, or a component of it, as readers know it."""
        fact, part = path
        label = self.label(fact)
        if not part:
            return label
        if part.isdecimal():
            return self.say("part_year", fact=label, year=part)
        datatype = self.vocabulary.facts[fact].datatype
        cohort = datatype.cohort if isinstance(datatype, RankType) else ""
        cohorts = self.vocabulary.cohorts
        named = cohorts[cohort][self.language] if cohort in cohorts else ""
        return self.say(f"part_{part}", fact=label, cohort=named)

    def parameter(self, name: str) -> Parameter:
        """Return a parameter of the Program."""
        assert self.program is not None
        return self.program.parameters[name]

    def value(self, value: Value | tuple[str, ...], fact: str | None = None) -> str:
        """Say a value; `fact` is the one whose options name it."""
        match value:
            case tuple():
                return self._list([self._option(name, fact) for name in value])
            case Options(names):
                return self._options(names, fact)
            case Numbers():
                return self._numbers(value)
            case Periods(low, high, unit):
                return self._range(
                    None if low is None else self._count(unit, low),
                    None if high is None else self._count(unit, high),
                    exact=value.known,
                )
            case Dates():
                return self._dates(value)
            case Ranks():
                return self._rank(value)
            case Series(stated):
                years = (
                    self.say("year_value", year=str(year), value=self.value(one, fact))
                    for year, one in stated
                )
                return self.say("comma").join(years) or self.say("unknown")
            case Sets(inside, open_):
                return self._set(inside, open_, fact)
            case Documents(submitted, on):
                if not submitted.known:
                    return self.say("unknown")
                if "no" in submitted.names:
                    return self.say("not_submitted")
                if on == ANY_DAY:
                    return self.say("submitted")
                return self.say("submitted_on", day=self.day(on))
            case Text(text):
                return text if text is not None else self.say("unknown")
            case _:
                assert_never(value)

    def _rank(self, rank: Ranks) -> str:
        behind = rank.tied - 1
        last = None if rank.of_high is None else rank.of_high - behind
        place = self._span(rank.low, None if rank.high == last else rank.high, rank.high)
        size = self._span(rank.of_low, rank.of_high, rank.of_high)
        if rank.of_high is None and rank.of_low == rank.low + behind:
            size = ""  # no more than what holds the place
        if rank.low == 1 and rank.high == last != 1:
            place = ""  # any place that there is
        key = "tied" if rank.tied > 1 else "place"
        if rank.last and not rank.place_known:
            key = "last"
        elif not place:
            return self.say("size_only", size=size) if size else self.say("unknown")
        key = key if size else f"{key}_only"
        return self.say(key, n=place, size=size, tied=str(rank.tied))

    def _span(self, low: int, high: int | None, end: int | None) -> str:
        """Say a number between two ends, of which the second may be no more than the last."""
        if low in (high, end):
            return str(low)
        if high is None:
            return self.say("at_least_value", low=str(low))
        if low == 1:
            return self.say("at_most_value", high=str(high))
        return self.say("from_to", low=str(low), high=str(high))

    def _options(self, names: frozenset[str], fact: str | None) -> str:
        """Say which options of a choice are possible, if not all that it has."""
        options = self.vocabulary.facts[fact].options if fact is not None else {}
        if len(names) == 1 or (fact is not None and names < frozenset(options)):
            order = [one for one in options if one in names] or sorted(names)
            return self.say("list_or").join(self._option(name, fact) for name in order)
        return self.say("unknown")

    def _set(self, inside: frozenset[str], open_: frozenset[str], fact: str | None) -> str:
        order = (
            list(self.vocabulary.facts[fact].options) if fact is not None else sorted(inside)
        )
        known = [self._option(name, fact) for name in order if name in inside]
        said = self.say("comma").join(known) or self.say("nothing")
        if not open_:
            return said
        others = [self._option(name, fact) for name in order if name in open_]
        return self.say("may_include", known=said, open=self.say("comma").join(others))

    def open(self, name: str, value: Value | tuple[str, ...]) -> bool:
        """Tell whether nothing at all is known of a fact or quantity."""
        if name in self.vocabulary.facts:
            return value == unknown(self.vocabulary.facts[name].datatype)
        assert self.program is not None
        return value == unknown(self.program.quantities[name].datatype)

    def _dates(self, value: Dates) -> str:
        """Say the days on which something may lie, and whether it did not happen."""
        if value.never is True:
            return self.say("never")
        if value.low in (None, date.min) and value.high in (None, date.max):
            return self.say("unknown")
        said = self.day(value)
        return said if value.never is False else self.say("if_ever", day=said)

    def day(self, days: Dates) -> str:
        """Say a day, a month or a year, or by what end it is known."""
        low = None if days.low in (None, date.min) else days.low
        high = None if days.high in (None, date.max) else days.high
        if low is None and high is None:
            return self.say("unknown")
        if low is not None and high is not None:
            return days_said(Dates(low, high), self.language)
        key, end = ("or_later", low) if low is not None else ("or_earlier", high)
        return self.say(key, day=days_said(Dates(end, end), self.language))

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
        """Say what was found of a fact or quantity; what is wholly open is not known."""
        if self.open(fact, value):
            return self.say("unknown")
        return self.value(value, fact if fact in self.vocabulary.facts else None)

    def condition(self, asked: core.Condition) -> str:
        """Say what a condition asks, with the values of its parameters filled in."""
        match asked:
            case core.Apply():
                return self.say("says", left=self._left(asked), what=self._comparison(asked))
            case core.InYears():
                return self._in_years(asked)
            case core.Met(rule):
                assert self.program is not None
                return self.program.rules[rule].title[self.language]
            case core.Not(part):
                return self.say("not_", part=self._part(part))
            case core.All(parts, _):
                return self._all(parts)
            case core.Any(parts):
                return self.say("or_").join(map(self._part, parts))
            case core.AtLeast(least, parts):
                count = self.value(self.parameter(least.name).value)
                listed = self.say("also").join(map(self._part, parts))
                return self.say("at_least_of", n=count, parts=listed)
            case core.Unless(part, exception):
                return self.say(
                    "unless", part=self._part(part), exception=self._part(exception)
                )
            case core.Where(applies, part):
                return self.say("where", applies=self._part(applies), part=self._part(part))
            case _:
                assert_never(asked)

    def _all(self, parts: tuple[core.Condition, ...]) -> str:
        if not parts:
            return self.say("always")
        of_one = [part for part in parts if isinstance(part, core.Apply)]
        if len(of_one) == len(parts) and len({self._left(part) for part in of_one}) == 1:
            what = self.say("and_").join(map(self._comparison, of_one))
            return self.say("says", left=self._left(of_one[0]), what=what)
        return self.say("and_").join(map(self._part, parts))

    def _part(self, part: core.Condition) -> str:
        """Say a condition within another, in brackets where it is one of several itself."""
        said = self.condition(part)
        several = isinstance(part, (core.All, core.Any)) and len(part.parts) > 1
        others = (core.Not, core.AtLeast, core.Unless, core.Where)
        return self.say("part", part=said) if several or isinstance(part, others) else said

    def _left(self, asked: core.Apply) -> str:
        """Say what is compared: a value, or the time from one date to another."""
        if asked.operator.startswith("time-"):
            start, end = (self.operand(side) for side in asked.operands[:2])
            return self.say("time", start=start, end=end)
        return self.operand(asked.left, self._choice(asked))

    def _comparison(self, asked: core.Apply) -> str:
        """Say what an operator says of its left side."""
        first = 2 if asked.operator.startswith("time-") else 1
        right = [self.operand(side, self._choice(asked)) for side in asked.operands[first:]]
        cohort = ""
        if asked.cohort is not None:
            cohort = self.vocabulary.cohorts[asked.cohort][self.language]
            right = [self._plain(side) for side in asked.operands[first:]]
        ways = "".join(WAYS[way][self.language] for way in asked.ways)
        words = COMPARISONS[asked.operator][self.language]
        return words.format(*right, cohort=cohort, ways=ways)

    def _plain(self, operand: core.Operand) -> str:
        """Say the value of a parameter without its name."""
        if isinstance(operand, core.ParameterRef):
            return self.value(self.parameter(operand.name).value)
        return self.operand(operand)

    def _in_years(self, asked: core.InYears) -> str:
        each = core.Apply(asked.operator, (asked.series, *asked.right), asked.span)
        return self.say(
            "in_years_to" if asked.including else "in_years",
            left=self.label(asked.series.name),
            what=self._comparison(each),
            least=self._plain(asked.least),
            window=self._plain(asked.window),
            day=self.operand(asked.day),
        )

    def _choice(self, asked: core.Apply) -> str | None:
        """Return the fact whose options name what is compared with it."""
        return asked.left.name if isinstance(asked.left, core.FactRef) else None

    def expression(self, expression: core.Expression) -> str:
        """Say how a quantity is reckoned."""
        match expression:
            case core.Reckon(operator, parts, _):
                said = [self.expression(part) for part in parts]
                if operator == "times" and _is_share(parts[-1]):
                    operator = "percent"
                words = RECKONINGS[operator][self.language]
                return reduce(lambda left, right: words.format(left=left, right=right), said)
            case core.Amount(value):
                return self.value(value)
            case core.StatedTotal(total, _):
                return self.expression(total)
            case core.Rounded(part, way, step):
                words = RECKONINGS[way][self.language]
                return words.format(left=self.expression(part), right=self._plain(step))
        return self.operand(expression)

    def named_by(self, parameter: str) -> str | None:
        """Return a choice that a set is compared with, whose labels name its options."""
        assert self.program is not None
        fact = self.program.compared_with(parameter)
        if fact is not None:
            return fact
        names = self.parameter(parameter).value  # only another reading may compare with it
        if isinstance(names, tuple):
            for one in self.vocabulary.facts.values():
                if one.options.keys() >= set(names):
                    return one.id
        return None

    def figure(self, parameter: Parameter) -> str:
        """Say the value of a parameter; of a set, all that it holds."""
        named = self.named_by(parameter.id)
        if isinstance(parameter.value, tuple):
            return self.say("comma").join(self._option(one, named) for one in parameter.value)
        return self.value(parameter.value, named)

    def amount(self, number: str, unit: str, *, one: bool = False) -> str:
        """Say a number in a unit of the measure, or in days."""
        if unit in UNITS:
            return self._count(unit, int(number))
        if not unit:
            return number
        known = self.vocabulary.units.get(unit)
        name = unit if known is None else (known.one if one else known.label)[self.language]
        return self.say("quantity", n=number, unit=name)

    def cite(self, provision: str) -> str:
        """Cite a provision of the Program by its id."""
        known = self.program.provisions.get(provision) if self.program else None
        return self._cite(provision, known.ours if known else "")

    def place(self, origin: Origin) -> str:
        """Cite where an entry stands, without its version."""
        return self._cite(origin.provision, origin.ours)

    def _cite(self, provision: str, ours: str) -> str:
        """Cite an article by its number, anything else by its title.

        A letter or number of ours is marked as ours wherever it is cited, so that no line can
        be quoted as if the law had it.
        """
        found = re.fullmatch(r"art-(\d+)(?:\.([a-z\d]+))?", provision.removesuffix(ours))
        if found is None:
            known = self.program.provisions.get(provision) if self.program else None
            return known.title[self.language] if known else provision
        article, item = found.groups()
        said = self.say("article", n=ordinal(article, self.language))
        if item:
            said += self.say("item", i=ordinal(item, self.language))
        if not ours:
            return said
        number, mark = ours.startswith("."), ours[1:]
        key = "our_number" if number else "our_letter" if len(mark) == 1 else "our_name"
        return said + self.say(key, i=ordinal(mark, self.language) if number else mark)

    def origin(self, origin: Origin) -> str:
        """Cite where an entry stands, with its version where that is another one."""
        cite = self.place(origin)
        if origin.carried_from is not None:
            return self.say("of_version", cite=cite, version=origin.carried_from)
        return cite

    def moved(self, operand: core.Moved, period: str | None = None) -> str:
        """Say a day that is reckoned from another, by the value of the period or its words."""
        key = "later_day" if operand.sign > 0 else "earlier_day"
        period = self._plain(operand.period) if period is None else period
        return self.say(key, period=period, day=self.operand(operand.day))

    def limit(self, operand: core.Operand) -> str:
        """Name what a number is compared with, without its value."""
        if isinstance(operand, core.ParameterRef):
            return self.parameter(operand.name).label[self.language]
        return self.operand(operand)

    def operand(self, operand: core.Operand, fact: str | None = None) -> str:
        """Name a value; `fact` is the one whose options an option belongs to."""
        match operand:
            case core.FactRef(name):
                return self.label(name)
            case core.ParameterRef(name):
                parameter = self.parameter(name)
                value = self.value(parameter.value, fact)
                key = "set_" if isinstance(parameter.value, tuple) else "parameter"
                return self.say(key, label=parameter.label[self.language], value=value)
            case core.QuantityRef(name):
                assert self.program is not None
                return self.program.quantities[name].title[self.language]
            case core.Moved(_, period):
                return self.moved(operand, self.operand(period))
            case core.OptionRef(name):
                return self.say("quoted", text=self._option(name, fact))
            case _:
                assert_never(operand)

    def _numbers(self, value: Numbers) -> str:
        low, high = (
            None
            if end is None
            else self.amount(number_text(end), value.unit, one=value.known and end == 1)
            for end in (value.low, value.high)
        )
        return self._range(low, high, exact=value.known)

    def _range(self, low: str | None, high: str | None, *, exact: bool) -> str:
        """Say a value between two ends, one of them alone, or none."""
        if exact and low is not None:
            return low
        if low and high:
            return self.say("between", low=low, high=high)
        if low:
            return self.say("at_least_value", low=low)
        return self.say("at_most_value", high=high) if high else self.say("unknown")

    def _count(self, unit: str, number: int) -> str:
        """Say a length of calendar time."""
        if number == 1:
            return self.say(unit.removesuffix("s"))
        return self.say(unit, n=str(number))

    def _option(self, name: str, fact: str | None) -> str:
        facts = self.vocabulary.facts
        options = facts[fact].options if fact is not None else {}
        if name in options:
            return options[name][self.language]
        # A list may also be of documents, by the facts that they are.
        return facts[name].label[self.language] if fact is None and name in facts else name

    def _list(self, names: list[str]) -> str:
        if len(names) < 2:
            return "".join(names)
        return self.say("comma").join(names[:-1]) + self.say("list_or") + names[-1]


def _is_share(weight: core.Expression) -> bool:
    return (
        isinstance(weight, core.ParameterRef)
        and isinstance(weight.datatype, NumberType)
        and weight.datatype.unit == PERCENT
    )
