"""The value of a fact as a sheet writes it: a text, a list or a block, taken apart."""

from ipcity_policy.lang.datatypes import (
    FINDING,
    ChoiceType,
    DocumentType,
    FactType,
    RankType,
    SeriesType,
    SetType,
)
from ipcity_policy.lang.values import Value
from ipcity_policy.law.model import Fact
from ipcity_policy.law.reader import child, items_of
from ipcity_policy.law.schemas.sheet import (
    CHOICE,
    ONE_OF,
    OPTIONS,
    RANK,
    SCALAR,
    SERIES,
    SERIES_OF_CHOICES,
)
from ipcity_policy.sheet.values import (
    Remaining,
    Single,
    is_unknown,
    read_document,
    read_rank,
    read_series,
    read_set,
    read_single,
)
from ipcity_policy.text.diagnostic import Diagnostic
from ipcity_policy.text.source import Written
from ipcity_policy.yaml.document import Mapping, Node, Scalar, Sequence
from ipcity_policy.yaml.schema import Schema


def says_unknown(node: Node) -> bool:
    """Tell whether a node says that something is not known."""
    return isinstance(node, Scalar) and is_unknown(node.text)


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


def read_value(fact: Fact, node: Node, diagnostics: list[Diagnostic]) -> Value | None:
    """Read a value that has the shape of its type; None where it is faulty."""
    found: Value | Diagnostic
    match fact.datatype, node:
        case SeriesType(each), Mapping(entries):
            years = [(_written(key), _single(value)) for key, value in entries]
            return read_series(fact, each, years, diagnostics)
        case SetType(options), Sequence(items):  # a list says all that is in the set
            held = [(_written(one), "yes") for one in items if isinstance(one, Scalar)]
            return read_set(fact, options, held, "no", diagnostics)
        case SetType(options), Mapping(entries):
            held = [(_written(k), one.text) for k, one in entries if isinstance(one, Scalar)]
            return read_set(fact, options, held, "unknown", diagnostics)
        case RankType(), Mapping():
            place, size, tied = (_under(node, key) for key in ("rank", "of", "tied"))
            assert place is not None  # INVARIANT: it has the shape of a rank
            assert size is not None  # INVARIANT: the same
            found = read_rank(place, size, tied)
        case DocumentType(), Mapping():
            submitted = _under(node, "submitted") or Written("", node.span)
            submitted = Written(submitted.text, node.span)
            found = read_document(fact, submitted, _under(node, "on"))
        case _:
            found = read_single(fact, fact.datatype, _single(node))
    if isinstance(found, Diagnostic):
        diagnostics.append(found)
        return None
    return found


def _single(node: Node) -> Single:
    if isinstance(node, Scalar):
        return _written(node)
    items = items_of(node, ONE_OF)
    return Remaining(tuple(_written(o) for o in items if isinstance(o, Scalar)), node.span)


def _under(node: Node, key: str) -> Written | None:
    found = child(node, key)
    return _written(found) if isinstance(found, Scalar) else None


def _written(scalar: Scalar) -> Written:
    return Written(scalar.text, scalar.span)
