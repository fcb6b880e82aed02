"""What a version says of time is checked as a whole, and changed by path."""

import pytest

from ipcity_policy.law.lifecycle import Rounds
from ipcity_policy.studies.lints.unused import lint_version, lint_vocabulary
from ipcity_policy.text.source import Source
from tests.support import READING, SMALL, Made, Make

#: A thing is shelved, lent for half a year and lost where nobody brings it back.
FACTS = SMALL["facts.yaml"].replace(
    "facts:\n",
    """\
events:
  bought: {label-en: purchase, label-zh: 购入, by: [clerk]}
  lent: {label-en: loan, label-zh: 借出}
  returned: {label-en: return, label-zh: 归还}
facts:
""",
    1,
)
TIME = """\
article: 2
title-en: Loans
title-zh: 借用
basis: attested
parameters: {loan: 6 months, grace: 2 weeks}
states:
  unknown-to-us: {label-en: not ours, label-zh: 非本馆所有, initial: yes}
  shelved: {label-en: on the shelf, label-zh: 在架}
  out: {label-en: lent, label-zh: 借出}
  overdue: {label-en: overdue, label-zh: 逾期}
  lost: {label-en: lost, label-zh: 遗失}
transitions:
  buying: {event: bought, from: [unknown-to-us], to: shelved}
  lending: {event: lent, from: [shelved], to: out}
  returning: {event: returned, from: [out, overdue], to: shelved}
terms:
  loan-term: {label-en: loan, label-zh: 借期, of: out, lasts: loan, then: overdue}
deadlines:
  bringing-back:
    says-en: It is brought back.
    says-zh: 归还。
    duty-of: clerk
    within: grace
    after: end of loan-term
    met-by: [returned]
lapses:
  losing:
    label-en: loss
    label-zh: 遗失
    missed: bringing-back
    from: [overdue]
    to: lost
    effects: [bar renewal for pause after sold]
derived:
  made: {day-of: [bought]}
counting:
  periods: {opening-day: not-counted}
"""


def timed(make: Make, old: str = "", new: str = "", **more: str) -> Made:
    """Make the small measure with loans, of which some text is written otherwise."""
    assert old in TIME
    files = {"facts.yaml": FACTS, "1/article-02.yaml": TIME.replace(old, new, 1)}
    return make({**files, **more})


def found(made: Made, old: str = "", new: str = "") -> list[tuple[str, str]]:
    """Return the codes of what is wrong in the article, with the line where it stands."""
    text = TIME.replace(old, new, 1)
    return [
        (code, text.splitlines()[int(at.split(":")[1]) - 1].strip().split(":")[0])
        for code, at in made.places()
    ]


def test_a_sound_history_is_sound(make: Make) -> None:
    assert timed(make).places() == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # A state that only a lapse or a term leads to is out of reach without it.
        (", then: overdue", "", [("M150", "overdue"), ("M150", "lost"), ("M152", "losing")]),
        ("to: lost", "to: shelved", [("M150", "lost")]),
        # One that leads only to itself is not reached by that.
        (
            "  lending: {event: lent, from: [shelved], to: out}",
            "  lending: {event: lent, from: [lost], to: lost}",
            [
                ("M150", "out"),
                ("M150", "overdue"),
                ("M150", "lost"),
                ("M152", "lending"),
                ("M152", "returning"),
                ("M152", "losing"),
            ],
        ),
        # From any state means from the first one too.
        ("from: [shelved], to: out", "from: any, to: out", []),
        # A duty owed in other states than the lapse ends.
        (
            "    within: grace\n    after: end of loan-term\n",
            '    each-year-by: "01-31"\n    during: [shelved]\n',
            [("M150", "lost"), ("M152", "losing")],
        ),
        ("    duty-of: clerk\n", "", [("M151", "bringing-back")]),
        (", initial: yes", "", [("M154", "unknown-to-us")]),
        ("label-zh: 在架}", "label-zh: 在架, initial: yes}", [("M154", "shelved")]),
    ],
)
def test_what_nobody_reaches_is_reported(
    make: Make, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert sorted(found(timed(make, old, new), old, new)) == sorted(expected)


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        ("", "", ["M153"]),
        ("decision: class, gives: low", "decision: class, gives: high", []),
        ("decision: class, gives: low", "decision: class, gives: low", ["M153"]),
        ("decision: class, gives: low", "", ["M153"]),
        ("decision: class, gives: low", "when: is-light", ["M153"]),
        ("when: is-light", "when: not is-light", []),
        ("when: is-light", "", ["M153"]),
        ("when: sealed is yes", "when: sealed is no", []),
        ("when: sealed is yes", "when: sealed is yes", ["M153"]),
        ("when: weight is below light", "when: weight is at least light", []),
        # They may exclude one another, but nothing that is written says so.
        ("when: weight is below light", "when: weight is at least heavy", ["M153"]),
        ("when: 'colour is \"red\"'", "when: 'colour is \"green\"'", []),
        ("when: 'colour is \"red\"'", "when: 'colour is not \"green\"'", ["M153"]),
        ("when: {all: [is-light, sealed is yes]}", "when: {none: [is-light]}", []),
        ("when: {any: [is-light, sealed is yes]}", "when: {none: [is-light]}", ["M153"]),
        (
            "when: {any: [is-light, sealed is yes]}",
            "when: {none: [is-light, sealed is yes]}",
            [],
        ),
        ("when: is-light and sealed is yes", "when: sealed is no and is-light", []),
        (
            "decision: class, gives: low, when: is-light",
            "decision: class, gives: low, when: not is-light",
            [],
        ),
    ],
)
def test_two_ways_out_of_one_state_are_told_apart(
    make: Make, first: str, second: str, codes: list[str]
) -> None:
    old = "  lending: {event: lent, from: [shelved], to: out}\n"
    new = (
        f"  lending: {{event: lent, from: [shelved], to: out, {first}}}\n"
        f"  giving: {{event: lent, from: any, to: lost, {second}}}\n"
    ).replace(", }", "}")
    assert found(timed(make, old, new), old, new) == [(code, "giving") for code in codes]


