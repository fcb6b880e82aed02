"""Check a decision: by conditions, or by the bands of a quantity."""

from ipcity_policy.lang import core, syntax
from ipcity_policy.lang.datatypes import DateType, NumberType, name_of
from ipcity_policy.lang.values import Dates, Numbers
from ipcity_policy.law.checks.bands import Band, Limit, Measured, write_out
from ipcity_policy.law.checks.checking import Checking
from ipcity_policy.law.model import Decision, Localized, Outcome
from ipcity_policy.law.reader import Entry, child, entries_of, items_of, text_of, words_of
from ipcity_policy.text.fixes import nearest
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Span
from ipcity_policy.text.subject import EntryKey, EntryKind
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar, removal


def check_decision(check: Checking, entry: Entry) -> Decision | None:
    """Return a decision; None where it has neither bands nor outcomes."""
    node = entry.node
    by, bands = child(node, "by"), child(node, "bands")
    if (by is None) != (bands is None) or (bands is None) == (child(node, "outcomes") is None):
        check.say(
            "S202", say("a decision has either `by:` with `bands:`, or `outcomes:`"), entry.span
        )
        return None
    if not (items_of(node, "bands") or entries_of(node, "outcomes")):
        check.say("S202", say("a decision has outcomes, but none is written"), entry.span)
        return None
    governed = child(node, "governed-by")
    if isinstance(governed, Scalar):
        fact = check.names.fact(governed.text, governed.span)
        if fact is not None and not isinstance(fact.datatype, DateType):
            check.say(
                "T101",
                say(
                    "`{name}` is {type}, but only a date can govern",
                    name=fact.name,
                    type=name_of(fact.datatype),
                ),
                governed.span,
            )
    rows = _bands(check, entry, by) if isinstance(by, Scalar) else _outcomes(check, entry)
    written = (*items_of(node, "bands"), *(row for _, row in entries_of(node, "outcomes")))
    if rows and [text_of(row, "when") for row in written] == ["otherwise"]:
        message = say(
            "`{id}` decides nothing: it gives the same answer whatever a sheet states",
            id=entry.id,
        )
        help = say(
            "state the condition under which another outcome holds; if there is "
            "none, leave it as it is"
        )
        check.say("L114", message, entry.span, help)
    return Decision(
        id=entry.id,
        asks=words_of(node, "asks") or Localized(entry.id, entry.id),
        asks_also=_asks_also(check, entry),
        governed_by=text_of(node, "governed-by"),
        by=text_of(node, "by"),
        outcomes=rows,
        origin=check.origin(entry),
    )


def _asks_also(check: Checking, entry: Entry) -> tuple[str, ...]:
    """Return the other decisions whose facts a sheet for this one asks for."""
    others = [
        id
        for kind, id in check.version.entries
        if kind is EntryKind.DECISION and id != entry.id
    ]
    found: list[str] = []
    for item in items_of(entry.node, "asks-also"):
        if not isinstance(item, Scalar):
            continue
        if item.text in others:
            found.append(item.text)
            continue
        near, fix = nearest(item.text, others, item.span)
        message = say("`{name}` is not another decision of this version", name=item.text)
        help = near or say("name one that is under `decisions:`")
        missing = (EntryKey(EntryKind.DECISION, item.text),)
        check.say("N101", message, item.span, help, fix, missing=missing)
    return tuple(found)


