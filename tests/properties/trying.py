"""All laws on one generated measure and its sheets, by a seed: for the tests and the soak."""

from collections import Counter
from pathlib import Path
from random import Random

from jsonschema.protocols import Validator

from tests.properties.laws import (
    decided,
    kleene,
    known,
    lay,
    partly_known,
    rechecked,
    settled,
    verdicts,
)
from tests.properties.measures import Maker

#: Of how many measures one asks whether something is known: it may learn and turn round.
ASKING = 10


def try_laws(seed: int, folder: Path, schema: Validator, sheets: int) -> Counter[str]:
    """Try every law on the measure of a seed, until so many sheets were read; count them."""
    random, asking = Random(seed), seed % ASKING == 0
    laid = lay(Maker(random, known=asking).measure(), folder, random)
    laid.tried["measures"] += 1
    try:
        verdicts(laid, folder, schema)
        rechecked(laid)
        if not asking:
            kleene(laid)
        while laid.tried["sheets"] < sheets:
            decided(laid)
            for law in (known,) if asking else (partly_known, settled):
                law(laid)
    except AssertionError as error:
        error.add_note(f"seed {seed}, the last sheet:\n{laid.last}")
        raise
    return laid.tried
