"""`check --fix`: what is certain is mended in the files, and nothing else of them changes."""

import os
import stat
from codecs import BOM_UTF8
from pathlib import Path

import pytest

from ipcity_policy.law.writing import write_over
from tests.support import HEAD, READING, SMALL, Ipcity, Make, Ran, outcomes

ARTICLE = SMALL["1/article-01.yaml"]
FILE = "1/article-01.yaml"


def tree(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


def rules(*lines: str) -> str:
    return HEAD + "rules:\n" + "".join(f"  {line}\n" for line in lines)


def swapped(old: str, new: str, file: str = FILE) -> dict[str, str]:
    assert old in SMALL[file]
    return {file: SMALL[file].replace(old, new, 1)}


@pytest.mark.whole
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        # keys
        ("title-en: Weight", "titel-en: Weight", "S201"),
        ("require: weight", "requires: weight", "S201"),
        ("article: 1", "article： 1", "S105"),
        ("article: 1", "article:1", "S105"),
        ("article: 1", "artiсle: 1", "S109"),
        ("{says-en: A., says-zh: 甲。}", "{says-en：A., says-zh: 甲。}", "S109"),
        ("{says-en: A., says-zh: 甲。}", "{says-en: A.，says-zh: 甲。}", "S105"),
        # names, units, words
        ("light: 10 grams", "light: 10 gramms", "N101"),
        ("light: 10 grams", "light: １０ grams", "S109"),
        ("light: 10 grams", "light: 10\u3000grams", "S109"),
        ("is-light:", "Is_Light:", "N103"),
        ("basis: attested", "basis: attestet", "S204"),
        ("basis: attested", "basis: Attested", "S204"),
        ("basis: attested", "basis: “attested”", "S109"),
        ("outcome: low", "outcome: Low", "S204"),
        ("warm: [red]", "warm: [red", "S105"),
        ("warm: [red]", "warm: &w [red]", "S107"),
        # lines
        ("  light: 10 grams", "\tlight: 10 grams", "S105"),
        ("    asks-en: Which class?", "\t\tasks-en: Which class?", "S105"),
        ("title-en: Weight", "title-en: Weight: the lot", "S105"),
        ("title-en: Weight", 'title-en: "Weight', "S105"),
        ("title-en: Weight", "title-en: 'it's'", "S105"),
        ("title-en: Weight", "title-en: @weight", "S105"),
        ("title-en: Weight", "title-en: We\u200bight", "S104"),
        ("title-zh: 重量", "title-zh: \u202e重量", "S104"),
        ("basis: attested\n", "basis: attested\nbasis: attested\n", "S106"),
        ("says-en: low, ", "says-en: low, says-en: low, ", "S106"),
        ("when: below heavy", "when: below heavy, before: high", "S201"),
    ],
)
def test_a_certain_mend_leaves_nothing_wrong(
    ipcity: Ipcity, make: Make, old: str, new: str, code: str
) -> None:
    made = make(swapped(old, new))
    before = tree(made.home)
    said = ipcity("check", str(made.home))
    ran = ipcity("check", "--fix", str(made.home))
    if code:
        assert f" {code} " in said.out
        assert f" fixed {code} " in ran.out
        assert (said.status, ran.status) == (1, 0)
        assert "checked: 1 fixed, " in ran.out.splitlines()[-1]
    after = tree(made.home)
    assert {name for name in before if before[name] != after[name]} == (
        {FILE} if code else set()
    )
    lines = zip(before[FILE].split(b"\n"), after[FILE].split(b"\n"), strict=False)
    assert code == "S106" or sum(one != other for one, other in lines) == bool(code)
    # A second run finds nothing more to do.
    assert " 0 fixed, " in ipcity("check", "--fix", str(made.home)).out
    assert tree(made.home) == after


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("from: 2001-01-01", "from: 2001/1/1", "S204"),
        ("from: 2001-01-01", "from: 2001年1月1日", "S204"),
        ("from: 2001-01-01", "from: ２００１-01-01", "S109"),
        ("from: 2001-01-01", "from: 2001–01–01", "S109"),
        ("until: open", "unitl: open", "S201"),
    ],
)
def test_mends_in_the_header(ipcity: Ipcity, make: Make, old: str, new: str, code: str) -> None:
    made = make(swapped(old, new, "1/measure.yaml"))
    ran = ipcity("check", "--fix", str(made.home))
    assert f" fixed {code} " in ran.out
    assert (made.home / "1/measure.yaml").read_text("utf-8") == SMALL["1/measure.yaml"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("unit: grams", "unit: gramms", "N101"),
        ("by: [clerk]", "by: [clerks]", "N101"),
        ("unit: grams", "unit: grаms", "S109"),
        ("type: date, label-en: day of m", "tpye: date, label-en: day of m", "S201"),
        ("measure: small", "measure: smal", "M111"),
    ],
)
def test_mends_in_the_vocabulary(
    ipcity: Ipcity, make: Make, old: str, new: str, code: str
) -> None:
    made = make(swapped(old, new, "facts.yaml"))
    ran = ipcity("check", "--fix", str(made.home))
    assert f" fixed {code} " in ran.out
    assert (made.home / "facts.yaml").read_text("utf-8") == SMALL["facts.yaml"]


