"""A fact of every type: what may be asked of it, and what is answered at the edges."""

from typing import Any

import pytest

from tests.support import HEAD, RICH, Ipcity, Make, outcomes

THING = "sheet: 1\nmeasure: small\nthing: {name-en: T, name-zh: 物}\n"


@pytest.fixture
def asked(ipcity: Ipcity, make: Make) -> Any:
    """Ask whether a condition holds: the verdict of a decision of `in` and `out`."""

    def ask(when: str, facts: str = "", **entries: str) -> Any:
        body = "".join(f"{kind}:\n{text}" for kind, text in entries.items())
        decision = outcomes(**{"in": when, "out": "otherwise"})
        made = make({**RICH, "1/article-02.yaml": HEAD + body + decision})
        assert made.codes() == []
        sheet = made.home / "s.yaml"
        sheet.write_text(THING + (f"facts: {{{facts}}}\n" if facts else ""), "utf-8")
        ran = ipcity(
            "evaluate", str(sheet), "--policies", str(made.home.parent), "--version", "1",
            "--decision", "d", "--format", "json",
        )  # fmt: skip
        assert ran.status == 0, ran.err
        return ran.json

    return ask


def test_a_rank_can_be_asked_whether_it_is_known(asked: Any) -> None:
    known, open_ = "place: {rank: 3, of: 9}", "place: {rank: 3, of: unknown}"
    assert asked("place is known", known)["outcome"] == "in"
    assert asked("place is not known", known)["outcome"] == "out"
    assert asked("place is not known", open_)["outcome"] == "in"
