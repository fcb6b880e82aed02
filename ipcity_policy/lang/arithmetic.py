"""The ways to calculate a quantity: name, how they are written, meaning."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from ipcity_policy.lang.qualifiers import Rounding

#: What joins two values or more.
Operation: TypeAlias = Literal["plus", "minus", "times", "lesser", "greater"]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """One way to calculate a quantity out of others."""

    name: str
    words: str
    doc_en: str
    doc_zh: str


_CALCULATIONS = (
    Arithmetic("plus", "plus", "The sum of both.", "两者之和。"),
    Arithmetic("minus", "minus", "The first less the second.", "前者减后者。"),
    Arithmetic(
        "times",
        "times",
        "The value by a weight in percent; a plain count by what each of it is worth.",
        "数值乘以百分数权重；个数乘以每个的数值。",
    ),
    Arithmetic("lesser", "lesser of", "The smaller of both.", "两者中较小的。"),
    Arithmetic("greater", "greater of", "The larger of both.", "两者中较大的。"),
    Arithmetic(
        Rounding.UP,
        "rounded up to",
        "The next multiple of the step, if it is none itself.",
        "向上取到步长的整数倍。",
    ),
    Arithmetic(
        Rounding.DOWN,
        "rounded down to",
        "The last multiple of the step.",
        "向下取到步长的整数倍。",
    ),
    Arithmetic(
        Rounding.HALF_UP,
        "rounded half up to",
        "The nearest multiple of the step; from the middle between two, the upper one.",
        "四舍五入到步长的整数倍。",
    ),
)

ARITHMETIC: Mapping[str, Arithmetic] = MappingProxyType(
    {one.name: one for one in _CALCULATIONS}
)
