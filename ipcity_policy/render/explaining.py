"""The sentences of an explanation: what a reason, an effect or an assumption says."""

from collections.abc import Mapping
from types import MappingProxyType

from ipcity_policy.engines.verdict import (
    Assumption,
    AssumptionKind,
    Consequence,
    Given,
    How,
    Kind,
    Missing,
    MissingKind,
    Reason,
    VersionChoice,
)
from ipcity_policy.lang import core
from ipcity_policy.lang.literals import date_text, number_text
from ipcity_policy.lang.values import Numbers
from ipcity_policy.measure.model import Basis, InForce, Origin, Row, Words
from ipcity_policy.render.wording import Wording

#: What something rests on, in a word.
BASES: Mapping[Basis, Words] = MappingProxyType(
    {
        Basis.ATTESTED: Words("attested", "明文"),
        Basis.INFERRED: Words("inferred", "推断"),
        Basis.ASSUMED: Words("assumed", "假定"),
        Basis.UNAVAILABLE: Words("unavailable", "缺文"),
    }
)

SENTENCES: Mapping[str, Words] = MappingProxyType(
    {
        "outcome": Words("{says} ({id})", "{says}（{id}）"),
        "undecided": Words(
            "not decided; possible are: {outcomes}", "尚不能确定；可能的结果：{outcomes}"
        ),
        "no-answer": Words("no answer", "无法作答"),
        "gap": Words(
            "the measure has no outcome for these facts: a gap in the rules",
            "规则对这些事实没有规定结果：规则有缺口",
        ),
        "overlap": Words(
            "the measure gives several outcomes at once, an overlap in the rules: {outcomes}",
            "规则同时给出多个结果，互相重叠：{outcomes}",
        ),
        "or": Words("; or ", "；或者"),
        "stated": Words("{fact}: {value}", "{fact}：{value}"),
        "by": Words("stated by the {office}", "由{office}填报"),
        "stated-on": Words("on {day}", "填报日期{day}"),
        "source": Words("source: {title}", "来源：{title}"),
        "attested": Words("the text itself (attested)", "条文明文（明文）"),
        "inferred": Words(
            "the best reading of an unclear text (inferred)", "对不明条文的最佳理解（推断）"
        ),
        "assumed": Words(
            "an assumption: the text is not available and another stands in (assumed)",
            "假定：条文未能找到，以他文代之（假定）",
        ),
        "unavailable": Words(
            "no text: it is not available (unavailable)", "无条文可据（缺文）"
        ),
        "asked": Words("{version}, as asked for", "{version}（按指定）"),
        "in-force": Words(
            "{version}, in force on {day} ({fact})", "{version}，{day}（{fact}）有效"
        ),
        "in-doubt": Words(
            "{version}, the last one known; whether it was still in force on {day} ({fact}) is "
            "not known",
            "{version}，系已知的最后版本；{day}（{fact}）是否仍然有效不明",
        ),
        "partly": Words(
            "{version}; {day} ({fact}) is not known to the day, and only a part of it lies in "
            "its time in force",
            "{version}；{day}（{fact}）未确定到日，该版本仅在其中一段时间有效",
        ),
        "several": Words(
            "{day} ({fact}) is not known to the day, and each of these may govern: {version}",
            "{day}（{fact}）未确定到日，可能适用的有：{version}",
        ),
        "none": Words(
            "none: no version that is known was in force on {day} ({fact})",
            "无：{day}（{fact}）没有已知的有效版本",
        ),
        "known": Words("{text}. Known are: {versions}", "{text}。已知版本：{versions}"),
        "silent": Words(
            "{version} was in force on {day} ({fact}) and does not treat this question",
            "{day}（{fact}）有效的{version}未规定此问题",
        ),
        "the-day": Words("the day asked about", "查询日期"),
        "rests-on": Words("{text}; its dates are {basis}", "{text}；其起止日期的依据：{basis}"),
        "otherwise": Words("holds when no other outcome does", "其他结果均不成立时成立"),
        "needs": Words("{asked}", "{asked}"),
        "leaf": Words("{asked}. Found: {found}", "{asked}。查明：{found}"),
        "leaf-margin": Words(
            "{asked}. Found: {found}, {margin}", "{asked}。查明：{found}，{margin}"
        ),
        "permit": Words("{application} is permitted", "可以{application}"),
        "bar": Words(
            "{application} is barred for {period} after the {fact}",
            "自{fact}起{period}内不得{application}",
        ),
        "bar-dates": Words(
            "{application} is barred for {period} after the {fact}: after {since}, up to and "
            "including {until}",
            "自{fact}（{since}）起{period}内不得{application}，至{until}（含当日）",
        ),
        "nothing-missing": Words(
            "nothing: no further fact can change this answer", "无：再无事实能改变此结论"
        ),
        "missing-fact": Words("{fact} — {asks}", "{fact}——{asks}"),
        "missing-text": Words(
            "the text of {provision}, which is not available; nobody can be asked for it",
            "{provision}的条文未能找到，无从补充",
        ),
        "missing-end": Words(
            "the text that ends {version}: from {day} on it is not known whether it governs",
            "终止{version}的文件：自{day}起其是否仍然有效不明",
        ),
        "settle-one": Words("Knowing {facts} settles it.", "查明{facts}即可确定。"),
        "settle-any": Words(
            "Any one of these settles it: {sets}.", "查明下列任一组即可确定：{sets}。"
        ),
        "and": Words(" and ", "和"),
        "depends": Words(
            "{asks} Here: {chosen}. {why}",
            "{asks}此处：{chosen}。{why}",
        ),
        "gives": Words(
            "If instead {says}, the answer is: {answer}.",
            "若理解为：{says}，则结论为：{answer}。",
        ),
        "confidence": Words("how sure: {level}", "把握程度：{level}"),
        "high": Words("high", "高"),
        "medium": Words("medium", "中"),
        "low": Words("low", "低"),
        "no-readings": Words(
            "the text has no doubtful place that bears on this question",
            "条文在此问题上没有存疑之处",
        ),
        "no-difference": Words(
            "no other reading changes this answer; tried: {readings}",
            "其他理解均不改变此结论；已试：{readings}",
        ),
        "together": Words(
            "Only together change it: {options}; the answer is then: {answer}.",
            "仅在同时改变时有影响：{options}；结论为：{answer}。",
        ),
        "pairs-only": Words(
            "There are too many readings to combine all; only pairs were tried.",
            "存疑之处过多，仅试过两两组合。",
        ),
        "day-stands-in": Words(
            "the {fact} is not stated; {day}, the day asked about, stands in for it",
            "未填{fact}，以查询日期{day}代之",
        ),
        "no-day": Words(
            "no day was given, so nothing in the sheet was left out as later",
            "未指定查询日期，因此未排除任何较晚的事实",
        ),
        "not-seen": Words(
            "the {fact} was stated on {day}, after the day asked about, and is not seen",
            "{fact}填报于{day}，晚于查询日期，不予采用",
        ),
        "later": Words(
            "the {fact}, {day}, lies after the day asked about and still chooses the version",
            "{fact}{day}晚于查询日期，仍据以确定适用版本",
        ),
        "untried": Words(
            "These could not be tried, because they do not fit what was chosen: {options}.",
            "下列理解与所作选择不相容，未能试用：{options}。",
        ),
        "silent-too": Words(
            "under {version}: the question is not treated", "适用{version}时：未规定此问题"
        ),
        "again": Words("{text} (explained above)", "{text}（见上文）"),
        "end-in-doubt": Words(
            "{version} still governs; from {day} on that is not known",
            "假定{version}仍然适用；自{day}起这一点不明",
        ),
        "within": Words(
            "the day lies in the part of {day} in which {version} was in force",
            "该日在{day}中{version}有效的一段之内",
        ),
        "carried-over": Words(
            "{provision} is not available, and {version} stands in for it. {why}",
            "{provision}未能找到，以{version}代之。{why}",
        ),
        "under": Words("under {version}: {answer}", "适用{version}时：{answer}"),
        "force": Words("in force from {since} {until}", "{since}起施行，{until}"),
        "force-until": Words(
            "until {day} (that day no longer counted)", "至{day}止（不含当日）"
        ),
        "force-open": Words("and still", "至今有效"),
        "force-doubtful": Words(
            "; from {day} on it is not known whether it still governs",
            "自{day}起是否仍然有效不明",
        ),
        "no-force": Words(
            "a draft that amends {version}; it is in force on no day",
            "修订{version}的草案，未生效",
        ),
        "title": Words("{subject}: {asks}", "{subject}：{asks}"),
    }
)


