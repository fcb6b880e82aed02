"""The shapes of sentences, and of the blocks that join them: conditions and calculations."""

from ipcity_policy.lang.syntax import Start
from ipcity_policy.yaml.schema import Again, Either, Key, Leaf, ListOf, Record


def sentence(form: str, *starts: Start) -> Leaf:
    """Return the shape of a sentence, by the start rules of the grammar that it may follow."""
    return Leaf(form=form, sentences=starts)


def _condition() -> Either:
    return CONDITION


_AGAIN = ListOf(Again("condition", _condition))
CONDITION = Either(
    text=sentence("a sentence or the name of a rule", "condition"),
    block=Record(
        "a combination",
        "conditions joined into one",
        (
            Key("all", _AGAIN, "conditions that must all hold"),
            Key("any", _AGAIN, "conditions of which one must hold"),
            Key("none", _AGAIN, "conditions of which none may hold"),
            Key(
                "at-least",
                Leaf(form="the name of a parameter"),
                "the parameter that says how many must hold of `of:`",
            ),
            Key("of", _AGAIN, "conditions of which at least so many must hold"),
        ),
    ),
)


def _calculation() -> Either:
    return CALCULATION


_TERMS = ListOf(Again("calculation", _calculation))
CALCULATION = Either(
    text=sentence("a sentence or a name", "calculation"),
    block=Record(
        "an operation",
        "values calculated into one",
        (
            Key("sum", _TERMS, "values that are added up"),
            Key("least", _TERMS, "values of which the smallest counts"),
            Key("greatest", _TERMS, "values of which the largest counts"),
        ),
    ),
)

EFFECTS = Key("effects", ListOf(sentence("a sentence", "effect")), "what this causes")
