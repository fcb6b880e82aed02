"""The shape of an interpretation: the readings of the text that an office has adopted."""

from ipcity_policy.law.schemas.leaves import DATE_LEAF, NAME_LEAF, NOTE, TITLE, VERSION
from ipcity_policy.yaml.schema import Key, ListOf, MapOf, Record

INTERPRETATION = Record(
    "an interpretation",
    "how an office has said that it reads doubtful places of the text",
    (
        Key("interprets", NAME_LEAF, "the measure that it reads", required=True),
        TITLE,
        Key("adopted-by", NAME_LEAF, "the office that has adopted it", required=True),
        Key("on", DATE_LEAF, "the day on which it was adopted", required=True),
        Key(
            "source",
            NAME_LEAF,
            "where it was read, one of the measure's sources",
            required=True,
        ),
        Key("versions", ListOf(VERSION), "the versions whose text it reads", required=True),
        Key(
            "options",
            MapOf(NAME_LEAF),
            "readings by name, each with the option that the office has adopted",
            required=True,
        ),
        NOTE,
    ),
)
