"""The JSON Schema of the fact sheets for a version: for editors, and for forms to be filled in.

It accepts the sheets that the reader accepts, as far as a schema can tell; what it cannot
tell stands in `BEYOND`. The keys `x-type`, `x-unit`, `x-at-least`, `x-at-most` and `x-ordered`
tell a form what the text of a value holds.
"""

from math import ceil, floor
from typing import TypeAlias, assert_never
from urllib.parse import quote

from ipcity_policy.lang import patterns
from ipcity_policy.lang.calendar import UNITS, in_months
from ipcity_policy.lang.datatypes import (
    FINDING,
    ChoiceType,
    DateType,
    DocumentType,
    NumberType,
    PeriodType,
    RankType,
    SeriesType,
    SetType,
    TextType,
)
from ipcity_policy.lang.literals import number_text
from ipcity_policy.law.model import Fact
from ipcity_policy.law.program import Program
from ipcity_policy.law.schemas.leaves import DATE_LEAF, DAYS_LEAF, TEXT, YEARS
from ipcity_policy.law.schemas.sheet import (
    DOCUMENT,
    HELD,
    NEVER_ON,
    ONE_OF,
    RANK,
    SCALAR,
    SUBMITTED,
    WHEN,
    sheet_shape,
    statement_shape,
)
from ipcity_policy.report.forms.sheet import SheetForm
from ipcity_policy.report.forms.sheet_words import in_language
from ipcity_policy.text.message import tell
from ipcity_policy.yaml.json_schema import (
    DIALECT,
    JsonSchema,
    block_schema,
    json_schema,
    leaf_schema,
)
from ipcity_policy.yaml.schema import Leaf, Record

_Scalar: TypeAlias = NumberType | PeriodType | DateType | ChoiceType | TextType

#: What a schema cannot tell and the reader can. The reader is the milder one about how a file
#: is written: spaces around a value in quotes, nothing at all after `facts:` or `sources:`,
#: and a bare `true` or `null` where a text belongs.
BEYOND = (
    "A schema cannot tell whether a source is listed, whether a rank lies beyond the size of "
    "its cohort, whether what is known in part begins before it ends, whether a key stands "
    "twice, or how a number is spelled (2001.0 is a year to it). `ipcity validate` can."
)
#: The largest whole number that is read.
_MOST = 10**18 - 1
_DAY = leaf_schema(Leaf(patterns.DATE, DATE_LEAF.form, numbers=YEARS))
_DAYS_PATTERN = patterns.days_in_part(patterns.DATE)
_DAYS = leaf_schema(Leaf(_DAYS_PATTERN, DAYS_LEAF.form, numbers=YEARS))
_WHEN = leaf_schema(Leaf(f"{_DAYS_PATTERN}|{NEVER_ON}", WHEN.form, numbers=YEARS))
_YEAR = leaf_schema(Leaf("0*[1-9][0-9]{3}", "a year such as `2001`", numbers=YEARS))


def sheet_schema(program: Program, decision: str | None, language: str) -> JsonSchema:
    """Return the schema of the sheets that state what a version may ask, or one decision."""
    vocabulary = program.vocabulary
    form = SheetForm(program, decision, language)
    definitions: JsonSchema = {}
    sheet = block_schema(sheet_shape(vocabulary.subject, ()), definitions)
    subject = definitions.pop(f"`{vocabulary.subject}`")
    facts = _Facts(form, definitions)
    subject["properties"] |= facts.stated(of_subject=True)
    keys = sheet["properties"]
    keys["measure"] = {
        "const": vocabulary.measure,
        "description": keys["measure"]["description"],
    }
    keys[vocabulary.subject] = subject | {"title": vocabulary.subject_label[language]}
    stated = _only(facts.stated(of_subject=False))
    keys["facts"] = stated | {"description": keys["facts"]["description"]}
    for day in ("events-known-from", "events-known-until"):
        keys[day] |= _DAY
    keys["events-not-known"]["items"] = facts.happen(definitions["event"]["properties"])
    sheet["title"] = tell(
        form.language,
        "A fact sheet for {title} ({id}).",
        title=program.title[language],
        id=program.id,
    )
    if decision is not None:
        sheet["description"] = "\n\n".join(form.questions())
    schema = {"$schema": DIALECT, "$comment": BEYOND, **sheet, "$defs": definitions}
    return in_language(schema, language)


#: Of a document with a day it is known that it was submitted.
_SUBMITTED = {"submitted": {"const": "yes"}}