@pytest.mark.parametrize(
    ("change", "code", "after"),
    [
        ("change: {rules.is-lihgt.require: weight is above light}", "M102", "rules.is-light"),
        ("change: {rule.is-light.require: weight is above light}", "M102", "rules.is-light"),
        ("repeal: [rules.is－light]", "S109", "rules.is-light"),
        (
            "add: {decisions.class.tiny: {before: midle, says-en: x, says-zh: 甲, "
            "when: at most light}}",
            "M102",
            "before: middle",
        ),
        (
            "add: {parameters.x: {value: 1 grams, provision: Art-1_a}}",
            "S204",
            "provision: art-1-a",
        ),
    ],
)
def test_mends_in_a_draft(
    ipcity: Ipcity, make: Make, change: str, code: str, after: str
) -> None:
    draft = f"amends: small/1\ntitle-en: D\ntitle-zh: 草\n{change}\n"
    made = make({"drafts/d.yaml": draft})
    ran = ipcity("check", "--fix", str(made.home / "drafts/d.yaml"))
    assert f" fixed {code} " in ran.out
    assert after in (made.home / "drafts/d.yaml").read_text("utf-8")


def test_the_default_of_a_reading_is_mended(ipcity: Ipcity, make: Make) -> None:
    reading = READING.replace("CHANGE", "decisions.class.middle.when: at most heavy")
    made = make({FILE: ARTICLE + reading.replace("default: as-is", "default: asis")})
    ran = ipcity("check", "--fix", str(made.home))
    assert "1 fixed" in ran.out
    assert (made.home / FILE).read_text("utf-8") == ARTICLE + reading


def test_a_name_waits_while_a_file_is_not_understood(ipcity: Ipcity, make: Make) -> None:
    # `lights` may be declared in the file that cannot be read.
    slip = swapped("warm: [red]", "warm: [red]\n  faint: 5 gramms")
    made = make({**slip, "1/article-02.yaml": "article: 2\nfoo\n"})
    ran = ipcity("check", "--fix", str(made.home))
    assert " 0 fixed, " in ran.out
    (made.home / "1/article-02.yaml").unlink()
    assert " 1 fixed, " in ipcity("check", "--fix", str(made.home)).out


def test_names_of_versions_and_decisions_are_mended(ipcity: Ipcity, make: Make) -> None:
    carried = (
        "article: 9\ntitle-en: N\ntitle-zh: 九\nbasis: unavailable\n"
        "carries-over: {from: small/1, decisions: [class], why-en: w, why-zh: 因}\n"
    )
    header = SMALL["1/measure.yaml"].replace(
        "2001-01-01, until: open", "1999-01-01, until: 2001"
    )
    other = {"0/measure.yaml": header, "0/article-09.yaml": carried}
    header += "repeals: smal/1\n"
    spoilt = carried.replace("[class]", "[clas]")
    made = make({"0/measure.yaml": header, "0/article-09.yaml": spoilt})
    ran = ipcity("check", "--fix", str(made.home / "0"))
    assert "2 fixed" in ran.out
    assert (made.home / "0/article-09.yaml").read_text("utf-8") == other["0/article-09.yaml"]
    assert "repeals: small/1" in (made.home / "0/measure.yaml").read_text("utf-8")


def test_line_breaks_marks_and_all_other_bytes_stay(ipcity: Ipcity, make: Make) -> None:
    made = make({})
    text = ARTICLE + "# 注：以下从略（，）\n"
    good = BOM_UTF8 + text.replace("\n", "\r\n").encode()
    bad = good.replace(b"title-en: Weight", b"titel-en: Weight", 1)
    bad = bad.replace(b"light: 10 grams", "light: １０ gramms".encode())
    path = made.home / "1" / "第一条.yaml"
    (made.home / FILE).unlink()
    path.write_bytes(bad)
    ran = ipcity("check", "--fix", str(made.home))
    assert ran.status == 0, ran.out
    assert "第一条.yaml:2:1: fixed S201 unknown-key: write `title-en` for `titel-en`" in ran.out
    assert path.read_bytes() == good


