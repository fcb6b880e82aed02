"""Days as a language says them."""

import re

from ipcity_policy.lang.literals import date_text
from ipcity_policy.lang.values import Dates


def days_said(days: Dates, language: str) -> str:
    """Say a day, a month or a year."""
    text = date_text(days)
    if language != "zh":
        return text
    return re.sub(
        r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?",
        lambda m: (
            f"{m[1]}年"
            + (f"{int(m[2])}月" if m[2] else "")
            + (f"{int(m[3])}日" if m[3] else "")
        ),
        text,
    )
