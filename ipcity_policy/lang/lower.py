"""From what was written to what it means: names resolved, types and units checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from ipcity_policy.lang import core, syntax
from ipcity_policy.lang.datatypes import (
    ChoiceType,
    DataType,
    DateType,
    FactType,
    NumberType,
    PeriodType,
    SetType,
    name_of,
)
from ipcity_policy.lang.operators import OPERATORS, Kind
from ipcity_policy.text.diagnostic import Diagnostic, Related, diagnose, did_you_mean
from ipcity_policy.text.source import Span


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that a sentence may use."""

    facts: Mapping[str, FactType]
    parameters: Mapping[str, DataType]
    #: The options of each parameter that is a set, with their places.
    sets: Mapping[str, tuple[tuple[str, Span], ...]]
    rules: frozenset[str]
    applications: frozenset[str]
    #: Parameters whose own declaration is faulty; what is wrong was said there.
    broken: frozenset[str] = frozenset()


@dataclass(slots=True)
class Lowering:
    """Lowers the sentences of one version, collecting what is wrong with them."""

    scope: Scope
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def condition(self, node: syntax.Condition) -> core.Condition | None:
        """Return what a condition means; None if something in it is wrong."""
        match node:
            case syntax.RuleName(name):
                return self._rule(name, node.span)
            case syntax.Negation(part):
                inner = self.condition(part)
                return core.Not(inner) if inner is not None else None
            case syntax.Conjunction(parts) | syntax.Disjunction(parts):
                lowered = [self.condition(part) for part in parts]
                whole = tuple(part for part in lowered if part is not None)
                if len(whole) < len(parts):
                    return None
                return (
                    core.All(whole) if isinstance(node, syntax.Conjunction) else core.Any(whole)
                )
            case syntax.Comparison(left, relation):
                subject = self._operand(left)
                return (
                    self.compare(subject, relation, node.span) if subject is not None else None
                )
            case _:
                assert_never(node)

    def compare(
        self, left: core.Operand, relation: syntax.Relation, span: Span
    ) -> core.Apply | None:
        """Return what a relation says of `left`; None if the two do not go together."""
        operator = OPERATORS[relation.operator]
        if isinstance(left, core.Option):
            self._say("T101", "an option stands where a fact belongs", span)
            return None
        kind = _kind(left.datatype)
        right = self._operand(relation.right, naming=left.datatype)
        if right is None:
            return None
        if kind not in operator.kinds:
            fitting = [op.words for op in OPERATORS.values() if kind in op.kinds]
            self._say(
                "T101",
                f"`{left.name}` is {name_of(left.datatype)}; `{operator.words}` is not for it",
                span,
                help=f"use {', '.join(f'`{words}`' for words in fitting)}" if fitting else "",
            )
            return None
        if not self._go_together(left.datatype, operator.name, right, relation.right.span):
            return None
        return core.Apply(operator.name, left, right, span)

    def effect(self, node: syntax.Effect) -> core.Effect | None:
        """Return what an effect means; None if something in it is wrong."""
        match node:
            case syntax.Permit(application):
                return core.Permit(application.name) if self._application(application) else None
            case syntax.Bar(application, period, after):
                known = self._application(application)
                length = self._typed(period, self.scope.parameters, PeriodType, "a period")
                day = self._typed(after, self.scope.facts, DateType, "a date")
                if not (known and length and day):
                    return None
                return core.Bar(application.name, period.name, after.name)
            case _:
                assert_never(node)

    def fact(self, name: str, span: Span) -> core.FactRef | None:
        """Resolve the name of a fact."""
        datatype = self.scope.facts.get(name)
        if datatype is None:
            self.unknown(name, span, self.scope.facts, "a fact")
            return None
        return core.FactRef(name, datatype)

    def unknown(
        self, name: str, span: Span, known: "Mapping[str, object] | frozenset[str]", wanted: str
    ) -> None:
        """Report a name that is not declared as what is wanted."""
        if name in self.scope.broken:
            return
        others = {
            "a rule": self.scope.rules,
            "a fact": self.scope.facts,
            "a parameter": self.scope.parameters,
            "an application": self.scope.applications,
        }
        for kind, there in others.items():
            if name in there:
                self._say("N101", f"`{name}` is {kind}, and {wanted} belongs here", span)
                return
        mend = did_you_mean(name, known) or "declare it, or use a declared name"
        self._say("N101", f"`{name}` is not declared", span, help=mend)

    def _rule(self, name: str, span: Span) -> core.Met | None:
        if name in self.scope.rules:
            return core.Met(name, span)
        datatype = self.scope.facts.get(name)
        if datatype is not None:
            word = "`is yes`" if datatype == ChoiceType(("yes", "no")) else "a comparison"
            self._say(
                "N101",
                f"`{name}` is a fact, and a rule belongs here",
                span,
                help=f"say what is asked of it: `{name}` and then {word}",
            )
        else:
            self.unknown(name, span, self.scope.rules | self.scope.facts.keys(), "a rule")
        return None

    def _operand(
        self, node: syntax.Operand, naming: DataType | None = None
    ) -> core.Operand | None:
        match node:
            case syntax.Name(name):
                if name in self.scope.parameters:
                    return core.ParameterRef(name, self.scope.parameters[name])
                if name in self.scope.facts:
                    return core.FactRef(name, self.scope.facts[name])
                self.unknown(
                    name,
                    node.span,
                    frozenset(self.scope.facts) | frozenset(self.scope.parameters),
                    "a fact or a parameter",
                )
                return None
            case syntax.Quoted(text):
                if isinstance(naming, ChoiceType) and text not in naming.options:
                    self._not_an_option(text, naming, node.span)
                    return None
                return core.Option(text)
            case syntax.Amount(text):
                self._say(
                    "T103",
                    f"`{text}` stands in a sentence without a name",
                    node.span,
                    help=f"write `a-name: {text}` under `parameters:`, and the name here",
                )
                return None
            case _:
                assert_never(node)

    def _go_together(
        self, left: DataType, operator: str, right: core.Operand, span: Span
    ) -> bool:
        if operator in ("one-of", "not-one-of"):
            return self._is_set_for(left, right, span)
        if isinstance(right, core.Option):
            if isinstance(left, ChoiceType):
                return True
            self._say("T101", f"{name_of(left)} is compared with an option", span)
            return False
        if isinstance(left, NumberType) and isinstance(right.datatype, NumberType):
            if left.unit == right.datatype.unit:
                return True
            self._say(
                "T102",
                f"`{right.name}` is in {right.datatype.unit}, and {left.unit} are compared",
                span,
                help=f"compare it with a value in {left.unit}",
            )
            return False
        if isinstance(left, DateType) and isinstance(right.datatype, DateType):
            return True
        self._say(
            "T101",
            f"`{right.name}` is {name_of(right.datatype)}, and {name_of(left)} is compared",
            span,
        )
        return False

    def _is_set_for(self, left: DataType, right: core.Operand, span: Span) -> bool:
        if isinstance(right, core.Option) or not isinstance(right.datatype, SetType):
            self._say(
                "T101",
                "`is one of` asks for a set of options",
                span,
                help="name the set under `parameters:` as a list",
            )
            return False
        assert isinstance(left, ChoiceType)  # INVARIANT: the operator takes only choices
        wrong = [
            (name, at) for name, at in self.scope.sets[right.name] if name not in left.options
        ]
        for name, at in wrong:
            self._not_an_option(name, left, at, Related(span, "it is compared here"))
        return not wrong

    def _not_an_option(self, text: str, choice: ChoiceType, at: Span, *more: Related) -> None:
        mend = did_you_mean(text, choice.options)
        self.diagnostics.append(
            diagnose(
                "T104",
                f"`{text}` is not one of the options declared for this fact",
                at,
                help=mend
                or f"the options are {', '.join(f'`{one}`' for one in choice.options)}",
                related=more,
            )
        )

    def _application(self, name: syntax.Name) -> bool:
        if name.name in self.scope.applications:
            return True
        self.unknown(name.name, name.span, self.scope.applications, "an application")
        return False

    def _typed(
        self,
        name: syntax.Name,
        names: Mapping[str, DataType] | Mapping[str, FactType],
        wanted: type[DataType],
        words: str,
    ) -> bool:
        found = names.get(name.name)
        if found is None:
            what = "a parameter" if names is self.scope.parameters else "a fact"
            self.unknown(name.name, name.span, names, what)
            return False
        if not isinstance(found, wanted):
            self._say(
                "T101",
                f"`{name.name}` is {name_of(found)}, and {words} belongs here",
                name.span,
            )
            return False
        return True

    def _say(self, code: str, message: str, span: Span, *, help: str = "") -> None:
        self.diagnostics.append(diagnose(code, message, span, help=help))


def _kind(datatype: DataType) -> Kind | None:
    match datatype:
        case NumberType():
            return Kind.NUMBER
        case DateType():
            return Kind.DATE
        case ChoiceType():
            return Kind.CHOICE
    return None
