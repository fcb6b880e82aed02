"""How a place of the law is cited, in parts, so that what several share may be said once."""

import re
from typing import TypeAlias

from ipcity_policy.text.message import Message, say, tell
from ipcity_policy.words.numerals import ordinal

#: A citation in its parts: the article or a title, its item, and a letter or number of ours.
CitationParts: TypeAlias = tuple[str, str, str]
#: The id of a provision of an article; a mark of ours may follow.
_ARTICLE = re.compile(r"art-(\d+)(?:\.([a-z\d]+))?")


def is_of_article(provision: str) -> bool:
    """Tell whether a provision is cited by the number of its article, and not by its title."""
    return _ARTICLE.match(provision) is not None


def citation_parts(provision: str, ours: str, title: str, language: str) -> CitationParts:
    """Cite an article by its number, anything else by its title.

    A letter or number of ours is marked as ours wherever it is cited, so that no line can
    be quoted as if the law had it.
    """
    found = _ARTICLE.fullmatch(provision.removesuffix(ours))
    if found is None:
        return title, "", ""
    article, item = found.groups()
    said = tell(language, "Art. {n}", n=ordinal(article, language))
    item = tell(language, "({i})", i=ordinal(item, language)) if item else ""
    if not ours:
        return said, item, ""
    number, mark = ours.startswith("."), ours[1:]
    template = (
        say(" (our number {i})")
        if number
        else say(" (our letter {i})")
        if len(mark) == 1
        else say(" (our name “{i}”)")
    )
    return said, item, tell(language, template, i=ordinal(mark, language) if number else mark)


def continued(
    before: tuple[str | None, CitationParts], now: tuple[str | None, CitationParts]
) -> tuple[Message, str]:
    """Return how a citation goes on from the one before it, and what is said of it then."""
    (article, item, mark), (_, its_item, _) = now[1], before[1]
    if before[0] != now[0] or before[1][0] != article or not (item or mark):
        return say("{cite}"), ""
    if item != its_item:
        return say("{cite}", context="of-the-same-article"), item + mark
    if not mark:
        return say("{cite}"), ""
    template = (
        say("{cite}", context="in-the-same-item")
        if item
        else say("{cite}", context="in-the-same-article")
    )
    return template, mark
