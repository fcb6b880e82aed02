"""The shapes of rule files: which keys they have and what each means."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from ipcity_policy.lang.literals import DATE
from ipcity_policy.law.model import TIME
from ipcity_policy.law.schemas.indicators import SYSTEM
from ipcity_policy.law.schemas.leaves import (
    BASIS,
    NAME_LEAF,
    NOTE,
    PROVISION,
    STANDS,
    TEXT,
    TITLE,
    VERSION,
    YEARS,
)
from ipcity_policy.law.schemas.lifecycle import HISTORY_KINDS
from ipcity_policy.law.schemas.migrations import former
from ipcity_policy.law.schemas.sentences import CALCULATION, CONDITION, EFFECTS, sentence
from ipcity_policy.text.subject import EntryKind
from ipcity_policy.yaml.schema import (
    Anything,
    ByPath,
    Either,
    Key,
    Leaf,
    ListOf,
    MapOf,
    Record,
    Schema,
    below,
    one_of,
)


def _shape_at(path: str) -> Schema:
    """Return what stands at the path of a change."""
    kind, _, steps = path.partition(".")
    if kind == TIME:  # its keys stand there at once, without a name
        return below(IN_FORCE, steps) if steps else IN_FORCE
    shape: Schema = KINDS[EntryKind(kind)] if kind in KINDS else Anything()
    for step in steps.split(".")[1:]:
        inner = below(shape, step)
        # The rows of a decision are named by their outcome, which is no key of the shape.
        row = kind == EntryKind.DECISION and isinstance(inner, Anything)
        shape = _ROW if row else inner
    return shape


_BY_PATH = ByPath(_shape_at)

_CHANGES = (
    Key(
        "change",
        _BY_PATH,
        "what is replaced: the path of each place and what is there instead",
    ),
    Key(
        "add",
        _BY_PATH,
        "what is added: the path of each and what it says",
    ),
    Key("repeal", ListOf(Leaf(plain=True)), "what is taken out: the paths"),
)

_SAYS_OUTCOME = Key(
    "says", TEXT, "what the outcome means for the subject", required=True, bilingual=True
)

PARAMETER = Record(
    "a parameter",
    "a value that the law sets: an amount, a period, a date or some options",
    (
        Key(
            "value",
            Either(
                text=Leaf(form="an amount, a period, a date or an option", plain=True),
                list=ListOf(NAME_LEAF),
            ),
            "its value with its unit, an option, or a list of names",
            required=True,
        ),
        Key("label", TEXT, "what readers see instead of the name", bilingual=True),
        *STANDS,
    ),
    short="value",
)


QUANTITY = Record(
    "a quantity",
    "a value that is calculated from others, such as a total score",
    (
        Key("title", TEXT, "what it is, in a few words", required=True, bilingual=True),
        Key("reckon", CALCULATION, "how it is calculated", required=True),
        *STANDS,
        NOTE,
    ),
)

_UNLESS = Key("unless", CONDITION, "the exception: where it holds, this does not")

RULE = Record(
    "a rule",
    "one condition of the law, which is met or not",
    (
        Key("title", TEXT, "what it requires, in a few words", required=True, bilingual=True),
        Key("applies", CONDITION, "where it is asked; elsewhere it is no requirement"),
        Key("require", CONDITION, "the condition", required=True),
        _UNLESS,
        *STANDS,
        NOTE,
    ),
)

BAND = Record(
    "a band",
    "an outcome by a quantity, where the bands before it do not hold",
    (
        Key("outcome", NAME_LEAF, "the outcome that this band gives", required=True),
        _SAYS_OUTCOME,
        Key(
            "when",
            sentence("a comparison or `otherwise`", "band"),
            "what is said of the quantity; the first band that holds gives the outcome",
            required=True,
        ),
        EFFECTS,
        Key("before", NAME_LEAF, "in an added band: the outcome whose band it is put before"),
        *STANDS,
    ),
)

OUTCOME = Record(
    "an outcome",
    "one answer to the question, and when it holds",
    (
        _SAYS_OUTCOME,
        Key(
            "when",
            replace(CONDITION, text=sentence("a sentence or the name of a rule", "outcome")),
            "when it holds",
            required=True,
        ),
        _UNLESS,
        EFFECTS,
        *STANDS,
    ),
)

#: A band or an outcome, where only the decision that is changed would tell which.
_ROW = Record(
    "a row",
    "a band or an outcome",
    (
        Key(
            "when",
            replace(CONDITION, text=sentence("a comparison or a sentence", "band", "outcome")),
            "when it holds",
        ),
        _UNLESS,
        EFFECTS,
    ),
)

DECISION = Record(
    "a decision",
    "a question and its outcomes, of which exactly one holds",
    (
        Key("asks", TEXT, "the question", required=True, bilingual=True),
        Key("asks-also", ListOf(NAME_LEAF), "other decisions whose facts its sheet asks for"),
        Key("governed-by", NAME_LEAF, "the fact whose date says which version governs"),
        Key("by", NAME_LEAF, "the number or date, a fact or a quantity, that the bands divide"),
        Key("bands", ListOf(BAND), "outcomes by a quantity, from low to high"),
        Key("outcomes", MapOf(OUTCOME), "outcomes by conditions"),
        *STANDS,
    ),
)

READING = Record(
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
        Key("basis", BASIS, "what the default is based on", required=True),
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
                Record(
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
KINDS: Mapping[EntryKind, Record] = MappingProxyType(
    {
        EntryKind.PARAMETER: PARAMETER,
        EntryKind.QUANTITY: QUANTITY,
        EntryKind.SYSTEM: SYSTEM,
        EntryKind.RULE: RULE,
        EntryKind.DECISION: DECISION,
        **HISTORY_KINDS,
        EntryKind.READING: READING,
    }
)

#: What the digest of a published version leaves out until it is published again.
COMPLETES = Key(
    "completes",
    PROVISION,
    "the provision without a text that it fills, where that text was found after publication",
)

ARTICLE = Record(
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
        Key("says", TEXT, "what it says or requires, in our own words", bilingual=True),
        Key("basis", BASIS, "what its text is based on", required=True),
        COMPLETES,
        NOTE,
        Key(
            "numbering",
            one_of(
                {
                    "of-the-law": "the law numbers its items so",
                    "ours": "the law does not number them, and the numbers were given here",
                }
            ),
            "whose numbers come after a point in the ids of its items; if it is not written, "
            "the law's. What comes after a hyphen is never the law's",
        ),
        Key(
            "provisions",
            MapOf(
                Record(
                    "a provision",
                    "one statement of the law",
                    (
                        Key(
                            "says",
                            TEXT,
                            "what it says or requires, in our own words",
                            required=True,
                            bilingual=True,
                        ),
                        Key(
                            "basis",
                            BASIS,
                            "what it is based on, if not what the article is based on",
                        ),
                        COMPLETES,
                        NOTE,
                    ),
                    former=former("a provision"),
                ),
                named=False,
            ),
            "its single statements, by id",
        ),
        Key(
            "carries-over",
            Record(
                "what is carried over",
                "what is used in place of a text that is not available",
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
                        "the decisions that are evaluated as they are there",
                        required=True,
                    ),
                    Key(
                        "time",
                        ListOf(
                            one_of({kind: f"its {kind}" for kind in HISTORY_KINDS}),
                        ),
                        "the kinds of entry about time that are taken whole; an entry of its "
                        "own takes precedence",
                    ),
                    Key(
                        "why",
                        TEXT,
                        "why that version is used",
                        required=True,
                        bilingual=True,
                    ),
                ),
            ),
            "what of another version is used in place of a text that is not available",
        ),
        *(
            Key(kind, MapOf(shape), f"the {kind} of this article")
            for kind, shape in KINDS.items()
        ),
    ),
)

#: A day that is not known, with what is known of it.
_SOME_DAY = rf"unknown from {DATE}(?: until {DATE})?"

IN_FORCE = Record(
    "the time in force",
    "from which day to which day a version governs",
    (
        Key(
            "from",
            Leaf(
                rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{_SOME_DAY}",
                "a day such as `2001-05-17`, or `unknown from` a date",
            ),
            "the first day; if it is unknown, from when and until when it may be",
            required=True,
        ),
        Key(
            "until",
            Leaf(
                rf"open|{DATE}|{_SOME_DAY}",
                "`open`, a date, or `unknown from` a date",
                numbers=YEARS,
            ),
            "the first day on which it no longer governs",
            required=True,
        ),
        Key("basis", BASIS, "what these days are based on", required=True),
        Key("why", TEXT, "how these days were found", bilingual=True),
        Key("provisions", ListOf(PROVISION), "the provisions that say so"),
    ),
)

TEXT_SEEN = Record(
    "the text that was seen",
    "from which text the version was written, and so what `attested` means in it",
    (
        Key(
            "language",
            Leaf("[a-z]{2,3}", "the code of a language, such as `en`"),
            "the language in which it was read",
            required=True,
        ),
        Key(
            "translated-from",
            Leaf("[a-z]{2,3}", "the code of a language, such as `en`"),
            "the language in which it was issued, where what was read is a translation",
        ),
        Key(
            "original",
            one_of(
                {
                    "whole": "all of it was seen in the wording in which it was issued",
                    "in-part": "some of it was seen in the wording in which it was issued",
                    "unseen": "the wording in which it was issued was not seen",
                }
            ),
            "how much of the wording as issued was seen",
            required=True,
        ),
        Key(
            "attested-by",
            TEXT,
            "what attests it, and what was not seen, to follow “stated by”",
            required=True,
            bilingual=True,
        ),
    ),
)

HEADER = Record(
    "a version",
    "the text of a measure over one time",
    (
        TITLE,
        Key("number", TEXT, "the number of the instrument"),
        Key("issuer", TEXT, "who issued it", bilingual=True),
        Key(
            TIME,
            IN_FORCE,
            "when it governs",
            required=True,
        ),
        Key(
            "repeals",
            VERSION,
            "the version that it replaces",
        ),
        Key(
            "published",
            Leaf(form="a digest"),
            "the digest of its text once it is published; write `yes`, and `check` names it",
        ),
        Key("text-seen", TEXT_SEEN, "from which text it was written"),
        NOTE,
    ),
)

DRAFT = Record(
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
