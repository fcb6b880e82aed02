"""What the shapes of a sheet say of its keys and words, in Chinese."""

from typing import Any

from ipcity_policy.law.schemas.leaves import DATE_LEAF, DAYS_LEAF
from ipcity_policy.law.schemas.sheet import PLACE, SIZE, WHEN
from ipcity_policy.yaml.json_schema import JsonSchema

_DAYS = (
    "日期，如 2001-05-17、2001-05、2001；仅部分已知的，写作 2001-05-17 to 2001-06-03、"
    "on or before 2001-05-17、on or after 2001-05-17"
)
_CHINESE = {
    "a sheet": "事实表",
    "what is stated of one subject": "对一个对象所填报的内容",
    "the version of the form of sheets": "事实表格式的版本",
    "`1`": "填 1",
    "the measure it is for": "所适用的办法",
    "the subject itself, and the facts that belong to it": "填报对象及其自身的事实",
    "its name": "名称",
    "what is stated": "所填报的内容",
    "sources beside those of the measure": "办法所列来源以外的来源",
    "the day from which on every event is stated, if not from the beginning": (
        "自该日起的事件均已填报；未写明的，自始均已填报"
    ),
    "the kinds of which it does not tell: such an event may have happened unstated": (
        "事实表未加说明的事件种类，未填报的也可能已发生"
    ),
    "the day up to which every event is stated: one that is not did not happen": (
        "事件已全部列出的截止日：此前未列出的即未发生"
    ),
    "what happened, in any order": "所发生的事件，不论顺序",
    "an event": "事件",
    "a dated happening in the subject's history": "填报对象经历中的一个有日期的事件",
    "its kind, declared in the vocabulary": "事件的种类，须已在词汇表中声明",
    "the day, or what is known of it; or `never`": "日期，或所知的部分；未曾发生的写 never",
    "the year that it is about, if not that of its day": "所涉年度（与日期所在年份不同时填写）",
    "a year": "年份",
    "a term as a notice states it": "通知所载期限",
    "its first and last day as a notice states them; they win over reckoned ones": (
        "通知所载的起止日，优先于推算的起止日"
    ),
    "the first day": "起始日",
    "the last day": "截止日",
    "the term that the notice itself states": "通知本身所载的期限",
    "facts that are stated with it": "随事件填报的事实",
    "the office whose act it was": "作出该行为的机关",
    "a remark for readers": "备注",
    "a statement": "填报",
    "what is stated of a fact: who states it, when, and where it was read": (
        "填报的内容，以及由谁、何时填报，出自何处"
    ),
    "the office that states it": "填报机关",
    "the day it was stated": "填报日期",
    DATE_LEAF.form: "日期，如 2001-05-17、2001-05、2001",
    DAYS_LEAF.form: _DAYS,
    WHEN.form: f"{_DAYS}；未曾发生的写 never",
    "on what a finding rests": "作出判断的依据",
    "where it was read": "出处",
    "a document": "文件",
    "whether a document was submitted, by whom and when": "文件是否提交，由谁、何时提交",
    "whether it was submitted": "是否提交",
    "it was submitted": "已提交",
    "it was not submitted": "未提交",
    "it was asked, and is not known": "已询问，但不清楚",
    "the office that submitted it": "提交机关",
    "the day it was submitted": "提交日期",
    "a rank": "名次",
    "a place among those of a cohort": "在一组对象中的名次",
    "the place; 1 is the first": "名次，第一名为 1",
    "how many there are in the cohort, or `unknown`": "该组对象的总数，或 `unknown`",
    "how many share the place": "并列者的数目",
    PLACE.form: "从 1 起的整数，或 last、5 to 9、at least 5、at most 9、unknown",
    SIZE.form: "从 1 起的整数，或 40 to 60、at least 40、at most 60、unknown",
    "a whole number from 1": "从 1 起的整数",
    "year": "年份",
    "it is one of them": "包括在内",
    "it is none of them": "不包括在内",
    "a source": "来源",
    "where facts were read": "事实的出处",
    "what it is": "名称",
    "where to find it": "查阅地址",
    "how far it can be relied on": "可靠程度",
    "name": "名称",
    "a name in lower-case words joined by hyphens": "由连字符连接的小写词构成的名称",
}
_SAID = ("title", "description", "label", "enumDescriptions")


def in_chinese(schema: JsonSchema) -> JsonSchema:
    """Return a schema with the words of the shapes in Chinese, as those of the measure are."""
    return {key: _translated(key, value) for key, value in schema.items()}


def _translated(key: str, value: Any) -> Any:
    match value:
        case str() if key in _SAID:
            return "\n\n".join(_CHINESE.get(part, part) for part in value.split("\n\n"))
        case dict():
            return in_chinese(value)
        case list():
            return [_translated(key, one) for one in value]
    return value
