"""How things are said: values, conditions, and where an entry stands."""

from dataclasses import dataclass
from functools import reduce
from typing import assert_never

from ipcity_policy.lang import core
from ipcity_policy.lang.calendar import UNITS
from ipcity_policy.lang.datatypes import (
    ANY_DAY,
    FINDING,
    PERCENT,
    YES_NO,
    NumberType,
    RankType,
    SeriesType,
    unknown,
)
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
from ipcity_policy.report.prose.citation import CitationParts, citation_parts
from ipcity_policy.text.inline import Link, RichText
from ipcity_policy.text.message import say, say_of, tell
from ipcity_policy.text.subject import FactPath
from ipcity_policy.words.days import days_said
from ipcity_policy.words.phrases import (
    CALCULATIONS,
    COMPARISONS,
    COMPONENTS,
    FIRST_PLACES,
    WAYS,
    YES_OR_NO,
)
from ipcity_policy.words.sentences import one_of


@dataclass(frozen=True, slots=True)
class Wording:
    """Says things about one measure, and where it is given one Program, in one language."""

    vocabulary: Vocabulary
    language: str
    program: Program | None = None
    #: What stands before the anchors of provisions where those of several versions are told.
    prefix: str = ""

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
            return tell(self.language, "{fact} of {year}", fact=label, year=part)
        datatype = self.vocabulary.facts[fact].datatype
        cohort = datatype.cohort if isinstance(datatype, RankType) else ""
        cohorts = self.vocabulary.cohorts
        named = cohorts[cohort][self.language] if cohort in cohorts else ""
        return tell(self.language, COMPONENTS[part], fact=label, cohort=named)

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
                    tell(
                        self.language,
                        say("{year}: {value}", context="year-value"),
                        year=str(year),
                        value=self.value(one, fact),
                    )
                    for year, one in stated
                )
                return tell(self.language, ", ").join(years) or tell(self.language, "not known")
            case Sets(inside, open_):
                return self._set(inside, open_, fact)
            case Documents(submitted, on):
                if not submitted.known:
                    return tell(self.language, "not known")
                if "no" in submitted.names:
                    return tell(self.language, "not submitted")
                if on == ANY_DAY:
                    return tell(self.language, "submitted")
                return tell(self.language, "submitted {day}", day=self.day(on))
            case Text(text):
                return text if text is not None else tell(self.language, "not known")
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
        told, alone = say("place {n} of {size}"), say("place {n}; of how many is not known")
        if rank.last and not rank.place_known:
            told, alone = (
                say("the last of {size}"),
                say("the last place; of how many is not known"),
            )
        elif not place:
            return (
                tell(self.language, "one of {size}; the place is not known", size=size)
                if size
                else tell(self.language, "not known")
            )
        elif rank.tied > 1:
            told = say("place {n} of {size}, shared by {tied}")
            alone = say("place {n}, shared by {tied}; of how many is not known")
        return tell(
            self.language, told if size else alone, n=place, size=size, tied=str(rank.tied)
        )

    def _span(self, low: int, high: int | None, end: int | None) -> str:
        """Say a number between two ends, of which the second may be no more than the last."""
        if low in (high, end):
            return str(low)
        if high is None:
            return tell(
                self.language, say("{low} or more", context="at-least-value"), low=str(low)
            )
        if low == 1:
            return tell(
                self.language, say("{high} or less", context="at-most-value"), high=str(high)
            )
        return tell(self.language, "{low} to {high}", low=str(low), high=str(high))

    def _options(self, names: frozenset[str], fact: str | None) -> str:
        """Say which options of a choice are possible, if not all that it has."""
        options = self.vocabulary.facts[fact].options if fact is not None else {}
        if len(names) == 1 or (fact is not None and names < frozenset(options)):
            order = [one for one in options if one in names] or sorted(names)
            return one_of([self._option(name, fact) for name in order], self.language)
        return tell(self.language, "not known")

    def _set(self, inside: frozenset[str], open_: frozenset[str], fact: str | None) -> str:
        order = (
            list(self.vocabulary.facts[fact].options) if fact is not None else sorted(inside)
        )
        known = [self._option(name, fact) for name in order if name in inside]
        said = tell(self.language, ", ").join(known) or tell(self.language, "none")
        if not open_:
            return said
        others = [self._option(name, fact) for name in order if name in open_]
        return tell(
            self.language,
            "{known}; not known: {open}",
            known=said,
            open=tell(self.language, ", ").join(others),
        )

    def open(self, name: str, value: Value | tuple[str, ...]) -> bool:
        """Tell whether nothing at all is known of a fact or quantity."""
        if name in self.vocabulary.facts:
            return value == unknown(self.vocabulary.facts[name].datatype)
        assert self.program is not None
        return value == unknown(self.program.quantities[name].datatype)

    def _dates(self, value: Dates) -> str:
        """Say the days on which something may lie, and whether it did not happen."""
        if value.never is True:
            return tell(self.language, "did not happen")
        if value.finite_ends == (None, None):
            return tell(self.language, "not known")
        said = self.day(value)
        return (
            said
            if value.never is False
            else tell(self.language, "{day}, if it happened", day=said)
        )

    def day(self, days: Dates) -> str:
        """Say a day, a month or a year, or by what end it is known."""
        low, high = days.finite_ends
        if low is None and high is None:
            return tell(self.language, "not known")
        if low is not None and high is not None:
            return days_said(Dates(low, high), self.language)
        template, end = (
            (say("{day} or later"), low) if low is not None else (say("{day} or earlier"), high)
        )
        return tell(self.language, template, day=days_said(Dates(end, end), self.language))

    def version(self, id: str) -> str:
        """Name a version by its title, where the Program is that version."""
        if self.program is None or self.program.id != id:
            return self.called(id)
        return tell(
            self.language,
            say("{title} ({id})", context="no-number"),
            title=self.program.title[self.language],
            id=id,
        )

    def called(self, id: str) -> str:
        """Name a version as it is called beside others."""
        return self.vocabulary.version(id, self.language)

    def provision(self, origin: Origin) -> Provision | None:
        """Return the provision that an entry stands under; None where it is carried over."""
        if self.program is None or origin.carried_from is not None:
            return None
        return self.program.provisions.get(origin.provision)

    def found(self, fact: str, value: Value | tuple[str, ...]) -> str:
        """Say what was found of a fact or quantity; what is wholly open is not known."""
        if self.open(fact, value):
            return tell(self.language, "not known")
        return self.value(value, fact if fact in self.vocabulary.facts else None)

    def condition(self, asked: core.Condition) -> str:
        """Say what a condition asks, with the values of its parameters filled in."""
        match asked:
            case core.Apply():
                return self._said_of(asked, self._comparison(asked))
            case core.InYears():
                return self._in_years(asked)
            case core.Met(rule):
                assert self.program is not None
                own = self.program.rules[rule]
                return RichText(Link(own.title[self.language], own.key.path))
            case core.Not(part):
                return tell(self.language, "not: {part}", part=self._part(part))
            case core.All(parts, _):
                return self._all(parts)
            case core.Any(parts):
                return tell(self.language, say(" or ", context="or-")).join(
                    map(self._part, parts)
                )
            case core.AtLeast(least, parts):
                count = self.value(self.parameter(least.name).value)
                listed = tell(self.language, "; ").join(map(self._part, parts))
                return tell(
                    self.language, "at least {n} of these: {parts}", n=count, parts=listed
                )
            case core.Unless(part, exception):
                return tell(
                    self.language,
                    "{part}, unless {exception}",
                    part=self._part(part),
                    exception=self._part(exception),
                )
            case core.Where(applies, part):
                return tell(
                    self.language,
                    "where {applies}: {part}",
                    applies=self._part(applies),
                    part=self._part(part),
                )
            case _:
                assert_never(asked)

    def _all(self, parts: tuple[core.Condition, ...]) -> str:
        if not parts:
            return tell(self.language, "always")
        of_one = [part for part in parts if isinstance(part, core.Apply)]
        if len(of_one) == len(parts) and len({self._left(part) for part in of_one}) == 1:
            what = tell(self.language, say(" and ", context="and-")).join(
                map(self._comparison, of_one)
            )
            return self._said_of(of_one[0], what)
        return tell(self.language, say(" and ", context="and-")).join(map(self._part, parts))

    def _said_of(self, asked: core.Apply, what: str) -> str:
        """Say something of what is compared; a label that is no noun stands in quotes."""
        template = (
            say("{left} {what}", context="yes-or-no")
            if self._of_two(asked)
            else say("{left} {what}")
        )
        return tell(self.language, template, left=self._left(asked), what=what)

    def _part(self, part: core.Condition) -> str:
        """Say a condition within another, in brackets where it is one of several itself."""
        said = self.condition(part)
        several = isinstance(part, (core.All, core.Any)) and len(part.parts) > 1
        others = (core.Not, core.AtLeast, core.Unless, core.Where)
        return (
            tell(self.language, "({part})", part=said)
            if several or isinstance(part, others)
            else said
        )

    def _left(self, asked: core.Apply) -> str:
        """Say what is compared: a value, or the time from one date to another."""
        if asked.row.of_time:
            start, end = (self.operand(side) for side in asked.operands[:2])
            return tell(self.language, "the time from {start} to {end}", start=start, end=end)
        return self.operand(asked.left, self._choice(asked))

    def _comparison(self, asked: core.Apply) -> str:
        """Say what an operator says of its left side."""
        first = 2 if asked.row.of_time else 1
        right = [self.operand(side, self._choice(asked)) for side in asked.operands[first:]]
        cohort = ""
        if asked.cohort is not None:
            cohort = self.vocabulary.cohorts[asked.cohort][self.language]
            right = [self._plain(side) for side in asked.operands[first:]]
        said = filter(None, (asked.rounding, asked.ties))
        ways = "".join(WAYS[way][self.language] for way in said)
        value, other = (*right, "", "")[:2]
        template = COMPARISONS[asked.operator]
        if asked.operator in FIRST_PLACES and self._is_one(asked.operands[-1]):
            template = FIRST_PLACES[asked.operator]
        elif asked.operator in YES_OR_NO and self._of_two(asked):
            template, other = YES_OR_NO[asked.operator], self._contrary(asked)
        return tell(
            self.language,
            template,
            value=value,
            other=other,
            cohort=cohort,
            ways=ways,
        )

    def _is_one(self, operand: core.Operand) -> bool:
        """Tell whether a limit is a single place."""
        if not isinstance(operand, core.ParameterRef):
            return False
        value = self.parameter(operand.name).value
        return isinstance(value, Numbers) and value.unit != PERCENT and value.high == 1

    def _of_two(self, asked: core.Apply) -> bool:
        """Tell whether something is asked that is so or is not: its label is no noun."""
        name = self._choice(asked)
        if name is None:
            return False
        datatype = self.vocabulary.facts[name].datatype
        each = datatype.each if isinstance(datatype, SeriesType) else datatype
        return each in (YES_NO, FINDING)

    def _contrary(self, asked: core.Apply) -> str:
        """Say the other one of two options."""
        name, option = self._choice(asked), asked.operands[-1]
        assert name is not None
        assert isinstance(option, core.OptionRef)  # INVARIANT: two options are no list
        other = next(one for one in self.vocabulary.facts[name].options if one != option.name)
        return tell(self.language, "{text}", text=self._option(other, name))

    def _plain(self, operand: core.Operand) -> str:
        """Say the value of a parameter without its name."""
        if isinstance(operand, core.ParameterRef):
            return self.value(self.parameter(operand.name).value)
        return self.operand(operand)

    def _in_years(self, asked: core.InYears) -> str:
        each = core.Apply(asked.operator, (asked.series, *asked.right), asked.span)
        return tell(
            self.language,
            "{what} in at least {least} of the last {window} up to {day}"
            if asked.including
            else "{what} in at least {least} of the last {window} before {day}",
            what=self._said_of(each, self._comparison(each)),
            least=self._plain(asked.least),
            window=self._plain(asked.window),
            day=self.operand(asked.day),
        )

    def _choice(self, asked: core.Apply) -> str | None:
        """Return the fact whose options name what is compared with it."""
        return asked.left.name if isinstance(asked.left, core.FactRef) else None

    def expression(self, expression: core.Expression) -> str:
        """Say how a quantity is calculated."""
        match expression:
            case core.Calculate(operator, parts, _):
                said = [self.expression(part) for part in parts]
                share = operator == "times" and _is_share(parts[-1])
                words = CALCULATIONS["percent" if share else operator].template_in(
                    self.language
                )
                return reduce(lambda left, right: words.format(left=left, right=right), said)
            case core.Amount(value):
                return self.value(value)
            case core.StatedTotal(total, _):
                return self.expression(total)
            case core.Rounded(part, way, step):
                left, right = self.expression(part), self._plain(step)
                return tell(self.language, CALCULATIONS[way], left=left, right=right)
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
            return tell(self.language, ", ").join(
                self._option(one, named) for one in parameter.value
            )
        return self.value(parameter.value, named)

    def amount(self, number: str, unit: str, *, one: bool = False) -> str:
        """Say a number in a unit of the measure, or in days."""
        if unit in UNITS:
            return self._count(unit, int(number))
        if not unit:
            return number
        known = self.vocabulary.units.get(unit)
        name = unit if known is None else (known.one if one else known.label)[self.language]
        return tell(self.language, "{n} {unit}", n=number, unit=name)

    def cite(self, provision: str) -> str:
        """Cite a provision of the Program by its id, as a link to it."""
        known = self.program.provisions.get(provision) if self.program else None
        said = "".join(self.citation_parts(provision, known.ours if known else ""))
        return RichText(Link(said, f"{self.prefix}{provision}"))

    def place(self, origin: Origin) -> str:
        """Cite where an entry stands, without its version, as a link to it."""
        said = "".join(self.citation_parts(origin.provision, origin.ours))
        return RichText(Link(said, self.anchor(origin)))

    def anchor(self, origin: Origin) -> str:
        """Name the place of a provision in a report."""
        if origin.carried_from is not None:
            return f"{origin.carried_from}/{origin.provision}"
        return f"{self.prefix}{origin.provision}"

    def citation_parts(self, provision: str, ours: str) -> CitationParts:
        """Cite an article by its number, anything else by its title; in parts."""
        known = self.program.provisions.get(provision) if self.program else None
        title = known.title[self.language] if known else f"`{provision}`"
        return citation_parts(provision, ours, title, self.language)

    def origin(self, origin: Origin) -> str:
        """Cite where an entry stands, with its version where that is another one."""
        if origin.carried_from is None:
            return self.place(origin)
        return self.of_version(origin, self.called(origin.carried_from))

    def of_version(self, origin: Origin, version: str) -> str:
        """Cite where an entry stands, with a version, as a link to it."""
        said = tell(
            self.language, "{cite} of {version}", cite=self.place(origin), version=version
        )
        return RichText(Link(said, self.anchor(origin)))

    def moved(self, operand: core.Moved, period: str | None = None) -> str:
        """Say a day that is calculated from another, by the period or its words."""
        template = (
            say("{period} after {day}") if operand.sign > 0 else say("{period} before {day}")
        )
        period = self._plain(operand.period) if period is None else period
        return tell(self.language, template, period=period, day=self.operand(operand.day))

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
                template = (
                    say("{label}: {value}")
                    if isinstance(parameter.value, tuple)
                    else say("the {label} ({value})")
                )
                return tell(
                    self.language, template, label=parameter.label[self.language], value=value
                )
            case core.QuantityRef(name):
                assert self.program is not None
                return self.program.quantities[name].title[self.language]
            case core.Moved(_, period):
                return self.moved(operand, self.operand(period))
            case core.OptionRef(name):
                return tell(self.language, "{text}", text=self._option(name, fact))
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
            return tell(self.language, "between {low} and {high}", low=low, high=high)
        if low:
            return tell(self.language, say("{low} or more", context="at-least-value"), low=low)
        return (
            tell(self.language, say("{high} or less", context="at-most-value"), high=high)
            if high
            else tell(self.language, "not known")
        )

    def _count(self, unit: str, number: int) -> str:
        """Say a length of calendar time."""
        match unit:
            case "days":
                said = say_of(number, "1 day", "{n} days")
            case "weeks":
                said = say_of(number, "1 week", "{n} weeks")
            case "months":
                said = say_of(number, "1 month", "{n} months")
            case _:
                said = say_of(number, "1 year", "{n} years")
        return said.text(self.language)

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
        return (
            tell(self.language, ", ").join(names[:-1]) + tell(self.language, " or ") + names[-1]
        )


def _is_share(weight: core.Expression) -> bool:
    return (
        isinstance(weight, core.ParameterRef)
        and isinstance(weight.datatype, NumberType)
        and weight.datatype.unit == PERCENT
    )
