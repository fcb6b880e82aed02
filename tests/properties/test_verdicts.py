"""Whatever is asked of whatever sheet: the verdict is as reckoned again from the texts.

It conforms, is said, and is the same again.
"""

import json
from collections import Counter
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipcity_policy import evaluate, open_policies
from ipcity_policy.api import Verdict
from ipcity_policy.questions.verdict import DecisionVerdict as Whole
from ipcity_policy.questions.verdict import Supposed
from tests.properties.reckoned_verdicts import (
    BYELAWS,
    COUNTY_LEVEL_AGAIN,
    LONGER_BOATS,
    MEASURES,
    Expected,
    Facts,
    Version,
    expected,
    seen,
)
from tests.support import ROOT, SECOND_LAW

CITIES = open_policies(ROOT / "policies")
BERTHS = open_policies(SECOND_LAW)

days = st.dates(date(1997, 1, 1), date(2024, 12, 31)).map(date.isoformat)
spans = st.one_of(days, days.map(lambda day: day[:7]), days.map(lambda day: day[:4]))


def amounts(unit: str) -> st.SearchStrategy[str]:
    limits = st.sampled_from(["59.999", "60", "70", "69.999", "20", "40", "10", "8", "90"])
    return st.one_of(limits, st.integers(0, 30).map(str)).map(lambda n: f"{n} {unit}")


def stated(values: st.SearchStrategy[str]) -> st.SearchStrategy[object]:
    plain = st.one_of(values, values, values, st.just("unknown"))
    dated = st.fixed_dictionaries({"value": plain, "on": spans})
    return st.one_of(plain, dated)


#: About the days on which the byelaws begin and give way.
arrivals = st.sampled_from(
    [
        *("1998-02-28", "1998-02", "1998", "1998-03-01", "2004-05-31", "2004-05"),
        *("2004", "2004", "2004", "2004", "2004-06", "2004-06-01", "2010"),
    ]
)
TYPES = ["county-level-city", "municipal-district", "other-unit", "unknown"]
cities = st.fixed_dictionaries(
    {
        "sheet": st.just(1),
        "measure": st.just("ip-cities"),
        "city": st.fixed_dictionaries(
            {"name-en": st.just("X"), "name-zh": st.just("某市")},
            optional={"type": st.sampled_from(TYPES)},
        ),
        "facts": st.fixed_dictionaries(
            {},
            optional={
                "application-date": stated(spans),
                "acceptance-date": stated(spans),
                "acceptance-score": stated(amounts("points")),
            },
        ),
    }
)
boats = st.fixed_dictionaries(
    {
        "sheet": st.just(1),
        "measure": st.just("berths"),
        "boat": st.fixed_dictionaries(
            {"name-en": st.just("X"), "name-zh": st.just("某船")},
            optional={"rig": st.sampled_from(["rowing", "sail", "unknown"])},
        ),
        "facts": st.fixed_dictionaries(
            {
                "length": stated(amounts("feet")),
                "draught": stated(st.sampled_from([f"{n} feet" for n in (7, 8, 9, 10)])),
                "insured": stated(st.sampled_from(["yes", "no"])),
                "arrival": st.one_of(arrivals, stated(arrivals)),
            },
            optional={"surveyed": stated(spans)},
        ),
    }
)
on = st.one_of(st.none(), days.map(date.fromisoformat))


def held(
    verdicts: tuple[Verdict, ...], again: tuple[Verdict, ...],
    schema: jsonschema.Draft202012Validator,
) -> None:  # fmt: skip
    for verdict, same in zip(verdicts, again, strict=True):
        given_ = verdict.as_json()
        schema.validate(given_)
        assert json.dumps(given_) == json.dumps(same.as_json())
        for language in ("en", "zh"):
            assert verdict.as_text(lang=language)
            assert verdict.as_text(lang=language, unfold=True)
        if given_["outcome"] is not None:
            assert given_["outcome"] in given_["possible"]
        elif given_["version"] is not None and given_["fault"] is None:
            assert given_["missing"]
        if given_["fault"] is not None:
            assert given_["outcome"] is None
        names = {one["name"] for one in given_["missing"]}
        for settling in given_["settled-by"]:
            assert set(settling) <= names


def as_reckoned(
    verdict: Verdict, wanted: Expected, *, strict: bool, named: bool, tried: Counter[str]
) -> None:
    """A verdict says what the second reckoning does."""
    given_ = verdict.as_json()
    if not named:
        assert verdict.whole.choice.versions == wanted.versions
    tried["none" if not wanted.versions else f"{len(wanted.versions)} versions"] += 1
    told: Whole | Supposed = verdict.whole
    if wanted.doubtful and wanted.possible:  # it may be that none governs
        assert given_["outcome"] is None
        if strict:
            return
        assert verdict.whole.supposed is not None
        told = verdict.whole.supposed
        if "ip-cities/2014" in wanted.versions:  # more of it is supposed than that it governs
            assert {*told.possible} <= wanted.possible
            return
    assert {*told.possible} == wanted.possible
    assert told.outcome == wanted.outcome
    tried["open" if wanted.outcome is None else "decided"] += 1


