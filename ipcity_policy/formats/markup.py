"""Text made fit for markup: shown as it is, whatever it holds."""

import re
from html import escape

#: What neither HTML nor XML can hold.
_UNFIT = re.compile(
    "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]"
)


def plain(text: str) -> str:
    """Return a text that a browser shows and never reads as markup."""
    return escape(_UNFIT.sub("\ufffd", text))
