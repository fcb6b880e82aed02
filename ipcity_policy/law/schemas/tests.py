"""The shape of a file of rule tests: cases, and what the law gives for each."""

from ipcity_policy.law.schemas.leaves import (
    BASIS,
    DATE_LEAF,
    NAME_LEAF,
    NOTE,
    PROVISION,
    TEXT,
)
from ipcity_policy.law.schemas.migrations import former
from ipcity_policy.yaml.schema import Anything, Either, Key, ListOf, MapOf, Record, one_of

STATUS = one_of(
    {
        "met": "its condition holds",
        "not-met": "its condition does not hold",
        "unknown": "what is stated does not settle it",
        "not-applicable": "it does not apply to this subject",
    }
)

#: What may become of a duty.
FULFILMENT = one_of(
    {
        "met": "it was met in time",
        "met-late": "it was met, and late",
        "open": "it is not met and not due yet",
        "overdue": "it is due and was not met",
        "passed": "it was an option, and its time is over",
        "unknown": "what is stated does not settle it",
        "not-owed": "there is no such duty",
    }
)
_POSITION = (
    Key("state", NAME_LEAF, "the state, or `unknown`"),
    Key("possible", ListOf(NAME_LEAF), "the states that are possible"),
    Key("round", TEXT, "the number of the round, or `unknown`"),
    Key("since", TEXT, "the day, or the span of days, since which it has been in that state"),
    Key("under", TEXT, "the version under which it came there"),
    Key("terms", MapOf(TEXT), "terms by name with their last day, the latest of each"),
    Key("due", MapOf(TEXT, named=False), "deadlines by name with the day they are due"),
    Key(
        "deadlines",
        MapOf(FULFILMENT, named=False),
        "deadlines by name with their status; those of each year with the year",
    ),
    Key("bars", MapOf(TEXT), "applications with the last day of the bar, or `none`"),
    Key("steps", ListOf(NAME_LEAF), "the steps that are certain, in their order"),
    Key("facts", MapOf(TEXT), "facts that follow from the events, or `unknown`"),
    Key("readings", ListOf(NAME_LEAF), "the readings it depends on"),
)
STANDS_THERE = Record(
    "the position of a subject",
    "what the events give on the day: all that is written here is checked, and nothing else",
    (
        *_POSITION,
        Key(
            "supposed",
            Record("a supposed position", "its position with what is only assumed", _POSITION),
            "what the events give with the texts that are only assumed, where it is another",
        ),
        Key("faults", ListOf(TEXT), "the codes of what is wrong with the events"),
    ),
)

_ANSWER = (
    Key(
        "outcome",
        NAME_LEAF,
        "the outcome, or `unknown`, or the fault: `gap` or `overlap`",
        required=True,
    ),
    Key("possible", ListOf(NAME_LEAF), "the outcomes that are possible"),
)
_RESTS_ON = (
    Key("basis", BASIS, "what the verdict is based on"),
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
)

CASE = Record(
    "a case",
    "a sheet and what the law gives for it",
    (
        Key("case", TEXT, "its name", required=True, bilingual=True),
        Key("sheet", TEXT, "the sheet it is about, by its path from this file"),
        Key(
            "given",
            Anything(),
            "the sheet itself: the subject's block and `facts:`; with `sheet:`, what is "
            "stated differently from it",
        ),
        Key("on", DATE_LEAF, "the day asked about"),
        Key("version", TEXT, "the version, if not the one that governs"),
        Key("decision", NAME_LEAF, "the question; without it, a case has `stands`"),
        Key("readings", MapOf(NAME_LEAF), "readings chosen instead of the defaults"),
        Key(
            "interpretation",
            Either(text=TEXT, list=ListOf(TEXT)),
            "the interpretations that are followed, by name; `readings:` takes precedence",
        ),
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
            Record(
                "what is expected",
                "the answer that the law gives, and what it is based on",
                (
                    *_ANSWER,
                    Key(
                        "version",
                        Either(text=TEXT, list=ListOf(TEXT)),
                        "the version that governs, several that may, or `none`",
                    ),
                    *_RESTS_ON,
                    Key(
                        "supposed",
                        Record(
                            "what is supposed",
                            "what is answered with what is only assumed",
                            (*_ANSWER, *_RESTS_ON),
                        ),
                        "what is answered with the texts that are only assumed, where it is "
                        "another answer",
                    ),
                ),
            ),
            "what the law gives; a case without it fails, and `test --accept` proposes it",
        ),
        Key("stands", STANDS_THERE, "instead of `decision`: what the events give on the day"),
        Key("why", TEXT, "the text that says so", required=True, bilingual=True),
        NOTE,
    ),
    former=former("a case"),
)

TESTS = Record(
    "a file of rule tests",
    "cases that show whether a measure is encoded as the law has it",
    (
        Key("tests", NAME_LEAF, "the measure that is tested", required=True),
        Key("cases", ListOf(CASE), "the cases", required=True),
    ),
)
