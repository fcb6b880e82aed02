"""What can be said of a measure's folder: names that clash, files that nobody reads."""

import re
from collections.abc import Iterator
from pathlib import Path

from ipcity_policy.law.assembly import HEADER_FILE, rule_files
from ipcity_policy.law.files import inside, is_file
from ipcity_policy.law.library import Library, shown
from ipcity_policy.law.reader import child, text_of
from ipcity_policy.law.ref import Ref
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml.document import Scalar

#: How a file is named that says which article it holds: what stands before the number, its
#: leading noughts, the number, and what follows.
_NAMED = re.compile(r"(art(?:icle)?[-_ ]?)(0*)([1-9][0-9]*)(.*)", re.IGNORECASE)


def strays(library: Library, measure: Path) -> Iterator[Diagnostic]:
    """Report files and names that would be passed over without a word."""
    refs = (*library.versions(measure), *library.drafts(measure))
    for ref in refs:
        others = [other for other in refs if other.id == ref.id]
        if ref is others[-1] and len(others) > 1:
            message, help = (
                say("two things are named `{id}`", id=ref.id),
                say("rename one of them"),
            )
            yield diagnose("M115", message, _place(ref.path), help=help)
    for folder in inside(measure):
        files = [path for path in inside(folder) if is_file(path)]
        headed = is_file(folder / HEADER_FILE)
        for path in files:
            if path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml":
                help = say("rename it to `{stem}.yaml`", stem=path.stem)
                yield diagnose("M116", say("this file is not read"), _place(path), help=help)
        if not headed and any(text_of(library.document(f).value, "article") for f in files):
            help = say(
                "add `{header}` with its title and its time in force",
                header=HEADER_FILE,
            )
            yield diagnose(
                "M116", say("these articles are not read"), _place(folder), help=help
            )


def misnamed(library: Library, ref: Ref) -> Iterator[Diagnostic]:
    """Report files of a version that are named for another article than they hold."""
    for path in () if ref.is_draft else rule_files(ref.path):
        named = _NAMED.fullmatch(path.stem)
        held = child(library.document(path).value, "article")
        if named is None or not isinstance(held, Scalar) or named[3] == held.text:
            continue
        before, noughts, number, after = named.groups()
        better = f"{before}{held.text.zfill(len(noughts + number))}{after}{path.suffix}"
        yield diagnose(
            "M125",
            say("the file `{name}` holds article {text}", name=path.name, text=held.text),
            held.span,
            help=say(
                "rename it to `{better}`, or write `article: {number}`",
                better=better,
                number=number,
            ),
        )


def _place(path: Path) -> Span:
    return Span(Source(shown(path), ""), 0, 0)
