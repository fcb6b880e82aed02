"""The shapes of the files of a measure: which keys they have and what each means."""

from collections.abc import Iterable

from ipcity_policy.lang.literals import DATE, NUMBER
from ipcity_policy.text.shape import (
    NAME,
    Again,
    Anything,
    Block,
    Either,
    Key,
    Leaf,
    ListOf,
    MapOf,
)

_TEXT = Leaf()
_NAME = Leaf(NAME, "a name in lower-case words joined by hyphens")
_BASIS = Leaf(
    "attested|inferred|assumed|unavailable",
    "`attested`, `inferred`, `assumed` or `unavailable`",
)
_PROVISION = Leaf(
    r"[a-z]+(?:-[a-z0-9]+)*(?:\.[ivx]+(?:-[a-z])?)?",
    "the id of a provision, such as `art-5.ii`",
)

_LABEL = Key(
    "label", _TEXT, "what readers see instead of the name", required=True, bilingual=True
)
_TITLE = Key("title", _TEXT, "its title", required=True, bilingual=True)
_NOTE = Key("note", _TEXT, "a remark for readers", bilingual=True)
_STANDS = (
    Key("provision", _PROVISION, "the provision it stands under, if not the whole article"),
    Key("basis", _BASIS, "what it rests on, if not what its provision rests on"),
)


def _condition() -> Either:
    return CONDITION


_AGAIN = ListOf(Again("condition", _condition))
CONDITION = Either(
    text=Leaf(form="a sentence or the name of a rule"),
    block=Block(
        "a combination",
        (
            Key("all", _AGAIN, "conditions that must all hold"),
            Key("any", _AGAIN, "conditions of which one must hold"),
            Key("none", _AGAIN, "conditions of which none may hold"),
        ),
    ),
)

_FACT = Block(
    "a fact",
    (
        Key(
            "type",
            Leaf(
                "number|date|choice|yes-no|text",
                "`number`, `date`, `choice`, `yes-no` or `text`",
            ),
            "what kind of value it has",
            required=True,
        ),
        _LABEL,
        Key(
            "asks",
            _TEXT,
            "the question an office answers by stating it",
            required=True,
            bilingual=True,
        ),
        Key("unit", _NAME, "the unit of a number, declared under `units:`"),
        Key(
            "range",
            Leaf(
                rf"{NUMBER} to {NUMBER}|at least {NUMBER}|at most {NUMBER}",
                "a range such as `0 to 100`",
            ),
            "the numbers that are possible",
        ),
        Key("options", MapOf(Block("an option", (_LABEL, _NOTE))), "the options of a choice"),
        Key("by", ListOf(_NAME), "the offices that may state it"),
        _NOTE,
    ),
)

_LABELLED = MapOf(Block("an entry", (_LABEL, _NOTE)))

VOCABULARY = Block(
    "the vocabulary",
    (
        Key("measure", _NAME, "the name of the measure, as its folder", required=True),
        _TITLE,
        Key(
            "subject",
            Block(
                "the subject",
                (
                    Key("key", _NAME, "the key of its block in a sheet", required=True),
                    _LABEL,
                    Key("facts", MapOf(_FACT), "facts that stand in its own block"),
                ),
            ),
            "what a sheet is about",
            required=True,
        ),
        Key(
            "units",
            MapOf(
                Block(
                    "a unit",
                    (
                        _LABEL,
                        Key("one", _TEXT, "the label for exactly one of it", bilingual=True),
                    ),
                )
            ),
            "the units of numbers",
        ),
        Key("offices", _LABELLED, "the offices that state facts"),
        Key("applications", _LABELLED, "the applications that outcomes permit or bar"),
        Key("facts", MapOf(_FACT), "the facts that sheets may state"),
    ),
)

SOURCES = MapOf(
    Block(
        "a source",
        (
            Key("title", _TEXT, "what it is", required=True, bilingual=True),
            Key("address", _TEXT, "where to find it"),
            Key("reliability", _TEXT, "how far it can be relied on", bilingual=True),
        ),
    )
)

_CHANGES = (
    Key(
        "change",
        MapOf(Anything(), named=False),
        "what is replaced: the path of each place and what stands there instead",
    ),
    Key(
        "add",
        MapOf(Anything(), named=False),
        "what is added: the path of each and what it says",
    ),
    Key("repeal", ListOf(_TEXT), "what is taken out: the paths"),
)

