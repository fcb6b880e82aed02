"""The shapes of the files about subjects: sheets, sources and rule tests."""

from collections.abc import Iterable

from ipcity_policy.measure.shapes.leaves import (
    BASIS,
    DATE_LEAF,
    NAME_LEAF,
    NOTE,
    PROVISION,
    TEXT,
    YEARS,
)
from ipcity_policy.text.shape import (
    Anything,
    Block,
    Either,
    Key,
    Leaf,
    ListOf,
    MapOf,
    Shape,
    one_of,
)

SOURCES = MapOf(
    Block(
        "a source",
        "where facts were read",
        (
            Key("title", TEXT, "what it is", required=True, bilingual=True),
            Key("address", TEXT, "where to find it"),
            Key("reliability", TEXT, "how far it can be relied on", bilingual=True),
        ),
    )
)

SCALAR = Leaf(form="a value")
_COUNTS = (1, 999_999_999)
_UNKNOWN_OR_COUNT = Leaf(
    "[1-9][0-9]{0,8}|unknown", "a whole number from 1, or `unknown`", numbers=_COUNTS
)
RANK = Block(
    "a rank",
    "a place among those of a cohort",
    (
        Key("rank", _UNKNOWN_OR_COUNT, "the place; 1 is the first", required=True),
        Key("of", _UNKNOWN_OR_COUNT, "how many there are in the cohort", required=True),
        Key(
            "tied",
            Leaf("[1-9][0-9]{0,8}", "a whole number from 1", numbers=_COUNTS),
            "how many share the place",
        ),
    ),
)
SERIES = MapOf(SCALAR, named=False)
#: Whether an option is in a set, and whether a document was submitted.
HELD = one_of(
    {
        "yes": "it is one of them",
        "no": "it is none of them",
        "unknown": "it was asked, and is not known",
    }
)
SUBMITTED = one_of(
    {
        "yes": "it was submitted",
        "no": "it was not submitted",
        "unknown": "it was asked, and is not known",
    }
)
OPTIONS = Either(list=ListOf(NAME_LEAF), block=MapOf(HELD))
_SOURCE = Key("source", NAME_LEAF, "where it was read")
#: A document is stated by whether, by whom and when it was submitted.
DOCUMENT = Block(
    "a document",
    "whether a document was submitted, by whom and when",
    (
        Key("submitted", SUBMITTED, "whether it was submitted", required=True),
        Key("by", NAME_LEAF, "the office that submitted it"),
        Key("on", DATE_LEAF, "the day it was submitted"),
        _SOURCE,
        NOTE,
    ),
)


def statement_shape(value: Shape) -> Block:
    """Return the long form of a statement: the value, and who stated it, when and where."""
    return Block(
        "a statement",
        "what is stated of a fact: who states it, when, and where it was read",
        (
            Key("value", value, "what is stated", required=True),
            Key("by", NAME_LEAF, "the office that states it"),
            Key("on", DATE_LEAF, "the day it was stated"),
            Key("evidence", TEXT, "on what a finding rests"),
            _SOURCE,
            NOTE,
        ),
    )