class _Facts:
    """The facts of a sheet: the schema of what may be stated of each."""

    def __init__(self, form: SheetForm, definitions: JsonSchema) -> None:
        self.form = form
        self.definitions = definitions
        self.offices = form.program.vocabulary.offices

    def stated(self, *, of_subject: bool) -> JsonSchema:
        """Return the schemas of the facts in one of the two blocks that hold them."""
        return {fact.id: self._fact(fact) for fact in self.form.facts(of_subject=of_subject)}

    def happen(self, keys: JsonSchema) -> JsonSchema:
        """Put what may happen, by whom and with which facts into the schema of an event.

        Return the schema of its kind.
        """
        kinds = self.form.program.vocabulary.events
        words = tuple((name, kind.label[self.form.language]) for name, kind in kinds.items())
        known = leaf_schema(Leaf(words=words)) if words else {"not": {}}
        keys["event"] = known | {"description": keys["event"]["description"]}
        keys["on"] |= _WHEN
        office = keys["by"]["description"]
        keys["by"] = self._by(tuple(self.offices), office)
        subject = quote(self.form.program.vocabulary.subject)
        stated = {
            fact.id: {"$ref": f"#/properties/{block}/properties/{quote(fact.id)}"}
            for of_subject, block in ((True, subject), (False, "facts"))
            for fact in self.form.facts(of_subject=of_subject)
        }
        keys["facts"] = _only(stated) | {"description": keys["facts"]["description"]}
        term = self.definitions["term-as-a-notice-states-it"]["properties"]
        for end in ("from", "until"):
            term[end] |= _DAYS
        acts = [
            {
                "if": {"properties": {"event": {"const": name}}, "required": ["event"]},
                "then": {"properties": {"by": self._by(kind.offices, office)}},
            }
            for name, kind in kinds.items()
            if kind.offices
        ]
        self.definitions["event"] |= {"allOf": acts} if acts else {}
        return known

    def _fact(self, fact: Fact) -> JsonSchema:
        label, asks = fact.label[self.form.language], fact.asks[self.form.language]
        about = [
            tell(self.form.language, "{label}: {asks}", label=label, asks=asks),
            *self.form.details(fact),
        ]
        if not isinstance(fact.datatype, ChoiceType) or fact.datatype == FINDING:
            about.append(self.form.form(fact))
        name = f"value-{fact.id}"
        self.definitions[name] = {"title": label, **self._value(fact), "x-type": fact.kind}
        return {
            "title": label,
            "description": "\n\n".join(filter(None, about)),
            "default": "unknown",
            "anyOf": self._ways(fact, {"$ref": f"#/$defs/{quote(name)}"}),
        }

    def _ways(self, fact: Fact, value: JsonSchema) -> list[JsonSchema]:
        """Return the ways to state a fact: by its value alone, or with who, when and whence."""
        statement = self._block("statement", statement_shape(SCALAR), fact)
        said = self.definitions["statement"]["properties"]["value"]["description"]
        statement["properties"]["value"] = value | {"description": said}
        if fact.datatype == FINDING:  # whoever made it is named
            known = {"if": {"properties": {"value": {"const": "unknown"}}}}
            whole = statement | known | {"else": {"required": ["by"]}}
            return [self._unknown(self.form.form(fact)), whole]
        if fact.datatype == DocumentType():
            dated = {"if": {"required": ["on"]}, "then": {"properties": _SUBMITTED}}
            return [value, self._block("document", DOCUMENT, fact) | dated, statement]
        return [value, statement]

    def _block(self, name: str, shape: Record, fact: Fact) -> JsonSchema:
        """Return the schema of what is said about a value or document, for a fact's offices.

        What all facts share is written once.
        """
        if name not in self.definitions:
            self.definitions[name] = block_schema(shape, self.definitions)
            keys = self.definitions[name]["properties"]
            keys["by"] = self._by(tuple(self.offices), keys["by"]["description"])
            keys["on"] |= _DAYS if shape is DOCUMENT else _DAY
        block: JsonSchema = self.definitions[name]
        keys = {
            key: {"$ref": f"#/$defs/{name}/properties/{key}"} for key in block["properties"]
        }
        if fact.offices:
            keys["by"] = self._by(fact.offices, block["properties"]["by"]["description"])
        return block | {"properties": keys}

    def _by(self, offices: tuple[str, ...], said: str) -> JsonSchema:
        """Return the schema of the office that states something."""
        words = tuple((name, self.offices[name][self.form.language]) for name in offices)
        schema = leaf_schema(Leaf(words=words)) if words else {"not": {}}
        return schema | {"description": said}

    def _value(self, fact: Fact) -> JsonSchema:
        """Return the schema of a value by its type."""
        unknown = self._unknown(self.form.form(fact))
        labels = [(name, label[self.form.language]) for name, label in fact.options.items()]
        match fact.datatype:
            case RankType():
                return {"anyOf": [unknown, json_schema(RANK, self.definitions)]}
            case SeriesType(each):
                years = {"propertyNames": _YEAR | {"title": tell(self.form.language, "year")}}
                years["additionalProperties"] = self._scalar(each, labels)
                return {"anyOf": [unknown, {"type": "object"} | years]}
            case SetType():
                one = leaf_schema(Leaf(words=tuple(labels)))
                said = leaf_schema(HELD)
                keys = {name: said | {"description": label} for name, label in labels}
                several = {"type": "array", "items": one}
                return {"anyOf": [unknown, several, _only(keys) | {"minProperties": 1}]}
            case DocumentType():
                return leaf_schema(SUBMITTED)
            case NumberType() | PeriodType() | DateType() | ChoiceType() | TextType() as scalar:
                return self._scalar(scalar, labels)
            case _:
                assert_never(fact.datatype)

    def _scalar(self, datatype: _Scalar, labels: list[tuple[str, str]]) -> JsonSchema:
        """Return the schema of a value that is one text, with what a form should know of it."""
        match datatype:
            case NumberType(unit, low, high, whole):
                number = patterns.number(low, high, whole=whole)
                ends = {"x-at-least": low, "x-at-most": high}
                about = {key: number_text(end) for key, end in ends.items() if end is not None}
                if unit:
                    said = patterns.in_part(number, f" +{unit}")
                    return self._text(datatype, said) | {"x-unit": unit} | about
                least = -_MOST if low is None else ceil(low)
                most = _MOST if high is None else floor(high)
                return self._text(datatype, patterns.in_part(number), (least, most)) | about
            case PeriodType(unit):
                units = "|".join(one[:-1] for one in UNITS if in_months(one) == in_months(unit))
                said = patterns.in_part("[0-9]{1,5}", f" +(?:{units})s?")
                return self._text(datatype, said) | {"x-unit": unit}
            case DateType():
                return self._text(datatype, _DAYS_PATTERN, YEARS)
            case ChoiceType():
                words = (
                    *labels,
                    ("unknown", tell(self.form.language, "it was asked for, but is not known")),
                )
                order = {"x-ordered": True} if datatype.ordered else {}
                if datatype == FINDING:
                    return leaf_schema(Leaf(words=words)) | order
                some: JsonSchema = {
                    "type": "array",
                    "items": leaf_schema(Leaf(words=tuple(labels))),
                }
                some |= {
                    "minItems": 1,
                    "description": tell(
                        self.form.language,
                        "the options that are possible, where it is not known which it is",
                    ),
                }
                remaining = _only({ONE_OF: some}) | {"required": [ONE_OF]}
                return {"anyOf": [leaf_schema(Leaf(words=words)), remaining]} | order
            case TextType():
                return leaf_schema(TEXT)
            case _:
                assert_never(datatype)

    def _text(
        self, datatype: _Scalar, pattern: str, numbers: tuple[int, int] | None = None
    ) -> JsonSchema:
        """Return the schema of a text that is `unknown` or matches a pattern."""
        text = leaf_schema(Leaf(f"unknown|{pattern}", numbers=numbers))
        wanted = tell(
            self.form.language, "expected here: {form}", form=self.form.typed(datatype)
        )
        # A language server says its own instead where `type` is one word.
        types = [text["type"]] if numbers is None else text["type"]
        return text | {"type": types, "patternErrorMessage": wanted, "errorMessage": wanted}

    def _unknown(self, form: str) -> JsonSchema:
        """Return the schema of `unknown` where it is the only text."""
        wanted = (
            {"errorMessage": tell(self.form.language, "expected here: {form}", form=form)}
            if form
            else {}
        )
        return (
            leaf_schema(
                Leaf(
                    words=(
                        (
                            "unknown",
                            tell(self.form.language, "it was asked for, but is not known"),
                        ),
                    )
                )
            )
            | wanted
        )


def _only(keys: JsonSchema) -> JsonSchema:
    """Return the schema of a block of the keys given, and no others."""
    return {"type": "object", "properties": keys, "additionalProperties": False}
