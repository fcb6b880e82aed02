"""The law as the tool understands it: one provision in plain words, and what is in a folder."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ipcity_policy.engines.interpreter import effect_origin
from ipcity_policy.engines.verdict import decided_by
from ipcity_policy.measure.model import (
    Basis,
    Decision,
    Origin,
    Parameter,
    Provision,
    Reading,
    Row,
    Words,
)
from ipcity_policy.measure.program import Program
from ipcity_policy.render.block import Block, Branch, Heading, Items, Mark, Table, Text, Tree
from ipcity_policy.render.explaining import effect_text, in_force_text
from ipcity_policy.render.reports.indicators import system_blocks, system_json
from ipcity_policy.render.sentences import BASES
from ipcity_policy.render.sentences import SENTENCES as EXPLAINING
from ipcity_policy.render.wording import Wording
from ipcity_policy.studies.ruletests import Case
from ipcity_policy.text.shape import LANGUAGES

SENTENCES: Mapping[str, Words] = MappingProxyType(
    {
        "title": Words("{cite}: {title}", "{cite}：{title}"),
        "of": Words("{title} ({version})", "{title}（{version}）"),
        "no-text": Words("No text of it is available.", "条文未能找到。"),
        "rests": Words(
            "Basis: {basis}; where it is another, that is said",
            "依据：{basis}；另有依据的另行注明",
        ),
        "statements": Words(
            "What it says, in our own words; the letters are ours",
            "各项内容（表述和字母编号均为我们所加）",
        ),
        "numbers": Words("Its figures, by the names that drafts use", "数值（附草案所用名称）"),
        "rules": Words("Its conditions", "条件"),
        "quantities": Words("What it reckons", "计算"),
        "rule": Words("{title} [{cite}]: {asked}", "{title}【{cite}】：{asked}"),
        "rests-on": Words(" ({rests})", "（{rests}）"),
        "when-cited": Words("{when} [{cite}]", "{when}【{cite}】"),
        "question": Words("Question: {asks}", "问题：{asks}"),
        "when": Words("when", "条件"),
        "outcome": Words("the answer is", "结论"),
        "governed": Words(
            "Which version governs: the one in force on the {fact}.",
            "适用{fact}当日有效的版本。",
        ),
        "otherwise": Words("otherwise", "其他情形"),
        "effect": Words("{outcome}: {effect}", "{outcome}：{effect}"),
        "causes": Words("Legal effects", "法律效果"),
        "readings": Words("Points that the text leaves open", "条文未明确之处"),
        "chosen": Words("as read here: {says}", "采用：{says}"),
        "instead": Words(
            "the other way: {says} (ipcity evaluate … --reading {reading}={option})",
            "另一种理解：{says}（ipcity evaluate … --reading {reading}={option}）",
        ),
        "case": Words("{name} → {outcome}. {why}", "{name} → {outcome}。{why}"),
        "asks": Words("{asks} ({reading})", "{asks}（{reading}）"),
        "reading": Words("why: {why} ({basis}, {sure})", "理由：{why}（{basis}，{sure}）"),
        "sure": Words("confidence: {sure}", "把握程度：{sure}"),
        "carried": Words(
            "Here stands in, taken from {version}: {why}", "以下取自{version}代之：{why}"
        ),
        "tests": Words("Cases that test it", "测试案例"),
        "no-tests": Words("none", "无"),
        "undecided": Words("not decided", "未定"),
        "changed": Words("{value} (changed by the draft)", "{value}（草案改动）"),
        "note": Words("Note: {note}", "注：{note}"),
        "on-version": Words("On this version: {note}", "版本说明：{note}"),
        "on-draft": Words("What the draft is for: {note}", "草案目的：{note}"),
    }
)


def say(language: str, key: str, **parts: str) -> str:
    """Fill a sentence."""
    return SENTENCES[key][language].format(**parts)


def provision_report(
    program: Program, provision: str, cases: Sequence[Case], language: str
) -> Iterator[Block]:
    """Yield what a provision says as the tool understands it, with the cases that test it."""
    yield from _Provision(program, program.provisions[provision], cases, language).blocks()


@dataclass(frozen=True, slots=True)
class _Provision:
    program: Program
    provision: Provision
    cases: Sequence[Case]
    language: str

    @property
    def wording(self) -> Wording:
        """The wording of the Program."""
        return Wording(self.program.vocabulary, self.language, self.program)

    def say(self, key: str, **parts: str) -> str:
        """Fill a sentence."""
        return say(self.language, key, **parts)

    def under(self, origin: Origin) -> bool:
        """Tell whether an entry stands under this provision or one of its items."""
        if origin.carried_from is not None:
            carried = self.program.carried[origin.carried_from].provision
            return carried == self.provision.id
        own = self.provision.id
        return origin.provision == own or origin.provision.startswith((f"{own}-", f"{own}."))

    def blocks(self) -> Iterator[Block]:
        """Yield the whole report."""
        program, provision, language = self.program, self.provision, self.language
        cite, title = self.wording.cite(provision.id), provision.title[language]
        yield Heading(title if title == cite else self.say("title", cite=cite, title=title), 1)
        yield from self._instrument()
        if provision.says is not None:
            yield Text(provision.says[language])
        elif provision.basis is Basis.UNAVAILABLE:
            yield Text(self.say("no-text"))
        if provision.note is not None:
            yield Text(self.say("note", note=provision.note[language]))
        yield Text(self.say("rests", basis=EXPLAINING[provision.basis][language]))
        if program.note is not None:
            key = "on-version" if program.amends is None else "on-draft"
            yield Text(self.say(key, note=program.note[language]))
        yield from self._statements()
        for version, carried in program.carried.items():
            if carried.provision == provision.id:
                yield Text(self.say("carried", version=version, why=carried.why[language]))
        for decision in program.decisions.values():
            if self.under(decision.origin):
                yield from self._decision(decision)
        yield from self._quantities()
        rules = [rule for rule in program.rules.values() if self.under(rule.origin)]
        if rules:
            yield Heading(self.say("rules"))
            yield Items(
                tuple(
                    self.say(
                        "rule",
                        title=rule.title[language],
                        cite=self.wording.origin(rule.origin),
                        asked=self.wording.condition(rule.condition),
                    )
                    for rule in rules
                )
            )
        numbers = [p for p in program.parameters.values() if self.under(p.origin)]
        if numbers:
            yield Heading(self.say("numbers"))
            yield Table((), tuple(self._parameter(parameter) for parameter in numbers))
        readings = [r for r in program.readings.values() if self.under(r.origin)]
        if readings:
            yield Heading(self.say("readings"))
            yield Tree(tuple(map(self._reading, readings)))
        yield Heading(self.say("tests"))
        tests = [
            self.say(
                "case",
                name=case.name[language],
                why=case.why[language],
                outcome=case.verdict.outcome or self.say("undecided"),
            )
            for case in self.cases
            if case.verdict is not None
            and any(map(self.under, decided_by(case.verdict.reasons)))
        ]
        yield Items(tuple(tests) or (self.say("no-tests"),))

    def _quantities(self) -> Iterator[Block]:
        for system in self.program.systems.values():
            if self.under(system.origin):
                yield from system_blocks(system, self.wording)
        reckoned = [
            quantity
            for quantity in self.program.quantities.values()
            if quantity.system is None and self.under(quantity.origin)
        ]
        if reckoned:
            yield Heading(self.say("quantities"))
            yield Items(
                tuple(
                    self.say(
                        "rule",
                        title=quantity.title[self.language],
                        cite=self.wording.origin(quantity.origin),
                        asked=self.wording.expression(quantity.expression),
                    )
                    for quantity in reckoned
                )
            )

    def _instrument(self) -> Iterator[Block]:
        """Yield which instrument it is, when it governs, and from whom it is."""
        program, language = self.program, self.language
        title = self.say("of", title=program.title[language], version=program.id)
        yield Text(f"{title} · {in_force_text(program.in_force, program.amends, language)}")
        issuer = program.issuer[language] if program.issuer is not None else None
        issued = [part for part in (program.number, issuer) if part is not None]
        if issued:
            yield Text(" · ".join(issued))

    def _statements(self) -> Iterator[Block]:
        own = self.provision.id
        items = [
            p
            for p in self.program.provisions.values()
            if p.id.startswith((f"{own}-", f"{own}."))
        ]
        if not items:
            return
        yield Heading(self.say("statements"))
        rows = []
        for item in items:
            said = item.says[self.language] if item.says else ""
            note = f" {self.say('note', note=item.note[self.language])}" if item.note else ""
            basis = (
                "" if item.basis is Basis.ATTESTED else f" [{BASES[item.basis][self.language]}]"
            )
            rows.append((self.wording.cite(item.id), f"{said}{basis}{note}"))
        yield Table((), tuple(rows))

    def _decision(self, decision: Decision) -> Iterator[Block]:
        language, wording = self.language, self.wording
        yield Heading(self.say("question", asks=decision.asks[language]))
        rows = tuple(
            (
                self._when(row),
                EXPLAINING["outcome"][language].format(says=row.says[language], id=row.outcome),
            )
            for row in decision.rows
        )
        yield Table((self.say("when"), self.say("outcome")), rows)
        effects = [
            self.say("effect", outcome=row.outcome, effect=effect_text(effect, origin, wording))
            for row in decision.rows
            for effect in row.effects
            for origin in (effect_origin(effect, row, self.program),)
        ]
        if effects:
            yield Heading(self.say("causes"), 3)
            yield Items(tuple(effects))
        if decision.governed_by is not None:
            yield Text(self.say("governed", fact=wording.label(decision.governed_by)))

    def _when(self, row: Row) -> str:
        cite = self.wording.origin(row.origin)
        when = _when(row, self.language, self.wording)
        return self.say("when-cited", when=when, cite=cite)

    def _parameter(self, parameter: Parameter) -> tuple[str, str, str]:
        value = self.wording.value(parameter.value, self.wording.named_by(parameter.id))
        if parameter.origin.drafted_by is not None:
            value = self.say("changed", value=value)
        return (parameter.label[self.language], f"parameters.{parameter.id}", value)

    def _reading(self, reading: Reading) -> Branch:
        language = self.language
        sure = self.say("sure", sure=EXPLAINING[reading.confidence][language])
        below = [
            Branch(
                Mark.NONE,
                self.say(
                    "chosen" if option.id == reading.default else "instead",
                    says=option.says[language],
                    reading=reading.id,
                    option=option.id,
                ),
            )
            for option in reading.options.values()
        ]
        why = self.say(
            "reading",
            why=reading.why[language],
            basis=BASES[reading.basis][language],
            sure=sure,
        )
        below.append(Branch(Mark.NONE, why))
        asks = self.say("asks", reading=reading.id, asks=reading.asks[language])
        return Branch(Mark.UNKNOWN, asks, below=tuple(below))


def provision_json(program: Program, provision: str) -> dict[str, Any]:
    """Return what stands under a provision, for machines."""
    one = _Provision(program, program.provisions[provision], (), "en")
    shown = program.provisions[provision]
    both = {language: Wording(program.vocabulary, language, program) for language in LANGUAGES}
    return {
        "version": program.id,
        "provision": shown.id,
        "title": _both(shown.title),
        "says": _both(shown.says) if shown.says else None,
        "basis": shown.basis,
        "parameters": {
            p.id: {
                "value": {k: w.value(p.value, w.named_by(p.id)) for k, w in both.items()},
                "provision": p.origin.provision,
            }
            for p in program.parameters.values()
            if one.under(p.origin)
        },
        "quantities": {
            q.id: {
                "title": _both(q.title),
                "reckon": {k: w.expression(q.expression) for k, w in both.items()},
                "provision": q.origin.provision,
            }
            for q in program.quantities.values()
            if q.system is None and one.under(q.origin)
        },
        "indicators": {
            s.id: system_json(s) for s in program.systems.values() if one.under(s.origin)
        },
        "rules": {
            r.id: {
                "require": {k: w.condition(r.condition) for k, w in both.items()},
                "provision": r.origin.provision,
            }
            for r in program.rules.values()
            if one.under(r.origin)
        },
        "decisions": {
            d.id: {
                "asks": _both(d.asks),
                "outcomes": {
                    row.outcome: {
                        "says": _both(row.says),
                        "when": {k: _when(row, k, w) for k, w in both.items()},
                        "provision": row.origin.provision,
                    }
                    for row in d.rows
                },
            }
            for d in program.decisions.values()
            if one.under(d.origin)
        },
        "readings": {
            r.id: {
                "asks": _both(r.asks),
                "default": r.default,
                "options": {o.id: _both(o.says) for o in r.options.values()},
            }
            for r in program.readings.values()
            if one.under(r.origin)
        },
    }


def _both(words: Words) -> dict[str, str]:
    return {language: words[language] for language in LANGUAGES}


def _when(row: Row, language: str, wording: Wording) -> str:
    return (
        say(language, "otherwise")
        if row.condition is None
        else wording.condition(row.condition)
    )
