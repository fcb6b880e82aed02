"""The names that sentences may use, and what is said of one that is not among them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, assert_never

from ipcity_policy.lang import core, syntax
from ipcity_policy.lang.calendar import UNITS
from ipcity_policy.lang.datatypes import (
    COUNT,
    FINDING,
    PERCENT,
    YES_NO,
    DataType,
    DateType,
    DocumentType,
    FactType,
    PeriodType,
    name_of,
)
from ipcity_policy.text.diagnostic import Diagnostic, Edit, Fix, Related, diagnose
from ipcity_policy.text.fixes import nearest
from ipcity_policy.text.message import Message, listed, say
from ipcity_policy.text.source import Span
from ipcity_policy.text.subject import EntryKey, EntryKind

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that a sentence may use."""

    facts: Mapping[str, FactType]
    parameters: Mapping[str, DataType]
    #: Where the value of each parameter is written.
    places: Mapping[str, Span]
    #: The options of each parameter that is a set, with their places.
    sets: Mapping[str, tuple[tuple[str, Span], ...]]
    rules: frozenset[str]
    cohorts: frozenset[str]
    applications: frozenset[str]
    #: What the law calculates; it grows while quantities are read in the order they need.
    quantities: dict[str, DataType] = field(default_factory=dict)
    #: Entries whose own declaration is faulty; what is wrong was said there.
    broken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Misfit:
    """A parameter that is compared with something in another unit."""

    name: str
    #: Where a sentence compares it.
    at: Span
    #: The unit that it is compared with, as it is written and as it is said.
    unit: str
    said: Message


#: The kinds of what a sentence may name.
_NAMED = (
    EntryKind.FACT,
    EntryKind.PARAMETER,
    EntryKind.QUANTITY,
    EntryKind.SYSTEM,
    EntryKind.RULE,
    EntryKind.COHORT,
    EntryKind.APPLICATION,
)


def _below_one(number: str) -> bool:
    """Tell whether a share may have been written as a part of one."""
    return number.startswith(("0.", "1.")) or number in ("0", "1")


