"""What may come next, in words: what an event would lead to, and what comes by itself."""

from typing import assert_never

from ipcity_policy.engines.lifecycle.position import Prospect, VersionIndex
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.lifecycle import Lapse, Term, Transition
from ipcity_policy.report.prose.position import Telling
from ipcity_policy.text.message import say, tell


def next_text(telling: Telling, one: Prospect) -> str:
    """Say what may come next, and what it would need."""
    match one.move:
        case Transition():
            text = _needs(telling, one.move, one.version)
        case Term():
            term = one.move.label[telling.language]
            text = tell(telling.language, "{term} over", term=term)
            if one.target is not None:
                text = tell(
                    telling.language,
                    "{term} over → {state}",
                    term=term,
                    state=telling.state(one.target),
                )
        case Lapse():
            deadlines = telling.history(one.version).deadlines
            text = tell(
                telling.language,
                "{lapse} → {state}, if this is not done by then: {duty}",
                lapse=one.move.label[telling.language],
                state=telling.state(one.move.target),
                duty=deadlines[one.move.missed].says[telling.language],
            )
            if one.move.unless_missed is not None:
                other = deadlines[one.move.unless_missed]
                parts = {"duty": other.says[telling.language]}
                parts["office"] = telling.office(other.office)
                text = tell(
                    telling.language,
                    "{text}; but not if the {office} did not do this in time: {duty}",
                    text=text,
                    **parts,
                )
            if one.move.if_missed is not None:
                other = deadlines[one.move.if_missed]
                parts = {"duty": other.says[telling.language]}
                parts["office"] = telling.office(other.office)
                text = tell(
                    telling.language,
                    "{text}; and only if the {office} did not do this in time: {duty}",
                    text=text,
                    **parts,
                )
        case _:
            assert_never(one.move)
    if one.day is not None:
        text = tell(
            telling.language,
            "without any act, {day}: {text}",
            day=telling.day(one.day),
            text=text,
        )
    return telling.cited(text, one.move.origin, one.version)


def _needs(telling: Telling, move: Transition, version: VersionIndex) -> str:
    """Say what an event leads to, and what it needs."""
    event, state = telling.kind(move.event), telling.state(move.target)
    said = tell(telling.language, "{event} → {state}", event=event, state=state)
    if move.round == "next":
        said = tell(telling.language, "{text}, the next round", text=said)
    if move.guard is not None:
        decision = telling.versions[version].decisions[move.guard.decision]
        row = next(row for row in decision.outcomes if row.outcome == move.guard.outcome)
        said = tell(
            telling.language,
            "{text}; only if the answer to “{asks}” is: {outcome}",
            text=said,
            asks=decision.asks[telling.language],
            outcome=row.says[telling.language],
        )
    for term in telling.history(version).terms.values():
        if move.event in term.holds_back and move.leads_from_any((term.state, *term.through)):
            label = term.label[telling.language]
            said = tell(
                telling.language,
                "{text}; not before the last day of the {term}",
                text=said,
                term=label,
            )
    if move.condition is not None:
        condition = telling.wordings[version].condition(move.condition)
        said = tell(
            telling.language, "{text}; it requires: {condition}", text=said, condition=condition
        )
    return _while_barred(telling, said, telling.of.vocabulary.events[move.event].applies_for)


def _while_barred(telling: Telling, said: str, application: str | None) -> str:
    """Add the bars that keep an application from being filed on the day."""
    on = Dates(telling.of.position.on, telling.of.position.on)
    for bar in telling.of.position.bars:
        runs = bar.runs_on(on)
        if bar.application == application and runs is not False:
            template = (
                say("{text}; barred on the day asked about, last day: {until}")
                if runs and bar.certain
                else say("{text}; perhaps barred on the day asked about, last day: {until}")
            )
            said = tell(telling.language, template, text=said, until=telling.day(bar.until))
    return said
