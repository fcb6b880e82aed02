"""The small shapes that files of a measure share: names, titles, where an entry stands."""

from ipcity_policy.text.shape import NAME, Key, Leaf

TEXT = Leaf()
NAME_LEAF = Leaf(NAME, "a name in lower-case words joined by hyphens")
YES_OR_NO = Leaf("yes|no", "`yes` or `no`")
BASIS = Leaf(
    "attested|inferred|assumed|unavailable",
    "`attested`, `inferred`, `assumed` or `unavailable`",
)
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
    Key("provision", PROVISION, "the provision it stands under, if not the whole article"),
    Key("basis", BASIS, "what it rests on, if not what its provision rests on"),
)
