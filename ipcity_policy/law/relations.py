"""Relations: what one entry of a vocabulary has to do with another by its meaning.

They are declared with the facts and events: what a fact is `of:`, what it is `at-most:`, and
what something is `not-before:`. A sheet that states what they rule out contradicts itself.
"""

from collections.abc import Callable, Iterator, Mapping

from ipcity_policy.lang.datatypes import (
    FINDING,
    YES_NO,
    DateType,
    DocumentType,
    FactType,
    NumberType,
    RankType,
    SetType,
    name_of,
)
from ipcity_policy.law.model import EventKind, Fact
from ipcity_policy.law.reader import child, entries_of, items_of
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.fixes import nearest
from ipcity_policy.text.message import Message, say
from ipcity_policy.yaml.document import Node, Scalar

#: The first day of the year that an event is about, among what it may not be before.
ITS_YEAR = "its-year"
_KEYS = ("of", "at-most", "not-before")


def named_under(node: Node, key: str) -> tuple[str, ...]:
    """Return the names under a key, which may be one or a list."""
    return tuple(name.text for name in _names(node, key))


def _names(node: Node, key: str) -> Iterator[Scalar]:
    one = child(node, key)
    if isinstance(one, Scalar):
        yield one
    yield from (item for item in items_of(node, key) if isinstance(item, Scalar))


def check_relations(
    node: Node, facts: Mapping[str, Fact], events: Mapping[str, EventKind], broken: set[str]
) -> Iterator[Diagnostic]:
    """Report relations that name nothing, or what they cannot be about."""
    entries = (*entries_of(child(node, "subject"), "facts"), *entries_of(node, "facts"))
    graph: dict[tuple[str, str], tuple[Scalar, ...]] = {}
    for name, item in entries:
        fact = facts.get(name.text)
        if fact is not None:
            graph |= {(key, name.text): tuple(_names(item, key)) for key in _KEYS}
            yield from _checked(fact, item, facts, events, broken)
    for name, item in entries_of(node, "events"):
        graph["not-before", name.text] = tuple(_names(item, "not-before"))
        for one in _names(item, "not-before"):
            if one.text != ITS_YEAR:
                yield from _dated(one, facts, events, broken)
    yield from _circles(graph)


def _checked(
    fact: Fact,
    node: Node,
    facts: Mapping[str, Fact],
    events: Mapping[str, EventKind],
    broken: set[str],
) -> Iterator[Diagnostic]:
    for one in (name for name in _names(node, "of") if name.text not in events):
        help = say("name an event, a document, a finding, a set, a count, or what is yes or no")
        yield from _named(one, facts, broken, _may_be_absent, help)
    for one in _names(node, "at-most"):

        def alike(datatype: FactType) -> bool:
            return _comparable(fact.datatype, datatype)

        help = say("name a number in its unit, or of a rank another one")
        yield from _named(one, facts, broken, alike, help)
    names = tuple(_names(node, "not-before"))
    if names and not isinstance(fact.datatype, (DateType, DocumentType)):
        message = say("`{id}` is {type}, and has no day", id=fact.id, type=_type(fact))
        help = say("write `not-before:` where a date or a document is declared")
        yield diagnose("T101", message, names[0].span, help=help)
    for one in names:
        yield from _dated(one, facts, events, broken)


def _dated(
    name: Scalar, facts: Mapping[str, Fact], events: Mapping[str, EventKind], broken: set[str]
) -> Iterator[Diagnostic]:
    """Report what is no event and no date."""
    if name.text in events:
        return

    def dated(datatype: FactType) -> bool:
        return isinstance(datatype, DateType)

    help = say("name an event, or a fact that is a date")
    dates = {id: one for id, one in facts.items() if dated(one.datatype)}
    if name.text not in facts and name.text not in broken:
        near, fix = nearest(name.text, (*events, *dates), name.span)
        message = say("`{name}` is not declared", name=name.text)
        yield diagnose("N101", message, name.span, help=near or help, fix=fix)
        return
    yield from _named(name, facts, broken, dated, help)


def _named(
    name: Scalar,
    facts: Mapping[str, Fact],
    broken: set[str],
    fits: Callable[[FactType], bool],
    help: Message,
) -> Iterator[Diagnostic]:
    """Report a name of no fact, or of one of another type."""
    if name.text in broken:
        return
    fact = facts.get(name.text)
    if fact is None:
        near, fix = nearest(name.text, facts, name.span)
        message = say("`{name}` is not declared", name=name.text)
        help = near or say("declare it under `{block}:`", block="facts")
        yield diagnose("N101", message, name.span, help=help, fix=fix)
    elif not fits(fact.datatype):
        message = say("`{id}` is {type}", id=fact.id, type=_type(fact))
        yield diagnose("T101", message, name.span, help=help)


def _type(fact: Fact) -> Message:
    return name_of(fact.datatype)


def _may_be_absent(datatype: FactType) -> bool:
    """Tell whether a sheet can state that something of a type is not there."""
    return datatype in (YES_NO, FINDING) or isinstance(
        datatype, (DocumentType, SetType, NumberType)
    )


def _comparable(one: FactType, other: FactType) -> bool:
    """Tell whether one can be more than the other."""
    match one, other:
        case NumberType(unit), NumberType(another):
            return unit == another
        case RankType(), RankType():
            return True
    return False


def _circles(graph: Mapping[tuple[str, str], tuple[Scalar, ...]]) -> Iterator[Diagnostic]:
    """Report what leads back to itself, once for each circle, where the first names another."""
    told: set[tuple[str, str]] = set()
    for key, start in graph:
        for name in graph[key, start]:
            reached, todo = {name.text}, [name.text]
            while todo:
                for following in graph.get((key, todo.pop()), ()):
                    if following.text not in reached:
                        reached.add(following.text)
                        todo.append(following.text)
            if start in reached and (key, start) not in told:
                told |= {(key, one) for one in reached}
                message = say("`{name}` leads back to `{start}`", name=name.text, start=start)
                help = say("delete it, or name another")
                yield diagnose("N105", message, name.span, help=help)
