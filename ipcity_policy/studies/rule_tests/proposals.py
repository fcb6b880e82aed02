"""Cases as they would pass: what came out, in place of what was expected."""

from collections.abc import Iterator, Mapping

from ipcity_policy.engines.interpreter.explanation import Status
from ipcity_policy.law.reader import child
from ipcity_policy.studies.rule_tests.expected_position import nothing_of
from ipcity_policy.studies.rule_tests.expected_verdict import Came
from ipcity_policy.studies.rule_tests.runner import RuleTest
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar, Sequence


def proposed(case: RuleTest) -> document.Mapping | None:
    """Return a failed case with what came out; None where it passed or could not be run.

    What the case expects is said anew under the same keys; to one that expects nothing yet,
    everything is proposed.
    """
    node, came = case.node, case.came
    if case.passed or case.needs or came is None or not isinstance(node, document.Mapping):
        return None
    stated = node.get(case.key)
    if isinstance(stated, document.Mapping) and stated.entries:
        came = {key.text: came[key.text] for key, _ in stated.entries if key.text in came}
    else:
        came = {k: v for k, v in came.items() if k != "possible" or not _settled(case)}
        stated = None
    expect = _expect(case, came, stated)
    supposed = _supposed(case, stated)
    if supposed is not None:
        key = Scalar("supposed", case.span)
        expect = document.Mapping((*expect.entries, (key, supposed)), case.span)
    entries = [(key, expect if key.text == case.key else value) for key, value in node.entries]
    if node.get(case.key) is None:
        keys = [key.text for key, _ in entries]
        last = (n for n, key in enumerate(keys) if key.startswith(("why-", "note-")))
        entries.insert(next(last, len(keys)), (Scalar(case.key, case.span), expect))
    return document.Mapping(tuple(entries), node.span)


def _supposed(case: RuleTest, stated: Node | None) -> document.Mapping | None:
    """Return what came out with what is assumed, under the keys that the case has for it."""
    came, named = case.supposed, child(stated, "supposed")
    if came is None or (stated is not None and named is None):
        return None
    if isinstance(named, document.Mapping):
        came = {key.text: came[key.text] for key, _ in named.entries if key.text in came}
    return _expect(case, came, named)


def _settled(case: RuleTest) -> bool:
    """Tell whether only one answer is possible."""
    if case.timeline is not None:
        return case.timeline.position.state is not None
    return case.verdict is None or case.verdict.outcome is not None


def _expect(case: RuleTest, came: Mapping[str, Came], stated: Node | None) -> document.Mapping:
    entries: list[tuple[Scalar, Node]] = []
    at = case.span
    for key, value in came.items():
        node: Node
        match value:
            case str(text):
                node = Scalar(text, at)
            case tuple() if key in ("version", "under") and len(value) < 2:
                node = Scalar((*value, "none")[0], at)
            case tuple():
                node = Sequence(tuple(Scalar(one, at) for one in value), at)
            case _:
                pairs = list(_pairs(case, key, value, child(stated, key)))
                if not pairs:
                    continue
                node = document.Mapping(
                    tuple((Scalar(name, at), Scalar(text, at)) for name, text in pairs), at
                )
        entries.append((Scalar(key, at), node))
    return document.Mapping(tuple(entries), at)


def _pairs(
    case: RuleTest, key: str, came: Mapping[str, str], stated: Node | None
) -> Iterator[tuple[str, str]]:
    """Yield the status of the things that a case names, of all where it names none."""
    names = list(came)
    if isinstance(stated, document.Mapping):
        names = [name.text for name, _ in stated.entries]
    misspelt = {one.at.text for one in case.diagnostics if one.code.id == "R101"}
    for name in names:
        text = came.get(name)
        if case.timeline is not None:
            if name not in misspelt:
                yield name, text or nothing_of(key, case.timeline.position)
        elif text is not None and text in [
            *Status
        ]:  # else it has several, under each version one, or is no rule
            yield name, text
