"""One answer in a warm process, with its reasons, against a function written by hand."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from measure import medians

from ipcity_policy.engines.interpreter.decision import answer
from ipcity_policy.lang.values import Numbers
from ipcity_policy.law.library import open_library

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 1_000


def by_hand(score: Decimal | None) -> dict[str, Any]:
    """Answer Article 14 of 2016 as a programmer would, with reasons."""
    floor, fostering = Decimal(60), Decimal(70)
    rows: list[dict[str, Any]] = []
    for outcome, low, high in (
        ("title-withdrawn", None, floor),
        ("next-pilot-round", floor, fostering),
        ("fostering-stage", fostering, None),
    ):
        because = []
        for limit, upward in ((low, True), (high, False)):
            if limit is None:
                continue
            status, margin = "unknown", None
            if score is not None:
                holds = score >= limit if upward else score < limit
                status = "met" if holds else "not-met"
                margin = score - limit if upward else limit - score
            because.append({"status": status, "limit": limit, "found": score, "margin": margin})
        statuses = {one["status"] for one in because}
        status = (
            "not-met"
            if "not-met" in statuses
            else "unknown"
            if "unknown" in statuses
            else "met"
        )
        rows.append({"outcome": outcome, "status": status, "because": because})
    met = [row["outcome"] for row in rows if row["status"] == "met"]
    return {
        "outcome": met[0] if met else None,
        "possible": [row["outcome"] for row in rows if row["status"] != "not-met"],
        "reasons": rows,
        "missing": [] if met else ["acceptance-score"],
    }


def results(runs: int = 15) -> list[tuple[str, float, str]]:
    """Return what was measured: name, ratio, and against what."""
    library = open_library(ROOT / "policies")
    ref = library.find("ip-cities/2016")
    program = library.program(ref).value if ref is not None else None
    assert program is not None
    scores = [Decimal(n) / 10 for n in range(ROUNDS)]
    values = [{"acceptance-score": Numbers(score, score, "points")} for score in scores]
    for score, value in zip(scores, values, strict=True):  # the two must agree
        assert answer(program, value, "acceptance").outcome == by_hand(score)["outcome"]
    found = medians(
        {
            "by hand": lambda: [by_hand(score) for score in scores],
            "interpreter": lambda: [answer(program, v, "acceptance") for v in values],
        },
        runs,
    )
    ratio = found["interpreter"] / found["by hand"]
    return [("one sheet in a warm process, with reasons", ratio, "a function written by hand")]
