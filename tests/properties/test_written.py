"""What is written as YAML is read again as what it was."""

from hypothesis import example, given
from hypothesis import strategies as st

from ipcity_policy.text.confusables import plain
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml.document import Mapping, Node, Scalar, Sequence
from ipcity_policy.yaml.reader import read_document
from ipcity_policy.yaml.writer import yaml_text

AT = Span(Source("", ""), 0, 0)
TEXTS = st.one_of(
    st.text("ab:#-,[]{}'\"|>&*!%@`?~ \n\\0字：“", max_size=12),
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=200),
    st.sampled_from(["yes", "null", "~", "2001-05-17", "60 points", "- a", "---", "..."]),
)
SCALARS = st.builds(Scalar, TEXTS, st.just(AT), st.booleans())
#: A key is read in plain characters, so that only one in plain characters is read as written.
NAMES = TEXTS.filter(lambda text: text != "<<" and "：" not in text and plain(text) == text)
KEYS = st.builds(Scalar, NAMES, st.just(AT), st.booleans())


def blocks(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pairs = st.lists(st.tuples(KEYS, inner), max_size=4, unique_by=lambda pair: pair[0].text)
    lists = st.lists(inner, max_size=4)
    return st.one_of(
        st.builds(Sequence, lists.map(tuple), st.just(AT)),
        st.builds(Mapping, pairs.map(tuple), st.just(AT)),
    )


@given(st.recursive(SCALARS, blocks, max_leaves=12))
@example(Scalar("", AT))
@example(Sequence((Scalar("a\n", AT), Scalar(" a\nb \n\n", AT)), AT))
def test_reading_what_was_written_gives_it_again(node: Node) -> None:
    text = yaml_text(node)
    read = read_document(Source("written", text))
    assert (read.value, read.diagnostics) == (node, ())
    assert yaml_text(node) == text