def say(language: str, key: str, **parts: str) -> str:
    """Fill a sentence."""
    return SENTENCES[key][language].format(**parts)


def answer_text(
    given: Given, rows: Mapping[str, Row], language: str, *, fault: str | None = None
) -> str:
    """Say an outcome, or the ones that are possible."""
    said = [
        say(language, "outcome", says=rows[id].says[language], id=id) for id in given.possible
    ]
    joined = say(language, "or").join(said)
    if fault is not None:
        return say(language, fault, outcomes=joined)
    if not said:
        return say(language, "no-answer")
    if given.outcome is not None:
        return said[0]
    return say(language, "undecided", outcomes=joined)


def reason_text(reason: Reason, decision: str, wording: Wording) -> str:
    """Say what was asked, where it stands, what was found and how far from the limit."""
    language, program = wording.language, wording.program
    assert program is not None  # INVARIANT: reasons are made from a Program
    if reason.kind is Kind.OUTCOME:
        row = next(r for r in program.decisions[decision].rows if r.outcome == reason.id)
        says = say(language, "outcome", says=row.says[language], id=row.outcome)
        cited = f"{says} [{wording.origin(reason.origin)}]"
        return cited if reason.asked is not None else f"{cited}: {say(language, 'otherwise')}"
    if reason.kind is Kind.RULE:
        title = program.rules[str(reason.id)].title[language]
        return f"{title} [{wording.origin(reason.origin)}]"
    assert reason.asked is not None  # INVARIANT: only `otherwise` asks nothing
    asked = wording.condition(reason.asked)
    facts = {n: v for n, v in reason.values.items() if n in wording.vocabulary.facts}
    if not facts:
        return asked
    found = wording.say("comma").join(
        wording.found(name, value) for name, value in facts.items()
    )
    margin = margin_text(reason, wording)
    if margin is None:
        return say(language, "leaf", asked=asked, found=found)
    return say(language, "leaf-margin", asked=asked, found=found, margin=margin)


