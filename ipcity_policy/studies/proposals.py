"""Cases as they would pass: what came out, in place of what was expected."""

from collections.abc import Mapping

from ipcity_policy.engines.verdict import Status
from ipcity_policy.measure.reader import child, entries_of
from ipcity_policy.studies.expectations import Came, came_out
from ipcity_policy.studies.ruletests import Case
from ipcity_policy.text import document
from ipcity_policy.text.document import Node, Scalar, Sequence
from ipcity_policy.text.source import Span


def proposed(case: Case) -> document.Mapping | None:
    """Return a failed case with what came out; None where it passed or could not be run.

    What the case expects is said anew under the same keys; to one that expects nothing yet,
    everything is proposed.
    """
    node, verdict = case.node, case.verdict
    if case.passed or verdict is None or not isinstance(node, document.Mapping):
        return None
    came, stated = came_out(verdict), node.get("expect")
    if stated is None:
        came = {k: v for k, v in came.items() if k != "possible" or verdict.outcome is None}
    else:
        came = {key.text: came[key.text] for key, _ in entries_of(node, "expect")}
    expect = _expect(came, stated, case.span)
    entries = [(key, expect if key.text == "expect" else value) for key, value in node.entries]
    if stated is None:
        keys = [key.text for key, _ in entries]
        last = (n for n, key in enumerate(keys) if key.startswith(("why-", "note-")))
        entries.insert(next(last, len(keys)), (Scalar("expect", case.span), expect))
    return document.Mapping(tuple(entries), node.span)


def _expect(came: Mapping[str, Came], stated: Node | None, at: Span) -> document.Mapping:
    entries: list[tuple[Scalar, Node]] = []
    for key, value in came.items():
        node: Node
        match value:
            case str(text):
                node = Scalar(text, at)
            case tuple() if key == "version" and len(value) < 2:
                node = Scalar((*value, "none")[0], at)
            case tuple():
                node = Sequence(tuple(Scalar(one, at) for one in value), at)
            case _:
                rules = _rules(value, child(stated, key))
                if not rules:
                    continue
                pairs = ((Scalar(rule, at), Scalar(status, at)) for rule, status in rules)
                node = document.Mapping(tuple(pairs), at)
        entries.append((Scalar(key, at), node))
    return document.Mapping(tuple(entries), at)


def _rules(came: Mapping[str, str], stated: Node | None) -> list[tuple[str, str]]:
    """Return what became of the rules that a case names, of all where it names none."""
    names = [name for name in came if stated is None]
    if isinstance(stated, document.Mapping):
        names = [name.text for name, _ in stated.entries]
    # A rule may have another status under each of several versions, or not exist.
    return [(name, came[name]) for name in names if came.get(name) in [*Status]]
