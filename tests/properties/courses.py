"""A generated law of time: plain data, how it is made, and how it is written as rule files.

The subject is a mooring with its berths; it has nothing to do with any measure that is shipped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from tests.properties.files import Tree, block, words

MEASURE, SUBJECT, OFFICE, APPLICATIONS = "moorings", "mooring", "harbour", ("berth", "buoy")
#: A number that a decision asks about, and the facts that guard transitions otherwise.
SCORE, MARKS = "draught", ("lit", "dry")
#: A date that nothing derives, for bars that run from it.
STATED = "survey-day"
FLOOR = 10

#: How many of what.
Period = tuple[int, str]


@dataclass(frozen=True)
class Bar:
    """A bar on an application for a period after the day that a fact names."""

    application: str
    period: str
    after: str


@dataclass(frozen=True)
class Move:
    """That an event leads from some states, or any, to another."""

    name: str
    event: str
    sources: tuple[str, ...] | None
    target: str
    round: str = "same"
    #: A fact that must be yes.
    mark: str = ""
    #: The outcome that the decision must give.
    gives: str = ""
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True)
class Term:
    """A time that runs in a state."""

    name: str
    state: str
    lasts: str
    then: str | None
    #: The states in which it goes on.
    through: tuple[str, ...] = ()


@dataclass(frozen=True)
class Duty:
    """A deadline: a time after a moment, or a day of each year."""

    name: str
    met_by: tuple[str, ...]
    during: tuple[str, ...] = ()
    within: str = ""
    #: Each `event`, `start` or `end`, and of what.
    after: tuple[tuple[str, str], ...] = ()
    yearly: tuple[int, int] | None = None
    governed_by: tuple[str, str] | None = None
    #: Of one after the end of a term: whether an event before that meets it.
    early: bool = False
    #: Of one of each year: the term in which its day lies.
    in_term: str = ""
    #: Whether it is an option, which need not be used.
    option: bool = False


@dataclass(frozen=True)
class Lapse:
    """What follows when a duty was not met."""

    name: str
    missed: str
    sources: tuple[str, ...]
    target: str
    unless: str = ""
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True)
class Version:
    """What one version says."""

    since: date
    states: tuple[str, ...]
    moves: tuple[Move, ...]
    terms: tuple[Term, ...]
    duties: tuple[Duty, ...]
    lapses: tuple[Lapse, ...]
    periods: Mapping[str, Period]
    #: By fact the key of what it follows from, and what stands there.
    derived: Mapping[str, tuple[str, tuple[str, ...]]]
    #: By fact the states that go with each of its options.
    by_state: Mapping[str, Mapping[str, tuple[str, ...]]]
    opening_day: bool = False
    closing_day: bool = True
    #: Of facts since when: the states in which a stay before does not count, and those of
    #: which each round is a stay of its own.
    lost_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    anew: frozenset[str] = frozenset()
    #: By fact the application of which it says whether it is barred.
    barred: Mapping[str, str] = field(default_factory=dict)
    #: By fact the event that states of it what holds of a year, and the fact it is stated as.
    by_year: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    #: What failing the decision brings.
    failing: tuple[Bar, ...] = ()
    #: The entries, by name, of which the text is only assumed.
    assumed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Law:
    """All versions, the oldest first, and the events that there are."""

    events: tuple[str, ...]
    versions: tuple[Version, ...] = field(default=())


STAY = "stay-day"
DATES = ("latest-day", "term-day", STAY, "duty-day")
WHEREABOUTS, OPTIONS = "whereabouts", ("ashore", "afloat")
BARRED = {f"barred-from-{name}": name for name in APPLICATIONS}
#: The keys of derived facts that name one thing.
_ONE = ("start-of", "end-of", "last-day-for")


class Maker:
    """Makes laws of time; their periods are no shorter than `shortest` days."""

    def __init__(self, random: Random, *, shortest: int = 3) -> None:
        self.random, self.shortest = random, shortest

    def law(self) -> Law:
        """Make a law of one version, or of two that differ a little."""
        events = tuple(f"event-{n}" for n in range(self.random.randint(3, 7)))
        first = self._version(events)
        if self.random.random() < 0.5:
            return Law(events, (first,))
        return Law(events, (first, self._amended(first)))

    def _some(self, of: Sequence[str], least: int = 1, most: int = 3) -> tuple[str, ...]:
        number = self.random.randint(min(least, len(of)), min(most, len(of)))
        return tuple(sorted(self.random.sample(list(of), number)))

    def period(self) -> Period:
        """Make a period."""
        unit = self.random.choice(("days", "days", "weeks", "months", "months", "years"))
        most = {"days": 90, "weeks": 8, "months": 7, "years": 2}[unit]
        least = self.shortest if unit == "days" else 1
        return self.random.randint(least, most), unit

    def _version(self, events: tuple[str, ...]) -> Version:
        pick = self.random
        states = tuple(f"state-{n}" for n in range(pick.randint(2, 5)))
        moving = events[: pick.randint(2, len(events))]
        terms = tuple(
            Term(
                f"term-{n}",
                state,
                f"period-{n}",
                pick.choice((None, *states, *states)),
                self._some(states) if pick.random() < 0.3 else (),
            )
            for n, state in enumerate(self._some(states, 0, 3))
        )
        duties = self._duties(events, states, terms)
        once = [duty.name for duty in duties if duty.yearly is None]
        lapses = tuple(
            Lapse(
                f"lapse-{n}",
                pick.choice(once),
                self._some(states),
                pick.choice(states),
                pick.choice(("", "", *once)),
            )
            for n in range(pick.randint(0, 2) if once else 0)
        )
        derived = self._derived(events, states, terms, lapses)
        if once:
            derived["duty-day"] = ("last-day-for", (pick.choice(once),))
        stayed = derived[STAY][1]
        elsewhere = [state for state in states if state not in stayed]
        periods = {
            name: self.period()
            for name in (
                *(term.lasts for term in terms),
                *(duty.within for duty in duties if duty.within),
                "pause",
                "long-pause",
            )
        }
        named = [fact for fact in derived if fact in DATES]
        lapses = tuple(replace(one, bars=self._bars(named)) for one in lapses)
        moves = tuple(
            self._move(f"move-{n}", moving[n % len(moving)], states, named)
            for n in range(len(moving) + pick.randint(0, 3))
        )
        moves = _one_way(moves, states)
        inside = self._some(states, 1, 4)
        outside = tuple(state for state in states if state not in inside)
        return Version(
            date(1990, 1, 1),
            states,
            moves,
            terms,
            duties,
            lapses,
            periods,
            derived,
            {WHEREABOUTS: {"ashore": inside, **({"afloat": outside} if outside else {})}},
            pick.random() < 0.4,
            pick.random() < 0.7,
            {STAY: self._some(elsewhere, 1, 2)} if elsewhere and pick.random() < 0.4 else {},
            frozenset({STAY}) if pick.random() < 0.3 else frozenset(),
            BARRED,
            {},
            self._bars(named),
        )

    def _bars(self, named: Sequence[str]) -> tuple[Bar, ...]:
        if self.random.random() < 0.5:
            return ()
        return (
            Bar(
                self.random.choice(APPLICATIONS),
                self.random.choice(("pause", "long-pause")),
                self.random.choice((STATED, *named, *named, *named)),
            ),
        )

    def _move(self, name: str, event: str, states: Sequence[str], named: Sequence[str]) -> Move:
        pick = self.random
        number = MARKS.index(pick.choice(MARKS))
        guard = pick.random()
        return Move(
            name,
            event,
            None if pick.random() < 0.2 else self._some(states),
            pick.choice(states),
            pick.choice(("first", "next", "same")),
            MARKS[number] if guard < 0.2 else "",
            pick.choice(("fails", "passes")) if guard > 0.8 else "",
            self._bars(named),
        )

    def _duties(
        self, events: Sequence[str], states: Sequence[str], terms: Sequence[Term]
    ) -> tuple[Duty, ...]:
        pick = self.random
        apart = Random(len(events))  # so that a seed gives the law that it gave before
        aside = Random(repr((events, states, terms)))
        found: list[Duty] = []
        for number in range(pick.randint(0, 4)):
            name, met_by = f"duty-{number}", self._some(events, 1, 2)
            if pick.random() < 0.2:
                day = pick.choice(((1, 31), (2, 28), (6, 30)))
                term = aside.choice((None, None, *terms))
                in_term = "" if term is None else term.name
                duty = Duty(name, met_by, self._some(states), yearly=day, in_term=in_term)
                found.append(duty)
                continue
            moments = [("event", event) for event in events]
            moments += [(which, term.name) for term in terms for which in ("start", "end")] * 2
            after = pick.choice(moments)
            found.append(
                Duty(
                    name,
                    met_by,
                    self._some(states) if pick.random() < 0.3 else (),
                    f"time-{number}",
                    (after, *apart.sample(moments, apart.choice((0, 0, 0, 1)))),
                    None,
                    pick.choice(moments) if pick.random() < 0.3 else None,
                    after[0] == "end" and pick.random() < 0.4,
                    option=aside.random() < 0.3,
                )
            )
        return tuple(found)

    def _derived(
        self,
        events: Sequence[str],
        states: Sequence[str],
        terms: Sequence[Term],
        lapses: Sequence[Lapse],
    ) -> dict[str, tuple[str, tuple[str, ...]]]:
        names = [*events, *(lapse.name for lapse in lapses)]
        found = {
            "latest-day": ("day-of", self._some(names)),
            STAY: ("since", self._some(states)),
        }
        if terms:
            term = self.random.choice([term.name for term in terms])
            found["term-day"] = (self.random.choice(("start-of", "end-of")), (term,))
        return found

    def _amended(self, first: Version) -> Version:
        """Return a later version: some periods are others, a move and a lapse may be gone."""
        pick = self.random
        periods = {
            name: self.period() if pick.random() < 0.4 else period
            for name, period in first.periods.items()
        }
        gone = pick.choice((*first.moves, None))
        moves = tuple(move for move in first.moves if move != gone)
        kept = tuple(lapse for lapse in first.lapses if pick.random() < 0.8)
        names = {lapse.name for lapse in first.lapses} - {lapse.name for lapse in kept}
        key, days = first.derived["latest-day"]
        left = tuple(name for name in days if name not in names) or (first.moves[0].event,)
        return replace(
            first,
            since=date(2003, pick.randint(1, 12), pick.randint(1, 28)),
            moves=moves,
            lapses=kept,
            periods=periods,
            derived={**first.derived, "latest-day": (key, left)},
            opening_day=pick.random() < 0.3,
        )


def _one_way(moves: Sequence[Move], states: Sequence[str]) -> tuple[Move, ...]:
    """Return the moves so that one event leads from one state in one way, or as one outcome."""
    found: list[Move] = []
    for move in moves:
        taken = {
            state
            for other in found
            if other.event == move.event and {other.gives, move.gives} != {"fails", "passes"}
            for state in other.sources or states
        }
        left = tuple(state for state in move.sources or states if state not in taken)
        if left:
            found.append(replace(move, sources=left if taken else move.sources))
    return tuple(found)


# As files


def course_files(law: Law) -> dict[str, str]:
    """Write a law as the files of a measure."""
    files: dict[str, Tree] = {"facts.yaml": _vocabulary(law)}
    ends = [version.since.isoformat() for version in law.versions[1:]]
    for number, version in enumerate(law.versions):
        until = [*ends, "open"][number]
        files[f"{number + 1}/measure.yaml"] = {
            **words("title", "title", number),
            "in-force": {
                "from": version.since.isoformat(),
                "until": until,
                "basis": "attested",
            },
        }
        files[f"{number + 1}/article-01.yaml"] = _article(version)
    return {name: block(tree) + "\n" for name, tree in files.items()}


def _vocabulary(law: Law) -> Tree:
    kinds: dict[str, dict[str, Tree]] = {
        SCORE: {"type": "number", "unit": "feet", "range": "0 to 100"},
        **{mark: {"type": "yes-no"} for mark in MARKS},
        **{name: {"type": "date"} for name in (STATED, *DATES)},
        WHEREABOUTS: {
            "type": "choice",
            "options": {one: words("label", one, 1) for one in OPTIONS},
        },
        **{fact: {"type": "yes-no"} for fact in BARRED},
    }
    return {
        "measure": MEASURE,
        **words("title", MEASURE, 0),
        "subject": {"key": SUBJECT, **words("label", SUBJECT, 0)},
        "units": {"feet": words("label", "feet", 0)},
        "offices": {OFFICE: words("label", OFFICE, 0)},
        "applications": {name: words("label", name, 0) for name in APPLICATIONS},
        "events": {name: words("label", name, n) for n, name in enumerate(law.events)},
        "facts": {
            name: {**kind, **words("label", name, n), **words("asks", name, n)}
            for n, (name, kind) in enumerate(kinds.items())
        },
    }


def _article(version: Version) -> Tree:
    lengths = {name: f"{n} {unit}" for name, (n, unit) in version.periods.items()}
    parameters = {**lengths, "floor": f"{FLOOR} feet"}
    first = version.states[0]
    kinds: dict[str, dict[str, Tree]] = {
        "parameters": {
            name: {"value": value, **words("label", name, 1)}
            for name, value in parameters.items()
        },
        "decisions": {"test": _test(version)},
        "states": {
            name: {
                **words("label", name, n),
                **({"initial": "yes"} if name == first else {}),
            }
            for n, name in enumerate(version.states)
        },
        "transitions": {move.name: _transition(move) for move in version.moves},
        "terms": {
            term.name: {
                **words("label", term.name, 1),
                "of": term.state,
                "lasts": term.lasts,
                **({"then": term.then} if term.then else {}),
                **({"through": term.through} if term.through else {}),
            }
            for term in version.terms
        },
        "deadlines": {duty.name: _deadline(duty) for duty in version.duties},
        "lapses": {
            lapse.name: {
                **words("label", lapse.name, 1),
                "missed": lapse.missed,
                "from": lapse.sources,
                "to": lapse.target,
                **({"unless-missed": lapse.unless} if lapse.unless else {}),
                **_effects(lapse.bars),
            }
            for lapse in version.lapses
        },
        "derived": {
            **{
                fact: {
                    key: names[0] if key in _ONE else names,
                    **({"lost-in": version.lost_in[fact]} if fact in version.lost_in else {}),
                    **({"each-round": "begins-anew"} if fact in version.anew else {}),
                }
                for fact, (key, names) in version.derived.items()
            },
            **{fact: {"by-state": dict(states)} for fact, states in version.by_state.items()},
            **{fact: {"barred": name} for fact, name in version.barred.items()},
        },
        "counting": {
            "periods": {
                "opening-day": "counted" if version.opening_day else "not-counted",
                "last-day": "included" if version.closing_day else "excluded",
            }
        },
    }
    return {
        "article": "1",
        **words("title", "article", 1),
        "basis": "attested",
        **{kind: _marked(version, entries) for kind, entries in kinds.items() if entries},
    }


def _marked(version: Version, entries: dict[str, Tree]) -> dict[str, Tree]:
    """Return entries with the basis of those that are assumed."""
    return {
        name: {**entry, "basis": "assumed"}
        if name in version.assumed and isinstance(entry, dict)
        else entry
        for name, entry in entries.items()
    }


def _test(version: Version) -> Tree:
    bands = [
        {
            "outcome": "fails",
            **words("says", "fails", 1),
            "when": "below floor",
            **_effects(version.failing),
        },
        {"outcome": "passes", **words("says", "passes", 2), "when": "otherwise"},
    ]
    return {**words("asks", "test", 0), "by": SCORE, "bands": bands}


def _transition(move: Move) -> Tree:
    return {
        "event": move.event,
        "from": "any" if move.sources is None else move.sources,
        "to": move.target,
        "round": move.round,
        **({"when": f"{move.mark} is yes"} if move.mark else {}),
        **({"decision": "test", "gives": move.gives} if move.gives else {}),
        **_effects(move.bars),
    }


def _deadline(duty: Duty) -> Tree:
    of = "option-of" if duty.option else "duty-of"
    said: dict[str, Tree] = {**words("says", duty.name, 1), of: OFFICE}
    if duty.yearly is not None:
        said["each-year-by"] = f"{duty.yearly[0]:02}-{duty.yearly[1]:02}"
    else:
        said |= {"within": duty.within, "after": [*map(_moment, dict.fromkeys(duty.after))]}
        if duty.governed_by is not None:
            said["governed-by"] = _moment(duty.governed_by)
    if duty.during:
        said["during"] = duty.during
    if duty.in_term:
        said["in-term"] = duty.in_term
    if duty.early:
        said["early"] = "counts"
    return {**said, "met-by": duty.met_by}


def _moment(moment: tuple[str, str]) -> str:
    of, name = moment
    return name if of == "event" else f"{of} of {name}"


def _effects(bars: Sequence[Bar]) -> dict[str, Tree]:
    if not bars:
        return {}
    said = [f"bar {bar.application} for {bar.period} after {bar.after}" for bar in bars]
    return {"effects": said}
