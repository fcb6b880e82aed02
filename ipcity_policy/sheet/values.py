"""The value of a fact, read in the form that its type asks for.

Texts come in, each with its place; whether they stood in a sheet or in a table is all one.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias, assert_never

from ipcity_policy.lang.calendar import counted, in_months, smallest
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
from ipcity_policy.law.schemas.sheet import LAST
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import MAX_LISTED, Message, listed, say
from ipcity_policy.text.nearest import did_you_mean
from ipcity_policy.text.source import Place, Written

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


@dataclass(frozen=True, slots=True)
class Remaining:
    """The options that remain of a choice, where it is not known which of them it is."""

    options: tuple[Written, ...]
    at: Place


#: How a choice is written, and each value of a series.
Single: TypeAlias = Written | Remaining


def is_unknown(text: str) -> bool:
    """Tell whether a text says that something is not known."""
    return text.strip() == "unknown"


def read_single(fact: Fact, datatype: FactType, said: Single) -> Value | Diagnostic:
    """Read a value that is one text, or the options that remain; or say what is wrong.

    Ranks, series and sets are written as more than one text.
    """
    if isinstance(said, Remaining):
        assert isinstance(datatype, ChoiceType)  # INVARIANT: nothing else is written so
        return _remaining(fact, datatype, said)
    text = said.text.strip()
    if isinstance(datatype, DocumentType):
        return _submitted(fact, text, ANY_DAY, said.at)
    return _scalar(fact, datatype, text, said.at)


def _remaining(fact: Fact, datatype: ChoiceType, said: Remaining) -> Options | Diagnostic:
    """Read the options of which it is one."""
    found = [_scalar(fact, datatype, one.text.strip(), one.at) for one in said.options]
    wrong = next((one for one in found if isinstance(one, Diagnostic)), None)
    help = say("name the options that are possible, or write `unknown`")
    if wrong is not None:
        unknown_too = any(is_unknown(one.text) for one in said.options)
        return replace(wrong, help=help) if unknown_too else wrong
    if not found:
        message = say("`{id}` is stated to be one of no options", id=fact.id)
        return diagnose("F102", message, said.at, help=help)
    return Options(frozenset(name for o in found if isinstance(o, Options) for name in o.names))


def _scalar(fact: Fact, datatype: FactType, text: str, at: Place) -> Value | Diagnostic:
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
                help = near or _options_of(fact, options)
                return _wrong(fact, datatype, text, at, help)
            return Options(frozenset({text}))
        case TextType():
            return Text(text)
        case RankType() | SeriesType() | SetType() | DocumentType():
            raise AssertionError(datatype)  # INVARIANT: they are no scalars
        case _:
            assert_never(datatype)


def _options_of(fact: Fact, options: Sequence[str]) -> Message:
    """Say what the options of a fact are, for languages that they are not in by label."""
    if not fact.options.keys() >= {*options} or len(options) > MAX_LISTED:
        return say("the options are {names}", names=listed(options))
    names = tuple(
        say("`{id}`", context="option", id=one, label=fact.options[one]) for one in options
    )
    return say("the options are {names}", names=names)


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
    fact: Fact, datatype: NumberType | PeriodType, text: str, at: Place
) -> Value | Diagnostic:
    if isinstance(datatype, PeriodType):
        return _period(fact, datatype.unit, text, at)
    return _number(fact, datatype, text, at)


def _number(fact: Fact, datatype: NumberType, text: str, at: Place) -> Value | Diagnostic:
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
            say(
                "`{text}` is outside the range of `{id}`",
                text=text,
                id=fact.id,
                label=fact.label,
            ),
            at,
            help=_limits(low, high, unit),
        )
    return Numbers(number, number, unit)


def _between(
    fact: Fact,
    datatype: NumberType | PeriodType,
    text: str,
    ends: tuple[str | None, str | None],
    at: Place,
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
    at: Place,
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


def _period(fact: Fact, unit: str, text: str, at: Place) -> Periods | Diagnostic:
    period = read_period(text)
    if period is None or in_months(period.unit) != in_months(unit):
        return _wrong(
            fact, PeriodType(unit), text, at, say("write a number and `{unit}`", unit=unit)
        )
    return period


def read_rank(place: Written, size: Written, tied: Written | None) -> Ranks | Diagnostic:
    """Read a place among those of a cohort, of which some may share it."""
    (first, last), many = _count(place), _count(size)
    (sharing, _) = (1, 1) if tied is None else _count(tied)
    rank = Ranks(first, last, *many, sharing, place.text.strip() == LAST).narrowed()
    if rank is not None:
        return rank
    reversed_ = next((one for one in (place, size) if _is_reversed(_count(one))), None)
    if reversed_ is not None:
        message = say("`{text}` begins above where it ends", text=reversed_.text.strip())
        help = say("write the smaller end first")
        return diagnose("F113", message, reversed_.at, help=help)
    message = say(
        "the place {last} is beyond the size of the cohort, {size}",
        last=first + sharing - 1,
        size=many[1] or many[0],
    )
    if sharing > 1:
        message = say(
            "{tied} from the place {first} on are beyond the size of the cohort, {size}",
            tied=sharing,
            first=first,
            size=many[1] or many[0],
        )
    help = say("check which of them is wrong")
    return diagnose("F110", message, place.at, help=help)


def _count(said: Written) -> tuple[int, int | None]:
    """Read a place or a size, which may be known in part."""
    text = said.text.strip()
    if text in ("unknown", LAST):
        return 1, None
    first, last = ends_of(text, AMOUNT_ENDS) or (text, text)
    return int(first or 1), None if last is None else int(last)


def _is_reversed(ends: tuple[int, int | None]) -> bool:
    return ends[1] is not None and ends[0] > ends[1]


def read_series(
    fact: Fact,
    each: NumberType | ChoiceType,
    years: Iterable[tuple[Written, Single]],
    diagnostics: list[Diagnostic],
) -> Series:
    """Read the values of years; those that are faulty are reported and left out."""
    wide = unknown(each)
    assert isinstance(wide, (Numbers, Options))
    values: dict[int, Element] = {}
    for key, said in years:
        year = int(key.text) if key.text.isascii() and key.text.isdecimal() else 0
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            message = say("`{text}` is not a year", text=key.text)
            help = say("write each year with its value: `2001: …`")
            diagnostics.append(diagnose("F102", message, key.at, help=help))
            continue
        if isinstance(said, Written) and is_unknown(said.text):
            values[year] = wide
            continue
        found = read_single(fact, each, said)
        if isinstance(found, Diagnostic):
            diagnostics.append(found)
        elif isinstance(found, (Numbers, Options)):
            values[year] = found
    return Series(tuple(sorted(values.items())), wide)


def read_set(
    fact: Fact,
    options: tuple[str, ...],
    held: Sequence[tuple[Written, str]],
    rest: str,
    diagnostics: list[Diagnostic],
) -> Sets | None:
    """Read which options are in a set: `yes`, `no` or `unknown` of each, and of the `rest`."""
    wrong = [key for key, _ in held if key.text not in options]
    for key in wrong:
        help = did_you_mean(key.text, options) or _options_of(fact, options)
        diagnostics.append(_wrong(fact, fact.datatype, key.text, key.at, help))
    if wrong:
        return None
    named = {key.text: said for key, said in held}
    held_by = {option: named.get(option, rest) for option in options}
    return Sets(
        frozenset(option for option, said in held_by.items() if said == "yes"),
        frozenset(option for option, said in held_by.items() if said == "unknown"),
    )


def read_document(fact: Fact, submitted: Written, on: Written | None) -> Documents | Diagnostic:
    """Read whether a document was submitted, and on which day."""
    text = submitted.text.strip()
    days = ANY_DAY if on is None else read_days(on.text.strip()) or ANY_DAY
    found = _submitted(fact, text, days, submitted.at)
    if isinstance(found, Documents) and on is not None and text != "yes":
        message = say("`{id}` was not submitted, but a day is given for it", id=fact.id)
        if text != "no":
            message = say(
                "`{id}` is not known to be submitted, but a day is given for it", id=fact.id
            )
        help = say("delete `on:`, or write `submitted: yes`")
        return diagnose("F102", message, on.at, help=help)
    return found


def _submitted(fact: Fact, text: str, on: Dates, at: Place) -> Documents | Diagnostic:
    if text not in ("yes", "no", "unknown"):
        help = say("write `yes`, `no` or `unknown`, or a block with `submitted:` and `on:`")
        return _wrong(fact, fact.datatype, text, at, help)
    submitted = {"yes", "no"} if text == "unknown" else {text}
    return Documents(Options(frozenset(submitted)), on)


def _kind(fact: Fact, datatype: FactType) -> Message:
    """Name a type; a unit of the measure in a language that is not its own by its label."""
    if not isinstance(datatype, NumberType) or fact.unit is None:
        return name_of(datatype)
    template = (
        say("a whole number of {unit}", context="labelled")
        if datatype.whole
        else say("a number of {unit}", context="labelled")
    )
    return replace(template, parts=(("unit", datatype.unit), ("label", fact.unit.label)))


def _wrong(fact: Fact, datatype: FactType, text: str, at: Place, help: Message) -> Diagnostic:
    kind = _kind(fact, datatype)
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
            "`{text}` does not state `{id}`, which is {type}",
            text=text,
            id=fact.id,
            label=fact.label,
            type=kind,
        ),
        at,
        help=help,
    )
