"""Two versions on the same sheets: what moves, and which changed clause moves it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from types import MappingProxyType

from ipcity_policy.engines.interpreter.decision import answer
from ipcity_policy.engines.interpreter.explanation import Answer, Consequence
from ipcity_policy.lang import core
from ipcity_policy.law.checks.checker import check_change
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import (
    Basis,
    Localized,
    Patch,
)
from ipcity_policy.law.program import Gap, Program
from ipcity_policy.law.reader import Entry, Version
from ipcity_policy.law.ref import Ref
from ipcity_policy.questions.choices import Pairs
from ipcity_policy.questions.interpretations import Adoption
from ipcity_policy.questions.judging import unfit_events
from ipcity_policy.questions.known_facts import FactBase
from ipcity_policy.questions.misfits import misfits, misstated
from ipcity_policy.questions.totals import contradictions
from ipcity_policy.questions.versions import Versions, interpreted
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.studies.comparison.clauses import Clause, clauses_of, mixed, origin_in
from ipcity_policy.studies.comparison.movement import Movement, movement_of
from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose, has_errors, in_order
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Source, Span
from ipcity_policy.text.subject import EntryKey, EntryKind

#: Up to how many clauses are put together in the search for what moves an answer.
MAX_TOGETHER = 3
#: How many clauses the search takes on; with more, it says that it is all of them together.
MAX_CLAUSES = 24


@dataclass(frozen=True, slots=True)
class SupposedPair:
    """What both answer if the texts that are only assumed say what substitutes for them."""

    before: Answer
    after: Answer
    #: The provisions that are only assumed, each with its version.
    gaps: tuple[tuple[Program, Gap], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One decision on one sheet, before and after."""

    decision: str
    before: Answer
    after: Answer
    movement: Movement
    #: Sets of changed clauses, none of which can be left out, that alone move the answer to
    #: where it goes; none where no set was found that does.
    causes: tuple[tuple[Clause, ...], ...]
    #: Where the two cannot be compared; None where nothing more is answered even so.
    supposed: SupposedPair | None = None


