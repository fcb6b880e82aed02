"""What of the law is known, and what hangs on a text that is not."""

import jsonschema
import pytest

from ipcity_policy import law_status, open_policies
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Basis
from tests.support import SMALL, Ipcity, Make

#: A version of which one article was found, and for the rest of which another stands in.
OLD = {
    "0/measure.yaml": """\
title-en: Old
title-zh: 旧版
in-force: {from: 1999-01-01, until: 2001-01-01, basis: inferred}
""",
    "0/article-07.yaml": """\
article: 7
title-en: Colours
title-zh: 颜色
basis: attested
rules:
  is-red: {title-en: red, title-zh: 红, require: colour is "red"}
  is-small:
    {basis: inferred, title-en: small, title-zh: 小, require: volume is below small-one}
parameters:
  small-one: 1 litres
decisions:
  own:
    asks-en: Is it red?
    asks-zh: 红否？
    outcomes:
      red: {says-en: red, says-zh: 红, when: is-red or is-small}
      other: {says-en: other, says-zh: 非, when: otherwise}
  mixed:
    asks-en: Is it red and light?
    asks-zh: 又红又轻？
    outcomes:
      both: {says-en: both, says-zh: 是, when: is-red and is-light}
      not-both: {says-en: not both, says-zh: 否, when: otherwise}
""",
    "0/rest.yaml": """\
provision: rest
title-en: The rest
title-zh: 其余
basis: unavailable
carries-over: {from: small/1, decisions: [class, lightness], why-en: W., why-zh: 由。}
""",
    "1/article-02.yaml": """\
article: 2
title-en: Lightness
title-zh: 轻
basis: attested
decisions:
  lightness:
    asks-en: Light?
    asks-zh: 轻否？
    outcomes:
      light: {says-en: light, says-zh: 轻, when: is-light}
      heavy: {says-en: heavy, says-zh: 重, when: otherwise}
""",
}


def test_each_part_is_told_by_what_it_rests_on(make: Make) -> None:
    made = make({**SMALL, **OLD})
    assert made.codes() == []
    found = law_status(made.library, "small/0").value
    assert found is not None
    told = found.as_json()
    assert told["rests-on"]["provisions"] == {
        "attested": ["art-7"],
        "inferred": [],
        "assumed": [],
        "unavailable": ["rest"],
    }
    assert told["rests-on"]["rules"] == {
        "attested": ["is-red"],
        "inferred": ["is-small"],
        "assumed": ["is-light"],
        "unavailable": [],
    }
    # Of what was carried over, what the decisions there rest on and no more.
    assert told["rests-on"]["parameters"]["attested"] == ["small-one"]
    assert set(told["rests-on"]["parameters"]["assumed"]) == {"light", "heavy"}
    assert told["open"] == [{"provision": "rest", "stands-in": ["small/1"]}]
    assert found.provisions[Basis.UNAVAILABLE] == ("rest",)


def test_a_decision_hangs_on_what_stands_in_also_through_a_rule(make: Make) -> None:
    found = law_status(make({**SMALL, **OLD}).library, "small/0").value
    assert found is not None
    depends_on = {id: set(names) for id, names in found.depends_on.items()}
    assert depends_on == {
        "own": set(),
        "mixed": {"rules.is-light", "parameters.light"},
        "class": {"decisions.class", "parameters.light", "parameters.heavy"},
        "lightness": {"decisions.lightness", "rules.is-light", "parameters.light"},
    }


def test_of_a_version_whose_text_is_all_there_nothing_hangs(make: Make) -> None:
    found = law_status(make({**SMALL, **OLD}).library, "small/1").value
    assert found is not None
    assert not any(found.depends_on.values())
    assert "All of its text is available." in found.as_text()
    assert "条文均已找到" in found.as_text("zh")


def test_the_shipped_versions(library: Library) -> None:
    # Of the measures of 2014 Articles 1 to 4 were found, and only Article 3 decides.
    found = law_status(library, "ip-cities/2014").value
    assert found is not None
    assert found.provisions[Basis.ATTESTED] == ("art-1", "art-2", "art-3", "art-4")
    assert found.provisions[Basis.UNAVAILABLE] == ("articles-5-onward",)
    assert [id for id, names in found.depends_on.items() if not names] == ["applicant"]


def test_a_status_as_json_has_its_schema(
    ipcity: Ipcity, make: Make, status_schema: jsonschema.Draft202012Validator
) -> None:
    made = make({**SMALL, **OLD})
    home = str(made.home.parent)
    ran = ipcity("law", "status", "small", "--policies", home, "--format", "json")
    assert [one["version"] for one in ran.json] == ["small/0", "small/1"]
    for one in ran.json:
        status_schema.validate(one)
    # A basis that no entry has is still named, and so is a decision that hangs on nothing.
    old = ran.json[0]
    assert old["rests-on"]["readings"] == {basis: [] for basis in Basis}
    assert old["decisions"]["own"] == {"hangs-on": []}
    for key in ("status", "open", "rests-on"):
        assert not status_schema.is_valid({name: old[name] for name in old if name != key})
    assert not status_schema.is_valid({**old, "more": 1})
    shipped = ipcity("law", "status", "--format", "json").json
    assert len(shipped) > 1
    for one in shipped:
        status_schema.validate(one)


def test_one_version_is_told_on_one_screen(ipcity: Ipcity) -> None:
    for args in (["2014"], ["ip-cities"], []):
        assert len(ipcity("law", "status", *args).out.splitlines()) <= 24
    assert len(ipcity("law", "status", "2014", "--all").out.splitlines()) > 60


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_form_tells_the_same(
    ipcity: Ipcity, make: Make, form: str, language: str
) -> None:
    made = make({**SMALL, **OLD})
    args = ("--policies", str(made.home.parent), "--format", form, "--lang", language)
    for name in ("small/0", "small"):
        ran = ipcity("law", "status", name, *args, "--all")
        assert ran.status == 0
        for said in ("small/0", "is-small", "mixed", "rules.is-light"):
            assert said in ran.out
    assert ("其余" if language == "zh" else "The rest") in ran.out or form == "json"


def test_what_is_not_there_is_told(ipcity: Ipcity) -> None:
    ran = ipcity("law", "status", "2015")
    assert ran.status == 2
    assert "`2015`" in ran.err
    (wrong,) = law_status(open_policies(), "ip-cities/2015").diagnostics
    assert wrong.code.id == "M101"
