"""The kinds of rule file, and how each is known."""

from ipcity_policy.law.model import TIME
from ipcity_policy.law.schemas.interpretation import INTERPRETATION
from ipcity_policy.law.schemas.rules import ARTICLE, DRAFT, HEADER
from ipcity_policy.law.schemas.tests import TESTS
from ipcity_policy.law.schemas.vocabulary import VOCABULARY
from ipcity_policy.yaml.document import Mapping, Node
from ipcity_policy.yaml.schema import Record

#: Each kind of file with a key that only it has.
FILES: tuple[tuple[str, Record], ...] = (
    ("article", ARTICLE),
    ("provision", ARTICLE),
    (TIME, HEADER),
    ("amends", DRAFT),
    ("subject", VOCABULARY),
    ("tests", TESTS),
    ("interprets", INTERPRETATION),
)


def shape_of(node: Node) -> Record | None:
    """Return the shape that a file should have; None where it is of no kind known here."""
    if not isinstance(node, Mapping):
        return None
    return next((shape for key, shape in FILES if node.get(key) is not None), None)
