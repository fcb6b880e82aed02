"""From what was written to what it means: names resolved, types and units checked."""

from dataclasses import dataclass
from typing import assert_never

from ipcity_policy.lang import core, syntax
from ipcity_policy.lang.compatibility import agrees, cohort_agrees, is_share, takes, words_for
from ipcity_policy.lang.datatypes import (
    DataType,
    DateType,
    DocumentType,
    NumberType,
    PeriodType,
    RankType,
    SeriesType,
    SetType,
    name_of,
)
from ipcity_policy.lang.interval import Order
from ipcity_policy.lang.names import Names
from ipcity_policy.lang.operators import OPERATORS, OperandKind, kind_of, ordered
from ipcity_policy.lang.qualifiers import Bounds, Reach
from ipcity_policy.text.diagnostic import Related
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Span

#: The two comparisons that `between` stands for, by how its bounds are said.
_BOUNDS = {
    Bounds.BOTH: (Order.AT_LEAST, Order.AT_MOST),
    Bounds.NEITHER: (Order.ABOVE, Order.BELOW),
    Bounds.FIRST: (Order.AT_LEAST, Order.BELOW),
    Bounds.LAST: (Order.ABOVE, Order.AT_MOST),
}


@dataclass(frozen=True, slots=True)
class Lowering:
    """Lowers the sentences of one version."""

    names: Names

    def condition(self, node: syntax.ConditionPhrase) -> core.Condition | None:
        """Return what a condition means; None if something in it is wrong."""
        match node:
            case syntax.RuleName(name):
                return self.names.rule(name, node.span)
            case syntax.Negation(part):
                inner = self.condition(part)
                return core.Not(inner) if inner is not None else None
            case syntax.Conjunction(parts) | syntax.Disjunction(parts):
                lowered = [self.condition(part) for part in parts]
                whole = tuple(part for part in lowered if part is not None)
                if len(whole) < len(parts):
                    return None
                joined = core.All if isinstance(node, syntax.Conjunction) else core.Any
                return joined(whole)
            case syntax.ComparisonPhrase(left, relation):
                subject = self.names.operand(left)
                if subject is None:
                    return None
                return self.compare(subject, relation, node.span)
            case syntax.YearsPhrase():
                return self._in_years(node)
            case syntax.Time(start, end, relation):
                return self._time(start, end, relation, node.span)
            case syntax.Submissions(documents, relation):
                return self._submissions(documents, relation, node.span)
            case _:
                assert_never(node)

    def compare(
        self, left: core.Operand, relation: syntax.Relation, span: Span
    ) -> core.Condition | None:
        """Return what a relation says of `left`; None if the two do not go together."""
        if isinstance(left, core.OptionRef):
            self.names.say("T101", say("an option is written where a fact is expected"), span)
            return None
        if isinstance(left, core.ParameterRef) and isinstance(left.datatype, SetType):
            message = say(
                "`{name}` is a list that the law sets, but a fact is expected here",
                name=left.name,
            )
            self.names.say("T101", message, span, names=core.named(left))
            return None
        operator = OPERATORS[relation.operator]
        if not takes(self.names, operator, left, span):
            return None
        if relation.bounds is not None:
            return self._between(left, relation, relation.bounds, span)
        if isinstance(left.datatype, RankType) and operator.of_cohort:
            return self._ranked(left, left.datatype, relation, span)
        right = self._right(left.datatype, relation)
        return None if right is None else core.Apply(operator.name, (left, *right), span)

    def _right(
        self, left: DataType, relation: syntax.Relation
    ) -> tuple[core.Operand, ...] | None:
        """Resolve what a value is compared with; None where that does not go with it."""
        found: list[core.Operand] = []
        for node in relation.right:
            operand = self.names.operand(node)
            if operand is None or not agrees(
                self.names, left, relation.operator, operand, node.span
            ):
                return None
            found.append(operand)
        return tuple(found)

    def _between(
        self, left: core.Operand, relation: syntax.Relation, bounds: Bounds, span: Span
    ) -> core.Condition | None:
        assert not isinstance(left, core.OptionRef)  # INVARIANT: seen to by whoever calls
        right = self._right(left.datatype, relation)
        if right is None:
            return None
        kind = kind_of(left.datatype)
        ends = [
            core.Apply(ordered(order, kind).name, (left, end), span)
            for order, end in zip(_BOUNDS[bounds], right, strict=True)
        ]
        return core.All(tuple(ends))

    def _ranked(
        self, left: core.Operand, rank: RankType, relation: syntax.Relation, span: Span
    ) -> core.Apply | None:
        """Return a comparison of a rank, of which the last name is the cohort."""
        *others, cohort = relation.right
        assert isinstance(cohort, syntax.Name)  # INVARIANT: the grammar has a name here
        right = cohort_agrees(self.names, rank, cohort)
        operands = [left]
        for node in others:
            share = self.names.operand(node)
            if share is None or not is_share(self.names, share, node.span):
                right = False
            else:
                operands.append(share)
        if not right:
            return None
        return core.Apply(
            relation.operator,
            tuple(operands),
            span,
            relation.rounding,
            relation.ties,
            cohort.name,
        )

    def _in_years(self, node: syntax.YearsPhrase) -> core.InYears | None:
        series = self.names.operand(node.left)
        least = self.names.parameter(node.least, NumberType, say("a plain count"))
        window = self.names.parameter(node.window, PeriodType, say("a period in years"))
        day = self.names.operand(node.day)
        if series is None or least is None or window is None or day is None:
            return None
        values = self.names.typed(series, node.left.span, SeriesType, say("a series by year"))
        right = self.names.typed(day, node.day.span, DateType, say("a date")) is not None
        if not self.names.is_count(least, node.least.span):
            right = False
        if window.datatype != PeriodType("years"):
            words = say(
                "`{name}` is {type}, but years are expected here",
                name=node.window.name,
                type=name_of(window.datatype),
            )
            help = say("give it in years")
            self.names.say("T102", words, node.window.span, help=help, names=core.named(window))
            right = False
        if not right or values is None or not isinstance(series, core.FactRef):
            return None
        each = core.FactRef(series.name, values.each)
        says = self.compare(each, node.relation, node.relation.span)
        if not isinstance(says, core.Apply):
            if says is not None:
                self.names.say(
                    "T101", say("each year is compared only once"), node.relation.span
                )
            return None
        including = node.reach is Reach.UP_TO
        return core.InYears(
            series, says.operator, says.operands[1:], least, window, day, including, node.span
        )

    def _time(
        self,
        start: syntax.OperandPhrase,
        end: syntax.OperandPhrase,
        relation: syntax.Relation,
        span: Span,
    ) -> core.Apply | None:
        operator = OPERATORS[relation.operator]
        ends = [(self.names.operand(node), node.span) for node in (start, end)]
        if any(
            day is None or not self.names.typed(day, at, DateType, say("a date"))
            for day, at in ends
        ):
            return None
        if operator.order is None or OperandKind.PERIOD not in operator.kinds:
            message = say(
                "`{words}` cannot be used for a length of time",
                words=operator.words,
            )
            self.names.say("T101", message, relation.span, help=words_for(OperandKind.TIME))
            return None
        period = self.names.operand(relation.right[0])
        words = say("a period")
        if period is None or not self.names.typed(
            period, relation.right[0].span, PeriodType, words
        ):
            return None
        days = tuple(day for day, _ in ends if day is not None)
        operator = ordered(operator.order, OperandKind.TIME)
        return core.Apply(operator.name, (*days, period), span)

    def _submissions(
        self, documents: syntax.Name, relation: syntax.Relation, span: Span
    ) -> core.All | None:
        """Return that each document of a list is submitted."""
        listed = self.names.parameter(documents, SetType, say("a list of documents"))
        right = self._right(DocumentType(), relation)
        if listed is None or right is None:
            return None
        parts: list[core.Condition] = []
        whole = True
        for name, place in self.names.scope.sets[documents.name]:
            fact = self.names.fact(name, place)
            if fact is None:
                whole = False
            elif not isinstance(fact.datatype, DocumentType):
                self.names.say(
                    "T101",
                    say(
                        "`{name}` is {type}, but a document is expected here",
                        name=name,
                        type=name_of(fact.datatype),
                    ),
                    place,
                    related=Related(
                        span, say("all documents of this list are to be submitted")
                    ),
                    names=core.named(listed),
                )
                whole = False
            else:
                parts.append(core.Apply(relation.operator, (fact, *right), span))
        return core.All(tuple(parts), listed) if whole else None

    def effect(self, node: syntax.EffectPhrase) -> core.Effect | None:
        """Return what an effect means; None if something in it is wrong."""
        match node:
            case syntax.PermitPhrase(application):
                known = self.names.application(application)
                return core.Permit(application.name) if known else None
            case syntax.BarPhrase(application, period, after):
                known = self.names.application(application)
                length = self.names.parameter(period, PeriodType, say("a period"))
                day = self.names.fact(after.name, after.span)
                if day is not None and not self.names.typed(
                    day, after.span, DateType, say("a date")
                ):
                    return None
                if not known or length is None or day is None:
                    return None
                return core.Bar(application.name, period.name, after.name)
            case _:
                assert_never(node)
