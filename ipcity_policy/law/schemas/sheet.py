"""The shapes of the files about subjects: sheets and their sources."""

from collections.abc import Iterable
from dataclasses import replace

from ipcity_policy.lang import patterns
from ipcity_policy.law.schemas.leaves import (
    DATE_LEAF,
    DAYS_LEAF,
    NAME_LEAF,
    NOTE,
    TEXT,
    YEARS,
)
from ipcity_policy.law.schemas.migrations import former
from ipcity_policy.yaml.schema import (
    Anything,
    Either,
    Key,
    Leaf,
    ListOf,
    MapOf,
    Record,
    Schema,
    one_of,
)

SOURCES = MapOf(
    Record(
        "a source",
        "where facts were read",
        (
            Key("title", TEXT, "what it is", required=True, bilingual=True),
            Key("address", TEXT, "where to find it"),
            Key("reliability", TEXT, "how far it can be relied on", bilingual=True),
        ),
        former=former("a source"),
    )
)

SCALAR = Leaf(form="a value")
_COUNTS = (1, 999_999_999)
_COUNT = "[1-9][0-9]{0,8}"
_IN_PART = f"{patterns.in_part(_COUNT)}|unknown"
#: The place behind all others, however many there are.
LAST = "last"
PLACE = Leaf(
    f"{_IN_PART}|{LAST}",
    "a whole number from 1, `last`, `5 to 9`, `at least 5`, `at most 9`, or `unknown`",
    numbers=_COUNTS,
)
SIZE = Leaf(
    _IN_PART,
    "a whole number from 1, `40 to 60`, `at least 40`, `at most 60`, or `unknown`",
    numbers=_COUNTS,
)
#: The key of the options that remain of a choice.
ONE_OF = "one of"
_REMAINING = Record(
    "the options that remain",
    "what a choice is one of, where it is not known which",
    (Key(ONE_OF, ListOf(NAME_LEAF), "the options that are possible", required=True),),
)
CHOICE = Either(text=SCALAR, block=_REMAINING)
RANK = Record(
    "a rank",
    "a place among those of a cohort",
    (
        Key("rank", PLACE, "the place; 1 is the first", required=True),
        Key("of", SIZE, "how many there are in the cohort, or `unknown`", required=True),
        Key(
            "tied",
            Leaf(_COUNT, "a whole number from 1", numbers=_COUNTS),
            "how many share the place",
        ),
    ),
)
SERIES = MapOf(SCALAR, named=False)
SERIES_OF_CHOICES = MapOf(CHOICE, named=False)
#: Whether an option is in a set, and whether a document was submitted.
HELD = one_of(
    {
        "yes": "it is one of them",
        "no": "it is none of them",
        "unknown": "it was asked for, but is not known",
    }
)
SUBMITTED = one_of(
    {
        "yes": "it was submitted",
        "no": "it was not submitted",
        "unknown": "it was asked for, but is not known",
    }
)
OPTIONS = Either(list=ListOf(NAME_LEAF), block=MapOf(HELD))
_SOURCE = Key("source", NAME_LEAF, "where it was read")
#: A document is stated by whether, by whom and when it was submitted.
DOCUMENT = Record(
    "a document",
    "whether a document was submitted, by whom and when",
    (
        Key("submitted", SUBMITTED, "whether it was submitted", required=True),
        Key("by", NAME_LEAF, "the office that submitted it"),
        Key("on", DAYS_LEAF, "the day it was submitted"),
        _SOURCE,
        NOTE,
    ),
)


def statement_shape(value: Schema) -> Record:
    """Return the long form of a statement: the value, and who stated it, when and where."""
    return Record(
        "a statement",
        "what is stated of a fact: who states it, when, and where it was read",
        (
            Key("value", value, "what is stated", required=True),
            Key("by", NAME_LEAF, "the office that states it"),
            Key("on", DATE_LEAF, "the day it was stated"),
            Key("evidence", TEXT, "what a finding is based on"),
            _SOURCE,
            NOTE,
        ),
    )


#: What stands in place of the day of an event that did not happen.
NEVER_ON = "never"
WHEN = replace(
    DAYS_LEAF,
    pattern=f"{DAYS_LEAF.pattern}|{NEVER_ON}",
    form=f"{DAYS_LEAF.form}; or `{NEVER_ON}` where it did not happen",
)
EVENT_OF_SHEET = Record(
    "an event",
    "a dated happening in the subject's history",
    (
        Key("event", NAME_LEAF, "its kind, declared in the vocabulary", required=True),
        Key("on", WHEN, "the day, or what is known of it; or `never`", required=True),
        Key(
            "for",
            Leaf("[0-9]{4}", "a year", numbers=YEARS),
            "the year that it concerns, if not that of its day",
        ),
        Key(
            "term",
            Record(
                "a term as a notice states it",
                "its first and last day as a notice states them; they take precedence over "
                "calculated days",
                (
                    Key("from", DAYS_LEAF, "the first day", required=True),
                    Key("until", DAYS_LEAF, "the last day", required=True),
                ),
            ),
            "the term that the notice itself states",
        ),
        Key("facts", MapOf(Anything()), "facts that are stated with it"),
        Key("by", NAME_LEAF, "the office whose act it was"),
        _SOURCE,
        NOTE,
    ),
)


def sheet_shape(subject: str, of_subject: Iterable[str]) -> Record:
    """Return the shape of a sheet about a subject with that key and facts of its own."""
    return Record(
        "a sheet",
        "what is stated of one subject",
        (
            Key(
                "sheet",
                Leaf("1", "`1`", numbers=(1, 1)),
                "the version of the form of sheets",
                required=True,
            ),
            Key("measure", NAME_LEAF, "the measure it is for", required=True),
            Key(
                subject,
                Record(
                    f"`{subject}`",
                    "the subject itself, and the facts that belong to it",
                    (
                        Key("name", TEXT, "its name", required=True, bilingual=True),
                        *(
                            Key(fact, Anything(), "a fact of the subject itself")
                            for fact in of_subject
                        ),
                    ),
                ),
                "whom it is about",
                required=True,
            ),
            Key("facts", MapOf(Anything()), "what is stated"),
            Key(
                "events-known-from",
                DATE_LEAF,
                "the day from which on every event is stated, if not from the beginning",
            ),
            Key(
                "events-known-until",
                DATE_LEAF,
                "the day up to which every event is stated: an event that is not stated did "
                "not happen",
            ),
            Key(
                "events-not-known",
                ListOf(NAME_LEAF),
                "the kinds of event that it is silent on: such an event may have happened "
                "without being stated",
            ),
            Key("events", ListOf(EVENT_OF_SHEET), "what happened, in any order"),
            Key("sources", SOURCES, "sources in addition to those of the measure"),
            Key("note", TEXT, "a remark for readers", bilingual=True),
        ),
    )