def test_ways_out_of_different_states_or_by_different_events_are_two(make: Make) -> None:
    old = "  returning:"
    for new in (
        "  again: {event: bought, from: [lost], to: shelved}\n  returning:",
        "  again: {event: lent, from: [unknown-to-us], to: out}\n  returning:",
    ):
        assert timed(make, old, new).places() == []


def test_a_misspelled_name_is_told_without_what_follows_from_it(make: Make) -> None:
    old, new = "from: [unknown-to-us]", "from: [unknown-to-me]"
    assert found(timed(make, old, new), old, new) == [("N101", "buying")]


def lints(made: Made) -> tuple[set[str], set[str]]:
    """Return the entries and the words of the vocabulary that nothing uses."""
    ref = made.library.find("small/1")
    assert ref is not None
    assert made.library.program(ref).value is not None
    version = {d.message_text.split("`")[1] for d in lint_version(made.library, ref)}
    return version, {
        d.message_text.split("`")[1] for d in lint_vocabulary(made.library, (ref,))
    }


def test_what_only_time_names_is_used(make: Make) -> None:
    entries, words = lints(timed(make))
    # Of the small measure alone `pause` is unused as well; the lapse reckons with it.
    assert entries == {"bulky", "start", "warm", "is-light"}
    assert words == {"volume", "sealed", "colour"}
    guarded = timed(make, "to: out}", "to: out, when: is-light and sealed is yes}")
    entries, words = lints(guarded)
    assert "is-light" not in entries
    assert "sealed" not in words


def test_an_event_that_nothing_knows_is_unused(make: Make) -> None:
    old = "  returning: {event: returned, from: [out, overdue], to: shelved}\n"
    _, words = lints(timed(make, old, ""))
    assert "returned" not in words  # it still meets a duty
    made = timed(make, "  made: {day-of: [bought]}\n", "  made: {start-of: loan-term}\n")
    assert "bought" not in lints(made)[1]
    more = FACTS.replace("  lent: {", "  sunk: {label-en: S, label-zh: 沉}\n  lent: {")
    assert "sunk" in lints(timed(make, **{"facts.yaml": more}))[1]


def test_a_reading_of_how_periods_are_counted_is_used(make: Make) -> None:
    reading = READING.replace("CHANGE", "counting.periods.opening-day: counted")
    made = timed(make, **{"1/article-03.yaml": f"article: 3\n{_HEAD}{reading}"})
    assert made.places() == []
    assert "edge" not in lints(made)[0]


