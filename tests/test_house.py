"""What the house promises of itself: no word of any law, tables whole, budgets kept."""

import ast
import re
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ipcity_policy.engines.interpreter.operators import TRUTHS, WRITTEN_OUT
from ipcity_policy.lang.arithmetic import ARITHMETIC
from ipcity_policy.lang.keywords import KEYWORDS
from ipcity_policy.lang.operators import OPERATORS
from ipcity_policy.lang.parser import grammar
from ipcity_policy.law.library import Library
from ipcity_policy.law.lifecycle import OF_TIME
from ipcity_policy.text.codes import CODES
from ipcity_policy.words.phrases import CALCULATIONS, COMPARISONS
from tests.messages import said
from tests.support import ROOT, SECOND_LAW

PACKAGE = ROOT / "ipcity_policy"
FILES = sorted(path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".lark", ".md"))

#: Words of the measures on cities, as a lawyer would list them.
WORDS = [
    "city",
    "cities",
    "urban",
    "pilot",
    "fostering",
    "demonstration",
    "sipo",
    "cnipa",
    "patent",
    "intellectual",
    "acceptance",
    "province",
    "provincial",
    "prefecture",
    "league",
    "county",
    "municipal",
    "municipality",
    "district",
    "sub-provincial",
    "title-withdrawn",
    "enforcement",
    "pledge",
    "lianyungang",
    "yiwu",
    "jimo",
    "haidian",
    "binhai",
    "deyang",
    "城市",
    "市",
    "知识产权",
    "试点",
    "示范",
    "培育",
    "验收",
    "考核",
    "专利",
    "省",
    "县",
    "地级",
    "直辖",
    "连云港",
    "义乌",
]
#: Its numbers and days, which stand nowhere in code either.
NUMBERS = ("60 points", "70 points", "75 points", "2 years", "2014", "2016", "2017", "2021")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_engine_knows_no_word_of_the_law(path: Path) -> None:
    text = path.read_text("utf-8").lower()
    # Most are in no file even as a part of a word, which is soon told.
    for word in (one for one in (*WORDS, *NUMBERS) if one in text):
        pattern = rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
        assert not re.search(pattern, text), f"{word!r} in {path}"


@pytest.mark.whole
def test_the_engine_knows_no_name_that_a_measure_declares(library: Library) -> None:
    names: set[str] = set()
    for home in library.measures():
        vocabulary = library.vocabulary(home).value
        assert vocabulary is not None
        names |= {home.name, *vocabulary.facts, *vocabulary.offices, *vocabulary.applications}
        names |= {*vocabulary.events}
        facts = [fact for fact in vocabulary.facts.values() if fact.kind == "choice"]
        names |= {option for fact in facts for option in fact.options}
        for ref in library.versions(home):
            program, version = library.program(ref).value, library.version(ref).value
            assert program is not None
            assert version is not None
            names |= {
                *program.parameters,
                *program.rules,
                *program.decisions,
                *program.readings,
            }
            names |= {name for kind, name in version.entries if kind in OF_TIME}
            names |= {row.outcome for d in program.decisions.values() for row in d.outcomes}
    code = "\n".join(path.read_text("utf-8") for path in FILES)
    # Words of one syllable of the house itself, such as `type`, are no names of a law.
    known = {name for name in names if "-" in name}
    assert len(known) > 15
    parts = {name for name in known if name in code}  # soon told, and mostly none
    assert {name for name in parts if re.search(rf"\b{name}\b", code)} == set()


def test_every_operator_has_a_meaning_and_is_said() -> None:
    assert OPERATORS.keys() == TRUTHS.keys() | WRITTEN_OUT == COMPARISONS.keys()
    assert ARITHMETIC.keys() | {"percent"} == CALCULATIONS.keys()


def test_the_keywords_are_the_words_of_the_grammar() -> None:
    rules = re.sub(r"//.*", "", grammar())
    assert set(re.findall(r'"([a-z]+)"', rules)) == KEYWORDS


def test_every_code_is_used_and_every_code_used_exists() -> None:
    used: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        if path.name != "codes.py":
            used |= set(re.findall(r'"([A-Z][0-9]{3})"', path.read_text("utf-8")))
    assert used == set(CODES)


def test_modules_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in PACKAGE.rglob("*.py")
        if (count := len(path.read_text("utf-8").splitlines())) > 600
    }
    assert long == {}


@pytest.mark.whole
def test_no_public_type_has_a_name_twice() -> None:
    found: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            match node:
                case ast.ClassDef(name=name):
                    pass
                case ast.Assign(targets=[ast.Name(id=name)]):
                    pass
                case ast.AnnAssign(target=ast.Name(id=name)):
                    pass
                case _:
                    continue
            if re.fullmatch("[A-Z][a-z]+[A-Za-z]*", name):
                found.setdefault(name, []).append(path.relative_to(PACKAGE).as_posix())
    assert len(found) > 200
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


