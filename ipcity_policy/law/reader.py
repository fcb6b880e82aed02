"""Documents to a version as written: its entries by kind and name, each with its place.

Sentences are still text here. A draft and a reading's option change a version in this
form, so that what they write is checked like everything else.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from ipcity_policy.lang.literals import read_date
from ipcity_policy.law.model import (
    TIME,
    Basis,
    InForce,
    Localized,
    Origin,
    Patch,
    Provision,
    TextSeen,
    is_item,
    weakest,
)
from ipcity_policy.law.schemas.rules import ARTICLE, HEADER, KINDS
from ipcity_policy.text.diagnostic import Diagnostic, Related, Result, diagnose, has_errors
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Span, flow
from ipcity_policy.text.subject import EntryKey, EntryKind
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar, Sequence
from ipcity_policy.yaml.normalize import cleared
from ipcity_policy.yaml.validate import departures

#: The help for a date that the calendar does not have.
_REAL_DAY = say("write a day that the calendar has")


@dataclass(frozen=True, slots=True)
class Entry:
    """A parameter, rule, decision or reading as written."""

    kind: EntryKind
    id: str
    node: Node
    origin: Origin
    #: The article or part that it stands in.
    home: str
    span: Span = field(compare=False, repr=False)

    @property
    def key(self) -> EntryKey:
        """Its kind and name."""
        return EntryKey(self.kind, self.id)

    @property
    def names(self) -> tuple[tuple[str, Span], ...]:
        """The names that it declares, with their places: its own and its blocks'."""
        blocks = entries_of(self.node, "blocks") if self.kind is EntryKind.SYSTEM else ()
        return ((self.id, self.span), *((block.text, block.span) for block, _ in blocks))


@dataclass(frozen=True, slots=True)
class CarryOver:
    """What of another version substitutes for a text that is not available."""

    version: str
    decisions: tuple[tuple[str, Span], ...]
    #: The kinds of entry about time that are taken whole.
    kinds: tuple[str, ...]
    provision: str
    why: Localized
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Version:
    """A version or draft as written."""

    id: str
    title: Localized
    #: The number of the instrument and who issued it; None for a draft.
    number: str | None
    issuer: Localized | None
    in_force: InForce | None
    #: The block of its header that says so; None where there is none.
    time: Node | None
    repeals: str | None
    note: Localized | None
    text_seen: TextSeen | None
    provisions: Mapping[str, Provision]
    entries: Mapping[EntryKey, Entry]
    carries: tuple[CarryOver, ...]
    #: The provisions of the versions that something is carried over from.
    elsewhere: Mapping[str, Mapping[str, Provision]]
    #: What a draft amends, and how; both None for a version.
    amends: str | None
    patch: Patch | None
    span: Span = field(compare=False, repr=False)
    #: The keys in its files that could not be read: what they declare is not missing.
    unread: frozenset[str] = frozenset()


def child(node: Node | None, key: str) -> Node | None:
    """Return what stands under a key; None where there is nothing."""
    return node.get(key) if isinstance(node, document.Mapping) else None


def text_of(node: Node | None, key: str) -> str | None:
    """Return the text under a key; None where there is none."""
    value = child(node, key)
    return value.text.strip() if isinstance(value, Scalar) else None


def words_of(node: Node | None, key: str) -> Localized | None:
    """Return the text under `key-en` and `key-zh`; None where neither is written."""
    en, zh = text_of(node, f"{key}-en"), text_of(node, f"{key}-zh")
    if en is None and zh is None:
        return None
    return Localized(flow(en or zh or ""), flow(zh or en or ""))


def items_of(node: Node | None, key: str) -> tuple[Node, ...]:
    """Return the items of the list under a key."""
    value = child(node, key)
    return value.items if isinstance(value, Sequence) else ()


def entries_of(node: Node | None, key: str) -> tuple[tuple[Scalar, Node], ...]:
    """Return the entries of the block under a key."""
    value = child(node, key)
    return value.entries if isinstance(value, document.Mapping) else ()


def texts_of(node: Node) -> Iterator[str]:
    """Yield every key and every text of a node."""
    match node:
        case Scalar(text):
            yield text
        case Sequence(items):
            for item in items:
                yield from texts_of(item)
        case document.Mapping(entries):
            for key, value in entries:
                yield key.text
                yield from texts_of(value)


def read_patch(node: Node | None) -> Patch:
    """Read what a draft or an option changes."""
    return Patch(
        {key.text: (value, key.span) for key, value in entries_of(node, "change")},
        {key.text: (value, key.span) for key, value in entries_of(node, "add")},
        {item.text: item.span for item in items_of(node, "repeal") if isinstance(item, Scalar)},
    )


