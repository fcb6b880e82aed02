"""Check parameters: read the value of each with its type."""

from collections.abc import Iterable

from ipcity_policy.lang.datatypes import (
    DataType,
    DateType,
    NumberType,
    PeriodType,
    SetType,
)
from ipcity_policy.lang.literals import read_amount, read_date, read_period
from ipcity_policy.lang.values import Numbers, Value
from ipcity_policy.measure.model import Parameter, Words
from ipcity_policy.measure.reader import Entry, child, words_of
from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose
from ipcity_policy.text.document import Scalar, Sequence
from ipcity_policy.text.mends import nearest
from ipcity_policy.text.source import Span


def check_parameter(entry: Entry, units: Iterable[str]) -> Result[Parameter]:
    """Return a parameter; none where its value cannot be read."""
    written = child(entry.node, "value") or entry.node
    label = words_of(entry.node, "label")
    if label is None:
        plain = entry.id.replace("-", " ")
        label = Words(plain, plain)
    if isinstance(written, Sequence):
        names = tuple(item.text for item, _ in options_of(entry))
        return Result(Parameter(entry.id, SetType(), names, label, entry.origin))
    if not isinstance(written, Scalar):
        return Result(None)
    found = _read_value(written.text, units, written.span)
    if isinstance(found, Diagnostic):
        return Result(None, (found,))
    return Result(Parameter(entry.id, *found, label, entry.origin))


def options_of(entry: Entry) -> tuple[tuple[Scalar, Span], ...]:
    """Return the options that a set holds, with their places."""
    written = child(entry.node, "value") or entry.node
    items = written.items if isinstance(written, Sequence) else ()
    return tuple((item, item.span) for item in items if isinstance(item, Scalar))


def _read_value(
    text: str, units: Iterable[str], at: Span
) -> tuple[DataType, Value] | Diagnostic:
    """Read a period, a number with its unit, or a date."""
    period = read_period(text)
    if period is not None:
        return PeriodType(), period
    days = read_date(text)
    if days is not None and "-" in text:
        if not days.known:
            message = f"`{text}` is not one day"
            return diagnose("S204", message, at, help="write the day, as `2001-05-17`")
        return DateType(), days
    amount = read_amount(text)
    if amount is None:
        return diagnose(
            "S204",
            f"`{text}` is not an amount, a period or a date",
            at,
            help="write it as `12 kilos`, `3 days` or `2001-05-17`",
        )
    number, unit = amount
    if unit is None:
        return diagnose("T102", f"`{text}` has no unit", at, help="write the unit after it")
    if unit not in units:
        near, fix = nearest(unit, units, at)
        mend = near or "declare it under `units:`"
        return diagnose("N101", f"the unit `{unit}` is not declared", at, help=mend, fix=fix)
    return NumberType(unit), Numbers(number, number, unit)