_EFFECTS = Key("effects", ListOf(Leaf(form="a sentence")), "what this outcome causes")
_SAYS_OUTCOME = Key(
    "says", _TEXT, "what the outcome means for the subject", required=True, bilingual=True
)

PARAMETER = Block(
    "a parameter",
    (
        Key(
            "value",
            Either(text=Leaf(form="an amount, a period or a date"), list=ListOf(_NAME)),
            "its value with its unit, or a list of options",
            required=True,
        ),
        Key("label", _TEXT, "what readers see instead of the name", bilingual=True),
        *_STANDS,
    ),
    short="value",
)

RULE = Block(
    "a rule",
    (
        Key("title", _TEXT, "what it asks, in a few words", required=True, bilingual=True),
        Key("require", CONDITION, "the condition", required=True),
        *_STANDS,
        _NOTE,
    ),
)

BAND = Block(
    "a band",
    (
        Key("outcome", _NAME, "the outcome that this band gives", required=True),
        _SAYS_OUTCOME,
        Key(
            "when",
            Leaf(form="a comparison or `otherwise`"),
            "what is said of the quantity; the first band that holds gives the outcome",
            required=True,
        ),
        _EFFECTS,
        Key("before", _NAME, "in an added band: the outcome whose band it is put before"),
        *_STANDS,
    ),
)

OUTCOME = Block(
    "an outcome",
    (_SAYS_OUTCOME, Key("when", CONDITION, "when it holds", required=True), _EFFECTS, *_STANDS),
)

DECISION = Block(
    "a decision",
    (
        Key("asks", _TEXT, "the question", required=True, bilingual=True),
        Key("governed-by", _NAME, "the fact whose date says which version governs"),
        Key("by", _NAME, "the number or date that the bands divide"),
        Key("bands", ListOf(BAND), "outcomes by a quantity, from low to high"),
        Key("outcomes", MapOf(OUTCOME), "outcomes by conditions"),
        *_STANDS,
    ),
)

READING = Block(
    "a reading",
    (
        Key(
            "asks",
            _TEXT,
            "the question that the text leaves open",
            required=True,
            bilingual=True,
        ),
        Key("why", _TEXT, "why the default was chosen", required=True, bilingual=True),
        Key("basis", _BASIS, "what the default rests on", required=True),
        Key(
            "confidence",
            Leaf("high|medium|low", "`high`, `medium` or `low`"),
            "how sure the default is",
            required=True,
        ),
        Key("default", _NAME, "the option that is the text as written", required=True),
        Key(
            "options",
            MapOf(
                Block(
                    "an option of a reading",
                    (
                        Key(
                            "says",
                            _TEXT,
                            "how it reads the text",
                            required=True,
                            bilingual=True,
                        ),
                        *_CHANGES,
                    ),
                )
            ),
            "the ways to read it",
            required=True,
        ),
        Key("provision", _PROVISION, "the provision it is about, if not the whole article"),
    ),
)

#: The kinds of entry that a version is made of, and the shape of each.
KINDS = {"parameters": PARAMETER, "rules": RULE, "decisions": DECISION, "readings": READING}

ARTICLE = Block(
    "an article",
    (
        Key("article", Leaf("[1-9][0-9]*", "the number of an article"), "the article's number"),
        Key(
            "provision",
            _PROVISION,
            "the id of a part that is not an article, such as `circular`",
        ),
        _TITLE,
        Key("says", _TEXT, "what it asks, in our own words", bilingual=True),
        Key("basis", _BASIS, "what its text rests on", required=True),
        _NOTE,
        Key(
            "provisions",
            MapOf(
                Block(
                    "a provision",
                    (
                        Key(
                            "says",
                            _TEXT,
                            "what it asks, in our own words",
                            required=True,
                            bilingual=True,
                        ),
                        Key(
                            "basis",
                            _BASIS,
                            "what it rests on, if not what the article rests on",
                        ),
                        _NOTE,
                    ),
                ),
                named=False,
            ),
            "its single statements, by id",
        ),
        Key(
            "carries-over",
            Block(
                "what is carried over",
                (
                    Key(
                        "from",
                        Leaf(rf"{NAME}/[a-z0-9-]+", "a version such as `measure/2000`"),
                        "the version it is taken from",
                        required=True,
                    ),
                    Key(
                        "decisions",
                        ListOf(_NAME),
                        "the decisions that are evaluated as there",
                        required=True,
                    ),
                    Key(
                        "why",
                        _TEXT,
                        "why that version stands in",
                        required=True,
                        bilingual=True,
                    ),
                ),
            ),
            "decisions of another version that stand in for a text that is not available",
        ),
        *(
            Key(kind, MapOf(shape), f"the {kind} of this article")
            for kind, shape in KINDS.items()
        ),
    ),
)

