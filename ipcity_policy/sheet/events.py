"""The events that a sheet states: what happened to its subject, when, and what went with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ipcity_policy.lang.values import Dates
from ipcity_policy.law.model import CitedSource, Vocabulary
from ipcity_policy.law.reader import child, entries_of, items_of, text_of
from ipcity_policy.law.schemas.sheet import EVENT_OF_SHEET, NEVER_ON
from ipcity_policy.sheet.statements import (
    Statement,
    check_source,
    offices_named,
    read_day,
    read_statement,
    with_label,
)
from ipcity_policy.text.diagnostic import Diagnostic, Related, diagnose, has_errors
from ipcity_policy.text.fixes import instead, nearest
from ipcity_policy.text.message import listed, say
from ipcity_policy.text.source import Span
from ipcity_policy.yaml.document import Node, Scalar
from ipcity_policy.yaml.validate import conform

#: How many events a sheet may tell of: what depends on each is looked for among all of them.
MAX_EVENTS = 500


@dataclass(frozen=True, slots=True)
class Event:
    """A dated happening in a subject's history."""

    kind: str
    on: Dates
    #: The year that it is about; None where that is the year of its day.
    year: int | None
    #: The first and the last day of a term as its notice states them; None where it does not.
    term: tuple[Dates, Dates] | None
    #: The facts that were stated with it.
    statements: Mapping[str, Statement]
    #: The office whose act it was; None where the sheet does not say.
    by: str | None
    #: Where it was read; None where the sheet does not say.
    source: str | None
    span: Span = field(compare=False, repr=False)


def read_events(
    node: Node,
    vocabulary: Vocabulary,
    sources: Mapping[str, CitedSource],
    diagnostics: list[Diagnostic],
) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """Read the events of a sheet in the order of their days, and the kinds that never were.

    Faulty ones are left out.
    """
    found: list[Event] = []
    never: dict[str, Node] = {}
    items = items_of(node, "events")
    if len(items) > MAX_EVENTS:
        message = say(
            "the sheet states {n:,} events, more than {most:,}", n=len(items), most=MAX_EVENTS
        )
        help = say("leave out events on which nothing depends")
        diagnostics.append(diagnose("S103", message, items[MAX_EVENTS].span, help=help))
        return (), ()
    for item in items:
        wrong: list[Diagnostic] = []
        if (text_of(item, "on") or "").strip() == NEVER_ON:
            never |= _never(item, vocabulary, sources, wrong)
        else:
            event = _event(item, vocabulary, sources, wrong)
            found += [event] if event is not None and not has_errors(wrong) else []
        diagnostics += wrong
    for event in found:
        if event.kind in never:
            message = say(
                "`{event}` is stated, and also that it never happened", event=event.kind
            )
            related = (Related(event.span, say("the other is here")),)
            help = say("check which of the two is wrong")
            at = never[event.kind].span
            diagnostics.append(diagnose("F130", message, at, help=help, related=related))
    return tuple(sorted(found, key=_order)), tuple(sorted(never))


def _never(
    node: Node,
    vocabulary: Vocabulary,
    sources: Mapping[str, CitedSource],
    diagnostics: list[Diagnostic],
) -> dict[str, Node]:
    """Read that no event of a kind happened; return the kind with its place."""
    kind = child(node, "event")
    if has_errors(conform(node, EVENT_OF_SHEET)) or not isinstance(kind, Scalar):
        return {}  # the shape of the sheet has said what is wrong with the block itself
    if not _declared(kind, vocabulary, diagnostics):
        return {}
    check_source(node, sources, diagnostics)
    for key in ("for", "term", "facts", "by"):
        said = child(node, key)
        if said is not None:
            message = say("what never happened has no `{key}:`", key=key)
            help = say("delete it, or write the day")
            diagnostics.append(diagnose("F102", message, said.span, help=help))
    return {} if has_errors(diagnostics) else {kind.text: node}


