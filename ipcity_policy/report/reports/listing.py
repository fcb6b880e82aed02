"""What a folder of policies holds, as a report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ipcity_policy.law.interpretation import Interpretation
from ipcity_policy.law.model import Basis, Localized, Vocabulary
from ipcity_policy.law.program import Program
from ipcity_policy.report.block import Block, Heading, Items, Mark, Table, Tree, TreeLine
from ipcity_policy.report.prose.interpretations import who_text
from ipcity_policy.report.prose.verdict import in_force_text
from ipcity_policy.report.reports.citations import any_attested, attested_by
from ipcity_policy.words.sentences import BASES

SENTENCES: Mapping[str, Localized] = MappingProxyType(
    {
        "measures": Localized("{title} ({id})", "{title}（{id}）"),
        "version": Localized("version", "版本"),
        "time": Localized("in force", "施行期间"),
        "provisions": Localized("provisions", "条款数"),
        "drafts": Localized("Drafts", "草案"),
        "decisions": Localized("Decisions", "决定事项"),
        "subjects": Localized("Sheets", "事实表"),
        "interpretations": Localized("Interpretations", "解释"),
        "titled": Localized("{id}: {title}", "{id}：{title}"),
        "number": Localized("number: {said}", "文号：{said}"),
        "issuer": Localized("issued by: {said}", "发布机关：{said}"),
        "why-then": Localized("time in force: {said}", "施行期间：{said}"),
        "note": Localized("note: {said}", "说明：{said}"),
        "purpose": Localized("what for: {said}", "目的：{said}"),
        "comma": Localized(", ", "，"),
        "basis-count": Localized("{n} {basis}", "{basis} {n}"),
        "amends": Localized("{id} amends {version}: {title}", "{id}修订{version}：{title}"),
        "broken": Localized(
            "has errors; `ipcity check` shows them", "有错误，请用 `ipcity check` 查看"
        ),
    }
)


def say(language: str, key: str, **parts: str) -> str:
    """Fill a sentence."""
    return SENTENCES[key][language].format(**parts)


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
            return say(language, "titled", id=self.id, title=say(language, "broken"))
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
    yield Heading(say(language, "measures", title=title[language], id=measure), 1)
    header = tuple(say(language, key) for key in ("version", "provisions", "time"))
    yield Table(header, tuple(_version_row(one, language) for one in versions))
    sound = [one.program for one in versions if one.program is not None]
    if sound:
        yield Tree(tuple(_version(program, language) for program in sound))
    decisions: dict[str, Localized] = {}
    for program in sound:
        decisions |= {id: d.asks for id, d in program.decisions.items()}
    yield Heading(say(language, "decisions"))
    yield Table((), tuple((id, asks[language]) for id, asks in decisions.items()))
    if drafts:
        yield Heading(say(language, "drafts"))
        yield Tree(tuple(_draft(one, language) for one in drafts))
    if interpretations:
        yield Heading(say(language, "interpretations"))
        yield Items(tuple(one.text(language) for one in interpretations))
    if subjects:
        yield Heading(say(language, "subjects"))
        yield Table((), tuple((path, name[language]) for path, name in subjects))


def _version_row(one: Listed, language: str) -> tuple[str, ...]:
    if one.program is None:
        return (one.id, "", say(language, "broken"))
    counts = dict.fromkeys(Basis, 0)
    for provision in one.program.provisions.values():
        counts[provision.basis] += 1
    parts = [
        say(language, "basis-count", n=str(n), basis=BASES[basis][language])
        for basis, n in counts.items()
        if n
    ]
    counted = say(language, "comma").join(parts)
    return (one.id, counted, in_force_text(one.program.in_force, None, language))


def _version(program: Program, language: str) -> TreeLine:
    """Say which instrument a version is, and what is to be known of it."""
    time = program.in_force
    about = (
        ("number", Localized(program.number, program.number) if program.number else None),
        ("issuer", program.issuer),
        ("why-then", time.why if time is not None else None),
        ("note", program.note),
    )
    below = tuple(
        TreeLine(Mark.NONE, say(language, key, said=words[language]))
        for key, words in about
        if words is not None
    )
    if any_attested(program.provisions.values()):
        texts = attested_by([program], language)
        below += tuple(TreeLine(Mark.NONE, text) for text in texts)
    title = say(language, "titled", id=program.id, title=program.title[language])
    return TreeLine(Mark.NONE, title, below=below)


def _draft(one: Listed, language: str) -> TreeLine:
    if one.program is None:
        return TreeLine(Mark.NONE, f"{one.id}: {say(language, 'broken')}")
    program = one.program
    said = say(
        language,
        "amends",
        id=one.id,
        version=program.amends or "",
        title=program.title[language],
    )
    if program.note is None:
        return TreeLine(Mark.NONE, said)
    purpose = say(language, "purpose", said=program.note[language])
    return TreeLine(Mark.NONE, said, below=(TreeLine(Mark.NONE, purpose),))
