"""The vocabulary that all versions of a measure share, read from its `facts.yaml`."""

from decimal import Decimal

from ipcity_policy.lang.datatypes import (
    YES_NO,
    ChoiceType,
    DateType,
    FactType,
    NumberType,
    TextType,
)
from ipcity_policy.lang.operators import KEYWORDS
from ipcity_policy.measure.model import CitedSource, Fact, Unit, Vocabulary, Words
from ipcity_policy.measure.reader import entries_of, items_of, text_of, words_of
from ipcity_policy.measure.shapes.rulefile import VOCABULARY
from ipcity_policy.measure.shapes.sheetfile import SOURCES
from ipcity_policy.text import document
from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose, has_errors
from ipcity_policy.text.document import Node, Scalar
from ipcity_policy.text.mends import nearest
from ipcity_policy.text.shape import cleared, conform

_YES_NO = {"yes": Words("yes", "是"), "no": Words("no", "否")}


def read_vocabulary(node: Node) -> Result[Vocabulary]:
    """Read a vocabulary; None where its own shape is wrong."""
    node, found = cleared(node, VOCABULARY)
    wrong = tuple(conform(node, VOCABULARY))
    diagnostics = [*found, *wrong]
    if has_errors(wrong):
        return Result(None, tuple(diagnostics))
    assert isinstance(node, document.Mapping)
    subject = node.get("subject")
    units = {
        name.text: Unit(_label(name, unit), words_of(unit, "one") or _label(name, unit))
        for name, unit in entries_of(node, "units")
    }
    offices = {name.text: _label(name, item) for name, item in entries_of(node, "offices")}
    facts: dict[str, Fact] = {}
    stated = [(entry, True) for entry in entries_of(subject, "facts")]
    stated += [(entry, False) for entry in entries_of(node, "facts")]
    for (name, item), of_subject in stated:
        if name.text in facts:
            diagnostics.append(
                diagnose(
                    "N102",
                    f"`{name.text}` is declared twice",
                    name.span,
                    help="give one of them another name",
                )
            )
            continue
        if name.text in KEYWORDS:
            diagnostics.append(
                diagnose(
                    "N103",
                    f"`{name.text}` is a word of the language",
                    name.span,
                    help="choose another name",
                )
            )
        datatype = _datatype(item, units, diagnostics)
        for office in items_of(item, "by"):
            if isinstance(office, Scalar) and office.text not in offices:
                near, fix = nearest(office.text, offices, office.span)
                diagnostics.append(
                    diagnose(
                        "N101",
                        f"`{office.text}` is not declared",
                        office.span,
                        help=near or "declare it under `offices:`",
                        fix=fix,
                    )
                )
        if datatype is not None:
            facts[name.text] = _fact(name, item, datatype, of_subject=of_subject)
    vocabulary = Vocabulary(
        measure=text_of(node, "measure") or "",
        title=words_of(node, "title") or Words("", ""),
        subject=text_of(subject, "key") or "",
        subject_label=words_of(subject, "label") or Words("", ""),
        facts=facts,
        units=units,
        offices=offices,
        applications={
            name.text: _label(name, item) for name, item in entries_of(node, "applications")
        },
    )
    return Result(vocabulary, tuple(diagnostics))


def read_sources(node: Node) -> Result[dict[str, CitedSource]]:
    """Read a list of sources."""
    node, found = cleared(node, SOURCES)
    diagnostics = (*found, *conform(node, SOURCES))
    if not isinstance(node, document.Mapping):
        return Result(None, diagnostics)
    return Result(
        {
            name.text: CitedSource(
                name.text,
                words_of(item, "title") or Words(name.text, name.text),
                text_of(item, "address"),
                words_of(item, "reliability"),
            )
            for name, item in node.entries
        },
        diagnostics,
    )


def _label(name: Scalar, node: Node) -> Words:
    return words_of(node, "label") or Words(name.text, name.text)


def _fact(name: Scalar, node: Node, datatype: FactType, *, of_subject: bool) -> Fact:
    options = {key.text: _label(key, item) for key, item in entries_of(node, "options")}
    return Fact(
        id=name.text,
        datatype=datatype,
        label=_label(name, node),
        asks=words_of(node, "asks") or Words(name.text, name.text),
        options=_YES_NO if datatype == YES_NO else options,
        offices=tuple(o.text for o in items_of(node, "by") if isinstance(o, Scalar)),
        of_subject=of_subject,
        span=name.span,
    )


def _datatype(
    node: Node, units: dict[str, Unit], diagnostics: list[Diagnostic]
) -> FactType | None:
    assert isinstance(node, document.Mapping)  # INVARIANT: it conforms to its shape
    kind = node.get("type")
    assert isinstance(kind, Scalar)
    given = {key for key in ("unit", "range", "options") if node.get(key) is not None}
    fitting = {"number": {"unit", "range"}, "choice": {"options"}}.get(kind.text, set())
    for key in sorted(given - fitting):
        place = node.key(key) or kind
        diagnostics.append(
            diagnose(
                "S201",
                f"`{key}` has no meaning for the type `{kind.text}`",
                place.span,
                help="delete it, or change the type",
            )
        )
    needed = {"number": "unit", "choice": "options"}.get(kind.text)
    if needed is not None and needed not in given:
        diagnostics.append(
            diagnose("S202", f"the type `{kind.text}` needs `{needed}:`", kind.span)
        )
        return None
    match kind.text:
        case "number":
            return _number(node, units, diagnostics)
        case "choice":
            return _choice(node, kind, diagnostics)
        case "date":
            return DateType()
        case "yes-no":
            return YES_NO
    return TextType()


def _choice(
    node: document.Mapping, kind: Scalar, diagnostics: list[Diagnostic]
) -> ChoiceType | None:
    options = tuple(key for key, _ in entries_of(node, "options"))
    for option in options:
        if option.text == "unknown":
            message = "`unknown` says that a fact is not known, and can be no option"
            diagnostics.append(diagnose("N103", message, option.span, help="name it otherwise"))
    if not options:
        diagnostics.append(
            diagnose("S202", "a choice has options, and none is written", kind.span)
        )
        return None
    return ChoiceType(tuple(option.text for option in options))


def _number(
    node: document.Mapping, units: dict[str, Unit], diagnostics: list[Diagnostic]
) -> NumberType:
    unit = node.get("unit")
    assert isinstance(unit, Scalar)
    if unit.text not in units:
        near, fix = nearest(unit.text, units, unit.span)
        diagnostics.append(
            diagnose(
                "N101",
                f"the unit `{unit.text}` is not declared",
                unit.span,
                help=near or "declare it under `units:`",
                fix=fix,
            )
        )
    low = high = None
    written = text_of(node, "range")
    if written is not None:
        first, _, last = written.replace("at least ", "").partition(" to ")
        if written.startswith("at most "):
            high = Decimal(written.removeprefix("at most "))
        else:
            low, high = Decimal(first), Decimal(last) if last else None
    place = node.get("range")
    if low is not None and high is not None and low >= high and place is not None:
        message = f"`{written}` is a range that ends before it begins"
        diagnostics.append(
            diagnose("S204", message, place.span, help="write the lower end first")
        )
    return NumberType(unit.text, low, high)
