"""What is wrong with rule files is found where it is written."""

import pytest

from ipcity_policy.law.model import Basis
from ipcity_policy.text.source import Source
from tests.support import HEAD, READING, SMALL, Make, outcomes

ARTICLE = SMALL["1/article-01.yaml"]
FACTS = SMALL["facts.yaml"]


def test_the_small_measure_is_sound(make: Make) -> None:
    assert make({}).places() == []


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("require: weight is", "require: wieght is", "N101", "wieght"),
        ("is below light}", "is below lihgt}", "N101", "lihgt"),
        ("is below light}", "is below bulky}", "T102", "2 litres"),
        ("is below light}", "is below pause}", "T101", "pause}"),
        ("is below light}", "is below warm}", "T101", "warm}"),
        ("is below light}", "is below 11 grams}", "T103", "11 grams"),
        ("is below light}", "is before start}", "T101", "weight is before"),
        ("weight is below light}", "weight}", "N101", "weight}"),
        ("weight is below light}", 'colour is "rod"}', "T104", '"rod"'),
        ("weight is below light}", "colour is one of light}", "T101", "light}"),
        ("warm: [red]", "warm: [red]\n  light: 3 grams", "S106", "light: 3"),
        ("light: 10 grams", "light: 10 gramms", "N101", "10 gramms"),
        ("light: 10 grams", "light: 10", "T102", "10\n"),
        ("light: 10 grams", "light: ten grams", "S204", "ten grams"),
        ("light: 10 grams", "weight: 10 grams\n  light: 10 grams", "N102", "weight: 10"),
        ("light: 10 grams", "Light: 10 grams\n  light: 10 grams", "N103", "Light"),
        ("light: 10 grams", "least: 10 grams\n  light: 10 grams", "N103", "least"),
        ("require: weight is below light", "require: {}", "S202", "{}"),
        ("require: weight is below light", "require: {all: []}", "S202", "all: []"),
        ("require: weight is below light", "require: [is-light]", "S203", "[is-light]"),
        ("asks-en: Which class?", "ask-en: Which class?", "S201", "ask-en"),
        ("basis: attested", "basis: certain", "S204", "certain"),
        ("article: 1", "article: one", "S204", "one"),
        ("by: weight", "by: weigth", "N101", "weigth"),
        ("by: weight", "by: colour", "T101", "colour"),
        (
            "when: below heavy",
            "when: below light",
            "M107",
            "below light}\n      - {outcome: high",
        ),
        ("when: otherwise", "when: above heavy", "M106", "above heavy"),
        ("says-en: low, says-zh: 低,", "", "S202", "outcome: low"),
        ("outcome: middle", "outcome: low", "N102", "below heavy"),
        ("is-light: {", "is-light: {provision: art-1-z, ", "M114", "art-1-z"),
        ("art-1-a:", "art-2-a:", "M114", "art-2-a"),
        ("require: weight is below light", "require: is-light", "M109", "is-light: {title"),
    ],
)
def test_a_slip_is_found_where_it_was_made(
    make: Make, old: str, new: str, code: str, at: str
) -> None:
    assert old in ARTICLE
    text = ARTICLE.replace(old, new, 1)
    place = Source("1/article-01.yaml", text).position(text.index(at))
    expected = (code, f"1/article-01.yaml:{place.line}:{place.column}")
    assert expected in make({"1/article-01.yaml": text}).places()


def test_a_sentence_that_is_empty_is_told_once(make: Make) -> None:
    for text in ("", '""', "{all: ['']}"):
        article = SMALL["1/article-01.yaml"].replace("weight is below light}", f"{text} }}")
        assert make({"1/article-01.yaml": article}).codes() == ["S204"]


def test_a_text_that_a_comma_divided_is_told_so(make: Make) -> None:
    article = SMALL["1/article-01.yaml"]
    made = make(
        {"1/article-01.yaml": article.replace("title-en: light,", "title-en: a, or b,")}
    )
    ref = made.library.find("small/1")
    assert ref is not None
    (told,) = made.library.program(ref).diagnostics
    assert (told.code.id, told.at.text) == ("S201", "or b")
    assert (
        told.help_text == "in `{…}` a comma begins a new key: put the text around it in quotes"
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("type: number\n    unit: grams", "type: number\n    unit: gram", "N101"),
        ("type: date,", "type: day,", "S204"),
        ("type: date,", "type: date, unit: grams,", "S201"),
        ("by: [clerk]", "by: [clark]", "N101"),
        ("  remark: {", "  weight: {", "S106"),
        ("subject: {key", "subjekt: {key", "S201"),
    ],
)
def test_a_slip_in_the_vocabulary_is_found(make: Make, old: str, new: str, code: str) -> None:
    assert old in FACTS
    assert code in make({"facts.yaml": FACTS.replace(old, new, 1)}).codes()


