"""An interpretation as a report: who adopted it, and how it reads each doubtful place."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from ipcity_policy.law.interpretation import Interpretation
from ipcity_policy.law.model import Localized, Reading, Vocabulary
from ipcity_policy.law.program import Program
from ipcity_policy.report.block import Block, Heading, Mark, Paragraph, Table, Tree, TreeLine
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.text.digest import broken
from ipcity_policy.words.days import days_said

_SENTENCES: Mapping[str, Localized] = MappingProxyType(
    {
        "adopted-by": Localized("Adopted by", "采用机关"),
        "on": Localized("On", "采用日期"),
        "source": Localized("Source", "来源"),
        "address": Localized("{title}, {address}", "{title}，{address}"),
        "reads": Localized("Reads", "所解释的版本"),
        "digest": Localized("Digest", "摘要"),
        "comma": Localized(", ", "、"),
        "what": Localized(
            "It is not the law: it applies where it is followed with `--interpretation {id}`.",
            "解释并非条文本身：仅在以 `--interpretation {id}` 遵循时适用。",
        ),
        "options": Localized("How it reads the text", "对条文的理解"),
        "asks": Localized("{asks} ({cite})", "{asks}（{cite}）"),
        "adopted": Localized(
            "Adopted: {says} ({id}={option})", "采用：{says}（{id}={option}）"
        ),
        "default": Localized("That is the default too.", "与默认的理解相同。"),
        "otherwise": Localized(
            "The default is another: {says} ({id}={option})",
            "默认的理解不同：{says}（{id}={option}）",
        ),
    }
)


def _say(language: str, key: str, **parts: str) -> str:
    return _SENTENCES[key][language].format(**parts)


def interpretation_report(
    one: Interpretation, vocabulary: Vocabulary, programs: Sequence[Program], language: str
) -> Iterator[Block]:
    """Yield an interpretation of some versions."""
    source = one.source.title[language]
    if one.source.address is not None:
        source = _say(language, "address", title=source, address=one.source.address)
    rows = {
        "adopted-by": vocabulary.offices[one.office][language],
        "on": days_said(one.on, language),
        "source": source,
        "reads": _say(language, "comma").join(one.versions),
        "digest": broken(one.digest),
    }
    yield Heading(one.title[language], 1)
    yield Table((), tuple((_say(language, key), said) for key, said in rows.items()))
    yield Paragraph(_say(language, "what", id=one.id))
    if one.note is not None:
        yield Paragraph(one.note[language].strip())
    yield Heading(_say(language, "options"))
    read = readings_of(one, programs, language)
    yield Tree(tuple(_option(*what, language) for what in read))


def readings_of(
    one: Interpretation, programs: Sequence[Program], language: str
) -> Iterator[tuple[Reading, str, str]]:
    """Yield each reading that it decides, with the option and where the text stands."""
    told: set[str] = set()
    for program in programs:
        wording = Wording(program.vocabulary, language, program)
        for name, option in one.options_in(program).items():
            if name not in told:
                told.add(name)
                reading = program.readings[name]
                yield reading, option, wording.origin(reading.origin)


def _option(reading: Reading, option: str, cite: str, language: str) -> TreeLine:
    says = reading.options[option].says[language]
    below = [_say(language, "adopted", says=says, id=reading.id, option=option)]
    if option == reading.default:
        below.append(_say(language, "default"))
    else:
        says = reading.options[reading.default].says[language]
        below.append(
            _say(language, "otherwise", says=says, id=reading.id, option=reading.default)
        )
    return TreeLine(
        Mark.NONE,
        _say(language, "asks", asks=reading.asks[language], cite=cite),
        below=tuple(TreeLine(Mark.NONE, text) for text in below),
    )