_HEAD = "title-en: C\ntitle-zh: 三\nbasis: attested\n"
DRAFT = "amends: small/1\ntitle-en: D\ntitle-zh: 草\n"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ("change: {deadlines.bringing-back.within: pause}", []),
        ("change: {counting.periods.opening-day: counted}", []),
        ("change: {counting.periods.opening-day: perhaps}", ["S204"]),
        ("change: {deadlines.bringing-back.within: light}", ["T101"]),
        ("change: {deadlines.bringing-back.duty-of: nobody}", ["N101"]),
        ("repeal: [deadlines.bringing-back.duty-of]", ["M151"]),
        ("repeal: [terms.loan-term.then]", ["M150", "M150", "M152"]),
        ("repeal: [lapses.losing]", ["M150"]),
        ("repeal: [lapses.losing, states.lost]", []),
        ("repeal: [parameters.grace]", ["N101"]),
        ("change: {parameters.grace: 3 grams}", ["T101"]),
        ("change: {parameters.grace: 3 weeks}", []),
        ("repeal: [states.unknown-to-us.initial]", ["M154"]),
        (
            "add: {transitions.giving: "
            "{event: lent, from: [shelved], to: lost, provision: art-2}}",
            ["M153"],
        ),
        ("repeal: [rules.is-light]", []),
    ],
)
def test_a_draft_changes_what_is_said_of_time(
    make: Make, changes: str, codes: list[str]
) -> None:
    made = timed(make, **{"drafts/d.yaml": f"{DRAFT}{changes}\n"})
    assert sorted(made.codes("small/d")) == codes


def test_a_draft_is_read_with_its_changes(make: Make) -> None:
    changes = (
        "change: {deadlines.bringing-back.within: pause, counting.periods.opening-day: counted}"
    )
    made = timed(make, **{"drafts/d.yaml": f"{DRAFT}{changes}\nrepeal: [lapses.losing]\n"})
    ref = made.library.find("small/d")
    assert ref is not None
    program = made.library.program(ref).value
    assert program is not None
    assert program.history.deadlines["bringing-back"].within == "pause"
    assert program.history.counting.opening_day
    assert not program.history.lapses


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ("deadlines.bringing-back.within: pause", []),
        ("deadlines.bringing-back.within: light", ["T101"]),
        ("parameters.grace: 3 grams", ["T101"]),
        ("transitions.returning.event: bought", []),
        ("transitions.buying.to: out", []),
        # The shelf, the loan and what is overdue, and what leads out of them.
        ("transitions.buying.to: lost", ["M150"] * 3 + ["M152"] * 3),
    ],
)
def test_what_an_option_changes_of_time_is_checked_again(
    make: Make, change: str, codes: list[str]
) -> None:
    reading = READING.replace("CHANGE", change)
    made = timed(make, **{"1/article-03.yaml": f"article: 3\n{_HEAD}{reading}"})
    assert sorted(made.codes()) == codes


def test_every_slip_is_found_where_it_was_made(make: Make) -> None:
    for old, new, code, at in (
        ("to: out}", "to: oot}", "N101", "oot}"),
        ("event: lent", "event: lend", "N101", "lend,"),
        ("lasts: loan", "lasts: light", "T101", "light,"),
        ("end of loan-term", "end of lone-term", "N101", "lone-term"),
        ("duty-of: clerk", "duty-of: clark", "N101", "clark"),
        ("missed: bringing-back", "missed: bringing", "N101", "bringing\n"),
        ("made: {day-of", "sealed: {day-of", "T101", "sealed: {"),
    ):
        text = TIME.replace(old, new, 1)
        place = Source("x", text).position(text.index(at))
        expected = (code, f"1/article-02.yaml:{place.line}:{place.column}")
        assert expected in timed(make, old, new).places(), new


@pytest.mark.parametrize(
    ("stated", "codes"), [("mark", []), ("weight", ["T101"]), ("glow", ["T101"])]
)
def test_what_events_state_by_year_is_of_the_type_of_one_year(
    make: Make, stated: str, codes: list[str]
) -> None:
    named = "asks-en: Q?, asks-zh: 问？, label-en: L, label-zh: 名"
    grades = "{good: {label-en: good, label-zh: 优}, poor: {label-en: poor, label-zh: 差}}"
    facts = f"""\
  marks: {{type: series, each: choice, {named}, options: {grades}}}
  mark: {{type: choice, {named}, options: {grades}}}
  glow: {{type: choice, {named}, options: {{lit: {{label-en: lit, label-zh: 亮}}}}}}
"""
    derived = f"derived:\n  marks: {{by-year: bought, states: {stated}}}\n"
    made = make(
        {"facts.yaml": FACTS + facts, "1/article-02.yaml": TIME.replace("derived:\n", derived)}
    )
    assert made.codes() == codes


@pytest.mark.parametrize(
    ("low", "high", "later"),
    [(0, 0, False), (0, 1, False), (1, 1, False), (1, 2, True), (2, 2, True), (0, None, True)],
)
def test_what_may_be_a_round_after_the_first(
    low: int, high: int | None, *, later: bool
) -> None:
    assert Rounds(low, high).may_be_later is later
