"""The shape of a vocabulary: what a measure's `facts.yaml` declares."""

from ipcity_policy.lang.literals import NUMBER
from ipcity_policy.law.schemas.leaves import LABEL, NAME_LEAF, NOTE, TEXT, TITLE
from ipcity_policy.law.schemas.lifecycle import EVENT
from ipcity_policy.yaml.schema import Key, Leaf, ListOf, MapOf, Record, one_of

#: The types of facts that a year of a series can have too.
ELEMENTS = {
    "number": "a number in the unit that `unit:` names",
    "whole": "a whole number, in a unit or a plain count",
    "percent": "a number of percent",
    "choice": "one of the options that are listed under `options:`",
    "yes-no": "`yes` or `no`",
}
TYPES = {
    **ELEMENTS,
    "period": "a length of time in the unit that `unit:` names",
    "date": "a day, or only its month or year",
    "rank": "a place among those of a cohort, and how many these are",
    "series": "a value for each year, of the type that `each:` names",
    "set": "some of the options that are listed under `options:`",
    "document": "whether a document was submitted, by whom and when",
    "finding": "a judgement, met or not, by an office that `by:` names",
    "text": "a text, of which a rule can ask only whether it is known",
}
_RANGE = Leaf(
    rf"{NUMBER} to {NUMBER}|at least {NUMBER}|at most {NUMBER}", "a range such as `0 to 100`"
)

_FACT = Record(
    "a fact",
    "something that a sheet may state of a subject",
    (
        Key(
            "type",
            one_of(TYPES),
            "what kind of value it has",
            required=True,
        ),
        LABEL,
        Key(
            "asks",
            TEXT,
            "the question an office answers by stating it",
            required=True,
            bilingual=True,
        ),
        Key(
            "each",
            one_of(ELEMENTS),
            "what kind of value each year of a series has",
        ),
        Key(
            "unit",
            NAME_LEAF,
            "the unit of a number, declared under `units:`; of a period, what it counts",
        ),
        Key("range", _RANGE, "the numbers that are possible"),
        Key("usual", _RANGE, "the numbers beyond which a slip is likely, though not certain"),
        Key(
            "options",
            MapOf(Record("an option", "one of the values that there are", (LABEL, NOTE))),
            "the options of a choice or a set; of an ordered choice, from low to high",
        ),
        Key(
            "ordered",
            one_of(
                {
                    "yes": "the options are in order, from low to high",
                    "no": "no option is more than another",
                }
            ),
            "whether the options of a choice have an order",
        ),
        Key("cohort", NAME_LEAF, "the cohort of a rank, declared under `cohorts:`"),
        Key(
            "of",
            ListOf(NAME_LEAF),
            "the facts that it is a part or a property of: nothing of it can be stated where "
            "none of them is there; or the events that it is of: stated of one it says nothing "
            "of the next",
        ),
        Key(
            "at-most",
            NAME_LEAF,
            "a number in the same unit, or of a rank another one, that it cannot exceed",
        ),
        Key(
            "not-before",
            ListOf(NAME_LEAF),
            "of a date or a document: the dates that all come first, and the events of which "
            "some one does",
        ),
        Key("by", ListOf(NAME_LEAF), "the offices that may state it"),
        NOTE,
    ),
)

_ENTRY = Record("an entry", "a name and what readers see instead of it", (LABEL, NOTE))
_LABELLED = MapOf(_ENTRY)
#: By names of folders, which may be numbers.
_NAMED = MapOf(_ENTRY, named=False)

#: The key by which a measure names the version of the rule language.
LANGUAGE_KEY = "language"

VOCABULARY = Record(
    "the vocabulary",
    "what all versions of a measure share: whom it is about, and what may be stated",
    (
        Key("measure", NAME_LEAF, "the name of the measure, as its folder", required=True),
        Key(
            LANGUAGE_KEY,
            Leaf("[1-9][0-9]{0,8}", "a whole number such as `1`", numbers=(1, 999_999_999)),
            "the version of the rule language in which the files of the measure are written",
        ),
        TITLE,
        Key(
            "years",
            Leaf("[0-9]{4} to [0-9]{4}", "years such as `1949 to 2100`"),
            "the years that its dates lie in: one beyond them is likely a mistake",
        ),
        Key(
            "subject",
            Record(
                "the subject",
                "whom or what a sheet is about",
                (
                    Key("key", NAME_LEAF, "the key of its block in a sheet", required=True),
                    LABEL,
                    Key("facts", MapOf(_FACT), "facts in its own block"),
                ),
            ),
            "what a sheet is about",
            required=True,
        ),
        Key(
            "units",
            MapOf(
                Record(
                    "a unit",
                    "what numbers are counted in",
                    (
                        LABEL,
                        Key("one", TEXT, "the label for exactly one of it", bilingual=True),
                    ),
                )
            ),
            "the units of numbers",
        ),
        Key("versions", _NAMED, "what its versions are called where several are told of"),
        Key("offices", _LABELLED, "the offices that state facts"),
        Key("cohorts", _LABELLED, "the populations that ranks are taken in"),
        Key("applications", _LABELLED, "the applications that outcomes permit or bar"),
        Key("events", MapOf(EVENT), "the kinds of events that sheets may state"),
        Key("facts", MapOf(_FACT), "the facts that sheets may state"),
    ),
)