def read_version(id: str, header: Node, articles: Iterable[Node]) -> Result[Version]:
    """Read the header and the articles of a version."""
    header, found = cleared(header, HEADER)
    wrong = tuple(departures(header, HEADER))
    diagnostics = [*found, *wrong]
    time = child(header, TIME)
    in_force = None if has_errors(wrong) else read_time(time, diagnostics)
    provisions: dict[str, Provision] = {}
    entries: dict[EntryKey, Entry] = {}
    carries: list[CarryOver] = []
    for written in articles:
        article, found = cleared(written, ARTICLE)
        diagnostics += (*found, *departures(article, ARTICLE))
        _read_article(article, provisions, entries, carries, diagnostics)
    for cited in items_of(time, "provisions"):
        if isinstance(cited, Scalar):
            _cited(cited, provisions, diagnostics)
    return Result(
        Version(
            id=id,
            title=words_of(header, "title") or Localized(id, id),
            number=text_of(header, "number"),
            issuer=words_of(header, "issuer"),
            in_force=in_force,
            time=time,
            repeals=text_of(header, "repeals"),
            note=words_of(header, "note"),
            text_seen=None if has_errors(wrong) else _text_seen(child(header, "text-seen")),
            provisions=MappingProxyType(provisions),
            entries=MappingProxyType(entries),
            carries=tuple(carries),
            elsewhere=MappingProxyType({}),
            amends=None,
            patch=None,
            span=header.span,
        ),
        tuple(diagnostics),
    )


def read_time(node: Node | None, diagnostics: list[Diagnostic]) -> InForce | None:
    """Read the time in force of a version."""
    end = child(node, "until")
    begins, ends = _days(child(node, "from"), diagnostics), _days(end, diagnostics)
    if node is None or begins is None:
        return None
    (since, surely_from), (early, until) = begins, ends or (None, None)
    latest = surely_from or since
    if end is not None and early is not None and early <= latest:
        message = say(
            "`{until}` is not after `{since}`, when the version begins",
            until=text_of(node, "until") or "",
            since=latest,
        )
        diagnostics.append(diagnose("M117", message, end.span))
    doubtful = early if early != until else None
    basis = basis_of(node) or Basis.UNAVAILABLE
    cited = tuple(one.text for one in items_of(node, "provisions") if isinstance(one, Scalar))
    return InForce(since, surely_from, until, doubtful, basis, words_of(node, "why"), cited)


def _text_seen(node: Node | None) -> TextSeen | None:
    language, original = text_of(node, "language"), text_of(node, "original")
    attested_by = words_of(node, "attested-by")
    if language is None or original is None or attested_by is None:
        return None
    return TextSeen(language, original, attested_by, text_of(node, "translated-from"))


def _days(node: Node | None, diagnostics: list[Diagnostic]) -> tuple[date, date | None] | None:
    """Read a day, at the earliest and at the latest; None where none is written."""
    if not isinstance(node, Scalar) or node.text.strip() == "open":
        return None
    text = node.text.strip()
    written = text.removeprefix("unknown from ").split(" until ")
    days = [read_date(day) for day in written]
    read = [day.low for day in days if day is not None and day.low is not None]
    if len(read) < len(written):
        message = say("`{text}` names a day that does not exist", text=text)
        diagnostics.append(diagnose("S204", message, node.span, help=_REAL_DAY))
        return None
    early, latest = read[0], read[-1]
    if text in written:
        return early, early
    if len(read) == 1:
        return early, None
    if latest <= early:
        message = say("`{text}` contains no day", text=text)
        help = say("write the later day last")
        diagnostics.append(diagnose("S204", message, node.span, help=help))
        return None
    return early, latest


