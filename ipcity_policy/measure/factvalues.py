"""The value of a fact, read from a sheet in the form that its type asks for."""

import re
import unicodedata
from decimal import Decimal
from typing import assert_never

from ipcity_policy.lang.calendar import in_months
from ipcity_policy.lang.datatypes import (
    ANY_DAY,
    ChoiceType,
    DateType,
    DocumentType,
    FactType,
    NumberType,
    PeriodType,
    RankType,
    SeriesType,
    SetType,
    TextType,
    name_of,
    unknown,
)
from ipcity_policy.lang.literals import (
    NUMBER,
    number_text,
    read_amount,
    read_date,
    read_period,
)
from ipcity_policy.lang.values import (
    Documents,
    Element,
    Numbers,
    Options,
    Periods,
    Ranks,
    Series,
    Sets,
    Text,
    Value,
)
from ipcity_policy.measure.model import Fact
from ipcity_policy.measure.reader import child, text_of
from ipcity_policy.measure.shapes.sheetfile import OPTIONS, RANK, SCALAR, SERIES
from ipcity_policy.text import document
from ipcity_policy.text.diagnostic import Diagnostic, diagnose, did_you_mean
from ipcity_policy.text.document import Node, Scalar, Sequence
from ipcity_policy.text.message import Message, listed, say
from ipcity_policy.text.shape import Shape
from ipcity_policy.text.source import Span

#: A number and what stands for its unit, with a space between them or without.
_WITH_UNIT = re.compile(rf"({NUMBER}) ?([^\s0-9]+)")
#: How Chinese writing counts calendar time.
_COUNTED = {"年": "year", "个月": "month", "周": "week", "天": "day", "日": "day"}
_FIRST_YEAR, _LAST_YEAR = 1000, 9999


def value_shape(datatype: FactType | None) -> Shape:
    """Return how a value of a type is written; one that is `unknown` has no type."""
    match datatype:
        case RankType():
            return RANK
        case SeriesType():
            return SERIES
        case SetType():
            return OPTIONS
    return SCALAR


def read_value(fact: Fact, node: Node, diagnostics: list[Diagnostic]) -> Value | None:
    """Read a value that has the shape of its type; None where it is faulty."""
    match fact.datatype:
        case RankType():
            return _rank(node, diagnostics)
        case SeriesType(each):
            return _series(fact, each, node, diagnostics)
        case SetType(options):
            return _set(fact, options, node, diagnostics)
        case DocumentType():
            return _document(fact, node, diagnostics)
    assert isinstance(node, Scalar)  # INVARIANT: it has the shape of its type
    found = _scalar(fact, fact.datatype, node.text.strip(), node.span)
    if isinstance(found, Diagnostic):
        diagnostics.append(found)
        return None
    return found


def _scalar(fact: Fact, datatype: FactType, text: str, at: Span) -> Value | Diagnostic:
    match datatype:
        case NumberType():
            return _number(fact, datatype, text, at)
        case PeriodType(unit):
            return _period(fact, unit, text, at)
        case DateType():
            days = read_date(text)
            if days is None:
                mend = say("write it as `2001-05-17`, `2001-05` or `2001`")
                return _wrong(fact, datatype, text, at, mend)
            return days
        case ChoiceType(options):
            if text not in options:
                mend = did_you_mean(text, options) or say(
                    "the options are {names}", names=listed(options)
                )
                return _wrong(fact, datatype, text, at, mend)
            return Options(frozenset({text}))
        case TextType():
            return Text(text)
        case RankType() | SeriesType() | SetType() | DocumentType():
            raise AssertionError(datatype)  # INVARIANT: they are no scalars
        case _:
            assert_never(datatype)


def _number(fact: Fact, datatype: NumberType, text: str, at: Span) -> Value | Diagnostic:
    unit, low, high = datatype.unit, datatype.low, datatype.high
    amount = read_amount(text)
    if amount is None or (amount[1] or "") != unit:
        bare = amount is not None and amount[1] is None
        mend = say("write a number and `{unit}`", unit=unit)
        if bare:
            mend = say("write `{text} {unit}`", text=text, unit=unit)
        if not unit:
            mend = say("write a number without a unit")
        return _wrong(fact, datatype, text, at, mend)
    number = amount[0]
    if datatype.whole and number != number.to_integral_value():
        return _wrong(fact, datatype, text, at, say("write it without decimals"))
    if (low is not None and number < low) or (high is not None and number > high):
        return diagnose(
            "F103",
            say("`{text}` is outside the range of `{id}`", text=text, id=fact.id),
            at,
            help=_limits(low, high, unit),
        )
    return Numbers(number, number, unit)


def _limits(low: Decimal | None, high: Decimal | None, unit: str) -> Message:
    """Say in which range a number lies."""
    assert low is not None or high is not None  # INVARIANT: something lies outside
    least = None if low is None else say("at least {limit}", limit=number_text(low))
    most = None if high is None else say("at most {limit}", limit=number_text(high))
    both = tuple(limit for limit in (least, most) if limit is not None)
    limits = (
        both[0] if len(both) == 1 else say("{least} and {most}", least=both[0], most=both[1])
    )
    return (
        say("it is {limits} {unit}", limits=limits, unit=unit)
        if unit
        else say("it is {limits}", limits=limits)
    )


def _period(fact: Fact, unit: str, text: str, at: Span) -> Periods | Diagnostic:
    period = read_period(text)
    if period is None or in_months(period.unit) != in_months(unit):
        return _wrong(
            fact, PeriodType(unit), text, at, say("write a number and `{unit}`", unit=unit)
        )
    return period


