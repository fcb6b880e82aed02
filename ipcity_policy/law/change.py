"""One change at one place of an entry, whose path is followed step by step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ipcity_policy.law.reader import text_of
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.fixes import nearest
from ipcity_policy.text.message import listed, say
from ipcity_policy.text.source import Span
from ipcity_policy.text.subject import EntryKey, EntryPath
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar, Sequence

ChangeKind = Literal["change", "add", "repeal"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the path of a place, how it changes, and what stands there afterwards."""

    path: str
    at: Span
    how: ChangeKind
    #: None for what is repealed.
    new: Node | None

    @property
    def entries(self) -> tuple[EntryKey, ...]:
        """The entry that it changes; none where its path names none."""
        place = EntryPath.parse(self.path)
        return () if place is None else (place.key,)

    @property
    def steps(self) -> tuple[str, ...]:
        """The path, step by step."""
        return tuple(self.path.split("."))

    def edit(self, node: Node, steps: tuple[str, ...]) -> Node | Diagnostic:
        """Return `node` with the change made at `steps` below it, or why it cannot be."""
        if not steps and self.how == "add":
            return self._taken_in(node)
        if not steps:
            assert self.new is not None  # INVARIANT: a repeal is made one step above
            return self.new
        step, rest = steps[0], steps[1:]
        if isinstance(node, Sequence) and not rest and self.how == "repeal":
            return self._taken_out(node, step)
        if not isinstance(node, document.Mapping):
            return self.missing(step)
        below = node.get(step)
        if below is None:
            return self._among_rows(node, steps)
        if rest and isinstance(below, Sequence) and not of_names(below):
            return self._in_list(node, step, below, rest)
        if not rest and self.how == "add" and not isinstance(below, Sequence):
            return self.exists()
        if not rest and self.how == "repeal":
            return replace(node, entries=tuple(e for e in node.entries if e[0].text != step))
        changed = self.edit(below, rest)
        return changed if isinstance(changed, Diagnostic) else _replace(node, step, changed)

    def _among_rows(self, node: document.Mapping, steps: tuple[str, ...]) -> Node | Diagnostic:
        """Make the change where no key has the name: at a row that has it, or as a new one."""
        step, rows = steps[0], _rows(node)
        inside = next((key for key, found in rows.items() if step in found), None)
        if inside is not None:
            return self.edit(node, (inside, *steps))
        if self.how != "add" or len(steps) > 1:
            known = [key.text for key, _ in node.entries]
            return self.missing(
                step, [*known, *(name for row in rows.values() for name in row)]
            )
        assert self.new is not None  # INVARIANT: what is added says something
        inside = next(iter(rows), None)
        if inside == "bands" and isinstance(self.new, document.Mapping):
            inserted = _insert(node.get(inside), step, self.new, self.at)
            if isinstance(inserted, Diagnostic):
                return inserted
            return _replace(node, inside, inserted)
        if inside == "outcomes":
            outcomes = node.get(inside)
            assert isinstance(outcomes, document.Mapping)  # INVARIANT: else it has no rows
            return _replace(node, inside, _with(outcomes, step, self.new, self.at))
        return _with(node, step, self.new, self.at)

    def _in_list(
        self, node: document.Mapping, key: str, listed: Sequence, steps: tuple[str, ...]
    ) -> Node | Diagnostic:
        """Make the change in the row of a list that has the outcome named."""
        items = list(listed.items)
        outcomes = [text_of(item, "outcome") for item in items]
        if steps[0] not in outcomes:
            return self.missing(steps[0])
        index = outcomes.index(steps[0])
        if len(steps) == 1 and self.how == "add":
            return self.exists()
        if len(steps) == 1 and self.how == "repeal":
            del items[index]
        else:
            changed = self.edit(items[index], steps[1:])
            if isinstance(changed, Diagnostic):
                return changed
            items[index] = changed
        return _replace(node, key, replace(listed, items=tuple(items)))

    def _taken_in(self, listed: Node) -> Node | Diagnostic:
        """Return a list with the items that are added to it; those that it has stay once."""
        if not (isinstance(listed, Sequence) and isinstance(self.new, Sequence)):
            return self.exists()
        there = listed.items
        return replace(listed, items=(*there, *(n for n in self.new.items if n not in there)))

    def _taken_out(self, listed: Sequence, item: str) -> Node | Diagnostic:
        """Return a list without one of its items."""
        names = [one.text for one in listed.items if isinstance(one, Scalar)]
        if item not in names:
            return self.missing(item, names)
        kept = (n for n in listed.items if not (isinstance(n, Scalar) and n.text == item))
        return replace(listed, items=tuple(kept))

    def missing(self, step: str, known: Iterable[str] = ()) -> Diagnostic:
        """Say that the path leads nowhere."""
        known = tuple(known)
        help, fix = nearest(step, known, self.at)
        if not help and known:
            help = say("known names: {names}", names=listed(known))
        start = self.at.text.find(step)
        begin = self.at.start + start
        place = self.at if start < 0 else Span(self.at.source, begin, begin + len(step))
        message = say("`{path}` names nothing: there is no `{step}`", path=self.path, step=step)
        return diagnose("M102", message, place, help=help, fix=fix, names=self.entries)

    def exists(self) -> Diagnostic:
        """Say that what is added is there already."""
        message, help = (
            say("`{path}` exists already", path=self.path),
            say("put it under `change:`"),
        )
        return diagnose("M103", message, self.at, help=help, names=self.entries)


