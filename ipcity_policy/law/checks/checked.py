"""A version that was checked, and what has to be checked again where some of it changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ipcity_policy.lang import core
from ipcity_policy.lang.names import Scope
from ipcity_policy.law.model import PLURAL, Quantity
from ipcity_policy.law.program import Program
from ipcity_policy.law.reader import EntryKey, Version
from ipcity_policy.law.schemas.lifecycle import HISTORY_KINDS
from ipcity_policy.law.schemas.rules import KINDS
from ipcity_policy.text.diagnostic import Diagnostic, Result, has_errors, in_order

_SINGULAR = {plural: kind for kind, plural in PLURAL.items()}


@dataclass(frozen=True)
class Checked:
    """A version that was checked, with what is needed to check a change of it alone."""

    version: Version
    #: It holds together only where nothing is an error.
    program: Program
    scope: Scope
    #: Parameters that are in the right unit somewhere.
    fitting: frozenset[str]
    #: What was wrong before a change, and what was found now, that again or new.
    before: tuple[Diagnostic, ...]
    found: tuple[Diagnostic, ...]

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that is wrong."""
        return in_order((*self.before, *self.found))

    @property
    def result(self) -> Result[Program]:
        """The Program, which is none where something is an error."""
        sound = not has_errors(self.diagnostics)
        return Result(self.program if sound else None, self.diagnostics)

    def affected(self, changed: Iterable[EntryKey], version: Version) -> tuple[EntryKey, ...]:
        """Return what to check again where some entries change: those, and what names them.

        Entries of the same name are among them, and all quantities where there is one: each
        gives its type to the next. So are all that say something of time where there is one.
        What names a rule sees only whether there is one.
        """
        changed = tuple(changed)
        keys = dict.fromkeys(key for key in changed if key[0] in KINDS)
        kinds = [kind for kind in KINDS if kind not in HISTORY_KINDS]
        keys |= dict.fromkeys((kind, name) for _, name in changed for kind in kinds)
        keys |= self._naming(
            key
            for key in keys
            if key[0] != "rules" or (key in self.version.entries) != (key in version.entries)
        )
        quantities = dict.fromkeys(map(_entry_of, self.program.quantities.values()))
        if quantities.keys() & keys.keys():
            keys |= quantities | self._users_of(
                ("quantity", q) for q in self.program.quantities
            )
        if any(key[0] in HISTORY_KINDS or key in self._of_time for key in keys):
            of_time = (key for key in version.entries if key[0] in HISTORY_KINDS)
            keys |= dict.fromkeys(of_time)
        return tuple(keys)

    @cached_property
    def _of_time(self) -> frozenset[EntryKey]:
        """What is named by what is said of time."""
        named = self.program.history.names()
        return frozenset((PLURAL[kind], name) for kind, name in named if kind in PLURAL)

    def _naming(self, keys: Iterable[EntryKey]) -> dict[EntryKey, None]:
        """Return the entries that name some others."""
        return self._users_of((_SINGULAR[kind], name) for kind, name in keys)

    def _users_of(self, pairs: Iterable[tuple[str, str]]) -> dict[EntryKey, None]:
        return dict.fromkeys(key for pair in pairs for key in self._users.get(pair, ()))

    @cached_property
    def _users(self) -> Mapping[tuple[str, str], dict[EntryKey, None]]:
        """The entries that name something, by its kind and name."""
        users: dict[tuple[str, str], dict[EntryKey, None]] = {}
        for key, pairs in _uses(self.program):
            for pair in sorted(pairs):
                users.setdefault(pair, {})[key] = None
        return users


def _entry_of(quantity: Quantity) -> EntryKey:
    """Return the entry that a quantity is read from."""
    if quantity.system is not None:
        return ("indicators", quantity.system)
    return ("quantities", quantity.id)


def _uses(program: Program) -> Iterator[tuple[EntryKey, Iterable[tuple[str, str]]]]:
    """Yield each entry with the kinds and names of what it names."""
    for quantity in program.quantities.values():
        yield _entry_of(quantity), core.named(quantity.expression)
    for rule in program.rules.values():
        yield ("rules", rule.id), rule.names
    for decision in program.decisions.values():
        asked = {("decision", other) for other in decision.asks_also}
        yield ("decisions", decision.id), decision.names() | asked
