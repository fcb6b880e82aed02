"""Lists: what there is in policies, and how much of each version is put into rules."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipcity_policy.formats.json.listing import list_json
from ipcity_policy.formats.json.provisions import provisions_json, readings_json
from ipcity_policy.law.library import Library, shown
from ipcity_policy.law.model import Localized
from ipcity_policy.law.program import Program
from ipcity_policy.law.ref import Ref
from ipcity_policy.report.block import Block
from ipcity_policy.report.reports.listing import Listed, ListedInterpretation, list_report
from ipcity_policy.report.reports.provisions import provisions_report, readings_report
from ipcity_policy.sheet.reader import open_sheet

#: The folders of a measure that hold no sheets.
_OTHERS = ("drafts", "tests", "interpretations")


@dataclass(frozen=True, slots=True)
class ListedMeasure:
    """What there is of one measure."""

    #: The name of its folder.
    name: str
    title: Localized
    versions: tuple[Listed, ...]
    drafts: tuple[Listed, ...]
    interpretations: tuple[ListedInterpretation, ...]
    #: The sheets kept with it: where each lies, and the name of its subject.
    sheets: tuple[tuple[str, Localized], ...]

    def as_json(self) -> Any:
        """Return it for machines."""
        return list_json(
            self.name,
            self.title,
            self.versions,
            self.drafts,
            self.interpretations,
            self.sheets,
        )

    def blocks(self, lang: str = "en") -> Iterator[Block]:
        """Yield it as a report, in `en` or `zh`."""
        return list_report(
            self.name,
            self.title,
            self.versions,
            self.drafts,
            self.interpretations,
            self.sheets,
            lang,
        )


@dataclass(frozen=True, slots=True)
class ListedTexts:
    """How versions are put into rules, and which places their texts leave open."""

    programs: tuple[Program, ...]
    #: Which of the two is listed.
    provisions: bool
    readings: bool

    def as_json(self) -> list[Any]:
        """Return a list of each version, for machines."""
        found: list[Any] = []
        for program in self.programs:
            found += [provisions_json(program)] if self.provisions else []
            found += [readings_json(program)] if self.readings else []
        return found

    def blocks(self, lang: str = "en") -> Iterator[Block]:
        """Yield them as a report, in `en` or `zh`."""
        for program in self.programs:
            if self.provisions:
                yield from provisions_report(program, lang)
            if self.readings:
                yield from readings_report(program, lang)


def list_measures(policies: Library) -> tuple[ListedMeasure, ...]:
    """List measures with their versions, drafts, decisions, interpretations and sheets.

    >>> from ipcity_policy.api import open_policies
    >>> (measure,) = list_measures(open_policies("tests/second_law"))
    >>> [version.id for version in measure.versions], len(measure.sheets)
    (['berths/1998', 'berths/2004'], 2)
    """
    return tuple(_measure(policies, home) for home in policies.measures())


def list_texts(
    policies: Library, *, provisions: bool = False, readings: bool = False
) -> ListedTexts:
    """List of every version how its provisions are put into rules, or its open places.

    Versions with errors are left out.

    >>> from ipcity_policy.api import open_policies
    >>> found = list_texts(open_policies("tests/second_law"), provisions=True)
    >>> [program.id for program in found.programs]
    ['berths/1998', 'berths/2004']
    """
    refs = [ref for home in policies.measures() for ref in policies.versions(home)]
    programs = (policies.program(ref).value for ref in refs)
    sound = tuple(program for program in programs if program is not None)
    return ListedTexts(sound, provisions, readings)


def _measure(policies: Library, home: Path) -> ListedMeasure:
    vocabulary = policies.vocabulary(home).value
    return ListedMeasure(
        home.name,
        vocabulary.title if vocabulary is not None else Localized(home.name, home.name),
        _listed(policies, policies.versions(home)),
        _listed(policies, policies.drafts(home)),
        tuple(
            ListedInterpretation(
                path.stem, policies.interpretation(path, home).value, vocabulary
            )
            for path in policies.interpretations(home)
        ),
        tuple(_sheets(policies, home)),
    )


def _listed(policies: Library, refs: Iterable[Ref]) -> tuple[Listed, ...]:
    return tuple(Listed(ref.id, policies.program(ref).value) for ref in refs)


def _sheets(policies: Library, home: Path) -> Iterator[tuple[str, Localized]]:
    """Yield the sheets kept with a measure: every file that says which measure it is for."""
    for path in sorted(home.glob("*/*.yaml")):
        if (path.parent / "measure.yaml").exists() or path.parent.name in _OTHERS:
            continue
        sheet = open_sheet(policies, path).value
        if sheet is not None:
            yield shown(path), sheet.name
