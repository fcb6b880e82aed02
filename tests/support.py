"""What the tests share that is no fixture: a small measure, and what commands gave."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import referencing
from hypothesis import settings

from ipcity_policy.law.library import Library, open_library
from ipcity_policy.text.diagnostic import Diagnostic
from ipcity_policy.text.page import Fence
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar, Sequence

ROOT = Path(__file__).resolve().parent.parent
SECOND_LAW = ROOT / "tests" / "second_law"

#: The smallest measure that says something; tests replace parts of it.
SMALL = {
    "facts.yaml": """\
measure: small
language: 1
title-en: A small measure
title-zh: 小办法
subject: {key: thing, label-en: thing, label-zh: 事物}
units:
  grams: {label-en: grams, label-zh: 克, one-en: gram, one-zh: 克}
  litres: {label-en: litres, label-zh: 升}
offices:
  clerk: {label-en: clerk, label-zh: 书记员}
applications:
  renewal: {label-en: asking for a renewal, label-zh: 申请续期}
facts:
  weight:
    type: number
    unit: grams
    range: 0 to 100
    label-en: weight
    label-zh: 重量
    asks-en: W?
    asks-zh: 重？
    by: [clerk]
  volume:
    {type: number, unit: litres, label-en: volume, label-zh: 容积, asks-en: V?, asks-zh: 容？}
  sealed: {type: yes-no, label-en: seal, label-zh: 封缄, asks-en: S?, asks-zh: 封？}
  made: {type: date, label-en: day of making, label-zh: 制作日, asks-en: M?, asks-zh: 制？}
  sold: {type: date, label-en: day of sale, label-zh: 售出日, asks-en: D?, asks-zh: 售？}
  colour:
    type: choice
    label-en: colour
    label-zh: 颜色
    asks-en: C?
    asks-zh: 色？
    options:
      red: {label-en: red, label-zh: 红}
      green: {label-en: green, label-zh: 绿}
      blue: {label-en: blue, label-zh: 蓝}
  remark: {type: text, label-en: remark, label-zh: 备注, asks-en: R?, asks-zh: 注？}
""",
    "1/measure.yaml": """\
title-en: First
title-zh: 第一版
in-force: {from: 2001-01-01, until: open, basis: attested}
""",
    "1/article-01.yaml": """\
article: 1
title-en: Weight
title-zh: 重量
basis: attested
provisions:
  art-1-a: {says-en: A., says-zh: 甲。}
parameters:
  light: 10 grams
  heavy: 50 grams
  bulky: 2 litres
  pause: 6 months
  start: 2001-06-01
  warm: [red]
rules:
  is-light: {title-en: light, title-zh: 轻, require: weight is below light}
decisions:
  class:
    asks-en: Which class?
    asks-zh: 哪一级？
    by: weight
    bands:
      - {outcome: low, says-en: low, says-zh: 低, when: below light}
      - {outcome: middle, says-en: middle, says-zh: 中, when: below heavy}
      - {outcome: high, says-en: high, says-zh: 高, when: otherwise}
""",
}

#: The small measure with facts of the types that it lacks.
RICH = {
    **SMALL,
    "facts.yaml": SMALL["facts.yaml"]
    + """\
  makers:
    {type: whole, range: 0 to 9, label-en: makers, label-zh: 工匠, asks-en: A?, asks-zh: 匠？}
  share: {type: percent, label-en: share, label-zh: 份额, asks-en: P?, asks-zh: 份？}
  age: {type: period, unit: months, label-en: age, label-zh: 年龄, asks-en: G?, asks-zh: 龄？}
  place:
    {type: rank, cohort: all-things, label-en: place, label-zh: 名次, asks-en: K, asks-zh: 名？}
  plan: {type: document, label-en: plan, label-zh: 方案, asks-en: L?, asks-zh: 案？}
  tidy:
    {type: finding, by: [clerk], label-en: tidiness, label-zh: 整洁, asks-en: Y?, asks-zh: 洁？}
  grades:
    type: series
    each: choice
    label-en: grade
    label-zh: 等级
    asks-en: E?
    asks-zh: 级？
    options:
      good: {label-en: good, label-zh: 优}
      poor: {label-en: poor, label-zh: 差}
  goods:
    type: set
    label-en: goods
    label-zh: 商品
    asks-en: B?
    asks-zh: 货？
    options:
      bread: {label-en: bread, label-zh: 面包}
      honey: {label-en: honey, label-zh: 蜂蜜}
cohorts:
  all-things: {label-en: all things, label-zh: 全部事物}
""",
}

#: A reading of two options, of which `other` makes one change.
READING = """\
readings:
  edge:
    asks-en: Q
    asks-zh: 问
    why-en: W
    why-zh: 因
    basis: inferred
    confidence: low
    default: as-is
    options:
      as-is: {says-en: A, says-zh: 甲}
      other: {says-en: B, says-zh: 乙, change: {CHANGE}}