@dataclass(slots=True)
class Names:
    """Resolves the names of one version's sentences, collecting what is wrong with them."""

    scope: Scope
    diagnostics: list[Diagnostic] = field(default_factory=list)
    #: Parameters that are in the right unit somewhere.
    fitting: set[str] = field(default_factory=set)
    _misfits: list[_Misfit] = field(default_factory=list)

    def say(
        self,
        code: str,
        says: Message,
        at: Span,
        *,
        help: Message | None = None,
        related: Related | None = None,
        fix: Fix | None = None,
        names: Iterable[EntryKey] = (),
        missing: Iterable[EntryKey] = (),
    ) -> None:
        """Report something wrong."""
        also = () if related is None else (related,)
        self.diagnostics.append(
            diagnose(
                code, says, at, help=help, related=also, fix=fix, names=names, missing=missing
            )
        )

    def operand(self, node: syntax.OperandPhrase) -> core.Operand | None:
        """Resolve what a sentence names; None where something is wrong with it."""
        match node:
            case syntax.Name(name):
                return self._name(name, node.span)
            case syntax.Quoted(text):
                return core.OptionRef(text)
            case syntax.AmountPhrase(text):
                self.say(
                    "T103",
                    say("`{text}` is used in a sentence without a name", text=text),
                    node.span,
                    help=say(
                        "write `a-name: {text}` under `parameters:`, and use the name here",
                        text=text,
                    ),
                )
                return None
            case syntax.MovedPhrase(period, day, way):
                return self._moved(period, day, 1 if way == "after" else -1)
            case _:
                assert_never(node)

    def _name(self, name: str, span: Span) -> core.Operand | None:
        if name in self.scope.facts:
            return core.FactRef(name, self.scope.facts[name])
        if name in self.scope.quantities:
            return core.QuantityRef(name, self.scope.quantities[name])
        if name in self.scope.parameters:
            return core.ParameterRef(name, self.scope.parameters[name])
        known = {*self.scope.facts, *self.scope.parameters, *self.scope.quantities}
        self.unknown(name, span, known, say("a fact, a parameter or a quantity"))
        return None

    def _moved(
        self, period: syntax.OperandPhrase, day: syntax.OperandPhrase, sign: int
    ) -> core.Moved | None:
        length, start = self.operand(period), self.operand(day)
        if length is None or start is None:
            return None
        fits = self.typed(length, period.span, PeriodType, say("a period"))
        if not (self.typed(start, day.span, DateType, say("a date")) and fits):
            return None
        return core.Moved(start, length, sign, DateType())

    def typed(
        self, operand: core.Operand, span: Span, wanted: type[_T], words: Message
    ) -> _T | None:
        """Return the type of an operand where it is the one wanted; else report it."""
        if isinstance(operand, core.OptionRef):
            self.say(
                "T101",
                say(
                    '`"{name}"` is an option, but {words} is expected here',
                    name=operand.name,
                    words=words,
                ),
                span,
            )
            return None
        if isinstance(operand.datatype, wanted):
            return operand.datatype
        if (
            isinstance(operand, core.ParameterRef)
            and wanted is PeriodType
            and operand.datatype == COUNT
        ):
            self._no_unit(operand, span, words)
            return None
        message = say(
            "`{text}` is {type}, but {words} is expected here",
            text=span.text,
            type=name_of(operand.datatype),
            words=words,
        )
        self.say("T101", message, span, names=core.named(operand))
        return None

    def _no_unit(self, parameter: core.ParameterRef, at: Span, words: Message) -> None:
        """Report a parameter whose unit of time was left out."""
        value = self.scope.places[parameter.name]
        help = say(
            "write its unit: `{text} days`, `weeks`, `months` or `years`", text=value.text
        )
        message = say(
            "`{text}` has no unit, but {words} is expected here", text=value.text, words=words
        )
        self.say(
            "T102",
            message,
            value,
            help=help,
            related=Related(at, say("it is used here")),
            names=core.named(parameter),
        )

    def fact(self, name: str, span: Span) -> core.FactRef | None:
        """Resolve the name of a fact."""
        datatype = self.scope.facts.get(name)
        if datatype is None:
            self.unknown(name, span, self.scope.facts, say("a fact"))
            return None
        return core.FactRef(name, datatype)

    def parameter(
        self, node: syntax.Name, wanted: type[_T], words: Message
    ) -> core.ParameterRef | None:
        """Resolve the name of a parameter of a type."""
        datatype = self.scope.parameters.get(node.name)
        if datatype is None:
            self.unknown(node.name, node.span, self.scope.parameters, say("a parameter"))
            return None
        found = core.ParameterRef(node.name, datatype)
        return found if self.typed(found, node.span, wanted, words) else None

    def is_count(self, parameter: core.ParameterRef, span: Span) -> bool:
        """Tell whether a parameter is a plain count, and report where it is not."""
        if parameter.datatype == COUNT:
            return True
        message = say(
            "`{name}` is {type}, but a plain count is expected here",
            name=parameter.name,
            type=name_of(parameter.datatype),
        )
        help = say("give it without a unit")
        self.say("T102", message, span, help=help, names=core.named(parameter))
        return False

    def rule(self, name: str, span: Span) -> core.Met | None:
        """Resolve the name of a rule."""
        if name in self.scope.rules:
            return core.Met(name, span)
        datatype = self.scope.facts.get(name)
        if datatype is None:
            self.unknown(name, span, {*self.scope.rules, *self.scope.facts}, say("a rule"))
            return None
        asked = {YES_NO: "is yes", FINDING: "is met", DocumentType(): "is submitted"}
        words = (
            say("`{name} {asked}`", name=name, asked=asked[datatype])
            if datatype in asked
            else say("`{name} is …`", name=name)
        )
        self.say(
            "N101",
            say("`{name}` is a fact, but a rule is expected here", name=name),
            span,
            help=say("write what is required of it: {words}", words=words),
            missing=(EntryKey(EntryKind.RULE, name),),
        )
        return None

    def application(self, node: syntax.Name) -> bool:
        """Tell whether an application is declared, and report where it is not."""
        if node.name in self.scope.applications:
            return True
        self.unknown(node.name, node.span, self.scope.applications, say("an application"))
        return False

    def cohort(self, node: syntax.Name) -> bool:
        """Tell whether a cohort is declared, and report where it is not."""
        if node.name in self.scope.cohorts:
            return True
        self.unknown(node.name, node.span, self.scope.cohorts, say("a cohort"))
        return False

    def unknown(self, name: str, span: Span, known: Collection[str], wanted: Message) -> None:
        """Report a name that is not declared as what is wanted."""
        if name in self.scope.broken and name not in self.scope.quantities:
            return
        missing = tuple(EntryKey(kind, name) for kind in _NAMED)
        others: dict[Message, Collection[str]] = {
            say("a rule"): self.scope.rules,
            say("a fact"): self.scope.facts,
            say("a parameter"): self.scope.parameters,
            say("a quantity"): self.scope.quantities,
            say("a cohort"): self.scope.cohorts,
            say("an application"): self.scope.applications,
        }
        for kind, there in others.items():
            if name in there:
                message = say(
                    "`{name}` is {kind}, but {wanted} is expected here",
                    name=name,
                    kind=kind,
                    wanted=wanted,
                )
                help = (
                    say("a rule is written alone: `{name}`", name=name)
                    if kind == say("a rule")
                    else None
                )
                self.say("N101", message, span, help=help, missing=missing)
                return
        help, fix = nearest(name, known, span)
        help = help or say("declare it, or use a declared name")
        message = say("`{name}` is not declared", name=name)
        self.say("N101", message, span, help=help, fix=fix, missing=missing)

    def not_an_option(
        self,
        text: str,
        options: Collection[str],
        at: Span,
        *,
        compared: Span | None = None,
        names: Iterable[EntryKey] = (),
    ) -> None:
        """Report an option that is none of those declared; `names` is what holds it."""
        near, fix = nearest(text, options, at)
        self.say(
            "T104",
            say("`{text}` is not one of the options declared for this fact", text=text),
            at,
            help=near or say("the options are {names}", names=listed(options)),
            fix=fix,
            related=Related(compared, say("it is compared here"))
            if compared is not None
            else None,
            names=names,
        )

    def in_unit(self, name: str) -> None:
        """Note that a parameter is in the right unit somewhere."""
        self.fitting.add(name)

    def misfit(self, name: str, at: Span, unit: str, said: Message) -> None:
        """Note that a parameter is compared with something in another unit."""
        self._misfits.append(_Misfit(name, at, unit, said))

    def finish(self) -> None:
        """Report the parameters in another unit.

        One that is nowhere in the right unit was itself written wrongly; of another, the
        sentence names the wrong one.
        """
        for one in self._misfits:
            value = self.scope.places[one.name]
            names = (EntryKey(EntryKind.PARAMETER, one.name),)
            number = value.text.split()[0] if value.text.split() else ""
            fitting = " ".join(filter(None, (number, one.unit)))
            help = say("write `{text}`", text=fitting)
            # Of two declared units either may be the slip; a bare number lacks the one.
            bare = value.text.split() == [number]
            fix = Fix(help, (Edit(value, fitting),)) if bare else None
            if bare and one.unit == PERCENT and _below_one(number):
                help, fix = (
                    say(
                        "write `{fitting}`, or a percentage: six tenths are `60 percent`",
                        fitting=fitting,
                    ),
                    None,
                )
            if one.unit in UNITS and not bare:  # how many days a month has, the law says
                help = say("write it in `{unit}`", unit=one.unit)
            if one.name in self.fitting:
                self.say(
                    "T102",
                    say(
                        "`{name}` is `{text}`, and {said} is compared",
                        name=one.name,
                        text=value.text,
                        said=one.said,
                    ),
                    one.at,
                    help=say("compare it with {type}", type=one.said),
                    related=Related(value, say("its value is written here")),
                    names=names,
                )
            else:
                self.say(
                    "T102",
                    say("`{text}` is compared with {said}", text=value.text, said=one.said),
                    value,
                    help=help,
                    related=Related(one.at, say("it is compared here")),
                    fix=fix,
                    names=names,
                )
        self._misfits.clear()
