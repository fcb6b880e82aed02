"""What is due and what is overdue across subjects, as a report."""

from collections.abc import Iterator, Sequence

from ipcity_policy.lang.values import Dates
from ipcity_policy.law.program import Program
from ipcity_policy.report.block import Block, Fold, Heading, Items, Paragraph, Table
from ipcity_policy.report.prose.assumptions import assumptions
from ipcity_policy.report.prose.duties import status
from ipcity_policy.report.prose.position import Telling, days_told
from ipcity_policy.report.reports.citations import attests, texts_seen
from ipcity_policy.studies.agenda import Agenda, Due, Item
from ipcity_policy.text.message import say, tell

#: Of how many duties of which it is not known whether they were done each is shown.
_MOST_UNKNOWN = 12
#: How many subjects are named of which something is taken for granted.
_MOST_NAMED = 3


def agenda_report(agenda: Agenda, language: str) -> Iterator[Block]:
    """Yield the report of what is due; what is not known to be done or not stands apart."""
    days = {
        "day": days_told(Dates(agenda.on, agenda.on), language),
        "until": days_told(Dates(agenda.until, agenda.until), language),
    }
    yield Heading(
        tell(language, "What is due from {day} to {until}, and what is overdue", **days), 1
    )
    for how, called in ((Due.UPCOMING, say("Due")), (Due.OVERDUE, say("Overdue"))):
        yield Heading(called[language])
        items = agenda.of(how)
        yield _table(items, language) if items else Paragraph(tell(language, "nothing"))
    unknown = agenda.of(Due.UNKNOWN)
    if unknown:
        title = tell(language, "Not known whether it was done")
        rows = _table(unknown, language)
        if len(unknown) > _MOST_UNKNOWN:
            yield Paragraph(
                tell(
                    language,
                    "{title}: {n} duties; --all lists them",
                    n=str(len(unknown)),
                    title=title,
                )
            )
            yield Fold(title, (rows,))
        else:
            yield Heading(title)
            yield rows
    presumed = tuple(_presumed(agenda, language))
    if presumed:
        yield Heading(tell(language, "Assumptions"))
        yield Items(presumed)
    texts = _applied(agenda)
    yield from (Paragraph(line) for line in texts_seen(texts, attesting(agenda), language))


def _presumed(agenda: Agenda, language: str) -> Iterator[str]:
    """Yield what was taken for granted; where that is not so of all subjects, of which."""
    timelines = {id(item.timeline): item.timeline for item in agenda.items}.values()
    found: dict[str, list[str]] = {}
    for timeline in timelines:
        for said in assumptions(Telling(timeline, language)):
            found.setdefault(said, []).append(timeline.sheet.name[language])
    for said, names in found.items():
        if len(names) == len(timelines):
            yield said
        elif len(names) <= _MOST_NAMED:
            named = tell(language, ", ").join(names)
            yield tell(language, "{subjects}: {text}", subjects=named, text=said)
        else:
            some = tell(
                language,
                say("{n} of {all}", context="some"),
                n=str(len(names)),
                all=str(len(timelines)),
            )
            yield tell(language, "{subjects}: {text}", subjects=some, text=said)


def attesting(agenda: Agenda) -> tuple[Program, ...]:
    """Return the versions by whose text a duty that is shown is attested."""
    items = [item for how in Due for item in agenda.of(how)]
    texts = {
        program.id: program
        for item in items
        if attests((item.duty.deadline.origin,))
        for program in (item.timeline.position.versions[item.duty.version],)
    }
    return tuple(texts.values())


def _applied(agenda: Agenda) -> tuple[Program, ...]:
    """Return the versions that the duties shown are of."""
    items = [item for how in Due for item in agenda.of(how)]
    programs = (item.timeline.position.versions[item.duty.version] for item in items)
    return tuple({program.id: program for program in programs}.values())


def _table(items: Sequence[Item], language: str) -> Table:
    header = (
        tell(language, "Last day"),
        tell(language, "Subject"),
        tell(language, "What is to be done"),
        tell(language, "By whom"),
        tell(language, "Status"),
    )
    return Table(header, tuple(_row(item, language) for item in items))


def _row(item: Item, language: str) -> tuple[str, ...]:
    telling, duty = Telling(item.timeline, language), item.duty
    said = telling.cited(telling.duty(duty), duty.deadline.origin, duty.version)
    return (
        telling.due(duty),
        item.timeline.sheet.name[language],
        tell(language, "supposed: {text}", text=said) if item.supposed else said,
        telling.office(duty.deadline.office),
        status(telling, duty, brief=True),
    )
