"""The sentences of an explanation, in English and in Chinese."""

from collections.abc import Mapping
from types import MappingProxyType

from ipcity_policy.law.library import SHIPPED
from ipcity_policy.law.model import Basis, Localized

#: What something rests on, in a word.
BASES: Mapping[Basis, Localized] = MappingProxyType(
    {
        Basis.ATTESTED: Localized("attested", "明文"),
        Basis.INFERRED: Localized("inferred", "推断"),
        Basis.ASSUMED: Localized("assumed", "假定"),
        Basis.UNAVAILABLE: Localized("unavailable", "缺文"),
    }
)

SENTENCES: Mapping[str, Localized] = MappingProxyType(
    {
        # The answer.
        "title": Localized("{subject}: {asks}", "{subject}：{asks}"),
        "outcome": Localized("{says} ({id})", "{says}（{id}）"),
        "not-every-day": Localized(
            "not known: on some of the days that are possible no version is known that was in "
            "force and treats this; where one was: {answer}",
            "不明：可能的日期中，有的并无已知且对此有规定的有效版本；有此版本时：{answer}",
        ),
        "undecided": Localized(
            "cannot be decided yet; possible are:", "尚不能确定；可能的结果："
        ),
        "no-answer": Localized("none can be given", "无法作答"),
        "or": Localized("; or ", "；或者"),
        "choice-of": Localized("one of these: {outcomes}", "以下之一：{outcomes}"),
        "gap": Localized(
            "the measure has no outcome for these facts: a gap in the rules",
            "规则对这些事实没有规定结果：规则有缺口",
        ),
        "overlap": Localized(
            "the measure gives several outcomes at once, an overlap in the rules: {outcomes}",
            "规则同时给出多个结果，互相重叠：{outcomes}",
        ),
        "if-in-force": Localized(
            "if {version} still governed on {day}, which is not known: {answer}",
            "若{version}于{day}仍然有效（这一点不明）：{answer}",
        ),
        "if-in-force-already": Localized(
            "if {version} governed already on {day}, which is not known: {answer}",
            "若{version}于{day}已经施行（这一点不明）：{answer}",
        ),
        "if-within": Localized(
            "if the day lies in the time in force of {version}, which is not known: {answer}",
            "若该日在{version}的有效期内（这一点不明）：{answer}",
        ),
        # What hangs on a text that is only assumed.
        "for-want": Localized(
            "not known, for want of the text of {places}", "不明：{places}的条文未能找到"
        ),
        "for-want-of": Localized(
            "not known, for want of the text of {places}; possible are:",
            "不明：{places}的条文未能找到；可能的结果：",
        ),
        "open-force": Localized("not known: it hangs on {open}", "不明：取决于{open}"),
        "suppose-as": Localized(
            "that it says what {version} says: {answer}", "若其与{version}相同：{answer}"
        ),
        "suppose-own": Localized(
            "that what is put in its place is right: {answer}", "若代之者无误：{answer}"
        ),
        "suppose-both": Localized("supposing that {what}: {answers}", "假定{what}：{answers}"),
        "says-as": Localized("{version} says what {other} says", "{version}与{other}相同"),
        "puts-right": Localized(
            "what {version} has in place of a missing text is right",
            "{version}中代替缺文的内容无误",
        ),
        "if-supposed": Localized("{title}, supposing this", "{title}（依此假定）"),
        "and-plain": Localized(" and ", "和"),
        # What was found.
        "stated": Localized("{fact}: {value}", "{fact}：{value}"),
        "by-on": Localized("stated on {day} by the {office}", "{office}{day}填报"),
        "by": Localized("stated by the {office}", "{office}填报"),
        "stated-on": Localized("stated on {day}", "{day}填报"),
        "source": Localized("source: {title}", "来源：{title}"),
        "no-source": Localized("no source given", "未注明来源"),
        "with-event": Localized(
            "stated with this event: {event}, {day}", "随该事件填报：{event}，{day}"
        ),
        "from-event": Localized(
            "follows from this event: {event}, {day}", "由该事件得出：{event}，{day}"
        ),
        "only-supposed": Localized("supposed", "假定"),
        "from-events": Localized("follows from the events", "由各事件得出"),
        "that-bar": Localized("follows from the events: {bar}", "由各事件得出：{bar}"),
        "bar-runs": Localized(
            "{application} is barred from {since} to {until} [{cite}]",
            "{since}至{until}不得{application}【{cite}】",
        ),
        "bar-may-run": Localized(
            "{application} may be barred from {since} to {until} [{cite}]",
            "{since}至{until}可能不得{application}【{cite}】",
        ),
        "details": Localized("{said} ({details})", "{said}（{details}）"),
        "nothing-found": Localized("nothing of what it depends on", "与此有关的事实均不明"),
        "apart": Localized("; ", "；"),
        # What it rests on.
        "attested": Localized("the text itself (attested)", "条文明文"),
        "inferred": Localized(
            "the best reading of an unclear text (inferred)",
            "条文含义不明，此为较合理的理解（推断）",
        ),
        "assumed": Localized(
            "an assumption: the text is not available and another stands in (assumed)",
            "假定：条文未能找到，以他文代之",
        ),
        "unavailable": Localized(
            "no text: it is not available (unavailable)", "无条文可据（缺文）"
        ),
        "attested-by": Localized("“attested” means said by {by}", "“明文”的依据：{by}"),
        "attested-by-in": Localized(
            "in {version}, “attested” means said by {by}", "{version}“明文”的依据：{by}"
        ),
        "force-not-known": Localized(
            "none that is known: whether the text was in force is open",
            "不明：该文本是否有效未定",
        ),
        "force-assumed": Localized(
            "{basis}; that the version governs is assumed", "{basis}；该版本适用系假定"
        ),
        # The version.
        "named": Localized("{title} ({id})", "《{title}》（{id}）"),
        "asked": Localized("{version}, as asked for", "{version}，按指定适用"),
        "in-force": Localized(
            "{version}, in force on {day} ({fact})", "{version}，{day}（{fact}）有效"
        ),
        "in-doubt": Localized(
            "{version}, the last one known; whether it was still in force on {day} ({fact}) is "
            "not known",
            "{version}，系已知的最后版本；{day}（{fact}）是否仍然有效不明",
        ),
        "partly": Localized(
            "{version}; {day} ({fact}) is not known to the day, and only a part of it lies in "
            "its time in force",
            "{version}；{day}（{fact}）未确定到日，该版本仅在其中一段时间有效",
        ),
        "beginning-in-doubt": Localized(
            "{version}; whether it was in force already on {day} ({fact}) is not known",
            "{version}；{day}（{fact}）是否已经施行不明",
        ),
        "several-then": Localized(
            "on {day} ({fact}) each of these may govern, for the day on which one gave way "
            "to another is not known: {version}",
            "{day}（{fact}）可能适用的有（交替之日不明）：{version}",
        ),
        "partly-any-day": Localized(
            "{version}; {fact} is not known, and only some of the days that it may be lie in "
            "its time in force",
            "{version}；{fact}不明，该版本仅在可能的部分日期有效",
        ),
        "several-any-day": Localized(
            "{fact} is not known, and each of these may govern: {version}",
            "{fact}不明，可能适用的有：{version}",
        ),
        "several": Localized(
            "{day} ({fact}) is not known to the day, and each of these may govern: {version}",
            "{day}（{fact}）未确定到日，可能适用的有：{version}",
        ),
        "none": Localized(
            "none: no version that is known was in force on {day} ({fact})",
            "无：{day}（{fact}）没有已知的有效版本",
        ),
        "known": Localized("{text}. Known are: {versions}", "{text}。已知版本：{versions}"),
        "silent": Localized(
            "{version} was in force on {day} ({fact}) and does not treat this question",
            "{day}（{fact}）有效的{version}未规定此问题",
        ),
        "the-day": Localized("the day asked about", "所询日期"),
        "rests-on": Localized(
            "{text}; the dates of its time in force are {basis}",
            "{text}；其有效期的日期系{basis}得出",
        ),
        "force": Localized("in force from {since}{until}", "{since}起施行，{until}"),
        "force-until": Localized(
            " until {day} (that day no longer counted)", "至{day}止（不含当日）"
        ),
        "force-unknown": Localized(
            "a day that is not known, {since} at the earliest", "不早于{since}的某日"
        ),
        "force-between": Localized(
            "a day that is not known, {since} at the earliest and {sure} at the latest",
            "不早于{since}、不晚于{sure}的某日",
        ),
        "force-ends-between": Localized(
            "; from {day} on it is not known whether it still governs, and from {until} on it "
            "does not",
            "自{day}起是否仍然有效不明，自{until}起不再有效",
        ),
        "force-open": Localized(" and still", "至今有效"),
        "force-doubtful": Localized(
            "; from {day} on it is not known whether it still governs",
            "自{day}起是否仍然有效不明",
        ),
        "no-force": Localized(
            "a draft that amends {version}; it is in force on no day",
            "修订{version}的草案，未生效",
        ),
        # Why.
        "legend": Localized(
            "✓ met   ✗ not met   ? not known", "✓ 成立   ✗ 不成立   ? 尚不清楚"
        ),
        "legend-asked": Localized(
            "✓ met   ✗ not met   ? not known   – not asked here",
            "✓ 成立   ✗ 不成立   ? 尚不清楚   – 此处不作要求",
        ),
        "left-out": Localized(
            "What has no part in the answer is left out; --all shows it.",
            "与结论无关的部分从略；加 --all 可全部显示。",
        ),
        "otherwise": Localized(
            "{says}: when no other outcome holds", "{says}：其他结果均不成立时"
        ),
        "cited": Localized("{text} [{cite}]", "{text}【{cite}】"),
        "cited-basis": Localized("{text} [{cite}, {basis}]", "{text}【{cite}，{basis}】"),
        "leaf": Localized("{asked}. Found: {found}", "{asked}。查明：{found}"),
        "leaf-margin": Localized(
            "{asked}. Found: {found}, {margin}", "{asked}。查明：{found}，{margin}"
        ),
        "leaf-unknown": Localized("{asked}: not known", "{asked}：尚不清楚"),
        "event-says": Localized(
            "this event tells that it was so: {event}, {day} [{cite}]",
            "该事件表明即为本结果：{event}，{day}【{cite}】",
        ),
        "event-denies": Localized(
            "this event tells that it was not so: {event}, {day} [{cite}]",
            "该事件表明并非本结果：{event}，{day}【{cite}】",
        ),
        "displaced": Localized("{asked}. The exception holds", "{asked}。符合除外情形"),
        "not-asked": Localized("{asked}: not asked here", "{asked}：此处不作要求"),
        "reckoned": Localized(
            "{title}: {value}, which is {how} [{cite}]", "{title}：{value}，即{how}【{cite}】"
        ),
        "reckoned-from": Localized(
            "{title}: {value}, which is {how} [{cite}]. Found: {found}",
            "{title}：{value}，即{how}【{cite}】。查明：{found}",
        ),
        "total": Localized("{title}: {number} of {points}", "{title}：{value}（满分{points}）"),
        "total-none": Localized(
            "{title}: nothing known, between {low} and {high} of {points}",
            "{title}：均不详，介于{from}与{to}之间（满分{points}）",
        ),
        "total-open": Localized(
            "{title}: {least} of {known} known, between {low} and {high} of {points}",
            "{title}：已知{known}中得{from}，介于{from}与{to}之间（满分{points}）",
        ),
        "total-given": Localized("{text}; it is given as {value}", "{text}；填报为{value}"),
        "total-cited": Localized("{text} [{cite}]", "{text}【{cite}】"),
        "total-from": Localized(
            "{text} [{cite}]. Scores: {found}", "{text}【{cite}】。得分：{found}"
        ),
        "again": Localized("{text} (explained above)", "{text}（见上文）"),
        "under": Localized("under {version}: {answer}", "适用{version}时：{answer}"),
        "silent-too": Localized(
            "under {version}: the question is not treated", "适用{version}时：未规定此问题"
        ),
        # What follows.
        "permit": Localized("{application} is permitted", "可以{application}"),
        "bar": Localized(
            "{application} is barred for {period} after the {fact}",
            "自{fact}起{period}内不得{application}",
        ),
        "bar-dates": Localized(
            "{application} is barred for {period} after the {fact}: after {since}, up to and "
            "including {until}",
            "自{fact}（{since}）起{period}内不得{application}，至{until}（含当日）",
        ),
        "because": Localized("{text}. {note}", "{text}。{note}"),
        # What is missing.
        "nothing-missing": Localized(
            "nothing: no further fact is needed for this answer", "无：此结论无需其他事实"
        ),
        "missing-fact": Localized("{fact} — {asks}", "{fact}——{asks}"),
        "missing-text": Localized(
            "the text of {provision}, which is not available; nobody can be asked for it",
            "{provision}的条文未能找到，无从补充",
        ),
        "missing-start-in-doubt": Localized(
            "whether {version} governed already: before {day} that is not known",
            "{version}是否已经施行：{day}之前不明",
        ),
        "missing-start-unknown": Localized(
            "whether {version} governed already: its first day is not known",
            "{version}是否已经施行：其施行之日不明",
        ),
        "missing-end-in-doubt": Localized(
            "whether {version} still governed: from {day} on that is not known",
            "{version}是否仍然有效：自{day}起不明",
        ),
        "settle-one": Localized(
            "Knowing the {facts} settles it, as the text is read here.",
            "查明{facts}即可依此处的理解确定。",
        ),
        "settle-all": Localized(
            "Knowing all of these settles it, as the text is read here: {facts}.",
            "查明以下全部即可依此处的理解确定：{facts}。",
        ),
        "settle-any": Localized(
            "Any one of these settles it, as the text is read here: {sets}.",
            "查明下列任一组即可依此处的理解确定：{sets}。",
        ),
        "and": Localized(" and the ", "和"),
        # Other readings.
        "depends": Localized("{asks} Here: {chosen}. {why}", "{asks}采用：{chosen}。{why}"),
        "depends-chosen": Localized(
            "{asks} Here, as chosen: {chosen}. The default is another one: {default}. Why that "
            "is the default: {why}",
            "{asks}按所作选择采用：{chosen}。默认的理解是另一种：{default}。采用该默认理解的"
            "理由：{why}",
        ),
        "chosen-same": Localized(
            "{asks} Here, as chosen: {chosen}. With the default nothing would change: "
            "{default}.",
            "{asks}按所作选择采用：{chosen}。改用默认的理解，结果不变：{default}。",
        ),
        "gives": Localized(
            "If instead {says}, the answer is: {answer}. To see it: --reading {choice}",
            "若{says}，则：{answer}。查看该结论：--reading {choice}",
        ),
        "gives-effects": Localized(
            "If instead {says}, the answer is the same, and its legal effects are: {effects}. "
            "To see it: --reading {choice}",
            "若{says}，则结论不变，法律效果为：{effects}。查看该结论：--reading {choice}",
        ),
        "only-version": Localized(
            "only the version that governs depends on this, and not the answer: {asks}",
            "取决于此的只是适用的版本，而非结论：{asks}",
        ),
        "gives-same": Localized(
            "If instead {says}, the answer is the same. To see it: --reading {choice}",
            "若{says}，则结论不变。查看该结论：--reading {choice}",
        ),
        "says-elsewhere": Localized("{says} [{version}]", "{says}【{version}】"),
        "confidence": Localized("Confidence: {level}.", "把握程度：{level}。"),
        "confidence-default": Localized(
            "Confidence in the default: {level}.", "对默认理解的把握程度：{level}。"
        ),
        "high": Localized("high", "高"),
        "medium": Localized("medium", "中"),
        "low": Localized("low", "低"),
        "no-readings": Localized(
            "none: no passage that bears on this question is open to another reading",
            "无：与此问题有关的条文没有其他理解",
        ),
        "no-difference": Localized(
            "none changes this answer; tried: {readings}", "均不改变此结论；已检验：{readings}"
        ),
        "no-other": Localized(
            "none of the others changes this answer; tried: {readings}",
            "其余理解均不改变此结论；已检验：{readings}",
        ),
        "no-narrowing": Localized(
            "none changes what is possible; tried: {readings}. Once the facts are known, the "
            "answer may depend on them",
            "均不改变可能的结果；已检验：{readings}。事实查明后，结论仍可能取决于如何理解条文",
        ),
        "no-other-narrowing": Localized(
            "none of the others changes what is possible; tried: {readings}. Once the facts "
            "are known, the answer may depend on them",
            "其余理解均不改变可能的结果；已检验：{readings}。事实查明后，结论仍可能取决于如何"
            "理解条文",
        ),
        "together": Localized(
            "only together do these change it: {options}; the answer is then: {answer}. To see "
            "it: {choices}",
            "仅在同时采用时有影响：{options}；结论为：{answer}。查看该结论：{choices}",
        ),
        "option": Localized("“{asks}” {says}", "“{asks}”{says}"),
        "question": Localized("“{asks}”", "“{asks}”"),
        "untried": Localized(
            "could not be tried, because a day that they ask for is not known to fall under a "
            "text, or they do not fit what was chosen: {options}",
            "所需日期不明或者无适用文本，或者与所作选择不相容，未能检验：{options}",
        ),
        "pairs-only": Localized(
            "there are too many readings to combine all; only pairs were tried",
            "存疑之处过多，仅检验了两两组合",
        ),
        # Assumptions.
        "day-stands-in": Localized(
            "the {fact} is not stated; {day}, the day asked about, is used instead",
            "未提供{fact}，暂以所询日期{day}代替",
        ),
        "no-day": Localized(
            "no day was asked about, so every fact of the sheet was used",
            "未指定所询日期，故采用事实表中的全部事实",
        ),
        "not-seen": Localized(
            "the {fact} was stated on {day}, after the day asked about, and was not used",
            "{fact}填报于{day}，晚于所询日期，不予采用",
        ),
        "later": Localized(
            "the {fact}, {day}, lies after the day asked about and still chooses the version",
            "{fact}（{day}）晚于所询日期，仍据以确定适用版本",
        ),
        "start-in-doubt": Localized(
            "{version} governed already; before {day} that is not known",
            "{version}已经施行；{day}之前这一点不明",
        ),
        "start-unknown": Localized(
            "{version} governed already; its first day is not known",
            "{version}已经施行；其施行之日不明",
        ),
        "end-in-doubt": Localized(
            "{version} still governed; from {day} on that is not known",
            "{version}仍然有效；自{day}起这一点不明",
        ),
        "within": Localized(
            "the day lies in the part of {day} in which {version} was in force",
            "该日在{day}中{version}有效的一段之内",
        ),
        "with-basis": Localized("{text} [{basis}]", "{text}【{basis}】"),
        "noted": Localized("{text} Note: {note}", "{text}注：{note}"),
        "carried-over": Localized(
            "{provision} is not available, and {version} stands in for it. {why}",
            "{provision}未能找到，以{version}代之。{why}",
        ),
    }
)

