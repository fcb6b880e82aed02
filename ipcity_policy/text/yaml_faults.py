"""What is wrong with text that is not YAML, in a reader's words and at the place to mend."""

import re

import yaml

from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.source import Source, Span

_PLAIN_WORDS = (
    ("found character '\\t'", "a tab stands where only spaces may", "indent with spaces"),
    (
        "found character that cannot start any token",
        "this character cannot begin a value",
        "put the value in quotes",
    ),
    (
        "mapping values are not allowed",
        "a second `key:` stands on one line",
        "start a new line, or put the value in quotes",
    ),
    (
        "did not find expected key",
        "this line does not line up with the ones above",
        "indent it like its neighbours",
    ),
    ("could not find expected ':'", "a key without its `:`", "write `key: value`"),
    (
        "did not find expected '-' indicator",
        "this line does not line up with the list above",
        "begin it with `-` or indent it like its neighbours",
    ),
    ("did not find expected ',' or", "a bracket is not closed", "close it"),
    ("found unexpected end of stream", "a quotation mark is not closed", "close it"),
    ("found unexpected document indicator", "a quotation mark is not closed", "close it"),
    (
        "block sequence entries are not allowed",
        "a list item `-` cannot stand here",
        "start it on a new line",
    ),
    ("while scanning an anchor", "a value begins with `&`", "put it in quotes"),
    ("while scanning an alias", "a value begins with `*`", "put it in quotes"),
    ("undefined alias", "a value begins with `*`", "put it in quotes"),
)


def yaml_fault(source: Source, error: yaml.YAMLError, long_quote: Span | None) -> Diagnostic:
    """Say what is wrong; `long_quote` is the last quoted text over several lines."""
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        said = f"{error.context or ''} {error.problem or ''}".strip()
        at = mark_index(mark)
        if "quoted scalar" in said:  # the place that matters is where the quotation began
            at = mark_index(error.context_mark or error.problem_mark)
    else:
        said, at = str(error), getattr(error, "position", 0)
    at = min(at, len(source.text))
    span = Span(source, at, min(at + 1, len(source.text)))
    if source.text[at : at + 1] == "\t":
        return diagnose("S105", _PLAIN_WORDS[0][1], span, help=_PLAIN_WORDS[0][2])
    wide = _wide_mark(source, span.position.line)
    if wide is not None:
        char, mark_span = wide
        message = f"`{char}` stands here, which has no meaning between keys and values"
        return diagnose("S105", message, mark_span, help=f"write `{_NARROW[char]}` and a space")
    if long_quote is not None and "quoted scalar" not in said:
        opened = Span(source, long_quote.start, long_quote.start + 1)
        message = "a quotation mark opens here and closes only lines later"
        return diagnose("S105", message, opened, help="close it on its own line")
    for pattern, message, mend in _PLAIN_WORDS:
        if pattern in said:
            return diagnose("S105", message, span, help=mend)
    return diagnose("S105", f"this is not well-formed YAML ({said})", span)


#: Full-width marks that are typed for the ones that YAML knows.
_NARROW = {"：": ":", "，": ",", "［": "[", "］": "]", "｛": "{", "｝": "}"}


def _wide_mark(source: Source, line: int) -> tuple[str, Span] | None:
    """Return a full-width mark between keys and values on a line or the one before."""
    for number in (line, line - 1):
        if number < 1:
            continue
        text = source.line(number)
        found = re.search(r"^\s*(?:- )?[A-Za-z0-9-]+(：)|\w(，)[A-Za-z-]+:", text)
        if found:
            group = 1 if found[1] else 2
            start = source.start_of(number) + found.start(group)
            return found[group], Span(source, start, start + 1)
    return None


def mark_index(mark: object) -> int:
    """Return the offset that a parser's mark stands for."""
    # Marks of the C parser and of the Python one share no class.
    return int(getattr(mark, "index", 0))
