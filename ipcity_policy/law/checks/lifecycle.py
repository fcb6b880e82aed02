"""Check what a version says of time: every name in it is one of its kind, every period one."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Protocol, TypeVar

from ipcity_policy.lang import syntax
from ipcity_policy.lang.datatypes import (
    YES_NO,
    ChoiceType,
    DateType,
    FactType,
    NumberType,
    PeriodType,
    SeriesType,
    name_of,
)
from ipcity_policy.lang.time_limits import PERIOD_KINDS, Counting
from ipcity_policy.law.checks.checking import Checking
from ipcity_policy.law.checks.reachability import check_reach, check_starts, check_ways
from ipcity_policy.law.lifecycle import (
    OF_TIME,
    Barred,
    ByState,
    ByYear,
    DayOf,
    Deadline,
    Derived,
    DerivedFrom,
    Guard,
    History,
    Lapse,
    Moment,
    OfDuty,
    OfTerm,
    Since,
    State,
    Term,
    Transition,
)
from ipcity_policy.law.model import Basis, Decision, Fact, Localized
from ipcity_policy.law.reader import Entry, child, entries_of, items_of, text_of, words_of
from ipcity_policy.law.schemas.lifecycle import ANY
from ipcity_policy.text.diagnostic import has_errors
from ipcity_policy.text.fixes import nearest
from ipcity_policy.text.message import say
from ipcity_policy.text.subject import EntryKey, EntryKind
from ipcity_policy.yaml.document import Node, Scalar


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_Named)

#: The keys of a duty that is due once, and of one that is due each year.
_ONCE, _YEARLY = ("within", "after"), ("each-year-by", "during")
#: What may be added of a duty of each year.
_OF_YEARLY = ("not-before", "in-term")
#: The keys of a derived fact that say what it follows from; exactly one is written.
_SOURCES = (
    "day-of",
    "start-of",
    "end-of",
    "last-day-for",
    "since",
    "by-state",
    "barred",
    "by-year",
)


def check_history(check: Checking, decisions: Mapping[str, Decision]) -> History:
    """Return what the version says of time, and report what is wrong with it."""
    before = len(check.diagnostics), len(check.names.diagnostics)
    history = _History(check, decisions).read()
    found = (*check.diagnostics[before[0] :], *check.names.diagnostics[before[1] :])
    check_starts(check, history)
    if not has_errors(found):  # else what seems out of reach may only be misspelled
        check_ways(check, history)
        check_reach(check, history)
    return history


class _History:
    def __init__(self, check: Checking, decisions: Mapping[str, Decision]) -> None:
        self.check, self.decisions = check, decisions
        entries = check.version.entries.values()
        self.entries: dict[EntryKind, list[Entry]] = {kind: [] for kind in OF_TIME}
        for entry in entries:
            if entry.kind in OF_TIME:
                self.entries[entry.kind].append(entry)
        self.decided = {entry.id for entry in entries if entry.kind is EntryKind.DECISION}
        self.ids = {kind: {entry.id for entry in found} for kind, found in self.entries.items()}

    def read(self) -> History:
        return History(
            states={e.id: self._state(e) for e in self._each(EntryKind.STATE)},
            transitions=_by_id(map(self._transition, self._each(EntryKind.TRANSITION))),
            terms=_by_id(map(self._term, self._each(EntryKind.TERM))),
            deadlines=_by_id(map(self._deadline, self._each(EntryKind.DEADLINE))),
            lapses=_by_id(map(self._lapse, self._each(EntryKind.LAPSE))),
            derived={
                one.fact: one
                for entry in self._each(EntryKind.DERIVED)
                if (one := self._derived(entry)) is not None
            },
            counting=self._counting(),
        )

    def _each(self, kind: EntryKind) -> Iterator[Entry]:
        return self.check.each(self.entries[kind])

    # What names something

    def _named(self, node: Node | None, known: Collection[str], block: str) -> str | None:
        """Return a name that is one of those known; else report it."""
        if not isinstance(node, Scalar):
            return None
        if node.text in known:
            return node.text
        near, fix = nearest(node.text, known, node.span)
        message = say("`{name}` is not declared", name=node.text)
        help = near or say("declare it under `{block}:`", block=block)
        missing = (EntryKey(block, node.text),) if isinstance(block, EntryKind) else ()
        self.check.say("N101", message, node.span, help, fix, missing=missing)
        return None

    def _of(self, entry: Entry, key: str, kind: EntryKind) -> str | None:
        return self._named(child(entry.node, key), self.ids[kind], kind)

    def _all_of(
        self, entry: Entry, key: str, known: Collection[str], block: str
    ) -> tuple[str, ...]:
        found = (self._named(item, known, block) for item in items_of(entry.node, key))
        return tuple(name for name in found if name is not None)

    def _states(self, entry: Entry, key: str) -> tuple[str, ...]:
        return self._all_of(entry, key, self.ids[EntryKind.STATE], EntryKind.STATE)

    def _events(self, entry: Entry, key: str) -> tuple[str, ...]:
        return self._all_of(entry, key, self.check.vocabulary.events, EntryKind.EVENT)

    def _period(self, entry: Entry, key: str) -> str | None:
        node = child(entry.node, key)
        if not isinstance(node, Scalar):
            return None
        name = syntax.Name(node.text, span=node.span)
        found = self.check.names.parameter(name, PeriodType, say("a period"))
        return found.name if found is not None else None

    def _moments(self, entry: Entry, key: str) -> tuple[Moment, ...]:
        node = child(entry.node, key)
        nodes = (node,) if isinstance(node, Scalar) else items_of(entry.node, key)
        return tuple(one for one in map(self._moment, nodes) if one is not None)

    def _moment(self, node: Node | None) -> Moment | None:
        if not isinstance(node, Scalar):
            return None
        which, _, name = node.text.rpartition(" of ")
        part = node.part(len(node.text) - len(name), len(node.text))
        place = Scalar(name, part)
        if which:
            term = self._named(place, self.ids[EntryKind.TERM], EntryKind.TERM)
            return Moment(which, term) if term is not None else None
        event = self._named(place, self.check.vocabulary.events, EntryKind.EVENT)
        return Moment("event", event) if event is not None else None

    # The entries

    def _state(self, entry: Entry) -> State:
        initial = text_of(entry.node, "initial") == "yes"
        return State(entry.id, _label(entry), initial, entry.origin)

    def _transition(self, entry: Entry) -> Transition | None:
        events = self.check.vocabulary.events
        event = self._named(child(entry.node, "event"), events, EntryKind.EVENT)
        target = self._of(entry, "to", EntryKind.STATE)
        free = text_of(entry.node, "from") == ANY
        sources = None if free else self._states(entry, "from")
        effects, guard = self.check.effects(entry.node), self._guard(entry)
        when = child(entry.node, "when")
        condition = self.check.condition(when) if when is not None else None
        if event is None or target is None:
            return None
        named = self.check.vocabulary.events[event].names
        if named is not None and target != named:
            place = child(entry.node, "to")
            message = say(
                "`{event}` names the state `{named}`, but `{id}` leads to `{target}`",
                event=event,
                named=named,
                id=entry.id,
                target=target,
            )
            help = say(
                "let it lead to `{named}`, or remove `names:` from the event", named=named
            )
            self.check.say("M155", message, (place or entry.node).span, help)
        turn = text_of(entry.node, "round") or "same"
        return Transition(
            id=entry.id,
            event=event,
            sources=sources,
            target=target,
            round=turn,
            guard=guard,
            condition=condition,
            effects=effects,
            origin=entry.origin,
        )

    def _guard(self, entry: Entry) -> Guard | None:
        named, gives = child(entry.node, "decision"), child(entry.node, "gives")
        if (named is None) != (gives is None):
            place = named or gives
            assert place is not None
            message = say("`decision:` and `gives:` are used together")
            self.check.say("S202", message, place.span, say("write both, or delete it"))
            return None
        decision = self._named(named, self.decided, EntryKind.DECISION)
        if decision is None or decision not in self.decisions:
            return None
        outcomes = [row.outcome for row in self.decisions[decision].outcomes]
        if not isinstance(gives, Scalar):
            return None
        if gives.text not in outcomes:
            near, fix = nearest(gives.text, outcomes, gives.span)
            message = say(
                "`{outcome}` is not an outcome of `{decision}`",
                outcome=gives.text,
                decision=decision,
            )
            asked = (self.decisions[decision].key,)
            self.check.say("N101", message, gives.span, near, fix, names=asked)
            return None
        return Guard(decision, gives.text)

    def _term(self, entry: Entry) -> Term | None:
        state = self._of(entry, "of", EntryKind.STATE)
        then = self._of(entry, "then", EntryKind.STATE)
        lasts, through = self._period(entry, "lasts"), self._states(entry, "through")
        if state is None or lasts is None:
            return None
        rounds = text_of(entry.node, "later-rounds")
        return Term(
            id=entry.id,
            label=_label(entry),
            state=state,
            lasts=lasts,
            then=then,
            through=through,
            later=child(entry.node, "begins") is not None,
            notice_yields=child(entry.node, "notice") is not None,
            origin=entry.origin,
            holds_back=self._events(entry, "holds-back"),
            later_rounds=Basis(rounds) if rounds is not None else None,
        )

    def _deadline(self, entry: Entry) -> Deadline | None:
        node = entry.node
        option = child(node, "option-of")
        whose = child(node, "duty-of") or option
        office = self._named(whose, self.check.vocabulary.offices, EntryKind.OFFICE)
        if whose is None:
            message = say("no office is named for the duty `{id}`", id=entry.id)
            help = say("add `duty-of:` and the office whose duty it is")
            self.check.say("M151", message, entry.span, help)
        elif option is not None and whose is not option:
            message = say("`{id}` is both a duty and an option", id=entry.id)
            help = say("write `duty-of:` or `option-of:`")
            self.check.say("S202", message, option.span, help)
            return None
        keys = (*_ONCE, *_YEARLY, *_OF_YEARLY)
        written = {key for key in keys if child(node, key) is not None}
        once = {*_ONCE} <= written <= {*_ONCE, "during"}
        if not once and not {*_YEARLY} <= written <= {*_YEARLY, *_OF_YEARLY}:
            message = say(
                "a deadline has either `within:` with `after:`, or `each-year-by:` with "
                "`during:`"
            )
            self.check.say("S202", message, entry.span)
            return None
        within, after = self._period(entry, "within"), self._moments(entry, "after")
        by = self._day_of_year(child(node, "each-year-by"))
        not_before = self._day_of_year(child(node, "not-before"))
        during, met_by = self._states(entry, "during"), self._events(entry, "met-by")
        governed = self._moment(child(node, "governed-by"))
        says = words_of(node, "says") or Localized(entry.id, entry.id)
        if office is None or (once and (within is None or not after)):
            return None
        if not once and by is None:
            return None
        return Deadline(
            id=entry.id,
            says=says,
            office=office,
            option=option is not None,
            within=within,
            after=after,
            each_year_by=by,
            not_before=not_before,
            in_term=self._of(entry, "in-term", EntryKind.TERM),
            during=during,
            met_by=met_by,
            early=child(node, "early") is not None,
            governed_by=governed,
            origin=entry.origin,
        )

    def _day_of_year(self, node: Node | None) -> tuple[int, int] | None:
        if not isinstance(node, Scalar):
            return None
        month, _, day = node.text.partition("-")
        try:
            # A year without a leap day: a duty of each year is due on a day that each has.
            found = date(2001, int(month), int(day))
        except ValueError:
            message = say("`{text}` does not exist in every year", text=node.text)
            self.check.say(
                "S204", message, node.span, say("write a day that exists in every year")
            )
            return None
        return found.month, found.day

    def _lapse(self, entry: Entry) -> Lapse | None:
        missed = self._of(entry, "missed", EntryKind.DEADLINE)
        unless = self._of(entry, "unless-missed", EntryKind.DEADLINE)
        needed = self._of(entry, "if-missed", EntryKind.DEADLINE)
        sources, target = self._states(entry, "from"), self._of(entry, "to", EntryKind.STATE)
        effects = self.check.effects(entry.node)
        if missed is None or target is None:
            return None
        return Lapse(
            id=entry.id,
            label=_label(entry),
            missed=missed,
            sources=sources,
            target=target,
            unless_missed=unless,
            if_missed=needed,
            effects=effects,
            origin=entry.origin,
        )

    def _counting(self) -> Counting:
        entries = self.entries[EntryKind.COUNTING]
        for again in entries[1:]:
            message = say("how periods are counted is stated twice")
            help = say("put it into one entry")
            self.check.say("N102", message, again.span, help, subject=again.key)
        if not entries:
            return Counting()
        node = entries[0].node
        rest = text_of(node, "rest-days") or "stay"
        moved = {item.text for item in items_of(node, "moved") if isinstance(item, Scalar)}
        return Counting(
            opening_day=text_of(node, "opening-day") == "counted",
            closing_day=text_of(node, "last-day") != "excluded",
            rest_days=None if rest == "stay" else rest,
            moved=frozenset(one for one in PERIOD_KINDS if not moved or one in moved),
            carried=text_of(node, "what-follows") != "from-the-rest-day",
        )

    # Derived facts

    def _derived(self, entry: Entry) -> Derived | None:
        place = Scalar(entry.id, entry.span)
        facts = self.check.vocabulary.facts
        broken = entry.id in self.check.vocabulary.broken
        fact = None if broken else self._named(place, facts, EntryKind.FACT)
        written = [key for key in _SOURCES if child(entry.node, key) is not None]
        if len(written) != 1:
            message = say("what `{id}` follows from is stated once", id=entry.id)
            help = say("write one of `day-of:`, `end-of:`, `since:` and the like")
            self.check.say("S202", message, entry.span, help)
            return None
        source = self._source(entry, written[0])
        if fact is None or source is None:
            return None
        if not _fits(source, facts[fact].datatype, facts):
            message = say(
                "`{name}` is {type}, but that does not follow from `{key}:`",
                name=fact,
                type=name_of(facts[fact].datatype),
                key=written[0],
            )
            self.check.say("T101", message, entry.span)
            return None
        return Derived(fact, source, entry.origin)

    def _source(self, entry: Entry, key: str) -> DerivedFrom | None:
        match key:
            case "day-of":
                known = {*self.check.vocabulary.events, *self.ids[EntryKind.LAPSE]}
                return DayOf(self._all_of(entry, key, known, EntryKind.EVENT))
            case "start-of" | "end-of":
                term = self._of(entry, key, EntryKind.TERM)
                return OfTerm(term, key.removesuffix("-of")) if term is not None else None
            case "last-day-for":
                return self._of_duty(entry, key)
            case "since":
                by_round = text_of(entry.node, "each-round") == "begins-anew"
                lost_in = self._states(entry, "lost-in")
                return Since(self._states(entry, key), lost_in, by_round)
            case "by-state":
                return self._by_state(entry)
            case "barred":
                node = child(entry.node, key)
                applications = self.check.vocabulary.applications
                application = self._named(node, applications, EntryKind.APPLICATION)
                own = text_of(entry.node, "begun-under") == "this-version"
                return Barred(application, own) if application is not None else None
        events = self.check.vocabulary.events
        event = self._named(child(entry.node, key), events, EntryKind.EVENT)
        stated = self._named(
            child(entry.node, "states"), self.check.vocabulary.facts, EntryKind.FACT
        )
        return ByYear(event, stated) if event is not None and stated is not None else None

    def _of_duty(self, entry: Entry, key: str) -> OfDuty | None:
        deadline = self._of(entry, key, EntryKind.DEADLINE)
        if deadline is None:
            return None
        duty = next(one for one in self.entries[EntryKind.DEADLINE] if one.id == deadline)
        if child(duty.node, "within") is None:
            place = child(entry.node, key)
            assert place is not None
            message = say("no time runs for `{name}`: it is due each year", name=deadline)
            help = say("name a deadline that has `within:`")
            self.check.say("S202", message, place.span, help)
            return None
        return OfDuty(deadline)

    def _by_state(self, entry: Entry) -> ByState:
        options: dict[str, tuple[str, ...]] = {}
        fact = self.check.vocabulary.facts.get(entry.id)
        known = fact.options if fact is not None else {}
        for option, listed in entries_of(entry.node, "by-state"):
            if fact is not None:
                self._named(option, known, "options")
            names = (
                self._named(item, self.ids[EntryKind.STATE], EntryKind.STATE)
                for item in getattr(listed, "items", ())
            )
            options[option.text] = tuple(name for name in names if name is not None)
        return ByState(options)


def _fits(source: DerivedFrom, datatype: FactType, facts: Mapping[str, Fact]) -> bool:
    match source:
        case DayOf() | OfTerm() | OfDuty() | Since():
            return isinstance(datatype, DateType)
        case ByState():
            return isinstance(datatype, ChoiceType)
        case Barred():
            return datatype == YES_NO
        case ByYear(_, stated):
            return isinstance(datatype, SeriesType) and _is_one_year_of(
                datatype, facts[stated].datatype
            )


def _is_one_year_of(series: SeriesType, datatype: FactType) -> bool:
    """Tell whether what is stated with an event is what a series has for one year."""
    match series.each, datatype:
        case NumberType() as each, NumberType() as stated:
            return each.unit == stated.unit
        case ChoiceType() as each, ChoiceType() as stated:
            return set(stated.options) <= set(each.options)
    return False


def _by_id(found: Iterator[_T | None]) -> dict[str, _T]:
    return {one.id: one for one in found if one is not None}


def _label(entry: Entry) -> Localized:
    return words_of(entry.node, "label") or Localized(entry.id, entry.id)
