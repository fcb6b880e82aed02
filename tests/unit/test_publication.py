"""A published version says what it said when it was published."""

import hashlib
import re

import pytest

from ipcity_policy.law.library import Library
from ipcity_policy.law.reader import child
from ipcity_policy.studies.lints.publication import lint_published
from ipcity_policy.text.diagnostic import Diagnostic
from tests.support import SMALL, Ipcity, Made, Make

HEADER = SMALL["1/measure.yaml"]
ARTICLE = SMALL["1/article-01.yaml"]
#: What a header and an article of the fewest words say, as the documentation has it.
FEW = (
    '{"open":[],"provisions":{"art-1":{"article":"1","basis":"attested",'
    '"title-en":"A text in two lines","title-zh":"两行的文字"}},'
    '"version":{"in-force":{"basis":"attested","from":"2001-01-01"},'
    '"title-en":"V","title-zh":"版"}}'
)
#: The small measure as it was digested in the old form.
OLD = "1e065143af39c705"


def told(made: Made, version: str = "small/1") -> list[Diagnostic]:
    ref = made.library.find(version)
    assert ref is not None
    return list(lint_published(made.library, ref))


def named(made: Made) -> str:
    """Return the digest that is named where `yes` was written."""
    (diagnostic,) = told(made)
    assert made.placed([diagnostic]) == [("M120", "1/measure.yaml:4:12")]
    found = re.fullmatch("write `(text-sha256:[0-9a-f]{64})`", diagnostic.help_text)
    assert found is not None
    return found[1]


def published(digest: str, **files: str) -> dict[str, str]:
    return {"1/measure.yaml": f"{HEADER}published: {digest}\n", **files}


def test_a_version_that_is_not_published_may_change(make: Make) -> None:
    assert told(make({})) == []
    assert told(make({"1/article-01.yaml": ARTICLE.replace("10 grams", "11 grams")})) == []


def test_the_digest_is_named_and_then_fits(make: Make) -> None:
    made = make(published(named(make(published("yes")))))
    assert told(made) == []
    assert made.places() == []


def test_the_digest_is_the_documented_one(make: Make) -> None:
    article = """\
# A comment.
article: 1
title-en: |
  A text in
  two lines
title-zh: |
  两行的
  文字
basis: 'attested'
"""
    header = "title-en: V\ntitle-zh: 版\nin-force: {from: 2001-01-01, until: open, "
    made = make(
        {
            "1/measure.yaml": header + "basis: attested}\npublished: yes\n",
            "1/article-01.yaml": article,
        }
    )
    assert named(made) == f"text-sha256:{hashlib.sha256(FEW.encode()).hexdigest()}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("article: 1\n", "# a comment\narticle: 1   # another\n\n"),
        ("title-en: Weight", 'title-en: "Weight"'),
        ("title-en: Weight", "title-en: |\n  Weight"),
        ("{says-en: A., says-zh: 甲。}", "\n    says-en: A.\n    says-zh: 甲。"),
        ("[red]", "\n  - red"),
        ("require: weight is below light", "require: weight   is below light"),
        ("require: weight is below light", "require: (weight is below light)"),
        ("  light: 10 grams\n  heavy: 50 grams", "  heavy: 50 grams\n  light: 10 grams"),
    ],
)
def test_layout_and_comments_are_no_text(make: Make, old: str, new: str) -> None:
    digest = named(make(published("yes")))
    assert old in ARTICLE
    text = ARTICLE.replace(old, new, 1)
    made = make(published(digest, **{"1/article-01.yaml": text}))
    assert made.places() == []
    assert told(made) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("light: 10 grams", "light: 11 grams"),
        ("title-en: Weight", "title-en: Weights"),
        ("title-zh: 重量\n", ""),
        ("warm: [red]", "warm: [red, green]"),
        ("is below light}", "is below lihgt}"),  # a text with an error of its own, too
    ],
)
def test_an_edit_in_place_is_a_warning_with_both_mends(make: Make, old: str, new: str) -> None:
    digest = named(make(published("yes")))
    assert old in ARTICLE
    edited = {"1/article-01.yaml": ARTICLE.replace(old, new, 1)}
    made = make(published(digest, **edited))
    (diagnostic,) = told(made)
    assert made.placed([diagnostic]) == [("M119", "1/measure.yaml:4:12")]
    assert diagnostic.severity == "warning"
    assert "`ipcity draft new --amends small/1`" in diagnostic.help_text
    help = diagnostic.help_text.split("`published: ")[1].rstrip("`")
    assert help != digest
    assert told(make(published(help, **edited))) == []