def questioned(
    versions: tuple[Version, ...], named: str | None
) -> tuple[tuple[Version, ...], bool]:
    """Return the versions that are asked, and whether one is by its name."""
    found = [one for one in versions if one.name.endswith(f"/{named}")]
    return (tuple(found), True) if found else (versions, False)


def asked_of(
    versions: tuple[Version, ...], decision: str, facts: Facts, governing: str,
    on: date | None, *, named: bool,
) -> Expected | None:  # fmt: skip
    """Return what is expected where the day chooses the version, or one was named."""
    if not named:
        return expected(versions, decision, facts, governing, on)
    (one,) = versions
    possible = one.decisions[decision](facts) if decision in one.decisions else frozenset()
    outcome = next(iter(possible)) if len(possible) == 1 else None
    return Expected(possible, outcome, (one.name,))


@pytest.mark.deep
def test_verdicts_on_cities(verdict_schema: jsonschema.Draft202012Validator) -> None:
    tried: Counter[str] = Counter()

    @settings(max_examples=15)
    @given(
        sheet=cities,
        day=on,
        decision=st.sampled_from(["applicant", "acceptance"]),
        version=st.sampled_from([None, None, "2014", "2016", "county-level-again"]),
        strict=st.booleans(),
        readings=st.sampled_from(
            [{}, {"exactly-sixty": "lower-band"}, {"exactly-seventy": "middle-band"}]
        ),
        parameters=st.sampled_from(
            [{}, {"fostering-floor": "90 points"}, {"acceptance-floor": "60.5 points"}]
        ),
    )
    def judged(
        *,
        sheet: dict[str, Any],
        day: date | None,
        decision: str,
        version: str | None,
        strict: bool,
        readings: dict[str, str],
        parameters: dict[str, str],
    ) -> None:
        first, second = (
            evaluate(
                CITIES,
                sheet,
                decision=decision,
                on=day,
                version=version,
                strict=strict,
                readings=readings,
                parameters=parameters,
            )
            for _ in range(2)
        )
        assert first.value is not None or first.diagnostics
        held(first.value or (), second.value or (), verdict_schema)
        values = seen(sheet["facts"], day)
        kind = sheet["city"].get("type", "unknown")
        values |= {} if kind == "unknown" else {"type": kind}
        facts = Facts(values, readings, parameters)
        versions, named = questioned((*MEASURES, COUNTY_LEVEL_AGAIN), version)
        governing = {"applicant": "application-date", "acceptance": "acceptance-date"}[decision]
        wanted = asked_of(
            versions if named else MEASURES, decision, facts, governing, day, named=named
        )
        if first.value is None or wanted is None:
            tried["not asked"] += 1
            if version not in ("2014", "county-level-again") or not (readings or parameters):
                assert (wanted is None) == (first.value is None), first.diagnostics
            return
        (verdict,) = first.value
        as_reckoned(verdict, wanted, strict=strict, named=named, tried=tried)

    judged()
    assert min(tried["open"], tried["decided"]) > 1, tried
    assert tried["1 versions"] > 5, tried


@pytest.mark.deep
def test_verdicts_on_boats(verdict_schema: jsonschema.Draft202012Validator) -> None:
    tried: Counter[str] = Counter()

    @settings(max_examples=60)
    @given(
        sheet=boats,
        day=on,
        version=st.sampled_from([None, None, None, "1998", "2004", "longer-boats"]),
        strict=st.booleans(),
    )
    def judged(
        *, sheet: dict[str, Any], day: date | None, version: str | None, strict: bool
    ) -> None:
        first, second = (
            evaluate(BERTHS, sheet, on=day, version=version, strict=strict) for _ in range(2)
        )
        assert first.value is not None or first.diagnostics
        held(first.value or (), second.value or (), verdict_schema)
        values = seen(sheet["facts"], day)
        rig = sheet["boat"].get("rig", "unknown")
        facts = Facts(values | ({} if rig == "unknown" else {"rig": rig}), {}, {})
        versions, named = questioned((*BYELAWS, LONGER_BOATS), version)
        versions = versions if named else BYELAWS
        told = {one.whole.decision: one for one in first.value or ()}
        for decision in ("berth", "fee"):
            wanted = asked_of(versions, decision, facts, "arrival", day, named=named)
            if wanted is None or (named and decision not in versions[0].decisions):
                assert decision not in told
                tried["not asked"] += 1
                continue
            as_reckoned(told[decision], wanted, strict=strict, named=named, tried=tried)

    judged()
    assert min(tried["open"], tried["decided"]) > 8, tried
    assert tried["1 versions"] > 30, tried
    assert min(tried["none"], tried["2 versions"]) > 1, tried
