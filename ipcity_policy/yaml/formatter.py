"""The canonical layout of a file: its spaces, indents and blank lines, and nothing else.

What a block holds is indented by two spaces, list items under their key too. One space
follows `- `, `: ` and `, `; none stands within brackets, nor at the end of a line. Every word
stays on its line and every comment in its place, a comment on a line of its own at the indent
of what it precedes. Texts keep their quotes and their lines.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import yaml

from ipcity_policy.text.source import Source
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar, Sequence
from ipcity_policy.yaml.reader import Loader, read_document

STEP = 2


def lay_out(node: Node, texts: Mapping[int, str] = MappingProxyType({})) -> str:
    """Return the file that a document was read from, laid out.

    `texts` are new texts of scalars on one line, by the offset where each scalar begins.
    """
    source = node.span.source
    tokens = tuple(yaml.scan(source.text, Loader=Loader))
    if _cannot_move(node, tokens):
        return source.text
    first = _Layout(source.text, tokens, texts)
    reread = read_document(Source(source.name, first.text)).value
    # INVARIANT: what is laid out says the same, and laying it out again changes nothing.
    if reread is None or not _says_the_same(node, reread, texts):
        raise RuntimeError(f"the layout of {source.name} would read otherwise")
    again = _Layout(first.text, yaml.scan(first.text, Loader=Loader), {})
    if again.comments != first.comments or again.text != first.text:
        raise RuntimeError(f"the layout of {source.name} would not stand still")
    return first.text


def _cannot_move(node: Node, tokens: Iterable[yaml.Token]) -> bool:
    """Tell whether a document has forms that no rule file has, and is best left alone.

    That is a text alone, a key behind `?`, and a key that at the beginning of a line would
    begin or end the document.
    """
    if isinstance(node, Scalar):
        return True
    keys = node.entries if isinstance(node, document.Mapping) else ()
    return any(re.match(r"(---|\.\.\.)(\s|$)", key.text) for key, _ in keys) or any(
        isinstance(token, yaml.KeyToken) and token.start_mark.index < token.end_mark.index
        for token in tokens
    )


def _says_the_same(before: Node, after: Node, texts: Mapping[int, str]) -> bool:
    """Tell whether two documents have the same nodes and texts, but for the new texts."""
    match before, after:
        case Scalar(text, span), Scalar():
            same = after.text == texts.get(span.start, text)
            return same and after.quoted == before.quoted
        case Sequence(old), Sequence(new):
            pairs = zip(old, new, strict=False)
            return len(old) == len(new) and all(_says_the_same(a, b, texts) for a, b in pairs)
        case document.Mapping(old_entries), document.Mapping(new_entries):
            return len(old_entries) == len(new_entries) and all(
                _says_the_same(a, b, texts) and _says_the_same(c, d, texts)
                for (a, c), (b, d) in zip(old_entries, new_entries, strict=True)
            )
    return False


@dataclass(frozen=True, slots=True)
class _Block:
    """An open block: the column of its keys or dashes, in the file and laid out."""

    was: int
    column: int
    #: Whether it is a list whose dashes stand under their key without an indent.
    bare: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True)
class _Bracket:
    """An open bracket: the columns of lines that begin within it, and of its end."""

    within: int
    end: int


class _Layout:
    """Writes the tokens of a file anew, with what stands between them."""

    def __init__(
        self, text: str, tokens: Iterable[yaml.Token], texts: Mapping[int, str]
    ) -> None:
        self._text = text
        self._texts = texts
        #: The comments that were found, in order.
        self.comments: list[str] = []
        self._lines: list[str] = []
        self._blocks: tuple[_Block, ...] = ()
        self._brackets: list[_Bracket] = []
        self._last: yaml.Token | None = None
        #: The blocks that were open at the last token, and where it ended.
        self._before: tuple[_Block, ...] = ()
        self._end = self._end_column = 0
        self._at_key = False
        for token in tokens:
            self._take(token)
        self.text = "\n".join(self._lines) + "\n"

    def _take(self, token: yaml.Token) -> None:
        match token:
            case yaml.BlockMappingStartToken() | yaml.BlockSequenceStartToken():
                self._open_block(token, bare=False)
            case yaml.BlockEndToken():
                self._close_bare()
                self._blocks = self._blocks[:-1]
            case yaml.KeyToken():
                self._close_bare()
                self._at_key = True
            case yaml.ValueToken():
                self._close_bare()
                self._put(token, self._inner() if self._brackets else self._blocks[-1].column)
            case yaml.BlockEntryToken():
                if not (self._blocks and self._blocks[-1].listed):
                    self._open_block(token, bare=True)
                self._put(token, self._blocks[-1].column)
            case yaml.FlowSequenceStartToken() | yaml.FlowMappingStartToken():
                self._open_bracket(token)
            case yaml.FlowSequenceEndToken() | yaml.FlowMappingEndToken():
                self._put(token, self._brackets[-1].end)
                self._brackets.pop()
            case yaml.FlowEntryToken():
                self._put(token, self._inner())
            case yaml.ScalarToken():
                self._scalar(token)
            case yaml.StreamEndToken():
                self._between(token, 0)
            case yaml.StreamStartToken():
                pass
            case _:  # the lines that begin and end a document
                self._put(token, 0)

    def _open_block(self, token: yaml.Token, *, bare: bool) -> None:
        listed = not isinstance(token, yaml.BlockMappingStartToken)
        block = _Block(token.start_mark.column, self._inner(), bare, listed)
        self._blocks = (*self._blocks, block)

    def _close_bare(self) -> None:
        """Close a list without an indent: nothing in the text does."""
        if not self._brackets and self._blocks and self._blocks[-1].bare:
            self._blocks = self._blocks[:-1]

    def _inner(self) -> int:
        """Return the column of what begins a line here and is no key or dash."""
        if self._brackets:
            return self._brackets[-1].within
        return self._blocks[-1].column + STEP if self._blocks else 0

    def _open_bracket(self, token: yaml.Token) -> None:
        column = self._inner()
        item = isinstance(self._last, yaml.BlockEntryToken)
        if self._put(token, column) or item or self._brackets or not self._blocks:
            self._brackets.append(_Bracket(column + STEP, column))
        else:  # the end of a value stands deeper than its key
            self._brackets.append(_Bracket(column, column))

    def _scalar(self, token: yaml.ScalarToken) -> None:
        start, end = token.start_mark.index, token.end_mark.index
        raw = self._text[start:end]
        column = self._inner()
        if self._at_key and not self._brackets:
            column = self._blocks[-1].column
        deeper = max(self._inner(), STEP)
        if raw[:1] in ("|", ">") and token.style in ("|", ">"):
            self._block_text(token, raw, column, deeper)
            return
        if start in self._texts:
            raw = _written(self._texts[start], str(token.style or ""))
        head, *rest = raw.split("\n")
        self._put(token, column, head)
        for line in rest:
            self._lines[-1] = _stripped(self._lines[-1], escapes=token.style == '"')
            line = line.lstrip(" \t")
            self._lines.append(" " * deeper + line if line else "")

    def _block_text(self, token: yaml.ScalarToken, raw: str, column: int, deeper: int) -> None:
        """Write a text that stands below `|` or `>`, at its new indent."""
        found = re.match(r"[|>]([+-]?[0-9]?[+-]?)", raw)
        assert found is not None  # INVARIANT: the scanner says so
        indicators = re.sub("[0-9]", str(STEP), found[1])
        comment, *lines = raw[found.end() :].split("\n")
        indent = self._indent_of(lines, found[1])
        count = len(lines)
        while count and not lines[count - 1][indent:]:
            count -= 1
        if count == len(lines) > 0:  # the file ends within its last line
            indicators = re.sub("[+-]", "", indicators) + "-"
        elif "+" in indicators:  # the empty lines behind it are part of it
            count = len(lines) - 1
        self._put(token, column, raw[0] + indicators)
        self._end_column = token.start_mark.column + found.end()
        self.comments += _comments([comment])
        self._trail(comment)
        for line in lines[:count]:
            self._lines.append(" " * deeper + line[indent:] if line[indent:] else "")
        self._end = token.start_mark.index + found.end()
        self._end += len("\n".join([comment, *lines[:count]]))

    def _indent_of(self, lines: list[str], indicators: str) -> int:
        """Return the indent of a block text in the file, as the scanner finds it."""
        parent = self._blocks[-1].was if self._blocks else -1
        digit = re.search("[0-9]", indicators)
        if digit:
            return max(parent, 0) + int(digit[0])
        deepest = 0
        for line in lines:
            deepest = max(deepest, len(line) - len(line.lstrip(" ")))
            if line.strip(" "):
                break
        return max(deepest, parent + 1, 1)

    def _put(self, token: yaml.Token, column: int, text: str | None = None) -> bool:
        """Write a token; True where it begins a line."""
        first = self._between(token, column)
        if text is None:
            text = self._text[token.start_mark.index : token.end_mark.index]
        self._lines[-1] += text if first else _glue(self._last, token) + text
        self._last, self._before, self._at_key = token, self._blocks, False
        self._end, self._end_column = token.end_mark.index, token.end_mark.column
        return first

    def _between(self, token: yaml.Token, column: int) -> bool:
        """Write what stands before a token; True where the token begins a line."""
        gap = self._text[self._end : token.start_mark.index].split("\n")
        self.comments += _comments(gap)
        if not self._lines:
            gap = ["", *gap]
        ended = isinstance(token, yaml.StreamEndToken)
        self._trail(gap[0])
        blank = False
        for line in gap[1:] if ended else gap[1:-1]:
            if comment := line.strip(" \t"):
                was = len(line) - len(line.lstrip(" \t"))
                self._blank(blank=blank)
                self._lines.append(" " * self._comment_column(was, token, column) + comment)
            blank = not comment
        if ended or len(gap) == 1:
            return False
        self._blank(blank=blank)
        self._lines.append(" " * column)
        return True

    def _blank(self, *, blank: bool) -> None:
        """Write a blank line, but not at the beginning."""
        if blank and self._lines:
            self._lines.append("")

    def _trail(self, piece: str) -> None:
        """Write the comment at the end of a line, in its column if that can be."""
        comment = piece.strip(" \t")
        if comment:
            space = len(piece) - len(piece.lstrip(" \t"))
            aligned = space >= STEP and "\t" not in piece[:space]
            column = self._end_column + space if aligned else 0
            line = self._lines[-1]
            self._lines[-1] = line.ljust(max(column, len(line) + STEP)) + comment

    def _comment_column(self, was: int, token: yaml.Token, column: int) -> int:
        """Return the column of a comment: of what it precedes, or of the block it ends."""
        if self._brackets:
            return self._brackets[-1].within
        ended = isinstance(token, yaml.StreamEndToken)
        if was <= (0 if ended else token.start_mark.column):
            return column
        fits = [block.column for block in self._before if block.was <= was]
        if isinstance(self._last, yaml.ValueToken | yaml.BlockEntryToken):
            fits += [fits[-1] + STEP] if was > self._before[-1].was else []
        return max([column, *fits])


def _comments(lines: Iterable[str]) -> list[str]:
    """Return the comments on lines that hold nothing else."""
    return [comment for line in lines if (comment := line.strip(" \t"))]


def _glue(last: yaml.Token | None, token: yaml.Token) -> str:
    """Return what stands between two tokens on one line."""
    opens = isinstance(last, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken)
    closes = isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken)
    if isinstance(last, yaml.ValueToken):
        return " "
    if opens or closes or isinstance(token, yaml.FlowEntryToken):
        return ""
    ended = yaml.ScalarToken | yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken
    return "" if isinstance(token, yaml.ValueToken) and isinstance(last, ended) else " "


def _written(text: str, style: str) -> str:
    """Write a text in the quotes that it had."""
    match style:
        case "'":
            return "'" + text.replace("'", "''") + "'"
        case '"':
            return json.dumps(text, ensure_ascii=False)
    return text


def _stripped(line: str, *, escapes: bool) -> str:
    """Take the spaces from the end of a line, but for one that is escaped."""
    short = line.rstrip(" \t")
    slashes = len(short) - len(short.rstrip("\\"))
    return line[: len(short) + 1] if escapes and slashes % 2 else short
