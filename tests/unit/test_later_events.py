"""What only a later event tells of an earlier one is not told by that one itself."""

import pytest

from tests.support import HEAD, SMALL, Make
from tests.unit.test_expected_position import differences, run_text

EVENTS = """\
events:
  sorted: {label-en: sorting, label-zh: 分拣}
  tossed: {label-en: tossing, label-zh: 丢弃}
  emptied: {label-en: emptying, label-zh: 清空}
"""
#: By its weight a thing comes into one of two boxes, of which only the small one is emptied.
LAW = """\
decisions:
  size:
    asks-en: S
    asks-zh: 大
    by: weight
    bands:
      - {outcome: little, says-en: little, says-zh: 少, when: below light}
      - {outcome: much, says-en: much, says-zh: 多, when: otherwise}
parameters: {light: 10 grams}
states:
  new: {label-en: new, label-zh: 新, initial: yes}
  small-box: {label-en: small box, label-zh: 小箱}
  big-box: {label-en: big box, label-zh: 大箱}
  gone: {label-en: gone, label-zh: 去}
transitions:
  into-the-small: {event: sorted, from: [new], to: small-box, decision: size, gives: little}
  into-the-big: {event: sorted, from: [new], to: big-box, decision: size, gives: much}
  out-of-the-big: {event: sorted, from: [big-box], to: gone}
  tossing: {event: tossed, from: [new], to: gone}
  emptying: {event: emptied, from: [small-box], to: gone}
"""


#: The same, each way under a condition of its own.
PLAIN = LAW.replace("decision: size, gives: little", "when: weight is below light").replace(
    "decision: size, gives: much", "when: weight is at least light"
)


@pytest.mark.parametrize("law", [LAW, PLAIN])
@pytest.mark.parametrize(
    ("facts", "events", "stands"),
    [
        # Sorted, nobody knows where.
        ("", "", "{possible: [small-box, big-box], steps: []}"),
        # It was in the small box, as nothing else is emptied; that tells it, not the sorting.
        ("", ", {event: emptied, on: 2001-02-01}", "{state: gone, steps: [emptying]}"),
        # Its weight tells where the sorting led.
        (
            "weight: 9 grams",
            ", {event: emptied, on: 2001-02-01}",
            "{state: gone, steps: [into-the-small, emptying]}",
        ),
    ],
)
def test_where_a_step_led_is_told_by_itself(
    make: Make, facts: str, events: str, stands: str, law: str
) -> None:
    files = {
        "facts.yaml": SMALL["facts.yaml"] + EVENTS,
        "1/article-01.yaml": HEAD.replace("2", "1", 1) + law,
    }
    (case,) = run_text(
        make(files),
        "tests: small\ncases:\n  - case-en: A\n    case-zh: 甲\n    on: 2001-03-01\n"
        f"    given:\n      thing: {{name-en: T, name-zh: 物}}\n      facts: {{{facts}}}\n"
        "      events-known-until: 2009-12-31\n"
        f"      events: [{{event: sorted, on: 2001-01-01}}{events}]\n"
        f"    stands: {stands}\n    why-en: W\n    why-zh: 因\n",
    )
    assert (case.passed, differences(case), case.diagnostics) == (True, [], ())
