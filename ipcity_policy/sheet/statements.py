"""What a sheet states of one fact: its value, who stated it, when, and where it was read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ipcity_policy.lang.datatypes import (
    FINDING,
    DocumentType,
    FactType,
    RankType,
    SeriesType,
    SetType,
    name_of,
    unknown,
)
from ipcity_policy.lang.interval import Interval
from ipcity_policy.lang.literals import begins_late, read_date, read_days
from ipcity_policy.lang.values import Dates, Numbers, Value
from ipcity_policy.law.model import CitedSource, Fact, Vocabulary
from ipcity_policy.law.reader import child, text_of
from ipcity_policy.law.schemas.sheet import CHOICE, DOCUMENT, ONE_OF, statement_shape
from ipcity_policy.sheet.value_nodes import read_value, says_unknown, value_shape
from ipcity_policy.text.canonical_json import Json
from ipcity_policy.text.diagnostic import Diagnostic, diagnose, has_errors
from ipcity_policy.text.message import Message, either, say
from ipcity_policy.text.nearest import did_you_mean
from ipcity_policy.text.source import Span
from ipcity_policy.text.subject import FactPath
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar, Sequence
from ipcity_policy.yaml.plain import plain
from ipcity_policy.yaml.schema import Leaf
from ipcity_policy.yaml.validate import conform


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
    #: What a finding rests on; None where the sheet does not say.
    evidence: str | None
    #: What was written, as JSON.
    said: Json = field(compare=False, repr=False)
    span: Span = field(compare=False, repr=False)


def read_statement(
    fact: Fact,
    node: Node,
    vocabulary: Vocabulary,
    sources: Mapping[str, CitedSource],
    diagnostics: list[Diagnostic],
) -> Statement | None:
    """Read what is stated of a fact; None where it cannot be used."""
    found: list[Diagnostic] = []
    statement = _read(fact, node, vocabulary, sources, found)
    diagnostics += (one.found_in(FactPath(fact.id)) for one in found)
    return None if has_errors(found) else statement


def _read(
    fact: Fact,
    node: Node,
    vocabulary: Vocabulary,
    sources: Mapping[str, CitedSource],
    diagnostics: list[Diagnostic],
) -> Statement | None:
    shape = value_shape(fact.datatype)
    # Only a value that is a block itself can be a block without `value:`.
    plain = isinstance(shape, Leaf) and not isinstance(fact.datatype, DocumentType)
    plain = plain or (shape is CHOICE and child(node, ONE_OF) is None)
    long = isinstance(node, document.Mapping) and (plain or node.get("value") is not None)
    value_node = (child(node, "value") if long else node) or node
    if isinstance(value_node, Scalar) and not value_node.text.strip():
        message = say(
            "nothing is written here where `{id}` is stated", id=fact.id, label=fact.label
        )
        help = say("write its value, or `unknown`")
        diagnostics.append(diagnose("S204", message, value_node.span, help=help))
        return None
    if isinstance(fact.datatype, SetType) and value_node == document.Mapping(
        (), value_node.span
    ):
        message = say(
            "nothing is written here where `{id}` is stated", id=fact.id, label=fact.label
        )
        help = say("write `[]` if none of them is there, and `unknown` if that is not known")
        diagnostics.append(diagnose("S204", message, value_node.span, help=help))
        return None
    if says_unknown(node) or says_unknown(value_node):
        shape = value_shape(None)
    elif not long and isinstance(fact.datatype, DocumentType) and not isinstance(node, Scalar):
        shape = DOCUMENT
    elif isinstance(value_node, Scalar) and not isinstance(shape, Leaf) and shape is not CHOICE:
        diagnostics.append(
            diagnose(
                "F102",
                say(
                    "`{text}` does not state `{id}`, which is {type}",
                    text=value_node.text,
                    id=fact.id,
                    label=fact.label,
                    type=name_of(fact.datatype),
                ),
                value_node.span,
                help=_EXAMPLES[type(fact.datatype)],
            )
        )
        return None
    diagnostics += conform(node, statement_shape(shape) if long else shape)
    if has_errors(diagnostics):
        return None
    whole = long or (isinstance(node, document.Mapping) and shape is DOCUMENT)
    about = node if whole else None
    _office(fact, about, vocabulary, diagnostics)
    check_source(about, sources, diagnostics)
    on = read_day(child(about, "on"), diagnostics, in_part=shape is DOCUMENT)
    if says_unknown(value_node):
        value: Value | None = unknown(fact.datatype)
    else:
        value = read_value(fact, value_node, diagnostics)
    if value is None:
        return None
    if isinstance(value, Numbers) and not is_usual(fact, value):
        message = say(
            "`{text}` is beyond what is usual for `{id}`",
            text=written(value_node),
            id=fact.id,
            label=fact.label,
        )
        help = say("check whether it is wrong; if it is right, leave it")
        diagnostics.append(diagnose("F114", message, value_node.span, help=help))
    if (
        fact.datatype == FINDING
        and text_of(about, "by") is None
        and not says_unknown(value_node)
    ):
        offices = fact.offices or tuple(vocabulary.offices)
        may = either(offices_named(offices, vocabulary))
        diagnostics.append(
            diagnose(
                "F108",
                say(
                    "`{id}` is a finding, but the office that made it is not named",
                    id=fact.id,
                    label=fact.label,
                ),
                value_node.span,
                help=say(
                    "write it as a block with `value:` and `by:`, which may be {may}", may=may
                ),
            )
        )
    return Statement(
        fact.id,
        value,
        written(value_node),
        text_of(about, "by"),
        on,
        text_of(about, "source"),
        text_of(about, "evidence"),
        _said(value_node, document=whole and not long),
        value_node.span,
    )


def _said(value: Node, *, document: bool) -> Json:
    """Return what is stated; of a document without who stated it, when and where."""
    said = plain(value)
    if document and isinstance(said, dict):
        return {"submitted": said["submitted"]}
    return said


#: How a value that is more than one word is written.
_EXAMPLES: Mapping[type[FactType], Message] = {
    RankType: say("write the place and the size: `{{rank: 3, of: 25}}`"),
    SeriesType: say("write each year with its value: `{{2001: …, 2002: …}}`"),
    SetType: say("write all of it as a list: `[…, …]`"),
}


def is_usual(fact: Fact, value: Numbers) -> bool:
    """Tell whether a number may lie within what is usual of its fact."""
    return value.interval.overlaps(Interval(*fact.usual))


def written(node: Node) -> str:
    """Write a value on one line, the same for every layout of it."""
    match node:
        case Scalar(text):
            return " ".join(text.split())
        case Sequence(items):
            return f"[{', '.join(map(written, items))}]"
        case document.Mapping(entries):
            inner = ", ".join(f"{key.text}: {written(value)}" for key, value in entries)
            return f"{{{inner}}}"


def with_label(near: Message | None, vocabulary: Vocabulary) -> Message | None:
    """Add the label of a fact that is meant, for languages that its name is not in."""
    if near is None:
        return None
    label = vocabulary.facts[str(dict(near.parts)["near"])].label
    return replace(near, context="fact", parts=(*near.parts, ("label", label)))


def offices_named(ids: Iterable[str], vocabulary: Vocabulary) -> tuple[Message, ...]:
    """Name some offices as readers know them, and as a sheet does."""
    labels = vocabulary.offices
    return tuple(
        say("{label} (`{id}`)", label=labels[id], id=id)
        if id in labels
        else say("`{text}`", text=id)
        for id in ids
    )


def _office(
    fact: Fact, node: Node | None, vocabulary: Vocabulary, diagnostics: list[Diagnostic]
) -> None:
    by = child(node, "by")
    if not isinstance(by, Scalar) or by.text in (fact.offices or vocabulary.offices):
        return
    may = fact.offices or tuple(vocabulary.offices)
    near = did_you_mean(by.text, may) if by.text not in vocabulary.offices else None
    offices = say("it is stated by {names}", names=offices_named(may, vocabulary))
    message = say("`{text}` may not state `{id}`", text=by.text, id=fact.id, label=fact.label)
    diagnostics.append(diagnose("F105", message, by.span, help=near or offices))


def check_source(
    node: Node | None, sources: Mapping[str, CitedSource], diagnostics: list[Diagnostic]
) -> None:
    """Report a source that is listed nowhere."""
    source = child(node, "source")
    if isinstance(source, Scalar) and source.text not in sources:
        diagnostics.append(
            diagnose(
                "F104",
                say("the source `{text}` is not listed", text=source.text),
                source.span,
                help=did_you_mean(source.text, sources)
                or say("list it under `sources:` of the sheet or of the measure"),
            )
        )


def read_day(
    node: Node | None, diagnostics: list[Diagnostic], *, in_part: bool = False
) -> Dates | None:
    """Read a day, a month or a year; report one that the calendar does not have.

    With `in_part` also a day between two others, or before or after one.
    """
    if not isinstance(node, Scalar):
        return None
    days = read_days(node.text) if in_part else read_date(node.text)
    if days is None:
        code, message = "F102", say("`{text}` is a day that does not exist", text=node.text)
        help = say("write a day that the calendar has")
        if begins_late(node.text):
            code, message = "F113", say("`{text}` begins after it ends", text=node.text)
            help = say("write the earlier day first")
        diagnostics.append(diagnose(code, message, node.span, help=help))
    return days
