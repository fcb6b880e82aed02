"""The sentences of a timeline, in English and in Chinese."""

from collections.abc import Mapping
from types import MappingProxyType

from ipcity_policy.law.model import Localized

_SENTENCES: Mapping[str, Localized] = MappingProxyType(
    {
        "title": Localized("{subject}: where it stands on {day}", "{subject}：{day}的状态"),
        "named": Localized("{label} ({id})", "{label}（{id}）"),
        "comma": Localized(", ", "，"),
        "apart": Localized("; ", "；"),
        "or": Localized(" or ", "或"),
        # Days.
        "within": Localized("a day in {days}", "{days}某日"),
        "from-to": Localized("a day between {low} and {high}", "{low}至{high}之间某日"),
        "by": Localized("{high} or earlier", "{high}或更早"),
        "since": Localized("{low} or later", "{low}或更晚"),
        "some-day": Localized("a day that is not known", "日期不明"),
        # The state.
        "one-of": Localized("not known; it is one of these:", "不明；为下列之一："),
        "stated-tell": Localized(
            "going by the events that are stated: {state}", "依已填报的事件：{state}"
        ),
        "stated-leave": Localized(
            "going by the events that are stated, one of these:",
            "依已填报的事件，为下列之一：",
        ),
        "in-round": Localized(
            "{state}, round {round}, since {day}", "{state}，第{round}轮，自{day}"
        ),
        "in-state": Localized("{state}, since {day}", "{state}，自{day}"),
        "from-the-start": Localized("{state}, from the start", "{state}，自始如此"),
        "rounds": Localized("{low} to {high}", "{low}至{high}"),
        "round-or-later": Localized("{low} or later", "{low}或其后"),
        "lost": Localized(
            "not known: so much is open that the course of events could not be followed",
            "不明：未定之处过多，无法推断经过",
        ),
        "for-want": Localized(
            "not known, for want of the text of {places}", "不明：{places}的条文未能找到"
        ),
        "until-when": Localized(
            "{state}, since {day}; until when is not known, for want of the text of {places}",
            "{state}，自{day}；至何时不明：{places}的条文未能找到",
        ),
        "supposed": Localized("supposed: {text}", "假定：{text}"),
        "also-supposed": Localized(
            "{text}; supposing this: {other}", "{text}；依此假定：{other}"
        ),
        "others-possible": Localized(
            "any other state, by events that are not stated, cannot be excluded",
            "不能排除因未填报的事件而处于其他状态",
        ),
        "some-possible": Localized(
            "by events that are not stated also one of these: {states}",
            "因未填报的事件，也可能处于下列状态之一：{states}",
        ),
        "on-days": Localized("{instrument}: {days}", "{instrument}：{days}"),
        "days-before": Localized("days before {day}", "{day}之前"),
        "days-from": Localized("days from {day} on", "自{day}起"),
        "days-between": Localized("days from {low} to {high}", "{low}至{high}"),
        "read-as-chosen": Localized("{asks} – {says}", "{asks}{says}"),
        "read-otherwise": Localized("{asks} If {says}: {state}", "{asks}若{says}：{state}"),
        "instrument": Localized("{title}, {number} ({id})", "《{title}》，{number}（{id}）"),
        "no-number": Localized("{title} ({id})", "《{title}》（{id}）"),
        # Why it is not known.
        "known-until": Localized(
            "events are stated up to {day} only; what came after is not known",
            "事件仅填报至{day}，此后情况不明",
        ),
        "known-never": Localized(
            "the sheet does not say up to which day all events are stated (events-known-until)",
            "事实表未说明事件完整填报至何日（events-known-until）",
        ),
        "known-from": Localized(
            "events are stated from {day} on only; what came before is not known",
            "事件仅自{day}起填报，此前情况不明",
        ),
        "known-not": Localized(
            "the sheet does not tell whether any of these happened: {events}",
            "事实表未说明下列事件是否发生：{events}",
        ),
        "day-open": Localized(
            "the day of “{event}” is known only as {days}", "“{event}”的日期仅知为{days}"
        ),
        "led-open": Localized(
            "what is stated of “{event}” ({days}) leaves open where it led",
            "就“{event}”（{days}）所填报的内容不足以确定其后果",
        ),
        # Terms.
        "running": Localized("running", "进行中"),
        "over": Localized("over", "已届满"),
        "not-begun": Localized("not begun", "尚未开始"),
        "not-known": Localized("not known", "不明"),
        "perhaps": Localized(
            "{text}, if it began, which is not certain", "{text}（是否开始尚不确定）"
        ),
        "stated-term": Localized(
            "{day}, as the notice states, which is followed; reckoned it would be {reckoned}",
            "{day}（以通知所载为准）；按条文推算为{reckoned}",
        ),
        "stated-yields": Localized(
            "{day}, as reckoned, which is followed; the notice states {stated}",
            "{day}（以按条文推算者为准）；通知所载为{stated}",
        ),
        "stated-agrees": Localized(
            "{day}; the notice states {stated}, and reckoned it is {reckoned}",
            "{day}（通知所载：{stated}；按条文推算：{reckoned}）",
        ),
        "stated-only": Localized("{day}, as the notice states", "{day}（据通知所载）"),
        # Deadlines.
        "of-year": Localized("{year}: {text}", "{year}年：{text}"),
        "of-years": Localized(
            "{first} to {last} ({n} years): {text}", "{first}年至{last}年（共{n}年）：{text}"
        ),
        "each-year": Localized("{low} to {high}, each year", "{low}至{high}，每年"),
        "within-after": Localized(
            "{duty}, within {period} after {moment} ({day})",
            "{moment}（{day}）后{period}内{duty}",
        ),
        "days-from-to": Localized("{low} to {high} days", "{low}至{high}天"),
        "days-or-more": Localized("{low} days or more", "{low}天以上"),
        "start": Localized("the start of the {term}", "{term}开始"),
        "end": Localized("the end of the {term}", "{term}届满"),
        "moment": Localized("“{event}”", "“{event}”"),
        "met": Localized("met: {event}, {day}", "已履行：{event}，{day}"),
        "met-late": Localized(
            "met late: {event}, {day}; the {office} was late by {n}",
            "逾期履行：{event}，{day}；{office}逾期{n}",
        ),
        "met-late-nobody": Localized(
            "met late: {event}, {day}; late by {n}", "逾期履行：{event}，{day}；逾期{n}"
        ),
        "open": Localized("open, {n} left", "未届期，尚余{n}"),
        "due-today": Localized("open, due on this day", "未届期，当日为最后一日"),
        "overdue": Localized(
            "overdue: the {office} is late by {n}", "逾期未履行：{office}逾期{n}"
        ),
        "overdue-nobody": Localized("overdue by {n}", "逾期{n}未履行"),
        "may-be-met": Localized("met in time", "按期履行"),
        "may-be-met-late": Localized("met late", "逾期履行"),
        "may-be-open": Localized("open", "未届期"),
        "may-be-overdue": Localized("overdue", "逾期未履行"),
        "may-be-passed": Localized("not done, and its time is over", "期限已过而未办理"),
        # Deadlines of options: what an office may do in a time, and need not.
        "option": Localized("{text} (an option, not a duty)", "{text}（可选，并非义务）"),
        "without": Localized(
            "{text}; if it is not done: {lapses}", "{text}；未办理的：{lapses}"
        ),
        "used": Localized("done: {event}, {day}", "已办理：{event}，{day}"),
        "used-late": Localized(
            "done after its time: {event}, {day}; {n} too late",
            "期限过后办理：{event}，{day}；迟{n}",
        ),
        "passed": Localized("not done; its time was over {n} ago", "未办理，期限已过{n}"),
        "may-be-used": Localized("done in time", "按期办理"),
        "may-be-used-late": Localized("done after its time", "期限过后办理"),
        "whether-used": Localized("not known whether it was done", "是否办理不明"),
        "whether-used-in-time": Localized(
            "not known whether it was done, or in time", "是否办理、是否按期均不明"
        ),
        "if-there": Localized(
            "if there is this option, which is not certain: {text}",
            "是否有此选择尚不确定；若有，则{text}",
        ),
        "if-there-in": Localized(
            "if there is this option, which is not certain (only in the state {states}): "
            "{text}",
            "是否有此选择尚不确定（仅限状态“{states}”）；若有，则{text}",
        ),
        "perhaps-there": Localized(
            "{became}, if there is this option", "{became}（若有此选择）"
        ),
        "no-option": Localized("{duty}: no such option", "{duty}：无此选择"),
        "not-known-whether": Localized("not known whether {either}", "不明：{either}"),
        "whether-done": Localized("not known whether it was done", "是否履行不明"),
        "whether-in-time": Localized(
            "not known whether it was done, or in time", "是否履行、是否按期均不明"
        ),
        "if-owed": Localized(
            "if it is owed, which is not certain: {text}",
            "是否负有该义务尚不确定；若有，则{text}",
        ),
        "if-owed-in": Localized(
            "if it is owed, which is not certain (only in the state {states}): {text}",
            "是否负有该义务尚不确定（仅限状态“{states}”）；若有，则{text}",
        ),
        "settles": Localized(
            "the day of “{event}”, known only as {days}, would settle it",
            "“{event}”的日期（仅知为{days}）查明后即可确定",
        ),
        "unstated": Localized(
            "whether it was done is not stated after {day}", "{day}之后是否履行未填报"
        ),
        "not-told": Localized("the sheet tells nothing of it", "事实表对此未作说明"),
        "unstated-ever": Localized(
            "whether it was done is not stated, nor up to which day all events are",
            "是否履行未填报，事件完整填报至何日亦未说明",
        ),
        # Bars.
        "bar": Localized(
            "{application} is barred for {period}; from: {since}; last day: {until}; "
            "why: {cause}",
            "{period}内不得{application}；起：{since}；止：{until}（含该日）；原因：{cause}",
        ),
        "reckoned-from": Localized("{day}, reckoned from {since}", "{day}（自{since}起算）"),
        "bar-open": Localized(
            "{application} is barred for {period}; from: {since}; last day: not known; "
            "why: {cause}",
            "{period}内不得{application}；起：{since}；止：不明；原因：{cause}",
        ),
        "bar-runs": Localized(
            "{text} – it runs on the day asked about", "{text}——所询日仍在限制期内"
        ),
        "bar-over": Localized("{text} – it is over", "{text}——限制期已过"),
        "bar-later": Localized("{text} – it has not begun", "{text}——限制期尚未开始"),
        "bar-perhaps": Localized(
            "{text} – whether it runs on the day asked about is not known",
            "{text}——所询日是否仍在限制期内不明",
        ),
        # What does not fit.
        "conflict": Localized(
            "“{event}”, {day}: as the text is read here, this had happened by then: {lapse}",
            "“{event}”，{day}：依此处对条文的理解，在此之前：{lapse}",
        ),
        "conflict-perhaps": Localized(
            "“{event}”, {day}: as the text is read here, this may have happened by then: "
            "{lapse}",
            "“{event}”，{day}：依此处对条文的理解，在此之前可能：{lapse}",
        ),
        "conflict-term": Localized(
            "“{event}”, {day}: as the text is read here, it moves nothing before the last day "
            "of this: {term}",
            "“{event}”，{day}：依此处对条文的理解，{term}最后一日之前不改变状态",
        ),
        "conflict-perhaps-term": Localized(
            "“{event}”, {day}: as the text is read here, it may have come before the last day "
            "of this, and then moves nothing: {term}",
            "“{event}”，{day}：依此处对条文的理解，可能早于{term}最后一日，若然则不改变状态",
        ),
        # What may come next.
        "by-event": Localized("{event} → {state}", "{event}→{state}"),
        "next-round": Localized("{text}, the next round", "{text}（下一轮）"),
        "needs-outcome": Localized(
            "{text}; only if the answer to “{asks}” is: {outcome}",
            "{text}；前提是“{asks}”的结论为：{outcome}",
        ),
        "needs-term": Localized(
            "{text}; not before the last day of the {term}", "{text}；不早于{term}最后一日"
        ),
        "needs-condition": Localized("{text}; it needs: {condition}", "{text}；须{condition}"),
        "while-barred": Localized(
            "{text}; barred on the day asked about, last day: {until}",
            "{text}；所询日仍在限制期内，止：{until}",
        ),
        "while-barred-perhaps": Localized(
            "{text}; perhaps barred on the day asked about, last day: {until}",
            "{text}；所询日可能仍在限制期内，止：{until}",
        ),
        "by-itself": Localized("without any act, {day}: {text}", "期至即发生，{day}：{text}"),
        "term-over": Localized("{term} over", "{term}届满"),
        "term-ends": Localized("{term} over → {state}", "{term}届满→{state}"),
        "lapse-comes": Localized(
            "{lapse} → {state}, if this is not done by then: {duty}",
            "{lapse}→{state}，若届时未履行：{duty}",
        ),
        "lapse-unless": Localized(
            "{text}; but not if the {office} did not do this in time: {duty}",
            "{text}；但{office}未按期{duty}的除外",
        ),
        "lapse-if": Localized(
            "{text}; and only if the {office} did not do this in time: {duty}",
            "{text}；且仅限{office}未按期{duty}的情形",
        ),
        # How it came here.
        "step": Localized("{day}: {text}", "{day}：{text}"),
        "step-event": Localized("{event} → {state}", "{event}→{state}"),
        "step-lapse": Localized("{lapse} → {state}", "{lapse}→{state}"),
        "step-round": Localized("{text}, round {round}", "{text}，第{round}轮"),
        "step-named": Localized(
            "{text} [by its own words, whatever the text]",
            "{text}【以其自身所载为据，不论条文如何】",
        ),
        "step-gap": Localized(
            "{text} – something that the sheet does not state must lie before this",
            "{text}——此前当有事实表未填报的事件",
        ),
        "not-certain": Localized("{text} – not certain", "{text}——尚不确定"),
        "no-steps": Localized("no event moved it by this day", "截至该日并无改变状态的事件"),
        # Other readings.
        "gives": Localized(
            "If instead {says} (--reading {choice}):", "若{says}（--reading {choice}）："
        ),
        "gives-same": Localized(
            "If instead {says}, nothing here changes.", "若{says}，此处并无变化。"
        ),
        "its-state": Localized("state: {state}", "状态：{state}"),
        "its-term": Localized("{term}: {days}", "{term}：{days}"),
        "its-until": Localized("up to {day}", "至{day}"),
        "its-due": Localized(
            "{duty}: last day {day}; {became}", "{duty}：最后一日为{day}；{became}"
        ),
        "perhaps-owed": Localized("{became}, if it is owed", "{became}（若有此义务）"),
        "not-asked": Localized("{duty}: no such duty", "{duty}：无此义务"),
        "not-told-of": Localized(
            "{duty}: its time would run from “{event}”, of which the events that are stated"
            " do not tell",
            "{duty}：期限应自“{event}”起算，而所填事件未载明",
        ),
        "not-asked-known": Localized(
            "{duty}: no such duty is known; not all of the text that counts then is available",
            "{duty}：届时所依文本未能全部找到，是否有此义务不明",
        ),
        "no-bar": Localized("no bar on {application}", "并无“不得{application}”的限制"),
        "its-conflict": Localized(
            "“{event}” has no effect, because this had happened by then: {lapse}",
            "“{event}”不发生效力，因在此之前：{lapse}",
        ),
        "its-conflict-term": Localized(
            "“{event}” has no effect, because it lies before the last day of this: {term}",
            "“{event}”不发生效力，因其早于{term}最后一日",
        ),
        "no-conflict": Localized("every event has its effect", "各事件均发生效力"),
        "its-fact": Localized("{fact}: {value}", "{fact}：{value}"),
        "also-possible": Localized(
            "states that are possible: {states}", "可能的状态：{states}"
        ),
        "as-with": Localized(
            "the same as with --reading {choice}", "与 --reading {choice} 相同"
        ),
        "other-way": Localized("it came here in another way", "经过有所不同"),
        "no-turns": Localized(
            "no other reading of the text changes what is said of this day",
            "对条文的其他理解均不改变此结果",
        ),
        # Assumptions.
        "before-text": Localized(
            "{version} is applied to days before {day}, on which it was not in force yet",
            "{day}之前{version}尚未施行，仍予适用",
        ),
        "before-any": Localized(
            "no text is known for days before {day}; {version} is applied to them",
            "{day}之前无已知条文，适用{version}",
        ),
        "after-text": Localized(
            "no text is known for days from {day} on; {version} is applied to them",
            "自{day}起无已知条文，仍适用{version}",
        ),
        "either-governs": Localized(
            "which of them governs on {day} is not known, and what either gives is possible: "
            "{versions}",
            "{day}适用何者不明，各自的结果均属可能：{versions}",
        ),
        "in-doubt": Localized(
            "{version} still governs; from {day} on that is not known",
            "{version}仍然有效；自{day}起这一点不明",
        ),
        "carried-over": Localized(
            "these provisions of {id} are not available, and those of {version} stand in for "
            "them: {places}. {why}",
            "{id}的下列条款未能找到，以{version}的相应条款代之：{places}。{why}",
        ),
        "not-all-available": Localized(
            "not all of {id} is available; duties and consequences that it may lay down "
            "otherwise are not listed",
            "{id}未能全部找到，其另行规定的义务和后果未列出",
        ),
        # What is due.
        "due-title": Localized(
            "What is due from {day} to {until}, and what is overdue",
            "{day}至{until}届期的事项和已逾期的事项",
        ),
        "presumed-of": Localized("{subjects}: {text}", "{subjects}：{text}"),
        "some": Localized("{n} of {all}", "{all}个中的{n}个"),
        "due-unknown": Localized(
            "{title}: {n} duties; --all lists them", "{title}：共{n}项，--all 列出全部"
        ),
        "nothing-due": Localized("nothing", "无"),
    }
)