#: Words that once stood for several ideas, each with the one that the field has for it.
FORMER = {
    "ban": "bar",
    "standing": "position",
    "knowing": "known facts",
    "coming": "automatic transitions",
    "walk": "simulation",
    "hop": "offset",
    "mended": "fixed",
    "mends": "fixes",
    "reckon": "calculate",
    "reckoning": "calculation",
    "reckonings": "calculations",
    "hangs": "depends on",
}
#: The same of what a user reads. What is quoted, such as a key or an id, may still have them.
FORMER_SAID = {
    "standings?": "position",
    "mend(s|ed|ing)?": "fix, or help",
    "bec[ao]mes? of": "status, or result",
    "papers?": "documents",
    "reckon(s|ed|ings?)?": "calculate",
    "(hangs?|hung) on": "depend on",
    "(stands?|stood|standing) in for": "be used in place of",
    "moves? (nobody|nothing)": "changes no state",
    "miswritten": "wrong",
    "belongs here": "is expected here",
    "for want of": "without",
    "otherwise than": "differently from",
    "the (least|greatest)": "the minimum, the maximum",
    "upon": "on, or once",
    "thereof": "of it",
    "in vain": "without result",
}
_FORMER_SAID = re.compile(rf"(?<![\w.-])({'|'.join(FORMER_SAID)})(?![\w-])", re.I)
_QUOTED = re.compile(r"`[^`]*`|\{[^{}]*\}|\]\([^)]*\)")


def test_an_idea_has_one_word() -> None:
    found = set()
    named = re.compile(rf"(?<![^\W_])({'|'.join(FORMER)})(?![^\W_])", re.I)
    for path in PACKAGE.rglob("*.py"):
        if not named.search(path.read_text("utf-8")):
            continue
        with path.open("rb") as file:
            for token in tokenize.tokenize(file.readline):
                if token.type == tokenize.NAME:
                    words = {*token.string.lower().strip("_").split("_")}
                    former = words & FORMER.keys()
                    found |= {(path.relative_to(PACKAGE).as_posix(), one) for one in former}
    assert found == set()


@pytest.mark.whole
def test_a_user_reads_the_words_of_today() -> None:
    texts = {"catalogue": "\n".join(f"{one.text}\n{one.several}" for one in said())}
    for folder in (ROOT / "policies", SECOND_LAW):
        for path in sorted(folder.rglob("*.yaml")):
            texts[str(path.relative_to(ROOT))] = "\n".join(_english(path.read_text("utf-8")))
    for path in sorted((ROOT / "schemas").rglob("*.json")):
        described = re.findall('"description": "(.*)"', path.read_text("utf-8"))
        texts[str(path.relative_to(ROOT))] = "\n".join(described)
    folders = ("policies", "docs", "bench", "ipcity_policy", "tests/conformance")
    pages = [page for folder in folders for page in sorted((ROOT / folder).rglob("*.md"))]
    for page in (
        *pages,
        *(ROOT / f"{one}.md" for one in ("README", "CONTRIBUTING", "SECURITY")),
    ):
        texts[str(page.relative_to(ROOT))] = "\n".join(_prose(page.read_text("utf-8")))
    assert len(texts) > 250
    found = {
        (name, line)
        for name, text in texts.items()
        for line in text.splitlines()
        if _FORMER_SAID.search(_QUOTED.sub("", line))
    }
    assert found == set()


def _english(text: str) -> Iterator[str]:
    """Yield what a rule file says in English, line by line."""
    block = -1
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip())
        if block >= 0 and (indent > block or not line.strip()):
            yield line
            continue
        block = -1
        for key in re.finditer("[a-z]-en: (.*?)(?=, [a-z]+-[a-z]+: |$)", line):
            yield key[1]
            block = indent if key[1] in ("|", ">") else -1


def _prose(text: str) -> Iterator[str]:
    """Yield the lines of a page outside of fences and of rows that hold only values."""
    fence = 0
    for line in text.splitlines():
        ticks = len(line) - len(line.lstrip("`"))
        if ticks >= max(fence, 3):
            fence = 0 if fence else ticks
        elif not fence:
            cells = line.strip("| ").split("|")
            if not line.startswith("|") or any(len(cell.split()) > 4 for cell in cells):
                yield line


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import sys, ipcity_policy; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert not {"yaml", "lark", "click", "jsonschema"} & set(ran.stdout.split())


@pytest.mark.whole
def test_evaluating_does_not_import_jsonschema() -> None:
    code = (
        "import sys\nfrom ipcity_policy import evaluate, open_policies\n"
        "city = 'policies/ip-cities/cities/yiwu.yaml'\n"
        "evaluate(open_policies(), city, version='2016', decision='applicant')\n"
        "assert 'jsonschema' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_every_dependency_is_bound_at_both_ends() -> None:
    # The lower ends are tried by `.ci/run`, which installs what this prints.
    text = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    written = [
        *text["build-system"]["requires"],
        *text["project"]["dependencies"],
        *(one for group in text["project"]["optional-dependencies"].values() for one in group),
    ]
    ran = subprocess.run(
        [sys.executable, ROOT / ".ci" / "lowest.py"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    names = [re.split("[<>=!~ ]", one)[0] for one in written]
    assert [line.split("==")[0] for line in ran.stdout.splitlines()] == names
    assert len(names) > 15


@pytest.mark.parametrize(
    "written", ["lark>=1.1.9", "lark<2", "lark", "lark==1.1.9", "lark~=1.1"]
)
def test_a_dependency_that_is_not_bound_at_both_ends_is_told(
    tmp_path: Path, written: str
) -> None:
    (tmp_path / ".ci").mkdir()
    script = tmp_path / ".ci" / "lowest.py"
    script.write_text((ROOT / ".ci" / "lowest.py").read_text("utf-8"), "utf-8")
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    assert '"lark>=1.1.9,<2"' in pyproject
    other = pyproject.replace('"lark>=1.1.9,<2"', f'"{written}"')
    (tmp_path / "pyproject.toml").write_text(other, "utf-8")
    ran = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert f"`{written}` of dependencies" in ran.stderr
