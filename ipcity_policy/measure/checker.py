"""From a version as written to a Program: every name, type, unit and target checked.

This is the only door: engines accept a Program and check nothing again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from ipcity_policy.lang import core, syntax
from ipcity_policy.lang.datatypes import (
    DataType,
    DateType,
    NumberType,
    PeriodType,
    SetType,
    name_of,
)
from ipcity_policy.lang.literals import read_amount, read_date, read_period
from ipcity_policy.lang.lower import Lowering, Scope
from ipcity_policy.lang.operators import KEYWORDS
from ipcity_policy.lang.parser import Start, parse_sentence
from ipcity_policy.lang.values import Dates, Numbers, Value
from ipcity_policy.measure.bands import Band, Point, write_out
from ipcity_policy.measure.model import (
    Basis,
    Carried,
    Decision,
    Option,
    Origin,
    Parameter,
    Program,
    Reading,
    Row,
    Rule,
    Vocabulary,
    Words,
    weakest,
)
from ipcity_policy.measure.patch import apply_patch
from ipcity_policy.measure.reader import (
    Entry,
    Version,
    entries_of,
    items_of,
    origin_of,
    read_patch,
    text_of,
    words_of,
)
from ipcity_policy.text import document
from ipcity_policy.text.diagnostic import (
    Diagnostic,
    Result,
    diagnose,
    did_you_mean,
    has_errors,
    in_order,
)
from ipcity_policy.text.document import Node, Scalar, Sequence
from ipcity_policy.text.source import Span

#: How rules are written in messages when one rests on itself.
_ARROW = " → "


def check_version(version: Version, vocabulary: Vocabulary) -> Result[Program]:
    """Check a version with all of its readings, and make the Program of it."""
    result = check_text(version, vocabulary)
    diagnostics = list(result.diagnostics)
    if result.value is not None:
        for reading in result.value.readings.values():
            diagnostics += _check_reading(version, vocabulary, reading)
    return Result(result.value, in_order(diagnostics))


def check_text(version: Version, vocabulary: Vocabulary) -> Result[Program]:
    """Check a version as it stands, leaving its readings' options aside."""
    checker = _Checker(version, vocabulary)
    program = checker.program()
    diagnostics = in_order((*checker.diagnostics, *checker.lowering.diagnostics))
    return Result(None if has_errors(diagnostics) else program, diagnostics)


def _check_reading(
    version: Version, vocabulary: Vocabulary, reading: Reading
) -> Iterable[Diagnostic]:
    for option in reading.options.values():
        patched = apply_patch(version, option.patch)
        yield from patched.diagnostics
        if patched.value is None or has_errors(patched.diagnostics) or option.patch.empty:
            continue
        yield from check_text(patched.value, vocabulary).diagnostics


def read_value(
    text: str, units: Iterable[str], at: Span
) -> tuple[DataType, Value] | Diagnostic:
    """Read the value of a parameter: a period, a number with its unit, or a date."""
    period = read_period(text)
    if period is not None:
        return PeriodType(), period
    days = read_date(text)
    if days is not None and "-" in text:
        return DateType(), days
    amount = read_amount(text)
    if amount is None:
        return diagnose(
            "S204",
            f"`{text}` is not an amount, a period or a date",
            at,
            help="write it as `60 points`, `2 years` or `2016-11-18`",
        )
    number, unit = amount
    if unit is None:
        return diagnose("T102", f"`{text}` has no unit", at, help="write the unit after it")
    if unit not in units:
        return diagnose(
            "N101",
            f"the unit `{unit}` is not declared",
            at,
            help=did_you_mean(unit, units) or "declare it under `units:`",
        )
    return NumberType(unit), Numbers(number, number, unit)


