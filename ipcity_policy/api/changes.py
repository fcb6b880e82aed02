"""Changes to files: what each holds, and what it should hold; nothing is written unasked."""

from dataclasses import dataclass
from pathlib import Path

from ipcity_policy.law.files import whole
from ipcity_policy.law.writing import write_over
from ipcity_policy.text.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file, the bytes that it holds, and those that it should hold."""

    path: Path
    #: What the file is called in what is said of it.
    name: str
    before: bytes
    after: bytes

    def write(self) -> Diagnostic | None:
        """Write the file, whole or not at all; what stands in the way is a diagnostic.

        A link stays one, and a file that was changed meanwhile is left alone.
        """
        return write_over(whole(self.path), self.name, self.before, self.after)
