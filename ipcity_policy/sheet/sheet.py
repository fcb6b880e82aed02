"""A fact sheet: what is stated of one subject, read and held against the vocabulary."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from ipcity_policy.lang.datatypes import ANY_DAY
from ipcity_policy.lang.values import Dates, Documents, Series
from ipcity_policy.law.model import CitedSource, Localized, Vocabulary
from ipcity_policy.law.reader import entries_of, text_of, words_of
from ipcity_policy.law.schemas.sheet import sheet_shape
from ipcity_policy.law.vocabulary import read_sources
from ipcity_policy.law.years import unlikely, years_of
from ipcity_policy.sheet.events import Event, read_events, read_kinds
from ipcity_policy.sheet.facts_digest import facts_digest
from ipcity_policy.sheet.silence import Silence
from ipcity_policy.sheet.statements import Statement, read_day, read_statement, with_label
from ipcity_policy.sheet.together import cannot_both_be, clashes
from ipcity_policy.sheet.years import unlikely_years
from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose
from ipcity_policy.text.message import say
from ipcity_policy.text.nearest import did_you_mean
from ipcity_policy.text.source import Span
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node
from ipcity_policy.yaml.validate import conform

#: For so many unknown facts of a sheet the fact that was meant is sought.
MAX_SLIPS = 500


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is stated of one subject."""

    measure: str
    name: Localized
    statements: Mapping[str, Statement]
    sources: Mapping[str, CitedSource]
    #: What happened, in the order of the days.
    events: tuple[Event, ...]
    #: The day up to which every event is stated; None where the sheet does not say.
    known_until: date | None
    #: The day from which on that holds; None where it holds from the beginning.
    known_from: date | None
    #: The kinds of events for which that does not hold.
    not_known: tuple[str, ...]
    #: The kinds of events of which it says that none happened, up to that day.
    never: tuple[str, ...]
    #: The facts that are of an event, with its kinds: stated of one, they say nothing of the
    #: next.
    of_events: Mapping[str, frozenset[str]]
    #: The digest of what is stated, whatever its order and layout.
    digest: str
    span: Span = field(compare=False, repr=False)

    @property
    def silence(self) -> Silence:
        """How far it tells of every event that happened."""
        return Silence(self.known_from, self.known_until, self.not_known, self.never)

    @property
    def tells_of_events(self) -> bool:
        """Whether it says anything of what happened."""
        return bool(self.events or self.never) or self.known_until is not None


def measure_of(node: Node) -> Result[str]:
    """Return the measure that a sheet is for."""
    name = text_of(node, "measure")
    if name is None:
        place = node.span if not isinstance(node, document.Mapping) else node.head
        help = say("add `measure:` and the name of the measure")
        keys = [k for k, _ in node.entries] if isinstance(node, document.Mapping) else []
        slip = next((k for k in keys if did_you_mean(k.text, ["measure"]) is not None), None)
        if slip is not None:
            place = slip.span
            help = say("did you mean `{near}`?", near="measure")
        return Result(
            None,
            (
                diagnose(
                    "F106",
                    say("the sheet does not say which measure it is for"),
                    place,
                    help=help,
                ),
            ),
        )
    return Result(name)


