"""Whatever is asked of whatever sheet: the verdict conforms, is said, and is the same again."""

import json
from datetime import date

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipcity_policy import evaluate, open_policies
from ipcity_policy.api import Verdict
from tests.support import ROOT, SECOND_LAW

CITIES = open_policies(ROOT / "policies")
BERTHS = open_policies(SECOND_LAW)

days = st.dates(date(1997, 1, 1), date(2024, 12, 31)).map(date.isoformat)
spans = st.one_of(days, days.map(lambda day: day[:7]), days.map(lambda day: day[:4]))


def amounts(unit: str) -> st.SearchStrategy[str]:
    limits = st.sampled_from(["59.999", "60", "70", "69.999", "20", "40", "10", "8", "90"])
    return st.one_of(limits, st.integers(0, 30).map(str)).map(lambda n: f"{n} {unit}")


def stated(values: st.SearchStrategy[str]) -> st.SearchStrategy[object]:
    plain = st.one_of(values, st.just("unknown"))
    dated = st.fixed_dictionaries({"value": plain, "on": spans})
    return st.one_of(plain, dated)


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
            {},
            optional={
                "length": stated(amounts("feet")),
                "draught": stated(st.integers(0, 30).map(lambda n: f"{n} feet")),
                "insured": stated(st.sampled_from(["yes", "no"])),
                "surveyed": stated(spans),
                "arrival": stated(spans),
            },
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


@pytest.mark.deep
@settings(max_examples=12)
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
def test_verdicts_on_cities(
    *,
    verdict_schema: jsonschema.Draft202012Validator,
    sheet: dict[str, object],
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


@pytest.mark.whole
@settings(max_examples=60)
@given(
    sheet=boats,
    day=on,
    version=st.sampled_from([None, None, "1998", "2004", "longer-boats"]),
    strict=st.booleans(),
)
def test_verdicts_on_boats(
    *,
    verdict_schema: jsonschema.Draft202012Validator,
    sheet: dict[str, object],
    day: date | None,
    version: str | None,
    strict: bool,
) -> None:
    first, second = (
        evaluate(BERTHS, sheet, on=day, version=version, strict=strict) for _ in range(2)
    )
    assert first.value is not None or first.diagnostics
    held(first.value or (), second.value or (), verdict_schema)
