"""What was taken for granted in saying where a subject stands."""

from collections.abc import Iterator
from datetime import date

from ipcity_policy.engines.lifecycle.position import VersionIndex
from ipcity_policy.engines.lifecycle.version_spans import VersionSpans
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.model import Origin
from ipcity_policy.report.prose.position import Telling
from ipcity_policy.text.message import Message, say, tell


def assumptions(telling: Telling) -> Iterator[str]:
    """Yield what was taken for granted."""
    yield from _times(telling)
    if not telling.of.position.covered:
        yield telling.known_until()
    yield from _carried(telling)
    for version in _applied(telling):
        if not telling.versions[version].available:
            yield tell(
                telling.language,
                "not all of {id} is available; duties and consequences in the rest of it "
                "are not listed",
                id=telling.called(version),
            )


def _applied(telling: Telling) -> Iterator[VersionIndex]:
    """Yield the versions under which something fell that is told."""
    days = [event.on.earliest for event in telling.of.sheet.events]
    earliest = min(*days, telling.of.position.on) if days else telling.of.position.on
    spans = VersionSpans(telling.versions)
    yield from (version for version, _ in spans.of(Dates(earliest, telling.of.position.on)))


def _times(telling: Telling) -> Iterator[str]:
    """Yield that a version is applied to days on which it is not known to be in force."""
    position = telling.of.position
    spans = VersionSpans(position.versions)
    days = [event.on.earliest for event in telling.of.sheet.events]
    earliest = min(*days, position.on) if days else position.on
    first = position.versions[0].in_force
    if first is not None and earliest < first.since:
        template = (
            say("no text is known for days before {day}; {version} is applied to them")
            if telling.of.version is None
            else say(
                "{version} is applied to days before {day}, on which it was not in force yet"
            )
        )
        yield _of_day(telling, template, VersionIndex(0), first.since)
    today = Dates(position.on, position.on)
    governing = [version for version, _ in spans.of(today)]
    if len(governing) > 1:
        ids = tell(telling.language, " or ").join(map(telling.called, governing))
        yield tell(
            telling.language,
            "which version governs on {day} is not known, so what each of them gives is "
            "possible: {versions}",
            versions=ids,
            day=telling.day(today),
        )
    after = say("no text is known for days from {day} on; {version} is applied to them")
    still = say("{version} still governs; from {day} on that is not known")
    for version in governing:
        in_force = position.versions[version].in_force
        if in_force is None:
            continue
        doubtful, until = in_force.ends
        if until is not None and position.on >= until:
            yield _of_day(telling, after, version, until)
        elif doubtful is not None and position.on >= doubtful and len(governing) == 1:
            yield _of_day(telling, still, version, doubtful)


def _of_day(telling: Telling, template: Message, version: VersionIndex, day: date) -> str:
    called = telling.called(version)
    return tell(telling.language, template, version=called, day=telling.day(Dates(day, day)))


def _carried(telling: Telling) -> Iterator[str]:
    """Yield which places another text substitutes for."""
    found: dict[tuple[VersionIndex, str], dict[Origin, None]] = {}
    for version, origin in telling.origins(telling.of.position):
        if origin.carried_from is not None:
            found.setdefault((version, origin.carried_from), {})[origin] = None
    for (version, other), origins in found.items():
        program, wording = telling.versions[version], telling.wordings[version]
        cites = dict.fromkeys(wording.place(origin) for origin in origins)
        yield tell(
            telling.language,
            "these provisions of {id} are not available, and those of {version} are used in "
            "their place: {places}. {why}",
            id=telling.called(version),
            version=wording.called(other),
            places=tell(telling.language, say(", ", context="join")).join(cites),
            why=program.carried[other].why[telling.language],
        )
