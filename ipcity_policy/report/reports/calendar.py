"""What a calendar says of a timeline: duties that are due, terms and bars that end."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from ipcity_policy.engines.lifecycle.position import (
    Duty,
    Fulfilment,
    RunningBar,
    TermOnDay,
    VersionIndex,
)
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.model import Origin
from ipcity_policy.questions.query import SubjectTimeline
from ipcity_policy.report.prose.duties import status
from ipcity_policy.report.prose.position import Telling
from ipcity_policy.text.message import say, tell
from ipcity_policy.words.sentences import basis_word


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A day in a calendar."""

    #: What stays the same when its day or words change, so that it is changed and not doubled.
    uid: str
    day: date
    summary: str
    description: str
    #: Whose it is.
    category: str


def to_come(timeline: SubjectTimeline, language: str) -> tuple[CalendarEntry, ...]:
    """Return what a calendar holds of a timeline, by day."""
    known = _Dates(timeline, language)
    entries = list(known.entries())
    beside = timeline.as_supposed
    if beside is not None:
        entries += _Dates(beside, language, known=frozenset(known.seen)).entries()
    return tuple(sorted(entries, key=lambda entry: (entry.day, entry.summary, entry.uid)))


class _Dates:
    def __init__(
        self, timeline: SubjectTimeline, language: str, *, known: frozenset[str] | None = None
    ) -> None:
        self.of, self.language = timeline, language
        #: Where what is told is only supposed, what is known and told already.
        self.known = known
        #: The identities of all that it has, to come or over.
        self.seen: set[str] = set()
        self.position = timeline.position
        self.telling = Telling(timeline, language)
        self._used: dict[tuple[str, ...], int] = {}

    def entries(self) -> Iterator[CalendarEntry]:
        """Yield what is still to come."""
        for entry in self._entries():
            if self.known is None:
                yield entry
            elif entry.uid not in self.known:
                supposed = tell(self.language, "supposed: {text}", text=entry.summary)
                yield replace(entry, summary=supposed)

    def _entries(self) -> Iterator[CalendarEntry]:
        on = self.position.on
        for duty in self.position.duties:
            uid = self._uid("deadline", duty.deadline.id, *self._since(duty))
            if Fulfilment.OPEN in duty.possible and duty.due.latest >= on:
                yield self._duty(duty, uid)
        for one in self.position.terms:
            uid = self._uid("term", one.started.term, *self._event(one.started.event))
            if one.running is not False and one.started.end.latest >= on:
                yield self._term(one, uid)
        for bar in self.position.bars:
            uid = self._uid("bar", bar.application, bar.cause)
            if bar.until.high is not None and bar.until.high >= on:
                yield self._bar(bar, uid, bar.until.high)

    # What stays the same

    def _uid(self, *names: str) -> str:
        """Return an identity that no day is part of."""
        sheet = self.of.sheet
        key = (sheet.measure, sheet.name.en, sheet.name.zh, *names)
        again = self._used[key] = self._used.get(key, 0) + 1
        uid = str(uuid5(NAMESPACE_URL, "\n".join((*key, str(again)))))
        self.seen.add(uid)
        return uid

    def _since(self, duty: Duty) -> tuple[str, ...]:
        if duty.year is not None:
            return (str(duty.year),)
        return self._event(duty.calculated_from)

    def _event(self, place: int | None) -> tuple[str, ...]:
        """Return the kind of an event, and which of that kind it is."""
        if place is None:
            return ()
        kinds = [event.kind for event in self.of.sheet.events[: place + 1]]
        return kinds[-1], str(kinds.count(kinds[-1]))

    # What is said

    def _duty(self, duty: Duty, uid: str) -> CalendarEntry:
        office = self.telling.office(duty.deadline.office)
        lines = [
            self._line(tell(self.language, "By whom"), office),
            self.telling.duty_within(duty),
            *self._text(duty.deadline.origin, duty.version),
            self._line(tell(self.language, "Last day"), self.telling.day(duty.due)),
            self._line(tell(self.language, "Status"), status(self.telling, duty)),
        ]
        return self._first(uid, self.telling.duty(duty), duty.due, lines, office)

    def _term(self, one: TermOnDay, uid: str) -> CalendarEntry:
        text = tell(self.language, "the end of the {term}", term=one.term.label[self.language])
        days = {
            "From": self.telling.day(one.started.start),
            "Last day": self.telling.term_end(one),
        }
        lines = [
            *self._text(one.origin, one.started.version),
            *(self._line(tell(self.language, key), day) for key, day in days.items()),
            self._line(
                tell(self.language, say("On the day asked", context="on-day")),
                self.telling.term_runs(one),
            ),
        ]
        return self._first(uid, text, one.started.end, lines, tell(self.language, "term"))

    def _first(
        self, uid: str, text: str, days: Dates, lines: list[str], category: str
    ) -> CalendarEntry:
        """Return an entry on the first day that something may still be."""
        day = max(days.earliest, self.position.on)
        if not days.known:
            text = tell(self.language, "{text} (the earliest day)", text=text)
            passed = days.earliest < self.position.on
            lines.append(
                tell(
                    self.language,
                    "the day is not known exactly and may have passed already: it is "
                    "entered on the day asked about"
                    if passed
                    else "the day is not known exactly: it is entered on the first day that "
                    "is possible, which is in time in any case",
                )
            )
        return self._entry(uid, day, text, lines, category)

    def _bar(self, bar: RunningBar, uid: str, last: date) -> CalendarEntry:
        application = self.of.vocabulary.applications[bar.application][self.language]
        text = tell(self.language, "last day of a bar: {application}", application=application)
        lines = [
            self._line(tell(self.language, "follows from"), self.telling.cause(bar)),
            *self._text(bar.origin, bar.version),
            self._line(tell(self.language, "From"), self.telling.bar_from(bar)),
            self._line(tell(self.language, "Last day"), self.telling.day(bar.until)),
        ]
        lines += (
            [] if bar.certain else [tell(self.language, "whether it applies is not certain")]
        )
        if not bar.until.known:
            text = tell(self.language, "{text} (the latest day)", text=text)
            lines.append(
                tell(
                    self.language,
                    "the day is not known exactly: it is entered on the last day that is "
                    "possible, after which the bar is over in any case",
                )
            )
        return self._entry(uid, last, text, lines, tell(self.language, "bar"))

    def _entry(
        self, uid: str, day: date, text: str, lines: list[str], category: str
    ) -> CalendarEntry:
        summary = tell(
            self.language,
            "{subject}: {text}",
            subject=self.of.sheet.name[self.language],
            text=text,
        )
        return CalendarEntry(uid, day, summary, "\n".join(filter(None, lines)), category)

    def _text(self, origin: Origin, version: VersionIndex) -> Iterator[str]:
        """Yield where something stands, and what that rests on."""
        cite = self.telling.wordings[version].origin(origin)
        cited = tell(
            self.language, "{cite}, {text}", cite=cite, text=self.telling.instrument(version)
        )
        yield self._line(tell(self.language, "provision"), cited)
        basis = basis_word(origin.basis, self.language)
        yield self._line(tell(self.language, "Basis"), basis)

    def _line(self, label: str, text: str) -> str:
        return tell(self.language, "{label}: {text}", label=label, text=text) if text else ""
