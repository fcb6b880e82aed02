"""The shapes of the files about subjects: sheets, sources and rule tests."""

from collections.abc import Iterable

from ipcity_policy.measure.shapes.leaves import (
    BASIS,
    DATE_LEAF,
    NAME_LEAF,
    NOTE,
    PROVISION,
    TEXT,
)
from ipcity_policy.text.shape import Anything, Block, Either, Key, Leaf, ListOf, MapOf, one_of

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

STATEMENT = Block(
    "a statement",
    "what is stated of a fact: who states it, when, and where it was read",
    (
        Key(
            "value",
            Leaf(form="a value"),
            "what is stated; `unknown` says that it was asked",
            required=True,
        ),
        Key("by", NAME_LEAF, "the office that states it"),
        Key("on", DATE_LEAF, "the day it was stated"),
        Key("source", NAME_LEAF, "where it was read"),
        NOTE,
    ),
    short="value",
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
                            Key(fact, STATEMENT, "a fact of the subject itself")
                            for fact in of_subject
                        ),
                    ),
                ),
                "whom it is about",
                required=True,
            ),
            Key("facts", MapOf(STATEMENT), "what is stated"),
            Key("sources", SOURCES, "sources beside those of the measure"),
            Key("note", TEXT, "a remark for readers", bilingual=True),
        ),
    )


CASE = Block(
    "a case",
    "a sheet and what the law gives for it",
    (
        Key("case", TEXT, "its name", required=True, bilingual=True),
        Key("sheet", TEXT, "the sheet it is about, by its path from this file"),
        Key("given", Anything(), "or the sheet itself: the subject's block and `facts:`"),
        Key("on", DATE_LEAF, "the day asked about"),
        Key("version", TEXT, "the version, if not the one that governs"),
        Key("decision", NAME_LEAF, "the question", required=True),
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
                    Key("outcome", NAME_LEAF, "the outcome, or `unknown`", required=True),
                    Key("possible", ListOf(NAME_LEAF), "the outcomes that are possible"),
                    Key(
                        "version",
                        Either(text=TEXT, list=ListOf(TEXT)),
                        "the version that governs, several that may, or `none`",
                    ),
                    Key("basis", BASIS, "what the verdict rests on"),
                    Key("missing", ListOf(NAME_LEAF), "the facts that are missing"),
                    Key("readings", ListOf(NAME_LEAF), "the readings it depends on"),
                    Key(
                        "decided-by",
                        ListOf(PROVISION),
                        "the provisions of the branches that decide",
                    ),
                ),
            ),
            "what the law gives",
            required=True,
        ),
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
