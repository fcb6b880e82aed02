"""The shape of an indicator system: a table of indicators whose scores add up to a total."""

from ipcity_policy.lang.literals import NUMBER
from ipcity_policy.law.schemas.leaves import NAME_LEAF, NOTE, STANDS, TEXT
from ipcity_policy.yaml.schema import NAME, Key, Leaf, ListOf, MapOf, Record, one_of

_AMOUNT = f"{NUMBER.removeprefix('-?')} {NAME}"
_POINTS = Leaf(rf"unknown|{_AMOUNT}", "an amount such as `12 points`, or `unknown`")
_TITLE = Key("title", TEXT, "what it is, in a few words", required=True, bilingual=True)
_MORE = one_of({"yes": "there are more of them, and nothing is known of these"})

INDICATOR = Record(
    "an indicator",
    "a row of the table, under the name of the fact that states its score",
    (
        Key("number", Leaf("[1-9][0-9]*", "a number", numbers=(1, None)), "its number"),
        _TITLE,
        Key("points", _POINTS, "its maximum score", required=True),
        Key(
            "reverse",
            one_of({"yes": "the less there is of what is measured, the higher is the score"}),
            "whether less of it is better",
        ),
        Key("unit", TEXT, "what is measured, with its unit", bilingual=True),
        Key(
            "method",
            TEXT,
            "how a score is found from what is measured; left out where that is not known",
            bilingual=True,
        ),
        *STANDS,
        NOTE,
    ),
)

BLOCK = Record(
    "a block of indicators",
    "indicators that belong together; its name is that of their total, which rules compare",
    (
        _TITLE,
        Key("points", _POINTS, "the points that its indicators hold together", required=True),
        Key("rows", MapOf(INDICATOR), "its indicators, each by the fact that states its score"),
        Key("further", _MORE, "whether it has indicators that are not known"),
        *STANDS,
        NOTE,
    ),
)

PART = Record(
    "a part of a weighted total",
    "another indicator system that counts by a weight",
    (
        Key(
            "weight",
            Leaf(rf"unknown|{_AMOUNT}", "a share such as `30 percent`, or `unknown`"),
            "its weight",
            required=True,
        ),
    ),
)

SYSTEM = Record(
    "an indicator system",
    "a table of indicators; its name is that of its total, which rules compare",
    (
        _TITLE,
        Key(
            "points",
            Leaf(_AMOUNT, "an amount such as `12 points`"),
            "the points that it has in all",
            required=True,
        ),
        Key(
            "given",
            NAME_LEAF,
            "the fact by which an office states the total, which counts while the scores leave "
            "it open",
        ),
        Key(
            "bounds",
            ListOf(NAME_LEAF),
            "facts that state what was scored by it, and cannot be more than its points",
        ),
        Key("blocks", MapOf(BLOCK), "its blocks; the name of each is that of its total"),
        Key("parts", MapOf(PART), "other indicator systems whose totals are weighted in it"),
        Key("further", _MORE, "whether it has blocks or parts that are not known"),
        *STANDS,
        NOTE,
    ),
)
