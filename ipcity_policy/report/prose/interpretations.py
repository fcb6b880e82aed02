"""The interpretations that an answer follows: who adopted them, when, and what they decide."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ipcity_policy.law.interpretation import Interpretation
from ipcity_policy.law.model import Localized, Vocabulary
from ipcity_policy.questions.interpretations import Adopted, Adoption
from ipcity_policy.report.block import Block, Heading, Items
from ipcity_policy.text.digest import broken
from ipcity_policy.words.days import days_said

_SENTENCES: Mapping[str, Localized] = MappingProxyType(
    {
        "head": Localized("Interpretations followed", "所遵循的解释"),
        "adoption": Localized("{who}: {decided}", "{who}：{decided}"),
        "who": Localized(
            "{title} ({id}), adopted by {office}, {day}; source: {source}",
            "{title}（{id}），{office}于{day}采用；来源：{source}",
        ),
        "decided": Localized("{asks} Adopted: {says}", "{asks}采用：{says}"),
        "set-aside": Localized(
            "{asks} Adopted: {says}. Set aside here, where this was chosen: {other}",
            "{asks}采用：{says}。此处另行选定而未遵循：{other}",
        ),
        "apart": Localized("; ", "；"),
        "replay": Localized(
            "--interpretation {id} ({digest})",
            "--interpretation {id}（{digest}）",
        ),
    }
)


def _say(language: str, key: str, **parts: str) -> str:
    return _SENTENCES[key][language].format(**parts)


def adoption_blocks(
    adoptions: tuple[Adoption, ...], vocabulary: Vocabulary, language: str
) -> Iterator[Block]:
    """Yield each interpretation that is followed, with what it decides."""
    lines = tuple(_lines(adoptions, vocabulary, language))
    if lines:
        yield Heading(_SENTENCES["head"][language])
        yield Items(lines)


def _lines(
    adoptions: tuple[Adoption, ...], vocabulary: Vocabulary, language: str
) -> Iterator[str]:
    for one in adoptions:
        decided = (_decided(reading, language) for reading in one.adopted)
        yield _say(
            language,
            "adoption",
            who=who_text(one.interpretation, vocabulary, language),
            decided=_say(language, "apart").join(decided),
        )


def who_text(one: Interpretation, vocabulary: Vocabulary, language: str) -> str:
    """Say who adopted an interpretation, when, and where that was read."""
    return _say(
        language,
        "who",
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
        return _say(language, "decided", asks=asks, says=says)
    other = options[one.instead].says[language]
    return _say(language, "set-aside", asks=asks, says=says, other=other)


def replay_texts(adoptions: tuple[Adoption, ...], language: str) -> Iterator[str]:
    """Yield how each interpretation is chosen again, with the digest of what it said."""
    for one in adoptions:
        of = one.interpretation
        yield _say(language, "replay", id=of.id, digest=broken(of.digest))
