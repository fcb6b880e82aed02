"""What may come next, in words: what an event would lead to, and what comes by itself."""

from typing import assert_never

from ipcity_policy.engines.lifecycle.position import Prospect
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.lifecycle import Lapse, Term, Transition
from ipcity_policy.report.prose.position import Telling


def next_text(telling: Telling, one: Prospect) -> str:
    """Say what may come next, and what it would need."""
    match one.move:
        case Transition():
            text = _needs(telling, one.move, one.version)
        case Term():
            term = one.move.label[telling.language]
            text = telling.say("term-over", term=term)
            if one.target is not None:
                text = telling.say("term-ends", term=term, state=telling.state(one.target))
        case Lapse():
            deadlines = telling.history(one.version).deadlines
            text = telling.say(
                "lapse-comes",
                lapse=one.move.label[telling.language],
                state=telling.state(one.move.target),
                duty=deadlines[one.move.missed].says[telling.language],
            )
            if one.move.unless_missed is not None:
                other = deadlines[one.move.unless_missed]
                parts = {"duty": other.says[telling.language]}
                parts["office"] = telling.office(other.office)
                text = telling.say("lapse-unless", text=text, **parts)
            if one.move.if_missed is not None:
                other = deadlines[one.move.if_missed]
                parts = {"duty": other.says[telling.language]}
                parts["office"] = telling.office(other.office)
                text = telling.say("lapse-if", text=text, **parts)
        case _:
            assert_never(one.move)
    if one.day is not None:
        text = telling.say("by-itself", day=telling.day(one.day), text=text)
    return telling.cited(text, one.move.origin, one.version)


def _needs(telling: Telling, move: Transition, text: int) -> str:
    """Say what an event leads to, and what it needs."""
    event, state = telling.kind(move.event), telling.state(move.target)
    said = telling.say("by-event", event=event, state=state)
    said = telling.say("next-round", text=said) if move.round == "next" else said
    if move.guard is not None:
        decision = telling.texts[text].decisions[move.guard.decision]
        row = next(row for row in decision.outcomes if row.outcome == move.guard.outcome)
        said = telling.say(
            "needs-outcome",
            text=said,
            asks=decision.asks[telling.language],
            outcome=row.says[telling.language],
        )
    for term in telling.history(text).terms.values():
        if move.event in term.holds_back and move.leads_from_any((term.state, *term.through)):
            label = term.label[telling.language]
            said = telling.say("needs-term", text=said, term=label)
    if move.condition is not None:
        condition = telling.wordings[text].condition(move.condition)
        said = telling.say("needs-condition", text=said, condition=condition)
    return _while_barred(telling, said, telling.of.vocabulary.events[move.event].applies_for)


def _while_barred(telling: Telling, said: str, application: str | None) -> str:
    """Add the bars that keep an application from being filed on the day."""
    on = Dates(telling.of.position.on, telling.of.position.on)
    for bar in telling.of.position.bars:
        runs = bar.runs_on(on)
        if bar.application == application and runs is not False:
            key = "while-barred" if runs and bar.certain else "while-barred-perhaps"
            said = telling.say(key, text=said, until=telling.day(bar.until))
    return said
