"""Provisions as they are cited: links to them, and a table of what each says."""

from collections.abc import Iterable, Iterator

from ipcity_policy.engines.interpreter.explanation import Reason
from ipcity_policy.law.model import Basis, Origin, Provision
from ipcity_policy.law.program import Program
from ipcity_policy.report.block import Table
from ipcity_policy.report.prose.citation import CitationParts, continued, is_of_article
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.text.inline import Link, RichText
from ipcity_policy.text.message import say, tell
from ipcity_policy.words.sentences import basis_word, translated_said


def attests(origins: Iterable[Origin]) -> bool:
    """Tell whether one of some entries is attested by the text of the version itself."""
    return any(
        one.basis is Basis.ATTESTED and one.carried_from is None and one.drafted_by is None
        for one in origins
    )


def any_attested(provisions: Iterable[Provision]) -> bool:
    """Tell whether one of some provisions is attested."""
    return any(one.basis is Basis.ATTESTED for one in provisions)


def texts_seen(
    applied: Iterable[Program], attesting: Iterable[Program], language: str
) -> Iterator[str]:
    """Yield from which texts it is told: what "attested" means, and what is a translation.

    `attesting` are those of which something attested is told.
    """
    named = _texts(applied)
    yield from attested_by(attesting, language, alone=len(named) == 1)
    for version, program in named.items():
        said = translated_said(program.text_seen, language)
        if said is not None and len(named) == 1:
            yield said
        elif said is not None:
            version = program.vocabulary.version(version, language)
            yield tell(language, "{version}: {text}", version=version, text=said)


def attested_by(
    texts: Iterable[Program], language: str, *, alone: bool = True
) -> Iterator[str]:
    """Yield what "attested" means in each of some texts, where that is said of it.

    One is `alone` where no other text is told of beside it.
    """
    named = _texts(texts)
    for version, program in named.items():
        if program.text_seen is not None:
            by = program.text_seen.attested_by[language]
            template = (
                say("in {version}, “{attested}” means stated by {by}")
                if len(named) > 1
                else say("“{attested}” means stated by {by}")
                if alone
                else say("“{attested}” means stated by {by}", context="of-one-of-several")
            )
            version = program.vocabulary.version(version, language)
            attested = basis_word(Basis.ATTESTED, language)
            yield tell(language, template, attested=attested, by=by, version=version)


def _texts(programs: Iterable[Program]) -> dict[str, Program]:
    """Return the texts of some versions by their ids.

    A draft is no text of its own: what is attested there is attested in the one it amends.
    """
    return {one.amends or one.id: one for one in programs}


def origins_of(reasons: Iterable[Reason]) -> Iterator[Origin]:
    """Yield where reasons stand in the law, with all that is below them."""
    seen: set[int] = set()  # a rule that several others rest on is one object
    todo = list(reasons)
    while todo:
        reason = todo.pop()
        if id(reason) not in seen:
            seen.add(id(reason))
            yield reason.origin
            todo += reason.because


def in_order(origins: Iterable[Origin], program: Program) -> list[Origin]:
    """Return entries by article, then what is cited by its title, then what is carried over."""
    place = {id: number for number, id in enumerate(program.provisions)}

    def key(one: Origin) -> tuple[bool, bool, int]:
        titled = not is_of_article(one.provision)
        return one.carried_from is not None, titled, place.get(one.provision, len(place))

    return sorted(origins, key=key)


def places(origins: Iterable[Origin], wording: Wording) -> str:
    """Cite where several entries stand; what they share may be said once."""
    said: list[str] = []
    before: tuple[str | None, CitationParts] = None, ("", "", "")
    for origin in origins:
        now = origin.carried_from, wording.citation_parts(origin.provision, origin.ours)
        template, rest = continued(before, now)
        cite = tell(wording.language, template, cite=str(wording.origin(origin)), rest=rest)
        said.append(RichText(Link(cite, wording.anchor(origin))))
        before = now
    return tell(wording.language, ", ").join(said)


def provisions_table(origins: Iterable[Origin], wording: Wording) -> Table:
    """Return what the provisions say that some entries stand under, in the order of the law."""
    program, language = wording.program, wording.language
    assert program is not None  # INVARIANT: an entry stands in a Program
    place = {id: number for number, id in enumerate(program.provisions)}
    named = {wording.anchor(one): one for one in origins}
    rows: dict[str, tuple[str, str]] = {}
    for anchor, one in sorted(named.items(), key=lambda pair: place.get(pair[1].provision, -1)):
        provision = wording.provision(one)
        if provision is not None:
            said = provision_text(provision, language)
        elif one.carried_from is not None:
            carried = program.carried[one.carried_from]
            said = tell(
                language,
                "{provision} is not available, and {version} is used in its place. {why}",
                provision=wording.cite(carried.provision),
                version=wording.called(one.carried_from),
                why=carried.why[language],
            )
        else:
            said = ""
        rows[anchor] = (str(wording.origin(one)), said)  # a link would lead to itself
    return Table((), tuple(rows.values()), tuple(rows))


def provision_text(provision: Provision, language: str) -> str:
    """Say what a provision says, its basis where that is not the text, and its note."""
    said = provision.says[language] if provision.says else provision.title[language]
    if provision.basis is not Basis.ATTESTED:
        basis = basis_word(provision.basis, language)
        said = tell(language, "{text} [{basis}]", text=said, basis=basis)
    if provision.note is not None:
        said = tell(language, "{text} Note: {note}", text=said, note=provision.note[language])
    return said
