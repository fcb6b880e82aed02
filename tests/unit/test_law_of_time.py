"""What a version says of time, in words: each entry, in both languages."""

from collections import Counter

import pytest

from ipcity_policy.law.library import Library
from ipcity_policy.law.program import Program
from ipcity_policy.report.block import Table
from ipcity_policy.report.prose.lifecycle import LawOfTime, of_time
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.reports.law import provision_report
from ipcity_policy.studies.provision_index import heads
from ipcity_policy.text.subject import EntryKind

SAID = {
    ("states", "no-berth"): (
        "state: without a berth, the state before anything has happened",
        "状态：无泊位（初始状态）",
    ),
    ("transitions", "allotting"): (
        "“allotment of a berth”: from “without a berth” or “struck off” to “at its berth”, the "
        "first round; only if the answer to “May it berth?” is: it may berth",
        "“分配泊位”：由“无泊位”或“已除名”转为“在泊”（第1轮）；前提是“能否停泊？”的结论为：可以停泊",
    ),
    ("transitions", "giving-up"): (
        "“giving up the berth”: from any state to “without a berth”",
        "“放弃泊位”：由任何状态转为“无泊位”",
    ),
    ("terms", "berth-term"): (
        "term of the berth: 5 years from the day on which this state begins: “at its berth”; "
        "then: “at the end of its term”",
        "泊位期限：自进入下列状态之日起5年：“在泊”；期满转为：“期限届满”",
    ),
    ("deadlines", "fee"): (
        "pay the fee for the berth, within 6 weeks after “allotment of a berth”; by whom: "
        "owner of the boat; met by: “payment of the fee”",
        "“分配泊位”后6周内缴纳泊位费；责任主体：船主；以下列事件为履行：“缴费”",
    ),
    ("deadlines", "notice"): (
        "report that the boat is in use, by 30 April of each year; by whom: owner of the boat; "
        "met by: “notice that it is in use”; owed only in the state: “at its berth” or “laid "
        "up on land”",
        "每年4月30日以前报告使用情况；责任主体：船主；以下列事件为履行：“使用情况报告”；"
        "仅限状态：“在泊”或“上岸停放”",
    ),
    ("lapses", "striking-off"): (
        "struck off, as the fee was not paid: from “at its berth” or “laid up on land” to "
        "“struck off”, where this was not done in time: pay the fee for the berth; legal "
        "effect: asking for a winter berth is barred for 2 years after the day of striking off",
        "未缴费除名：未按期缴纳泊位费的，由“在泊”或“上岸停放”转为“已除名”；"
        "法律后果：自除名日期起2年内不得申请冬季泊位",
    ),
    ("derived", "term-ends"): (
        "last day of the berth's term: the last day of the term of the berth",
        "泊位期限截止日：泊位期限的最后一日",
    ),
    ("derived", "where"): (
        "where it lies: afloat in “at its berth” or “at the end of its term”; on land in “laid "
        "up on land”",
        "停放处：“在泊”或“期限届满”：水上；“上岸停放”：岸上",
    ),
}


def program(library: Library, name: str) -> Program:
    ref = library.find(name)
    assert ref is not None
    found = library.program(ref).value
    assert found is not None
    return found


@pytest.mark.parametrize(("kind", "id"), SAID)
def test_an_entry_is_said_in_both_languages(second_law: Library, kind: str, id: str) -> None:
    of = program(second_law, "berths/2004")
    entry = of_time(of.history)[EntryKind(kind)][id]
    told = tuple(
        LawOfTime(of, Wording(of.vocabulary, language, of)).text(entry)
        for language in ("en", "zh")
    )
    assert told == SAID[kind, id]


@pytest.mark.whole
def test_every_entry_is_shown_once_under_its_provision(
    second_law: Library, library: Library
) -> None:
    for home, name in (
        (second_law, "berths/2004"),
        (library, "ip-cities/2014"),
        (library, "ip-cities/2016"),
    ):
        of = program(home, name)
        names: Counter[str] = Counter()
        for provision in heads(of):
            for block in provision_report(of, provision, (), "en"):
                if isinstance(block, Table):
                    names.update(row[-1] for row in block.rows if len(row) == 2)
        for kind, entries in of_time(of.history).items():
            assert all(names[f"{kind}.{id}"] == 1 for id in entries), (name, kind)
