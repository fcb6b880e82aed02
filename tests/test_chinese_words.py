"""The Chinese has one word for one idea: in the catalogue, in rule files and on pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from ipcity_policy.text.catalogue import DOMAIN, LOCALE
from tests.support import ROOT

HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Word:
    """An idea, the word for it, and forms that are not used for it."""

    idea: str
    best: str
    #: A regular expression of what is not written.
    never: str
    #: Where it may stand after all, as a regular expression around it, with the reason.
    unless: str | None = None
    why: str = ""


NUMBER = "[一二三四五六七八九十]+"

WORDS = (
    Word("reading", "理解", "解读|读法"),
    Word(
        "decision, in rule files",
        "判断事项",
        "(?:没有|项|个|其他|本|整个|共同的)决定|决定事项",
    ),
    Word("to state a fact", "填报", "陈述"),
    Word("day asked about", "所询日期", "所问之日|所问的日期|所询之日|所询日(?!期)"),
    Word(
        "unknown, of a fact",
        "不明",
        "尚不清楚|并不清楚|未知的?(?!悉)|不详",
        r"办法|条文|如实写明|规定|条件|后果|义务|周期|期限|文号|另有要求|计分|分值|折算|权重|指标|部分"
        r"|^不详$",
        "of what a text that was not found lays down it is said that no more is known",
    ),
    Word(
        "undetermined, of an answer",
        "尚不能确定",
        "未定(?!主题)|不定(?!义)",
        "天数不定",
        "a month has not always as many days",
    ),
    Word("assumed, unavailable", "假定、条文缺失", "推定|缺文"),
    Word("basis", "依据性质", "结论依据"),
    Word("in force", "施行期间", "有效期(?!限)"),
    Word("bar", "申报限制期", "(?<!申报)限制期|申请限制|受限(?!制)"),
    Word("lapse", "逾期视为退出", "失效"),
    Word("band", "档", "分段"),
    Word("weight", "权重", "权数"),
    Word("cohort", "参评范围", "群体(?!侵权)"),
    Word(
        "subject",
        "对象",
        "主体",
        "申报主体|主体资格|责任主体",
        "of who may apply and of whose task it is the measures themselves speak so",
    ),
    Word("sentence", "语句", "句子"),
    Word("finding", "认定", "认定是判断|(?<!按条件)作出的判断|作出判断的依据"),
    Word(
        "office",
        "机关",
        "部门",
        "何部门|各部门",
        "of the parts of a government, not of an office",
    ),
    Word("due", "到期", "(?<!未)届期|未届期"),
    Word("duty-holder", "责任主体", "责任单位|义务人|办理主体"),
    Word(
        "to apply for a title",
        "申报",
        "再次申请|再申请|申请城市|申请国家知识产权|申请成为|不得申请"
        "|(?<!专利)申请(?:之日|日期|当年|上一年度|报送)",
        "申请冬季泊位|申请延长存放|申请某事|不得申请：",
        "what is applied for in the examples is no title",
    ),
    Word(
        "infringement", "群体侵权、反复侵权、恶意侵权", "群体性|反复(?:和|或|且)|恶意(?!侵权)"
    ),
    Word("abnormal applications", "非正常申请专利行为", "非正常(?!申请专利行为)|异常申请"),
    Word(
        "enforcement performance",
        "执法维权工作绩效",
        "执法绩效|执法维权绩效|执法和维权[^、。]*绩效",
    ),
    Word(
        "patents per 10,000 inhabitants", "每万人口发明专利拥有量", "每万人口(?!发明专利拥有量)"
    ),
    Word("pledge loans", "专利权质押融资", "(?<!专利权)质押融资|(?<!专利权)质押贷款"),
    Word("deemed abandoned", "视为放弃取得专利权", "视为放弃(?!取得专利权)"),
    Word("met, of a condition", "符合", "均成立|不成立|一项成立|总成立|尚不成立"),
    Word("what was found", "填报值", "查明："),
    Word("legal consequence", "法律后果", "法律效果"),
    Word(
        "offices in full",
        "国家知识产权局、省级知识产权局、城市（城区）人民政府",
        "(?<!知识产权)(?<!国)国家局|省局|(?<![州户])市政府",
    ),
    Word(
        "articles, each in full",
        "第一条、第二条",
        f"第{NUMBER}、{NUMBER}",
    ),
    Word(
        "numerals (GB/T 15835)",
        "1月31日、前30%",
        f"{NUMBER}月{NUMBER}日|前[二三四五]成|(?:位居|居)前半",
    ),
    Word("the translation", "英文译本", "英译本|英文文本"),
    Word("day of an application", "申报日期", "申报之日"),
    Word("the articles from one on", "第五条及以后各条", "条至末条|条以下"),
    Word("round, by number", "第1轮", "第一轮"),
    Word("without districts and counties", "不设区县", "下无区县"),
    Word("together with it", "一并取消称号", "是否并取消|[，的]并取消称号"),
    Word("option, of an office", "选择权", "可选，|可选而非|此选择(?!权)"),
    Word("letters and numbers of ours", "编者所加序号", "编者序号|编者代称"),
    Word("version, not its text", "版本", "有效的文本|适用文本|何文本|之日的文本|开始时的文本"),
    Word("attested", "载明", "(?<![写说声])明文(?!件|本)"),
    Word("to check and repeat", "版本与校验信息", "复核信息"),
    Word("items are cited without brackets", "第一项", f"第（{NUMBER}）项"),
    Word("yes or no", "“甲”一项为“否”", "不为“是”"),
    Word("replaced by another version", "以另一版本的条文代替", "以他文"),
    Word("quoted lists without commas (GB/T 15834)", "“甲”“乙”", "[”》]、[“《]"),
)


@cache
def written() -> tuple[tuple[str, str], ...]:
    """Return all Chinese that is written, with where it stands."""
    return (*_catalogue(), *_rule_files(), *_tables(), *_pages())


def _catalogue() -> Iterator[tuple[str, str]]:
    with (LOCALE / "zh" / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        for entry in read_po(file, locale="zh"):
            texts = entry.string if isinstance(entry.string, tuple) else (entry.string,)
            if entry.id:
                yield from ((f"the catalogue, {entry.id}", str(text)) for text in texts)


def _rule_files() -> Iterator[tuple[str, str]]:
    """Yield what `…-zh:` says, its lines joined as they are read."""
    for path in rule_files():
        where, text = path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
        yield from ((where, "".join(lines)) for lines in paragraphs(text))
        for line in re.findall("-zh: *([^|{} \n][^{}\n]*)", text):
            yield where, line


def rule_files() -> list[Path]:
    """Return the rule files and sheets of the shipped measures, and of the second law."""
    homes = (ROOT / "policies", ROOT / "tests/second_law")
    return [path for home in homes for path in sorted(home.rglob("*.yaml"))]


def paragraphs(text: str) -> Iterator[list[str]]:
    """Yield the lines of each paragraph of Chinese in a rule file."""
    for said in re.finditer(r"^( *)[a-z-]+-zh: \|\n((?:\1 +\S.*\n?)+)", text, re.M):
        yield [line.strip() for line in said[2].splitlines()]


def _tables() -> Iterator[tuple[str, str]]:
    """Yield what the code says in Chinese beside the catalogue: labels and meanings."""
    for room in ("lang", "law", "report"):
        for path in sorted((ROOT / "ipcity_policy" / room).rglob("*.py")):
            where = path.relative_to(ROOT).as_posix()
            lines = path.read_text("utf-8").splitlines()
            yield from ((where, line) for line in lines if HAN.search(line))


def _pages() -> Iterator[tuple[str, str]]:
    names = ("README.md", "CONTRIBUTING.md", "policies", "tests/conformance", "docs")
    for name in names:
        home = ROOT / name
        for path in sorted(home.rglob("*.md")) if home.is_dir() else (home,):
            where = path.relative_to(ROOT).as_posix()
            for line in path.read_text("utf-8").splitlines():
                if HAN.search(line):
                    yield where, line


def wrong(word: Word, text: str) -> bool:
    """Tell whether a text says an idea otherwise than in the word for it."""
    if re.search(word.never, text) is None:
        return False
    return word.unless is None or re.search(word.unless, text) is None


@pytest.mark.parametrize("word", WORDS, ids=[word.idea for word in WORDS])
def test_an_idea_has_one_chinese_word(word: Word) -> None:
    found = [f"{where}: {text[:90]}" for where, text in written() if wrong(word, text)]
    assert found == [], f"{word.idea}: {word.best}"


@pytest.mark.parametrize("word", WORDS, ids=[word.idea for word in WORDS])
def test_an_exception_to_a_chinese_word_is_used_and_has_a_reason(word: Word) -> None:
    assert (word.unless is None) == (word.why == "")
    texts = [text for _, text in written() if re.search(word.never, text)]
    assert word.unless is None or any(re.search(word.unless, text) for text in texts)


def test_a_question_names_the_law_that_it_is_about() -> None:
    # A question is told beside those of other versions and articles.
    found = [
        f"{path.name}: {asks}"
        for path in rule_files()
        if "policies" in path.parts
        for asks in re.findall("asks-zh: *(.*)", path.read_text("utf-8"))
        if re.search("本办法|本通知|本条|本项(?!目)", asks)
    ]
    assert found == []


def test_all_kinds_of_places_are_read() -> None:
    places = {where.partition(",")[0].partition("/")[0] for where, _ in written()}
    assert places == {
        *("the catalogue", "policies", "tests", "docs", "ipcity_policy"),
        *("CONTRIBUTING.md", "README.md"),
    }
    assert sum(where.endswith("facts.yaml") for where, _ in written()) > 300


def test_no_paragraph_is_folded_where_a_space_would_show() -> None:
    # Lines are joined without a space only between two Chinese characters or full-width marks.
    joined = "[\u2e80-\u9fff\uff00-\uffef]"
    for path in rule_files():
        for lines in paragraphs(path.read_text("utf-8")):
            for before, after in pairwise(lines):
                fits = re.search(f"{joined}$", before) and re.match(joined, after)
                assert fits, f"{path.name}: {before[-8:]} | {after[:8]}"
