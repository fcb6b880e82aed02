"""The laws of every measure, on generated ones and sheets of them.

`bench/soak.py` tries the same on more.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import jsonschema
import pytest

from ipcity_policy.lang import core
from ipcity_policy.lang.arithmetic import ARITHMETIC
from ipcity_policy.lang.operators import OPERATORS
from ipcity_policy.law.program import Program
from tests.properties.laws import lay, rechecked
from tests.properties.measures import Maker
from tests.properties.trying import ASKING, try_laws
from tests.support import parts

MEASURES, SHEETS, PARTS = 60, 1_200, 20
#: How often each law is tried at least in each part, where a sheet is asked what it states and
#: where it is not.
FLOORS = {
    True: {"decided as the law gives": 30, "asked about the sheet": 40},
    False: {
        "decided as the law gives": 5,
        "laws of conditions": 100,
        "known is so, and so is possible": 10,
        "learning flips nothing and adds nothing": 10,
        "a month narrowed to a day": 5,
        "what is missing decides": 1,
        "what is not missing changes nothing": 1,
        "what settles it settles it": 8,
    },
}
#: Measures of the long form that showed a fault once.
ONCE_FAILED = (1_004_711, 1_006_571)


@pytest.mark.parametrize("part", parts(PARTS, whole=4))
def test_every_law_holds_of_generated_measures_and_sheets(
    part: int, tmp_path: Path, verdict_schema: jsonschema.Draft202012Validator
) -> None:
    tried: Counter[str] = Counter()
    for seed in range(part, MEASURES, PARTS):
        tried += try_laws(seed, tmp_path / str(seed), verdict_schema, SHEETS // MEASURES)
    assert tried["measures"] == MEASURES // PARTS
    assert tried["sheets"] >= SHEETS // PARTS
    assert tried["verdicts"] >= 4
    floors = FLOORS[part % ASKING == 0]
    assert {name: tried[name] for name, least in floors.items() if tried[name] < least} == {}


@pytest.mark.whole
def test_options_are_checked_again(tmp_path: Path) -> None:
    tried: Counter[str] = Counter()
    for seed in range(30):
        random = Random(seed)
        laid = lay(Maker(random).measure(), tmp_path / str(seed), random)
        rechecked(laid)
        tried += laid.tried
        tried["of three and more"] += any(len(r.options) > 1 for r in laid.measure.readings)
    assert tried["an option checked again"] > 10
    assert tried["of three and more"] > 3


@pytest.mark.whole
@pytest.mark.parametrize("seed", ONCE_FAILED)
def test_what_failed_once_holds(
    seed: int, tmp_path: Path, verdict_schema: jsonschema.Draft202012Validator
) -> None:
    assert try_laws(seed, tmp_path, verdict_schema, 20)["measures"] == 1


@pytest.mark.whole
def test_what_is_made_has_every_operator(tmp_path: Path) -> None:
    words: set[str] = set()
    for seed in range(40):
        random = Random(seed)
        laid = lay(Maker(random, known=True).measure(), tmp_path / str(seed), random)
        words |= set(operators(laid.program))
    assert {*OPERATORS, *ARITHMETIC} - words == {"between"}  # it is written out as others


def operators(program: Program) -> Iterator[str]:
    """Yield the operators that a version uses."""
    conditions = [rule.condition for rule in program.rules.values()]
    for decision in program.decisions.values():
        conditions += [row.condition for row in decision.outcomes if row.condition is not None]
    for condition in conditions:
        for leaf in core.leaves(condition):
            if not isinstance(leaf, core.Met):
                yield leaf.operator
    todo = [quantity.expression for quantity in program.quantities.values()]
    while todo:
        match todo.pop():
            case core.Calculate(operator, parts):
                yield operator
                todo += parts
            case core.Rounded(part, way):
                yield way
                todo.append(part)
