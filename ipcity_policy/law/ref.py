"""A version or draft by its name and its place."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ref:
    """A version or draft, found: its name, its measure's folder and its own place."""

    id: str
    measure: Path
    #: The folder of a version, the file of a draft.
    path: Path

    @property
    def is_draft(self) -> bool:
        """Whether it is a draft."""
        return self.path.suffix == ".yaml"

    @property
    def measure_id(self) -> str:
        """The name of the measure."""
        return self.measure.name