def test_all_slips_are_reported_at_once_and_in_order_of_place(make: Make) -> None:
    text = ARTICLE.replace("weight is below light", "weight is below lihgt")
    text = text.replace("by: weight", "by: weigth").replace(
        "heavy: 50 grams", "heavy: 50 gramms"
    )
    assert [place.split(":")[1] for _, place in make({"1/article-01.yaml": text}).places()] == [
        "9",
        "15",
        "20",
    ]


def test_a_decision_without_outcomes_is_an_error(make: Make) -> None:
    head, _, _ = ARTICLE.partition("    by: weight")
    for body in (
        "    outcomes: {}\n",
        "    by: weight\n    bands: []\n",
        "    by: weight\n",
        "",
    ):
        assert make({"1/article-01.yaml": head + body}).codes() == ["S202"]


def test_a_default_that_is_no_option_or_changes_the_text_is_an_error(make: Make) -> None:
    text = READING.replace("CHANGE", "decisions.class.low.when: at most light")
    for default, codes in (("nothing", ["M105"]), ("other", ["M105", "M104"])):
        made = make({"1/article-01.yaml": ARTICLE + text.replace("as-is\n", f"{default}\n", 1)})
        assert made.codes() == codes


def test_rules_that_rest_on_one_another_in_a_ring_under_a_decision(make: Make) -> None:
    body = """\
article: 2
title-en: M
title-zh: 二
basis: attested
rules:
  uno: {title-en: O, title-zh: 一, require: two}
  two: {title-en: T, title-zh: 二, require: not uno}
decisions:
  d:
    asks-en: D
    asks-zh: 决
    outcomes:
      in: {says-en: i, says-zh: 入, when: uno}
      out: {says-en: o, says-zh: 出, when: otherwise}
"""
    assert make({"1/article-02.yaml": body}).codes() == ["M109"]


def test_one_bad_file_does_not_hide_the_others(make: Make) -> None:
    made = make(
        {
            "1/article-01.yaml": ARTICLE.replace(
                "weight is below light", "weight is below lihgt"
            ),
            "1/article-02.yaml": "article: [2",
        }
    )
    assert made.codes() == ["N101", "S105"]


def test_two_slips_in_one_list_are_both_found(make: Make) -> None:
    text = ARTICLE.replace("warm: [red]", "warm: [rad, gren]").replace(
        "weight is below light}", "colour is one of warm}"
    )
    assert make({"1/article-01.yaml": text}).places() == [
        ("T104", "1/article-01.yaml:13:10"),
        ("T104", "1/article-01.yaml:13:15"),
    ]


def test_a_reading_that_does_not_hold_together_is_an_error(make: Make) -> None:
    for sentence, codes in (
        ("at most light", []),
        ("at most lihgt", ["N101"]),
        ("below light", ["M104"]),
        ("at least light", ["M107"]),
    ):
        change = f"decisions.class.low.when: {sentence}"
        made = make({"1/article-01.yaml": ARTICLE + READING.replace("CHANGE", change)})
        assert made.codes() == codes, sentence


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("change:\n  parameters.light: 12 grams", []),
        ("change:\n  parameters.lihgt: 12 grams", ["M102"]),
        ("change:\n  decisions.class.lou.when: below light", ["M102"]),
        ("change:\n  numbers.light: 12 grams", ["M102"]),
        ("change:\n  parameters.light: 12 litres", ["T102", "T102"]),
        ("change:\n  parameters.light: 60 grams", ["M107"]),
        ("change:\n  rules.is-light.require: weight is below heavy", []),
        ("add:\n  parameters.light: 12 grams", ["M103"]),
        ("add:\n  parameters.tiny: 1 grams", ["M114"]),
        ("add:\n  parameters.tiny: {value: 1 grams, provision: art-1}", []),
        ("repeal:\n  - rules.is-light", []),
        ("repeal:\n  - rules.is-hevy", ["M102"]),
        ("repeal:\n  - parameters.heavy", ["N101"]),
        ("change:", ["M104"]),
    ],
)
def test_a_draft_names_what_exists_and_holds_together(
    make: Make, body: str, codes: list[str]
) -> None:
    draft = f"amends: small/1\ntitle-en: D\ntitle-zh: 草\n{body}\n"
    assert make({"drafts/d.yaml": draft}).codes("small/d") == codes


