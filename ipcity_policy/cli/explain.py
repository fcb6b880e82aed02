"""`explain`: the page of a diagnostic."""

from pathlib import Path

import click

from ipcity_policy.cli.misuse import Misuse
from ipcity_policy.cli.options import FORMATS, Surface, surface_with
from ipcity_policy.formats.json.codes import code_json, codes_json
from ipcity_policy.law.files import is_folder
from ipcity_policy.report.reports.codes import Page, code_page, code_report, codes_report
from ipcity_policy.text.codes import CODES, Code
from ipcity_policy.text.diagnostic import did_you_mean
from ipcity_policy.text.message import say


@click.command()
@click.argument("code", required=False, metavar="[CODE]")
@surface_with(*FORMATS, policies_needed=False)
def explain(surface: Surface, code: str | None) -> None:
    """Explain the CODE of a diagnostic, such as N101 or unknown-name, and how it is mended.

    Without CODE, all of them are listed.
    """
    if code is None:
        pages = [_page(one) for one in CODES.values()]
        if surface.json:
            surface.show_json(codes_json(pages))
        else:
            surface.show(codes_report(pages, surface.language))
    elif surface.json:
        surface.show_json(code_json(_page(_find(code))))
    else:
        surface.show(code_report(_page(_find(code)), surface.language))


def _find(name: str) -> Code:
    """Find a code by its id or its name; wrong usage where there is none."""
    names = {one.name: one for one in CODES.values()}
    if not name.isascii():
        names = {say(one.name).text("zh"): one for one in CODES.values()}
    found = CODES.get(name.upper()) or names.get(name.lower())
    if found is None:
        near = did_you_mean(name.upper(), CODES) or did_you_mean(name.lower(), names)
        mend = near or say("`ipcity explain` lists all")
        raise Misuse(say("there is no code `{name}`; {mend}", name=name, mend=mend))
    return found


def _page(code: Code) -> Page:
    """Read the page of a code: an installed package carries them, a checkout has its own."""
    package = Path(__file__).resolve().parent.parent
    carried = package / "pages"
    own = package.parent / "tests" / "conformance" / "diagnostics"
    folder = carried if is_folder(carried) else own
    return code_page(code, (folder / f"{code.id}.md").read_text("utf-8"))
