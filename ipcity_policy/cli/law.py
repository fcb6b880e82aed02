"""`law status`: what of the law is known, and what hangs on a text that is not."""

import click

from ipcity_policy.cli.options import Surface, fail_on, find_version, language_option, surface
from ipcity_policy.formats.json.law_status import status_json
from ipcity_policy.report.reports.status import status_report
from ipcity_policy.studies.status import VersionStatus, law_status


@click.group()
@language_option
def law(lang: str | None) -> None:
    """The law itself: what of its text is known."""


@law.command()
@click.argument("name", required=False, metavar="[VERSION|MEASURE]")
@click.option("--all", "unfold", is_flag=True, help="Show what is folded too.")
@surface
def status(surface: Surface, name: str | None, *, unfold: bool) -> None:
    """Tell what is attested, inferred, assumed and unavailable, and which questions hang on it.

    Of one VERSION or draft it is told in full; of a MEASURE, or without a name of all, each
    version is a line. --all names everything.
    """
    library = surface.library
    homes = [home for home in library.measures() if name is None or home.name == name]
    refs = [ref for home in homes for ref in library.versions(home)]
    if name is not None and not homes:
        refs = [find_version(library, name)]
    found: list[VersionStatus] = []
    for ref in refs:
        result = library.program(ref)
        fail_on(result.diagnostics, surface.language)
        assert result.value is not None  # INVARIANT: one without errors has a Program
        found.append(law_status(result.value))
    if surface.json:
        surface.show_json(status_json(found))
    else:
        surface.show(status_report(found, surface.language), unfold=unfold)
