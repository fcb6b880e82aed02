"""The page of a diagnostic code: what the rule is and why, an example, and its fix."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ipcity_policy.law.model import Localized
from ipcity_policy.report.block import Block, Heading, Items, Paragraph, Table, Verbatim
from ipcity_policy.report.reports.diagnostics import SEVERITIES
from ipcity_policy.text.codes import Code
from ipcity_policy.text.message import Message, say, tell
from ipcity_policy.text.page import Fence, PagePart, Prose, Title, read_page
from ipcity_policy.text.source import flow

#: The heading that the Chinese text stands under; the English one stands under the title.
CHINESE = "中文"
#: The headings of the examples, which are the same in both languages.
EXAMPLES: Mapping[str, Message] = MappingProxyType(
    {
        "Example": say("Example"),
        "Fixed": say("Fixed"),
    }
)


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a code, taken apart."""

    code: Code
    #: What stands below each heading; below the title, under an empty one.
    parts: Mapping[str, tuple[PagePart, ...]]

    @property
    def says(self) -> Localized:
        """The rule and why it is one."""
        return Localized(_text(self.parts.get("", ())), _text(self.parts.get(CHINESE, ())))

    @property
    def rule(self) -> Localized:
        """The rule in one sentence, with which each text begins."""
        said = say(self.code.rule)
        return Localized(said.text(), said.text("zh"))


def code_page(code: Code, text: str) -> Page:
    """Take the page of a code apart."""
    found: dict[str, tuple[PagePart, ...]] = {}
    heading = ""
    for part in read_page(text):
        if isinstance(part, Title):
            heading = part.text if part.level > 1 else ""
            found[heading] = ()
        else:
            found[heading] = (*found.get(heading, ()), part)
    return Page(code, found)


def code_report(page: Page, language: str) -> Iterator[Block]:
    """Show the page of a code in one language."""
    code = page.code
    named = say(
        "{code} {name} ({severity})",
        code=code.id,
        name=say(code.name),
        severity=SEVERITIES[code.severity],
    )
    yield Heading(named.text(language), 1)
    for part in page.parts.get(CHINESE if language == "zh" else "", ()):
        yield from _blocks(part)
    for heading, title in EXAMPLES.items():
        if heading in page.parts:
            yield Heading(title[language])
        for part in page.parts.get(heading, ()):
            if isinstance(part, Prose):
                yield from _blocks(part) if language == "en" else []
            elif isinstance(part, Fence) and in_language(part, language):
                yield from _fence(part, language)


def codes_report(pages: Iterable[Page], language: str) -> Iterator[Block]:
    """List codes with the rule that each stands for."""
    yield Heading(tell(language, "Diagnostic codes"), 1)
    yield Table(
        (),
        tuple(
            (page.code.id, say(page.code.name).text(language), page.rule[language])
            for page in pages
        ),
    )


def _blocks(part: PagePart) -> Iterator[Block]:
    match part:
        case Fence():
            yield from _fence(part, "en")
        case Prose():
            yield (
                Items(tuple(map(flow, part.items))) if part.items else Paragraph(_text([part]))
            )


def in_language(fence: Fence, language: str) -> bool:
    """Tell whether a fence is shown: what a command prints is there once in each language."""
    return fence.language != "console" or (fence.name or "en") == language


def _fence(fence: Fence, language: str) -> Iterator[Block]:
    name, locked, _ = fence.name.partition(" (read-only)")
    if fence.language != "console" and name:
        yield Paragraph(say("{file} (read-only)", file=name).text(language) if locked else name)
    yield Verbatim(fence.body)


def _text(parts: Iterable[PagePart]) -> str:
    return "\n\n".join(flow("\n".join(one.lines)) for one in parts if isinstance(one, Prose))
