"""What a calendar says of a timeline: duties that are due, terms and bars that end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from uuid import NAMESPACE_URL, uuid5

from ipcity_policy.engines.lifecycle.position import Duty, Fulfilment, RunningBar, TermOnDay
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.model import Localized, Origin
from ipcity_policy.questions.query import SubjectTimeline
from ipcity_policy.report.prose.position import Telling
from ipcity_policy.words.sentences import BASES, LABELS
from ipcity_policy.words.time_sentences import head

_WORDS: Mapping[str, Localized] = MappingProxyType(
    {
        "of": Localized("{subject}: {text}", "{subject}：{text}"),
        "line": Localized("{label}: {text}", "{label}：{text}"),
        "bar-ends": Localized(
            "last day of a bar: {application}", "限制期最后一日：{application}"
        ),
        "earliest": Localized("{text} (the earliest day)", "{text}（最早可能之日）"),
        "latest": Localized("{text} (the latest day)", "{text}（最晚可能之日）"),
        "why-earliest": Localized(
            "the day is not known exactly: it is entered on the first day that it may still "
            "be, by which one is in time in any case",
            "日期不确切：记于仍有可能的最早一日，至迟于该日办理必不逾期",
        ),
        "why-latest": Localized(
            "the day is not known exactly: it is entered on the last day that it may be, "
            "after which the bar is over in any case",
            "日期不确切：记于可能的最晚一日，该日之后限制期必已届满",
        ),
        "why-passed": Localized(
            "the day is not known exactly and may have passed already: it is entered on the "
            "day asked about",
            "日期不确切，且可能已过：记于所询日期",
        ),
        "perhaps": Localized("whether it applies is not certain", "是否适用尚不确定"),
        "cited": Localized("{cite}, {text}", "{text}{cite}"),
        "term": Localized("term", "周期"),
        "bar": Localized("bar", "限制期"),
        "cause": Localized("comes from", "起因"),
        "text": Localized("provision", "条款"),
    }
)


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

    def say(self, key: str, **parts: str) -> str:
        """Fill words of a calendar."""
        return _WORDS[key][self.language].format(**parts)

    def entries(self) -> Iterator[CalendarEntry]:
        """Yield what is still to come."""
        for entry in self._entries():
            if self.known is None:
                yield entry
            elif entry.uid not in self.known:
                supposed = self.telling.say("supposed", text=entry.summary)
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
        return self._event(duty.reckoned_from)

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
            self._line(head(self.language, "whose"), office),
            self.telling.duty_within(duty),
            *self._text(duty.deadline.origin, duty.version),
            self._line(head(self.language, "due"), self.telling.day(duty.due)),
            self._line(head(self.language, "became"), self.telling.became(duty)),
        ]
        return self._first(uid, self.telling.duty(duty), duty.due, lines, office)

    def _term(self, one: TermOnDay, uid: str) -> CalendarEntry:
        text = self.telling.say("end", term=one.term.label[self.language])
        days = {
            "from": self.telling.day(one.started.start),
            "until": self.telling.term_end(one),
        }
        lines = [
            *self._text(one.origin, one.started.version),
            *(self._line(head(self.language, key), day) for key, day in days.items()),
            self._line(head(self.language, "on-day"), self.telling.term_runs(one)),
        ]
        return self._first(uid, text, one.started.end, lines, self.say("term"))

    def _first(
        self, uid: str, text: str, days: Dates, lines: list[str], category: str
    ) -> CalendarEntry:
        """Return an entry on the first day that something may still be."""
        day = max(days.earliest, self.position.on)
        if not days.known:
            text = self.say("earliest", text=text)
            passed = days.earliest < self.position.on
            lines.append(self.say("why-passed" if passed else "why-earliest"))
        return self._entry(uid, day, text, lines, category)

    def _bar(self, bar: RunningBar, uid: str, last: date) -> CalendarEntry:
        application = self.of.vocabulary.applications[bar.application][self.language]
        text = self.say("bar-ends", application=application)
        lines = [
            self._line(self.say("cause"), self.telling.cause(bar)),
            *self._text(bar.origin, bar.version),
            self._line(head(self.language, "from"), self.telling.bar_from(bar)),
            self._line(head(self.language, "until"), self.telling.day(bar.until)),
        ]
        lines += [] if bar.certain else [self.say("perhaps")]
        if not bar.until.known:
            text = self.say("latest", text=text)
            lines.append(self.say("why-latest"))
        return self._entry(uid, last, text, lines, self.say("bar"))

    def _entry(
        self, uid: str, day: date, text: str, lines: list[str], category: str
    ) -> CalendarEntry:
        summary = self.say("of", subject=self.of.sheet.name[self.language], text=text)
        return CalendarEntry(uid, day, summary, "\n".join(filter(None, lines)), category)

    def _text(self, origin: Origin, text: int) -> Iterator[str]:
        """Yield where something stands, and what that rests on."""
        cite = self.telling.wordings[text].origin(origin)
        cited = self.say("cited", cite=cite, text=self.telling.instrument(text))
        yield self._line(self.say("text"), cited)
        basis = BASES[origin.basis][self.language]
        yield self._line(LABELS["basis"][self.language], basis)

    def _line(self, label: str, text: str) -> str:
        return self.say("line", label=label, text=text) if text else ""
