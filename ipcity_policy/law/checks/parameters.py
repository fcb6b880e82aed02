"""Check parameters: read the value of each with its type."""

import re
from collections.abc import Iterable

from ipcity_policy.lang.datatypes import (
    ChoiceType,
    DataType,
    DateType,
    NumberType,
    PeriodType,
    SetType,
)
from ipcity_policy.lang.literals import read_amount, read_date, read_period
from ipcity_policy.lang.values import Numbers, Options, Periods, Value
from ipcity_policy.law.model import Localized, Parameter
from ipcity_policy.law.reader import Entry, child, words_of
from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose
from ipcity_policy.text.fixes import nearest
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import Span
from ipcity_policy.text.subject import EntryKey, EntryKind
from ipcity_policy.yaml.document import Scalar, Sequence
from ipcity_policy.yaml.schema import is_name


def check_parameter(entry: Entry, units: Iterable[str]) -> Result[Parameter]:
    """Return a parameter; none where its value cannot be read."""
    written = child(entry.node, "value") or entry.node
    label = words_of(entry.node, "label")
    if label is None:
        plain = entry.id.replace("-", " ")
        label = Localized(plain, plain)
    if isinstance(written, Sequence):
        names = tuple(item.text for item, _ in options_of(entry))
        return Result(Parameter(entry.id, SetType(names), names, label, entry.origin))
    if not isinstance(written, Scalar):
        return Result(None)
    found = _read_value(written.text.strip(), units, written.span)
    if isinstance(found, Diagnostic):
        return Result(None, (found,))
    wrong = _no_time(entry.id, found[1], written.span)
    return Result(Parameter(entry.id, *found, label, entry.origin), wrong)


def _no_time(name: str, value: Value, at: Span) -> tuple[Diagnostic, ...]:
    """Report a period that is over when it begins."""
    if not isinstance(value, Periods) or value.low != 0:
        return ()
    message = say("`{name}` is a period of no length", name=name)
    help = say("check whether it is wrong; if it is right, leave it")
    return (diagnose("L113", message, at, help=help),)


def options_of(entry: Entry) -> tuple[tuple[Scalar, Span], ...]:
    """Return the options that a set holds, with their places."""
    written = child(entry.node, "value") or entry.node
    items = written.items if isinstance(written, Sequence) else ()
    return tuple((item, item.span) for item in items if isinstance(item, Scalar))


def _read_value(
    text: str, units: Iterable[str], at: Span
) -> tuple[DataType, Value] | Diagnostic:
    """Read a period, a number with its unit, a plain count, a date, or an option."""
    period = read_period(text)
    if period is not None:
        return PeriodType(period.unit), period
    days = read_date(text)
    if days is not None and "-" in text:
        if not days.known:
            message = say("`{text}` is not one day", text=text)
            return diagnose("S204", message, at, help=say("write the day, as `2001-05-17`"))
        return DateType(), days
    amount = read_amount(text)
    if amount is None:
        if is_name(text):
            return ChoiceType((text,)), Options(frozenset({text}))
        return diagnose(
            "S204",
            say("`{text}` is not an amount, a period, a date or an option", text=text),
            at,
            help=_help(text),
        )
    number, unit = amount
    if unit is not None and unit not in units:
        near, fix = nearest(unit, units, at)
        help = near or say("declare it under `{block}:`", block="units")
        message, missing = (
            say("`{name}` is not declared", name=unit),
            (EntryKey(EntryKind.UNIT, unit),),
        )
        return diagnose("N101", message, at, help=help, fix=fix, missing=missing)
    datatype = NumberType(
        unit or "", whole=unit is None and number == number.to_integral_value()
    )
    return datatype, Numbers(number, number, unit or "")


def _help(text: str) -> Message:
    grouped = re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+( .+)?", text)
    if grouped is not None:
        return say("write `{text}`", text=text.replace(",", ""))
    share = re.fullmatch(r"([0-9.]+) ?[%％]", text)
    if share is not None:
        return say("write `{share} percent`", share=share[1])
    return say("write it as `12 kilos`, `30 percent`, `3 days` or `2001-05-17`")
