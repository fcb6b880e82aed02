"""What of the law is known, and what depends on a text that is not, as reports."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from ipcity_policy.law.model import Basis
from ipcity_policy.report.block import (
    Block,
    Fold,
    Heading,
    Items,
    Mark,
    Paragraph,
    Table,
    Tree,
    TreeLine,
)
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.studies.status import StatusPart, VersionStatus
from ipcity_policy.text.message import Message, say, tell
from ipcity_policy.words.sentences import basis_word

PARTS: Mapping[StatusPart, Message] = MappingProxyType(
    {
        StatusPart.PROVISIONS: say("provisions", context="StatusPart.PROVISIONS"),
        StatusPart.PARAMETERS: say("figures"),
        StatusPart.RULES: say("rules, sums and tables"),
        StatusPart.OUTCOMES: say("outcomes of questions"),
        StatusPart.TIME: say("states, terms and deadlines"),
        StatusPart.READINGS: say("readings"),
    }
)


def status_report(found: Sequence[VersionStatus], language: str) -> Iterator[Block]:
    """Yield what is known of some versions: of one in full, of several side by side."""
    if len(found) == 1:
        yield from _version(found[0], language)
        return
    yield Heading(tell(language, "What of the law is known"), 1)
    header = (
        tell(language, "provisions of"),
        *(basis_word(basis, language) for basis in Basis),
        tell(language, "questions that depend on it"),
    )
    yield Table(header, tuple(_row(one, language) for one in found))
    open_ = [line for one in found for line in _open(one, language)]
    if open_:
        yield Heading(tell(language, "Whose text is not available"))
        yield Items(tuple(open_))
    for one in found:
        yield Fold(one.program.id, tuple(_version(one, language)))


def _row(one: VersionStatus, language: str) -> tuple[str, ...]:
    counts = (str(len(one.parts[StatusPart.PROVISIONS][basis]) or "") for basis in Basis)
    n, every = str(len(one.dependent)), str(len(one.depends_on))
    return (one.program.id, *counts, tell(language, "{n} of {all}", n=n, all=every))


def _version(one: VersionStatus, language: str) -> Iterator[Block]:
    program = one.program
    yield Heading(
        tell(language, "{title} ({id})", title=program.title[language], id=program.id), 1
    )
    rows = tuple(
        (PARTS[part][language], *(str(len(of[basis]) or "") for basis in Basis))
        for part, of in one.parts.items()
        if any(of.values())
    )
    yield Table((tell(language, "based on"), *(basis_word(b, language) for b in Basis)), rows)
    open_ = tuple(_open(one, language))
    if open_:
        yield Heading(tell(language, "Whose text is not available"))
        yield Items(open_)
    else:
        yield Paragraph(tell(language, "All of its text is available."))
    yield Paragraph(_depends_on(one, language))
    if one.dependent:
        yield Fold(
            tell(language, "What each question depends on"), (_questions(one, language),)
        )
    yield Fold(tell(language, "What each is based on, by name"), (_names(one, language),))


def _open(one: VersionStatus, language: str) -> Iterator[str]:
    """Say of each provision without a text what substitutes for it."""
    wording = Wording(one.program.vocabulary, language, one.program)
    for open_ in one.open:
        title = wording.cite(open_.provision.id)
        if title != open_.provision.id:
            title = tell(language, "{title} ({id})", title=title, id=open_.provision.id)
        if not open_.substitutes:
            yield tell(
                language, "{title}: no text, and nothing is used in its place", title=title
            )
        for version in open_.substitutes:
            yield tell(
                language,
                "{title}: no text; {version} is used in its place, as assumed",
                title=title,
                version=wording.called(version),
            )


def _depends_on(one: VersionStatus, language: str) -> str:
    """Say how many questions depend on what is not known, and which."""
    if not one.dependent:
        return tell(language, "No question depends on a text that is not available.")
    names = tell(language, ", ").join(one.dependent)
    n, every = str(len(one.dependent)), str(len(one.depends_on))
    return tell(
        language,
        "Questions that depend on a text that is not available, {n} of {all}: {names}",
        n=n,
        all=every,
        names=names,
    )


def _questions(one: VersionStatus, language: str) -> Tree:
    branches: list[TreeLine] = []
    for id, on in one.depends_on.items():
        asks = one.program.decisions[id].asks[language]
        names = tell(language, ", ").join(on)
        said = (
            tell(language, "depends on {names}", names=names)
            if on
            else tell(language, "depends on nothing that is assumed")
        )
        head = tell(language, "{asks} ({id})", asks=asks, id=id)
        branches.append(TreeLine(Mark.NONE, head, below=(TreeLine(Mark.NONE, said),)))
    return Tree(tuple(branches))


def _names(one: VersionStatus, language: str) -> Table:
    """Name all that rests on each basis."""
    header = (tell(language, "part"), tell(language, "based on"), tell(language, "names"))
    rows = tuple(
        (PARTS[part][language], basis_word(basis, language), tell(language, ", ").join(names))
        for part, of in one.parts.items()
        for basis, names in of.items()
        if names
    )
    return Table(header, rows)
