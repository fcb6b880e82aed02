"""Files of a measure rewritten in the newest language, by the table of what changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from ipcity_policy.law.files import FACTS_FILE, SOURCES_FILE
from ipcity_policy.law.language import numbered, too_new, written_in
from ipcity_policy.law.reader import child, text_of
from ipcity_policy.law.schemas import migrations
from ipcity_policy.law.schemas.kinds import shape_of
from ipcity_policy.law.schemas.sheet import SOURCES, sheet_shape
from ipcity_policy.law.schemas.vocabulary import LANGUAGE_KEY, VOCABULARY
from ipcity_policy.text.diagnostic import Diagnostic, Edit
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node
from ipcity_policy.yaml.former import told_of
from ipcity_policy.yaml.schema import Anything, Schema, former_keys
from ipcity_policy.yaml.validate import conform


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The edits of each file of a measure; none where something stands in the way."""

    edits: Mapping[str, tuple[Edit, ...]]
    barred: tuple[Diagnostic, ...]


def rewriting(files: Mapping[str, Node]) -> Rewriting:
    """Return what brings a measure into the newest language.

    Its files are named from its folder. The vocabulary, which names the language, comes last:
    where not all can be written, the rest is rewritten when it is asked for again.
    """
    vocabulary = files[FACTS_FILE]
    barred = _barred(vocabulary)
    before = written_in(vocabulary)
    if barred or before == migrations.LANGUAGE:
        return Rewriting({}, barred)
    subject = text_of(child(vocabulary, "subject"), "key") or "subject"
    edits: dict[str, list[Edit]] = {name: [] for name in files if name != FACTS_FILE}
    edits[FACTS_FILE] = []
    for name, node in files.items():
        for block, key, shape in former_keys(node, _shape(name, node, subject)):
            since = next(one.since for one in shape.former if one.name == key.text)
            told = told_of(block, key, shape) if since > before else None
            if told is not None and told.fix is not None:
                edits[name] += told.fix.edits
            elif told is not None:
                barred += (told,)
    assert isinstance(vocabulary, document.Mapping)  # INVARIANT: nothing else conforms
    edits[FACTS_FILE].append(numbered(vocabulary))
    made = {name: tuple(some) for name, some in edits.items() if some}
    return Rewriting({} if barred else made, barred)


def _barred(vocabulary: Node) -> tuple[Diagnostic, ...]:
    """Say why nobody can tell in which language a measure is written."""
    newer = too_new(vocabulary)
    if newer is not None:
        return (newer,)
    at = child(vocabulary, LANGUAGE_KEY)
    wrong = conform(vocabulary, VOCABULARY)
    if not isinstance(vocabulary, document.Mapping):
        return tuple(wrong)
    return tuple(one for one in wrong if at is not None and one.at.lies_in(at.span))


def _shape(name: str, node: Node, subject: str) -> Schema:
    if name == SOURCES_FILE:
        return SOURCES
    if text_of(node, "sheet") is not None:
        return sheet_shape(subject, ())
    return shape_of(node) or Anything()
