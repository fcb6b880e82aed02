"""The printer of sentences: what it prints, read again, is the same sentence."""

from hypothesis import given
from hypothesis import strategies as st

from ipcity_policy.lang import syntax
from ipcity_policy.lang.operators import KEYWORDS, OPERATORS
from ipcity_policy.lang.parser import Sentence, Start, parse_sentence
from ipcity_policy.lang.printer import print_sentence
from ipcity_policy.text.document import Scalar
from ipcity_policy.text.source import Source, Span

NOWHERE = Span(Source("", ""), 0, 0)

names = st.from_regex(
    r"[A-Za-z得][A-Za-z0-9分]{0,4}(-[a-z0-9线]{1,4}){0,2}", fullmatch=True
).filter(lambda name: name not in KEYWORDS)
named = names.map(lambda name: syntax.Name(name, span=NOWHERE))
numbers = st.from_regex(r"[0-9]{1,6}(\.[0-9]{1,3})?", fullmatch=True)
amounts = st.one_of(
    numbers,
    st.tuples(numbers, names).map(" ".join),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True),
).map(lambda text: syntax.Amount(text, span=NOWHERE))
options = st.one_of(
    st.sampled_from(["yes", "no"]),
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters='"\n'), max_size=6),
).map(lambda text: syntax.Quoted(text, span=NOWHERE))
operands = named | amounts


@st.composite
def relations(draw: st.DrawFn) -> syntax.Relation:
    operator = draw(st.sampled_from(sorted(OPERATORS)))
    option = operator in ("same", "different")
    return syntax.Relation(operator, draw(options if option else operands), span=NOWHERE)


@st.composite
def conditions(draw: st.DrawFn, depth: int = 4) -> syntax.Condition:
    kinds = ["rule", "comparison"] + ["not", "and", "or"] * (depth > 0)
    parts = conditions(depth=depth - 1)
    match draw(st.sampled_from(kinds)):
        case "rule":
            return syntax.RuleName(draw(names), span=NOWHERE)
        case "comparison":
            return syntax.Comparison(draw(operands), draw(relations()), span=NOWHERE)
        case "not":
            return syntax.Negation(draw(parts), span=NOWHERE)
        case "and":
            some = tuple(draw(st.lists(parts, min_size=2, max_size=3)))
            return syntax.Conjunction(some, span=NOWHERE)
        case _:
            some = tuple(draw(st.lists(parts, min_size=2, max_size=3)))
            return syntax.Disjunction(some, span=NOWHERE)


otherwise = st.just(syntax.Otherwise(span=NOWHERE))
effects = st.one_of(
    st.builds(syntax.Bar, named, named, named, span=st.just(NOWHERE)),
    st.builds(syntax.Permit, named, span=st.just(NOWHERE)),
)
#: For each start rule, the trees that it can give.
TREES: dict[Start, st.SearchStrategy[Sentence]] = {
    "condition": conditions(),
    "outcome": conditions() | otherwise,
    "band": relations() | otherwise,
    "effect": effects,
}
starts = st.sampled_from(sorted(TREES))


def parse(text: str, start: Start) -> Sentence:
    result = parse_sentence(Scalar(text, Span(Source("x", text), 0, len(text))), start)
    assert result.diagnostics == ()
    assert result.value is not None
    return result.value


@given(st.data(), starts)
def test_what_is_printed_reads_as_the_same_sentence(data: st.DataObject, start: Start) -> None:
    tree = data.draw(TREES[start])
    assert parse(print_sentence(tree), start) == tree


@given(st.data(), starts)
def test_printing_what_was_read_changes_nothing_more(data: st.DataObject, start: Start) -> None:
    canonical = print_sentence(data.draw(TREES[start]))
    spaces = data.draw(st.sampled_from([" ", "  ", "\t", " \n "]))
    outside = canonical.split('"')[::2]  # what stands in quotes stays
    inside = canonical.split('"')[1::2]
    spaced = [piece.replace(" ", spaces) for piece in outside]
    written = '"'.join(
        piece for pair in zip(spaced, [*inside, ""], strict=True) for piece in pair
    ).removesuffix('"')
    if (
        data.draw(st.booleans())
        and start in ("condition", "outcome")
        and canonical != "otherwise"
    ):
        written = f"( ({written}) )"
    assert print_sentence(parse(written, start)) == canonical
