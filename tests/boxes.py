"""What the examples in docstrings speak of: a box that is weighed, registered and renewed.

The law of it is the small measure with all that takes time, a table of points and a second
version. It is written to a folder once, for as long as the tests run.
"""

import atexit
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ipcity_policy.engines.lifecycle.context import Context
from ipcity_policy.engines.lifecycle.simulation import simulate
from ipcity_policy.engines.lifecycle.version_spans import spans_of
from ipcity_policy.engines.lifecycle.worlds import World
from ipcity_policy.lang.values import Dates, Numbers
from ipcity_policy.law.interpretation import Interpretation
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.law.program import Program
from ipcity_policy.sheet.reader import sheet_from
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.source import Source
from ipcity_policy.yaml.reader import read_document
from tests.leases import LEASES
from tests.support import READING, RICH, SMALL, write

_POINTS = "type: number, unit: points, range: at least 0, asks-en: P?, asks-zh: 分？"
_MORE = f"""\
{RICH["facts.yaml"].removeprefix(SMALL["facts.yaml"]).partition("cohorts:")[0]}\
  shine: {{{_POINTS}, label-en: shine, label-zh: 光泽}}
  smell: {{{_POINTS}, label-en: smell, label-zh: 气味}}
  score: {{{_POINTS}, label-en: score, label-zh: 总分}}
  held-until:
    {{type: date, label-en: end of holding, label-zh: 期满日, asks-en: U?, asks-zh: 止？}}
  renewed-on:
    {{type: date, label-en: day of renewal, label-zh: 续期日, asks-en: R?, asks-zh: 续？}}
cohorts:
  all-things: {{label-en: all things, label-zh: 全部事物}}
"""
_CARE = """\
article: 3
title-en: Care
title-zh: 养护
basis: attested
parameters: {often: 2, years-looked-at: 3 years, floor: 6 points}
indicators:
  goodness:
    title-en: goodness
    title-zh: 优良
    points: 10 points
    given: score
    basis: inferred
    blocks:
      looks:
        title-en: looks
        title-zh: 外观
        points: 10 points
        rows:
          shine: {title-en: shine, title-zh: 光泽, points: 7 points}
          smell: {title-en: smell, title-zh: 气味, points: 3 points}
rules:
  fit: {title-en: fit, title-zh: 合格, require: {all: [is-light, sealed is yes]}}
  cared-for:
    title-en: cared for
    title-zh: 养护良好
    require: grades is "good" in at least often of the last years-looked-at before made
  fine: {title-en: fine, title-zh: 优良, require: goodness is at least floor}
decisions:
  sale:
    asks-en: May it be sold?
    asks-zh: 可否出售？
    outcomes:
      sellable: {says-en: yes, says-zh: 可, when: fit}
      kept:
        says-en: no
        says-zh: 否
        when: otherwise
        effects: [bar renewal for pause after made]
  again:
    asks-en: May it be held again?
    asks-zh: 可否续期？
    governed-by: renewed-on
    outcomes:
      granted: {says-en: yes, says-zh: 可, when: is-light}
      refused: {says-en: no, says-zh: 否, when: otherwise}
"""
_DERIVED = """\
  held-until: {end-of: hold}
  renewed-on: {day-of: [renewed]}
"""
_FILES = {
    **LEASES,
    "facts.yaml": LEASES["facts.yaml"]
    .replace("units:\n", "units:\n  points: {label-en: points, label-zh: 分}\n")
    .replace("events:\n", f"{_MORE}events:\n"),
    "sources.yaml": "circular: {title-en: A circular, title-zh: 通知}\n",
    "1/measure.yaml": SMALL["1/measure.yaml"].replace("open", "2021-01-01"),
    "1/article-02.yaml": LEASES["1/article-02.yaml"]
    .replace("basis: inferred}", "basis: assumed}")  # what it says of the yearly note
    .replace("decision: class, gives: low", "decision: again, gives: granted")
    .replace("derived:\n", f"derived:\n{_DERIVED}"),
    "1/article-03.yaml": _CARE,
    "2/measure.yaml": """\
title-en: Second
title-zh: 第二版
in-force: {from: 2021-01-01, until: open, basis: attested}
repeals: small/1
""",
    "2/article-01.yaml": SMALL["1/article-01.yaml"].replace(
        "light: 10 grams", "light: 20 grams"
    )
    + READING.replace("edge", "since-when").replace("{CHANGE}", "{in-force.from: 2020-07-01}"),
    "interpretations/notice.yaml": """\
interprets: small
title-en: How the clerk reads it
title-zh: 书记员的理解
adopted-by: clerk
on: 2004-05-17
source: circular
versions: [small/1]
options: {first-day: counted}
""",
}


@cache
def library() -> Library:
    """The law of boxes, with two versions."""
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    write(Path(folder.name) / "small", _FILES)
    return open_library(Path(folder.name))


@cache
def law(version: str = "1") -> Program:
    """A version of it: the first, from 2001 on, or the second, from 2021 on."""
    ref = library().find(f"small/{version}")
    assert ref is not None
    found = library().program(ref)
    assert found.value is not None, [one.message_text for one in found.diagnostics]
    return found.value


def box(*events: str, until: str | None = None, **facts: str) -> Sheet:
    """A box: what happened to it (`registered 2010-06-01`), and what is stated of it."""
    lines = ["sheet: 1", "measure: small", "thing: {name-en: Box, name-zh: 匣}"]
    lines += [f"events-known-until: {until}"] if until is not None else []
    lines += ["events:"] if events else []
    for event in events:
        kind, day, *stated = event.split(" ", 2)
        with_it = f", facts: {{{stated[0]}}}" if stated else ""
        lines.append(f"  - {{event: {kind}, on: {day}{with_it}}}")
    lines += ["facts:"] if facts else []
    lines += [f"  {name}: {value}" for name, value in facts.items()]
    document = read_document(Source("box.yaml", "\n".join(lines))).value
    assert document is not None
    read = sheet_from(library(), document)
    assert read.value is not None, [one.message_text for one in read.diagnostics]
    return read.value


def history(*events: str, on: str, until: str | None = None) -> Context:
    """What the functions of the lifecycle are given of a box: the law, its events and a day."""
    day = date.fromisoformat(on)
    sheet = box(*events, until=until)
    return Context(
        spans_of([law()]), sheet, day, Dates(day, day), strict=False, rest_days=lambda _: None
    )


def course(*events: str, on: str, until: str | None = None) -> tuple[Context, World]:
    """The same, and the one world that its events leave."""
    context = history(*events, on=on, until=until)
    (world,), _ = simulate(context)
    return context, world


def grams(number: int) -> Numbers:
    """A weight that is known."""
    return Numbers(Decimal(number), Decimal(number), "grams")


def notice() -> Interpretation:
    """How the clerk reads the first version."""
    home = library().measure("small")
    assert home is not None
    found = library().interpretation(home / "interpretations" / "notice.yaml", home).value
    assert found is not None
    return found
