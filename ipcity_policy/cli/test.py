"""`test`: run the rule tests that stand beside a measure."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from ipcity_policy.cli.misuse import Misuse
from ipcity_policy.cli.options import (
    FORMATS,
    Surface,
    nothing_here,
    say_diagnostics,
    surface_with,
)
from ipcity_policy.formats.json.coverage import coverage_json
from ipcity_policy.formats.json.rule_tests import tests_json
from ipcity_policy.formats.junit import tests_junit
from ipcity_policy.law.library import shown
from ipcity_policy.law.writing import write_anew
from ipcity_policy.questions.rest_days import NO_CALENDAR
from ipcity_policy.report.block import Block
from ipcity_policy.report.forms.proposals import proposals_text
from ipcity_policy.report.reports.coverage import coverage_line, coverage_report
from ipcity_policy.report.reports.ruletests import tests_report
from ipcity_policy.studies.rule_tests.coverage import Coverage, coverage_of
from ipcity_policy.studies.rule_tests.runner import PROPOSED, RuleTest, run_tests, test_files
from ipcity_policy.text.diagnostic import Diagnostic, has_errors
from ipcity_policy.text.message import say


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path), metavar="[PATH]")
@click.option(
    "--coverage", is_flag=True, help="Name what no case has seen, article by article."
)
@click.option(
    "--accept", is_flag=True, help="Write what came out of failed cases to a file for review."
)
@surface_with(*FORMATS, "junit")
def test(surface: Surface, path: Path | None, *, coverage: bool, accept: bool) -> None:
    """Run the rule tests below PATH: a folder or a file; without PATH, all of them."""
    path = path or surface.library.root
    files = test_files(path)
    if path.suffix == PROPOSED:
        message = say(
            "`{path}` holds proposals; copy what is right into a file of rule tests",
            path=str(path),
        )
        raise Misuse(message)
    if not files:
        say_diagnostics([nothing_here(path)], surface.language)
        raise click.exceptions.Exit(1)
    library = surface.library.around(path)
    result = run_tests(library, files)
    cases = result.value or ()
    diagnostics: list[Diagnostic] = list(result.diagnostics)
    for case in cases:
        # What a calendar would tell is asked for once, below.
        diagnostics += (one for one in case.diagnostics if one.code.id != NO_CALENDAR)
    written = list(_write(cases, surface.language, diagnostics)) if accept else []
    say_diagnostics(diagnostics, surface.language)
    covered = coverage_of(library, cases)
    if surface.json:
        told = {"proposals": [shown(file) for file in written]} if accept else {}
        surface.show_json(tests_json(cases) | {"coverage": coverage_json(covered)} | told)
    elif surface.format == "junit":
        click.echo(tests_junit(cases, surface.language), nl=False)
    else:
        surface.show(_report(cases, covered, surface.language, unseen=coverage))
    for file in written:
        done = say(
            "{file} written: what came out, not yet what the law gives; review each case "
            "against the text before you copy it",
            file=shown(file),
        )
        click.echo(done.text(surface.language), err=surface.format != "text")
    if (
        has_errors(diagnostics)
        or not all(case.passed or case.needs for case in cases)
        or not cases
    ):
        raise click.exceptions.Exit(1)


def _report(
    cases: Sequence[RuleTest], covered: Coverage, language: str, *, unseen: bool
) -> Iterator[Block]:
    *blocks, count = tests_report(cases, language)
    yield from blocks
    if unseen:
        yield from coverage_report(covered, language)
    yield count
    yield coverage_line(covered, language, more=not unseen)


def _write(
    cases: Sequence[RuleTest], language: str, diagnostics: list[Diagnostic]
) -> Iterator[Path]:
    """Write proposals beside each file of rule tests that has something to propose."""
    for file, some in groupby(cases, key=lambda case: case.file):
        text = proposals_text(tuple(some), language)
        if text is None:
            continue
        path = file.with_suffix(PROPOSED)
        wrong = write_anew(path, shown(path), text.encode())
        if wrong is not None:
            diagnostics.append(wrong)
        else:
            yield path