#: What is said of an option in place of what is said of a duty.
OF_OPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "met": "used",
        "met-late": "used-late",
        "met-late-nobody": "used-late",
        "may-be-met": "may-be-used",
        "may-be-met-late": "may-be-used-late",
        "whether-done": "whether-used",
        "whether-in-time": "whether-used-in-time",
        "if-owed": "if-there",
        "if-owed-in": "if-there-in",
        "perhaps-owed": "perhaps-there",
        "not-asked": "no-option",
    }
)

#: The headings and labels of a timeline.
_LABELS: Mapping[str, Localized] = MappingProxyType(
    {
        "state": Localized("State", "状态"),
        "supposing": Localized("Supposing", "假定"),
        "possible": Localized("Possible", "其他可能"),
        "as-chosen": Localized("As chosen", "按所选理解"),
        "otherwise": Localized("Read otherwise", "若作其他理解"),
        "spans": Localized("Days not exact", "日期不确切"),
        "facts": Localized("What follows for decisions", "由事件得出的事实"),
        "why-open": Localized("Why not known", "不明的原因"),
        "under": Localized("Under", "依据文件"),
        "terms": Localized("Terms", "周期"),
        "term": Localized("Term", "周期"),
        "from": Localized("From", "起"),
        "until": Localized("Last day", "最后一日"),
        "on-day": Localized("On the day asked", "所询日"),
        "deadlines": Localized("Deadlines", "期限"),
        "due": Localized("Last day", "最后一日"),
        "duty": Localized("What is to be done", "事项"),
        "whose": Localized("By whom", "办理主体"),
        "became": Localized("What became of it", "办理情况"),
        "bars": Localized("Bars", "限制期"),
        "conflicts": Localized(
            "Events without effect, as the text is read here", "依此理解不发生效力的事件"
        ),
        "next": Localized("What may come next", "此后可能"),
        "steps": Localized("How it came here", "经过"),
        "subject": Localized("Subject", "对象"),
        "upcoming": Localized("Due", "即将届期"),
        "overdue": Localized("Overdue", "已逾期"),
        "unknown": Localized("Not known whether it was done", "是否已履行不明"),
        "on": Localized("day asked about", "所询日期"),
        "replay": Localized("To check and repeat this answer", "复核信息"),
        "asked-version": Localized("version asked for", "指定的版本"),
    }
)


def say(language: str, key: str, **parts: str) -> str:
    """Fill a sentence."""
    return _SENTENCES[key][language].format(**parts)


def head(language: str, key: str) -> str:
    """Return a heading or label."""
    return _LABELS[key][language]
