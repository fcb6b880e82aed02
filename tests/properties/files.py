"""A generated measure, and what a sheet states, written as the files that a drafter writes."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any, TypeAlias

from tests.properties.made import (
    Block,
    Compared,
    Condition,
    Decision,
    Expression,
    Fact,
    Included,
    Joined,
    Listed,
    Measure,
    Met,
    Moved,
    Named,
    Not,
    Operand,
    Option,
    Papers,
    Parameter,
    Reading,
    Reckoned,
    Rounded,
    Rule,
    Table,
    Time,
    Years,
)
from tests.properties.measures import APPLICATION, COHORT, OFFICE

#: What is written: texts, lists and blocks.
Tree: TypeAlias = "str | Sequence[Tree] | Mapping[str, Tree]"

NAME = "made"
SUBJECT = "thing"
DIGITS = "零一二三四五六七八九"


def number_text(value: Fraction) -> str:
    """Write a number that has few decimals."""
    thousandths = value * 1000
    assert thousandths.denominator == 1
    sign, digits = "-" * (value < 0), str(abs(thousandths.numerator)).zfill(4)
    return f"{sign}{digits[:-3]}.{digits[-3:]}".rstrip("0").rstrip(".")


def words(what: str, name: str, number: int) -> dict[str, Tree]:
    """Write a text in both languages, so that none can be taken for the other."""
    chinese = "".join(DIGITS[int(digit)] for digit in str(number))
    return {f"{what}-en": f"English {name}", f"{what}-zh": f"文{chinese}"}


def measure_files(measure: Measure, order: Random | None = None) -> dict[str, str]:
    """Write a measure; with `order`, its entries in another order."""
    files: dict[str, Tree] = {
        "facts.yaml": vocabulary(measure),
        "1/measure.yaml": {
            "title-en": "English title",
            "title-zh": "题",
            "in-force": {"from": "1990-01-01", "until": "open", "basis": "attested"},
        },
        "1/article-01.yaml": article(measure, order),
    }
    return {name: block(tree) + "\n" for name, tree in files.items()}


def block(tree: Tree, indent: str = "") -> str:
    """Write a tree as YAML in blocks."""
    if isinstance(tree, str):
        plain = (
            tree and not tree.startswith(("-", "[", "{", '"', "'", "(")) and ": " not in tree
        )
        return tree if plain else "'" + tree.replace("'", "''") + "'"
    lines: list[str] = []
    if isinstance(tree, Mapping):
        pairs = [(f"{key}:", value) for key, value in tree.items()]
    else:
        pairs = [("-", value) for value in tree]
    if not pairs:
        return "{}" if isinstance(tree, Mapping) else "[]"
    for head, value in pairs:
        if isinstance(value, str) or not value:
            lines.append(f"{indent}{head} {block(value)}")
        else:
            lines += [f"{indent}{head}", block(value, indent + "  ")]
    return "\n".join(lines)


def vocabulary(measure: Measure) -> Tree:
    """Write the vocabulary."""
    facts = {True: {}, False: {}}  # type: dict[bool, dict[str, Tree]]
    for number, fact in enumerate(measure.facts.values()):
        facts[fact.of_subject][fact.name] = {
            **of_type(fact),
            **words("label", fact.name, number),
            **words("asks", fact.name, number),
        }
    return {
        "measure": NAME,
        **words("title", NAME, 0),
        "subject": {"key": SUBJECT, **words("label", SUBJECT, 0), "facts": facts[True]},
        "units": {unit: words("label", unit, 0) for unit in measure.units},
        "cohorts": {COHORT: words("label", COHORT, 0)},
        "offices": {OFFICE: words("label", OFFICE, 0)},
        "applications": {APPLICATION: words("label", APPLICATION, 0)},
        "facts": facts[False],
    }


def of_type(fact: Fact) -> dict[str, Tree]:
    """Write the type of a fact."""
    found: dict[str, Tree] = {"type": fact.type}
    if fact.each is not None:
        return {**of_type(fact.each), "type": "series", "each": fact.each.type}
    if fact.unit and fact.type != "percent":
        found["unit"] = fact.unit
    low, high = (None if end is None else number_text(end) for end in (fact.low, fact.high))
    if low is not None or high is not None:
        at_least = f"at least {low}" if high is None else f"{low} to {high}"
        found["range"] = f"at most {high}" if low is None else at_least
    if fact.type in ("choice", "set"):
        found["options"] = {o: words("label", o, i) for i, o in enumerate(fact.options)}
    if fact.ordered:
        found["ordered"] = "yes"
    if fact.cohort:
        found["cohort"] = fact.cohort
    if fact.type == "finding":
        found["by"] = [OFFICE]
    return found


def article(measure: Measure, order: Random | None) -> Tree:
    """Write the article that holds every entry."""
    numbers = {name: i for i, name in enumerate((*measure.parameters, *measure.quantities))}
    kinds: dict[str, dict[str, Tree]] = {
        "parameters": {
            one.name: {"value": value(one), **words("label", one.name, numbers[one.name])}
            for one in measure.parameters.values()
        },
        "quantities": {
            name: {**words("title", name, numbers[name]), "reckon": reckoning(one)}
            for name, one in measure.quantities.items()
        },
        "rules": {
            one.name: rule(one, number) for number, one in enumerate(measure.rules.values())
        },
        "decisions": {
            one.name: decision(one, i) for i, one in enumerate(measure.decisions.values())
        },
        "readings": {one.name: reading(one) for one in measure.readings},
    }
    if measure.tables:
        kinds["indicators"] = {
            name: table(name, one, i) for i, (name, one) in enumerate(measure.tables.items())
        }
    if order is not None:
        kinds = {kind: shuffled(entries, order) for kind, entries in kinds.items()}
        kinds = shuffled(kinds, order)
    return {"article": "1", **words("title", "article", 1), "basis": "attested", **kinds}


def shuffled(entries: "dict[str, Any]", order: Random) -> "dict[str, Any]":
    """Return entries in another order."""
    names = list(entries)
    order.shuffle(names)
    return {name: entries[name] for name in names}


def value(parameter: Parameter) -> Tree:
    """Write what a parameter is."""
    match parameter.value:
        case Fraction() as number:
            return f"{number_text(number)} {parameter.unit}".strip()
        case date() as day:
            return day.isoformat()
        case str() as option:
            return option
    first, *others = parameter.value
    if isinstance(first, int):  # a period
        return f"{first} {others[0]}"
    return [str(name) for name in parameter.value]


def rule(one: Rule, number: int) -> Tree:
    """Write a rule."""
    conditions = {"applies": one.applies, "require": one.require, "unless": one.unless}
    written = {key: condition(c) for key, c in conditions.items() if c is not None}
    return {**words("title", one.name, number), **written, "basis": one.basis}


def table(name: str, one: Table, number: int) -> Tree:
    """Write a table of indicators in one block."""
    whole = f"{number_text(sum(one.rows.values(), Fraction(0)))} {one.unit}"
    rows: dict[str, Tree] = {
        row: {**words("title", row, i), "points": f"{number_text(points)} {one.unit}"}
        for i, (row, points) in enumerate(one.rows.items())
    }
    blocks = {f"{name}-all": {**words("title", name, number), "points": whole, "rows": rows}}
    head = {**words("title", name, number), "points": whole, "given": one.given}
    return {**head, "blocks": blocks}


def decision(one: Decision, number: int) -> Tree:
    """Write a decision."""
    found: dict[str, Tree] = {**words("asks", one.name, number)}
    if one.governed_by:
        found["governed-by"] = one.governed_by
    if one.bands:
        bands = [
            {
                "outcome": band.name,
                **words("says", band.name, i),
                "when": f"{band.words} {band.limit.name}" if band.limit else "otherwise",
            }
            for i, band in enumerate(one.bands)
        ]
        return {**found, "by": one.by, "bands": bands}
    outcomes: dict[str, Tree] = {}
    for i, outcome in enumerate(one.outcomes):
        written: dict[str, Tree] = {**words("says", outcome.name, i)}
        written["when"] = "otherwise" if outcome.when is None else condition(outcome.when)
        if outcome.unless is not None:
            written["unless"] = condition(outcome.unless)
        if outcome.effects:
            written["effects"] = outcome.effects
        outcomes[outcome.name] = written
    return {**found, "outcomes": outcomes}


def reading(one: Reading) -> Tree:
    """Write a reading: as it is written, and as each other option has it."""
    options: dict[str, Tree] = {"as-is": words("says", "as-is", 3)}
    for number, (name, other) in enumerate(one.options.items()):
        instead = value(other) if isinstance(other, Parameter) else condition(other)
        says = words("says", name, 4 + number)
        options[name] = {**says, "change": {one.path: instead}}
    return {
        **words("asks", one.name, 1),
        **words("why", one.name, 2),
        "basis": "inferred",
        "confidence": "low",
        "default": "as-is",
        "options": options,
    }


# Sentences


def condition(one: Condition) -> Tree:
    """Write a condition: a block, or a sentence."""
    if not isinstance(one, Block):
        return sentence(one)
    found: dict[str, Tree] = {one.key: [condition(part) for part in one.parts]}
    return found if one.least is None else {"at-least": one.least.name, **found}


def sentence(one: Condition) -> str:
    """Write a condition in a sentence, with brackets where it needs them."""
    match one:
        case Compared():
            return f"{operand(one.left)} is {relation(one)}"
        case Included(of, said, what):
            return " ".join(filter(None, (of.name, "includes", said, operand(what))))
        case Years(says, least, window, reach, day):
            often = f"in at least {least.name} of the last {window.name} {reach} {operand(day)}"
            return f"{operand(says.left)} is {relation(says)} {often}"
        case Time(start, end, said, period):
            days = f"time from {operand(start)} to {operand(end)}"
            return f"{days} is {said} {operand(period)}"
        case Papers(papers, said, day):
            by = "" if day is None else f" {said} {operand(day)}"
            return f"all of {papers.name} are submitted{by}"
        case Met(name):
            return name
        case Not(part):
            return (
                f"not ({sentence(part)})"
                if isinstance(part, Joined)
                else f"not {sentence(part)}"
            )
        case Joined(word, parts):
            said_parts = [
                f"({sentence(part)})" if isinstance(part, Joined) else sentence(part)
                for part in parts
            ]
            return f" {word} ".join(said_parts)
    raise AssertionError(one)


def relation(one: Compared) -> str:
    """Write what is said of a value."""
    right = " and ".join(map(operand, one.right))
    if not one.words.removeprefix("not"):
        right = re.sub(r'^"(yes|no|met)"$', r"\1", right)
    ways = " ".join(one.ways)
    cohort = one.cohort and (one.cohort if one.words.endswith("last") else f"of {one.cohort}")
    said = (
        "last of"
        if one.words == "last"
        else "not last of"
        if one.words == "not last"
        else one.words
    )
    return " ".join(filter(None, (said, right, cohort, ways)))


def operand(one: Operand) -> str:
    """Write what stands in a sentence."""
    match one:
        case Named(name):
            return name
        case Option(name):
            return f'"{name}"'
        case Moved(period, day, sign):
            return f"{operand(period)} {'after' if sign > 0 else 'before'} {operand(day)}"


def reckoning(one: Expression) -> Tree:
    """Write how a quantity is reckoned: a list, or a sentence."""
    if isinstance(one, Listed):
        return {one.key: [reckoning(part) for part in one.parts]}
    return total(one)


def total(one: Expression) -> str:
    """Write a reckoning as a sentence, with no brackets but those it needs."""
    match one:
        case Rounded(part, way, step):
            inner = f"({total(part)})" if isinstance(part, Rounded) else total(part)
            return f"{inner} rounded {way} to {step.name}"
        case Reckoned("plus" | "minus" as operator, left, right):
            first = f"({total(left)})" if isinstance(left, Rounded) else total(left)
            return f"{first} {operator} {term(right)}"
    return term(one)


def term(one: Expression) -> str:
    """Write what can be added."""
    match one:
        case Reckoned("times", left, weight):
            assert isinstance(weight, Named)
            return f"{factor(left)} times {weight.name}"
    return factor(one)


def factor(one: Expression) -> str:
    """Write what can be weighted."""
    match one:
        case Named() | Moved():
            return operand(one)
        case Reckoned("lesser" | "greater" as operator, left, right):
            return f"{operator} of {factor(left)} and {factor(right)}"
    return f"({total(one)})"