def read_sheet(
    node: Node, vocabulary: Vocabulary, sources: Mapping[str, CitedSource]
) -> Result[Sheet]:
    """Read a sheet and report every fault in it.

    What is faulty counts as not stated; the errors say that the sheet cannot be used.
    """
    of_subject = tuple(fact.id for fact in vocabulary.facts.values() if fact.of_subject)
    diagnostics = list(conform(node, sheet_shape(vocabulary.subject, of_subject)))
    if not isinstance(node, document.Mapping):
        return Result(None, tuple(diagnostics))
    subject = node.get(vocabulary.subject)
    own = read_sources(node.get("sources") or document.Mapping((), node.span)).value or {}
    known = {**sources, **own}
    statements: dict[str, Statement] = {}
    own_block = entries_of(node, vocabulary.subject)
    written = [(*entry, True) for entry in own_block if entry[0].text in of_subject]
    written += [(*entry, False) for entry in entries_of(node, "facts")]
    slips = 0
    for name, item, in_own_block in written:
        fact = vocabulary.facts.get(name.text)
        if fact is None:
            slips += 1
            near = did_you_mean(name.text, vocabulary.facts) if slips <= MAX_SLIPS else None
            diagnostics.append(
                diagnose(
                    "F101",
                    say("`{text}` is not a fact of this measure", text=name.text),
                    name.span,
                    help=with_label(near, vocabulary)
                    or say("leave it out, or declare it in the vocabulary"),
                )
            )
        elif fact.of_subject and not in_own_block:
            diagnostics.append(
                diagnose(
                    "F101",
                    say(
                        "`{text}` is in the block `{subject}:`",
                        text=name.text,
                        subject=vocabulary.subject,
                    ),
                    name.span,
                    help=say("move it there"),
                )
            )
        else:
            statement = read_statement(fact, item, vocabulary, known, diagnostics)
            if statement is not None:
                statements[fact.id] = statement
    events, never = read_events(node, vocabulary, known, diagnostics)
    until = read_day(node.get("events-known-until"), diagnostics)
    since = read_day(node.get("events-known-from"), diagnostics)
    not_known = read_kinds(node, vocabulary, diagnostics)
    silence = Silence(
        known_from=since.high if since is not None else None,
        known_until=until.low if until is not None else None,
        not_known=not_known,
        never=never,
    )
    diagnostics += clashes(vocabulary, statements, events, silence)
    diagnostics += unlikely_years(vocabulary, statements, events)
    told = tuple(node.get(key) for key in ("events-known-from", "events-known-until"))
    diagnostics += _of_telling(vocabulary, told, (since, until))
    return Result(
        Sheet(
            measure=vocabulary.measure,
            name=words_of(subject, "name") or Localized("?", "?"),
            statements=MappingProxyType(statements),
            sources=MappingProxyType(known),
            events=events,
            known_until=silence.known_until,
            known_from=silence.known_from,
            not_known=not_known,
            never=never,
            of_events=MappingProxyType(
                {
                    fact.id: frozenset(fact.of) & vocabulary.events.keys()
                    for fact in vocabulary.facts.values()
                    if not vocabulary.events.keys().isdisjoint(fact.of)
                }
            ),
            digest=facts_digest(
                vocabulary.measure,
                {key: text_of(subject, key) for key in ("name-en", "name-zh")},
                statements,
                events,
                {"events-known-from": since, "events-known-until": until},
                silence,
            ),
            span=node.head,
        ),
        tuple(diagnostics),
    )


def _of_telling(
    vocabulary: Vocabulary, written: Sequence[Node | None], days: Sequence[Dates | None]
) -> Iterator[Diagnostic]:
    """Report what cannot be, or hardly is, of the days from which and to which it tells all."""
    ends = [(node.span, day) for node, day in zip(written, days, strict=True) if node and day]
    for span, day in ends:
        for year in dict.fromkeys(years_of(day)):
            yield from unlikely(vocabulary, year, span)
    if len(ends) == 2:
        (first, since), (last, until) = ends
        if since.earliest > until.latest:
            message = say(
                "the day from which all events are stated is after the day up to which they are"
            )
            yield cannot_both_be(message, first, last)


def later_than(sheet: Sheet, on: date) -> Iterator[Diagnostic]:
    """Report what a sheet states to have happened, or was stated, after a day."""
    for statement in sheet.statements.values():
        happened = statement.value
        days = happened.on if isinstance(happened, Documents) else happened
        known = days if isinstance(days, Dates) and days != ANY_DAY else None
        late = [one for one in (statement.on, known) if one is not None and one.earliest > on]
        if isinstance(happened, Series):
            late += [Dates(date(y, 1, 1), None) for y, _ in happened.stated if y > on.year]
        if late:
            message = say(
                "`{fact}` is after {on}, the day asked about", fact=statement.fact, on=on
            )
            help = say("check whether the date or the day asked about is wrong")
            yield diagnose("F109", message, statement.span, help=help)