#: The headings and labels of a verdict.
LABELS: Mapping[str, Localized] = MappingProxyType(
    {
        "answer": Localized("Answer", "结论"),
        "supposing": Localized("Supposing", "假定"),
        "clause": Localized("Decided by", "依据条款"),
        "depends-on": Localized("Depends on", "取决于"),
        "found": Localized("Found", "已知事实"),
        "basis": Localized("Basis", "结论依据"),
        "version": Localized("Version", "适用版本"),
        "text-seen": Localized("Text", "所据文本"),
        "why": Localized("Why", "理由"),
        "effects": Localized("Legal effects", "法律效果"),
        "bars": Localized("Bars on applying", "申请限制"),
        "missing": Localized("What is missing", "尚缺信息"),
        "readings": Localized("Other readings of the text", "对条文的其他理解"),
        "assumed": Localized("Assumptions", "所作假定"),
        "besides": Localized("Stated, with no part in the answer", "与结论无关的已知事实"),
        "provisions": Localized("The provisions cited", "所引条款"),
        "replay": Localized("To check and repeat this verdict", "复核信息"),
        "rules": Localized("rule files", "规则文件"),
        "facts": Localized("facts", "事实"),
        "calendar": Localized("rest days", "休息日"),
        "engine": Localized("program", "软件版本"),
        "policies": Localized("rules from", "规则来源"),
        "checkout": Localized("this checkout", "本地检出的副本"),
        "installed": Localized("the installed program", "随软件安装的副本"),
        "on": Localized("day asked about", "所询日期"),
        "chosen": Localized("chosen", "选定"),
        "strict": Localized("nothing assumed", "不作假定"),
    }
)


def rules_from(found: str, language: str) -> str:
    """Say where the rule files were found."""
    return LABELS[found][language] if found in SHIPPED else found


def say(language: str, key: str, **parts: str) -> str:
    """Fill a sentence."""
    return SENTENCES[key][language].format(**parts)
