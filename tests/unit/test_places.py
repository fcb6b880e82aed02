"""Places at which code can be made wrong: what is found, and that nothing else changes."""

from collections.abc import Callable
from typing import Any

from tests.places import chosen, places_of, switched

CODE = '''"""Whether a day lies in a span."""

LIMIT = 3


def within(low: int | None, day: int, high: int) -> bool:
    """Tell whether it does."""
    assert low != 7
    return (low is None or low <= day) and day <= high + 1


class Span:
    most: int = 4

    def left(self, days: list[int]) -> list[int]:
        return [day for day in days if day > 1][:2]
'''
PLACES = places_of("room/spans.py", CODE)


def made(wrong: str) -> Callable[[int | None, int, int], Any]:
    """Return `within` with one place wrong, by what stands there then."""
    numbers = {place: number for number, place in enumerate(PLACES)}
    text = switched("room/spans.py", CODE, numbers, "import __wrong__")
    names: dict[str, Any] = {"__wrong__": lambda number: PLACES[number].now == wrong}
    exec(text.replace("import __wrong__", ""), names)
    return names["within"]  # type: ignore[no-any-return]


def test_only_what_is_worked_out_in_functions_is_a_place() -> None:
    found = {(place.function, place.was, place.now) for place in PLACES}
    assert {function for function, _, _ in found} == {"within", "Span.left"}
    assert ("within", "low <= day", "low < day") in found
    assert ("within", "high + 1", "high - 1") in found
    assert ("within", "low is None or low <= day", "low <= day") in found
    assert ("Span.left", "day > 1", "True") in found
    assert not [was for _, was, _ in found if was in ("3", "4", "7", "low != 7")]


def test_a_place_is_wrong_where_it_is_asked_to_be() -> None:
    right, wrong = made(""), made("low < day")
    for low in (None, 1, 2):
        for day in range(5):
            assert right(low, day, 2) is ((low is None or low <= day) and day <= 3)
    assert (right(2, 2, 2), wrong(2, 2, 2), wrong(1, 2, 2)) == (True, False, True)


def test_places_are_chosen_by_a_seed_and_from_each_module_in_turn() -> None:
    other = places_of("room/others.py", CODE)
    some = chosen((*PLACES, *other), 10, 1)
    assert some == chosen((*reversed(other), *PLACES), 10, 1)
    assert some != chosen((*PLACES, *other), 10, 2)
    assert [place.module for place in some].count("room/spans.py") == 5
