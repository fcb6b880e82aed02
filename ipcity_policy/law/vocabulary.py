"""The vocabulary that all versions of a measure share, read from its `facts.yaml`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ipcity_policy.lang.calendar import UNITS
from ipcity_policy.lang.datatypes import FINDING, YES_NO, FactType, NumberType, SeriesType
from ipcity_policy.lang.keywords import KEYWORDS
from ipcity_policy.law.fact_types import BUILT_IN, check_name, fact_type, range_of
from ipcity_policy.law.model import CitedSource, EventKind, Fact, Localized, Unit, Vocabulary
from ipcity_policy.law.reader import child, entries_of, items_of, text_of, words_of
from ipcity_policy.law.relations import check_relations, named_under
from ipcity_policy.law.schemas.sheet import SOURCES
from ipcity_policy.law.schemas.vocabulary import VOCABULARY
from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose, has_errors
from ipcity_policy.text.fixes import nearest
from ipcity_policy.text.message import say
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar
from ipcity_policy.yaml.normalize import cleared
from ipcity_policy.yaml.validate import departures

#: Of how many documents the vocabulary is kept.
KEPT = 16

#: The labels of options that are not declared but known to every measure.
_KNOWN = {
    YES_NO: {"yes": Localized("yes", "是"), "no": Localized("no", "否")},
    FINDING: {"met": Localized("met", "是"), "not-met": Localized("not met", "否")},
}


@dataclass(frozen=True, slots=True, eq=False)
class _This:
    """The very node: one that says the same may stand elsewhere."""

    node: Node

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.node is self.node

    def __hash__(self) -> int:
        return id(self.node)


def vocabulary_again(node: Node) -> Result[Vocabulary]:
    """Read a vocabulary, or take what the same node gave before, as while fixes are tried."""
    return _read_once(_This(node))


@lru_cache(maxsize=KEPT)
def _read_once(this: _This) -> Result[Vocabulary]:
    return read_vocabulary(this.node)


def read_vocabulary(node: Node) -> Result[Vocabulary]:
    """Read a vocabulary; None where more of its shape is wrong than single entries.

    A fact whose entry is wrong is broken: what names it is not blamed for that.
    """
    node, found = cleared(node, VOCABULARY)
    wrong = tuple(departures(node, VOCABULARY))
    diagnostics = [*found, *wrong]
    entries = tuple(_entries(node))
    faulty: set[int] = set()
    for diagnostic in wrong:
        if has_errors((diagnostic,)):
            within = [e.span.start for e in entries if diagnostic.at.lies_in(e.span)]
            if not within:
                return Result(None, tuple(diagnostics))
            faulty |= {*within}
    assert isinstance(node, document.Mapping)
    subject = node.get("subject")
    units = dict(BUILT_IN)
    for name, unit in entries_of(node, "units"):
        units[name.text] = Unit(_label(name, unit), words_of(unit, "one") or _label(name, unit))
        if name.text in BUILT_IN or name.text in UNITS:
            message = say("`{text}` is a unit of the language", text=name.text)
            help = say("delete it: every measure has it")
            diagnostics.append(diagnose("N102", message, name.span, help=help))
    cohorts = {name.text: _label(name, item) for name, item in entries_of(node, "cohorts")}
    offices = {name.text: _label(name, item) for name, item in entries_of(node, "offices")}
    facts: dict[str, Fact] = {}
    broken: set[str] = set()
    stated = [(entry, True) for entry in entries_of(subject, "facts")]
    stated += [(entry, False) for entry in entries_of(node, "facts")]
    for (name, item), of_subject in stated:
        if name.text in facts:
            diagnostics.append(
                diagnose(
                    "N102",
                    say("`{text}` is declared twice", text=name.text),
                    name.span,
                    help=say("give one of them another name"),
                )
            )
            continue
        if name.text in KEYWORDS:
            diagnostics.append(
                diagnose(
                    "N103",
                    say("`{text}` is a word of the language", text=name.text),
                    name.span,
                    help=say("choose another name"),
                )
            )
        if item.span.start in faulty:
            broken.add(name.text)
            continue
        before = len(diagnostics)
        datatype = fact_type(item, units, cohorts, diagnostics)
        sound = not has_errors(diagnostics[before:])
        _check_offices(item, offices, diagnostics)
        if datatype is None or not sound:
            broken.add(name.text)
        else:
            facts[name.text] = _fact(
                name, item, datatype, units, diagnostics, of_subject=of_subject
            )
    applications = {n.text: _label(n, item) for n, item in entries_of(node, "applications")}
    for _, item in entries_of(node, "events"):
        _check_offices(item, offices, diagnostics)
        check_name(child(item, "applies-for"), "applications", applications, diagnostics)
    measure = text_of(node, "measure") or ""
    vocabulary = Vocabulary(
        measure=measure,
        title=words_of(node, "title") or Localized("", ""),
        subject=text_of(subject, "key") or "",
        subject_label=words_of(subject, "label") or Localized("", ""),
        facts=facts,
        units=units,
        offices=offices,
        cohorts=cohorts,
        applications=applications,
        events={
            name.text: EventKind(
                name.text,
                _label(name, item),
                _offices(item),
                text_of(item, "applies-for"),
                named_under(item, "not-before"),
                text_of(item, "names"),
                name.span,
            )
            for name, item in entries_of(node, "events")
        },
        years=_years(node, diagnostics),
        broken=frozenset(broken),
        versions={
            f"{measure}/{name.text}": _label(name, item)
            for name, item in entries_of(node, "versions")
        },
    )
    diagnostics += check_relations(node, facts, vocabulary.events, broken)
    return Result(vocabulary, tuple(diagnostics))


def _years(node: Node, diagnostics: list[Diagnostic]) -> tuple[int | None, int | None]:
    """Return the first and the last year that dates lie in."""
    first, last = range_of(node, "years", diagnostics)
    return (None if first is None else int(first), None if last is None else int(last))


def _entries(node: Node) -> Iterator[Node]:
    """Yield everything that is declared by name."""
    kinds = ("facts", "units", "cohorts", "offices", "applications", "events", "versions")
    blocks = [(node, key) for key in kinds] + [(child(node, "subject"), "facts")]
    for block, key in blocks:
        for _, item in entries_of(block, key):
            yield item


def unknown_versions(node: Node, known: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield what is named as a version of the measure and is none."""
    for name, _ in entries_of(node, "versions"):
        if name.text not in known:
            near, fix = nearest(name.text, known, name.span)
            message = say("there is no version `{text}`", text=name.text)
            yield diagnose("M101", message, name.span, help=near, fix=fix)