def _rank(node: Node, diagnostics: list[Diagnostic]) -> Ranks | None:
    assert isinstance(node, document.Mapping)  # INVARIANT: it has the shape of a rank
    place, size = _count(node, "rank"), _count(node, "of")
    tied = _count(node, "tied") or 1
    first = place or 1
    last = first + tied - 1
    if size is not None and last > size:
        written = node.get("rank")
        message = say(
            "the place {last} lies beyond the size of the cohort, {size}", last=last, size=size
        )
        if tied > 1:
            message = say(
                "{tied} from the place {first} on lie beyond the size of the cohort, {size}",
                tied=tied,
                first=first,
                size=size,
            )
        mend = say("see which of them was miswritten")
        at = written.span if written is not None else node.span
        diagnostics.append(diagnose("F110", message, at, help=mend))
        return None
    # Those who share a place stand behind it, so that it is not among the last of all.
    lowest = None if size is None else size - tied + 1
    return Ranks(
        low=first,
        high=place or lowest,
        of_low=size or last,
        of_high=size,
        tied=tied,
    )


def _count(node: Node, key: str) -> int | None:
    text = text_of(node, key)
    return None if text in (None, "unknown") else int(str(text))


def _series(
    fact: Fact, each: NumberType | ChoiceType, node: Node, diagnostics: list[Diagnostic]
) -> Series | None:
    assert isinstance(node, document.Mapping)  # INVARIANT: it has the shape of a series
    wide = unknown(each)
    assert isinstance(wide, (Numbers, Options))
    years: dict[int, Element] = {}
    for key, item in node.entries:
        year = int(key.text) if key.text.isascii() and key.text.isdecimal() else 0
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            message = say("`{text}` is not a year", text=key.text)
            mend = say("write each year with its value: `2001: …`")
            diagnostics.append(diagnose("F102", message, key.span, help=mend))
            continue
        assert isinstance(item, Scalar)
        text = item.text.strip()
        found = wide if text == "unknown" else _scalar(fact, each, text, item.span)
        if isinstance(found, Diagnostic):
            diagnostics.append(found)
        elif isinstance(found, (Numbers, Options)):
            years[year] = found
    return Series(tuple(sorted(years.items())), wide)


def _set(
    fact: Fact, options: tuple[str, ...], node: Node, diagnostics: list[Diagnostic]
) -> Sets | None:
    named: dict[str, str] = {}
    if isinstance(node, Sequence):
        pairs = [(item, "yes") for item in node.items if isinstance(item, Scalar)]
        rest = "no"  # a list says all that is in the set
    else:
        assert isinstance(node, document.Mapping)
        pairs = [(k, item.text) for k, item in node.entries if isinstance(item, Scalar)]
        rest = "unknown"
    right = True
    for key, held in pairs:
        if key.text not in options:
            mend = did_you_mean(key.text, options) or say(
                "the options are {names}", names=listed(options)
            )
            found = _wrong(fact, fact.datatype, key.text, key.span, mend)
            diagnostics.append(found)
            right = False
        named[key.text] = held
    if not right:
        return None
    held_by = {option: named.get(option, rest) for option in options}
    return Sets(
        frozenset(option for option, held in held_by.items() if held == "yes"),
        frozenset(option for option, held in held_by.items() if held == "unknown"),
    )


def _document(fact: Fact, node: Node, diagnostics: list[Diagnostic]) -> Documents | None:
    text = node.text.strip() if isinstance(node, Scalar) else text_of(node, "submitted") or ""
    if text not in ("yes", "no", "unknown"):
        mend = say("write `yes`, `no` or `unknown`, or a block with `submitted:` and `on:`")
        diagnostics.append(_wrong(fact, fact.datatype, text, node.span, mend))
        return None
    submitted = {"yes", "no"} if text == "unknown" else {text}
    on = child(node, "on")
    if on is not None and text != "yes":
        message = say("`{id}` was not submitted, and the day of it is given", id=fact.id)
        if text != "no":
            message = say(
                "`{id}` is not known to be submitted, and the day of it is given", id=fact.id
            )
        mend = say("delete `on:`, or write `submitted: yes`")
        diagnostics.append(diagnose("F102", message, on.span, help=mend))
        return None
    days = read_date(text_of(node, "on") or "") or ANY_DAY
    return Documents(Options(frozenset(submitted)), days)


def _wrong(fact: Fact, datatype: FactType, text: str, at: Span, mend: Message) -> Diagnostic:
    kind = name_of(datatype)
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if text.lower() in ("unknown", "null", "~", "n/a", "?", "不明", "未知"):
        mend = say("write `unknown`")
    elif isinstance(datatype, (RankType, SeriesType, SetType, DocumentType)):
        pass
    elif plain != text and not isinstance(_scalar(fact, datatype, plain, at), Diagnostic):
        mend = say("write `{text}`", text=plain)
    elif isinstance(datatype, NumberType):
        found = _WITH_UNIT.fullmatch(plain)
        signs = () if fact.unit is None else (fact.unit.label.zh, fact.unit.one.zh)
        if found and (datatype.unit.startswith(found[2]) or found[2] in signs):
            mend = say("write `{text} {unit}`", text=found[1], unit=datatype.unit)
    elif isinstance(datatype, PeriodType):
        found = _WITH_UNIT.fullmatch(plain)
        unit = _COUNTED.get(found[2], "") if found else ""
        if found and unit:
            unit = unit if found[1] == "1" else f"{unit}s"
            counted = f"{found[1]} {unit}"
            if not isinstance(_period(fact, datatype.unit, counted, at), Diagnostic):
                mend = say("write `{text} {unit}`", text=found[1], unit=unit)
    return diagnose(
        "F102",
        say(
            "`{text}` does not state `{id}`, which is {type}", text=text, id=fact.id, type=kind
        ),
        at,
        help=mend,
    )
