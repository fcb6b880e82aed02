"""The picture of a comparison: every place on its line is reckoned by hand."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from ipcity_policy.engines.interpreter import answer
from ipcity_policy.engines.verdict import Reason
from ipcity_policy.render.bars import bar_of
from ipcity_policy.render.block import Bar
from ipcity_policy.render.wording import Wording
from tests.support import TYPES, Make, outcomes

HEAD = "article: 2\ntitle-en: M\ntitle-zh: 多\nbasis: attested\nparameters:\n"


def bars(make: Make, parameters: str, require: str, facts: str) -> list[Bar]:
    """The pictures of one condition on one sheet."""
    raise NotImplementedError
