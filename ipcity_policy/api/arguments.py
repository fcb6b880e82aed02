"""Arguments that mean nothing: what a verb says where it was asked for what there is not."""

from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import Message
from ipcity_policy.text.source import Source, Span

#: What stands before the argument, where else the name of a file stands.
_THE = "the "


def unanswerable(
    argument: str, given: str, message: Message, mend: Message | None, *, code: str = "N104"
) -> Diagnostic:
    """Say that a verb was asked with an argument that means nothing here.

    >>> from ipcity_policy.text.message import say
    >>> unanswerable("version", "2005", say("there is none"), None).at.place
    'the version:1:1'
    """
    place = Span(Source(f"{_THE}{argument}", given), 0, len(given))
    return diagnose(code, message, place, help=mend)


def of_argument(diagnostic: Diagnostic) -> bool:
    """Tell whether a diagnostic is of what a verb was asked with, and of no file.

    >>> from ipcity_policy.text.message import say
    >>> of_argument(unanswerable("version", "2005", say("there is none"), None))
    True
    """
    name = diagnostic.at.source.name
    return diagnostic.code.id in ("M101", "N104") and name.startswith(_THE)