def read_kinds(
    node: Node, vocabulary: Vocabulary, diagnostics: list[Diagnostic]
) -> tuple[str, ...]:
    """Read the kinds of events of which a sheet does not tell, in alphabetical order."""
    kinds = [item for item in items_of(node, "events-not-known") if isinstance(item, Scalar)]
    return tuple(sorted({k.text for k in kinds if _declared(k, vocabulary, diagnostics)}))


def _declared(kind: Scalar, vocabulary: Vocabulary, diagnostics: list[Diagnostic]) -> bool:
    """Tell whether a kind of events is declared; report it where it is not."""
    if kind.text in vocabulary.events:
        return True
    near, fix = nearest(kind.text, vocabulary.events, kind.span)
    message = say("`{text}` is not an event of this measure", text=kind.text)
    help = near or say("known names: {names}", names=listed(vocabulary.events))
    for id, event in vocabulary.events.items():
        if kind.text in (event.label.en, event.label.zh):
            help = say("write `{text}`", text=id)
            fix = instead(kind.span, kind.text, id)
    if not vocabulary.events:
        help = say("leave it out, or declare it in the vocabulary")
    diagnostics.append(diagnose("F120", message, kind.span, help=help, fix=fix))
    return False


def _order(event: Event) -> tuple[object, ...]:
    """Return what events are sorted by, so that the order of writing does not matter."""
    stated = sorted((name, one.written) for name, one in event.statements.items())
    return (
        event.on.earliest,
        event.on.latest,
        event.kind,
        event.year or 0,
        str(event.term),
        stated,
    )


def _event(
    node: Node,
    vocabulary: Vocabulary,
    sources: Mapping[str, CitedSource],
    diagnostics: list[Diagnostic],
) -> Event | None:
    # The shape of the sheet has said what is wrong with the block itself.
    if has_errors(conform(node, EVENT_OF_SHEET)):
        return None
    kind = child(node, "event")
    assert isinstance(kind, Scalar)
    if not _declared(kind, vocabulary, diagnostics):
        return None
    on = read_day(child(node, "on"), diagnostics, in_part=True)
    stated = child(node, "term")
    first = read_day(child(stated, "from"), diagnostics, in_part=True)
    last = read_day(child(stated, "until"), diagnostics, in_part=True)
    if first is not None and last is not None and first.earliest > last.latest:
        message = say("the last day is before the first")
        place = child(stated, "until") or node
        help = say("check whether the two were confused")
        diagnostics.append(diagnose("F102", message, place.span, help=help))
    office = child(node, "by")
    if isinstance(office, Scalar):
        offices = vocabulary.events[kind.text].offices or tuple(vocabulary.offices)
        if office.text not in offices:
            message = say(
                "`{event}` is not an act of `{text}`", event=kind.text, text=office.text
            )
            help = say("it is an act of {names}", names=offices_named(offices, vocabulary))
            diagnostics.append(diagnose("F105", message, office.span, help=help))
    check_source(node, sources, diagnostics)
    statements: dict[str, Statement] = {}
    for name, item in entries_of(node, "facts"):
        fact = vocabulary.facts.get(name.text)
        if fact is None:
            near, fix = nearest(name.text, vocabulary.facts, name.span)
            message = say("`{text}` is not a fact of this measure", text=name.text)
            help = with_label(near, vocabulary) or say(
                "leave it out, or declare it in the vocabulary"
            )
            diagnostics.append(diagnose("F101", message, name.span, help=help, fix=fix))
            continue
        statement = read_statement(fact, item, vocabulary, sources, diagnostics)
        if statement is not None:
            statements[name.text] = statement
    if on is None:
        return None
    year = text_of(node, "for")
    return Event(
        kind.text,
        on,
        int(year) if year is not None else None,
        (first, last) if first is not None and last is not None else None,
        statements,
        text_of(node, "by"),
        text_of(node, "source"),
        node.span,
    )
