"""What a folder of policies holds, as a report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipcity_policy.law.interpretation import Interpretation
from ipcity_policy.law.model import Basis, Localized, Vocabulary
from ipcity_policy.law.program import Program
from ipcity_policy.report.block import Block, Heading, Items, Mark, Table, Tree, TreeLine
from ipcity_policy.report.prose.interpretations import who_text
from ipcity_policy.report.prose.versions import in_force_text
from ipcity_policy.report.reports.citations import any_attested, texts_seen
from ipcity_policy.text.message import say, tell
from ipcity_policy.words.sentences import basis_word


@dataclass(frozen=True, slots=True)
class Listed:
    """A version or draft in a list; without a Program where it has errors."""

    id: str
    program: Program | None


@dataclass(frozen=True, slots=True)
class ListedInterpretation:
    """An interpretation in a list; without its content where that has errors."""

    id: str
    interpretation: Interpretation | None
    vocabulary: Vocabulary | None

    def text(self, language: str) -> str:
        """Say what it is."""
        if self.interpretation is None or self.vocabulary is None:
            return tell(
                language,
                "{id}: {title}",
                id=self.id,
                title=tell(language, "has errors; `ipcity check` shows them"),
            )
        return who_text(self.interpretation, self.vocabulary, language)


def list_report(
    measure: str,
    title: Localized,
    versions: Sequence[Listed],
    drafts: Sequence[Listed],
    interpretations: Sequence[ListedInterpretation],
    subjects: Sequence[tuple[str, Localized]],
    language: str,
) -> Iterator[Block]:
    """Yield what a measure's folder holds."""
    yield Heading(tell(language, "{title} ({id})", title=title[language], id=measure), 1)
    header = (
        tell(language, "version"),
        tell(language, "provisions"),
        tell(language, "in force"),
    )
    yield Table(header, tuple(_version_row(one, language) for one in versions))
    sound = [one.program for one in versions if one.program is not None]
    if sound:
        yield Tree(tuple(_version(program, language) for program in sound))
    decisions: dict[str, Localized] = {}
    for program in sound:
        decisions |= {id: d.asks for id, d in program.decisions.items()}
    yield Heading(tell(language, "Decisions"))
    yield Table((), tuple((id, asks[language]) for id, asks in decisions.items()))
    if drafts:
        yield Heading(tell(language, "Drafts"))
        yield Tree(tuple(_draft(one, language) for one in drafts))
    if interpretations:
        yield Heading(tell(language, "Interpretations"))
        yield Items(tuple(one.text(language) for one in interpretations))
    if subjects:
        yield Heading(tell(language, "Sheets"))
        yield Table((), tuple((path, name[language]) for path, name in subjects))


def _version_row(one: Listed, language: str) -> tuple[str, ...]:
    if one.program is None:
        return (one.id, "", tell(language, "has errors; `ipcity check` shows them"))
    counts = dict.fromkeys(Basis, 0)
    for provision in one.program.provisions.values():
        counts[provision.basis] += 1
    parts = [
        tell(language, "{n} {basis}", n=str(n), basis=basis_word(basis, language))
        for basis, n in counts.items()
        if n
    ]
    counted = tell(language, say(", ", context="join")).join(parts)
    return (one.id, counted, in_force_text(one.program.in_force, None, language))


def _version(program: Program, language: str) -> TreeLine:
    """Say which instrument a version is, and what is to be known of it."""
    time = program.in_force
    about = (
        (
            say("number: {said}"),
            Localized(program.number, program.number) if program.number else None,
        ),
        (say("issued by: {said}"), program.issuer),
        (say("time in force: {said}"), time.why if time is not None else None),
        (say("note: {said}"), program.note),
    )
    below = tuple(
        TreeLine(Mark.NONE, tell(language, template, said=words[language]))
        for template, words in about
        if words is not None
    )
    attesting = [program] if any_attested(program.provisions.values()) else []
    texts = texts_seen([program], attesting, language)
    below += tuple(TreeLine(Mark.NONE, text) for text in texts)
    title = tell(language, "{id}: {title}", id=program.id, title=program.title[language])
    return TreeLine(Mark.NONE, title, below=below)


def _draft(one: Listed, language: str) -> TreeLine:
    if one.program is None:
        return TreeLine(
            Mark.NONE, f"{one.id}: {tell(language, 'has errors; `ipcity check` shows them')}"
        )
    program = one.program
    said = tell(
        language,
        "{id} amends {version}: {title}",
        id=one.id,
        version=program.amends or "",
        title=program.title[language],
    )
    if program.note is None:
        return TreeLine(Mark.NONE, said)
    purpose = tell(language, "what for: {said}", said=program.note[language])
    return TreeLine(Mark.NONE, said, below=(TreeLine(Mark.NONE, purpose),))
