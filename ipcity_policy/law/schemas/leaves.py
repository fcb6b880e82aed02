"""The small shapes that files of a measure share: names, titles, where an entry stands."""

from ipcity_policy.lang import patterns
from ipcity_policy.lang.literals import DATE
from ipcity_policy.yaml.schema import NAME, Key, Leaf, one_of

TEXT = Leaf()
NAME_LEAF = Leaf(NAME, "a name in lower-case words joined by hyphens")
BASIS = one_of(
    {
        "attested": "the text itself says so",
        "inferred": "the best reading of an unclear text",
        "assumed": "the text is not available, and something else is used in its place",
        "unavailable": "the text is not available, and nothing is used in its place",
    }
)
#: The years that are numbers to JSON.
YEARS = (1000, 9999)
DATE_LEAF = Leaf(DATE, "a date such as `2001-05-17`, `2001-05` or `2001`", numbers=YEARS)
#: A day that may be known in part.
DAYS_LEAF = Leaf(
    patterns.days_in_part(DATE),
    "a date such as `2001-05-17`, `2001-05` or `2001`, or a part of what is known of it: "
    "`2001-05-17 to 2001-06-03`, `on or before 2001-05-17`, `on or after 2001-05-17`",
    numbers=YEARS,
)
VERSION = Leaf(rf"{NAME}/[a-z0-9-]+", "a version such as `measure/2000`")
PROVISION = Leaf(
    r"[a-z]+(?:-[a-z0-9]+)*(?:\.[ivx]+(?:-[a-z])?)?",
    "the id of a provision, such as `art-5.ii`",
)

LABEL = Key(
    "label", TEXT, "what readers see instead of the name", required=True, bilingual=True
)
TITLE = Key("title", TEXT, "its title", required=True, bilingual=True)
NOTE = Key("note", TEXT, "a remark for readers", bilingual=True)
STANDS = (
    Key("provision", PROVISION, "the provision it belongs to, if not the whole article"),
    Key("basis", BASIS, "what it is based on, if not what its provision is based on"),
)
