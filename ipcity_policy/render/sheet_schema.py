"""The JSON Schema of the fact sheets for a version: for editors, and for forms to be filled in.

It accepts the sheets that the reader accepts, as far as a schema can tell; what it cannot
tell stands in `BEYOND`. The keys `x-type`, `x-unit`, `x-at-least` and `x-at-most` tell a form
what the text of a value holds.
"""

from typing import Any, assert_never
from urllib.parse import quote

from ipcity_policy.lang import patterns
from ipcity_policy.lang.datatypes import YES_NO, ChoiceType, DateType, NumberType, TextType
from ipcity_policy.lang.literals import number_text
from ipcity_policy.measure.model import Fact, Program, Words
from ipcity_policy.measure.shapes.leaves import DATE_LEAF, TEXT, YEARS
from ipcity_policy.measure.shapes.sheetfile import STATEMENT, sheet_shape
from ipcity_policy.render.sheet_form import SheetForm
from ipcity_policy.text.json_schema import DIALECT, Schema, block_schema, leaf_schema
from ipcity_policy.text.shape import Leaf

#: What a schema cannot tell and the reader can. The reader is the milder one about how a file
#: is written: spaces around a value in quotes, nothing at all after `facts:` or `sources:`,
#: and a bare `true` or `null` where a text belongs.
BEYOND = (
    "A schema cannot tell whether a source is listed, whether a key stands twice, or how a "
    "number is spelled (2001.0 is a year to it). `ipcity validate` can."
)
_SENTENCES = {
    "fact": Words("{label}: {asks}", "{label}：{asks}"),
    "wanted": Words("what belongs here is {form}", "此处应填：{form}"),
    "unknown": Words("it was asked, and is not known", "已询问，但不清楚"),
}
#: What the shapes say of the keys of a sheet.
_CHINESE = {
    "a sheet": "事实表",
    "what is stated of one subject": "对一个对象所填报的内容",
    "the version of the form of sheets": "事实表格式的版本",
    "the measure it is for": "所适用的办法",
    "the subject itself, and the facts that belong to it": "填报对象及其自身的事实",
    "its name": "名称",
    "what is stated": "所填报的事实",
    "sources beside those of the measure": "办法所列来源以外的来源",
    "a remark for readers": "备注",
    "a statement": "填报",
    "what is stated of a fact: who states it, when, and where it was read": (
        "填报的内容，以及由谁、何时填报，出自何处"
    ),
    "what is stated; `unknown` says that it was asked": "所填内容；unknown 表示已询问而不清楚",
    "the office that states it": "填报机关",
    "the day it was stated": "填报日期",
    DATE_LEAF.form: "日期，如 2001-05-17、2001-05、2001",
    "where it was read": "出处",
    "a source": "来源",
    "where facts were read": "事实的出处",
    "what it is": "名称",
    "where to find it": "查阅地址",
    "how far it can be relied on": "可靠程度",
    "name": "名称",
    "a name in lower-case words joined by hyphens": "由连字符连接的小写词构成的名称",
}


def sheet_schema(program: Program, decision: str | None, language: str) -> Schema:
    """Return the schema of the sheets that state what a version may ask, or one decision."""
    vocabulary = program.vocabulary
    form = SheetForm(program, decision, language)
    definitions: Schema = {}
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
    keys["facts"] = {
        "description": keys["facts"]["description"],
        "type": "object",
        "properties": facts.stated(of_subject=False),
        "additionalProperties": False,
    }
    sheet["title"] = form.say("head", title=program.title[language], id=program.id)
    if decision is not None:
        asks = program.decisions[decision].asks[language]
        sheet["description"] = form.say("question", asks=asks)
    schema = {"$schema": DIALECT, "$comment": BEYOND, **sheet, "$defs": definitions}
    return _in_chinese(schema) if language == "zh" else schema