EVENT_OF_SHEET = Block(
    "an event",
    "a dated happening in the subject's history",
    (
        Key("event", NAME_LEAF, "its kind, declared in the vocabulary", required=True),
        Key("on", DATE_LEAF, "the day, or only its month or year", required=True),
        Key(
            "for",
            Leaf("[0-9]{4}", "a year", numbers=YEARS),
            "the year that it is about, if not that of its day",
        ),
        Key(
            "term",
            Block(
                "a term as a notice states it",
                "its first and last day as a notice states them; they win over reckoned ones",
                (
                    Key("from", DATE_LEAF, "the first day", required=True),
                    Key("until", DATE_LEAF, "the last day", required=True),
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


def sheet_shape(subject: str, of_subject: Iterable[str]) -> Block:
    """Return the shape of a sheet about a subject with that key and facts of its own."""
    return Block(
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
                Block(
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
                "the day up to which every event is stated: one that is not did not happen",
            ),
            Key(
                "events-not-known",
                ListOf(NAME_LEAF),
                "the kinds of which it does not tell: such an event may have happened unstated",
            ),
            Key("events", ListOf(EVENT_OF_SHEET), "what happened, in any order"),
            Key("sources", SOURCES, "sources beside those of the measure"),
            Key("note", TEXT, "a remark for readers", bilingual=True),
        ),
    )


STATUS = one_of(
    {
        "met": "its condition holds",
        "not-met": "its condition does not hold",
        "unknown": "what is stated does not tell",
        "not-applicable": "it is not asked of this subject",
    }
)

#: What may become of a duty.
FULFILMENT = one_of(
    {
        "met": "it was met in time",
        "met-late": "it was met, and late",
        "open": "it is not met and not due yet",
        "overdue": "it is due and was not met",
        "unknown": "what is stated does not tell",
        "not-owed": "there is no such duty",
    }
)
STANDS_THERE = Block(
    "where a subject stands",
    "what the events give on the day: all that is written here is looked at, and nothing else",
    (
        Key("state", NAME_LEAF, "the state, or `unknown`"),
        Key("possible", ListOf(NAME_LEAF), "the states that are possible"),
        Key("round", TEXT, "the number of the round, or `unknown`"),
        Key("since", TEXT, "the day, or the span of days, since which it stands there"),
        Key("under", TEXT, "the version under which it came there"),
        Key("terms", MapOf(TEXT), "terms by name with their last day, the latest of each"),
        Key("due", MapOf(TEXT, named=False), "deadlines by name with the day they are due"),
        Key(
            "deadlines",
            MapOf(FULFILMENT, named=False),
            "deadlines by name with what became of them; those of each year with the year",
        ),
        Key("bars", MapOf(TEXT), "applications with the last day of the bar, or `none`"),
        Key("steps", ListOf(NAME_LEAF), "the steps that are certain, in their order"),
        Key("facts", MapOf(TEXT), "facts that follow from the events, or `unknown`"),
        Key("readings", ListOf(NAME_LEAF), "the readings it depends on"),
        Key("faults", ListOf(TEXT), "the codes of what is wrong with the events"),
    ),
)

CASE = Block(
    "a case",
    "a sheet and what the law gives for it",
    (
        Key("case", TEXT, "its name", required=True, bilingual=True),
        Key("sheet", TEXT, "the sheet it is about, by its path from this file"),
        Key(
            "given",
            Anything(),
            "the sheet itself: the subject's block and `facts:`; beside `sheet:` what is "
            "stated otherwise than there",
        ),
        Key("on", DATE_LEAF, "the day asked about"),
        Key("version", TEXT, "the version, if not the one that governs"),
        Key("decision", NAME_LEAF, "the question; else a case has `stands`"),
        Key("readings", MapOf(NAME_LEAF), "readings chosen instead of the defaults"),
        Key(
            "strict",
            one_of(
                {
                    "yes": "what is only assumed counts as not available",
                    "no": "what is assumed counts as it is written",
                }
            ),
            "leave unknown what is only assumed",
        ),
        Key(
            "expect",
            Block(
                "what is expected",
                "the answer that the law gives, and what it rests on",
                (
                    Key(
                        "outcome",
                        NAME_LEAF,
                        "the outcome, or `unknown`, or the fault: `gap` or `overlap`",
                        required=True,
                    ),
                    Key("possible", ListOf(NAME_LEAF), "the outcomes that are possible"),
                    Key(
                        "version",
                        Either(text=TEXT, list=ListOf(TEXT)),
                        "the version that governs, several that may, or `none`",
                    ),
                    Key("basis", BASIS, "what the verdict rests on"),
                    Key(
                        "missing",
                        ListOf(TEXT),
                        "the facts that are missing, the provisions whose text is, the version "
                        "of which it is not known whether it governs",
                    ),
                    Key("readings", ListOf(NAME_LEAF), "the readings it depends on"),
                    Key(
                        "decided-by",
                        ListOf(PROVISION),
                        "the provisions of the branches that decide",
                    ),
                    Key(
                        "rules",
                        MapOf(STATUS),
                        "rules by name with their statuses, whether they decide or not",
                    ),
                ),
            ),
            "what the law gives; a case without it fails, and `test --accept` proposes it",
        ),
        Key("stands", STANDS_THERE, "instead of `decision`: what the events give on the day"),
        Key("why", TEXT, "the text that says so", required=True, bilingual=True),
        NOTE,
    ),
)

TESTS = Block(
    "a file of rule tests",
    "cases that show whether a measure is encoded as the law has it",
    (
        Key("tests", NAME_LEAF, "the measure that is tested", required=True),
        Key("cases", ListOf(CASE), "the cases", required=True),
    ),
)
