"""The type of a fact, read from its entry in the vocabulary."""

from collections.abc import Mapping
from decimal import Decimal

from ipcity_policy.lang.calendar import UNITS
from ipcity_policy.lang.datatypes import (
    FINDING,
    PERCENT,
    PLACES,
    YES_NO,
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
)
from ipcity_policy.law.model import Localized, Unit
from ipcity_policy.law.reader import child, entries_of, text_of
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.fixes import nearest
from ipcity_policy.text.message import quoted, say
from ipcity_policy.text.source import Span
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar

#: What each type needs, and what it may have besides.
_KEYS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "number": (frozenset({"unit"}), frozenset({"range", "usual"})),
    "whole": (frozenset(), frozenset({"unit", "range", "usual"})),
    "percent": (frozenset(), frozenset({"range", "usual"})),
    "period": (frozenset({"unit"}), frozenset()),
    "choice": (frozenset({"options"}), frozenset({"ordered"})),
    "rank": (frozenset({"cohort"}), frozenset()),
    "set": (frozenset({"options"}), frozenset()),
    "finding": (frozenset({"by"}), frozenset()),
}
_SPECIFIC = ("each", "unit", "range", "usual", "options", "ordered", "cohort")
#: Units that every measure has.
BUILT_IN: Mapping[str, Unit] = {
    PERCENT: Unit(Localized("percent", "%"), Localized("percent", "%")),
    PLACES: Unit(Localized("places", "名"), Localized("place", "名")),
}


def fact_type(
    node: Node,
    units: Mapping[str, Unit],
    cohorts: Mapping[str, Localized],
    diagnostics: list[Diagnostic],
) -> FactType | None:
    """Return the type of a fact; None where the entry does not tell it."""
    kind = child(node, "type")
    assert isinstance(kind, Scalar)  # INVARIANT: it conforms to its shape
    named = kind
    if kind.text == "series":
        each = child(node, "each")
        if not isinstance(each, Scalar):
            message = say("a series needs `each:`, the type of each year's value")
            diagnostics.append(
                diagnose("S202", message, kind.span, help=say("add `each: number`"))
            )
            return None
        named = each
    if not _has_its_keys(node, kind, named, diagnostics):
        return None
    found = _plain(node, named, units, cohorts, diagnostics)
    if kind.text != "series" or found is None:
        return found
    assert isinstance(found, (NumberType, ChoiceType))  # INVARIANT: the shape of `each`
    return SeriesType(found)


def _has_its_keys(
    node: Node, kind: Scalar, named: Scalar, diagnostics: list[Diagnostic]
) -> bool:
    """Report keys that a type needs and has not, and those that mean nothing to it."""
    needed, allowed = _KEYS.get(named.text, (frozenset[str](), frozenset[str]()))
    given = {key for key in (*_SPECIFIC, "by") if child(node, key) is not None}
    series = {"each"} if kind is not named else set()
    for key in sorted(given - needed - allowed - series - {"by"}):
        assert isinstance(node, document.Mapping)
        place = node.key(key) or kind
        message = say("`{key}` has no meaning for the type `{text}`", key=key, text=kind.text)
        help = say("delete it, or change the type")
        diagnostics.append(diagnose("S201", message, place.span, help=help))
    for key in sorted(needed - given):
        message = say("the type `{text}` needs `{key}:`", text=named.text, key=key)
        diagnostics.append(
            diagnose("S202", message, named.span, help=say("add `{key}:`", key=key))
        )
    return needed <= given


def _plain(
    node: Node,
    kind: Scalar,
    units: Mapping[str, Unit],
    cohorts: Mapping[str, Localized],
    diagnostics: list[Diagnostic],
) -> FactType | None:
    match kind.text:
        case "number" | "whole" | "percent":
            return _number(node, kind.text, units, diagnostics)
        case "period":
            return _period(node, diagnostics)
        case "date":
            return DateType()
        case "choice" | "set":
            return _options(node, kind, diagnostics)
        case "yes-no":
            return YES_NO
        case "rank":
            cohort = child(node, "cohort")
            assert isinstance(cohort, Scalar)
            check_name(cohort, "cohorts", cohorts, diagnostics)
            return RankType(cohort.text)
        case "document":
            return DocumentType()
        case "finding":
            return FINDING
    return TextType()


def check_name(
    node: Node | None, block: str, known: Mapping[str, object], diagnostics: list[Diagnostic]
) -> None:
    """Report a name that a block does not declare."""
    if isinstance(node, Scalar) and node.text not in known:
        near, fix = nearest(node.text, known, node.span)
        message = say("`{name}` is not declared", name=node.text)
        help = near or say("declare it under `{block}:`", block=block)
        diagnostics.append(diagnose("N101", message, node.span, help=help, fix=fix))


def _options(
    node: Node, kind: Scalar, diagnostics: list[Diagnostic]
) -> ChoiceType | SetType | None:
    options = tuple(key for key, _ in entries_of(node, "options"))
    for option in options:
        if option.text == "unknown":
            message = say("`unknown` says that a fact is not known, and cannot be an option")
            diagnostics.append(
                diagnose("N103", message, option.span, help=say("give it another name"))
            )
    if not options:
        message = say("a {text} has options, but none is written", text=kind.text)
        diagnostics.append(diagnose("S202", message, kind.span))
        return None
    names = tuple(option.text for option in options)
    if kind.text == "set":
        return SetType(names)
    return ChoiceType(names, ordered=text_of(node, "ordered") == "yes")


def _period(node: Node, diagnostics: list[Diagnostic]) -> PeriodType | None:
    unit = child(node, "unit")
    assert isinstance(unit, Scalar)
    if unit.text in UNITS:
        return PeriodType(unit.text)
    message = say(
        "a period is counted in {names}, not in `{text}`",
        names=quoted(UNITS),
        text=unit.text,
    )
    help, fix = nearest(unit.text, UNITS, unit.span)
    diagnostics.append(diagnose("N101", message, unit.span, help=help, fix=fix))
    return None


def _number(
    node: Node, kind: str, units: Mapping[str, Unit], diagnostics: list[Diagnostic]
) -> NumberType:
    unit = child(node, "unit")
    name = PERCENT if kind == "percent" else ""
    if isinstance(unit, Scalar):
        name = unit.text
        if name in UNITS:
            message = say("`{name}` measures a length of time, but this is a number", name=name)
            help = say("write `type: period`")
            diagnostics.append(diagnose("S204", message, unit.span, help=help))
        else:
            check_name(unit, "units", units, diagnostics)
    low, high = range_of(node, "range", diagnostics)
    return NumberType(name, low, high, whole=kind == "whole")


def range_of(
    node: Node, key: str, diagnostics: list[Diagnostic]
) -> tuple[Decimal | None, Decimal | None]:
    """Return the ends of a range that a key declares; an end that is None is open."""
    place, written = child(node, key), text_of(node, key)
    if place is None or written is None:
        return None, None
    low = high = None
    first, _, last = written.replace("at least ", "").partition(" to ")
    if written.startswith("at most "):
        high = Decimal(written.removeprefix("at most "))
    else:
        low, high = Decimal(first), Decimal(last) if last else None
    if low is not None and high is not None and low >= high:
        _backwards(written, place.span, diagnostics)
    return low, high


def _backwards(written: str, at: Span, diagnostics: list[Diagnostic]) -> None:
    message = say("`{written}` is a range that ends before it begins", written=written)
    diagnostics.append(diagnose("S204", message, at, help=say("write the lower end first")))
