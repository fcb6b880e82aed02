"""Which version governs: each is asked by its own account of the day that decides."""

from collections.abc import Mapping, Sequence
from datetime import date

from ipcity_policy.engines.verdict import How, VersionChoice
from ipcity_policy.lang.values import Dates, Value
from ipcity_policy.measure.model import Basis, in_force_on, weakest
from ipcity_policy.measure.program import Program


def choose_version(
    programs: Sequence[Program], values: Mapping[str, Value], on: date | None, decision: str
) -> VersionChoice | str:
    """Choose the version by the day that governs a decision.

    Where there is no such day, return the name of the date that a sheet would have to
    state; an empty one where the decision names none.
    """
    candidates: list[Program] = []
    day: Dates | None = None
    fact: str | None = None
    treated = [p.decisions[decision] for p in programs if decision in p.decisions]
    for program in programs:
        # A version that does not treat the question is asked by the newest that does.
        named = program.decisions.get(decision, treated[-1]).governed_by
        stated = values.get(named) if named is not None else None
        if isinstance(stated, Dates) and stated != Dates(date.min, date.max):
            when, source = stated, named
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
        return VersionChoice(How.NONE, (), day, fact, Basis.UNAVAILABLE, known)
    if len(candidates) > 1:
        return VersionChoice(How.SEVERAL, names, day, fact, basis)
    (only,) = candidates
    assert only.in_force is not None  # INVARIANT: only dated versions are candidates
    if decision not in only.decisions:
        return VersionChoice(How.SILENT, names, day, fact, basis)
    if in_force_on(only.in_force, day) is None:
        return VersionChoice(How.PARTLY, names, day, fact, Basis.ASSUMED)
    doubtful = only.in_force.doubtful_from
    if doubtful is not None and (day.high is None or day.high >= doubtful):
        return VersionChoice(How.IN_DOUBT, names, day, fact, Basis.ASSUMED)
    return VersionChoice(How.IN_FORCE, names, day, fact, basis)


def covers(programs: Sequence[Program], days: Dates) -> bool:
    """Tell whether on each of some days one of the versions is in force."""
    reached = days.low or date.min
    last = days.high or date.max
    spans = sorted(
        (p.in_force.since, p.in_force.until or date.max) for p in programs if p.in_force
    )
    for since, until in spans:
        if since > reached:
            return False
        reached = max(reached, until)
    return reached > last or reached == date.max