def test_a_band_is_put_before_the_one_it_names(make: Make) -> None:
    draft = """\
amends: small/1
title-en: D
title-zh: 草
add:
  parameters.tiny: {value: 1 grams, provision: art-1}
  decisions.class.dust: {before: low, says-en: dust, says-zh: 尘, when: below tiny}
"""
    made = make({"drafts/d.yaml": draft})
    ref = made.library.find("small/d")
    assert ref is not None
    program = made.library.program(ref).value
    assert program is not None
    assert [r.outcome for r in program.decisions["class"].outcomes] == [
        "dust",
        "low",
        "middle",
        "high",
    ]


@pytest.mark.parametrize(("named", "codes"), [("dust", []), ("low", ["M102"])])
def test_a_band_that_is_added_has_the_name_of_its_path(
    make: Make, named: str, codes: list[str]
) -> None:
    draft = f"""\
amends: small/1
title-en: D
title-zh: 草
add:
  parameters.tiny: {{value: 1 grams, provision: art-1}}
  decisions.class.dust:
    {{outcome: {named}, before: low, says-en: dust, says-zh: 尘, when: below tiny}}
"""
    assert make({"drafts/d.yaml": draft}).codes("small/d") == codes


def test_a_missing_translation_is_a_hint_and_no_error(make: Make) -> None:
    made = make({"1/article-01.yaml": ARTICLE.replace("title-zh: 重量\n", "")})
    ref = made.library.find("small/1")
    assert ref is not None
    result = made.library.program(ref)
    assert result.ok
    assert [d.code.id for d in result.diagnostics] == ["S205"]


def test_what_is_carried_over_must_exist_and_be_sound(make: Make) -> None:
    header = SMALL["1/measure.yaml"].replace(
        "2001-01-01, until: open", "1990-01-01, until: 2001-01-01"
    )
    gap = """\
provision: the-rest
title-en: The rest
title-zh: 其余
basis: unavailable
carries-over: {{from: small/{}, decisions: [{}], why-en: W, why-zh: 因}}
"""
    for version, decision, codes in (
        ("1", "class", []),
        ("2", "class", ["M110"]),
        ("1", "clas", ["M110"]),
    ):
        made = make({"0/measure.yaml": header, "0/rest.yaml": gap.format(version, decision)})
        assert made.codes("small/0") == codes


#: A second decision, whose facts a sheet for the first asks for.
SLIP = """\
  slip:
    asks-en: Filled in?
    asks-zh: 填妥？
    outcomes:
      filled: {says-en: filled, says-zh: 已填, when: colour is known}
      gaps: {says-en: gaps, says-zh: 缺, when: otherwise}
"""
ASKING = ARTICLE.replace("    by: weight\n", "    asks-also: [slip]\n    by: weight\n") + SLIP


def test_a_decision_whose_facts_are_asked_for_too_is_carried_over_with_it(make: Make) -> None:
    header = SMALL["1/measure.yaml"].replace(
        "2001-01-01, until: open", "1990-01-01, until: 2001-01-01"
    )
    rest = "provision: rest\ntitle-en: The rest\ntitle-zh: 其余\nbasis: unavailable\n"
    rest += "carries-over: {from: small/1, decisions: [class], why-en: W, why-zh: 因}\n"
    made = make({"1/article-01.yaml": ASKING, "0/measure.yaml": header, "0/rest.yaml": rest})
    ref = made.library.find("small/0")
    assert ref is not None
    program = made.library.program(ref).value
    assert program is not None
    assert program.asked_with("class") == ("class", "slip")
    assert program.asked_with("slip") == ("slip",)


def test_what_is_asked_for_too_may_not_be_repealed_alone(make: Make) -> None:
    draft = "amends: small/1\ntitle-en: D\ntitle-zh: 草\nrepeal: [decisions.slip]\n"
    made = make({"1/article-01.yaml": ASKING, "drafts/d.yaml": draft})
    assert made.codes("small/d") == ["N101"]
    draft = draft.replace("decisions.slip", "decisions.slip, decisions.class.asks-also")
    made = make({"1/article-01.yaml": ASKING, "drafts/d.yaml": draft})
    assert made.codes("small/d") == []


def test_a_reading_that_takes_it_away_is_told_at_the_reading(make: Make) -> None:
    reading = READING.replace("change: {CHANGE}", "repeal: [decisions.slip]")
    made = make({"1/article-01.yaml": ASKING + reading})
    assert made.codes() == ["N101"]


