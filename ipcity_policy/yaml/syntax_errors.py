"""What is wrong with text that is not YAML, in a reader's words and at the place to fix."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

import yaml

from ipcity_policy.text.diagnostic import Diagnostic, Edit, Fix, diagnose
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml.syntax_fixes import (
    closed_bracket,
    closed_quote,
    indented,
    mark_index,
    quoted,
    quoted_prose,
    requoted,
    spaced,
)

#: What the parser says, and what we say for it with its help.
_PLAIN_WORDS = (
    (
        "found character '\\t'",
        say("a tab is used where only spaces are allowed"),
        say("indent with spaces"),
    ),
    (
        "found character that cannot start any token",
        say("this character cannot begin a value"),
        say("put the value in quotes"),
    ),
    (
        "mapping values are not allowed",
        say("a second `key:` is on the same line"),
        say("start a new line, or put the value in quotes"),
    ),
    (
        "did not find expected key",
        say("this line does not line up with the ones above"),
        say("indent it like its neighbours"),
    ),
    ("could not find expected ':'", say("a key without its `:`"), say("write `key: value`")),
    (
        "did not find expected '-' indicator",
        say("this line does not line up with the list above"),
        say("begin it with `-` or indent it like its neighbours"),
    ),
    ("did not find expected ',' or", say("a bracket is not closed"), say("close it")),
    ("found unexpected end of stream", say("a quotation mark is not closed"), say("close it")),
    (
        "found unexpected document indicator",
        say("a quotation mark is not closed"),
        say("close it"),
    ),
    (
        "block sequence entries are not allowed",
        say("a list item `-` cannot stand here"),
        say("start it on a new line"),
    ),
    ("while scanning an anchor", say("a value begins with `&`"), say("put it in quotes")),
    ("while scanning an alias", say("a value begins with `*`"), say("put it in quotes")),
    ("undefined alias", say("a value begins with `*`"), say("put it in quotes")),
    (
        "while scanning a block scalar",
        say("a value begins with `|` or `>`"),
        say("put it in quotes, or begin the text on the next line"),
    ),
)


#: The fixes for some of the faults above, by what is wrong.
_FIXES: Mapping[Message, Callable[[Source, int], Fix | None]] = MappingProxyType(
    {
        say("this character cannot begin a value"): quoted,
        say("a value begins with `&`"): quoted,
        say("a value begins with `*`"): quoted,
        say("a value begins with `|` or `>`"): quoted,
        say("a second `key:` is on the same line"): quoted_prose,
        say("a quotation mark is not closed"): closed_quote,
    }
)


def yaml_fault(source: Source, error: yaml.YAMLError, long_quote: Span | None) -> Diagnostic:
    """Say what is wrong; `long_quote` is the last quoted text over several lines."""
    said, at, begun = str(error), getattr(error, "position", 0), 0
    if isinstance(error, yaml.MarkedYAMLError):
        said = f"{error.context or ''} {error.problem or ''}".strip()
        at = mark_index(error.problem_mark or error.context_mark)
        begun = mark_index(error.context_mark or error.problem_mark)
        # The place that matters is where the quotation or the block began.
        at = begun if "quoted scalar" in said or "block scalar" in said else at
    at = min(at, len(source.text))
    span = Span(source, at, min(at + 1, len(source.text)))
    told = _seen(source, span, said, begun, long_quote)
    if told is not None:
        return told
    for pattern, message, help in _PLAIN_WORDS:
        if pattern in said:
            fixing = _FIXES.get(message)
            fix = fixing(source, at) if fixing is not None else None
            return diagnose("S105", message, span, help=help, fix=fix)
    return diagnose("S105", say("this is not well-formed YAML ({said})", said=said), span)


def _seen(
    source: Source, span: Span, said: str, begun: int, long_quote: Span | None
) -> Diagnostic | None:
    """Say what the text itself shows, where the parser met it only later."""
    line = span.position.line
    before = source.line(line)[: span.position.column - 1].strip()
    if span.text == "\t":
        _, message, help = _PLAIN_WORDS[0]
        return diagnose("S105", message, span, help=help, fix=indented(source, span.start))
    wide = _wide_mark(source, line)
    if wide is not None:
        char, at = wide
        message = say(
            "`{char}` is written here, but has no meaning between keys and values", char=char
        )
        follows = source.text[at.end : at.end + 1]
        edit = Edit(at, _NARROW[char] + ("" if follows.isspace() else " "))
        help = say("write `{mark}` and a space", mark=_NARROW[char])
        return diagnose("S105", message, at, help=help, fix=Fix(help, (edit,)))
    if long_quote is not None and "quoted scalar" not in said:
        opened = Span(source, long_quote.start, long_quote.start + 1)
        message = say("a quotation mark opens here and closes only some lines later")
        fix = closed_quote(source, opened.start)
        return diagnose("S105", message, opened, help=say("close it on its own line"), fix=fix)
    if "did not find expected ',' or" in said:
        closed = closed_bracket(source, begun)
        if closed is not None:
            at, bracket = closed
            message = say("a bracket that opens on this line is not closed")
            return diagnose("S105", message, at, help=say("close it"), fix=bracket)
    if "could not find expected ':'" in said or "mapping values" in said:
        tight = spaced(source, line) or spaced(source, line - 1)
        if tight is not None:
            message, help = say("no space follows the `:` of a key"), say("write `key: value`")
            return diagnose("S105", message, tight[0], help=help, fix=tight[1])
    if "did not find expected key" in said and before:
        if span.text in ("]", "}"):
            message = say("a bracket closes here that was not opened")
            return diagnose("S105", message, span, help=say("delete it, or open a bracket"))
        message = say("this does not belong to the value before it")
        help = say("put the value in quotes, and use other quotation marks inside it")
        return diagnose("S105", message, span, help=help, fix=requoted(source, span.start))
    return None


#: Full-width marks that are typed for the ones that YAML knows.
_NARROW = {"：": ":", "，": ",", "［": "[", "］": "]", "｛": "{", "｝": "}"}


def _wide_mark(source: Source, line: int) -> tuple[str, Span] | None:
    """Return a full-width mark between keys and values on a line or the one before."""
    for number in (line, line - 1):
        if number < 1:
            continue
        text = source.line(number)
        found = re.search(r"^\s*(?:- )?[A-Za-z0-9-]+(：)|[^\s:](，)[A-Za-z0-9-]+:", text)
        if found:
            group = 1 if found[1] else 2
            start = source.start_of(number) + found.start(group)
            return found[group], Span(source, start, start + 1)
    return None
