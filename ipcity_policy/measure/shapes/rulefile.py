"""The shapes of rule files: which keys they have and what each means."""

from ipcity_policy.lang.literals import DATE, NUMBER
from ipcity_policy.measure.shapes.leaves import (
    BASIS,
    LABEL,
    NAME_LEAF,
    NOTE,
    PROVISION,
    STANDS,
    TEXT,
    TITLE,
    VERSION,
    YEARS,
)
from ipcity_policy.text.shape import (
    Again,
    Anything,
    Block,
    Either,
    Key,
    Leaf,
    ListOf,
    MapOf,
    one_of,
)


def _condition() -> Either:
    return CONDITION


_AGAIN = ListOf(Again("condition", _condition))
CONDITION = Either(
    text=Leaf(form="a sentence or the name of a rule"),
    block=Block(
        "a combination",
        "conditions joined into one",
        (
            Key("all", _AGAIN, "conditions that must all hold"),
            Key("any", _AGAIN, "conditions of which one must hold"),
            Key("none", _AGAIN, "conditions of which none may hold"),
        ),
    ),
)

_FACT = Block(
    "a fact",
    "something that a sheet may state of a subject",
    (
        Key(
            "type",
            one_of(
                {
                    "number": "a number in the unit that `unit:` names",
                    "date": "a day, or only its month or year",
                    "choice": "one of the options that stand under `options:`",
                    "yes-no": "`yes` or `no`",
                    "text": "a text, which no rule can ask about",
                }
            ),
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
        Key("unit", NAME_LEAF, "the unit of a number, declared under `units:`"),
        Key(
            "range",
            Leaf(
                rf"{NUMBER} to {NUMBER}|at least {NUMBER}|at most {NUMBER}",
                "a range such as `0 to 100`",
            ),
            "the numbers that are possible",
        ),
        Key(
            "options",
            MapOf(Block("an option", "one of the values of a choice", (LABEL, NOTE))),
            "the options of a choice",
        ),
        Key("by", ListOf(NAME_LEAF), "the offices that may state it"),
        NOTE,
    ),
)

_LABELLED = MapOf(Block("an entry", "a name and what readers see instead of it", (LABEL, NOTE)))

VOCABULARY = Block(
    "the vocabulary",
    "what all versions of a measure share: whom it is about, and what may be stated",
    (
        Key("measure", NAME_LEAF, "the name of the measure, as its folder", required=True),
        TITLE,
        Key(
            "subject",
            Block(
                "the subject",
                "whom or what a sheet is about",
                (
                    Key("key", NAME_LEAF, "the key of its block in a sheet", required=True),
                    LABEL,
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
                    "what numbers are counted in",
                    (
                        LABEL,
                        Key("one", TEXT, "the label for exactly one of it", bilingual=True),
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
    Key("repeal", ListOf(TEXT), "what is taken out: the paths"),
)

_EFFECTS = Key("effects", ListOf(Leaf(form="a sentence")), "what this outcome causes")
_SAYS_OUTCOME = Key(
    "says", TEXT, "what the outcome means for the subject", required=True, bilingual=True
)

PARAMETER = Block(
    "a parameter",
    "a value that the law sets: an amount, a period, a date or some options",
    (
        Key(
            "value",
            Either(text=Leaf(form="an amount, a period or a date"), list=ListOf(NAME_LEAF)),
            "its value with its unit, or a list of options",
            required=True,
        ),
        Key("label", TEXT, "what readers see instead of the name", bilingual=True),
        *STANDS,
    ),
    short="value",
)

RULE = Block(
    "a rule",
    "one condition of the law, which is met or not",
    (
        Key("title", TEXT, "what it asks, in a few words", required=True, bilingual=True),
        Key("require", CONDITION, "the condition", required=True),
        *STANDS,
        NOTE,
    ),
)

BAND = Block(
    "a band",
    "an outcome by a quantity, where the bands before it do not hold",
    (
        Key("outcome", NAME_LEAF, "the outcome that this band gives", required=True),
        _SAYS_OUTCOME,
        Key(
            "when",
            Leaf(form="a comparison or `otherwise`"),
            "what is said of the quantity; the first band that holds gives the outcome",
            required=True,
        ),
        _EFFECTS,
        Key("before", NAME_LEAF, "in an added band: the outcome whose band it is put before"),
        *STANDS,
    ),
)

OUTCOME = Block(
    "an outcome",
    "one answer to the question, and when it holds",
    (_SAYS_OUTCOME, Key("when", CONDITION, "when it holds", required=True), _EFFECTS, *STANDS),
)

DECISION = Block(
    "a decision",
    "a question and its outcomes, of which exactly one holds",
    (
        Key("asks", TEXT, "the question", required=True, bilingual=True),
        Key("governed-by", NAME_LEAF, "the fact whose date says which version governs"),
        Key("by", NAME_LEAF, "the number or date that the bands divide"),
        Key("bands", ListOf(BAND), "outcomes by a quantity, from low to high"),
        Key("outcomes", MapOf(OUTCOME), "outcomes by conditions"),
        *STANDS,
    ),
)

READING = Block(
    "a reading",
    "a doubtful place of the text, and the ways to read it",
    (
        Key(
            "asks",
            TEXT,
            "the question that the text leaves open",
            required=True,
            bilingual=True,
        ),
        Key("why", TEXT, "why the default was chosen", required=True, bilingual=True),
        Key("basis", BASIS, "what the default rests on", required=True),
        Key(
            "confidence",
            one_of(
                {
                    "high": "no other reading is likely",
                    "medium": "it is likelier than any other reading",
                    "low": "another reading is as likely",
                }
            ),
            "how sure the default is",
            required=True,
        ),
        Key("default", NAME_LEAF, "the option that is the text as written", required=True),
        Key(
            "options",
            MapOf(
                Block(
                    "an option of a reading",
                    "one way to read the text, and what the text would then say",
                    (
                        Key(
                            "says",
                            TEXT,
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
        Key("provision", PROVISION, "the provision it is about, if not the whole article"),
    ),
)

#: The kinds of entry that a version is made of, and the shape of each.
KINDS = {"parameters": PARAMETER, "rules": RULE, "decisions": DECISION, "readings": READING}

ARTICLE = Block(
    "an article",
    "an article of the law, or another part of it: its statements, rules and decisions",
    (
        Key(
            "article",
            Leaf("[1-9][0-9]*", "the number of an article", numbers=(1, None)),
            "the article's number",
        ),
        Key(
            "provision",
            PROVISION,
            "the id of a part that is not an article, such as `circular`",
        ),
        TITLE,
        Key("says", TEXT, "what it asks, in our own words", bilingual=True),
        Key("basis", BASIS, "what its text rests on", required=True),
        NOTE,
        Key(
            "provisions",
            MapOf(
                Block(
                    "a provision",
                    "one statement of the law",
                    (
                        Key(
                            "says",
                            TEXT,
                            "what it asks, in our own words",
                            required=True,
                            bilingual=True,
                        ),
                        Key(
                            "basis",
                            BASIS,
                            "what it rests on, if not what the article rests on",
                        ),
                        NOTE,
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
                "what stands in for a text that is not available",
                (
                    Key(
                        "from",
                        VERSION,
                        "the version it is taken from",
                        required=True,
                    ),
                    Key(
                        "decisions",
                        ListOf(NAME_LEAF),
                        "the decisions that are evaluated as there",
                        required=True,
                    ),
                    Key(
                        "why",
                        TEXT,
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
    "the text of a measure over one time",
    (
        TITLE,
        Key("number", TEXT, "the number of the instrument"),
        Key("issuer", TEXT, "who issued it", bilingual=True),
        Key(
            "in-force",
            Block(
                "the time in force",
                "from which day to which day a version governs",
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
                            numbers=YEARS,
                        ),
                        "the first day on which it no longer governs",
                        required=True,
                    ),
                    Key("basis", BASIS, "what these days rest on", required=True),
                    Key("why", TEXT, "how these days were found", bilingual=True),
                ),
            ),
            "when it governs",
            required=True,
        ),
        Key(
            "repeals",
            VERSION,
            "the version that it replaces",
        ),
        NOTE,
    ),
)

DRAFT = Block(
    "a draft",
    "a text that amends a version: only what it changes",
    (
        Key(
            "amends",
            VERSION,
            "the version that it amends",
            required=True,
        ),
        TITLE,
        Key("why", TEXT, "what it is for", bilingual=True),
        *_CHANGES,
    ),
)