SHELF_LIFE = """\
article: 2
title-en: Keeping
title-zh: 保管
basis: attested
parameters:
  shelf-life: 2 years
  grace: 1 months
states:
  loose: {label-en: loose, label-zh: 散, initial: yes}
  kept: {label-en: kept, label-zh: 存}
  old: {label-en: old, label-zh: 旧}
transitions:
  keeping: {event: put-away, from: [loose], to: kept}
terms:
  keep: {label-en: keeping, label-zh: 保管, of: kept, lasts: shelf-life, then: old}
deadlines:
  airing:
    says-en: air it
    says-zh: 晾晒
    duty-of: clerk
    within: grace
    after: end of keep
    met-by: [aired]
readings:
  again:
    asks-en: Q?
    asks-zh: 问？
    why-en: W.
    why-zh: 因。
    basis: inferred
    confidence: low
    default: once
    options:
      once: {says-en: once, says-zh: 一次}
      twice:
        says-en: twice
        says-zh: 两次
        change: {"transitions.keeping.from": [loose, old]}
  sooner:
    asks-en: Q?
    asks-zh: 问？
    why-en: W.
    why-zh: 因。
    basis: inferred
    confidence: low
    default: later
    options:
      later: {says-en: later, says-zh: 晚}
      now:
        says-en: now
        says-zh: 早
        change: {terms.keep.lasts: grace, deadlines.airing.after: start of keep}
"""


def test_kinds_of_entries_about_time_are_carried_over_whole(make: Make) -> None:
    header = SMALL["1/measure.yaml"].replace(
        "2001-01-01, until: open", "1990-01-01, until: 2001-01-01"
    )
    events = """\
events:
  put-away: {label-en: put away, label-zh: 收}
  aired: {label-en: aired, label-zh: 晾}
"""
    gap = """\
provision: the-rest
title-en: The rest
title-zh: 其余
basis: attested
carries-over:
  from: small/1
  decisions: [class]
  time: [states, transitions, terms]
  why-en: W
  why-zh: 因
transitions:
  finding: {event: aired, from: any, to: old}
  keeping: {event: put-away, from: any, to: kept}
"""
    made = make(
        {
            "facts.yaml": SMALL["facts.yaml"] + events,
            "1/article-02.yaml": SHELF_LIFE,
            "0/measure.yaml": header,
            "0/rest.yaml": gap,
        }
    )
    assert made.codes("small/1") == []
    assert made.codes("small/0") == []
    ref = made.library.find("small/0")
    assert ref is not None
    program = made.library.program(ref).value
    assert program is not None
    history = program.history
    assert set(history.states) == {"loose", "kept", "old"}
    assert {one.origin.basis for one in history.states.values()} == {Basis.ASSUMED}
    assert history.terms["keep"].origin.carried_from == "small/1"
    # An entry of its own goes before, and no reading of the other version is one of it; what
    # was not named stays behind, with its readings.
    assert history.transitions["keeping"].sources is None
    assert history.transitions["keeping"].origin.basis is Basis.ATTESTED
    assert set(history.transitions) == {"finding", "keeping"}
    assert history.deadlines == {}
    assert "shelf-life" in program.parameters
    assert "grace" not in program.parameters
    assert program.readings == {}


@pytest.mark.parametrize(
    ("article", "codes"),
    [
        ("parameters: {span: 0 years}\n", ["L113"]),
        ("parameters: {span: {value: 0 days}}\n", ["L113"]),
        ("parameters: {span: 1 days, much: 0 grams}\n", []),
        (outcomes(a="otherwise"), ["L114"]),
        (outcomes(a="is-light", b="otherwise"), []),
    ],
)
def test_what_may_be_and_hardly_is(make: Make, article: str, codes: list[str]) -> None:
    assert make({"1/article-02.yaml": HEAD + article}).codes() == codes


def test_a_reading_that_makes_a_period_nothing_is_told(make: Make) -> None:
    reading = READING.replace("CHANGE", "parameters.pause: 0 months")
    made = make({"1/article-02.yaml": HEAD + reading})
    assert made.codes() == ["L113"]


def test_a_year_beyond_those_of_the_measure_is_told_where_it_is_written(make: Make) -> None:
    facts = FACTS.replace("title-zh: 小办法\n", "title-zh: 小办法\nyears: 1990 to 2050\n")
    old = HEAD + "parameters: {then: 1712-05-17, soon: {value: 5000-01-01}, now: 2001-01-01}\n"
    reading = READING.replace("CHANGE", "parameters.now: 0017-01-01")
    head = SMALL["1/measure.yaml"]
    files = {
        "facts.yaml": facts,
        "1/article-02.yaml": old + reading,
        "1/measure.yaml": head.replace("until: open", "until: unknown from 2060-01-01"),
    }
    places = [(code, at.partition(":")[0]) for code, at in make(files).places()]
    assert places == [("L115", "1/article-02.yaml")] * 3 + [("L115", "1/measure.yaml")]
    assert make({**files, "facts.yaml": FACTS}).places() == []
    turned = facts.replace("1990 to 2050", "2050 to 1990")
    assert ("S204", "facts.yaml:5:8") in make({"facts.yaml": turned}).places()
