"""What the rule tests have seen as a report: a line, and on demand a table by article."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ipcity_policy.engines.interpreter.explanation import Status
from ipcity_policy.report.block import Block, Heading, Items, Paragraph, Table
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.studies.rule_tests.coverage import WANTED, Coverage, TestedText
from ipcity_policy.text.message import Message, say, tell

#: What a table of cases counts, by the status.
_STATUSES: Mapping[Status, Message] = MappingProxyType(
    {
        Status.MET: say("met"),
        Status.NOT_MET: say("not met"),
        Status.UNKNOWN: say("unknown"),
    }
)


def coverage_line(coverage: Coverage, language: str, *, more: bool = False) -> Paragraph:
    """Return how much was seen, with `more` also how to learn what was not."""
    seen, whole = coverage.counts(of_time=False)
    line = tell(
        language,
        "coverage: {seen} of {all} rules and outcomes seen met, not met and unknown",
        seen=str(seen),
        all=str(whole),
    )
    of_time, all_of_time = coverage.counts(of_time=True)
    if all_of_time:
        line = tell(
            language,
            "{line}; {seen} of {all} transitions, terms, deadlines, lapses and "
            "bars seen both ways",
            line=line,
            seen=str(of_time),
            all=str(all_of_time),
        )
    if more and (seen < whole or of_time < all_of_time):
        line = tell(language, "{line} (see --coverage)", line=line)
    return Paragraph(line)


def coverage_report(coverage: Coverage, language: str) -> Iterator[Block]:
    """Yield a table by article, and by name what no case has seen."""
    header = (
        tell(language, "version"),
        tell(language, "article"),
        tell(language, "all"),
        *(_STATUSES[status][language] for status in WANTED),
    )
    yield Heading(tell(language, "What cases have seen"))
    yield Table(
        header,
        tuple(row for one in coverage.tested for row in _rows(one, language)),
    )
    untried = (
        tell(language, "{version}: {option}", version=one.program.id, option=option)
        for one in coverage.tested
        for option in one.untried
    )
    for title, found in (
        (
            say("Never seen"),
            (line for one in coverage.tested for line in _unseen(one, language)),
        ),
        (say("Options of readings under which no case was decided"), untried),
        (say("Versions and drafts that no case uses"), coverage.untested),
        (say("Interpretations that decide a reading in no case"), coverage.unfollowed),
    ):
        lines = tuple(found)
        if lines:
            yield Heading(title[language])
            yield Items(lines)


def _rows(tested: TestedText, language: str) -> Iterator[tuple[str, ...]]:
    wording = Wording(tested.program.vocabulary, language, tested.program)
    for number, (article, entries) in enumerate(tested.articles.items()):
        counts = (
            str(sum(status not in entry.unseen for entry in entries)) for status in WANTED
        )
        version = "" if number else tested.program.id
        yield (version, wording.cite(article), str(len(entries)), *counts)


def _unseen(tested: TestedText, language: str) -> Iterator[str]:
    wording = Wording(tested.program.vocabulary, language, tested.program)
    for article, entries in tested.articles.items():
        for entry in entries:
            if entry.unseen:
                statuses = [_STATUSES[status][language] for status in entry.unseen]
                yield tell(
                    language,
                    "{version}, {article}: {path} — {statuses}",
                    version=tested.program.id,
                    article=wording.cite(article),
                    path=entry.path.text,
                    statuses=tell(language, say(" or ", context="or")).join(statuses),
                )