class _Facts:
    """The facts of a sheet: the schema of what may be stated of each."""

    def __init__(self, form: SheetForm, definitions: Schema) -> None:
        self.form = form
        self.definitions = definitions
        self.offices = form.program.vocabulary.offices
        #: The keys of a statement in its long form, of whatever fact.
        keys = definitions["statement"]["properties"]
        keys["by"] = self._by(tuple(self.offices))
        keys["on"] |= leaf_schema(Leaf(patterns.DATE, DATE_LEAF.form, numbers=YEARS))

    def stated(self, *, of_subject: bool) -> Schema:
        """Return the schemas of the facts in one of the two blocks that hold them."""
        return {fact.id: self._fact(fact) for fact in self.form.facts(of_subject=of_subject)}

    def _fact(self, fact: Fact) -> Schema:
        label, asks = fact.label[self.form.language], fact.asks[self.form.language]
        name = f"value-{fact.id}"
        self.definitions[name] = {"title": label, **self._value(fact)}
        value = {"$ref": f"#/$defs/{quote(name)}"}
        about = [self._say("fact", label=label, asks=asks), *self.form.details(fact)]
        about += [] if isinstance(fact.datatype, ChoiceType) else [self.form.form(fact)]
        return {
            "title": label,
            "description": "\n\n".join(filter(None, about)),
            "default": "unknown",
            "anyOf": [value, self._statement(fact, value)],
        }

    def _value(self, fact: Fact) -> Schema:
        """Return the schema of a value by its type, with what a form should know of it."""
        match fact.datatype:
            case NumberType(unit, low, high):
                ends = {"x-at-least": low, "x-at-most": high}
                limits = {key: number_text(end) for key, end in ends.items() if end is not None}
                text = self._text(fact, f"{patterns.number(low, high)} +{unit}")
                return text | {"x-type": "number", "x-unit": unit} | limits
            case DateType():
                return self._text(fact, patterns.DATE, YEARS) | {"x-type": "date"}
            case ChoiceType(options):
                words = [(name, fact.options[name][self.form.language]) for name in options]
                words.append(("unknown", self._say("unknown")))
                kind = "yes-no" if fact.datatype == YES_NO else "choice"
                return leaf_schema(Leaf(words=tuple(words))) | {"x-type": kind}
            case TextType():
                return leaf_schema(TEXT) | {"x-type": "text"}
            case _:
                assert_never(fact.datatype)

    def _text(
        self, fact: Fact, pattern: str, numbers: tuple[int, int | None] | None = None
    ) -> Schema:
        """Return the schema of a text that is `unknown` or matches a pattern."""
        text = leaf_schema(Leaf(f"unknown|{pattern}", numbers=numbers))
        wanted = self._say("wanted", form=self.form.form(fact))
        # A language server says its own instead where `type` is one word.
        types = [text["type"]] if numbers is None else text["type"]
        return text | {"type": types, "patternErrorMessage": wanted, "errorMessage": wanted}

    def _statement(self, fact: Fact, value: Schema) -> Schema:
        """Return the schema of a value with who states it, when, and where it was read."""
        statement: Schema = self.definitions["statement"]
        keys = {
            key: {"$ref": f"#/$defs/statement/properties/{key}"}
            for key in statement["properties"]
        }
        keys["value"] = value
        if fact.offices:
            keys["by"] = self._by(fact.offices)
        return statement | {"properties": keys}

    def _by(self, offices: tuple[str, ...]) -> Schema:
        """Return the schema of the office that states a fact."""
        words = tuple((name, self.offices[name][self.form.language]) for name in offices)
        doc = next(key.doc for key in STATEMENT.keys if key.name == "by")
        return leaf_schema(Leaf(words=words)) | {"description": doc} if words else {"not": {}}

    def _say(self, key: str, **parts: str) -> str:
        return _SENTENCES[key][self.form.language].format(**parts)


def _in_chinese(schema: Schema) -> Schema:
    """Return a schema with the words of the shapes in Chinese, as those of the measure are."""
    return {key: _translated(key, value) for key, value in schema.items()}


def _translated(key: str, value: Any) -> Any:
    match value:
        case str() if key in ("title", "description", "label"):
            return "\n\n".join(_CHINESE.get(part, part) for part in value.split("\n\n"))
        case dict():
            return _in_chinese(value)
        case list():
            return [_translated("", one) for one in value]
    return value
