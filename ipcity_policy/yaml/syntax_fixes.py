"""Fixes for text that is not YAML, each only where there is one way to fix it."""

import re

import yaml

from ipcity_policy.text.diagnostic import Edit, Fix
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Source, Span

#: How a line begins whose value may be changed alone: a key, an item, or both.
_HEAD = re.compile(r"\s*(?:- +)*(?:[^\s:#'\"\[\]{}][^:#'\"\[\]{}]*: +)?")
#: A key under which prose stands.
_PROSE = re.compile(r"\s*(?:- +)*[\w-]+-(?:en|zh): +")
#: Brackets that close and are not those of YAML, each with the one that opens.
_WIDE = {"】": "【", "］": "［", "〕": "〔", "｝": "｛", "）": "（"}
#: How long a text in brackets may be for its missing bracket to be put in.
MAX_BRACKETS = 1_000
#: How wide a tab may have looked to who typed it, beside the step of the file itself.
_TABS = (2, 4, 8)


def indented(source: Source, at: int) -> Fix | None:
    """Indent with spaces, from the line at `at` on, as long as one depth alone fits."""
    if source.text[:at].rpartition("\n")[2].strip():
        return None
    edits: list[Edit] = []
    depths: list[int] = []  # of the open blocks
    opened = False  # whether the line before ends with a key, so that a block may begin
    block: int | None = None  # the depth of the key over a text in `|` or `>`
    step = _step(source.text)
    start = 0
    for line in source.text.split("\n"):
        body = line.lstrip(" \t")
        blank, own = line[: len(line) - len(body)], start
        start += len(line) + 1
        if not body or body[0] == "#":
            continue
        depth = len(blank)
        if "\t" in blank:
            fits = _depths(blank, depths, step, opened=opened)
            if block is not None or len(fits) != 1:
                break
            depth = fits.pop()
            edits.append(Edit(Span(source, own, own + len(blank)), " " * depth))
        if block is not None and depth > block:
            continue
        inner = re.match(r"(?:- +)*", body)
        within = depth + (inner.end() if inner is not None else 0)
        depths = [*(d for d in depths if d < depth), *sorted({depth, within})]
        block = depth if re.search(r": +[|>][-+0-9]*$", body.rstrip()) else None
        opened = bool(re.search(r":(?: +#.*)?$", body.rstrip()))
    at_line = source.text.rfind("\n", 0, at) + 1
    if not any(edit.at.start == at_line for edit in edits):
        return None
    return Fix(say("indent with spaces"), tuple(edits))


def _step(text: str) -> int:
    """Return by how much the file indents: the least that it does, else 2."""
    return min((len(found[1]) for found in re.finditer(r"(?m)^( +)\S", text)), default=2)


def _depths(blank: str, depths: list[int], step: int, *, opened: bool) -> set[int]:
    """Return the depths that a line begun with tabs can have had."""
    known = set(depths)
    if opened:
        known.add(depths[-1] + step)
    return known & {len(blank.expandtabs(width)) for width in (step, *_TABS)}


def quoted(source: Source, at: int) -> Fix | None:
    """Put the value that begins at `at` in quotes, where it is all of a line."""
    start, line = _line(source, at)
    head = _HEAD.match(line)
    if head is None or head.end() != at - start or not head[0].strip():
        return None
    return _quoting(source, start, line, head.end())


def quoted_prose(source: Source, at: int) -> Fix | None:
    """Put the value in quotes in which a `:` stands at `at`, where it is prose."""
    start, line = _line(source, at)
    head = _PROSE.match(line)
    if head is None or head.end() > at - start or line[head.end()] in "'\"[{|>&*!":
        return None
    # A line break may be lost before what looks like a key of its own.
    key = re.search(r"[a-z]-[a-z]+$", line[: at - start])
    if key is not None or re.match(r":\s*[\[{|>'\"]", line[at - start :]):
        return None
    return _quoting(source, start, line, head.end())


def _quoting(source: Source, start: int, line: str, begin: int) -> Fix | None:
    value = re.split(r"\s+#", line[begin:])[0].rstrip()
    # A text of several lines may be meant, where no number follows the sign.
    if not value or re.match(r"\||>(?! ?[0-9])", value):
        return None
    wrapped = f'"{value}"'
    if '"' in value or "\\" in value:
        wrapped = "'" + value.replace("'", "''") + "'"
    at = Span(source, start + begin, start + begin + len(value))
    return Fix(say("put the value in quotes"), (Edit(at, wrapped),))


