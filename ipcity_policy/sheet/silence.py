"""How far the silence of a sheet tells: which events that it does not state did not happen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Silence:
    """How far a sheet tells of every event that happened."""

    #: The day before which events are not stated; None where there is none.
    known_from: date | None
    #: The day up to which they are; None where the sheet does not say.
    known_until: date | None
    #: The kinds for which that does not hold.
    not_known: tuple[str, ...]
    #: The kinds of which it says that none happened, up to that day or at all.
    never: tuple[str, ...]

    def excludes(self, day: date, kinds: Collection[str]) -> bool:
        """Tell whether an event of some kinds up to a day that is not stated did not happen."""
        told = self.known_until is not None and day <= self.known_until
        never = self.never if told or self.known_until is None else ()
        known = ((told and kind not in self.not_known) or kind in never for kind in kinds)
        return all(known) if kinds else told
