"""The YAML parser in Python, for where the one in C is not there: it takes what that takes."""

import re
from typing import Any, NoReturn

from yaml.error import Mark, MarkedYAMLError
from yaml.events import Event
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError
from yaml.tokens import ScalarToken

#: What the one parser says, by how its words begin, and what the other says of the same.
_SAID = (
    ("mapping keys are not", "mapping keys are not allowed in this context"),
    ("mapping values are not allowed", "mapping values are not allowed in this context"),
    ("sequence entries are not", "block sequence entries are not allowed in this context"),
    ("found unexpected document sep", "found unexpected document indicator"),
    ("expected ',' or '}'", "did not find expected ',' or '}'"),
    ("expected ',' or ']'", "did not find expected ',' or ']'"),
    ("expected the node content", "did not find expected node content"),
    ("expected '<document start>'", "did not find expected <document start>"),
    ("expected a comment or a line", "did not find expected comment or line break"),
    ("expected alphabetic", "did not find expected alphabetic or numeric character"),
)
_BREAKS = "\0\r\n\x85\u2028\u2029"
_BLANKS = " \t" + _BREAKS
_FLOW = ",[]{}"


def _said(context: str, problem: str) -> str:
    if problem.startswith("expected <block end>"):
        found = "key" if "mapping" in context else "'-' indicator"
        return f"did not find expected {found}"
    if "directive" in context and problem.startswith("expected alphabetic"):
        return "found unexpected non-alphabetical character"
    if problem.startswith("found character") and "\\t" not in problem:
        return "found character that cannot start any token"
    return next((said for begins, said in _SAID if problem.startswith(begins)), problem)


class PureLoader(Reader, Scanner, Parser):
    """Parses as LibYAML does where PyYAML's own parser reads otherwise."""

    def __init__(self, stream: str) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)

    def dispose(self) -> None:
        """End parsing."""

    def check_event(self, *choices: Any) -> bool:
        """Tell whether an event comes next; a fault is said as LibYAML says it."""
        try:
            return bool(super().check_event(*choices))
        except MarkedYAMLError as error:
            error.problem = _said(error.context or "", error.problem or "")
            raise

    def scan_directive_name(self, start_mark: Mark) -> str:
        """Take the name of a directive; there are two."""
        if not re.match(r"[0-9A-Za-z_-]", self.peek()):
            said = "could not find expected directive name"
            self._fail("while scanning a directive", start_mark, said)
        name = str(super().scan_directive_name(start_mark))
        if name not in ("YAML", "TAG"):
            said = "found unknown directive name"
            self._fail("while scanning a directive", start_mark, said)
        return name

    def fetch_stream_end(self) -> None:
        """End the last line too, so that a key that stands open there is told."""
        if self.column:
            self.line += 1
            self.column = 0
        super().fetch_stream_end()

    def scan_to_next_token(self) -> None:
        """Skip what stands between tokens; tabs too, where no key may begin."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()

    def scan_plain(self) -> ScalarToken:
        """Take a text without quotes, which may hold `?` and tabs."""
        start = end = self.get_mark()
        text, between, indent = "", "", self.indent + 1
        while self.peek() != "#":
            length = 0
            while not self._ends_plain(length):
                length += 1
            stop = self.prefix(length + 2)[length:]
            if self.flow_level and stop[:1] == ":" and stop[1:] in tuple("?" + _FLOW):
                self.forward(length)
                self._fail("while scanning a plain scalar", start, "found unexpected ':'")
            if length == 0:
                break
            self.allow_simple_key = False
            text += between + self.prefix(length)
            self.forward(length)
            end = self.get_mark()
            between = self._between(start, indent)
            if not between or (not self.flow_level and self.column < indent):
                break
        return ScalarToken(text, plain=True, start_mark=start, end_mark=end)

    def _ends_plain(self, at: int) -> bool:
        char = self.peek(at)
        if char == ":":
            after = self.peek(at + 1)
            return after in _BLANKS or bool(self.flow_level and after in "?" + _FLOW)
        return char in _BLANKS or bool(self.flow_level and char in _FLOW)

    def _between(self, start: Mark, indent: int) -> str:
        """Take the space within a text; return what stands for it, nothing where it ends."""
        blanks, breaks, broken = "", "", False
        while (char := self.peek()) in _BLANKS and char != "\0":
            if char not in " \t":
                found = self.scan_line_break()
                breaks += found if broken else ""
                blanks = blanks if broken else found
                broken = self.allow_simple_key = True
                if self.prefix(3) in ("---", "...") and self.peek(3) in _BLANKS:
                    return ""
                continue
            if broken and char == "\t" and self.column < indent:
                said = "found a tab character that violates indentation"
                self._fail("while scanning a plain scalar", start, said)
            blanks += "" if broken else char
            self.forward()
        if not broken:
            return blanks
        return breaks or " " if blanks == "\n" else blanks + breaks

    def scan_block_scalar_indicators(self, start_mark: Mark) -> tuple[bool | None, int | None]:
        """Take what stands behind `|` or `>`; whatever follows is looked at afterwards."""
        self._block = start_mark
        chomping, increment = None, None
        for _ in range(2):
            char = self.peek()
            if char in "+-" and chomping is None:
                chomping = char == "+"
            elif char in "0123456789" and increment is None:
                increment = int(char)
                if increment == 0:
                    said = "found an indentation indicator equal to 0"
                    self._fail("while scanning a block scalar", start_mark, said)
            else:
                break
            self.forward()
        return chomping, increment

    def scan_block_scalar_ignored_line(self, start_mark: Mark) -> None:
        """Take the rest of the line of `|` or `>`."""
        while self.peek() in " \t":
            self.forward()
        super().scan_block_scalar_ignored_line(start_mark)

    def scan_block_scalar_indentation(self) -> tuple[list[str], int, Mark]:
        """Find out how far a block is indented."""
        found: tuple[list[str], int, Mark] = super().scan_block_scalar_indentation()
        self._no_tab(self.column + 1)
        return found

    def scan_block_scalar_breaks(self, indent: int) -> tuple[list[str], Mark]:
        """Take the empty lines of a block."""
        found: tuple[list[str], Mark] = super().scan_block_scalar_breaks(indent)
        self._no_tab(indent)
        return found

    def _no_tab(self, indent: int) -> None:
        if self.peek() == "\t" and self.column < indent:
            said = "found a tab character where an indentation space is expected"
            self._fail("while scanning a block scalar", self._block, said)

    # PyYAML calls it so.
    def parse_flow_mapping_key(self, first: bool = False) -> Event:  # noqa: FBT001, FBT002
        """Parse a key in braces; one that is left out stands before what follows."""
        return self._before_next(super().parse_flow_mapping_key(first))

    def parse_flow_mapping_value(self) -> Event:
        """Parse a value in braces; one that is left out stands before what follows."""
        return self._before_next(super().parse_flow_mapping_value())

    def parse_flow_sequence_entry_mapping_key(self) -> Event:
        """Parse a key in a list; one that is left out swallows what follows it, as there."""
        event: Event = super().parse_flow_sequence_entry_mapping_key()
        if event.start_mark is event.end_mark:
            event.start_mark = event.end_mark = self.get_token().end_mark
        return event

    def _before_next(self, event: Event) -> Event:
        if event.start_mark is event.end_mark:  # nothing was written
            event.start_mark = event.end_mark = self.peek_token().start_mark
        return event

    def _fail(self, context: str, start: Mark, problem: str) -> NoReturn:
        raise ScannerError(context, start, problem, self.get_mark())