def _bands(check: Checking, entry: Entry, by: Scalar) -> tuple[Outcome, ...]:
    quantity = check.names.operand(syntax.Name(by.text, span=by.span))
    if not isinstance(quantity, (core.FactRef, core.QuantityRef)):
        if quantity is None:
            _look_at_bands(check, entry)
        else:
            message = say(
                "`{text}` is a parameter, but bands divide a fact or a quantity", text=by.text
            )
            check.say("T101", message, by.span)
        return ()
    if not isinstance(quantity.datatype, (NumberType, DateType)):
        check.say(
            "T101",
            say(
                "`{text}` is {type}, but bands divide a number or a date",
                text=by.text,
                type=name_of(quantity.datatype),
            ),
            by.span,
        )
        return ()
    written: list[tuple[Node, Band]] = []
    whole = True
    for item in items_of(entry.node, "bands"):
        misplaced = item.key("before") if isinstance(item, document.Mapping) else None
        if misplaced is not None:
            message = say("`before` has a meaning only in a band that a draft adds")
            fix = removal(item, "before")
            check.say("S201", message, misplaced.span, say("put the band in its place"), fix)
        when, outcome = child(item, "when"), text_of(item, "outcome")
        band = _band(check, when, outcome, quantity)
        if band is None:
            whole = False
        elif any(band.outcome == other.outcome for _, other in written):
            check.say(
                "N102",
                say("`{outcome}` is the outcome of two bands", outcome=band.outcome),
                band.span,
                say("give each band an outcome of its own"),
            )
            whole = False
        else:
            written.append((item, band))
    if not whole or not written:
        return ()
    conditions, wrong = write_out(quantity, [band for _, band in written])
    check.diagnostics += wrong
    return tuple(
        _row(check, entry, band.outcome, item, conditions.get(band.outcome))
        for item, band in written
    )


def _look_at_bands(check: Checking, entry: Entry) -> None:
    """Report what is wrong with bands of something that is not known."""
    for item in items_of(entry.node, "bands"):
        when = child(item, "when")
        parsed = check.parse(when, "band") if isinstance(when, Scalar) else None
        if isinstance(parsed, syntax.Relation):
            for operand in parsed.right:
                check.names.operand(operand)


def _band(
    check: Checking, when: Node | None, outcome: str | None, quantity: Measured
) -> Band | None:
    if not isinstance(when, Scalar) or outcome is None:
        return None
    parsed = check.parse(when, "band")
    if isinstance(parsed, syntax.Otherwise):
        return Band(outcome, None, None, when.span)
    if not isinstance(parsed, syntax.Relation):
        return None
    says = check.lowering.compare(quantity, parsed, when.span)
    if says is None:
        return None
    if not isinstance(says, core.Apply) or says.row.order is None:
        message = say("a band states where it ends or where it begins")
        help = say(
            "use `below`, `at most`, `at least` or `above`; for dates, `before` and the like"
        )
        check.say("T101", message, when.span, help)
        return None
    limit = _limit(check, says)
    if limit is None:
        check.say(
            "T101",
            say("a band is compared with a parameter that has one exact value"),
            when.span,
            say("name the value under `parameters:`"),
        )
        return None
    return Band(outcome, says, limit, when.span)


def _limit(check: Checking, says: core.Apply) -> Limit | None:
    right = says.operands[1]
    if not isinstance(right, core.ParameterRef):
        return None
    value = check.parameters[right.name].value
    if isinstance(value, (Numbers, Dates)) and value.known:
        return value.low
    return None


def _outcomes(check: Checking, entry: Entry) -> tuple[Outcome, ...]:
    rows: list[Outcome] = []
    others: list[Span] = []
    for name, item in entries_of(entry.node, "outcomes"):
        when = child(item, "when")
        if isinstance(when, Scalar) and when.text.strip() == "otherwise":
            others.append(when.span)
            condition: core.Condition | None = None
        else:
            condition = check.whole(item, "when") or core.All(())
        rows.append(_row(check, entry, name.text, item, condition))
    for again in others[1:]:
        check.say(
            "M107", say("a second `otherwise` never holds"), again, say("say when it holds")
        )
    return tuple(rows)


def _row(
    check: Checking, entry: Entry, outcome: str, node: Node, condition: core.Condition | None
) -> Outcome:
    return Outcome(
        outcome,
        words_of(node, "says") or Localized(outcome, outcome),
        condition,
        check.effects(node),
        check.origin(entry, node),
    )
