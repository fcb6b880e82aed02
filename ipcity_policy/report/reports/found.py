"""What was found: the facts that an answer rests on, and who stated them or what gave them."""

from collections.abc import Iterator

from ipcity_policy.engines.interpreter.explanation import AssumptionKind, facts_behind
from ipcity_policy.engines.lifecycle.position import DerivedFact
from ipcity_policy.lang.values import Value
from ipcity_policy.law.lifecycle import Barred
from ipcity_policy.law.model import Basis
from ipcity_policy.questions.verdict import DecisionVerdict
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.prose.verdict import bar_text
from ipcity_policy.sheet.as_of import stated_on
from ipcity_policy.sheet.events import Event
from ipcity_policy.sheet.statements import Statement
from ipcity_policy.text.message import Message, say, tell
from ipcity_policy.text.subject import EntryKey, EntryKind

#: By whom and when something was stated: by both, by the office alone, by the day alone.
_STATED = (
    say("stated on {day} by the {office}"),
    say("stated by the {office}"),
    say("stated on {day}"),
)
#: The same of what was read elsewhere: the office acted, and somebody else tells of it.
_TOLD = (
    say("stated on {day} by the {office}", context="told"),
    say("stated by the {office}", context="told"),
    say("stated on {day}", context="told"),
)


def found_lines(verdict: DecisionVerdict, wording: Wording, *, decisive: bool) -> Iterator[str]:
    """Yield what is known of the facts that decide, or of those that might have."""
    if verdict.program is None:
        return
    language, comma = wording.language, tell(wording.language, "; ")
    reach = verdict.program.reach(verdict.decision)
    deciding = facts_behind(verdict.reasons) | {verdict.choice.fact}
    unseen = {a.about for a in verdict.assumptions if a.kind is AssumptionKind.NOT_SEEN}
    for id, fact in wording.vocabulary.facts.items():
        asked = EntryKey(EntryKind.FACT, id) in reach and id not in unseen
        found = _found(verdict, wording, id) if asked else None
        if found is None or (id in deciding) is not decisive:
            continue
        value, details = found
        label, said = fact.label[language], wording.found(id, value)
        stated = tell(language, "{fact}: {value}", fact=label, value=said)
        yield tell(language, "{said} ({details})", said=stated, details=comma.join(details))


def _found(
    verdict: DecisionVerdict, wording: Wording, fact: str
) -> tuple[Value, list[str]] | None:
    """Return what is known of a fact and how; None where nothing is."""
    derived = verdict.derived.get(fact)
    if derived is not None:
        return derived.value, list(_followed(verdict, wording, derived))
    stated = stated_on(verdict.sheet, verdict.on)
    statement, event = stated.statements.get(fact), stated.happened.get(fact)
    if statement is None:
        return None
    if event is not None:
        return statement.value, [
            _happened(wording, say("stated with this event: {event}, {day}"), event)
        ]
    return statement.value, list(_details(verdict, wording, statement))


def _details(verdict: DecisionVerdict, wording: Wording, statement: Statement) -> Iterator[str]:
    """Yield who stated a fact, when, and where it was read."""
    offices, language = wording.vocabulary.offices, wording.language
    by = statement.by or ""
    office = offices[by][language] if by in offices else ""
    day = wording.day(statement.on) if statement.on is not None else ""
    source = verdict.sheet.sources.get(statement.source or "")
    if office or day:
        both, acted, dated = _STATED if source is None else _TOLD
        template = both if office and day else acted if office else dated
        yield tell(language, template, office=office, day=day)
    if source is not None:
        yield tell(language, "source: {title}", title=source.title[language])
    elif not office:
        yield tell(language, "no source given")


def _followed(
    verdict: DecisionVerdict, wording: Wording, derived: DerivedFact
) -> Iterator[str]:
    """Yield the events that a fact follows from; of a bar, the bar."""
    language, source = wording.language, derived.derived.source
    bars = [
        tell(language, "follows from the events: {bar}", bar=bar_text(bar, wording))
        for bar in verdict.bars or ()
        if isinstance(source, Barred) and source.application == bar.application
    ]
    events = (verdict.sheet.events[place] for place in derived.events)
    follows = say("follows from this event: {event}, {day}")
    happened = [_happened(wording, follows, event) for event in events]
    yield from bars or happened or [tell(language, "follows from the events")]
    if derived.origin.basis is Basis.ASSUMED:
        yield tell(language, "supposed")


def _happened(wording: Wording, template: Message, event: Event) -> str:
    """Say of which event a fact is known."""
    language = wording.language
    label = wording.vocabulary.events[event.kind].label[language]
    return tell(language, template, event=label, day=wording.day(event.on))
