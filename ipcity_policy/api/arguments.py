"""Arguments that mean nothing: what a verb says where it was asked for what there is not."""

from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import Message
from ipcity_policy.text.source import Source, Span

#: The arguments that may mean nothing: they stand where else the name of a file does.
ARGUMENTS = ("the version", "the provision", "the decision", "the code", "the path")


def unanswerable(
    argument: str, given: str, message: Message, help: Message | None, *, code: str = "N104"
) -> Diagnostic:
    """Say that a verb was asked with an argument that means nothing here.

    >>> from ipcity_policy.text.message import say
    >>> unanswerable("version", "2005", say("there is none"), None).at.place
    'the version:1:1'
    """
    place = Span(Source(f"the {argument}", given), 0, len(given))
    assert place.source.name in ARGUMENTS  # INVARIANT: or nobody would know it again
    return diagnose(code, message, place, help=help)


def of_argument(diagnostic: Diagnostic) -> bool:
    """Tell whether a diagnostic is of what a verb was asked with, and of no file.

    >>> from ipcity_policy.text.message import say
    >>> of_argument(unanswerable("version", "2005", say("there is none"), None))
    True
    """
    return diagnostic.code.id in ("M101", "N104") and diagnostic.at.file in ARGUMENTS
