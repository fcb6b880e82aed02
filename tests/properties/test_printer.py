"""The printer of sentences: what it prints, read again, is the same sentence."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ipcity_policy.lang import syntax
from ipcity_policy.lang.keywords import KEYWORDS
from ipcity_policy.lang.operators import OPERATORS
from ipcity_policy.lang.parser import Sentence, parse_sentence
from ipcity_policy.lang.printer import print_sentence
from ipcity_policy.lang.qualifiers import Bounds, Reach, Rounding, Ties
from ipcity_policy.lang.syntax import Start
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml.document import Scalar

AT = st.just(Span(Source("", ""), 0, 0))

words = st.from_regex(
    r"[A-Za-z得][A-Za-z0-9分]{0,4}(-[a-z0-9线]{1,4}){0,2}", fullmatch=True
).filter(lambda word: word not in KEYWORDS)
names = st.builds(syntax.Name, words, span=AT)
numbers = st.from_regex(r"[0-9]{1,6}(\.[0-9]{1,3})?", fullmatch=True)
amounts = st.builds(
    syntax.AmountPhrase,
    st.one_of(
        numbers,
        st.tuples(numbers, words).map(" ".join),
        st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True),
    ),
    span=AT,
)
#: Characters that are what they seem; others are an error wherever they stand.
ascii_ = st.characters(min_codepoint=0x20, max_codepoint=0x7E, exclude_characters='"')
chinese = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
texts = st.text(alphabet=ascii_ | chinese, max_size=6)
options = st.builds(syntax.Quoted, st.sampled_from(["yes", "no", "met"]) | texts, span=AT)
values = st.one_of(names, options, amounts)
ways = st.sampled_from(["after", "before"])
moved = st.builds(syntax.MovedPhrase, values, values, ways, span=AT)
operands = values | moved | st.builds(syntax.MovedPhrase, values, moved, ways, span=AT)

rounding = st.sampled_from(Rounding)

#: Operators by what stands to their right; the others have one operand there.
WITH_NOTHING = {"submitted", "not-submitted", "known", "not-known"}
WITH_A_NAME = {"last", "not-last", "includes-all", "includes-any", "includes-none"}
WITH_AN_OPTION = {"same", "different", "includes"}
WRITTEN = [name for name in sorted(OPERATORS) if not name.startswith("time-")]
INCLUDING = [name for name in WRITTEN if name.startswith("includes")]
SUBMITTED = [name for name in WRITTEN if name.startswith("submitted")]
IS = [name for name in WRITTEN if name not in INCLUDING]


@st.composite
def relations(draw: st.DrawFn, operators: list[str] = IS) -> syntax.Relation:
    operator = draw(st.sampled_from(operators))
    right: tuple[syntax.OperandPhrase, ...]
    bounds = rounded = ties = None
    if operator in WITH_NOTHING:
        right = ()
    elif operator in WITH_A_NAME:
        right = (draw(names),)
    elif operator in WITH_AN_OPTION:
        right = (draw(options),)
    elif operator == "between":
        right, bounds = (draw(operands), draw(operands)), draw(st.sampled_from(Bounds))
    elif operator in ("in-top", "not-in-top"):
        right = draw(operands), draw(names)
        rounded, ties = draw(st.none() | rounding), draw(st.none() | st.sampled_from(Ties))
    else:
        right = (draw(operands),)
    return syntax.Relation(operator, right, bounds, rounded, ties, span=draw(AT))


leaves: st.SearchStrategy[syntax.ConditionPhrase] = st.one_of(
    st.builds(syntax.RuleName, words, span=AT),
    st.builds(syntax.ComparisonPhrase, operands, relations(), span=AT),
    st.builds(syntax.ComparisonPhrase, names, relations(INCLUDING), span=AT),
    st.builds(syntax.Time, operands, operands, relations(), span=AT),
    st.builds(syntax.Submissions, names, relations(SUBMITTED), span=AT),
    st.builds(
        syntax.YearsPhrase,
        operands,
        relations(),
        names,
        names,
        st.sampled_from(Reach),
        operands,
        span=AT,
    ),
)


@st.composite
def conditions(draw: st.DrawFn, depth: int = 3) -> syntax.ConditionPhrase:
    parts = conditions(depth=depth - 1)
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    match draw(st.sampled_from(["leaf", *["not", "and", "or"] * (depth > 0)])):
        case "leaf":
            return draw(leaves)
        case "not":
            return syntax.Negation(draw(parts), span=draw(AT))
        case "and":
            return syntax.Conjunction(draw(several), span=draw(AT))
        case _:
            return syntax.Disjunction(draw(several), span=draw(AT))


calculations: st.SearchStrategy[syntax.Calculation] = st.recursive(
    operands,
    lambda parts: st.one_of(
        st.builds(
            syntax.ArithmeticPhrase,
            st.sampled_from(["plus", "minus", "lesser", "greater"]),
            parts,
            parts,
            span=AT,
        ),
        st.builds(syntax.ArithmeticPhrase, st.just("times"), parts, names, span=AT),
        st.builds(syntax.RoundingPhrase, parts, rounding, names, span=AT),
    ),
    max_leaves=8,
)
otherwise = st.builds(syntax.Otherwise, span=AT)
effects = st.one_of(
    st.builds(syntax.BarPhrase, names, names, names, span=AT),
    st.builds(syntax.PermitPhrase, names, span=AT),
)
#: For each start rule, the trees that it can give.
TREES: dict[Start, st.SearchStrategy[Sentence]] = {
    "condition": conditions(),
    "outcome": conditions() | otherwise,
    "band": relations() | otherwise,
    "calculation": calculations,
    "effect": effects,
}
starts = st.sampled_from(sorted(TREES))


def parse(text: str, start: Start) -> Sentence:
    result = parse_sentence(Scalar(text, Span(Source("x", text), 0, len(text))), start)
    assume([d.code.id for d in result.diagnostics] != ["S303"])  # too long a tree
    assert result.diagnostics == ()
    assert result.value is not None
    return result.value


@pytest.mark.whole
@given(st.data(), starts)
def test_what_is_printed_reads_as_the_same_sentence(data: st.DataObject, start: Start) -> None:
    tree = data.draw(TREES[start])
    assert parse(print_sentence(tree), start) == tree


@pytest.mark.whole
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
    brackets = start in ("condition", "outcome", "calculation") and canonical != "otherwise"
    if brackets and data.draw(st.booleans()):
        written = f"( ({written}) )"
    assert print_sentence(parse(written, start)) == canonical
