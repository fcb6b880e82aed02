"""A fact sheet: what is stated of one subject, read and held against the vocabulary."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ipcity_policy.lang.datatypes import (
    ChoiceType,
    DateType,
    NumberType,
    TextType,
    name_of,
    unknown,
)
from ipcity_policy.lang.literals import number_text, read_amount, read_date
from ipcity_policy.lang.values import Dates, Numbers, Options, Text, Value
from ipcity_policy.measure.model import CitedSource, Fact, Vocabulary, Words
from ipcity_policy.measure.reader import entries_of, text_of, words_of
from ipcity_policy.measure.shapes.sheetfile import sheet_shape
from ipcity_policy.measure.vocabulary import read_sources
from ipcity_policy.text import document
from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose, did_you_mean
from ipcity_policy.text.document import Node, Scalar
from ipcity_policy.text.shape import conform
from ipcity_policy.text.source import Span


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sheet states of one fact."""

    fact: str
    value: Value
    #: As it was written; `unknown` says that it was asked and is not known.
    written: str
    #: The office that stated it; None where the sheet does not say.
    by: str | None
    #: When it was stated; None where the sheet does not say.
    on: Dates | None
    #: Where it was read; None where the sheet does not say.
    source: str | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is stated of one subject."""

    measure: str
    name: Words
    statements: Mapping[str, Statement]
    sources: Mapping[str, CitedSource]
    #: The SHA-256 of what is stated, whatever its order and layout.
    digest: str
    span: Span = field(compare=False, repr=False)


def measure_of(node: Node) -> Result[str]:
    """Return the measure that a sheet is for."""
    name = text_of(node, "measure")
    if name is None:
        place = node.span if not isinstance(node, document.Mapping) else _top(node)
        return Result(
            None,
            (
                diagnose(
                    "F106",
                    "the sheet does not say which measure it is for",
                    place,
                    help="add `measure:` and the name of the measure",
                ),
            ),
        )
    return Result(name)


def _top(node: document.Mapping) -> Span:
    return node.entries[0][0].span if node.entries else node.span


def read_sheet(
    node: Node, vocabulary: Vocabulary, sources: Mapping[str, CitedSource]
) -> Result[Sheet]:
    """Read a sheet and report every fault in it.

    What is faulty counts as not stated; the errors say that the sheet cannot be used.
    """
    of_subject = tuple(fact.id for fact in vocabulary.facts.values() if fact.of_subject)
    diagnostics = list(conform(node, sheet_shape(vocabulary.subject, of_subject)))
    if not isinstance(node, document.Mapping):
        return Result(None, tuple(diagnostics))
    subject = node.get(vocabulary.subject)
    own = read_sources(node.get("sources") or document.Mapping((), node.span)).value or {}
    known = {**sources, **own}
    statements: dict[str, Statement] = {}
    written = [
        entry for entry in entries_of(node, vocabulary.subject) if entry[0].text in of_subject
    ]
    for name, item in (*written, *entries_of(node, "facts")):
        fact = vocabulary.facts.get(name.text)
        if fact is None:
            near = did_you_mean(name.text, vocabulary.facts)
            diagnostics.append(
                diagnose(
                    "F101",
                    f"`{name.text}` is not a fact of this measure",
                    name.span,
                    help=near or "leave it out, or declare it in the vocabulary",
                )
            )
        elif fact.of_subject and (name, item) not in written:
            diagnostics.append(
                diagnose(
                    "F101",
                    f"`{name.text}` stands in the block `{vocabulary.subject}:`",
                    name.span,
                    help="move it there",
                )
            )
        else:
            statement = _statement(fact, item, vocabulary, known, diagnostics)
            if statement is not None:
                statements[fact.id] = statement
    return Result(
        Sheet(
            measure=vocabulary.measure,
            name=words_of(subject, "name") or Words("?", "?"),
            statements=MappingProxyType(statements),
            sources=MappingProxyType(known),
            digest=_digest(vocabulary.measure, subject, statements),
            span=_top(node),
        ),
        tuple(diagnostics),
    )


def _statement(
    fact: Fact,
    node: Node,
    vocabulary: Vocabulary,
    sources: Mapping[str, CitedSource],
    diagnostics: list[Diagnostic],
) -> Statement | None:
    value_node = node.get("value") if isinstance(node, document.Mapping) else node
    if not isinstance(value_node, Scalar) or not value_node.text.strip():
        return None
    by, source = text_of(node, "by"), text_of(node, "source")
    place = {
        key.text: item.span
        for key, item in (node.entries if isinstance(node, document.Mapping) else ())
    }
    if by and by not in (fact.offices or vocabulary.offices):
        may = fact.offices or tuple(vocabulary.offices)
        near = did_you_mean(by, may) if by not in vocabulary.offices else ""
        listed = f"it is stated by {', '.join(f'`{office}`' for office in may)}"
        message = f"`{by}` may not state `{fact.id}`"
        diagnostics.append(diagnose("F105", message, place["by"], help=near or listed))
    if source and source not in sources:
        diagnostics.append(
            diagnose(
                "F104",
                f"the source `{source}` is not listed",
                place["source"],
                help=did_you_mean(source, sources)
                or "list it under `sources:` of the sheet or of the measure",
            )
        )
    on = None
    stated_on = text_of(node, "on")
    if stated_on is not None:
        on = read_date(stated_on)
        if on is None:
            diagnostics.append(
                diagnose("F102", f"`{stated_on}` is a day that does not exist", place["on"])
            )
    text = value_node.text.strip()
    if text == "unknown":
        value: Value = unknown(fact.datatype)
    else:
        found = read_fact_value(fact, text, value_node.span)
        if isinstance(found, Diagnostic):
            diagnostics.append(found)
            return None
        value = found
    return Statement(fact.id, value, text, by, on, source, value_node.span)


def read_fact_value(fact: Fact, text: str, at: Span) -> Value | Diagnostic:
    """Read what is stated of a fact in the form that its type asks for."""
    match fact.datatype:
        case NumberType(unit, low, high):
            amount = read_amount(text)
            if amount is None or amount[1] != unit:
                bare = amount is not None and amount[1] is None
                mend = f"`{text} {unit}`" if bare else f"a number and `{unit}`"
                return _wrong(fact, text, at, f"write {mend}")
            number = amount[0]
            if (low is not None and number < low) or (high is not None and number > high):
                lowest = "" if low is None else f"at least {number_text(low)}"
                highest = "" if high is None else f"at most {number_text(high)}"
                limits = " and ".join(filter(None, (lowest, highest)))
                return diagnose(
                    "F103",
                    f"`{text}` is outside the range of `{fact.id}`",
                    at,
                    help=f"it is {limits} {unit}",
                )
            return Numbers(number, number, unit)
        case DateType():
            days = read_date(text)
            if days is None:
                return _wrong(fact, text, at, "write it as `2001-05-17`, `2001-05` or `2001`")
            return days
        case ChoiceType(options):
            if text not in options:
                mend = did_you_mean(text, options)
                listed = f"the options are {', '.join(f'`{one}`' for one in options)}"
                return _wrong(fact, text, at, mend or listed)
            return Options(frozenset({text}))
        case TextType():
            return Text(text)


def _wrong(fact: Fact, text: str, at: Span, mend: str) -> Diagnostic:
    kind = name_of(fact.datatype)
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if text.lower() in ("unknown", "null", "none", "~", "n/a", "?", "不明", "未知"):
        mend = "write `unknown`"
    elif plain != text and not isinstance(read_fact_value(fact, plain, at), Diagnostic):
        mend = f"write `{plain}`"
    elif isinstance(fact.datatype, NumberType) and fact.datatype.unit.startswith(
        text.split()[-1]
    ):
        mend = f"write `{text.split()[0]} {fact.datatype.unit}`"
    return diagnose(
        "F102", f"`{text}` does not state `{fact.id}`, which is {kind}", at, help=mend
    )


def _digest(measure: str, subject: Node | None, statements: Mapping[str, Statement]) -> str:
    names = [text_of(subject, "name-en"), text_of(subject, "name-zh")]
    stated = {
        name: [s.written, s.by, [str(s.on.low), str(s.on.high)] if s.on else None, s.source]
        for name, s in statements.items()
    }
    text = json.dumps([measure, names, stated], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