@dataclass(frozen=True, slots=True)
class SheetPair:
    """One sheet, before and after."""

    sheet: Sheet
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side on a number of sheets."""

    before: Program
    after: Program
    decisions: Mapping[str, Localized]
    #: Decisions that only one of the two treats, with that one's name.
    alone: Mapping[str, str]
    #: The clauses that differ and that the decisions rest on.
    clauses: tuple[Clause, ...]
    rows: tuple[SheetPair, ...]
    #: The sheets that were left out, because something of them is wrong.
    left_out: tuple[Sheet, ...]
    #: The options chosen instead of the defaults, and the interpretations that decide others.
    chosen: Mapping[str, str]
    adoptions: tuple[Adoption, ...]

    def counts(self, decision: str) -> Mapping[Movement, int]:
        """Return how many answers to a decision move in each way, in the order of telling."""
        movements = [
            p.movement for row in self.rows for p in row.pairs if p.decision == decision
        ]
        return MappingProxyType({one: movements.count(one) for one in Movement})


def compare_versions(
    library: Library,
    before: Ref,
    after: Ref,
    sheets: Sequence[Sheet],
    *,
    decision: str | None = None,
    on: date | None = None,
    readings: Pairs = (),
    interpretations: Sequence[str] = (),
) -> Result[Comparison]:
    """Compare what two versions answer on sheets, for one decision or all they share.

    Both are read as `readings` choose, and else as `interpretations` do, where they have
    such places.
    """
    first, second = library.program(before), library.program(after)
    wrong = tuple(_strangers(before, after, sheets))
    diagnostics = in_order((*first.diagnostics, *second.diagnostics, *wrong))
    if before.measure_id != after.measure_id:
        return Result(None, diagnostics)
    sheets = [sheet for sheet in sheets if sheet.measure == before.measure_id]
    if first.value is None or second.value is None:
        return Result(None, diagnostics)
    written = {before: first.value, after: second.value}
    chosen = interpreted(Versions(library, written, None, readings, ()), interpretations)
    if chosen.value is None:
        return Result(None, in_order((*diagnostics, *chosen.diagnostics)))
    versions = chosen.value
    first, second = _as_read(versions, before), _as_read(versions, after)
    if first.value is None or second.value is None:
        found = (*diagnostics, *first.diagnostics, *second.diagnostics)
        return Result(None, in_order(found))
    shared = [id for id in first.value.decisions if id in second.value.decisions]
    alone = {
        id: program.id
        for program in (first.value, second.value)
        for id in program.decisions
        if id not in shared and decision in (None, id)
    }
    if decision is not None:
        shared = [id for id in shared if id == decision]
    rest = library.rest_days
    subjects = [
        _Subject(
            FactBase(one, (), on, strict=False, rest=rest),
            FactBase(one, (), on, strict=True, rest=rest),
            unfit_events(library, one, readings, interpretations) if on is None else (),
        )
        for one in sheets
    ]
    of_time = any(one.fact_base.tells_of_events for one in subjects)
    hybrids = _Hybrids(versions, before, after, first.value, second.value, of_time)
    clauses = tuple(
        clause for clause in hybrids.clauses if any(hybrids.bears(clause, id) for id in shared)
    )
    rows: list[SheetPair] = []
    left_out: list[Sheet] = []
    for subject in subjects:
        faults = tuple(subject.faults((first.value, second.value), shared))
        diagnostics = in_order((*diagnostics, *faults))
        if has_errors(faults):
            left_out.append(subject.fact_base.sheet)
            continue
        pairs = tuple(_pair(hybrids, subject, id) for id in shared)
        rows.append(SheetPair(subject.fact_base.sheet, pairs))
    asks = {id: second.value.decisions[id].asks for id in shared}
    compared = Comparison(
        before=first.value,
        after=second.value,
        decisions=asks,
        alone=alone,
        clauses=clauses,
        rows=tuple(rows),
        left_out=tuple(left_out),
        chosen=dict(readings),
        adoptions=versions.adoptions(
            _bearing((first.value, second.value), shared, of_time=of_time)
        ),
    )
    return Result(compared, diagnostics)


def _as_read(versions: Versions, ref: Ref) -> Result[Program]:
    """Return a version as the question reads it."""
    patches = _patches(versions, ref)
    return versions.library.program(ref, patches) if patches else Result(versions.written[ref])


def _patches(versions: Versions, ref: Ref) -> dict[str, Patch]:
    choices = versions.choices(ref).value
    assert choices is not None  # INVARIANT: only what a version knows is chosen in it
    return choices.patches(versions.written[ref])


def _bearing(programs: Iterable[Program], shared: Iterable[str], *, of_time: bool) -> set[str]:
    """Return the readings, by name, that bear on what is compared."""
    found: set[str] = set()
    for program in programs:
        for id in shared:
            found |= {reading.id for reading in program.readings_of(id)}
            if of_time and program.rests_on_time(id):
                found |= {reading.id for reading in program.readings_of_time()}
    return found


def _strangers(before: Ref, after: Ref, sheets: Sequence[Sheet]) -> Iterator[Diagnostic]:
    """Report what is of another measure than the version before."""
    measure = before.measure_id
    if after.measure_id != measure:
        message = say(
            "`{before}` and `{after}` do not belong to the same measure",
            before=before.id,
            after=after.id,
        )
        yield diagnose("M101", message, Span(Source(after.id, ""), 0, 0))
    for sheet in sheets:
        if sheet.measure != measure:
            message = say(
                "this sheet is for `{stated}`, not for `{measure}`",
                stated=sheet.measure,
                measure=measure,
            )
            yield diagnose("M101", message, sheet.span)


@dataclass
class _Subject:
    """What versions answer on one sheet; each is applied to every day of its events."""

    fact_base: FactBase
    #: The same without what is only assumed.
    strictly: FactBase
    #: The events that cannot have happened by the law in force, where no day is asked about.
    unfit: tuple[Diagnostic, ...]

    def answer(self, program: Program, decision: str) -> Answer:
        """Answer a decision by what is stated, and by what follows from the events."""
        return _answered(self.fact_base, program, decision)

    def headline(self, program: Program, decision: str, given: Answer) -> Answer:
        """Return an answer as it is without what is only assumed."""
        if self.gaps(program, decision):
            return _answered(self.strictly, program, decision)
        return given

    def gaps(self, program: Program, decision: str) -> tuple[Gap, ...]:
        """Return the provisions that are only assumed and that an answer may rest on."""
        of_time = self.fact_base.tells_of_events and program.rests_on_time(decision)
        over_time = program.gaps_of_time() if of_time else ()
        return tuple(dict.fromkeys((*program.gaps_of(decision), *over_time)))

    def faults(
        self, programs: Iterable[Program], decisions: Iterable[str]
    ) -> Iterator[Diagnostic]:
        """Yield, once each, what of the sheet does not fit one of two versions."""
        sheet, stated = self.fact_base.sheet, self.fact_base.stated.statements
        found = set[Diagnostic]()
        for program in programs:
            for decision in decisions:
                found |= {one for _, one in contradictions(program, stated, decision)}
            known = self.fact_base.under(program)
            found |= {*known.diagnostics}
            if known.position is not None:
                found |= {*misfits(known.position, sheet)}
        yield from in_order((*found, *self.unfit, *misstated(sheet, self.fact_base.on)))


def _depends(headline: Answer, given: Answer) -> bool:
    """Tell whether an answer is open for want of a text, or another with what is assumed."""
    return _differ(headline, given) or headline.basis is Basis.UNAVAILABLE


def _differ(headline: Answer, given: Answer) -> bool:
    return (headline.outcome, headline.possible) != (given.outcome, given.possible)


def _answered(fact_base: FactBase, program: Program, decision: str) -> Answer:
    values = fact_base.under(program).values
    known = fact_base.for_decision(program, decision, values)
    return answer(
        program,
        known.values,
        decision,
        strict=fact_base.strict,
        origins=known.origins,
        testimony=known.testimony,
        rest=fact_base.rest,
    )


def _pair(hybrids: "_Hybrids", subject: _Subject, decision: str) -> Pair:
    before = subject.answer(hybrids.before, decision)
    after = subject.answer(hybrids.after, decision)
    heads = (
        subject.headline(hybrids.before, decision, before),
        subject.headline(hybrids.after, decision, after),
    )
    movement = Movement.ASSUMED
    if not any(map(_depends, heads, (before, after))):
        movement = hybrids.movement(hybrids.before, *heads)
    causes = tuple(hybrids.causes(subject, decision, after)) if movement.moves else ()
    supposed = None
    if any(map(_differ, heads, (before, after))):
        both = (hybrids.before, hybrids.after)
        gaps = tuple((one, gap) for one in both for gap in subject.gaps(one, decision))
        supposed = SupposedPair(before, after, gaps)
    return Pair(decision, *heads, movement, causes, supposed)


@dataclass
class _Hybrids:
    """The version before with some of its clauses as they are after."""

    versions: Versions
    before_ref: Ref
    after_ref: Ref
    #: As they are read.
    before: Program
    after: Program
    #: Whether a sheet tells of events.
    of_time: bool
    clauses: tuple[Clause, ...] = field(init=False)
    _made: dict[tuple[Clause, ...], Program | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clauses = (*clauses_of(self.before, self.after), *self._countings())

    def movement(self, program: Program, one: Answer, after: Answer) -> Movement:
        """Tell what leads from a program's answer to the one after."""
        alike = _caused(program, one) == _caused(self.after, after)
        return movement_of(one, after, same_effects=alike)

    def bears(self, clause: Clause, decision: str) -> bool:
        """Tell whether a decision rests on a clause in either version.

        What a version does not say that is not all available is not known to differ.
        """
        unknown = (clause.before is None and not self.before.available) or (
            clause.after is None and not self.after.available
        )
        if unknown:
            return False
        both = (self.before, self.after)
        if any(clause.key in program.reach(decision) for program in both):
            return True
        if self.of_time and any(_told_by(clause, program, decision) for program in both):
            return True
        if clause.key.kind is EntryKind.DERIVED:
            fact = EntryKey(EntryKind.FACT, clause.key.id)
            return self.of_time and any(fact in program.reach(decision) for program in both)
        return self.of_time and any(
            program.rests_on_course(decision)
            and (clause.of_time or clause.key in program.reach_of_time())
            for program in both
        )

    def causes(
        self, subject: _Subject, decision: str, after: Answer
    ) -> Iterator[tuple[Clause, ...]]:
        """Yield sets of clauses that alone lead to the answer after, and none too many.

        The smallest are sought first. Where they are larger than is tried, it is what remains
        of all clauses when every one has been left out that is not needed.
        """
        bearing = [
            clause
            for clause in self.clauses
            if clause.before
            and clause.after
            and not clause.carried
            and self.bears(clause, decision)
        ]
        found: list[set[Clause]] = []
        if len(bearing) <= MAX_CLAUSES:
            for size in range(1, min(MAX_TOGETHER, len(bearing)) + 1):
                for group in combinations(bearing, size):
                    if any(smaller <= set(group) for smaller in found):
                        continue
                    if self._leads(group, subject, decision, after):
                        found.append(set(group))
                        yield group
        whole = tuple(bearing)
        if found or not self._leads(whole, subject, decision, after):
            return
        for clause in bearing:
            fewer = tuple(one for one in whole if one is not clause)
            whole = fewer if self._leads(fewer, subject, decision, after) else whole
        yield whole

    def _leads(
        self, group: tuple[Clause, ...], subject: _Subject, decision: str, after: Answer
    ) -> bool:
        """Tell whether the version before answers as after, with some clauses as after."""
        program = self.program(group)
        if program is None or decision not in program.decisions:
            return False
        given = subject.answer(program, decision)
        return self.movement(program, given, after) is Movement.SAME

    def _countings(self) -> Iterator[Clause]:
        """Yield how days are counted, where that is not alike."""
        if self.before.history.counting == self.after.history.counting:
            return
        old, new = (self._countings_of(ref) for ref in (self.before_ref, self.after_ref))
        for id in dict.fromkeys((*new, *old)):
            key = EntryKey(EntryKind.COUNTING, id)
            yield Clause(key, origin_in(old.get(id)), origin_in(new.get(id)))

    def _countings_of(self, ref: Ref) -> dict[str, Entry]:
        version = self._read(ref)
        entries = version.entries.values()
        return {one.id: one for one in entries if one.kind is EntryKind.COUNTING}

    def _read(self, ref: Ref) -> Version:
        """Return a version in writing, as the question reads it."""
        read = self.versions.library.as_read(ref, _patches(self.versions, ref))
        assert read.value is not None  # INVARIANT: it was checked before
        return read.value

    def program(self, group: tuple[Clause, ...]) -> Program | None:
        """Return the version before with these clauses as after; None if it does not check."""
        if group not in self._made:
            self._made[group] = self._make(group)
        return self._made[group]

    def _make(self, group: tuple[Clause, ...]) -> Program | None:
        library, ref = self.versions.library, self.before_ref
        written, checked = library.version(ref).value, library.checked(ref)
        assert written is not None  # INVARIANT: both were checked before they are mixed
        assert checked is not None
        made = mixed(self._read(ref), self._read(self.after_ref), group, self.after)
        entries = made.entries
        changed = [key for key, one in entries.items() if one is not written.entries.get(key)]
        changed += [key for key in written.entries if key not in entries]
        return check_change(checked, made, changed).result.value


def _told_by(clause: Clause, program: Program, decision: str) -> bool:
    """Tell whether a clause says what an event tells of a decision.

    An event tells of it where its transitions ask for it, on the day that governs it.
    """
    moves = program.history.transitions
    asking = {m.event for m in moves.values() if m.guard and m.guard.decision == decision}
    if clause.key.kind is EntryKind.TRANSITION:
        return clause.key.id in moves and moves[clause.key.id].event in asking
    named = program.decisions[decision].governed_by
    derived = named is not None and clause.key == EntryKey(EntryKind.DERIVED, named)
    return bool(asking) and derived


def _caused(program: Program, given: Answer) -> frozenset[tuple[object, ...]]:
    """Return what an answer causes: what may be applied for, and the days of bars.

    Of a bar whose days are not known, it is its length and the day it is calculated from.
    """
    return frozenset(_cause(program, one) for one in given.effects)


def _cause(program: Program, one: Consequence) -> tuple[object, ...]:
    match one.effect:
        case core.Permit(application):
            return (application,)
        case core.Bar(application, period, after):
            if one.until is not None:
                return (application, one.since, one.until)
            return (application, program.parameters[period].value, after)
