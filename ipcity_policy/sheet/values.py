"""The value of a fact, read from a sheet in the form that its type asks for."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from ipcity_policy.lang.calendar import counted, in_months, smallest
from ipcity_policy.lang.datatypes import (
    ANY_DAY,
    FINDING,
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
    AMOUNT_ENDS,
    NUMBER,
    begins_late,
    ends_of,
    number_text,
    read_amount,
    read_days,
    read_period,
)
from ipcity_policy.lang.values import (
    Dates,
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
from ipcity_policy.law.model import Fact
from ipcity_policy.law.reader import child, items_of, text_of
from ipcity_policy.law.schemas.sheet import (
    CHOICE,
    LAST,
    ONE_OF,
    OPTIONS,
    RANK,
    SCALAR,
    SERIES,
    SERIES_OF_CHOICES,
)
from ipcity_policy.text.diagnostic import Diagnostic, diagnose, did_you_mean
from ipcity_policy.text.message import Message, listed, say
from ipcity_policy.text.source import Span
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar, Sequence
from ipcity_policy.yaml.schema import Schema

#: A number and what stands for its unit, with a space between them or without.
_WITH_UNIT = re.compile(rf"({NUMBER}) ?([^\s0-9]+)")
#: A number up to another, as people write it who do not know the form.
_FROM_TO = re.compile(
    rf"(?:between |from )?({NUMBER}) ?\S*? ?(?:and|to|until|up to|-|–|—|~|至|到) ?"
    rf"({NUMBER}) ?[^\s0-9]*"
)
_DAY_TO_DAY = re.compile(r"(?:between |from )?(\S+) ?(?:and|to|until|–|—|~|至|到) ?(\S+)")
_WHOLE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: How Chinese writing counts calendar time.
_COUNTED = {"年": "year", "个月": "month", "周": "week", "天": "day", "日": "day"}
_FIRST_YEAR, _LAST_YEAR = 1000, 9999
#: The types whose values are written as more than one text.
_OF_SEVERAL = (RankType, SeriesType, SetType)


def is_unknown(node: Node) -> bool:
    """Tell whether a node says that something is not known."""
    return isinstance(node, Scalar) and node.text.strip() == "unknown"


def value_shape(datatype: FactType | None) -> Schema:
    """Return how a value of a type is written; one that is `unknown` has no type."""
    match datatype:
        case RankType():
            return RANK
        case SeriesType(each):
            return SERIES_OF_CHOICES if isinstance(each, ChoiceType) else SERIES
        case SetType():
            return OPTIONS
        case ChoiceType() if datatype != FINDING:
            return CHOICE
    return SCALAR


def read_text(fact: Fact, text: str, at: Span) -> Value | Diagnostic:
    """Read the value of a fact from one text, wherever that stands; or say what is wrong.

    Ranks, series and sets are written as more than one text: see `read_value`.
    """
    text = text.strip()
    if isinstance(fact.datatype, DocumentType):
        return _submitted(fact, text, ANY_DAY, at)
    return _scalar(fact, fact.datatype, text, at)


def read_value(fact: Fact, node: Node, diagnostics: list[Diagnostic]) -> Value | None:
    """Read a value that has the shape of its type; None where it is faulty."""
    if isinstance(node, Scalar) and not isinstance(fact.datatype, _OF_SEVERAL):
        return _kept(read_text(fact, node.text, node.span), diagnostics)
    match fact.datatype:
        case RankType():
            return _rank(node, diagnostics)
        case SeriesType(each):
            return _series(fact, each, node, diagnostics)
        case SetType(options):
            return _set(fact, options, node, diagnostics)
        case DocumentType():
            return _document(fact, node, diagnostics)
    return _one(fact, fact.datatype, node, diagnostics)


def _one(
    fact: Fact, datatype: FactType, node: Node, diagnostics: list[Diagnostic]
) -> Value | None:
    """Read a value that is one text, or the options that remain of a choice."""
    if isinstance(node, Scalar):
        found = _scalar(fact, datatype, node.text.strip(), node.span)
    else:
        assert isinstance(datatype, ChoiceType)  # INVARIANT: it has the shape of its type
        found = _remaining(fact, datatype, node)
    return _kept(found, diagnostics)


def _kept(found: Value | Diagnostic, diagnostics: list[Diagnostic]) -> Value | None:
    """Return a value; report what is wrong where it is none."""
    if isinstance(found, Diagnostic):
        diagnostics.append(found)
        return None
    return found


def _remaining(fact: Fact, datatype: ChoiceType, node: Node) -> Options | Diagnostic:
    """Read the options of which it is one."""
    items = [one for one in items_of(node, ONE_OF) if isinstance(one, Scalar)]
    found = [_scalar(fact, datatype, one.text.strip(), one.span) for one in items]
    wrong = next((one for one in found if isinstance(one, Diagnostic)), None)
    help = say("name the options that are possible, or write `unknown`")
    if wrong is not None:
        unknown_too = any(map(is_unknown, items))
        return replace(wrong, help=help) if unknown_too else wrong
    if not items:
        message = say("`{id}` is stated to be one of no options", id=fact.id)
        return diagnose("F102", message, node.span, help=help)
    return Options(frozenset(name for o in found if isinstance(o, Options) for name in o.names))


def _scalar(fact: Fact, datatype: FactType, text: str, at: Span) -> Value | Diagnostic:
    match datatype:
        case NumberType() | PeriodType():
            ends = ends_of(text, AMOUNT_ENDS)
            if ends is not None:
                return _between(fact, datatype, text, ends, at)
            return _amount(fact, datatype, text, at)
        case DateType():
            days = read_days(text)
            if days is None and begins_late(text):
                message = say("`{text}` begins after it ends", text=text)
                return diagnose("F113", message, at, help=say("write the earlier day first"))
            if days is None:
                help = say(
                    "write it as `2001-05-17`, `2001-05` or `2001`, or, for a day that is "
                    "known in part, `2001-05-17 to 2001-06-03`, `on or before 2001-05-17` "
                    "or `on or after 2001-05-17`"
                )
                return _wrong(fact, datatype, text, at, help)
            return days
        case ChoiceType(options):
            if text not in options:
                near = _several(text, options) or did_you_mean(text, options)
                help = near or say("the options are {names}", names=listed(options))
                return _wrong(fact, datatype, text, at, help)
            return Options(frozenset({text}))
        case TextType():
            return Text(text)
        case RankType() | SeriesType() | SetType() | DocumentType():
            raise AssertionError(datatype)  # INVARIANT: they are no scalars
        case _:
            assert_never(datatype)


def _several(text: str, options: Collection[str]) -> Message | None:
    """Say how several options are left open, where a text names some among other words."""
    words = re.findall(r"[\w-]+", text)
    named = [one for one in options if one in words]
    if not named or len(words) < 2:
        return None
    left = [one for one in options if one not in named] if "not" in words else named
    some = ", ".join(left) if len(left) > 1 else "this, that"
    return say("for the options that remain write `{text}`", text=f"{{one of: [{some}]}}")


def _amount(
    fact: Fact, datatype: NumberType | PeriodType, text: str, at: Span
) -> Value | Diagnostic:
    if isinstance(datatype, PeriodType):
        return _period(fact, datatype.unit, text, at)
    return _number(fact, datatype, text, at)


def _number(fact: Fact, datatype: NumberType, text: str, at: Span) -> Value | Diagnostic:
    unit, low, high = datatype.unit, datatype.low, datatype.high
    amount = read_amount(text)
    if amount is None or (amount[1] or "") != unit:
        bare = amount is not None and amount[1] is None
        help = say("write a number and `{unit}`", unit=unit)
        if bare:
            help = say("write `{text} {unit}`", text=text, unit=unit)
        if not unit:
            help = say("write a number without a unit")
        return _wrong(fact, datatype, text, at, help)
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


def _between(
    fact: Fact,
    datatype: NumberType | PeriodType,
    text: str,
    ends: tuple[str | None, str | None],
    at: Span,
) -> Value | Diagnostic:
    """Read a number or a period that is known in part, by one end or both."""
    first, last = ends
    if first is not None and last is not None and " " not in first:
        first = " ".join((first, *last.split()[1:]))  # the unit is written once
    wide = unknown(datatype)
    low = wide if first is None else _amount(fact, datatype, first, at)
    high = wide if last is None else _amount(fact, datatype, last, at)
    match low, high:
        case (Diagnostic() as wrong, _) | (_, Diagnostic() as wrong):
            return wrong if wrong.code.id != "F102" else _unread(fact, datatype, text, ends, at)
        case Numbers(), Numbers():
            found: Numbers | Periods = Numbers(low.low, high.high, low.unit)
        case Periods(), Periods():
            unit = low.unit if low.unit == high.unit else smallest(low.unit)
            found = Periods(counted(low, unit).low, counted(high, unit).high, unit)
        case _:
            raise AssertionError(datatype)  # INVARIANT: both ends are of one type
    if found.low is not None and found.high is not None and found.low > found.high:
        message = say("`{text}` begins above where it ends", text=text)
        help = say("write the smaller end first")
        return diagnose("F113", message, at, help=help)
    return found


def _unread(
    fact: Fact,
    datatype: NumberType | PeriodType,
    text: str,
    ends: tuple[str | None, str | None],
    at: Span,
) -> Diagnostic:
    """Say how the whole is written, of which one end or both cannot be read."""
    unit = datatype.unit
    found = [re.match(NUMBER, end) if end is not None else None for end in ends]
    low, high = (one[0] if one is not None else "" for one in found)
    if isinstance(datatype, PeriodType) or not (low or high):
        help = say("write a number and `{unit}`", unit=unit)
    elif low and high:
        help = say("write `{text}`", text=f"{low} to {high} {unit}".strip())
    else:
        limit = f"at least {low}" if low else f"at most {high}"
        help = say("write `{text}`", text=f"{limit} {unit}".strip())
    return _wrong(fact, datatype, text, at, help)


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
    is_last = text_of(node, "rank") == LAST
    (first, last), size = _count(node, "rank"), _count(node, "of")
    (tied, _) = _count(node, "tied")
    rank = Ranks(first, last, *size, tied, is_last).narrowed()
    if rank is not None:
        return rank
    reversed_ = next((key for key in ("rank", "of") if _is_reversed(_count(node, key))), None)
    written = node.get(reversed_ or "rank") or node
    if reversed_ is not None:
        message = say(
            "`{text}` begins above where it ends", text=text_of(node, reversed_) or ""
        )
        help = say("write the smaller end first")
        diagnostics.append(diagnose("F113", message, written.span, help=help))
        return None
    message = say(
        "the place {last} is beyond the size of the cohort, {size}",
        last=first + tied - 1,
        size=size[1] or size[0],
    )
    if tied > 1:
        message = say(
            "{tied} from the place {first} on are beyond the size of the cohort, {size}",
            tied=tied,
            first=first,
            size=size[1] or size[0],
        )
    help = say("check which of them is wrong")
    diagnostics.append(diagnose("F110", message, written.span, help=help))
    return None


def _count(node: Node, key: str) -> tuple[int, int | None]:
    """Read a place or a size, which may be known in part."""
    text = text_of(node, key)
    if text is None:
        return 1, 1
    if text in ("unknown", LAST):
        return 1, None
    first, last = ends_of(text, AMOUNT_ENDS) or (text, text)
    return int(first or 1), None if last is None else int(last)


def _is_reversed(ends: tuple[int, int | None]) -> bool:
    return ends[1] is not None and ends[0] > ends[1]


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
            help = say("write each year with its value: `2001: …`")
            diagnostics.append(diagnose("F102", message, key.span, help=help))
            continue
        found = wide if is_unknown(item) else _one(fact, each, item, diagnostics)
        if isinstance(found, (Numbers, Options)):
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
            help = did_you_mean(key.text, options) or say(
                "the options are {names}", names=listed(options)
            )
            found = _wrong(fact, fact.datatype, key.text, key.span, help)
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
    text = text_of(node, "submitted") or ""
    days = read_days(text_of(node, "on") or "") or ANY_DAY
    found = _submitted(fact, text, days, node.span)
    if isinstance(found, Diagnostic):
        diagnostics.append(found)
        return None
    on = child(node, "on")
    if on is not None and text != "yes":
        message = say("`{id}` was not submitted, but a day is given for it", id=fact.id)
        if text != "no":
            message = say(
                "`{id}` is not known to be submitted, but a day is given for it", id=fact.id
            )
        help = say("delete `on:`, or write `submitted: yes`")
        diagnostics.append(diagnose("F102", message, on.span, help=help))
        return None
    return found


def _submitted(fact: Fact, text: str, on: Dates, at: Span) -> Documents | Diagnostic:
    if text not in ("yes", "no", "unknown"):
        help = say("write `yes`, `no` or `unknown`, or a block with `submitted:` and `on:`")
        return _wrong(fact, fact.datatype, text, at, help)
    submitted = {"yes", "no"} if text == "unknown" else {text}
    return Documents(Options(frozenset(submitted)), on)


def _wrong(fact: Fact, datatype: FactType, text: str, at: Span, help: Message) -> Diagnostic:
    kind = name_of(datatype)
    plain = " ".join(unicodedata.normalize("NFKC", text).split()).strip("“”‘’\"' ")
    if text.lower() in ("unknown", "null", "~", "n/a", "?", "不明", "未知"):
        help = say("write `unknown`")
    elif isinstance(datatype, (RankType, SeriesType, SetType, DocumentType)):
        pass
    elif plain != text and not isinstance(_scalar(fact, datatype, plain, at), Diagnostic):
        help = say("write `{text}`", text=plain)
    elif isinstance(datatype, DateType):
        span = _DAY_TO_DAY.fullmatch(plain)
        better = f"{span[1]} to {span[2]}" if span is not None else ""
        if _WHOLE_DAY.fullmatch(plain):
            help = say("write a day that the calendar has")
        elif read_days(better) is not None:
            help = say("write `{text}`", text=better)
    elif isinstance(datatype, NumberType) and (ends := _FROM_TO.fullmatch(plain)):
        help = say("write `{text}`", text=f"{ends[1]} to {ends[2]} {datatype.unit}".strip())
    elif isinstance(datatype, NumberType):
        found = _WITH_UNIT.fullmatch(plain)
        signs = () if fact.unit is None else (fact.unit.label.zh, fact.unit.one.zh)
        if found and (datatype.unit.startswith(found[2]) or found[2] in signs):
            help = say("write `{text} {unit}`", text=found[1], unit=datatype.unit)
    elif isinstance(datatype, PeriodType):
        found = _WITH_UNIT.fullmatch(plain)
        unit = _COUNTED.get(found[2], "") if found else ""
        if found and unit:
            unit = unit if found[1] == "1" else f"{unit}s"
            counted = f"{found[1]} {unit}"
            if not isinstance(_period(fact, datatype.unit, counted, at), Diagnostic):
                help = say("write `{text} {unit}`", text=found[1], unit=unit)
    return diagnose(
        "F102",
        say(
            "`{text}` does not state `{id}`, which is {type}", text=text, id=fact.id, type=kind
        ),
        at,
        help=help,
    )
