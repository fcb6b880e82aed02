"""The number of the rule language: read, told where it is not this one, and files rewritten."""

from pathlib import Path

import pytest

from ipcity_policy.api import migrate_files
from ipcity_policy.law.schemas import migrations
from ipcity_policy.yaml.schema import Record
from tests.messages import shapes
from tests.support import SMALL, Ipcity, Made, Make

NUMBER = "language: 1\n"
OLD = {
    **SMALL,
    "facts.yaml": SMALL["facts.yaml"].replace(NUMBER, ""),
    "sources.yaml": "book: {title: The book, title-zh: 书}  # kept\n",
    "1/article-02.yaml": """\
article: 2
title-en: M
title-zh: 二
basis: attested
provisions:
  art-2-a:
    says-en:   It waits.   # as the book has it
    says-zh: 待定。
    waits-for: time
  art-2-b: {says-en: S, waits-for: time, says-zh: 述}
""",
    "tests/cases.yaml": """\
tests: small
cases:
  - case: red
    given: {thing: {name-en: T, name-zh: 物}, facts: {colour: red}}
    decision: d
    why-en: W
    why-zh: 因
""",
    "things/one.yaml": """\
sheet: 1
measure: small
thing: {name-en: One, name-zh: 一}
facts: {weight: {value: 1 grams, by: clerk, source: note}}
sources:
  note:
    title: A note
    title-zh: 便条
""",
}
NEW = {
    "facts.yaml": SMALL["facts.yaml"],
    "sources.yaml": "book: {title-en: The book, title-zh: 书}  # kept\n",
    "1/article-02.yaml": OLD["1/article-02.yaml"]
    .replace("    waits-for: time\n", "")
    .replace(", waits-for: time", ""),
    "tests/cases.yaml": OLD["tests/cases.yaml"].replace("case: red", "case-en: red"),
    "things/one.yaml": OLD["things/one.yaml"].replace("title: A", "title-en: A"),
}


def held(made: Made) -> dict[str, str]:
    """What the files of a measure hold."""
    return {
        path.relative_to(made.home).as_posix(): path.read_bytes().decode()
        for path in made.home.rglob("*.yaml")
    }


def vocabulary(text: str) -> dict[str, str]:
    """The small measure with another vocabulary."""
    return {**SMALL, "facts.yaml": text}


def test_what_is_gone_was_a_key_of_a_block_that_has_the_other() -> None:
    blocks = {one.what: one for one in shapes() if isinstance(one, Record)}
    for migration in migrations.MIGRATIONS:
        for what, name, now in migration.keys:
            block = blocks[what]
            assert name not in block.spelled
            assert now is None or now in block.spelled
            assert [one.since for one in block.former if one.name == name] == [migration.after]


def test_each_language_follows_the_one_before() -> None:
    steps = [(one.before, one.after) for one in migrations.MIGRATIONS]
    assert steps == [(n, n + 1) for n in range(migrations.LANGUAGE)]


def test_a_measure_is_rewritten_in_all_its_files_and_once(make: Make, ipcity: Ipcity) -> None:
    made = make(OLD)
    before = held(made)
    asked = ipcity("fmt", "--migrate", "--check", str(made.home))
    assert (asked.status, asked.err) == (1, "")
    assert held(made) == before
    ran = ipcity("fmt", "--migrate", str(made.home))
    assert (ran.status, ran.err) == (0, "")
    assert held(made) == before | NEW
    # The number comes last: where not all can be written, the rest is done the next time.
    assert ran.out.splitlines()[-2:] == [
        f"{made.home}/facts.yaml changed",
        f"{len(NEW)} of {len(before)} files changed",
    ]
    again = ipcity("fmt", "--migrate", str(made.home))
    assert (again.status, held(made)) == (0, before | NEW)
    assert again.out == f"0 of {len(before)} files changed\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("measure: small\n", "measure: small\nlanguage: 1\n"),
        ("measure: small  # so", "measure: small  # so\nlanguage: 1"),
        ("measure: small\r\n# x\r\n", "measure: small\r\nlanguage: 1\r\n# x\r\n"),
        ("# x\nmeasure: small", "# x\nmeasure: small\nlanguage: 1"),
        ("{measure: small}\n", "{measure: small, language: 1}\n"),
        ("---\nmeasure:\n  small\n", "---\nmeasure:\n  small\nlanguage: 1\n"),
        (
            "  measure: small\n  years: 1 to 2\n",
            "  measure: small\n  language: 1\n  years: 1 to 2\n",
        ),
        ("title-en: T\n", "title-en: T\nlanguage: 1\n"),
        (
            "measure: |\n  small\ntitle-en: T\n",
            "measure: |\n  small\nlanguage: 1\ntitle-en: T\n",
        ),
    ],
)
def test_the_number_stands_below_the_name(make: Make, old: str, new: str) -> None:
    made = make({"facts.yaml": ""})
    (made.home / "facts.yaml").write_bytes(old.encode())
    (change,) = migrate_files([made.home]).changes
    assert change.after.decode() == new


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"1/article-02.yaml": "article: ["}, "S105"),
        ({"1/article-02.yaml": "article: 2\narticle: 3\n"}, "S106"),
        ({"sources.yaml": "book: {title: A, title-en: B, title-zh: 书}\n"}, "S201"),
        (
            {
                "1/article-02.yaml": OLD["1/article-02.yaml"].replace(
                    "waits-for: time\n", "waits-for: time  # until it is over\n"
                )
            },
            "S201",
        ),
        ({"facts.yaml": OLD["facts.yaml"] + "language: two\n"}, "S204"),
        ({"facts.yaml": OLD["facts.yaml"] + "language: 3\n"}, "M170"),
        ({"facts.yaml": "- a list\n"}, "S203"),
    ],
)
def test_a_measure_is_rewritten_whole_or_not_at_all(
    make: Make, ipcity: Ipcity, files: dict[str, str], code: str
) -> None:
    made = make({**OLD, **files})
    before = held(made)
    ran = ipcity("fmt", "--migrate", str(made.home))
    assert ran.status == 1
    assert f"error {code} " in ran.err
    assert held(made) == before


