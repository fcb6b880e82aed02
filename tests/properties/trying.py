"""All laws on one generated measure and its sheets, by a seed: for the tests and the soak."""

from collections import Counter
from pathlib import Path
from random import Random

from jsonschema.protocols import Validator

from tests.properties.laws import decided, kleene, lay, partly_known, settled, verdicts
from tests.properties.measures import Maker


def try_laws(seed: int, folder: Path, schema: Validator, sheets: int) -> Counter[str]:
    """Try every law on the measure of a seed, until so many sheets were read; count them."""
    random = Random(seed)
    laid = lay(Maker(random).measure(), folder, random)
    laid.tried["measures"] += 1
    try:
        kleene(laid)
        verdicts(laid, folder, schema)
        while laid.tried["sheets"] < sheets:
            decided(laid)
            partly_known(laid)
            settled(laid)
    except AssertionError as error:
        error.add_note(f"seed {seed}, the last sheet:\n{laid.last}")
        raise
    return laid.tried