def test_a_file_more_or_less_is_an_edit_and_a_file_renamed_is_none(make: Make) -> None:
    digest = named(make(published("yes")))
    more = {"1/article-02.yaml": "article: 2\ntitle-en: M\ntitle-zh: 二\nbasis: attested\n"}
    made = make(published(digest, **more))
    assert [d.code.id for d in told(made)] == ["M119"]
    (made.home / "1/article-02.yaml").unlink()
    (made.home / "1/article-01.yaml").rename(made.home / "1/art-1.yaml")
    assert told(Made(Library(made.home.parent, "x"), made.home)) == []


def test_facts_and_drafts_are_no_part_of_it(make: Make) -> None:
    digest = named(make(published("yes")))
    draft = "amends: small/1\ntitle-en: D\ntitle-zh: 草\nchange: {parameters.light: 9 grams}\n"
    facts = SMALL["facts.yaml"].replace("A small measure", "A smaller measure")
    made = make(published(digest, **{"facts.yaml": facts, "drafts/d.yaml": draft}))
    assert told(made) == told(made, "small/d") == []


def test_the_day_on_which_a_later_version_ends_it_is_no_part_of_it(make: Make) -> None:
    made = published(named(make(published("yes"))))
    header = made["1/measure.yaml"]
    ended = header.replace("until: open", "until: 2031-01-01")
    begun = header.replace("from: 2001-01-01", "from: 2001-01-02")
    assert header not in (ended, begun)
    assert told(make({"1/measure.yaml": ended})) == []
    assert [d.code.id for d in told(make({"1/measure.yaml": begun}))] == ["M119"]


def test_a_digest_in_the_old_form_is_known_and_mended(make: Make, ipcity: Ipcity) -> None:
    digest = named(make(published("yes")))
    made = make(published(OLD))
    (diagnostic,) = told(made)
    assert made.placed([diagnostic]) == [("M120", "1/measure.yaml:4:12")]
    assert "is a digest in the old form; the text is unedited" in diagnostic.message_text
    assert diagnostic.help_text == f"write `{digest}`"
    assert ipcity("check", str(made.home), "--fix").status == 0
    assert (made.home / "1/measure.yaml").read_text("utf-8").endswith(f"published: {digest}\n")
    assert told(Made(Library(made.home.parent, "x"), made.home)) == []


def test_an_edit_of_a_text_that_was_published_in_the_old_form_is_one(make: Make) -> None:
    edited = {"1/article-01.yaml": ARTICLE.replace("10 grams", "11 grams")}
    made = make(published(OLD, **edited))
    (diagnostic,) = told(made)
    assert (diagnostic.code.id, diagnostic.fix) == ("M119", None)
    assert "`published: text-sha256:" in diagnostic.help_text


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "'1'",
        "0123456789ABCDEF",
        "0123456789abcdef0",
        "text-sha256:0123456789abcdef",
        f"facts-sha256:{'0' * 64}",
        "0" * 64,
    ],
)
def test_what_is_no_digest_is_told_the_digest(make: Make, written: str) -> None:
    digest = named(make(published("yes")))
    assert named(make(published(written))) == digest


def test_a_digest_that_was_forgotten_is_told_too(make: Make) -> None:
    made = make({"1/measure.yaml": f"{HEADER}published:\n"})
    assert made.places() == [("S204", "1/measure.yaml:4:11")]
    assert [d.code.id for d in told(made)] == ["M120"]


def test_nothing_is_said_where_a_file_cannot_be_read(make: Make) -> None:
    for text in ("article: [2", "article: 2\narticle: 3\n"):
        assert told(make(published("yes", **{"1/article-02.yaml": text}))) == []


OPEN = """\
provision: articles-2-onward
title-en: The rest
title-zh: 其余
basis: {basis}
carries-over: {{from: small/2, decisions: [], why-en: W., why-zh: 由。}}
rules: {{other: {{title-en: O, title-zh: 他, require: colour is one of warm}}}}
"""
FOUND = """\
article: 2
title-en: Found
title-zh: 第二条
basis: attested
completes: {completes}
says-en: F.
says-zh: 文。
"""