def test_the_number_is_not_written_where_another_file_cannot_be(
    make: Make, ipcity: Ipcity
) -> None:
    made = make(OLD)
    locked = made.home / "tests" / "cases.yaml"
    locked.chmod(0o444)
    ran = ipcity("fmt", "--migrate", str(made.home))
    assert (ran.status, "S110" in ran.err) == (1, True)
    assert NUMBER not in held(made)["facts.yaml"]
    locked.chmod(0o644)
    assert ipcity("fmt", "--migrate", str(made.home)).status == 0
    assert held(made) == held(made) | NEW


def test_no_measure_is_told(ipcity: Ipcity, tmp_path: Path) -> None:
    for args in (("--migrate", str(tmp_path)), ("--migrate", "nowhere")):
        ran = ipcity("fmt", *args)
        assert (ran.status, "error M112" in ran.err) == (1, True)
    assert ipcity("fmt", "--migrate", "-").status == 2


def test_old_keys_are_told_with_what_is_written_now(make: Make, ipcity: Ipcity) -> None:
    made = make(OLD)
    ran = ipcity("check", str(made.home))
    assert ran.status == 1
    for said in (
        "hint M171 older-language",
        "help: since language 1 it is called `title-en`",
        "help: delete it: since language 1 there is none like it",
    ):
        assert said in ran.out
    tested = ipcity("test", str(made.home))
    assert "help: since language 1 it is called `case-en`" in tested.err
    assert ipcity("check", "--fix", str(made.home)).status == 0
    left = {
        name: text for name, text in NEW.items() if not name.startswith(("tests", "things"))
    }
    assert held(made) == held(made) | left


def test_of_a_newer_language_nothing_else_is_told(make: Make, ipcity: Ipcity) -> None:
    newer = SMALL["facts.yaml"].replace(NUMBER, "language: 2\nshape: round\n")
    made = make(
        {
            **vocabulary(newer),
            "1/article-02.yaml": "article: 2\nshape: round\n",
            "sources.yaml": "book: {shape: round}\n",
            "tests/cases.yaml": "tests: small\nshape: round\ncases: []\n",
        }
    )
    assert made.codes() == ["M170"]
    ran = ipcity("check", str(made.home))
    assert ran.out.count("error") - ran.out.count("1 error") == 1
    assert "these files are written in language 2, and this program reads up to 1" in ran.out
    tested = ipcity("test", str(made.home))
    assert (tested.status, tested.err.count("error ")) == (1, 1)


def test_a_number_that_is_not_the_newest_is_told_and_replaced(
    make: Make, ipcity: Ipcity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "LANGUAGE", 2)
    made = make(SMALL)
    ran = ipcity("check", str(made.home))
    assert (ran.status, "hint M171" in ran.out) == (0, True)
    assert "these files are written in language 1, and the newest is 2" in ran.out
    assert ipcity("fmt", "--migrate", str(made.home)).status == 0
    assert held(made)["facts.yaml"] == SMALL["facts.yaml"].replace(NUMBER, "language: 2\n")


@pytest.mark.parametrize("number", ["0", "two", "1.0", "-1", "9999999999"])
def test_a_number_is_a_whole_one(make: Make, ipcity: Ipcity, number: str) -> None:
    made = make(vocabulary(SMALL["facts.yaml"].replace(NUMBER, f"language: {number}\n")))
    ran = ipcity("check", str(made.home))
    assert "error S204" in ran.out
    assert "M17" not in ran.out
