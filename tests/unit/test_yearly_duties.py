"""A duty of each year that is owed only where its day lies in a term: days reckoned by hand."""

import pytest

from tests.support import HEAD, SMALL, Make
from tests.unit.test_expected_position import differences, run_text

EVENTS = """\
events:
  taken: {label-en: taking, label-zh: 取用}
  shown: {label-en: showing, label-zh: 展出}
  strayed: {label-en: straying, label-zh: 流出}
  returned: {label-en: return, label-zh: 归还}
  noted: {label-en: note, label-zh: 记录, by: [clerk]}
"""
#: Held for a year, also while it is shown; what strayed is shown without ever being held.
LAW = """\
parameters: {hold-time: 1 year}
states:
  free: {label-en: free, label-zh: 在库, initial: yes}
  held: {label-en: held, label-zh: 持有}
  shown: {label-en: shown, label-zh: 展出}
transitions:
  taking: {event: taken, from: [free], to: held}
  showing: {event: shown, from: [held], to: shown}
  straying: {event: strayed, from: [free], to: shown}
  returning: {event: returned, from: [held, shown], to: free}
terms:
  hold: {label-en: hold, label-zh: 持有期, of: held, lasts: hold-time, through: [shown]}
deadlines:
  note:
    {says-en: note it, says-zh: 记录, duty-of: clerk, each-year-by: 03-31,
     during: [held, shown], in-term: hold, met-by: [noted]}
counting:
  days: {opening-day: OPENING, last-day: included, rest-days: stay}
"""
TAKEN = "{event: taken, on: 2001-03-31}"
BEGINNING_UNKNOWN = "events-known-from: 2002-01-01"


@pytest.mark.parametrize(
    ("opening", "known", "events", "owed"),
    [
        # From 1 April 2001 to 31 March 2002: the day before is not in it, its last day is.
        (
            "not-counted",
            "",
            TAKEN,
            "note 2001: not-owed, note 2002: overdue, note 2003: not-owed",
        ),
        # From 31 March 2001 to 30 March 2002.
        ("counted", "", TAKEN, "note 2001: overdue, note 2002: not-owed, note 2003: not-owed"),
        # A notice that states its first day counts it, whatever the text does; be it the day
        # of the event or another.
        (
            "not-counted",
            "",
            "{event: taken, on: 2001-03-31, term: {from: 2001-03-31, until: 2002-03-30}}",
            "note 2001: overdue, note 2002: not-owed",
        ),
        (
            "not-counted",
            "",
            "{event: taken, on: 2001-03-20, term: {from: 2001-03-31, until: 2002-03-30}}",
            "note 2001: overdue, note 2002: not-owed",
        ),
        # From a day between 2 March and 1 April: 31 March may lie in it, and so a year later.
        (
            "not-counted",
            "",
            "{event: taken, on: 2001-03}",
            "note 2001: unknown, note 2002: unknown, note 2003: not-owed",
        ),
        # Whatever day of February it was, it had begun by March, and was over a year later.
        (
            "not-counted",
            "",
            "{event: taken, on: 2001-02}",
            "note 2001: overdue, note 2002: not-owed",
        ),
        # In a state that owes the duty, and no term ever began.
        (
            "not-counted",
            "",
            "{event: strayed, on: 2001-02-01}",
            "note 2001: not-owed, note 2002: not-owed, note 2003: not-owed",
        ),
        # Held before what is told begins, and nobody knows since when.
        (
            "not-counted",
            BEGINNING_UNKNOWN,
            "{event: shown, on: 2002-02-01}",
            "note 2002: unknown",
        ),
        # What was held before does not make doubtful what is held now.
        (
            "not-counted",
            BEGINNING_UNKNOWN,
            "{event: shown, on: 2002-02-01}, {event: returned, on: 2002-05-01}, "
            "{event: taken, on: 2002-06-01}",
            "note 2002: unknown, note 2003: overdue",
        ),
        # What was given back is held no longer; that it is taken again on the day itself makes
        # its second term begin only on the day after.
        (
            "not-counted",
            "",
            "{event: taken, on: 2001-02-01}, {event: returned, on: 2001-03-01}, " + TAKEN,
            "note 2001: not-owed, note 2002: overdue",
        ),
    ],
)
def test_a_yearly_duty_is_owed_where_its_day_lies_in_the_term(
    make: Make, opening: str, known: str, events: str, owed: str
) -> None:
    files = {
        "facts.yaml": SMALL["facts.yaml"] + EVENTS,
        "1/article-02.yaml": HEAD + LAW.replace("OPENING", opening),
    }
    (case,) = run_text(
        make(files),
        "tests: small\ncases:\n  - case-en: A\n    case-zh: 甲\n    on: 2003-06-01\n"
        "    given:\n      thing: {name-en: T, name-zh: 物}\n"
        f"      events-known-until: 2009-12-31\n      events: [{events}]\n"
        + (f"      {known}\n" if known else "")
        + f"    stands: {{deadlines: {{{owed}}}}}\n    why-en: W\n    why-zh: 因\n",
    )
    assert (case.passed, differences(case), case.diagnostics) == (True, [], ())