@pytest.mark.parametrize("basis", ["unavailable", "assumed"])
def test_a_text_that_was_open_is_completed_and_not_edited(make: Make, basis: str) -> None:
    left_open = {"1/rest.yaml": OPEN.format(basis=basis)}
    found = {"1/article-02.yaml": FOUND.format(completes="articles-2-onward")}
    digest = named(make(published("yes", **left_open)))
    # What stands in for it is changed, an article of it is found, and then all of it is.
    assert (
        told(make(published(digest, **{"1/rest.yaml": left_open["1/rest.yaml"] + "#\n"}))) == []
    )
    less = left_open["1/rest.yaml"].replace("is one of", "is not one of")
    assert told(make(published(digest, **{"1/rest.yaml": less}))) == []
    assert told(make(published(digest, **left_open, **found))) == []
    whole = make(published(digest, **left_open, **found))
    (whole.home / "1/rest.yaml").unlink()
    assert told(Made(Library(whole.home.parent, "x"), whole.home)) == []


@pytest.mark.parametrize(
    "more",
    [
        # Nothing of the kind was left open.
        {"1/article-02.yaml": FOUND.format(completes="articles-3-onward")},
        # It does not say what it completes.
        {"1/article-02.yaml": FOUND.replace("completes: {completes}\n", "")},
        # What the text said is edited, or said to have been open.
        {"1/article-01.yaml": ARTICLE.replace("10 grams", "11 grams")},
        {"1/article-01.yaml": ARTICLE.replace("basis: attested", "basis: inferred")},
        {"1/article-01.yaml": ARTICLE.replace("basis: attested", "basis: assumed")},
        {"1/article-01.yaml": f"{ARTICLE}completes: articles-2-onward\n"},
    ],
)
def test_an_edit_of_what_was_not_open_stays_one(make: Make, more: dict[str, str]) -> None:
    left_open = {"1/rest.yaml": OPEN.format(basis="unavailable")}
    digest = named(make(published("yes", **left_open)))
    changed = published(digest, **{**left_open, **more})
    assert changed != published(digest, **left_open)
    assert [d.code.id for d in told(make(changed))] == ["M119"]


def test_nothing_is_completed_in_a_version_that_left_nothing_open(make: Make) -> None:
    digest = named(make(published("yes")))
    found = {"1/article-02.yaml": FOUND.format(completes="articles-2-onward")}
    assert [d.code.id for d in told(make(published(digest, **found)))] == ["M119"]


def test_an_item_that_was_open_is_completed_with_what_stands_under_it(make: Make) -> None:
    items = "provisions:\n  art-1-b: {says-en: I., says-zh: 项。, basis: unavailable}\n"
    assert "provisions:" in ARTICLE
    open_item = ARTICLE.replace("provisions:\n", items, 1)
    rule = (
        "rules:\n  of-b: {provision: art-1-b, title-en: A, title-zh: 甲, "
        "require: weight is below light}\n"
    )
    filled = open_item.replace("basis: unavailable", "completes: art-1-b").replace(
        "rules:\n", rule, 1
    )
    assert filled.count("of-b") == 1
    digest = named(make(published("yes", **{"1/article-01.yaml": open_item})))
    assert told(make(published(digest, **{"1/article-01.yaml": filled}))) == []
    edited = filled.replace("10 grams", "11 grams")
    assert [
        d.code.id for d in told(make(published(digest, **{"1/article-01.yaml": edited})))
    ] == ["M119"]


def test_publication_is_said_by_check(make: Make, ipcity: Ipcity) -> None:
    made = make(published("0123456789abcdef"))
    ran = ipcity("check", str(made.home))
    assert ran.status == 0
    assert "measure.yaml:4:12: warning M119 published-version-edited" in ran.out


def test_the_shipped_versions_are_published_and_unedited(library: Library) -> None:
    for home in library.measures():
        for ref in library.versions(home):
            header = library.document(ref.path / "measure.yaml").value
            assert child(header, "published") is not None, ref.id
            assert [d.help_text for d in lint_published(library, ref)] == []