@dataclass(slots=True)
class _Checker:
    version: Version
    vocabulary: Vocabulary
    diagnostics: list[Diagnostic] = field(default_factory=list)
    lowering: Lowering = field(init=False)
    parameters: dict[str, Parameter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        sets: dict[str, tuple[tuple[str, Span], ...]] = {}
        for entry in self._entries("parameters"):
            self._parameter(entry, sets)
        rules = [entry.id for entry in self._entries("rules")]
        self._names()
        self.lowering = Lowering(
            Scope(
                facts={name: fact.datatype for name, fact in self.vocabulary.facts.items()},
                parameters={name: p.datatype for name, p in self.parameters.items()},
                sets=sets,
                rules=frozenset(rules),
                applications=frozenset(self.vocabulary.applications),
            )
        )

    def program(self) -> Program:
        """Check everything and return what was made of it; unfit if anything was found."""
        rules = {
            entry.id: Rule(
                entry.id,
                words_of(entry.node, "title") or Words(entry.id, entry.id),
                self._condition(_child(entry.node, "require")) or core.All(()),
                entry.origin,
            )
            for entry in self._entries("rules")
        }
        decisions = {
            entry.id: decision
            for entry in self._entries("decisions")
            if (decision := self._decision(entry)) is not None
        }
        return Program(
            id=self.version.id,
            title=self.version.title,
            vocabulary=self.vocabulary,
            in_force=self.version.in_force,
            amends=self.version.amends,
            provisions=self.version.provisions,
            parameters=self.parameters,
            rules=self._in_order(rules),
            decisions=decisions,
            readings={entry.id: self._reading(entry) for entry in self._entries("readings")},
            carried={
                carry.version: Carried(carry.provision, carry.why)
                for carry in self.version.carries
            },
        )

    def _entries(self, kind: str) -> tuple[Entry, ...]:
        return tuple(e for e in self.version.entries.values() if e.kind == kind)

    def _names(self) -> None:
        """Report names that mean two things, or that are words of the language."""
        taken: dict[str, str] = dict.fromkeys(self.vocabulary.facts, "a fact")
        for kind, what in (("parameters", "a parameter"), ("rules", "a rule")):
            for entry in self._entries(kind):
                if entry.id in KEYWORDS:
                    self._say(
                        "N103",
                        f"`{entry.id}` is a word of the language",
                        entry.span,
                        "choose another name",
                    )
                elif entry.id in taken:
                    self._say(
                        "N102",
                        f"`{entry.id}` is already {taken[entry.id]}",
                        entry.span,
                        "give one of them another name",
                    )
                taken[entry.id] = what

    def _parameter(self, entry: Entry, sets: dict[str, tuple[tuple[str, Span], ...]]) -> None:
        written = _child(entry.node, "value") or entry.node
        label = words_of(entry.node, "label")
        if label is None:
            plain = entry.id.replace("-", " ")
            label = Words(plain, plain)
        if isinstance(written, Sequence):
            options = tuple((i.text, i.span) for i in written.items if isinstance(i, Scalar))
            sets[entry.id] = options
            names = tuple(name for name, _ in options)
            self.parameters[entry.id] = Parameter(
                entry.id, SetType(), names, label, self._origin(entry)
            )
        elif isinstance(written, Scalar):
            found = read_value(written.text, self.vocabulary.units, written.span)
            if isinstance(found, Diagnostic):
                self.diagnostics.append(found)
                return
            datatype, value = found
            self.parameters[entry.id] = Parameter(
                entry.id, datatype, value, label, self._origin(entry)
            )

    def _condition(self, node: Node | None) -> core.Condition | None:
        if isinstance(node, Scalar):
            parsed = self._parse(node, "condition")
            if parsed is None:
                return None
            assert not isinstance(
                parsed, (syntax.Relation, syntax.Otherwise, syntax.Bar, syntax.Permit)
            )
            return self.lowering.condition(parsed)
        if not isinstance(node, document.Mapping):
            return None
        groups: list[core.Condition] = []
        for key, items in node.entries:
            listed = items.items if isinstance(items, Sequence) else ()
            parts = tuple(
                part for item in listed if (part := self._condition(item)) is not None
            )
            match key.text:
                case "all":
                    groups.append(core.All(parts))
                case "any":
                    groups.append(core.Any(parts))
                case "none":
                    groups.append(core.Not(core.Any(parts)))
        return groups[0] if len(groups) == 1 else core.All(tuple(groups))

    def _decision(self, entry: Entry) -> Decision | None:
        node = entry.node
        by, bands = _child(node, "by"), _child(node, "bands")
        if (by is None) != (bands is None) or (bands is None) == (
            _child(node, "outcomes") is None
        ):
            self._say(
                "S202", "a decision has either `by:` with `bands:`, or `outcomes:`", entry.span
            )
            return None
        governed = _child(node, "governed-by")
        if isinstance(governed, Scalar):
            fact = self.lowering.fact(governed.text, governed.span)
            if fact is not None and not isinstance(fact.datatype, DateType):
                self._say(
                    "T101",
                    f"`{fact.name}` is {name_of(fact.datatype)}, and a date governs",
                    governed.span,
                )
        rows = self._bands(entry, by) if isinstance(by, Scalar) else self._outcomes(entry)
        return Decision(
            id=entry.id,
            asks=words_of(node, "asks") or Words(entry.id, entry.id),
            governed_by=text_of(node, "governed-by"),
            quantity=text_of(node, "by"),
            rows=rows,
            origin=self._origin(entry),
        )

    def _bands(self, entry: Entry, by: Scalar) -> tuple[Row, ...]:
        quantity = self.lowering.fact(by.text, by.span)
        if quantity is None:
            return ()
        if not isinstance(quantity.datatype, (NumberType, DateType)):
            self._say(
                "T101",
                f"`{by.text}` is {name_of(quantity.datatype)}, and bands divide a "
                "number or a date",
                by.span,
            )
            return ()
        written: list[tuple[Node, Band]] = []
        whole = True
        for item in items_of(entry.node, "bands"):
            when, outcome = _child(item, "when"), text_of(item, "outcome")
            band = self._band(when, outcome, quantity)
            if band is None:
                whole = False
            elif any(band.outcome == other.outcome for _, other in written):
                self._say(
                    "N102",
                    f"`{band.outcome}` is the outcome of two bands",
                    band.span,
                    "give each band an outcome of its own",
                )
                whole = False
            else:
                written.append((item, band))
        if not whole or not written:
            return ()
        conditions, wrong = write_out(quantity, [band for _, band in written])
        self.diagnostics += wrong
        return tuple(
            self._row(entry, band.outcome, item, conditions.get(band.outcome))
            for item, band in written
        )

    def _band(
        self, when: Node | None, outcome: str | None, quantity: core.FactRef
    ) -> Band | None:
        if not isinstance(when, Scalar) or outcome is None:
            return None
        parsed = self._parse(when, "band")
        if isinstance(parsed, syntax.Otherwise):
            return Band(outcome, None, None, when.span)
        if not isinstance(parsed, syntax.Relation):
            return None
        says = self.lowering.compare(quantity, parsed, when.span)
        if says is None:
            return None
        limit = self._limit(says)
        if limit is None:
            self._say(
                "T101",
                "a band is compared with a parameter that has one exact value",
                when.span,
                "name the value under `parameters:`",
            )
            return None
        return Band(outcome, says, limit, when.span)

    def _limit(self, says: core.Apply) -> Point | None:
        if not isinstance(says.right, core.ParameterRef):
            return None
        value = self.parameters[says.right.name].value
        if isinstance(value, (Numbers, Dates)) and value.known:
            return value.low
        return None

    def _outcomes(self, entry: Entry) -> tuple[Row, ...]:
        rows: list[Row] = []
        others: list[Span] = []
        for name, item in entries_of(entry.node, "outcomes"):
            when = _child(item, "when")
            if isinstance(when, Scalar) and when.text.strip() == "otherwise":
                others.append(when.span)
                condition: core.Condition | None = None
            else:
                condition = self._condition(when) or core.All(())
            rows.append(self._row(entry, name.text, item, condition))
        for again in others[1:]:
            self._say("M107", "a second `otherwise` never holds", again, "say when it holds")
        return tuple(rows)

    def _row(
        self, entry: Entry, outcome: str, node: Node, condition: core.Condition | None
    ) -> Row:
        effects: list[core.Effect] = []
        for item in items_of(node, "effects"):
            parsed = self._parse(item, "effect") if isinstance(item, Scalar) else None
            if isinstance(parsed, (syntax.Bar, syntax.Permit)):
                effect = self.lowering.effect(parsed)
                if effect is not None:
                    effects.append(effect)
        return Row(
            outcome,
            words_of(node, "says") or Words(outcome, outcome),
            condition,
            tuple(effects),
            self._origin(entry, node),
        )

    def _reading(self, entry: Entry) -> Reading:
        node = entry.node
        options = {
            name.text: Option(
                name.text,
                words_of(item, "says") or Words(name.text, name.text),
                read_patch(item),
            )
            for name, item in entries_of(node, "options")
        }
        default = _child(node, "default")
        if isinstance(default, Scalar):
            if default.text not in options:
                self._say(
                    "M105",
                    f"`{default.text}` is not one of its options",
                    default.span,
                    did_you_mean(default.text, options),
                )
            elif not options[default.text].patch.empty:
                self._say(
                    "M105",
                    f"`{default.text}` is the default and changes the text",
                    default.span,
                    "the default is the text as written: delete its `change:`, "
                    "or make another option the default",
                )
        for name, option in options.items():
            if option.patch.empty and not (
                isinstance(default, Scalar) and default.text == name
            ):
                self._say(
                    "M104",
                    f"`{name}` changes nothing",
                    entry.span,
                    "add `change:` with what the text would say",
                )
        return Reading(
            id=entry.id,
            asks=words_of(node, "asks") or Words(entry.id, entry.id),
            why=words_of(node, "why") or Words("", ""),
            basis=Basis(text_of(node, "basis") or Basis.UNAVAILABLE),
            confidence=text_of(node, "confidence") or "low",
            default=text_of(node, "default") or "",
            options=options,
            origin=entry.origin,
        )

    def _in_order(self, rules: Mapping[str, Rule]) -> dict[str, Rule]:
        """Return the rules so that each stands after those it rests on."""
        order = TopologicalSorter(
            {
                name: [
                    used for kind, used in sorted(core.names(rule.condition)) if kind == "rule"
                ]
                for name, rule in rules.items()
            }
        )
        try:
            return {name: rules[name] for name in order.static_order()}
        except CycleError as error:
            ring = error.args[1]
            self._say(
                "M109",
                f"a rule rests on itself: {_ARROW.join(ring)}",
                self.version.entries["rules", ring[0]].span,
                "take it out of one of them",
            )
            return {}

    def _origin(self, entry: Entry, node: Node | None = None) -> Origin:
        """Return where an entry stands, or a row of it that names a provision of its own."""
        if node is None or entry.origin.carried_from is not None:
            own = text_of(node, "provision") if node is not None else None
            return Origin(
                own or entry.origin.provision,
                entry.origin.basis,
                entry.origin.carried_from,
                entry.origin.drafted_by,
            )
        found = origin_of(
            node, entry.origin.provision, self.version.provisions, self.diagnostics
        )
        basis = weakest((found.basis, entry.origin.basis))
        return Origin(found.provision, basis, None, entry.origin.drafted_by)

    def _parse(
        self, scalar: Scalar, start: Start
    ) -> syntax.Condition | syntax.Relation | syntax.Otherwise | syntax.Effect | None:
        result = parse_sentence(scalar, start)
        self.diagnostics += result.diagnostics
        return result.value

    def _say(self, code: str, message: str, at: Span, help: str = "") -> None:
        self.diagnostics.append(diagnose(code, message, at, help=help))


def _child(node: Node | None, key: str) -> Node | None:
    return node.get(key) if isinstance(node, document.Mapping) else None
