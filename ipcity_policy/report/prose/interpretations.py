"""The interpretations that an answer follows: who adopted them, when, and what they decide."""

from collections.abc import Iterator

from ipcity_policy.law.interpretation import Interpretation
from ipcity_policy.law.model import Vocabulary
from ipcity_policy.questions.interpretations import Adopted, Adoption
from ipcity_policy.report.block import Block, Heading, Items
from ipcity_policy.text.digest import broken
from ipcity_policy.text.message import tell
from ipcity_policy.words.days import days_said


def adoption_blocks(
    adoptions: tuple[Adoption, ...], vocabulary: Vocabulary, language: str
) -> Iterator[Block]:
    """Yield each interpretation that is followed, with what it decides."""
    lines = tuple(_lines(adoptions, vocabulary, language))
    if lines:
        yield Heading(tell(language, "Interpretations followed"))
        yield Items(lines)


def _lines(
    adoptions: tuple[Adoption, ...], vocabulary: Vocabulary, language: str
) -> Iterator[str]:
    for one in adoptions:
        decided = (_decided(reading, language) for reading in one.adopted)
        yield tell(
            language,
            "{who}: {decided}",
            who=who_text(one.interpretation, vocabulary, language),
            decided=tell(language, "; ").join(decided),
        )


def who_text(one: Interpretation, vocabulary: Vocabulary, language: str) -> str:
    """Say who adopted an interpretation, when, and where that was read."""
    return tell(
        language,
        "{title} ({id}), adopted by {office}, {day}; source: {source}",
        title=one.title[language],
        id=one.id,
        office=vocabulary.offices[one.office][language],
        day=days_said(one.on, language),
        source=one.source.title[language],
    )


def _decided(one: Adopted, language: str) -> str:
    options, asks = one.reading.options, one.reading.asks[language]
    says = options[one.option].says[language]
    if one.instead is None:
        return tell(language, "{asks} Adopted: {says}", asks=asks, says=says)
    other = options[one.instead].says[language]
    return tell(
        language,
        "{asks} Adopted: {says}. Not followed here, because this was chosen: {other}",
        asks=asks,
        says=says,
        other=other,
    )


def replay_texts(adoptions: tuple[Adoption, ...], language: str) -> Iterator[str]:
    """Yield how each interpretation is chosen again, with the digest of what it said."""
    for one in adoptions:
        of = one.interpretation
        yield tell(
            language, "--interpretation {id} ({digest})", id=of.id, digest=broken(of.digest)
        )
