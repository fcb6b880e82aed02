"""What the rule tests have seen as a report: a line, and on demand a table by article."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ipcity_policy.law.model import Localized
from ipcity_policy.report.block import Block, Heading, Items, Paragraph, Table
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.studies.rule_tests.coverage import WANTED, Coverage, Tested

_SENTENCES: Mapping[str, Localized] = MappingProxyType(
    {
        "line": Localized(
            "coverage: {seen} of {all} rules and outcomes seen met, not met and unknown",
            "覆盖：{all}项规则和结果中，{seen}项在成立、不成立和不明三种情形下均有案例",
        ),
        "time": Localized(
            "{line}; {seen} of {all} transitions, terms, deadlines, lapses and bars seen both "
            "ways",
            "{line}；{all}项状态变化、周期、期限、逾期后果和限制期中，{seen}项在两种情形下均有案例",
        ),
        "more": Localized("{line} (see --coverage)", "{line}（详见 --coverage）"),
        "head": Localized("What cases have seen", "案例覆盖情况"),
        "version": Localized("version", "版本"),
        "article": Localized("article", "条款"),
        "entries": Localized("all", "总数"),
        "met": Localized("met", "成立"),
        "not-met": Localized("not met", "不成立"),
        "unknown": Localized("unknown", "不明"),
        "unseen": Localized("Never seen", "从未出现"),
        "one": Localized(
            "{version}, {article}: {path} — {statuses}",
            "{version}，{article}：{path}——{statuses}",
        ),
        "or": Localized(" or ", "、"),
        "untried": Localized(
            "Options of readings under which no case was decided", "没有案例采用的理解"
        ),
        "untested": Localized(
            "Versions and drafts that no case asks about", "没有案例的版本和草案"
        ),
        "unfollowed": Localized(
            "Interpretations that decide a reading in no case", "没有案例遵循的解释"
        ),
        "option": Localized("{version}: {option}", "{version}：{option}"),
    }
)


def _say(language: str, key: str, **parts: str) -> str:
    return _SENTENCES[key][language].format(**parts)


def coverage_line(coverage: Coverage, language: str, *, more: bool = False) -> Paragraph:
    """Return how much was seen, with `more` also how to learn what was not."""
    seen, whole = coverage.counts(of_time=False)
    line = _say(language, "line", seen=str(seen), all=str(whole))
    of_time, all_of_time = coverage.counts(of_time=True)
    if all_of_time:
        line = _say(language, "time", line=line, seen=str(of_time), all=str(all_of_time))
    if more and (seen < whole or of_time < all_of_time):
        line = _say(language, "more", line=line)
    return Paragraph(line)


def coverage_report(coverage: Coverage, language: str) -> Iterator[Block]:
    """Yield a table by article, and by name what no case has seen."""
    columns = ("version", "article", "entries", *WANTED)
    yield Heading(_say(language, "head"))
    yield Table(
        tuple(_say(language, one) for one in columns),
        tuple(row for one in coverage.tested for row in _rows(one, language)),
    )
    lists = {
        "unseen": [line for one in coverage.tested for line in _unseen(one, language)],
        "untried": [
            _say(language, "option", version=one.program.id, option=option)
            for one in coverage.tested
            for option in one.untried
        ],
        "untested": list(coverage.untested),
        "unfollowed": list(coverage.unfollowed),
    }
    for key, lines in lists.items():
        if lines:
            yield Heading(_say(language, key))
            yield Items(tuple(lines))


def _rows(tested: Tested, language: str) -> Iterator[tuple[str, ...]]:
    wording = Wording(tested.program.vocabulary, language, tested.program)
    for number, (article, entries) in enumerate(tested.articles.items()):
        counts = (
            str(sum(status not in entry.unseen for entry in entries)) for status in WANTED
        )
        version = "" if number else tested.program.id
        yield (version, wording.cite(article), str(len(entries)), *counts)


def _unseen(tested: Tested, language: str) -> Iterator[str]:
    wording = Wording(tested.program.vocabulary, language, tested.program)
    for article, entries in tested.articles.items():
        for entry in entries:
            if entry.unseen:
                statuses = [_say(language, status) for status in entry.unseen]
                yield _say(
                    language,
                    "one",
                    version=tested.program.id,
                    article=wording.cite(article),
                    path=entry.path.text,
                    statuses=_say(language, "or").join(statuses),
                )