def test_fixes_that_overlap_and_fixes_that_wait_for_one_another(
    ipcity: Ipcity, make: Make
) -> None:
    # One line barred by a tab and a wide colon, over a key, a word and a unit misspelt.
    bad = ARTICLE.replace("title-en: Weight", "title-en：Weight", 1)
    bad = bad.replace("  light: 10 grams", "\tlight： １０ gramms")
    bad = bad.replace("basis: attested", "basis: “Attested”")
    made = make({FILE: bad})
    ran = ipcity("check", "--fix", str(made.home))
    assert ran.status == 0, ran.out
    assert (made.home / FILE).read_text("utf-8") == ARTICLE
    codes = [
        line.split(": fixed ")[1][:4]
        for line in ran.out.splitlines()
        if "fixed S" in line or "fixed N" in line
    ]
    # What bars the file first, then its form, then its words.
    assert codes == ["S105", "S105", "S105", "S204", "S109", "N101"]


def test_a_mend_that_would_do_harm_is_not_made(ipcity: Ipcity, make: Make) -> None:
    # `is_light` would become `is-light`, which is another rule already.
    taken = rules(
        "is_light: {title-en: R, title-zh: 则, require: weight is below light}",
        "uses: {title-en: R, title-zh: 则, require: is-light}",
    )
    made = make({"1/article-02.yaml": taken})
    before = tree(made.home)
    ran = ipcity("check", "--fix", str(made.home))
    assert (ran.status, tree(made.home)) == (1, before)
    assert "N103" in ran.out
    assert " 0 fixed, 1 error" in ran.out


def test_one_that_harms_does_not_keep_others_from_being_made(
    ipcity: Ipcity, make: Make
) -> None:
    bad = rules(
        "is_light: {title-en: R, title-zh: 则, require: weight is below light}",
        "other: {titel-en: R, title-zh: 则, require: weight is below light}",
        "third: {title-en: R, title-zh: 则, require: weight is below light, provison: art-2}",
    )
    made = make({"1/article-02.yaml": bad})
    ran = ipcity("check", "--fix", str(made.home))
    good = bad.replace("titel-en", "title-en").replace("provison", "provision")
    assert (made.home / "1/article-02.yaml").read_text("utf-8") == good
    assert " 2 fixed, 1 error" in ran.out


@pytest.mark.parametrize(
    "text",
    [
        "a:\n  b:\n    x: 1\n\ty: 2\n",  # the tab may stand for either depth
        "article: 2\n title-en: M\n",  # either line may be the wrong one
        HEAD + "parameters:\n  a: &x 1 grams\n  b: *x\n",
        HEAD + "parameters:\n  a: 1 grams\n  a: 2 grams\n",
        HEAD + outcomes(x="weight is below light", y="otherwise").replace("asks-en", "ask"),
        HEAD + "nonsense: x\n",
        HEAD + "parameters:\n  a: about five\n",
        HEAD + "basis: 明文\n",
        "",
        "\0",
        "a: \udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
    ],
)
def test_what_is_not_certain_is_left(ipcity: Ipcity, make: Make, text: str) -> None:
    made = make({"1/article-02.yaml": text})
    before = tree(made.home)
    ran = ipcity("check", "--fix", str(made.home))
    assert ran.status == 1
    assert " 0 fixed, " in ran.out
    assert tree(made.home) == before


def test_only_the_files_of_the_path_are_written(ipcity: Ipcity, make: Make) -> None:
    slip = {
        **swapped("title-en: W", "titel-en: W"),
        **swapped("unit: grams", "unit: gram", "facts.yaml"),
    }
    made = make({**slip, "1/article-02.yaml": HEAD.replace("title-en", "titel-en")})
    before = tree(made.home)
    ran = ipcity("check", "--fix", str(made.home / FILE))
    after = tree(made.home)
    assert [name for name in before if before[name] != after[name]] == [FILE]
    assert ran.status == 1  # the others are told, and left
    assert "article-02.yaml:2:1: error S201 unknown-key" in ran.out
    ran = ipcity("check", "--fix", str(made.home / "1"))
    assert tree(made.home)["facts.yaml"] == before["facts.yaml"]
    assert tree(made.home)["1/article-02.yaml"] == HEAD.encode()


def test_a_link_out_of_the_path_is_not_followed_and_one_inside_is(
    ipcity: Ipcity, make: Make, tmp_path: Path
) -> None:
    made = make(swapped("title-en: W", "titel-en: W"))
    outside = tmp_path / "elsewhere.yaml"
    outside.write_text(HEAD.replace("title-en", "titel-en"), "utf-8")
    (made.home / "1/article-02.yaml").symlink_to(outside)
    inside = made.home / "notes" / "three.yaml"
    inside.parent.mkdir()
    inside.write_text(HEAD.replace("2", "3").replace("title-en", "titel-en"), "utf-8")
    (made.home / "1/article-03.yaml").symlink_to(inside)
    before = outside.read_bytes()
    ran = ipcity("check", "--fix", str(made.home))
    assert outside.read_bytes() == before
    assert "article-02.yaml:1:1: error S101 unreadable-file: this is a link out of" in ran.out
    assert (made.home / FILE).read_text("utf-8") == ARTICLE
    assert inside.read_text("utf-8") == HEAD.replace("2", "3")
    assert (made.home / "1/article-03.yaml").is_symlink()


