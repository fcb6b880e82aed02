"""What a generated measure is made of: plain data, from which it is written and reckoned.

Nothing here knows the package. `measures` makes it, `files` writes it as YAML, `sheets`
makes what is known of a subject, and `oracle` says what the law gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TypeAlias


@dataclass(frozen=True)
class Fact:
    """A fact of the vocabulary, or what each year of a series is."""

    name: str
    #: As the vocabulary names the type.
    type: str
    unit: str = ""
    low: Fraction | None = None
    high: Fraction | None = None
    #: Of a choice or a set; of a yes-no and a finding, the two that there are.
    options: tuple[str, ...] = ()
    ordered: bool = False
    cohort: str = ""
    each: "Fact | None" = None
    #: Whether it stands in the subject's own block.
    of_subject: bool = False


#: A length of calendar time: how many of what.
Period: TypeAlias = tuple[int, str]


@dataclass(frozen=True)
class Parameter:
    """What the law sets: a number in a unit, a period, a date, an option or a list."""

    name: str
    value: Fraction | Period | date | str | tuple[str, ...]
    unit: str = ""


@dataclass(frozen=True)
class Named:
    """A fact, a parameter or a quantity by its name."""

    name: str


@dataclass(frozen=True)
class Option:
    """An option, in quotes or as a word."""

    name: str


@dataclass(frozen=True)
class Moved:
    """A date a period after another, or before it for sign -1."""

    period: "Operand"
    day: "Operand"
    sign: int


Operand: TypeAlias = Named | Option | Moved


@dataclass(frozen=True)
class Reckoned:
    """`plus`, `minus`, `times`, `lesser` or `greater` of two."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True)
class Rounded:
    """Rounded `up`, `down` or `half up` to a multiple of a step."""

    part: "Expression"
    way: str
    step: Named


@dataclass(frozen=True)
class Listed:
    """`sum`, `least` or `greatest` of a list."""

    key: str
    parts: tuple["Expression", ...]


Expression: TypeAlias = Operand | Reckoned | Rounded | Listed


@dataclass(frozen=True)
class Compared:
    """A comparison, in the words that stand between `is` and what is compared with."""

    left: Operand
    words: str
    right: tuple[Operand, ...] = ()
    #: How bounds, rounding and ties are said, as the words at the end.
    ways: tuple[str, ...] = ()
    cohort: str = ""


@dataclass(frozen=True)
class Included:
    """That a set includes an option, or all, any or none of a list."""

    set: Named
    #: `""`, `all of`, `any of` or `none of`.
    words: str
    what: Named | Option


@dataclass(frozen=True)
class Years:
    """That a comparison holds in enough of the last years of a series."""

    #: Of the series; its left side is the series itself.
    says: Compared
    least: Named
    window: Named
    #: `before` or `up to`.
    reach: str
    day: Operand


@dataclass(frozen=True)
class Time:
    """What is said of the time from one date to another."""

    start: Operand
    end: Operand
    words: str
    period: Operand


@dataclass(frozen=True)
class Papers:
    """That all documents of a list are submitted, perhaps by a day."""

    list: Named
    words: str
    day: Operand | None


@dataclass(frozen=True)
class Met:
    """That a rule is met."""

    rule: str


@dataclass(frozen=True)
class Not:
    """That a condition does not hold."""

    part: "Condition"


@dataclass(frozen=True)
class Joined:
    """Conditions joined by `and` or `or` in a sentence."""

    word: str
    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Block:
    """Conditions under `all:`, `any:`, `none:` or `of:`."""

    key: str
    parts: tuple["Condition", ...]
    #: Beside `of:`, how many must hold.
    least: Named | None = None


Condition: TypeAlias = Compared | Included | Years | Time | Papers | Met | Not | Joined | Block


@dataclass(frozen=True)
class Rule:
    """A rule, with where it is asked and its exception."""

    name: str
    require: Condition
    applies: Condition | None = None
    unless: Condition | None = None
    basis: str = "attested"


@dataclass(frozen=True)
class Outcome:
    """An outcome and when it holds; None for `otherwise`."""

    name: str
    when: Condition | None
    unless: Condition | None = None
    effects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Band:
    """An outcome and what its band says: words and a limit, None for `otherwise`."""

    name: str
    words: str
    limit: Named | None


@dataclass(frozen=True)
class Decision:
    """A question answered by conditions, or by the bands of a number or date."""

    name: str
    outcomes: tuple[Outcome, ...] = ()
    by: str = ""
    bands: tuple[Band, ...] = ()
    governed_by: str = ""


@dataclass(frozen=True)
class Reading:
    """A doubtful place: options that each put a sentence or value where another stands."""

    name: str
    path: str
    instead: "Condition | Parameter"
    #: What further options put there.
    more: tuple["Condition | Parameter", ...] = ()

    @property
    def options(self) -> "Mapping[str, Condition | Parameter]":
        """What stands there under each option but the one that is written."""
        others = (self.instead, *self.more)
        return {f"other-{n}" if n else "other": one for n, one in enumerate(others)}


@dataclass(frozen=True)
class Table:
    """A table of indicators: what each row has at most, and the fact that gives their total."""

    rows: Mapping[str, Fraction]
    given: str
    unit: str


@dataclass(frozen=True)
class Measure:
    """A whole measure of one version."""

    units: tuple[str, ...]
    facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    quantities: Mapping[str, Expression]
    rules: Mapping[str, Rule]
    decisions: Mapping[str, Decision]
    readings: tuple[Reading, ...] = ()
    tables: Mapping[str, Table] = field(default_factory=dict)