def read_sources(node: Node) -> Result[dict[str, CitedSource]]:
    """Read a list of sources."""
    node, found = cleared(node, SOURCES)
    diagnostics = (*found, *departures(node, SOURCES))
    if not isinstance(node, document.Mapping):
        return Result(None, diagnostics)
    return Result(
        {
            name.text: CitedSource(
                name.text,
                words_of(item, "title") or Localized(name.text, name.text),
                text_of(item, "address"),
                words_of(item, "reliability"),
            )
            for name, item in node.entries
        },
        diagnostics,
    )


def _label(name: Scalar, node: Node) -> Localized:
    return words_of(node, "label") or Localized(name.text, name.text)


def _check_offices(
    node: Node, known: Mapping[str, Localized], diagnostics: list[Diagnostic]
) -> None:
    for office in items_of(node, "by"):
        check_name(office, "offices", known, diagnostics)


def _offices(node: Node) -> tuple[str, ...]:
    return tuple(o.text for o in items_of(node, "by") if isinstance(o, Scalar))


def _fact(
    name: Scalar,
    node: Node,
    datatype: FactType,
    units: Mapping[str, Unit],
    diagnostics: list[Diagnostic],
    *,
    of_subject: bool,
) -> Fact:
    each = datatype.each if isinstance(datatype, SeriesType) else datatype
    options = {key.text: _label(key, item) for key, item in entries_of(node, "options")}
    return Fact(
        id=name.text,
        kind=text_of(node, "type") or "",
        datatype=datatype,
        label=_label(name, node),
        asks=words_of(node, "asks") or Localized(name.text, name.text),
        options=_known_options(datatype) or options,
        offices=_offices(node),
        unit=units.get(each.unit) if isinstance(each, NumberType) else None,
        of_subject=of_subject,
        usual=range_of(node, "usual", diagnostics),
        of=named_under(node, "of"),
        at_most=text_of(node, "at-most"),
        not_before=named_under(node, "not-before"),
        span=name.span,
    )


def _known_options(datatype: FactType) -> dict[str, Localized] | None:
    """Return the labels of options that every measure knows; None for others."""
    each = datatype.each if isinstance(datatype, SeriesType) else datatype
    return next((labels for known, labels in _KNOWN.items() if known == each), None)
