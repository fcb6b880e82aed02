"""The sentences of an explanation: what a reason, an effect or an assumption says."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from ipcity_policy.engines.interpreter.arithmetic import calculated, moved
from ipcity_policy.engines.interpreter.explanation import (
    AlternativeAnswer,
    Assumption,
    AssumptionKind,
    Consequence,
    Fault,
    Missing,
    Reason,
    ReasonKind,
    Status,
)
from ipcity_policy.engines.lifecycle.position import RunningBar
from ipcity_policy.lang import core, decimals
from ipcity_policy.lang.datatypes import ANY_DAY, PERCENT, PLACES, DateType, NumberType
from ipcity_policy.lang.literals import number_text
from ipcity_policy.lang.values import Dates, Documents, Numbers, Periods, Value
from ipcity_policy.law.model import Basis, Origin, Outcome, Quantity
from ipcity_policy.questions.verdict import DecisionVerdict
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.text.message import Message, say, tell
from ipcity_policy.text.subject import FactPath
from ipcity_policy.words.sentences import basis_word


def answer_lines(
    given: AlternativeAnswer,
    rows: Mapping[str, Outcome],
    language: str,
    *,
    fault: Fault | None = None,
) -> list[str]:
    """Say an outcome, or the ones that are possible, one a line below a first line."""
    said = _outcomes(given, rows, say("{says} ({id})"), language)
    if fault is Fault.GAP:
        return [
            tell(language, "the measure has no outcome for these facts: a gap in the rules")
        ]
    if fault is Fault.OVERLAP:
        return [
            tell(
                language,
                "the measure gives several outcomes at once, an overlap in the rules: "
                "{outcomes}",
                outcomes=_either(_outcomes(given, rows, _IN_A_SENTENCE, language), language),
            )
        ]
    if not said:
        return [tell(language, "no answer can be given")]
    if given.outcome is not None:
        return [said[0]]
    return [
        tell(language, "cannot be decided yet; possible are:"),
        *(f"- {one}" for one in said),
    ]


def answer_text(
    given: AlternativeAnswer,
    rows: Mapping[str, Outcome],
    language: str,
    *,
    fault: Fault | None = None,
) -> str:
    """Say an outcome, or the ones that are possible, in one sentence."""
    said = _outcomes(given, rows, _IN_A_SENTENCE, language)
    if fault is not None or not said:
        return answer_lines(given, rows, language, fault=fault)[0]
    if given.outcome is not None:
        return said[0]
    return tell(language, "one of these: {outcomes}", outcomes=_either(said, language))


#: An outcome among other words: what it says may have marks of its own.
_IN_A_SENTENCE = say("{says} ({id})", context="in-a-sentence")
#: An outcome with whether it is given, so that its mark is not taken for that of a condition.
_GIVEN = {
    Status.MET: say("{says} ({id})", context="given"),
    Status.NOT_MET: say("{says} ({id})", context="not-given"),
    Status.UNKNOWN: say("{says} ({id})", context="perhaps-given"),
    Status.NOT_APPLICABLE: say("{says} ({id})", context="not-given"),
}


def _outcomes(
    given: AlternativeAnswer, rows: Mapping[str, Outcome], template: Message, language: str
) -> list[str]:
    ids = given.possible if given.outcome is None else (given.outcome,)
    return [tell(language, template, says=rows[id].says[language], id=id) for id in ids]


def _either(said: Iterable[str], language: str) -> str:
    return tell(language, "; or ").join(said)


#: What was found, and how far from the limit; of what no sheet states, in another sense.
_FOUND = say("{asked}. Found: {found}"), say("{asked}. Found: {found}, {margin}")
_RECKONED = (
    say("{asked}. Found: {found}", context="reckoned"),
    say("{asked}. Found: {found}, {margin}", context="reckoned"),
)


def reason_text(
    reason: Reason, decision: str, wording: Wording, derived: Collection[str] = ()
) -> str:
    """Say what was asked, where it stands, what was found and how far from the limit.

    What is `derived` follows from events, and was not stated.
    """
    language, program = wording.language, wording.program
    assert program is not None  # INVARIANT: reasons are made from a Program
    if reason.kind is ReasonKind.OUTCOME:
        row = next(r for r in program.decisions[decision].outcomes if r.outcome == reason.id)
        says = tell(language, _GIVEN[reason.status], says=row.says[language], id=row.outcome)
        if reason.asked is None:
            return tell(language, "{says}: when no other outcome holds", says=says)
        return tell(language, "{text} [{cite}]", text=says, cite=wording.origin(reason.origin))
    if reason.kind is ReasonKind.RULE:
        title = program.rules[str(reason.id)].title[language]
        return tell(language, "{text} [{cite}]", text=title, cite=wording.origin(reason.origin))
    if reason.kind is ReasonKind.QUANTITY:
        return _quantity_text(reason, wording)
    if reason.kind is ReasonKind.YEAR:
        ((name, value),) = reason.values.items()
        said = wording.value(value, name)
        return tell(
            language,
            say("{year}: {value}", context="year-value"),
            year=str(reason.id),
            value=said,
        )
    if reason.kind is ReasonKind.EVENT:
        return _event_text(reason, wording)
    assert reason.asked is not None  # INVARIANT: only `otherwise` asks nothing
    asked = wording.condition(reason.asked)
    if isinstance(reason.asked, core.Unless) and reason.because[1].status is Status.MET:
        return tell(language, "{asked}. The exception holds", asked=asked)
    if reason.status is Status.NOT_APPLICABLE:
        return tell(language, "{asked}: not applicable here", asked=asked)
    found_of = {
        name: value
        for name, value in reason.values.items()
        if name in wording.vocabulary.facts or name in program.quantities
    }
    of_sheet = isinstance(reason.asked, core.Apply) and reason.asked.row.of_sheet
    if not found_of or of_sheet:
        return asked
    if all(wording.open(name, value) for name, value in found_of.items()):
        return tell(language, "{asked}: not known", asked=asked)
    days = tuple(_calculated_days(reason, wording))
    margin = margin_text(reason, wording)
    all_stated = wording.vocabulary.facts.keys() - {*derived} >= found_of.keys()
    alone, with_margin = _FOUND if all_stated else _RECKONED
    if len(found_of) > 1 or days or isinstance(reason.asked, core.InYears):
        stated = (_stated(name, value, wording) for name, value in found_of.items())
        parts = (*stated, *days, *(() if margin is None else (margin,)))
        return tell(
            language,
            alone,
            asked=asked,
            found=tell(language, "; ").join(parts),
        )
    found = tell(language, ", ").join(
        wording.found(name, value) for name, value in found_of.items()
    )
    if margin is None:
        return tell(language, alone, asked=asked, found=found)
    return tell(language, with_margin, asked=asked, found=found, margin=margin)


def _event_text(reason: Reason, wording: Wording) -> str:
    """Say which event tells that an outcome was given, or that it was not."""
    ((kind, on),) = reason.values.items()
    assert isinstance(on, Dates)  # INVARIANT: it is the day of the event
    return tell(
        wording.language,
        "this event shows that it was so: {event}, {day} [{cite}]"
        if reason.status is Status.MET
        else "this event shows that it was not so: {event}, {day} [{cite}]",
        event=wording.vocabulary.events[kind].label[wording.language],
        day=wording.day(on),
        cite=wording.origin(reason.origin),
    )


def _quantity_text(reason: Reason, wording: Wording) -> str:
    """Say what a quantity comes to, how it is calculated, and from what."""
    language, program = wording.language, wording.program
    assert program is not None
    quantity = program.quantities[str(reason.id)]
    if quantity.system is not None:
        return _total_text(reason, quantity, wording)
    value = wording.found(quantity.id, reason.values[quantity.id])
    parts = {
        "title": quantity.title[language],
        "value": value,
        "how": wording.expression(quantity.expression),
        "cite": wording.origin(quantity.origin),
    }
    facts = [
        _stated(name, one, wording)
        for name, one in reason.values.items()
        if name in wording.vocabulary.facts
    ]
    if not facts:
        return tell(language, "{title}: {value}, which is {how} [{cite}]", **parts)
    found = tell(language, "; ").join(facts)
    return tell(
        language,
        "{title}: {value}, which is {how} [{cite}]. Found: {found}",
        found=found,
        **parts,
    )


def _total_text(reason: Reason, quantity: Quantity, wording: Wording) -> str:
    """Say what the total of a table or of a block comes to, and how much of it is known."""
    language, expression = wording.language, quantity.expression
    given = expression.stated if isinstance(expression, core.StatedTotal) else None
    expression = expression.total if isinstance(expression, core.StatedTotal) else expression
    total = calculated(expression, lambda operand: value_of(operand, reason))
    if wording.open(quantity.id, reason.values[quantity.id]):
        total = reason.values[quantity.id]  # without its text the table comes to nothing
    assert isinstance(total, Numbers)  # INVARIANT: the checker saw to it
    assert isinstance(quantity.datatype, NumberType)
    unit, whole = total.unit, quantity.datatype.high
    low, high = total.low or Decimal(0), total.high
    parts = {
        "title": quantity.title[language],
        "points": wording.value(Numbers(whole, whole, unit)),
        "cite": wording.origin(quantity.origin),
    }
    if total.known or high is None or whole is None:
        value = wording.value(total)
        number = number_text(low) if total.known else value
        text = tell(
            language, "{title}: {number} of {points}", number=number, value=value, **parts
        )
    else:
        known = decimals.minus(whole, decimals.minus(high, low))
        ends = {
            "least": number_text(low),
            "low": number_text(low),
            "high": number_text(high),
            "from": wording.value(Numbers(low, low, unit)),
            "to": wording.value(Numbers(high, high, unit)),
        }
        said = wording.value(Numbers(known, known, unit))
        template = (
            say("{title}: {least} of {known} known, between {low} and {high} of {points}")
            if known
            else say("{title}: nothing known, between {low} and {high} of {points}")
        )
        text = tell(language, template, known=said, **ends, **parts)
    stated = None if given is None else reason.values[given.name]
    if given is not None and stated is not None and not wording.open(given.name, stated):
        text = tell(
            language, "{text}; it is stated as {value}", text=text, value=wording.value(stated)
        )
    scores = [
        _stated(name, one, wording)
        for name, one in reason.values.items()
        if name in wording.vocabulary.facts and (given is None or name != given.name)
    ]
    if not scores:
        return tell(language, "{text} [{cite}]", text=text, **parts)
    found = tell(language, "; ").join(scores)
    return tell(language, "{text} [{cite}]. Scores: {found}", text=text, found=found, **parts)


def _calculated_days(reason: Reason, wording: Wording) -> Iterator[str]:
    """Say the days that a comparison calculates from others, where they are known."""
    asked = reason.asked
    if not isinstance(asked, core.Apply):
        return
    days: list[core.Moved] = [one for one in asked.operands if isinstance(one, core.Moved)]
    if asked.row.of_time:
        start, _, period = asked.operands
        days.append(core.Moved(start, period, 1, DateType()))
    for one in days:
        found = moved(one, lambda operand: value_of(operand, reason))
        if found.low is not None and found.high is not None and found != ANY_DAY:
            name, day = wording.moved(one), wording.day(found)
            yield tell(wording.language, "{fact}: {value}", fact=name, value=day)


def value_of(operand: core.Operand, reason: Reason) -> Value | tuple[str, ...]:
    """Return what was found of an operand."""
    if isinstance(operand, core.Moved):
        return moved(operand, lambda one: value_of(one, reason))
    assert not isinstance(operand, core.OptionRef)  # INVARIANT: the checker saw to it
    return reason.values[operand.name]


def _stated(name: str, value: Value | tuple[str, ...], wording: Wording) -> str:
    """Say what was found of a fact or quantity, by its name."""
    return tell(
        wording.language,
        "{fact}: {value}",
        fact=wording.named(name),
        value=wording.found(name, value),
    )


def margin_text(reason: Reason, wording: Wording) -> str | None:
    """Say on which side of its limit a known value lies, and how far."""
    margin = reason.margin
    if margin is None or margin.low is None or margin.low != margin.high:
        return None
    asked = reason.asked
    assert isinstance(asked, core.Apply)
    upward = asked.row.upward > 0
    over = margin.low if upward else margin.low.copy_negate()
    number, one = number_text(over.copy_abs()), over.copy_abs() == 1
    n = wording.amount(number, margin.unit, one=one)
    if margin.unit == PLACES:
        template = (
            say("{n} inside the limit")
            if over > 0
            else say("{n} outside the limit")
            if over
            else say("the last place inside the limit")
        )
        return tell(wording.language, template, n=n)
    left, right = (value_of(side, reason) for side in (asked.left, asked.operands[-1]))
    if isinstance(right, Periods):
        template = (
            say("{n} more than {limit}")
            if over > 0
            else say("{n} short of {limit}")
            if over
            else say("exactly {limit}")
        )
        return tell(wording.language, template, n=n, limit=wording.value(right))
    if isinstance(right, Dates):
        found = left.on if isinstance(left, Documents) else left
        template = (
            say("{day} is {n} after {limit}")
            if over > 0
            else say("{day} is {n} before {limit}")
            if over
            else say("both are the same day")
        )
        return tell(
            wording.language, template, n=n, day=wording.value(found), limit=wording.day(right)
        )
    if margin.unit == PERCENT:
        n = tell(
            wording.language, "1 percentage point" if one else "{n} percentage points", n=number
        )
    template = (
        say("{n} above the {limit}")
        if over > 0
        else say("{n} below the {limit}")
        if over
        else say("exactly the {limit}")
    )
    return tell(wording.language, template, n=n, limit=wording.limit(asked.operands[-1]))


def missing_text(
    missing: Missing, wording: Wording, parts: Sequence[DecisionVerdict] = ()
) -> str:
    """Name what is missing; of several versions that may govern, in the words of its own."""
    if isinstance(missing.of, FactPath):
        return wording.component(missing.of)
    if missing.assumed is not None:
        return _assumed_missing(missing.assumed, wording)
    cite = wording.cite(missing.name)
    for part in parts:
        if missing in part.answer.missing and part.program is not None:
            own = Wording(wording.vocabulary, wording.language, part.program)
            said = own.cite(missing.name)
            cite = tell(
                wording.language,
                "{cite} of {version}",
                cite=said,
                version=wording.called(part.program.id),
            )
    return tell(
        wording.language,
        "the text of {provision}, which is not available; it cannot be asked for",
        provision=cite,
    )


def assumption_text(assumption: Assumption, wording: Wording) -> str:
    """Say what was taken for granted."""
    language, about = wording.language, assumption.about
    day = wording.day(assumption.day) if assumption.day else ""
    match assumption.kind:
        case AssumptionKind.NO_DAY:
            return tell(language, "no day was asked about, so every fact of the sheet was used")
        case AssumptionKind.DAY_SUBSTITUTED:
            return tell(
                language,
                "the {fact} is not stated; {day}, the day asked about, is used instead",
                fact=wording.label(about),
                day=day,
            )
        case AssumptionKind.NOT_SEEN:
            return tell(
                language,
                "the {fact} was stated on {day}, after the day asked about, and was not used",
                fact=wording.label(about),
                day=day,
            )
        case AssumptionKind.LATER:
            return tell(
                language,
                "the {fact}, {day}, is after the day asked about and still chooses the version",
                fact=wording.label(about),
                day=day,
            )
        case AssumptionKind.START_IN_DOUBT:
            return tell(
                language,
                "{version} governed already; before {day} that is not known"
                if day
                else "{version} governed already; its first day is not known",
                version=wording.called(about),
                day=day,
            )
        case AssumptionKind.END_IN_DOUBT:
            return tell(
                language,
                "{version} still governed; from {day} on that is not known",
                version=wording.called(about),
                day=day,
            )
        case AssumptionKind.WITHIN:
            return tell(
                language,
                "the day lies in the part of {day} in which {version} was in force",
                version=wording.called(about),
                day=day,
            )
        case AssumptionKind.CARRIED_OVER:
            assert wording.program is not None
            carried = wording.program.carried[about]
            return tell(
                language,
                "{provision} is not available, and {version} is used in its place. {why}",
                provision=wording.cite(carried.provision),
                version=wording.called(about),
                why=carried.why[language],
            )
        case _:
            assert_never(assumption.kind)


def _assumed_missing(assumption: Assumption, wording: Wording) -> str:
    """Say that it is not known what would have to be assumed: that a version was in force."""
    day = wording.day(assumption.day) if assumption.day else ""
    if assumption.kind is AssumptionKind.END_IN_DOUBT:
        template = say("whether {version} still governed: from {day} on that is not known")
    elif day:
        template = say("whether {version} governed already: before {day} that is not known")
    else:
        template = say("whether {version} governed already: its first day is not known")
    return tell(wording.language, template, version=wording.called(assumption.about), day=day)


def effect_wording(verdict: DecisionVerdict, effect: core.Effect, wording: Wording) -> Wording:
    """Return a wording that knows the period of an effect: that of a version that has it.

    Where several versions may govern, none of them is the verdict's own.
    """
    if not isinstance(effect, core.Bar):
        return wording
    programs = (one.program for one in (verdict, *verdict.alternatives))
    known = (one for one in programs if one is not None and effect.period in one.parameters)
    return replace(wording, program=next(known, wording.program))


def effect_text(effect: core.Effect, origin: Origin, wording: Wording) -> str:
    """Say an effect as the rule file has it, without the days that it has for a subject."""
    return _cited(Consequence(effect, origin, None, None), wording)


def effect_said(effect: core.Effect, origin: Origin, wording: Wording) -> str:
    """Say an effect as `effect_text` does, without where it stands."""
    return _consequence(Consequence(effect, origin, None, None), wording)


def consequence_text(caused: Consequence, wording: Wording) -> str:
    """Say an effect, with its days where they are known, and where it stands."""
    said = _cited(caused, wording)
    provision = wording.provision(caused.origin)
    if caused.origin.basis is Basis.ATTESTED or provision is None or provision.note is None:
        return said
    return tell(
        wording.language, "{text}. {note}", text=said, note=provision.note[wording.language]
    )


def bar_text(bar: RunningBar, wording: Wording) -> str:
    """Say a bar that runs, or may run, with its days and where it stands."""
    language = wording.language
    return tell(
        language,
        "{application} is barred from {since} to {until} [{cite}]"
        if bar.certain
        else "{application} may be barred from {since} to {until} [{cite}]",
        application=wording.vocabulary.applications[bar.application][language],
        since=wording.day(bar.first),
        until=wording.day(bar.until),
        cite=wording.origin(bar.origin),
    )


def _cited(caused: Consequence, wording: Wording) -> str:
    language, basis = wording.language, caused.origin.basis
    template = "{text} [{cite}]" if basis is Basis.ATTESTED else say("{text} [{cite}, {basis}]")
    text, cite = _consequence(caused, wording), wording.origin(caused.origin)
    return tell(language, template, text=text, cite=cite, basis=basis_word(basis, language))


def _consequence(caused: Consequence, wording: Wording) -> str:
    language = wording.language
    application = wording.vocabulary.applications[caused.effect.application][language]
    if isinstance(caused.effect, core.Permit):
        return tell(language, "{application} is permitted", application=application)
    parts = {
        "application": application,
        "period": wording.value(wording.parameter(caused.effect.period).value),
        "fact": wording.label(caused.effect.after),
    }
    if caused.since is None or caused.until is None:
        return tell(language, "{application} is barred for {period} after the {fact}", **parts)
    days = {"since": wording.day(caused.since), "until": wording.day(caused.until)}
    return tell(
        language,
        "{application} is barred for {period} after the {fact}: after "
        "{since}, up to and including {until}",
        **parts,
        **days,
    )