def of_names(listed: Sequence) -> bool:
    """Tell whether a list holds nothing but names, which a path may name one by one."""
    return all(isinstance(item, Scalar) for item in listed.items)


def _rows(node: document.Mapping) -> Mapping[str, list[str]]:
    """Return the outcomes of a decision, under the key that holds them."""
    rows: dict[str, list[str]] = {}
    bands, outcomes = node.get("bands"), node.get("outcomes")
    if isinstance(bands, Sequence):
        rows["bands"] = [text_of(item, "outcome") or "" for item in bands.items]
    if isinstance(outcomes, document.Mapping):
        rows["outcomes"] = [key.text for key, _ in outcomes.entries]
    return rows


def _insert(
    bands: Node | None, outcome: str, new: document.Mapping, at: Span
) -> Node | Diagnostic:
    """Put a band before the one it names, or before the last."""
    assert isinstance(bands, Sequence)  # INVARIANT: only lists of bands are named as rows
    outcomes = [text_of(item, "outcome") or "" for item in bands.items]
    before = new.get("before")
    place = max(len(outcomes) - 1, 0)
    if isinstance(before, Scalar):
        if before.text not in outcomes:
            help, fix = nearest(before.text, outcomes, before.span)
            message = say("there is no band `{text}`", text=before.text)
            return diagnose("M102", message, before.span, help=help, fix=fix)
        place = outcomes.index(before.text)
    row = replace(new, entries=tuple(e for e in new.entries if e[0].text != "before"))
    named = row.get("outcome")
    if isinstance(named, Scalar) and named.text != outcome:
        message = say(
            "the band is named `{text}` here, and `{outcome}` in its path",
            text=named.text,
            outcome=outcome,
        )
        return diagnose("M102", message, named.span, help=say("delete this `outcome:`"))
    if named is None:
        row = _with(row, "outcome", Scalar(outcome, at), at)
    return replace(bands, items=(*bands.items[:place], row, *bands.items[place:]))


def _replace(node: document.Mapping, key: str, value: Node) -> document.Mapping:
    return replace(
        node,
        entries=tuple((name, value if name.text == key else old) for name, old in node.entries),
    )


def _with(node: document.Mapping, key: str, value: Node, at: Span) -> document.Mapping:
    return replace(node, entries=(*node.entries, (Scalar(key, at), value)))