def requoted(source: Source, at: int) -> Fix | None:
    """Quote the value with the other mark, where its own stands inside of it."""
    start, line = _line(source, at)
    head = _HEAD.match(line)
    value = line[head.end() :].rstrip() if head is not None else ""
    if head is None or len(value) < 3 or value[0] != value[-1] or value[0] not in "'\"":
        return None
    mark, other = value[0], "'" if value[0] == '"' else '"'
    if other in value or "\\" in value or " #" in value or mark not in value[1:-1]:
        return None
    if re.match(rf"[^{mark}]+{mark}(?!\S)", value[1:]):  # it closes what the first one opens
        return None
    first, last = start + head.end(), start + head.end() + len(value)
    ends = (Span(source, first, first + 1), Span(source, last - 1, last))
    title = say("quote the text with the other mark")
    return Fix(title, tuple(Edit(end, other) for end in ends))


def closed_quote(source: Source, at: int) -> Fix | None:
    """Close at the end of its line the quotation that opens at `at`."""
    start, line = _line(source, at)
    head, mark = _HEAD.match(line), source.text[at : at + 1]
    rest = line[at - start + 1 :].rstrip()
    plain = rest and not any(sign in rest for sign in (mark, "\\", " #"))
    if head is None or head.end() != at - start or not (plain and head[0].strip()):
        return None
    end = at + 1 + len(rest)
    edit = Edit(Span(source, end, end), mark)
    return Fix(say("close the quotation mark at the end of its line"), (edit,))


def closed_bracket(source: Source, at: int) -> tuple[Span, Fix | None] | None:
    """Return where the bracket that opens at `at` should close, if on its own line."""
    start, line = _line(source, at)
    open_: list[tuple[int, str]] = []
    for sign in re.finditer(r"\"[^\"]*\"|'[^']*'| #.*|[\[\]{}]", line):
        if sign[0] in "[{":
            open_.append((sign.start(), "]" if sign[0] == "[" else "}"))
        elif open_ and sign[0] == open_[-1][1]:
            open_.pop()
    following = source.text[start + len(line) + 1 :].lstrip("\n").split("\n")[0]
    depth = len(line) - len(line.lstrip(" "))
    if not open_ or len(following) - len(following.lstrip(" ")) > depth:
        return None
    end, closing = start + len(line.rstrip()), "".join(sign for _, sign in reversed(open_))
    place = Span(source, end, end)
    inside = source.text[start + open_[0][0] : end]
    opener = _WIDE.get(inside[-1])
    if opener is not None and opener not in inside and len(closing) == 1:
        inside, place = inside[:-1], Span(source, end - 1, end)
    if not _whole(inside + closing):
        return place, None
    return place, Fix(say("close the bracket at the end of its line"), (Edit(place, closing),))


def _whole(text: str) -> bool:
    """Tell whether a text in brackets holds whole entries: plain keys, each with its value."""
    if len(text) > MAX_BRACKETS:
        return False
    blocks: list[list[yaml.Event]] = [[]]  # what stands in each open block, ends left out
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                inside = blocks.pop()
                entries = inside if isinstance(event, yaml.MappingEndEvent) else []
                keys = (isinstance(key, yaml.ScalarEvent) and key.value for key in entries[::2])
                if not all(keys) or any(getattr(v, "value", "-") == "" for v in entries[1::2]):
                    return False
            elif isinstance(event, yaml.NodeEvent):
                blocks[-1].append(event)
                mapping = isinstance(event, yaml.MappingStartEvent)
                if mapping and text[mark_index(event.start_mark)] != "{":  # an entry of a list
                    return False
                if not isinstance(event, yaml.ScalarEvent):
                    blocks.append([])
    except yaml.YAMLError:
        return False
    return True


def spaced(source: Source, number: int) -> tuple[Span, Fix] | None:
    """Return the `:` of a key on a line that no space follows, and the fix."""
    line = source.line(number) if number > 0 else ""
    found = re.match(r"\s*(?:- +)*[A-Za-z][\w-]*(:)[^\s:/]", line)
    if found is None:
        return None
    at = source.start_of(number) + found.start(1)
    edit = Edit(Span(source, at + 1, at + 1), " ")
    return Span(source, at, at + 1), Fix(say("put a space after the `:`"), (edit,))


def _line(source: Source, at: int) -> tuple[int, str]:
    """Return where the line of an offset begins, and what it says."""
    number = source.position(at).line
    return source.start_of(number), source.line(number)


def mark_index(mark: object) -> int:
    """Return the offset that a parser's mark stands for."""
    # Marks of the C parser and of the Python one share no class.
    return int(getattr(mark, "index", 0))
