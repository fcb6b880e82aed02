"""Documents in which a slip was made: a value, a key or a whole place is not what it was."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

KEYS = st.sampled_from(
    ("a", "a-name", "名", "Wrong", "wrong_name", "2b", "in force", "note-en")
)
TEXTS = st.sampled_from(
    ("", " ", "x", "a sentence", "yes", "Yes", "attested", "unknown", "art-5.ii", "1")
)
NUMBERS = st.sampled_from((0, 1, 3, 999, 2001, -1, 2.5))
VALUES = st.one_of(
    TEXTS,
    NUMBERS,
    st.lists(TEXTS, max_size=2),
    st.dictionaries(KEYS, TEXTS, max_size=2),
)


@st.composite
def slipped(
    draw: st.DrawFn,
    document: Any,
    values: st.SearchStrategy[Any] = VALUES,
    keys: st.SearchStrategy[str] = KEYS,
) -> Any:
    """Return the document with up to two slips in it."""
    document = deepcopy(document)
    for _ in range(draw(st.integers(0, 2))):
        places = list(_places(document))
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        match draw(st.sampled_from(("value", "value", "lost", "renamed", "listed"))):
            case "value":
                holder[key] = draw(values)
            case "lost":
                del holder[key]
            case "renamed" if isinstance(holder, dict):
                holder[draw(keys)] = holder.pop(key)
            case _:
                holder[key] = [holder[key]]
    return document


def _places(node: Any) -> Iterator[tuple[Any, str | int]]:
    """Yield every place in a document: what holds it, and its key or number there."""
    entries = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in entries:
        yield node, key
        if isinstance(value, (dict, list)):
            yield from _places(value)
