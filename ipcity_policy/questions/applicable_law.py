"""Which version governs: each is asked by its own account of the day that decides."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ipcity_policy.engines.interpreter.explanation import Assumption, AssumptionKind
from ipcity_policy.lang.datatypes import ANY_DAY
from ipcity_policy.lang.values import Dates, Value
from ipcity_policy.law.model import Basis, Decision, Fact, InForce, in_force_on, weakest
from ipcity_policy.law.program import Program
from ipcity_policy.questions.verdict import ChosenBy, VersionChoice
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Span


def choose_version(
    programs: Sequence[Program],
    values: Mapping[str, Value],
    on: date | None,
    decision: str,
    withheld: Collection[str] = (),
) -> VersionChoice | str:
    """Choose the version by the day that governs a decision: intertemporal law.

    Where there is no such day, return the name of the date that a sheet would have to
    state; an empty one where the decision names none. A day that is `withheld` is there and
    not known, so that any version may govern.

    >>> from tests.boxes import law
    >>> days = date(2005, 6, 1), date(2025, 6, 1)
    >>> [choose_version([law("1"), law("2")], {}, on, "class").versions for on in days]
    [('small/1',), ('small/2',)]
    """
    candidates: list[Program] = []
    day: Dates | None = None
    fact: str | None = None
    treated = [p.decisions[decision] for p in programs if decision in p.decisions]
    for program in programs:
        # A version that does not treat the question is asked by the newest that does.
        named = program.decisions.get(decision, treated[-1]).governed_by
        stated = values.get(named) if named is not None else None
        if isinstance(stated, Dates) and stated != ANY_DAY and stated.never is not True:
            when, source = stated, named
        elif named in withheld:
            when, source = ANY_DAY, named
        elif on is not None:
            when, source = Dates(on, on), None
        else:
            return named or ""
        governs = program.in_force is not None and in_force_on(program.in_force, when)
        if governs is not False:
            candidates.append(program)
        if governs is not False or day is None:
            day, fact = when, source
    assert day is not None  # INVARIANT: a decision is known from some version
    names = tuple(program.id for program in candidates)
    basis = weakest(p.in_force.basis for p in candidates if p.in_force is not None)
    if not candidates:
        known = tuple((p.id, p.in_force) for p in programs if p.in_force is not None)
        return VersionChoice(ChosenBy.NONE, (), day, fact, Basis.UNAVAILABLE, known)
    if len(candidates) > 1:
        return VersionChoice(ChosenBy.SEVERAL, names, day, fact, basis)
    (only,) = candidates
    assert only.in_force is not None  # INVARIANT: only dated versions are candidates
    if decision not in only.decisions:
        return VersionChoice(ChosenBy.SILENT, names, day, fact, basis)
    how = how_in_force(only.in_force, day)
    return VersionChoice(
        how, names, day, fact, basis if how is ChosenBy.IN_FORCE else Basis.ASSUMED
    )


def no_day(decision: Decision, fact: Fact | None, at: Span, *, may_follow: bool) -> Diagnostic:
    """Say that no day chooses a version; `may_follow` tells whether events may give it. `F107`.

    >>> from tests.boxes import law
    >>> from ipcity_policy.text.source import Source
    >>> at = Span(Source("box.yaml", ""), 0, 0)
    >>> print(no_day(law().decisions["class"], None, at, may_follow=False).message)
    the sheet does not state a day, so no version can be chosen for `class`
    """
    message = say(
        "the sheet does not state a day, so no version can be chosen for `{decision}`",
        decision=decision.id,
        asks=decision.asks,
    )
    if fact is not None:
        message = say(
            "the sheet does not state `{name}`, so no version can be chosen for `{decision}`",
            name=fact.id,
            label=fact.label,
            decision=decision.id,
            asks=decision.asks,
        )
    help = say("state it, or give the day with `--on` or a version with `--version`")
    if may_follow:
        help = say("give the day asked about with `--on`: the events may show it by then")
    return diagnose("F107", message, at, help=help)


def how_in_force(in_force: InForce, day: Dates) -> ChosenBy:
    """Tell how firmly a version that may govern on a day is in force on it.

    >>> begun, doubtful = date(2001, 1, 1), date(2010, 1, 1)
    >>> time = InForce(begun, begun, None, doubtful, Basis.ATTESTED, None)
    >>> days = [Dates(date(year, 6, 1), date(year, 6, 1)) for year in (2005, 2015)]
    >>> [how_in_force(time, day).value for day in days]
    ['in-force', 'in-doubt']
    """
    if in_force_on(replace(in_force, surely_from=in_force.since), day) is None:
        return ChosenBy.PARTLY
    sure, doubtful = in_force.surely_from, in_force.doubtful_from
    if sure is None or day.earliest < sure:
        return ChosenBy.START_IN_DOUBT
    if doubtful is not None and day.latest >= doubtful:
        return ChosenBy.IN_DOUBT
    return ChosenBy.IN_FORCE


def doubt_of(program: Program, how: ChosenBy) -> Assumption | None:
    """Return what has to be assumed where it is not known whether a version was in force.

    >>> from tests.boxes import law
    >>> begins = replace(law().in_force, surely_from=date(2002, 1, 1))
    >>> found = doubt_of(replace(law(), in_force=begins), ChosenBy.START_IN_DOUBT)
    >>> found.kind.value, found.about, found.day.earliest
    ('start-in-doubt', 'small/1', datetime.date(2002, 1, 1))
    """
    time = program.in_force
    if time is None:
        return None  # a draft is in force on no day
    if how is ChosenBy.START_IN_DOUBT:
        day = Dates(time.surely_from, time.surely_from) if time.surely_from else None
        return Assumption(AssumptionKind.START_IN_DOUBT, program.id, day)
    if how is ChosenBy.IN_DOUBT:
        day = Dates(time.doubtful_from, time.doubtful_from)
        return Assumption(AssumptionKind.END_IN_DOUBT, program.id, day)
    return None


def covers(programs: Sequence[Program], days: Dates) -> bool:
    """Tell whether on each of some days one of the versions is in force.

    >>> from tests.boxes import law
    >>> programs = [law("1"), law("2")]
    >>> [covers(programs, Dates(date(year, 1, 1), date(2025, 1, 1))) for year in (2000, 2001)]
    [False, True]
    """
    reached = days.earliest
    last = days.latest
    spans = sorted(
        (p.in_force.since, p.in_force.until or date.max) for p in programs if p.in_force
    )
    for since, until in spans:
        if since > reached:
            return False
        reached = max(reached, until)
    return reached > last or reached == date.max