"""


#: The head of a second article.
HEAD = "article: 2\ntitle-en: M\ntitle-zh: 二\nbasis: attested\n"


def outcomes(**when: str) -> str:
    """Return a decision `d` by conditions: its outcomes, and when each holds."""
    lines = "".join(
        f"      {name}: {{says-en: {name}, says-zh: {name}, when: {text}}}\n"
        for name, text in when.items()
    )
    return "decisions:\n  d:\n    asks-en: D\n    asks-zh: 决\n    outcomes:\n" + lines


def as_texts(node: Node) -> Any:
    """Return a document as JSON has it, every scalar as the text that was written."""
    match node:
        case document.Mapping(entries):
            return {key.text: as_texts(value) for key, value in entries}
        case Sequence(items):
            return [as_texts(item) for item in items]
        case Scalar(text):
            return text


def parts(number: int, *, whole: int) -> list[object]:
    """Number the parts of what is tried at length: the first are whole, the rest deep."""
    whole_, deep = pytest.mark.whole, pytest.mark.deep
    return [
        pytest.param(part, marks=whole_ if part < whole else deep) for part in range(number)
    ]


#: How many examples of a property are tried where neither it nor the profile says otherwise.
SOME = 50


def examples(number: int) -> settings:
    """Try so many examples of a property, and with a profile of more as many times more."""
    return settings(max_examples=number * settings().max_examples // SOME)


def validator(schema: Mapping[str, Any]) -> jsonschema.Draft202012Validator:
    """Return what holds documents against a schema, made once. Nothing is fetched."""
    return _validator(json.dumps(schema))


@cache
def _validator(text: str) -> jsonschema.Draft202012Validator:
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    registry: referencing.Registry[Any] = referencing.Registry()
    return jsonschema.Draft202012Validator(schema, registry=registry)


def write(home: Path, files: Mapping[str, str]) -> None:
    """Write files below a folder."""
    for name, text in files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


@dataclass(frozen=True)
class Made:
    """A measure made on the spot."""

    library: Library
    home: Path

    def codes(self, version: str = "small/1") -> list[str]:
        """Return the codes of what is wrong with a version, in the order of places."""
        ref = self.library.find(version)
        assert ref is not None
        return [d.code.id for d in self.library.program(ref).diagnostics]

    def places(self, version: str = "small/1") -> list[tuple[str, str]]:
        """Return code and `file:line:column` of what is wrong with a version."""
        ref = self.library.find(version)
        assert ref is not None
        return self.placed(self.library.program(ref).diagnostics)

    def placed(self, diagnostics: Iterable[Diagnostic]) -> list[tuple[str, str]]:
        """Return code and `file:line:column` of each diagnostic."""
        return [(d.code.id, d.at.place.removeprefix(f"{self.home}/")) for d in diagnostics]


Make = Callable[[Mapping[str, str]], Made]


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The output, read as JSON."""
        return json.loads(self.out)


Ipcity = Callable[..., Ran]

#: Tells whether what a fence of a page should show is taken as it is printed now.
Accept = Callable[[Path, Fence, str], bool]


#: What a Library keeps of what was read.
KEPT = {one.name for one in fields(Library)} - {"root", "found", "edited"}
#: What is worked out of the rule files alone.
OF_RULES = ("_versions", "_checked", "_programs")
_READ: dict[tuple[str, Path], Library] = {}
#: The Library that was handed out last.
_LENT: dict[tuple[str, Path], Library] = {}


def opened(policies: Path | None = None) -> Library:
    """Open a folder of policies; the shipped versions were read and checked once for all tests.

    Each Library has its own copy of what was kept, so that no test sees what another asked.
    What one made of the shipped rule files is handed on, as of each way to read them.
    """
    library = open_library(policies)
    if library.root != ROOT / "policies":
        return library
    key = (library.found, Path.cwd())  # files are named from where one stands
    if key not in _READ:
        first = _READ[key] = open_library(policies)
        for measure in first.measures():
            for ref in first.versions(measure):
                first.program(ref)
    if key in _LENT:
        for name in OF_RULES:
            made = getattr(_LENT[key], name).items()
            getattr(_READ[key], name).update((of, one) for of, one in made if _shipped(of))
    for name in KEPT:
        setattr(library, name, dict(getattr(_READ[key], name)))
    _LENT[key] = library
    return library


def _shipped(of: Path | tuple[Path, tuple[str, ...]]) -> bool:
    """Tell whether something was made of a file that no test writes."""
    path = of[0] if isinstance(of, tuple) else of
    return path.is_relative_to(ROOT / "policies")
