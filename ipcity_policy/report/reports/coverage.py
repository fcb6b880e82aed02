"""What the rule tests have seen as a report: a line, and on demand a table by article."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ipcity_policy.report.block import Block, Heading, Items, Paragraph, Table
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.studies.rule_tests.coverage import WANTED, Coverage, TestedText
from ipcity_policy.text.message import Message, say, tell

_SENTENCES: Mapping[str, Message] = MappingProxyType(
    {
        "version": say("version"),
        "article": say("article"),
        "entries": say("all"),
        "met": say("met"),
        "not-met": say("not met"),
        "unknown": say("unknown"),
        "unseen": say("Never seen"),
        "untried": say("Options of readings under which no case was decided"),
        "untested": say("Versions and drafts that no case asks about"),
        "unfollowed": say("Interpretations that decide a reading in no case"),
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
    columns = ("version", "article", "entries", *WANTED)
    yield Heading(tell(language, "What cases have seen"))
    yield Table(
        tuple(tell(language, _SENTENCES[one]) for one in columns),
        tuple(row for one in coverage.tested for row in _rows(one, language)),
    )
    lists = {
        "unseen": [line for one in coverage.tested for line in _unseen(one, language)],
        "untried": [
            tell(language, "{version}: {option}", version=one.program.id, option=option)
            for one in coverage.tested
            for option in one.untried
        ],
        "untested": list(coverage.untested),
        "unfollowed": list(coverage.unfollowed),
    }
    for key, lines in lists.items():
        if lines:
            yield Heading(tell(language, _SENTENCES[key]))
            yield Items(tuple(lines))


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
                statuses = [tell(language, _SENTENCES[status]) for status in entry.unseen]
                yield tell(
                    language,
                    "{version}, {article}: {path} — {statuses}",
                    version=tested.program.id,
                    article=wording.cite(article),
                    path=entry.path.text,
                    statuses=tell(language, say(" or ", context="or")).join(statuses),
                )