def _read_article(
    node: Node,
    provisions: dict[str, Provision],
    entries: dict[EntryKey, Entry],
    carries: list[CarryOver],
    diagnostics: list[Diagnostic],
) -> None:
    if not isinstance(node, document.Mapping):
        return
    number, part = text_of(node, "article"), text_of(node, "provision")
    key = node.key("article") or node.key("provision")
    if key is None or (number is None) == (part is None):
        diagnostics.append(
            diagnose(
                "M114",
                say("the file does not say which provision it holds"),
                (key or node).span if key else Span(node.span.source, 0, 0),
                help=say("begin it with `article:` and a number, or `provision:` and an id"),
            )
        )
        return
    own = f"art-{number}" if number is not None else str(part)
    basis = basis_of(node) or Basis.UNAVAILABLE
    title = words_of(node, "title") or Localized(own, own)
    numbered = text_of(node, "numbering") != "ours"
    _declare(
        Provision(
            own,
            title,
            words_of(node, "says"),
            basis,
            words_of(node, "note"),
            "",
            key.span,
        ),
        provisions,
        diagnostics,
    )
    for name, item in entries_of(node, "provisions"):
        if not is_item(name.text, own):
            diagnostics.append(
                diagnose(
                    "M114",
                    say("`{text}` is not a provision of `{own}`", text=name.text, own=own),
                    name.span,
                    help=say("write it as `{own}-…` or `{own}.…`", own=own),
                )
            )
            continue
        item_basis = weakest((basis, basis_of(item) or basis))
        says, note = words_of(item, "says"), words_of(item, "note")
        ours = _ours(name.text.removeprefix(own), numbered=numbered)
        _declare(
            Provision(name.text, title, says, item_basis, note, ours, name.span),
            provisions,
            diagnostics,
        )
    carried = child(node, "carries-over")
    if isinstance(carried, document.Mapping):
        carries.append(
            CarryOver(
                text_of(carried, "from") or "",
                tuple(
                    (s.text, s.span)
                    for s in items_of(carried, "decisions")
                    if isinstance(s, Scalar)
                ),
                tuple(s.text for s in items_of(carried, "time") if isinstance(s, Scalar)),
                own,
                words_of(carried, "why") or Localized("", ""),
                carried.span,
            )
        )
    for kind in KINDS:
        for name, item in entries_of(node, kind):
            origin = origin_of(item, own, provisions, diagnostics)
            entry = Entry(kind, name.text, item, origin, own, name.span)
            first = entries.setdefault(entry.key, entry)
            if first is not entry:
                diagnostics.append(
                    diagnose(
                        "N102",
                        say("`{text}` is declared twice", text=name.text),
                        name.span,
                        help=say("give one of them another name"),
                        related=(Related(first.span, say("it was declared here first")),),
                    )
                )


def _ours(place: str, *, numbered: bool) -> str:
    """Return what in the place of an item is not the law's.

    After a point stands the number of the law's own item, if it numbers them; after a hyphen
    a part that the law leaves unmarked.
    """
    if not numbered:
        return place
    return place.removeprefix(place.partition("-")[0])


def _declare(
    provision: Provision, provisions: dict[str, Provision], diagnostics: list[Diagnostic]
) -> None:
    first = provisions.setdefault(provision.id, provision)
    if first is not provision:
        diagnostics.append(
            diagnose(
                "N102",
                say("`{text}` is declared twice", text=provision.id),
                provision.span,
                help=say("put what belongs to one provision into one place"),
                related=(Related(first.span, say("it was declared here first")),),
            )
        )


def origin_of(
    node: Node,
    default: str,
    provisions: Mapping[str, Provision],
    diagnostics: list[Diagnostic],
) -> Origin:
    """Return where an entry stands: its own `provision:` and `basis:`, else the default's."""
    cited = child(node, "provision")
    id = default
    if isinstance(cited, Scalar) and _cited(cited, provisions, diagnostics):
        id = cited.text
    provision = provisions.get(id)
    basis = basis_of(node) or (provision.basis if provision else Basis.UNAVAILABLE)
    return Origin(id, basis, provision.ours if provision else "")


def _cited(
    name: Scalar, provisions: Mapping[str, Provision], diagnostics: list[Diagnostic]
) -> bool:
    """Tell whether a provision is declared, and report where it is not."""
    if name.text in provisions:
        return True
    message = say("there is no provision `{text}`", text=name.text)
    help = say("declare it under `provisions:` of its article")
    missing = (EntryKey(EntryKind.PROVISION, name.text),)
    diagnostics.append(diagnose("M114", message, name.span, help=help, missing=missing))
    return False


def changed_origin(
    version: Version, entry: Entry, node: Node, diagnostics: list[Diagnostic]
) -> Origin:
    """Return where an entry stands, or a row of it, once it reads as `node`.

    What was carried over stays assumed, whatever it says of itself.
    """
    origin = entry.origin
    if origin.carried_from is None:
        return replace(
            origin_of(node, entry.home, version.provisions, diagnostics),
            drafted_by=origin.drafted_by,
        )
    there = version.elsewhere.get(origin.carried_from, {})
    cited = origin_of(node, origin.provision, there, diagnostics)
    return replace(origin, provision=cited.provision, ours=cited.ours)


def basis_of(node: Node) -> Basis | None:
    """Return the basis an entry states; None where it states none that is one."""
    text = text_of(node, "basis")
    return Basis(text) if text in tuple(Basis) else None


def without_unread(
    found: Iterable[Diagnostic], unread: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield what is wrong, without what only misses a name in a file that cannot be read."""
    return (one for one in found if not any(key.id in unread for key in one.missing))
