"""The codes of diagnostics, each with its page."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipcity_policy.api.arguments import unanswerable
from ipcity_policy.formats.json.codes import code_json, codes_json
from ipcity_policy.report.block import Block
from ipcity_policy.report.reports.codes import Page, code_page, code_report, codes_report
from ipcity_policy.text.catalogue import languages
from ipcity_policy.text.codes import CODES, Code
from ipcity_policy.text.diagnostic import Result
from ipcity_policy.text.message import say
from ipcity_policy.text.nearest import did_you_mean


@dataclass(frozen=True, slots=True)
class Explained:
    """A code with its page: what it means, an example, and how that is fixed."""

    page: Page

    def as_json(self) -> Any:
        """Return it for machines."""
        return code_json(self.page)

    def blocks(self, lang: str = "en") -> Iterator[Block]:
        """Yield it as a report, in `en` or `zh`."""
        return code_report(self.page, lang)


@dataclass(frozen=True, slots=True)
class ListedCodes:
    """All codes, each with the rule that it stands for."""

    pages: tuple[Page, ...]

    def as_json(self) -> Any:
        """Return them for machines."""
        return codes_json(self.pages)

    def blocks(self, lang: str = "en") -> Iterator[Block]:
        """Yield them as a report, in `en` or `zh`."""
        return codes_report(self.pages, lang)


def explain(name: str) -> Result[Explained]:
    """Explain a code by its id, or by its name in any language.

    >>> explain("n101").value.page.code.name
    'unknown-name'
    >>> print(explain("unknown-nam").diagnostics[0].help)
    did you mean `unknown-name`?
    """
    names = {one.name: one for one in CODES.values()}
    if not name.isascii():
        spoken = [(one, language) for language in languages() for one in CODES.values()]
        names = {say(one.name).text(language): one for one, language in spoken}
    found = CODES.get(name.upper()) or names.get(name.lower())
    if found is not None:
        return Result(Explained(_page(found)))
    near = did_you_mean(name.upper(), CODES) or did_you_mean(name.lower(), names)
    message = say("there is no code `{name}`", name=name)
    help = near or say("`ipcity explain` lists all codes")
    return Result(None, (unanswerable("code", name, message, help),))


def list_codes() -> ListedCodes:
    """List all codes.

    >>> list_codes().pages[0].code.id
    'S101'
    """
    return ListedCodes(tuple(_page(one) for one in CODES.values()))


def _page(code: Code) -> Page:
    """Read the page of a code: an installed package carries them, a checkout has its own."""
    package = Path(__file__).resolve().parent.parent
    carried = package / "pages"
    own = package.parent / "tests" / "conformance" / "diagnostics"
    folder = carried if carried.is_dir() else own
    return code_page(code, (folder / f"{code.id}.md").read_text("utf-8"))
