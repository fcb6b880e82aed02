"""Every format shows every block, and nothing that a text holds is read as markup."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import get_args
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ipcity_policy.formats.html import as_html, style
from ipcity_policy.formats.markdown import as_markdown, escaped
from ipcity_policy.formats.text import as_text
from ipcity_policy.report.block import (
    Block,
    BulletChart,
    Contents,
    Fold,
    GanttChart,
    GanttGroup,
    GanttPoint,
    GanttRow,
    GanttShape,
    GanttStretch,
    Heading,
    Items,
    Mark,
    Paragraph,
    Table,
    Tree,
    TreeLine,
    Verbatim,
)
from ipcity_policy.text.cells import cells
from ipcity_policy.text.inline import Badge, Link, RichText
from ipcity_policy.text.message import tell

ZERO, HALF, ONE = Decimal(0), Decimal("0.5"), Decimal(1)
BAR = BulletChart(
    (HALF, ONE), (ONE, ONE), ((HALF, "limit"),), "found", "margin", ("least", "most")
)

FORMATS: dict[str, Callable[[list[Block]], str]] = {
    "text": lambda blocks: as_text(blocks, unfold=True),
    "markdown": lambda blocks: as_markdown(blocks, unfold=True),
    "html": lambda blocks: as_html([blocks], "en"),
}


def samples(words: str) -> list[Block]:
    """A block of every kind, each holding the same words wherever it can."""
    below = TreeLine(Mark.NOT_MET, words, below=(TreeLine(Mark.UNKNOWN, words, aside=True),))
    bar = BulletChart((ZERO, HALF), (ZERO, ONE), ((HALF, words),), words, words, (words, words))
    known, open_ = (HALF, HALF), (ZERO, HALF)
    row = GanttRow(
        words,
        words,
        words,
        tuple(
            GanttStretch(shape, open_, (ONE, ONE))
            for shape in (GanttShape.STATE, GanttShape.DELAY)
        ),
        (
            GanttPoint(GanttShape.EVENT, known),
            GanttPoint(GanttShape.UNKNOWN, open_, certain=False),
        ),
    )
    course = GanttChart(
        title=words,
        header=(words, words, words),
        parts=(GanttGroup(words, (row, row)),),
        ticks=((ZERO, words), (HALF, words)),
        on=(HALF, words),
        known=(HALF, words),
        legend=((GanttShape.STATE, words), (GanttShape.EVENT, words), (None, words)),
    )
    return [
        course,
        Heading(RichText(Badge(words, "kind")), 1, "top"),
        Paragraph(RichText(Link(words, "top"))),
        Items((words, words)),
        Table((words, words), ((words, words),), anchors=("row",)),
        Table((), ((words, words), ("", words))),
        Tree((TreeLine(Mark.MET, words, decisive=True, below=(below,), bar=bar),), words),
        Verbatim(words),
        Contents((Link(words, "top"),)),
        Fold(words, (Paragraph(words),)),
    ]


def page(html: str) -> Element:
    """Read a page as strictly as can be."""
    return ElementTree.fromstring(html.partition("\n")[2])


def said(html: str) -> str:
    """What a reader of a page reads."""
    body = page(html).find("body")
    assert body is not None
    return "\n".join(body.itertext())


def test_the_samples_are_of_every_kind_of_block() -> None:
    assert {type(block) for block in samples("w")} == set(get_args(Block))


@pytest.mark.parametrize("block", samples("word"), ids=lambda block: type(block).__name__)
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_every_block(name: str, block: Block) -> None:
    assert "word" in FORMATS[name]([block])


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_folded_is_left_out_unless_asked_for(name: str) -> None:
    aside = TreeLine(Mark.MET, "aside", aside=True)
    blocks: list[Block] = [
        Tree((TreeLine(Mark.MET, "taking part", below=(aside,)),), "legend", "left out")
    ]
    assert "aside" in FORMATS[name](blocks)
    assert "left out" not in FORMATS[name](blocks)
    for write in (as_text, as_markdown):
        folded = write([*blocks, Fold("fold", (Paragraph("inside"),))])
        assert folded.index("legend") < folded.index("left out")
        assert not re.search("aside|fold|inside", folded)


def test_on_a_page_what_is_folded_can_be_opened() -> None:
    html = as_html([[Fold("fold", (Paragraph("inside"),)), *samples("w")]], "en")
    summaries = [one.text for one in page(html).iter("summary")]
    assert summaries == ["fold", "What does not affect the answer", "w"]


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title></details><b>",
    "]]> <!-- &lt;b&gt; &amp; -->",
    "javascript:alert(1)",
    "[link](http://example.org) ![](x) <http://example.org>",
    "# no heading",
    "1. no list",
    "- no list",
    "+ no list",
    "= no = line",
    "> no quotation",
    "`code` *strong* _soft_ ~~gone~~ | cell | \\",
    "``` \n no fence",
    "a\n\n---\n\n# b",
    "\x00\x0b\x1b[31m\ufffe\ud800",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_page_shows_hostile_words_and_reads_none(words: str) -> None:
    html = as_html([samples(words)], "en")
    root = page(html)
    known = {one.tag for one in page(as_html([samples("w")], "en")).iter()}
    assert {one.tag for one in root.iter()} == known
    assert known.isdisjoint({"script", "img", "b"})
    shown = re.sub("[\x00\x0b\x1b\ufffe\ud800]", "\ufffd", words)
    assert said(html).count(shown) >= 15
    for one in root.iter():
        assert not [key for key in one.attrib if key in ("src", "style") or key[:2] == "on"]
        assert one.get("href", "#").startswith("#")


@pytest.mark.parametrize("words", [one for one in HOSTILE if "\x00" not in one])
def test_markdown_shows_hostile_words_and_reads_none(words: str) -> None:
    written = as_markdown(samples(words), unfold=True)
    known = kinds_of(as_markdown(samples("w"), unfold=True))
    assert kinds_of(written) == known
    shown = [" ".join(one.split()) for one in inline_texts(written)]
    assert shown.count(" ".join(words.split())) >= 8


def kinds_of(markdown: str) -> list[str]:
    """The elements that a reader of Markdown finds."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return [
        token.type
        for whole in parser.parse(markdown)
        for token in (whole, *(whole.children or ()))
        if token.type != "text"
    ]