def test_a_file_that_may_only_be_read_is_told_and_left(ipcity: Ipcity, make: Make) -> None:
    made = make(
        {**swapped("title-en: W", "titel-en: W"), "1/article-02.yaml": HEAD + "not: x\n"}
    )
    path = made.home / FILE
    other = made.home / "1/article-02.yaml"
    other.write_text(HEAD.replace("basis: attested", "basis: attestet"), "utf-8")
    path.chmod(0o444)
    before = path.read_bytes()
    ran = ipcity("check", "--fix", str(made.home))
    assert ran.status == 1
    assert (
        "article-01.yaml:1:1: error S110 unwritable-file: the file cannot be written" in ran.out
    )
    assert "article-01.yaml:2:1: error S201" in ran.out
    assert " 1 fixed, " in ran.out
    assert path.read_bytes() == before
    assert other.read_text("utf-8") == HEAD
    found = ipcity("check", "--fix", "--format", "json", str(made.home)).json
    assert "S110" in [one["code"] for one in found["left"]]


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    assert write_over(path, "x.yaml", b"old", b"new") is None
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    changed = write_over(path, "x.yaml", b"old", b"newer")
    assert changed is not None
    assert (changed.code.id, changed.at.place) == ("S110", "x.yaml:1:1")
    assert "it was changed in the meantime" in changed.message_text
    gone = write_over(tmp_path / "y.yaml", "y.yaml", b"old", b"new")
    assert gone is not None
    assert gone.code.id == "S110"

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    failed = write_over(path, "x.yaml", b"new", b"newer")
    assert failed is not None
    assert "No space left on device" in failed.message_text
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_mended_and_what_is_left_as_json(ipcity: Ipcity, make: Make) -> None:
    made = make(
        {**swapped("title-en: W", "titel-en: W"), "1/article-02.yaml": HEAD + "no: 1\n"}
    )
    (slip, _) = ipcity("check", str(made.home / FILE), "--format", "json").json[:2]
    assert slip["fix"] == {
        "title": "write `title-en` for `titel-en`",
        "edits": [
            {
                "file": str(made.home / FILE),
                "line": 2,
                "column": 1,
                "end-line": 2,
                "end-column": 9,
                "text": "title-en",
            }
        ],
    }
    found = ipcity("check", str(made.home), "--fix", "--format", "json").json
    assert [one["fix"]["title"] for one in found["fixed"]] == [
        "write `title-en` for `titel-en`"
    ]
    assert [(one["code"], one["fix"]) for one in found["left"]] == [("S201", None)]


def test_check_tells_how_many_can_be_mended(ipcity: Ipcity, make: Make) -> None:
    made = make(
        {**swapped("title-en: W", "titel-en: W"), "1/article-02.yaml": HEAD + "no: 1\n"}
    )
    assert ipcity("check", str(made.home)).out.endswith(
        "checked: 2 errors, 1 hint\nwith `--fix`, 1 of them can be fixed\n"
    )
    assert "can be mended" not in ipcity("check", "--fix", str(made.home)).out


def test_nothing_to_mend_is_written_nowhere(ipcity: Ipcity, make: Make) -> None:
    made = make({})
    times = {path: path.stat().st_mtime_ns for path in made.home.rglob("*")}
    inodes = {path: path.stat().st_ino for path in made.home.rglob("*")}
    ran = ipcity("check", "--fix", str(made.home))
    assert ran.status == 0
    assert times == {path: path.stat().st_mtime_ns for path in made.home.rglob("*")}
    assert inodes == {path: path.stat().st_ino for path in made.home.rglob("*")}


def test_many_slips_are_mended_in_a_few_looks(ipcity: Ipcity, make: Make) -> None:
    lines = (
        f"r{i}: {{titel-en: R, title-zh: 则, require: weight is below light}}"
        for i in range(300)
    )
    made = make({"1/article-02.yaml": rules(*lines)})
    ran: Ran = ipcity("check", "--fix", str(made.home))
    assert "300 fixed" in ran.out
    assert ran.status == 0


def test_the_installed_policies_stay_as_they_are(
    ipcity: Ipcity, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(swapped("title-en: W", "titel-en: W"))
    before = tree(made.home)
    made.library.found = "installed"
    monkeypatch.setattr("ipcity_policy.api.policies.open_library", lambda _: made.library)
    ran = ipcity("check", "--fix")
    assert (ran.status, tree(made.home)) == (2, before)
    assert "give the folder to fix" in ran.err
