"""A version that was checked, and what has to be checked again where some of it changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ipcity_policy.lang import core
from ipcity_policy.lang.names import Scope
from ipcity_policy.law.lifecycle import OF_TIME
from ipcity_policy.law.model import Quantity
from ipcity_policy.law.program import Program
from ipcity_policy.law.reader import Version
from ipcity_policy.law.schemas.rules import KINDS
from ipcity_policy.text.diagnostic import Diagnostic, Result, has_errors, in_order
from ipcity_policy.text.subject import EntryKey, EntryKind


@dataclass(frozen=True)
class CheckedVersion:
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
        keys = dict.fromkeys(key for key in changed if key.kind in KINDS)
        kinds = [kind for kind in KINDS if kind not in OF_TIME]
        keys |= dict.fromkeys(EntryKey(kind, id) for _, id in changed for kind in kinds)
        keys |= self._users_of(
            key
            for key in keys
            if key.kind is not EntryKind.RULE
            or (key in self.version.entries) != (key in version.entries)
        )
        quantities = dict.fromkeys(map(_entry_of, self.program.quantities.values()))
        if quantities.keys() & keys.keys():
            keys |= quantities | self._users_of(
                one.key for one in self.program.quantities.values()
            )
        if any(key.kind in OF_TIME or key in self._of_time for key in keys):
            of_time = (key for key in version.entries if key.kind in OF_TIME)
            keys |= dict.fromkeys(of_time)
        return tuple(keys)

    @cached_property
    def _of_time(self) -> frozenset[EntryKey]:
        """What is named by what is said of time."""
        return self.program.history.names()

    def _users_of(self, keys: Iterable[EntryKey]) -> dict[EntryKey, None]:
        """Return the entries that name some others."""
        return dict.fromkeys(user for key in keys for user in self._users.get(key, ()))

    @cached_property
    def _users(self) -> Mapping[EntryKey, dict[EntryKey, None]]:
        """The entries that name something, by what it is."""
        users: dict[EntryKey, dict[EntryKey, None]] = {}
        for user, keys in _uses(self.program):
            for key in sorted(keys):
                users.setdefault(key, {})[user] = None
        return users


def _entry_of(quantity: Quantity) -> EntryKey:
    """Return the entry that a quantity is read from."""
    if quantity.system is not None:
        return EntryKey(EntryKind.SYSTEM, quantity.system)
    return quantity.key


def _uses(program: Program) -> Iterator[tuple[EntryKey, Iterable[EntryKey]]]:
    """Yield each entry with those that it names."""
    for quantity in program.quantities.values():
        yield _entry_of(quantity), core.named(quantity.expression)
    for rule in program.rules.values():
        yield rule.key, rule.names
    for decision in program.decisions.values():
        asked = {EntryKey(EntryKind.DECISION, other) for other in decision.asks_also}
        yield decision.key, decision.names() | asked