def margin_text(reason: Reason, wording: Wording) -> str | None:
    """Say on which side of its limit a known value lies, and how far."""
    margin = reason.margin
    if margin is None or margin.low is None or margin.low != margin.high:
        return None
    assert isinstance(reason.asked, core.Apply)
    upward = reason.asked.operator in ("at-least", "above", "on-or-after", "after")
    over = margin.low if upward else -margin.low
    if over == 0:
        return wording.say("exactly")
    n = wording.amount(number_text(abs(over)), margin.unit, one=abs(over) == 1)
    dates = not any(isinstance(value, Numbers) for value in reason.values.values())
    key = ("later" if over > 0 else "earlier") if dates else ("beyond" if over > 0 else "short")
    return wording.say(key, n=n)


def missing_text(missing: Missing, wording: Wording) -> str:
    """Name what is missing."""
    if missing.kind is MissingKind.FACT:
        return wording.label(missing.name)
    program = wording.program
    assert program is not None
    if missing.name != program.id:
        return say(wording.language, "missing-text", provision=wording.cite(missing.name))
    day = program.in_force.doubtful_from if program.in_force else None
    return say(wording.language, "missing-end", version=missing.name, day=str(day))


def assumption_text(assumption: Assumption, wording: Wording) -> str:
    """Say what was taken for granted."""
    language, about = wording.language, assumption.about
    day = date_text(assumption.day) if assumption.day else ""
    match assumption.kind:
        case AssumptionKind.NO_DAY:
            return say(language, "no-day")
        case (
            AssumptionKind.DAY_STANDS_IN | AssumptionKind.NOT_SEEN | AssumptionKind.LATER
        ) as kind:
            return say(language, kind, fact=wording.label(about), day=day)
        case AssumptionKind.END_IN_DOUBT | AssumptionKind.WITHIN as kind:
            return say(language, kind, version=about, day=day)
        case AssumptionKind.CARRIED_OVER as kind:
            assert wording.program is not None
            carried = wording.program.carried[about]
            cite, why = wording.cite(carried.provision), carried.why[language]
            return say(language, kind, provision=cite, version=about, why=why)


def choice_text(choice: VersionChoice, wording: Wording) -> str:
    """Say which version was applied, and why that one."""
    language = wording.language
    said = say(
        language,
        choice.how,
        version=wording.say("comma").join(choice.versions),
        day=date_text(choice.day) if choice.day else "",
        fact=say(language, "the-day") if choice.fact is None else wording.label(choice.fact),
    )
    if choice.known:
        times = [f"{id} {in_force_text(one, None, language)}" for id, one in choice.known]
        return say(language, "known", text=said, versions="; ".join(times))
    if choice.how is How.IN_FORCE and choice.basis and choice.basis is not Basis.ATTESTED:
        return say(language, "rests-on", text=said, basis=BASES[choice.basis][language])
    return said


def effect_text(effect: core.Effect, origin: Origin, wording: Wording) -> str:
    """Say an effect as the rule file has it."""
    return consequence_text(Consequence(effect, origin, None, None), wording)


def consequence_text(caused: Consequence, wording: Wording) -> str:
    """Say an effect, with its days where they are known, and where it stands."""
    return f"{_consequence(caused, wording)} [{_cited(caused.origin, wording)}]"


def _cited(origin: Origin, wording: Wording) -> str:
    cite = wording.origin(origin)
    if origin.basis is Basis.ATTESTED:
        return cite
    return cite + wording.say("comma") + BASES[origin.basis][wording.language]


def _consequence(caused: Consequence, wording: Wording) -> str:
    language = wording.language
    application = wording.vocabulary.applications[caused.effect.application][language]
    if isinstance(caused.effect, core.Permit):
        return say(language, "permit", application=application)
    parts = {
        "application": application,
        "period": wording.value(wording.parameter(caused.effect.period).value),
        "fact": wording.label(caused.effect.after),
    }
    if caused.since is None or caused.until is None:
        return say(language, "bar", **parts)
    days = {"since": date_text(caused.since), "until": date_text(caused.until)}
    return say(language, "bar-dates", **parts, **days)


def in_force_text(in_force: InForce | None, amends: str | None, language: str) -> str:
    """Say from when to when a version governs."""
    if in_force is None:
        return say(language, "no-force", version=amends or "")
    since = in_force.since.isoformat()
    if in_force.until is not None:
        until = say(language, "force-until", day=in_force.until.isoformat())
    elif in_force.doubtful_from is not None:
        until = say(language, "force-doubtful", day=in_force.doubtful_from.isoformat())
    else:
        until = say(language, "force-open")
    return say(language, "force", since=since, until=until).replace(" ;", ";")
