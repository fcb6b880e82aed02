"""The state of a check: the scope of names, the sentences read, what was found wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import get_args

from ipcity_policy.lang import core, syntax
from ipcity_policy.lang.datatypes import NumberType
from ipcity_policy.lang.literals import read_amount
from ipcity_policy.lang.lower import Lowering
from ipcity_policy.lang.names import Names
from ipcity_policy.lang.parser import Sentence, parse_sentence
from ipcity_policy.lang.syntax import Start
from ipcity_policy.law.indicators import System
from ipcity_policy.law.lifecycle import OF_TIME
from ipcity_policy.law.model import Origin, Parameter, Vocabulary, weakest
from ipcity_policy.law.reader import (
    Entry,
    Version,
    basis_of,
    changed_origin,
    child,
    items_of,
    text_of,
)
from ipcity_policy.text.diagnostic import Diagnostic, Fix, diagnose
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import Span
from ipcity_policy.text.subject import EntryKey, EntryKind
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar


@dataclass(slots=True)
class Checking:
    """What the parts of a check share."""

    version: Version
    vocabulary: Vocabulary
    #: The entries that are checked; of some there may be none.
    keys: Sequence[EntryKey]
    parameters: Mapping[str, Parameter]
    names: Names
    diagnostics: list[Diagnostic] = field(default_factory=list)
    #: The indicator systems; they grow while quantities are read in the order they need.
    systems: dict[str, System] = field(default_factory=dict)

    def named(self, kind: EntryKind) -> tuple[str, ...]:
        """Return the names of a kind that are checked."""
        return tuple(key.id for key in self.keys if key.kind is kind)

    def entries(self, kind: EntryKind) -> tuple[Entry, ...]:
        """Return the entries of a kind that are checked."""
        written = self.version.entries
        return tuple(written[key] for key in self.keys if key.kind is kind and key in written)

    def touches_time(self) -> bool:
        """Tell whether something that is said of time is checked."""
        return any(key.kind in OF_TIME for key in self.keys)

    @property
    def lowering(self) -> Lowering:
        """What gives sentences their meaning."""
        return Lowering(self.names)

    def parse(self, scalar: Scalar, start: Start) -> Sentence | None:
        """Parse a sentence; None where it cannot be read."""
        if not scalar.text.strip():
            return None  # its shape says so already
        result = parse_sentence(scalar, start)
        self.diagnostics += result.diagnostics
        return result.value

    def condition(self, node: Node | None) -> core.Condition | None:
        """Return what a sentence or a combination means; None where something is wrong."""
        if isinstance(node, Scalar):
            parsed = self.parse(node, "condition")
            if parsed is None:
                return None
            assert isinstance(
                parsed, get_args(syntax.ConditionPhrase)
            )  # INVARIANT: the grammar
            return self.lowering.condition(parsed)
        if not isinstance(node, document.Mapping):
            return None
        if not node.entries:
            self.say(
                "S202",
                say("no condition is written here"),
                node.span,
                say("write a condition, or `all:`"),
            )
        groups: list[core.Condition] = []
        for key, items in node.entries:
            if key.text == "at-least":
                continue  # it belongs to `of:`
            listed = items.items if isinstance(items, document.Sequence) else ()
            if not listed:
                self.say(
                    "S202", say("nothing is listed under `{text}:`", text=key.text), key.span
                )
            parts = tuple(part for item in listed if (part := self.condition(item)) is not None)
            match key.text:
                case "all":
                    groups.append(core.All(parts))
                case "any":
                    groups.append(core.Any(parts))
                case "none":
                    groups.append(core.Not(core.Any(parts)))
                case "of":
                    groups.append(self._at_least(node, key, parts))
        if node.get("at-least") is not None and node.get("of") is None:
            place = node.key("at-least") or node
            self.say(
                "S202", say("`at-least:` has no `of:` beside it"), place.span, say("add `of:`")
            )
        return groups[0] if len(groups) == 1 else core.All(tuple(groups))

    def _at_least(
        self, node: document.Mapping, of: Scalar, parts: tuple[core.Condition, ...]
    ) -> core.Condition:
        """Return that so many parts hold as a parameter says."""
        written = node.get("at-least")
        if not isinstance(written, Scalar):
            help = say("add `at-least:` and the parameter that says how many")
            self.say("S202", say("`of:` has no `at-least:` beside it"), of.span, help)
            return core.All(parts)
        if read_amount(written.text) is not None:
            help = say(
                "write `a-name: {text}` under `parameters:`, and use the name here",
                text=written.text,
            )
            message = say("`{text}` is written here without a name", text=written.text)
            self.say("T103", message, written.span, help)
            return core.All(parts)
        name = syntax.Name(written.text, span=written.span)
        least = self.names.parameter(name, NumberType, say("a plain count"))
        if least is None:
            return core.All(parts)
        self.names.is_count(least, written.span)
        return core.AtLeast(least, parts)

    def whole(self, node: Node, key: str) -> core.Condition | None:
        """Return the condition under a key, with the `applies:` and `unless:` beside it."""
        found = self.condition(child(node, key))
        exception, applies = child(node, "unless"), child(node, "applies")
        if exception is not None:
            excepted = self.condition(exception)
            if excepted is not None and found is not None:
                found = core.Unless(found, excepted)
        if applies is not None:
            where = self.condition(applies)
            if where is not None and found is not None:
                found = core.Where(where, found)
        return found

    def effects(self, node: Node) -> tuple[core.Effect, ...]:
        """Return what is written under `effects:`, without what is wrong."""
        found: list[core.Effect] = []
        for item in items_of(node, "effects"):
            parsed = self.parse(item, "effect") if isinstance(item, Scalar) else None
            if isinstance(parsed, (syntax.BarPhrase, syntax.PermitPhrase)):
                effect = self.lowering.effect(parsed)
                found += [effect] if effect is not None else []
        return tuple(found)

    def origin(self, entry: Entry, node: Node | None = None) -> Origin:
        """Return where an entry stands, or a row of it that names a provision of its own."""
        if node is None or (basis_of(node) is None and text_of(node, "provision") is None):
            return entry.origin
        found = changed_origin(self.version, entry, node, self.diagnostics)
        basis = weakest((found.basis, entry.origin.basis))
        return replace(found, basis=basis, drafted_by=entry.origin.drafted_by)

    def say(
        self,
        code: str,
        says: Message,
        at: Span,
        help: Message | None = None,
        fix: Fix | None = None,
        *,
        subject: EntryKey | None = None,
        names: Iterable[EntryKey] = (),
        missing: Iterable[EntryKey] = (),
    ) -> None:
        """Report something wrong."""
        self.diagnostics.append(
            diagnose(
                code,
                says,
                at,
                help=help,
                fix=fix,
                subject=subject,
                names=names,
                missing=missing,
            )
        )

    @contextmanager
    def of(self, subject: EntryKey) -> Iterator[None]:
        """Note of all that is found meanwhile that it is found in one entry."""
        lists = (self.diagnostics, self.names.diagnostics)
        starts = [len(found) for found in lists]
        yield
        for found, start in zip(lists, starts, strict=True):
            found[start:] = [one.found_in(subject) for one in found[start:]]

    def each(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield some entries; what is found before the next is found in the one."""
        for entry in entries:
            with self.of(entry.key):
                yield entry
