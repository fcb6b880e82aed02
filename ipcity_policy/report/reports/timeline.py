"""A timeline as a report: where the subject stands, what is due, and how it came there."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ipcity_policy.engines.lifecycle.position import (
    Position,
    PositionDependence,
    StepTaken,
    SupposedPosition,
)
from ipcity_policy.lang.values import NEVER, Dates
from ipcity_policy.law.model import Origin
from ipcity_policy.questions.query import SubjectTimeline
from ipcity_policy.report.block import (
    Block,
    Fold,
    Heading,
    Items,
    Mark,
    Table,
    Tree,
    TreeLine,
)
from ipcity_policy.report.charts.gantt import course_of
from ipcity_policy.report.prose import summary
from ipcity_policy.report.prose.assumptions import assumptions
from ipcity_policy.report.prose.differences import differences
from ipcity_policy.report.prose.duties import status
from ipcity_policy.report.prose.interpretations import adoption_blocks, replay_texts
from ipcity_policy.report.prose.position import Telling
from ipcity_policy.report.prose.prospects import next_text
from ipcity_policy.report.prose.suppositions import gaps_over_time, supposing, wanting
from ipcity_policy.report.reports.citations import (
    attests,
    provisions_table,
    texts_seen,
)
from ipcity_policy.report.reports.readings import chosen_text
from ipcity_policy.text.digest import broken
from ipcity_policy.text.inline import Badge, RichText
from ipcity_policy.text.message import Message, say, tell
from ipcity_policy.words.sentences import rules_from

#: More states than so many are not named one by one.
MANY_STATES = 4
#: The columns of the tables of terms and of duties.
_TERM = (
    say("Term"),
    say("From"),
    say("Last day"),
    say("On the day asked", context="on-day"),
)
_DUTY = (say("Last day"), say("What is to be done"), say("By whom"), say("Status"))
#: The list of which the entries stand in the order of their days, and that is never left out.
_STEPS = say("How it reached this state")
#: What the cells of a row say.
Cells = tuple[str, ...]


def timeline_report(timeline: SubjectTimeline, language: str) -> Iterator[Block]:
    """Yield the report of where a subject stands on a day."""
    yield from _Report(timeline, language).blocks()


class _Report:
    def __init__(self, timeline: SubjectTimeline, language: str) -> None:
        self.of = timeline
        self.position = timeline.position
        self.telling = Telling(timeline, language)
        self.language = language
        #: The same with what is assumed; None where nothing depends on that.
        self.beside: _Report | None = None
        supposed = timeline.as_supposed
        if supposed is not None:
            self.beside = _Report(supposed, language)

    def blocks(self) -> Iterator[Block]:
        """Yield the whole report."""
        telling, position = self.telling, self.position
        name, chinese = self.of.sheet.name[self.language], self.of.sheet.name["zh"]
        subject = name if chinese in name or self.language == "zh" else f"{name} ({chinese})"
        day = telling.day(Dates(position.on, position.on))
        yield Heading(
            tell(
                self.language,
                "{subject}: position on {day}",
                subject=subject,
                day=day,
            ),
            1,
        )
        yield Table((), tuple(self._summary()))
        course = course_of(self.of, self.language)
        yield from [course] if course is not None else []
        yield from self._tables()
        beside = self.beside.lists() if self.beside is not None else {}
        for title, texts in self.lists().items():
            told, known = dict(texts), {of[:2] for of in texts}
            for of, text in beside.get(title, {}).items():
                # A step is told once, as it is known; a bar also with other days.
                if text not in texts.values() and not (title is _STEPS and of[:2] in known):
                    told[*of, ""] = tell(self.language, "supposed: {text}", text=text)
            said = list(told.values())
            if title is _STEPS:
                said = [told[of] for of in sorted(told, key=_since)]
            if not said and title is _STEPS:
                said = [tell(self.language, "no event changed its state by this day")]
            if said:
                yield Heading(title[self.language])
                yield Items(tuple(said))
        follows = tuple(self._facts())
        if follows:
            yield Heading(tell(self.language, "What follows for decisions"))
            yield Table((), follows)
        yield from self._readings()
        yield from adoption_blocks(self.of.adoptions, self.of.vocabulary, self.language)
        presumed = tuple(assumptions(self.beside.telling if self.beside else telling))
        if presumed:
            yield Heading(tell(self.language, "Assumptions"))
            yield Items(presumed)
        tables = tuple(self._provisions())
        if tables:
            yield Fold(tell(self.language, "The provisions cited"), tables)
        yield Heading(tell(self.language, "To check and repeat this answer"))
        yield Table((), tuple(self._replay()))

    def lists(self) -> Mapping[Message, Mapping[tuple[object, ...], str]]:
        """Return the lists of the report by title: what each entry is of, and what it says."""
        telling, position = self.telling, self.position
        return {
            say("Bars"): {
                (bar.application, bar.cause, bar.since, bar.until): telling.bar_runs(bar)
                for bar in position.bars
            },
            say("Events without effect, as the text is read here"): {
                (one.event,): telling.conflict(one) for one in position.conflicts
            },
            say("What may come next"): {
                (one.move.id, one.target, one.version): next_text(telling, one)
                for one in position.prospects
            },
            _STEPS: {
                (one.step.day, _by(one), one.step.id): telling.step(one)
                for one in position.steps
            },
        }

    # The answer

    def _summary(self) -> Iterator[tuple[str, str]]:
        telling, position = self.telling, self.position
        first, *others = self._state()
        yield tell(self.language, "State"), RichText(Badge(first, "answer"))
        yield from (("", f"- {one}") for one in others)
        if self.beside is not None and self.of.supposed is not None:
            first, *others = self.beside._state()
            gaps = gaps_over_time(self.of.supposed)
            yield tell(self.language, "Supposing"), supposing(gaps, first, self.language)
            yield from (("", f"- {one}") for one in others)
        reached = {place.state for place in position.states}
        others = [one for one in position.possible if one not in reached]
        if others and not position.lost:
            yield tell(self.language, "Possible"), self._others(others)
        open_ = position.state is None or not position.covered or len(position.states) > 1
        for label, texts in (
            (say("As chosen"), summary.chosen(telling)),
            (say("In other readings"), summary.elsewhere(telling)),
            (say("Why not known"), summary.why_open(telling) if open_ else ()),
            (say("Days not exact"), summary.spans(telling)),
            (say("Under"), summary.instruments(telling)),
        ):
            for number, text in enumerate(texts):
                yield "" if number else label[self.language], text
        for number, text in enumerate(self._texts_seen()):
            yield "" if number else tell(self.language, "Text"), text

    def _texts_seen(self) -> Iterator[str]:
        """Yield from which texts it is told."""
        cites = self._cites()
        texts = [
            program
            for number, program in enumerate(self.telling.versions)
            if attests(one for version, one in cites if version == number)
        ]
        applied = (self.telling.versions[number] for number in self.telling.resting_on)
        yield from texts_seen(applied, texts, self.language)

    def _others(self, states: Sequence[str]) -> str:
        """Say in which states a subject may stand by events that are not stated."""
        telling = self.telling
        if len(states) > MANY_STATES:
            return tell(
                self.language,
                "because of events that are not stated, any other state cannot be excluded",
            )
        said = tell(self.language, "; ").join(map(telling.state, states))
        return tell(
            self.language,
            "because of events that are not stated, also one of these: {states}",
            states=said,
        )

    def _state(self) -> list[str]:
        telling, position = self.telling, self.position
        places = [telling.place(place) for place in position.states]
        if not places and position.lost and self.of.supposed is not None:
            return [self._for_want(self.of.supposed)]
        if not places:
            return [
                tell(
                    self.language,
                    "not known: so much is open that the course of events could not be followed"
                    if position.lost
                    else "not known",
                )
            ]
        if len(places) == 1:
            if position.covered:
                return places
            return [
                tell(
                    self.language,
                    "by the events that are stated: {state}",
                    state=places[0],
                )
            ]
        template = (
            say("not known; it is one of these:")
            if position.covered
            else say("by the events that are stated, one of these:")
        )
        return [tell(self.language, template), *places]

    def _for_want(self, supposed: SupposedPosition) -> str:
        """Say where it last was known to stand, and for want of what no more is."""
        telling = self.telling
        places = wanting(gaps_over_time(supposed), self.of.vocabulary, self.language)
        last = self.position.steps[-1] if self.position.steps else None
        if last is None or not (last.certain and last.last_known):
            return tell(self.language, "not known without the text of {places}", places=places)
        state = telling.state(last.step.target)
        state = tell(self.language, "{label} ({id})", label=state, id=last.step.target)
        day = telling.day(last.step.day)
        return tell(
            self.language,
            "{state}, since {day}; until when is not known without the text of {places}",
            state=state,
            day=day,
            places=places,
        )

    # Terms and duties

    def _tables(self) -> Iterator[Block]:
        beside = self.beside
        for title, columns, named, own, others in (
            (say("Terms"), _TERM, 0, self.terms(), beside and beside.terms()),
            (say("Deadlines"), _DUTY, 1, self.duties(), beside and beside.duties()),
        ):
            rows = tuple(self._beside(own, others or {}, named))
            if rows:
                yield Heading(title[self.language])
                yield Table(tuple(column[self.language] for column in columns), rows)

    def terms(self) -> Mapping[tuple[object, ...], Cells]:
        """Return the rows of the terms, by what they are."""
        telling = self.telling
        return {
            (one.term.id, one.started.event, one.started.version): (
                telling.term(one),
                telling.day(one.started.start),
                telling.term_end(one),
                telling.term_runs(one),
            )
            for one in self.position.terms
        }

    def duties(self) -> Mapping[tuple[object, ...], Cells]:
        """Return the rows of the duties, by what they are."""
        telling, found = self.telling, dict[tuple[object, ...], Cells]()
        seen = Counter[tuple[object, ...]]()
        for duty in self.position.duties:
            again = seen[duty.what]
            seen[duty.what] += 1
            found[*duty.what, again] = (
                telling.due(duty),
                telling.duty_within(duty),
                telling.office(duty.deadline.office),
                status(telling, duty),
            )
        return found

    def _beside(
        self,
        own: Mapping[tuple[object, ...], Cells],
        others: Mapping[tuple[object, ...], Cells],
        named: int,
    ) -> Iterator[Cells]:
        """Yield rows with what is supposed beside what is known; `named` is what names one."""
        for key, row in own.items():
            other = others.get(key, row)
            yield tuple(
                cell
                if cell == beside or place == named
                else tell(
                    self.language, "{text}; supposing this: {other}", text=cell, other=beside
                )
                for place, (cell, beside) in enumerate(zip(row, other, strict=True))
            )
        for key, row in others.items():
            if key not in own:
                yield (
                    *row[:named],
                    tell(self.language, "supposed: {text}", text=row[named]),
                    *row[named + 1 :],
                )

    def _facts(self) -> Iterator[tuple[str, str]]:
        """Yield the facts that decisions take from the events."""
        wording = self.telling.wordings[self.telling.today]
        known = {
            fact: self.telling.fact(one)
            for fact, one in self.position.derived.items()
            if one.value != NEVER  # what did not happen is not said of each day
        }
        beside = self.beside
        others = beside.position.derived if beside is not None else {}
        for fact in dict.fromkeys((*known, *others)):
            said = known.get(fact)
            if beside is not None and fact in others and others[fact].value != NEVER:
                other = beside.telling.fact(others[fact])
                if said is None:
                    said = tell(self.language, "supposed: {text}", text=other)
                elif said != other:
                    said = tell(
                        self.language,
                        "{text}; supposing this: {other}",
                        text=said,
                        other=other,
                    )
            if said is not None:
                yield wording.label(fact), said

    # What it depends on

    def _readings(self) -> Iterator[Block]:
        title, beside = tell(self.language, "Other readings of the text"), self.beside
        branches = self.readings()
        yield Heading(title)
        yield (
            Tree(branches)
            if branches
            else Items(
                (
                    tell(
                        self.language,
                        "no other reading of the text changes what is said of this day",
                    ),
                )
            )
        )
        supposed = beside.readings() if beside is not None else ()
        if supposed and supposed != branches:
            yield Heading(tell(self.language, "{title}, supposing this", title=title))
            yield Tree(supposed)

    def readings(self) -> tuple[TreeLine, ...]:
        """Return the readings that it depends on, with what the other options give."""
        found: dict[tuple[str, ...], str] = {}
        ordered = sorted(self.of.dependences, key=self._weight)
        return tuple(self._turn(turn, found) for turn in ordered)

    def _weight(self, turn: PositionDependence) -> int:
        """Tell how much depends on a reading: the state first, then a bar, then a day."""
        own, others = self.position, turn.others.values()
        if any(_states(one) != _states(own) for one in others):
            return 0
        return 1 if any(_barred(one) != _barred(own) for one in others) else 2

    def _turn(self, turn: PositionDependence, found: dict[tuple[str, ...], str]) -> TreeLine:
        said = chosen_text(turn.reading, turn.chosen, self.telling.wordings[0])
        options = tuple(
            self._option(turn, option, one, found) for option, one in turn.others.items()
        )
        return TreeLine(Mark.NONE, said, below=options)

    def _option(
        self,
        turn: PositionDependence,
        option: str,
        other: Position,
        found: dict[tuple[str, ...], str],
    ) -> TreeLine:
        """Return what an option gives; `found` holds the choice that gave the same before."""
        telling = self.telling
        says = turn.reading.options[option].says[self.language]
        # The provisions that another position rests on have no place in the report.
        differs = tuple(map(str, differences(telling, other)))
        if differs and any(program.history.counting.rest_days for program in other.versions):
            differs += tuple(why.text(self.language) for why in self.of.no_calendars)
        if not differs:
            return TreeLine(
                Mark.NONE,
                tell(self.language, "If instead {says}, nothing here changes.", says=says),
            )
        choice = f"{turn.reading.id}={option}"
        said = tell(
            self.language,
            "If instead {says} (--reading {choice}):",
            says=says,
            choice=choice,
        )
        before = found.setdefault(differs, choice)
        if before != choice and len(differs) > 1:
            differs = (
                tell(self.language, "the same as with --reading {choice}", choice=before),
            )
        return TreeLine(
            Mark.NONE, said, below=tuple(TreeLine(Mark.NONE, one) for one in differs)
        )

    def _cites(self) -> dict[tuple[int, Origin], None]:
        found = dict.fromkeys(self.telling.origins(self.position))
        return found | (self.beside._cites() if self.beside is not None else {})

    def _provisions(self) -> Iterator[Block]:
        """Yield all provisions that are cited, in a table for each version, newest first."""
        seen: set[str] = set()
        for version in reversed(range(len(self.telling.versions))):
            origins = [one for number, one in self._cites() if number == version]
            wording = self.telling.wordings[version]
            named = {wording.anchor(one): one for one in origins}
            new = [one for anchor, one in named.items() if anchor not in seen]
            seen |= named.keys()
            if new:
                yield provisions_table(new, wording)

    def _replay(self) -> Iterator[tuple[str, str]]:
        of, language = self.of, self.language
        for id, digest in of.rules.texts.items():
            yield tell(language, "rule files"), f"{id} {broken(digest)}"
        yield tell(language, "facts"), broken(of.sheet.digest)
        on = of.position.on
        yield tell(language, "day asked about"), self.telling.day(Dates(on, on))
        if of.version is not None:
            yield tell(language, "version asked for"), of.version
        for name, value in (*of.chosen.items(), *of.parameters.items()):
            yield tell(language, "chosen"), f"{name}={value}"
        for text in replay_texts(of.adoptions, language):
            yield tell(language, "chosen"), text
        if of.strict:
            yield tell(language, "nothing assumed"), "--strict"
        yield from ((tell(language, "rest days"), name) for name in of.calendars)
        yield tell(language, "program"), of.engine
        yield tell(language, "rules from"), rules_from(of.policies, language)


def _by(taken: StepTaken) -> object:
    """Return what a step was taken by: its event; where none did it, what came by itself."""
    return taken.step.id if taken.step.event is None else taken.step.event


def _since(of: tuple[object, ...]) -> date:
    """Return the first day of a step, by what it is of."""
    day = of[0]
    assert isinstance(day, Dates)  # INVARIANT: a step is told by its day
    return day.earliest


def _states(position: Position) -> set[str]:
    return {place.state for place in position.states}


def _barred(position: Position) -> set[str]:
    return {bar.application for bar in position.bars}