HEADER = Block(
    "a version",
    (
        _TITLE,
        Key("number", _TEXT, "the number of the instrument"),
        Key("issuer", _TEXT, "who issued it", bilingual=True),
        Key(
            "in-force",
            Block(
                "the time in force",
                (
                    Key(
                        "from",
                        Leaf(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day such as `2001-05-17`"),
                        "the first day",
                        required=True,
                    ),
                    Key(
                        "until",
                        Leaf(
                            rf"open|{DATE}|unknown from {DATE}",
                            "`open`, a date, or `unknown from` a date",
                        ),
                        "the first day on which it no longer governs",
                        required=True,
                    ),
                    Key("basis", _BASIS, "what these days rest on", required=True),
                    Key("why", _TEXT, "how these days were found", bilingual=True),
                ),
            ),
            "when it governs",
            required=True,
        ),
        Key(
            "repeals",
            Leaf(rf"{NAME}/[a-z0-9-]+", "a version such as `measure/2000`"),
            "the version that it replaces",
        ),
        _NOTE,
    ),
)

DRAFT = Block(
    "a draft",
    (
        Key(
            "amends",
            Leaf(rf"{NAME}/[a-z0-9-]+", "a version such as `measure/2000`"),
            "the version that it amends",
            required=True,
        ),
        _TITLE,
        Key("why", _TEXT, "what it is for", bilingual=True),
        *_CHANGES,
    ),
)

STATEMENT = Block(
    "a statement",
    (
        Key(
            "value",
            Leaf(form="a value"),
            "what is stated; `unknown` says that it was asked",
            required=True,
        ),
        Key("by", _NAME, "the office that states it"),
        Key("on", Leaf(DATE, "a date"), "the day it was stated"),
        Key("source", _NAME, "where it was read"),
        _NOTE,
    ),
    short="value",
)


def sheet_shape(subject: str, of_subject: Iterable[str]) -> Block:
    """Return the shape of a sheet about a subject with that key and facts of its own."""
    return Block(
        "a sheet",
        (
            Key("sheet", Leaf("1", "`1`"), "the version of the form of sheets", required=True),
            Key("measure", _NAME, "the measure it is for", required=True),
            Key(
                subject,
                Block(
                    f"`{subject}`",
                    (
                        Key("name", _TEXT, "its name", required=True, bilingual=True),
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
            Key("note", _TEXT, "a remark for readers", bilingual=True),
        ),
    )


CASE = Block(
    "a case",
    (
        Key("case", _TEXT, "its name", required=True, bilingual=True),
        Key("sheet", _TEXT, "the sheet it is about, by its path from this file"),
        Key("given", Anything(), "or the sheet itself: the subject's block and `facts:`"),
        Key("on", Leaf(DATE, "a date"), "the day asked about"),
        Key("version", _TEXT, "the version, if not the one that governs"),
        Key("decision", _NAME, "the question", required=True),
        Key("readings", MapOf(_NAME), "readings chosen instead of the defaults"),
        Key("strict", Leaf("yes|no", "`yes` or `no`"), "leave unknown what is only assumed"),
        Key(
            "expect",
            Block(
                "what is expected",
                (
                    Key("outcome", _NAME, "the outcome, or `unknown`", required=True),
                    Key("possible", ListOf(_NAME), "the outcomes that are possible"),
                    Key(
                        "version",
                        Either(text=_TEXT, list=ListOf(_TEXT)),
                        "the version that governs, several that may, or `none`",
                    ),
                    Key("basis", _BASIS, "what the verdict rests on"),
                    Key("missing", ListOf(_NAME), "the facts that are missing"),
                    Key("readings", ListOf(_NAME), "the readings it depends on"),
                    Key(
                        "decided-by",
                        ListOf(_PROVISION),
                        "the provisions of the branches that decide",
                    ),
                ),
            ),
            "what the law gives",
            required=True,
        ),
        Key("why", _TEXT, "the text that says so", required=True, bilingual=True),
        _NOTE,
    ),
)

TESTS = Block(
    "a file of rule tests",
    (
        Key("tests", _NAME, "the measure that is tested", required=True),
        Key("cases", ListOf(CASE), "the cases", required=True),
    ),
)
