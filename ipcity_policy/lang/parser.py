"""Sentences read with lark: a text to a surface tree, or to what is wrong with it."""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeAlias, get_args

from lark import Lark, Token, Tree
from lark.common import LexerConf
from lark.exceptions import (
    UnexpectedCharacters,
    UnexpectedInput,
    UnexpectedToken,
)
from lark.lexer import BasicLexer

from ipcity_policy.lang import syntax
from ipcity_policy.lang.qualifiers import Bounds, Reach, Rounding, Ties
from ipcity_policy.lang.syntax import Start
from ipcity_policy.lang.syntax_errors import (
    LOOSE,
    too_early,
    unexpected_character,
    unexpected_word,
)
from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import Span
from ipcity_policy.yaml.document import Scalar
from ipcity_policy.yaml.normalize import clear

MAX_LENGTH = 4_000
MAX_NESTING = 32
#: How many values a sentence may join by arithmetic or by `after` and `before`.
MAX_JOINED = 64

Sentence: TypeAlias = (
    syntax.ConditionPhrase
    | syntax.Relation
    | syntax.Otherwise
    | syntax.Calculation
    | syntax.EffectPhrase
)
_Piece: TypeAlias = "Tree[Token] | Token"


def grammar() -> str:
    """Return the text of the grammar: LALR(1), in the notation of lark, a dialect of EBNF.

    >>> [line.strip() for line in grammar().splitlines() if line.endswith("-> permit")]
    ['| "permit" NAME                      -> permit']
    """
    return Path(__file__).with_name("grammar.lark").read_text("utf-8")


class _Lexer(BasicLexer):
    """The basic lexer, which takes the words of the grammar as they are."""

    def __init__(self, conf: LexerConf) -> None:
        # Where `interegular` is installed, seconds would pass at each start with a search for
        # words that collide. A deep test makes it once.
        conf.skip_validation = True
        super().__init__(conf)


@cache
def _lark() -> Lark:
    # The basic lexer keeps a keyword a keyword everywhere, so that none becomes a name.
    return Lark(
        grammar(),
        parser="lalr",
        lexer="basic",
        start=list(get_args(Start)),
        propagate_positions=True,
        maybe_placeholders=False,
        _plugins={"BasicLexer": _Lexer},
    )


def parse_sentence(scalar: Scalar, start: Start) -> Result[Sentence]:
    """Parse the sentence that a scalar holds, at the place in a file that it has.

    >>> from ipcity_policy.text.source import Source
    >>> text = "weight is at least"
    >>> found = parse_sentence(Scalar(text, Span(Source("", text), 0, len(text))), "condition")
    >>> found.value, [one.code.id for one in found.diagnostics]
    (None, ['S301'])
    """
    scalar, found = clear(scalar, but=LOOSE)
    text = scalar.text
    limit = past_limits(text)
    if limit is not None:
        help = say("split it into several entries and combine those")
        long = diagnose(
            "S303", say("the sentence has {limit}", limit=limit), scalar.span, help=help
        )
        return Result(None, (*found, long))
    try:
        tree = _tree_of(text, start)
    except UnexpectedInput as error:
        return Result(None, (*found, _fault(scalar, error)))
    return Result(_Builder(scalar).sentence(tree, start), found)


@lru_cache(maxsize=4_096)
def _tree_of(text: str, start: Start) -> "Tree[Token]":
    """Parse a sentence, or take what it gave before: readings ask the same ones again."""
    return _lark().parse(text, start=start)


def past_limits(text: str) -> Message | None:
    """Say which limit a sentence passes; None where it keeps to them.

    >>> print(past_limits("not " * 40 + "large"))
    brackets or `not` nested more than 32 deep
    """
    if len(text) > MAX_LENGTH:
        return say("more than {most:,} characters", most=MAX_LENGTH)
    if _nesting(text) > MAX_NESTING:
        return say("brackets or `not` nested more than {most} deep", most=MAX_NESTING)
    if len(_JOINS.findall(text)) > MAX_JOINED:
        return say("more than {most} values joined", most=MAX_JOINED)
    return None


#: Words that join two values; after `is`, `or` and `submitted` they compare.
_JOINS = re.compile(
    r"(?<!is )(?<!or )(?<!submitted )\b(?:after|before|plus|minus|times|lesser|greater)\b"
)


def _nesting(text: str) -> int:
    """Count how deep brackets and `not` stand in one another."""
    open_, run, deepest = 0, 0, 0
    for word in re.findall(r'"[^"]*"|[()]|[^\s()"]+', text):
        run = run + 1 if word == "not" else run if word == "(" else 0
        open_ += {"(": 1, ")": -1}.get(word, 0)
        deepest = max(deepest, open_ + run)
    return deepest


