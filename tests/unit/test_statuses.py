"""What combinations come to and what they rest on, each worked out by hand.

A part that is not decided rests on what would have to be learnt of it; what is decided rests on
the parts that decide it, and on the firmest where one of several suffices.
"""

import pytest

from ipcity_policy.engines.interpreter.explanation import Reason, ReasonKind, Status
from ipcity_policy.engines.interpreter.statuses import (
    MayBe,
    at_least,
    opposite_of,
    several,
    unless,
    where,
)
from ipcity_policy.law.model import Basis, Origin

MET, NOT_MET, ABSENT = Status.MET, Status.NOT_MET, Status.NOT_APPLICABLE
#: What each letter of the tables may turn out to be.
OPEN: dict[str, MayBe] = {
    "+": frozenset({MET}),
    "-": frozenset({NOT_MET}),
    "?": frozenset({MET, NOT_MET}),
    "0": frozenset({ABSENT}),
    "+0": frozenset({MET, ABSENT}),
    "-0": frozenset({NOT_MET, ABSENT}),
    "?0": frozenset({MET, NOT_MET, ABSENT}),
}
#: What each rests on, the firmest first.
BASES = {"a": Basis.ATTESTED, "i": Basis.INFERRED, "s": Basis.ASSUMED, "u": Basis.UNAVAILABLE}


def part(text: str) -> Reason:
    """Return a condition by its letters: what it may be, and what it rests on."""
    may_be, basis = OPEN[text[:-1]], BASES[text[-1]]
    status = next(iter(may_be)) if len(may_be) == 1 else Status.UNKNOWN
    origin = Origin("", basis)
    return Reason(
        kind=ReasonKind.CONDITION,
        asked=None,
        status=status,
        basis=basis,
        origin=origin,
        may_be=may_be,
    )


def parts(text: str) -> tuple[Reason, ...]:
    return tuple(map(part, text.split()))


def told(found: tuple[MayBe, Basis]) -> str:
    letters = {may_be: letter for letter, may_be in OPEN.items()}
    bases = {basis: letter for letter, basis in BASES.items()}
    return letters[found[0]] + bases[found[1]]


@pytest.mark.parametrize(
    ("condition", "exception", "together"),
    [
        # It holds, for it is met and nothing holds it back: both are needed.
        ("+a", "-i", "+i"),
        ("+s", "-a", "+s"),
        # It does not, for either reason alone: the firmer is enough.
        ("-s", "-a", "-s"),
        ("+a", "+i", "-i"),
        ("-s", "+i", "-i"),
        ("-i", "+s", "-i"),
        ("-s", "?a", "-s"),
        ("?a", "+s", "-s"),
        # It is open: what is not known of it decides.
        ("?i", "-s", "?i"),
        ("+s", "?i", "?i"),
        ("?i", "?s", "?s"),
        # What is not asked is held back by nothing, and holds nothing back.
        ("0s", "+a", "0s"),
        ("0i", "-s", "0i"),
        ("+i", "0s", "+i"),
        ("-i", "0s", "-i"),
        ("?i", "0s", "?i"),
        ("+0a", "+i", "-0a"),
        ("+0a", "-i", "+0a"),
        ("-0i", "?a", "-0i"),
        ("+0a", "?i", "?0i"),
    ],
)
def test_an_exception_holds_back_what_is_met(
    condition: str, exception: str, together: str
) -> None:
    assert told(unless(part(condition), part(exception))) == together


@pytest.mark.parametrize(
    ("applies", "condition", "together"),
    [
        # Asked: both tell that it is met, or is not.
        ("+a", "+s", "+s"),
        ("+s", "-a", "-s"),
        ("+i", "?s", "?s"),
        # Not asked, whatever the condition is.
        ("-i", "+s", "0i"),
        ("0s", "-a", "0s"),
        # Whether it is asked is open.
        ("?i", "+s", "+0i"),
        ("?s", "?i", "?0s"),
        ("+0i", "-s", "-0i"),
        ("-0i", "+s", "0i"),
    ],
)
def test_what_is_asked_only_where_something_applies(
    applies: str, condition: str, together: str
) -> None:
    assert told(where(part(applies), part(condition))) == together


@pytest.mark.parametrize(
    ("given", "all_", "any_"),
    [
        # One that fails settles that not all hold, the firmest of them; one met, that any does.
        ("+a +s", "+s", "+a"),
        ("-i -s", "-i", "-s"),
        ("+i -s", "-s", "+i"),
        ("?a -s -i", "-i", "?a"),
        ("?a +s +i", "?a", "+i"),
        ("?a ?s +u", "?s", "+u"),
        # What is not asked is left out.
        ("0s +i", "+i", "+i"),
        ("0s -i 0u", "-i", "-i"),
        ("0i 0s", "0s", "0s"),
        ("+0i -a", "-a", "?i"),
        ("+0i +a", "+i", "+a"),
        ("-0i +a", "?i", "+a"),
        ("+0i -0s", "?0s", "?0s"),
    ],
)
def test_all_and_any(given: str, all_: str, any_: str) -> None:
    assert told(several(parts(given), alone=NOT_MET)) == all_
    assert told(several(parts(given), alone=MET)) == any_


def test_all_of_nothing_hold_and_none_of_it_does() -> None:
    assert told(several((), alone=NOT_MET)) == "+a"
    assert told(several((), alone=MET)) == "-a"
    assert told(at_least((), 0)) == "+a"
    assert told(at_least((), 1)) == "-a"


@pytest.mark.parametrize(
    ("count", "given", "together"),
    [
        # Two are met: so many of the firmest are enough.
        (2, "+a +i +s", "+i"),
        (3, "+a +i +s", "+s"),
        (2, "+a +s -i", "+s"),
        # Of three, two that fail leave too few; of two, one.
        (2, "-a -i -s", "-i"),
        (2, "+a -i -s", "-s"),
        (2, "+a -i", "-i"),
        (2, "?a -i -s", "-s"),
        # One more may be met.
        (2, "+s ?i -u", "?i"),
        (2, "?a ?s ?i", "?s"),
        # What is not asked is no part of it: of the one that is left, none can be two.
        (2, "+a 0i", "-a"),
        (1, "0i 0s", "0s"),
        (1, "+0a -i", "?a"),
        (1, "-i +0a", "?a"),
        (1, "+0a 0i", "+0a"),
        (0, "-a -i", "+a"),
    ],
)
def test_so_many_of_several(count: int, given: str, together: str) -> None:
    assert told(at_least(parts(given), count)) == together


@pytest.mark.parametrize(
    ("given", "turned"),
    [("+i", "-i"), ("-s", "+s"), ("?a", "?a"), ("0i", "0i"), ("+0s", "-0s")],
)
def test_a_condition_turned_round(given: str, turned: str) -> None:
    assert told(opposite_of(part(given))) == turned
