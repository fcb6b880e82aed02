"""An interpretation as a report: who adopted it, and how it reads each doubtful place."""

from collections.abc import Iterator, Sequence

from ipcity_policy.law.interpretation import Interpretation
from ipcity_policy.law.model import Reading, Vocabulary
from ipcity_policy.law.program import Program
from ipcity_policy.report.block import Block, Heading, Mark, Paragraph, Table, Tree, TreeLine
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.text.digest import broken
from ipcity_policy.text.message import tell
from ipcity_policy.words.days import days_said


def interpretation_report(
    one: Interpretation, vocabulary: Vocabulary, programs: Sequence[Program], language: str
) -> Iterator[Block]:
    """Yield an interpretation of some versions."""
    source = one.source.title[language]
    if one.source.address is not None:
        source = tell(language, "{title}, {address}", title=source, address=one.source.address)
    rows = (
        (tell(language, "Adopted by"), vocabulary.offices[one.office][language]),
        (tell(language, "On"), days_said(one.on, language)),
        (tell(language, "Source"), source),
        (tell(language, "Reads"), tell(language, ", ").join(one.versions)),
        (tell(language, "Digest"), broken(one.digest)),
    )
    yield Heading(one.title[language], 1)
    yield Table((), rows)
    yield Paragraph(
        tell(
            language,
            "It is not the law: it applies only if it is followed with `--interpretation "
            "{id}`.",
            id=one.id,
        )
    )
    if one.note is not None:
        yield Paragraph(one.note[language].strip())
    yield Heading(tell(language, "How it reads the text"))
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
    below = [
        tell(
            language, "Adopted: {says} ({id}={option})", says=says, id=reading.id, option=option
        )
    ]
    if option == reading.default:
        below.append(tell(language, "That is the default too."))
    else:
        says = reading.options[reading.default].says[language]
        below.append(
            tell(
                language,
                "The default is another: {says} ({id}={option})",
                says=says,
                id=reading.id,
                option=reading.default,
            )
        )
    return TreeLine(
        Mark.NONE,
        tell(language, "{asks} ({cite})", asks=reading.asks[language], cite=cite),
        below=tuple(TreeLine(Mark.NONE, text) for text in below),
    )
