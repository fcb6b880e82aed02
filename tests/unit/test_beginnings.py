"""What is known of the time before the first event that is told of: worked out by hand."""

import pytest

from tests.support import HEAD, SMALL, Make
from tests.unit.test_expected_position import EVENTS, LAW, differences, run_text

#: What is lent when it is counted is to be asked for within ten days.
COUNTED = LAW.replace(
    "  counting:\n",
    "  after-count:\n"
    "    {says-en: ask, says-zh: 催, duty-of: clerk, within: asking-time, after: counted,\n"
    "     during: [lent], met-by: [asked]}\n"
    "  counting:\n",
)


@pytest.mark.parametrize(
    ("known", "events", "stands"),
    [
        # Returned in February, so that it was lent or late before, nobody knows which.
        (
            "events-known-from: 2002-01-01",
            "{event: counted, on: 2002-01-05}, {event: returned, on: 2002-02-01}",
            "{state: free, deadlines: {after-count: unknown}}",
        ),
        # Of which all is told it was in store until it was lent.
        (
            "",
            "{event: counted, on: 2002-01-05}, {event: lent, on: 2002-02-01}, "
            "{event: returned, on: 2002-02-11}",
            "{state: free, deadlines: {after-count: not-owed}}",
        ),
        # Lent in December, and so until it was returned.
        (
            "",
            "{event: lent, on: 2001-12-31}, {event: counted, on: 2002-01-05}, "
            "{event: returned, on: 2002-01-20}",
            "{state: free, deadlines: {after-count: overdue}}",
        ),
    ],
)
def test_what_is_owed_by_where_something_stood_before(
    make: Make, known: str, events: str, stands: str
) -> None:
    files = {"facts.yaml": SMALL["facts.yaml"] + EVENTS, "1/article-02.yaml": HEAD + COUNTED}
    (case,) = run_text(
        make(files),
        "tests: small\ncases:\n  - case-en: A\n    case-zh: 甲\n    on: 2002-02-20\n"
        "    given:\n      thing: {name-en: T, name-zh: 物}\n"
        f"      events-known-until: 2009-12-31\n      events: [{events}]\n"
        + (f"      {known}\n" if known else "")
        + f"    stands: {stands}\n    why-en: W\n    why-zh: 因\n",
    )
    assert (case.passed, differences(case), case.diagnostics) == (True, [], ())
