"""What is said of a measure's folder: names that clash, files that nobody reads."""

import pytest

from ipcity_policy.studies.lints.folders import misnamed, strays
from tests.support import HEAD, SMALL, Make

DRAFT = "amends: small/1\ntitle-en: D\ntitle-zh: 草\nrepeal: [parameters.pause]\n"


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("drafts/d.yaml", DRAFT, []),
        # A draft that has a version's name.
        ("drafts/1.yaml", DRAFT, [("M115", "drafts/1.yaml:1:1")]),
        ("drafts/d.yml", DRAFT, [("M116", "drafts/d.yml:1:1")]),
        ("1/article-02.YAML", HEAD, [("M116", "1/article-02.YAML:1:1")]),
        ("2/article-02.yaml", HEAD, [("M116", "2:1:1")]),
    ],
)
def test_what_would_be_passed_over(
    make: Make, file: str, text: str, expected: list[tuple[str, str]]
) -> None:
    made = make({file: text})
    assert made.placed(strays(made.library, made.home)) == expected


@pytest.mark.parametrize(
    ("file", "better"),
    [
        ("article-02.yaml", ""),
        ("art-2.yaml", ""),
        ("Article 2.yaml", ""),
        ("art2-the-second-of-7.yaml", ""),
        # Names that do not say which article they hold.
        ("chapter-7.yaml", ""),
        ("articles-7-onward.yaml", ""),
        ("7.yaml", ""),
        ("article-03.yaml", "article-02.yaml"),
        ("article-22.yaml", "article-02.yaml"),
        ("article-20.yaml", "article-02.yaml"),
        ("art-3-titles.yaml", "art-2-titles.yaml"),
    ],
)
def test_a_file_is_named_for_the_article_it_holds(make: Make, file: str, better: str) -> None:
    made = make({f"1/{file}": HEAD})
    ref = made.library.find("small/1")
    assert ref is not None
    found = list(misnamed(made.library, ref))
    assert made.placed(found) == ([("M125", f"1/{file}:1:10")] if better else [])
    assert all(d.severity == "hint" and f"`{better}`" in d.help_text for d in found)


def test_one_article_in_two_files_is_an_error_at_the_second(make: Make) -> None:
    made = make({"1/article-02.yaml": SMALL["1/article-01.yaml"]})
    found = made.places()
    assert found[0] == ("N102", "1/article-02.yaml:1:1")
    assert {code for code, _ in found} == {"N102"}
    ref = made.library.find("small/1")
    assert ref is not None
    assert made.placed(misnamed(made.library, ref)) == [("M125", "1/article-02.yaml:1:10")]


def test_provisions_that_nothing_cites_are_fine(make: Make) -> None:
    text = HEAD + "provisions:\n  art-2-a: {says-en: A., says-zh: 甲。}\n"
    assert make({"1/article-02.yaml": text}).places() == []
