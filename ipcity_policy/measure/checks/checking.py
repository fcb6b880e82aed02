"""The state of a check: the scope of names, the sentences read, what was found wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ipcity_policy.lang import core, syntax
from ipcity_policy.lang.lower import Lowering
from ipcity_policy.lang.parser import Sentence, Start, parse_sentence
from ipcity_policy.measure.model import Origin, Parameter, Vocabulary, weakest
from ipcity_policy.measure.reader import Entry, Version, basis_of, changed_origin, text_of
from ipcity_policy.text import document
from ipcity_policy.text.diagnostic import Diagnostic, Fix, diagnose
from ipcity_policy.text.document import Node, Scalar, Sequence
from ipcity_policy.text.source import Span


@dataclass(slots=True)
class Checking:
    """What the parts of a check share."""

    version: Version
    vocabulary: Vocabulary
    parameters: Mapping[str, Parameter]
    lowering: Lowering
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def parse(self, scalar: Scalar, start: Start) -> Sentence | None:
        """Parse a sentence; None where it cannot be read."""
        result = parse_sentence(scalar, start)
        self.diagnostics += result.diagnostics
        return result.value

    def condition(self, node: Node | None) -> core.Condition | None:
        """Return what a sentence or a combination means; None where something is wrong."""
        if isinstance(node, Scalar):
            parsed = self.parse(node, "condition")
            if parsed is None:
                return None
            assert not isinstance(
                parsed, (syntax.Relation, syntax.Otherwise, syntax.Bar, syntax.Permit)
            )
            return self.lowering.condition(parsed)
        if not isinstance(node, document.Mapping):
            return None
        if not node.entries:
            self.say("S202", "no condition is written here", node.span, "write one, or `all:`")
        groups: list[core.Condition] = []
        for key, items in node.entries:
            listed = items.items if isinstance(items, Sequence) else ()
            if not listed:
                self.say("S202", f"nothing is listed under `{key.text}:`", key.span)
            parts = tuple(part for item in listed if (part := self.condition(item)) is not None)
            match key.text:
                case "all":
                    groups.append(core.All(parts))
                case "any":
                    groups.append(core.Any(parts))
                case "none":
                    groups.append(core.Not(core.Any(parts)))
        return groups[0] if len(groups) == 1 else core.All(tuple(groups))

    def origin(self, entry: Entry, node: Node | None = None) -> Origin:
        """Return where an entry stands, or a row of it that names a provision of its own."""
        if node is None:
            return entry.origin
        found = changed_origin(self.version, entry, node, self.diagnostics)
        if basis_of(node) is None and text_of(node, "provision") is None:
            found = replace(found, provision=entry.origin.provision, basis=entry.origin.basis)
        basis = weakest((found.basis, entry.origin.basis))
        return replace(found, basis=basis, drafted_by=entry.origin.drafted_by)

    def say(
        self, code: str, message: str, at: Span, help: str = "", fix: Fix | None = None
    ) -> None:
        """Report something wrong."""
        self.diagnostics.append(diagnose(code, message, at, help=help, fix=fix))