def inline_texts(markdown: str) -> Iterator[str]:
    """The lines of text that a reader of Markdown finds."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for token in parser.parse(markdown):
        if token.type == "inline":
            yield "".join(one.content for one in token.children or ())


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))))
def test_any_line_reads_in_markdown_as_it_was_written(text: str) -> None:
    line = " ".join(text.split())
    found = [" ".join(one.split()) for one in inline_texts(escaped(text))]
    assert found == ([line] if line else [])


def fit(text: str) -> str:
    """A text as a page shows it."""
    return re.sub(
        "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]",
        "\ufffd",
        text,
    )


@pytest.mark.whole
@pytest.mark.parametrize("place", range(len(samples(""))))
@given(text=st.text(max_size=12))
def test_any_text_is_read_from_a_page_as_it_was_written(place: int, text: str) -> None:
    words = f"<{text}>"
    read = page(as_html([[samples(words)[place]]], "en"))
    told = list(read.itertext())
    if not list(read.iter("svg")):
        assert fit(words) in told
    # In a picture its words are broken into lines.
    assert "".join(fit(words).split()) in "".join("".join(told).split())
    # And none of it is read as markup.
    known = page(as_html([[samples("w")[place]]], "en"))
    assert {one.tag for one in read.iter()} <= {one.tag for one in known.iter()}
    assert fit(words) in [
        value for one in read.iter() for value in one.attrib.values()
    ] or not [one for one in known.iter() if "w" in one.attrib.values()]


def test_a_page_is_the_same_to_who_reads_html_and_to_who_reads_xml() -> None:
    html = as_html([[*samples("w"), *samples("")]], "en")
    # HTML reads a style sheet as it stands, XML as text: it holds nothing that would differ.
    assert not set(style()) & set("<&")
    assert page(html).findtext("head/style") == "\n" + style()
    # HTML reads `<td />` as the beginning of an element; only a `meta` has no end there.
    assert set(re.findall("<([a-z0-9]+)[^>]*/>", html)) == {"meta"}
    assert "</meta>" not in html


def test_links_lead_to_places_of_their_own_report_or_are_words() -> None:
    report: list[Block] = [
        Heading("One", 1, "one"),
        Paragraph(RichText(Link("One", "one"), " ", Link("Two", "two"))),
    ]
    root = page(as_html([report, report], "en"))
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert ids == ["report-1", "1-one", "report-2", "2-one"]
    links = [(one.text, one.get("href")) for one in root.iter("a")]
    assert links == [
        ("One", "#report-1"), ("One", "#report-2"), ("One", "#1-one"), ("One", "#2-one")
    ]  # fmt: skip


def test_badges_and_links_stand_where_their_words_were_filled_in() -> None:
    cite = RichText(Link("Art. 1", "a"))
    joined = tell("en", ", ").join((cite, "Art. 1", tell("en", "[{cite}]", cite=cite)))
    told = "old: " + tell("en", "{words}; {n}", words=joined, n=7) + "!"
    assert told == "old: Art. 1, Art. 1, [Art. 1]; 7!"
    blocks: list[Block] = [
        Heading(RichText("Top ", Badge("old", "kind")), 1, "a"),
        Paragraph(told),
        Paragraph(str(told)),
    ]
    root = page(as_html([blocks], "en"))
    assert [(one.text, one.tail) for one in root.iter("a")] == [
        ("Art. 1", ", Art. 1, ["), ("Art. 1", "]; 7!")
    ]  # fmt: skip
    assert [one.text for one in root.iter("span")] == ["old"]
    for write in (as_text, as_markdown):
        assert "old: Art. 1, Art. 1," in write(blocks)


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh", "zh-Hans")])
def test_a_page_says_its_language_and_asks_for_nothing(language: str, tag: str) -> None:
    html = as_html([samples("w")], language)
    root = page(html)
    assert root.get("lang") == tag
    policy = next(one for one in root.iter("meta") if one.get("http-equiv"))
    assert (policy.get("content") or "").startswith("default-src 'none'")
    assert not re.search(r"https?:|url\(|@import", html)


def test_a_bar_shows_limit_found_and_margin_where_they_lie() -> None:
    html = as_html([[Tree((TreeLine(Mark.MET, "w", bar=BAR),))]], "en")
    (picture,) = page(html).iter("svg")
    assert picture.get("aria-label") == "limit, found, margin"
    places = {one.get("class"): one for one in picture if one.tag != "text"}
    # The line is 624 long and begins at 8: its middle is at 320, its end at 632.
    assert (places["zone"].get("x"), places["zone"].get("width")) == ("320.0", "312.0")
    assert places["found"].get("cx") == "632.0"
    assert (places["limit"].get("d") or "").startswith("M320.0 ")
    assert re.findall(r"[MH](\d+\.\d)", places["margin"].get("d") or "") == ["320.0", "632.0"]
    words = [one.text for one in picture if one.tag == "text"]
    assert words == ["limit", "least", "most", "found · margin"]


@pytest.mark.parametrize("width", [40, 52, 64, 88, 110])
def test_text_keeps_to_any_width_and_its_columns_stand_below_one_another(width: int) -> None:
    rows = (("重量和体积", "parameters.acceptance", "十克以上，但不满二十克的部分"),
            ("day", "parameters.day", "the last day of the month"))  # fmt: skip
    lines = as_text([Table(("名称", "name", "value"), rows)], width=width).splitlines()
    assert max(map(cells, lines)) <= width
    if width >= 64:
        starts = {cells(line[: line.index("parameters")]) for line in lines if "param" in line}
        assert len(starts) == 1
    joined = "".join("".join(lines).split())
    for text in (text for row in rows for text in row):
        assert set("".join(text.split())) <= set(joined)