class _Builder:
    """Turns lark's tree into the surface tree, with places in the file."""

    def __init__(self, scalar: Scalar) -> None:
        self._scalar = scalar
        self._places = scalar.places()

    def sentence(self, tree: "Tree[Token]", start: Start) -> Sentence:
        """Build a whole sentence."""
        span = self._span(tree)
        match tree.data, tree.children:
            case "otherwise", _:
                return syntax.Otherwise(span=span)
            case "bar", [what, period, after]:
                return syntax.BarPhrase(
                    self._name(what), self._name(period), self._name(after), span=span
                )
            case "permit", [what]:
                return syntax.PermitPhrase(self._name(what), span=span)
        if start == "band":
            return self._relation(tree)
        return self._calculation(tree) if start == "calculation" else self._condition(tree)

    def _condition(self, piece: _Piece) -> syntax.ConditionPhrase:
        tree = _tree(piece)
        span = self._span(tree)
        match tree.data, tree.children:
            case "rule", [name]:
                return syntax.RuleName(str(name), span=span)
            case "negation", [part]:
                return syntax.Negation(self._condition(part), span=span)
            case "conjunction", parts:
                return syntax.Conjunction(tuple(map(self._condition, parts)), span=span)
            case "disjunction", parts:
                return syntax.Disjunction(tuple(map(self._condition, parts)), span=span)
            case "in_years", [left, relation, least, window, reach, day]:
                return syntax.YearsPhrase(
                    self._operand(left),
                    self._relation(relation),
                    self._name(least),
                    self._name(window),
                    Reach(_words(reach)),
                    self._operand(day),
                    span=span,
                )
            case "time", [start, end, relation]:
                return syntax.Time(
                    self._operand(start),
                    self._operand(end),
                    self._relation(relation),
                    span=span,
                )
            case "submissions", [documents, relation]:
                return syntax.Submissions(
                    self._name(documents), self._relation(relation), span=span
                )
            case "inclusion", [Token() as left, relation]:
                return syntax.ComparisonPhrase(
                    self._name(left), self._relation(relation, "includes"), span=span
                )
            case _, [left, relation]:
                return syntax.ComparisonPhrase(
                    self._operand(left), self._relation(relation), span=span
                )
        raise AssertionError(tree.data)

    def _relation(self, piece: _Piece, naming: str = "same") -> syntax.Relation:
        """Build a relation; a bare option is compared by the operator `naming`."""
        tree = _tree(piece)
        span = self._span(tree)
        operator = str(tree.data).replace("_", "-")
        if operator in ("quoted", "yes", "no", "met"):
            return syntax.Relation(naming, (self._operand(tree),), span=span)
        if operator == "same" and naming == "includes":
            operator = naming
        right: list[syntax.OperandPhrase] = []
        bounds = rounding = ties = None
        children = [*tree.children]
        while children:
            match children.pop(0):
                case Token() as name:
                    right.append(self._name(name))
                case Tree(data="bounds") as said:
                    bounds = Bounds(_words(said))
                case Tree(data="rounding") as said:
                    rounding = Rounding(_words(said))
                case Tree(data="ties") as said:
                    ties = Ties(_words(said))
                case Tree(data="counting") as counting:
                    children += counting.children
                case child:
                    right.append(self._operand(child))
        return syntax.Relation(operator, tuple(right), bounds, rounding, ties, span=span)

    def _calculation(self, piece: _Piece) -> syntax.Calculation:
        tree = _tree(piece)
        span = self._span(tree)
        match tree.data, tree.children:
            case "plus" | "minus" | "lesser" | "greater" as operator, [left, right]:
                return syntax.ArithmeticPhrase(
                    operator, self._calculation(left), self._calculation(right), span=span
                )
            case "times", [left, weight]:
                return syntax.ArithmeticPhrase(
                    "times", self._calculation(left), self._name(weight), span=span
                )
            case "rounded", [part, way, step]:
                return syntax.RoundingPhrase(
                    self._calculation(part), Rounding(_words(way)), self._name(step), span=span
                )
        return self._operand(tree)

    def _operand(self, piece: _Piece) -> syntax.OperandPhrase:
        tree = _tree(piece)
        span = self._span(tree)
        text = " ".join(map(str, tree.children))
        match tree.data:
            case "name":
                return syntax.Name(text, span=span)
            case "quoted":
                return syntax.Quoted(text[1:-1], span=span)
            case "yes" | "no" | "met" as word:
                return syntax.Quoted(word, span=span)
            case "later" | "earlier" as way:
                period, day = map(self._operand, tree.children)
                return syntax.MovedPhrase(
                    period, day, "after" if way == "later" else "before", span=span
                )
        return syntax.AmountPhrase(text, span=span)

    def _name(self, token: _Piece) -> syntax.Name:
        assert isinstance(token, Token)  # INVARIANT: the grammar has a name here
        assert token.start_pos is not None
        assert token.end_pos is not None
        return syntax.Name(
            str(token), span=self._scalar.part(token.start_pos, token.end_pos, self._places)
        )

    def _span(self, tree: "Tree[Token]") -> Span:
        if tree.meta.empty:
            return self._scalar.span
        return self._scalar.part(tree.meta.start_pos, tree.meta.end_pos, self._places)


def _tree(piece: _Piece) -> "Tree[Token]":
    assert isinstance(piece, Tree)  # INVARIANT: the grammar has a rule here
    return piece


def _words(piece: _Piece) -> str:
    """Return the words that a piece was written in."""
    return " ".join(map(str, _tree(piece).children))


def _fault(scalar: Scalar, error: UnexpectedInput) -> Diagnostic:
    """Say what is wrong where lark could not go on."""
    if isinstance(error, UnexpectedCharacters):
        return unexpected_character(scalar, error.pos_in_stream or 0)
    if not isinstance(error, UnexpectedToken):
        return diagnose("S301", say("the sentence cannot be read"), scalar.span)
    state = error.interactive_parser
    accepts: set[str] = set(state.accepts()) if state else set()  # type: ignore[no-untyped-call]
    token = error.token
    if token.type == "$END":
        return too_early(scalar, accepts)
    return unexpected_word(scalar, token.start_pos or 0, str(token), token.type, accepts)
