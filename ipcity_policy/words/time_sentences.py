"""The sentences of a timeline, in English and in Chinese."""

from collections.abc import Mapping
from types import MappingProxyType

from ipcity_policy.law.model import Words

_SENTENCES: Mapping[str, Words] = MappingProxyType(
    {
        "title": Words("{subject}: where it stands on {day}", "{subject}：{day}的状态"),
        "named": Words("{label} ({id})", "{label}（{id}）"),
        "comma": Words(", ", "，"),
        "apart": Words("; ", "；"),
        "or": Words(" or ", "或"),
        # Days.
        "within": Words("a day in {days}", "{days}某日"),
        "from-to": Words("a day between {low} and {high}", "{low}至{high}之间某日"),
        "by": Words("{high} or earlier", "{high}或更早"),
        "since": Words("{low} or later", "{low}或更晚"),
        "some-day": Words("a day that is not known", "日期不明"),
        # The state.
        "one-of": Words("not known; it is one of these:", "不明；为下列之一："),
        "stated-tell": Words(
            "going by the events that are stated: {state}", "依已填报的事件：{state}"
        ),
        "stated-leave": Words(
            "going by the events that are stated, one of these:",
            "依已填报的事件，为下列之一：",
        ),
        "in-round": Words(
            "{state}, round {round}, since {day}", "{state}，第{round}轮，自{day}"
        ),
        "in-state": Words("{state}, since {day}", "{state}，自{day}"),
        "from-the-start": Words("{state}, from the start", "{state}，自始如此"),
        "rounds": Words("{low} to {high}", "{low}至{high}"),
        "round-or-later": Words("{low} or later", "{low}或其后"),
        "lost": Words(
            "not known: so much is open that the course of events could not be followed",
            "不明：未定之处过多，无法推断经过",
        ),
        "for-want": Words(
            "not known, for want of the text of {places}", "不明：{places}的条文未能找到"
        ),
        "until-when": Words(
            "{state}, since {day}; until when is not known, for want of the text of {places}",
            "{state}，自{day}；至何时不明：{places}的条文未能找到",
        ),
        "supposed": Words("supposed: {text}", "假定：{text}"),
        "also-supposed": Words("{text}; supposing this: {other}", "{text}；依此假定：{other}"),
        "others-possible": Words(
            "any other state, by events that are not stated, cannot be excluded",
            "不能排除因未填报的事件而处于其他状态",
        ),
        "some-possible": Words(
            "by events that are not stated also one of these: {states}",
            "因未填报的事件，也可能处于下列状态之一：{states}",
        ),
        "on-days": Words("{instrument}: {days}", "{instrument}：{days}"),
        "days-before": Words("days before {day}", "{day}之前"),
        "days-from": Words("days from {day} on", "自{day}起"),
        "days-between": Words("days from {low} to {high}", "{low}至{high}"),
        "read-as-chosen": Words("{asks} – {says}", "{asks}{says}"),
        "read-otherwise": Words("{asks} If {says}: {state}", "{asks}若{says}：{state}"),
        "instrument": Words("{title}, {number} ({id})", "《{title}》，{number}（{id}）"),
        "no-number": Words("{title} ({id})", "《{title}》（{id}）"),
        # Why it is not known.
        "known-until": Words(
            "events are stated up to {day} only; what came after is not known",
            "事件仅填报至{day}，此后情况不明",
        ),
        "known-never": Words(
            "the sheet does not say up to which day all events are stated (events-known-until)",
            "事实表未说明事件完整填报至何日（events-known-until）",
        ),
        "known-from": Words(
            "events are stated from {day} on only; what came before is not known",
            "事件仅自{day}起填报，此前情况不明",
        ),
        "known-not": Words(
            "the sheet does not tell whether any of these happened: {events}",
            "事实表未说明下列事件是否发生：{events}",
        ),
        "day-open": Words(
            "the day of “{event}” is known only as {days}", "“{event}”的日期仅知为{days}"
        ),
        "led-open": Words(
            "what is stated of “{event}” ({days}) leaves open where it led",
            "就“{event}”（{days}）所填报的内容不足以确定其后果",
        ),
        # Terms.
        "running": Words("running", "进行中"),
        "over": Words("over", "已届满"),
        "not-begun": Words("not begun", "尚未开始"),
        "not-known": Words("not known", "不明"),
        "perhaps": Words(
            "{text}, if it began, which is not certain", "{text}（是否开始尚不确定）"
        ),
        "stated-term": Words(
            "{day}, as the notice states, which is followed; reckoned it would be {reckoned}",
            "{day}（以通知所载为准）；按条文推算为{reckoned}",
        ),
        "stated-yields": Words(
            "{day}, as reckoned, which is followed; the notice states {stated}",
            "{day}（以按条文推算者为准）；通知所载为{stated}",
        ),
        "stated-agrees": Words(
            "{day}; the notice states {stated}, and reckoned it is {reckoned}",
            "{day}（通知所载：{stated}；按条文推算：{reckoned}）",
        ),
        "stated-only": Words("{day}, as the notice states", "{day}（据通知所载）"),
        # Deadlines.
        "of-year": Words("{year}: {text}", "{year}年：{text}"),
        "of-years": Words(
            "{first} to {last} ({n} years): {text}", "{first}年至{last}年（共{n}年）：{text}"
        ),
        "each-year": Words("{low} to {high}, each year", "{low}至{high}，每年"),
        "within-after": Words(
            "{duty}, within {period} after {moment} ({day})",
            "{moment}（{day}）后{period}内{duty}",
        ),
        "days-from-to": Words("{low} to {high} days", "{low}至{high}天"),
        "days-or-more": Words("{low} days or more", "{low}天以上"),
        "start": Words("the start of the {term}", "{term}开始"),
        "end": Words("the end of the {term}", "{term}届满"),
        "moment": Words("“{event}”", "“{event}”"),
        "met": Words("met: {event}, {day}", "已履行：{event}，{day}"),
        "met-late": Words(
            "met late: {event}, {day}; the {office} was late by {n}",
            "逾期履行：{event}，{day}；{office}逾期{n}",
        ),
        "met-late-nobody": Words(
            "met late: {event}, {day}; late by {n}", "逾期履行：{event}，{day}；逾期{n}"
        ),
        "open": Words("open, {n} left", "未届期，尚余{n}"),
        "due-today": Words("open, due on this day", "未届期，当日为最后一日"),
        "overdue": Words("overdue: the {office} is late by {n}", "逾期未履行：{office}逾期{n}"),
        "overdue-nobody": Words("overdue by {n}", "逾期{n}未履行"),
        "may-be-met": Words("met in time", "按期履行"),
        "may-be-met-late": Words("met late", "逾期履行"),
        "may-be-open": Words("open", "未届期"),
        "may-be-overdue": Words("overdue", "逾期未履行"),
        "may-be-passed": Words("not done, and its time is over", "期限已过而未办理"),
        # Deadlines of options: what an office may do in a time, and need not.
        "option": Words("{text} (an option, not a duty)", "{text}（可选，并非义务）"),
        "without": Words("{text}; if it is not done: {lapses}", "{text}；未办理的：{lapses}"),
        "used": Words("done: {event}, {day}", "已办理：{event}，{day}"),
        "used-late": Words(
            "done after its time: {event}, {day}; {n} too late",
            "期限过后办理：{event}，{day}；迟{n}",
        ),
        "passed": Words("not done; its time was over {n} ago", "未办理，期限已过{n}"),
        "may-be-used": Words("done in time", "按期办理"),
        "may-be-used-late": Words("done after its time", "期限过后办理"),
        "whether-used": Words("not known whether it was done", "是否办理不明"),
        "whether-used-in-time": Words(
            "not known whether it was done, or in time", "是否办理、是否按期均不明"
        ),
        "if-there": Words(
            "if there is this option, which is not certain: {text}",
            "是否有此选择尚不确定；若有，则{text}",
        ),
        "if-there-in": Words(
            "if there is this option, which is not certain (only in the state {states}): "
            "{text}",
            "是否有此选择尚不确定（仅限状态“{states}”）；若有，则{text}",
        ),
        "perhaps-there": Words("{became}, if there is this option", "{became}（若有此选择）"),
        "no-option": Words("{duty}: no such option", "{duty}：无此选择"),
        "not-known-whether": Words("not known whether {either}", "不明：{either}"),
        "whether-done": Words("not known whether it was done", "是否履行不明"),
        "whether-in-time": Words(
            "not known whether it was done, or in time", "是否履行、是否按期均不明"
        ),
        "if-owed": Words(
            "if it is owed, which is not certain: {text}",
            "是否负有该义务尚不确定；若有，则{text}",
        ),
        "if-owed-in": Words(
            "if it is owed, which is not certain (only in the state {states}): {text}",
            "是否负有该义务尚不确定（仅限状态“{states}”）；若有，则{text}",
        ),
        "settles": Words(
            "the day of “{event}”, known only as {days}, would settle it",
            "“{event}”的日期（仅知为{days}）查明后即可确定",
        ),
        "unstated": Words(
            "whether it was done is not stated after {day}", "{day}之后是否履行未填报"
        ),
        "not-told": Words("the sheet tells nothing of it", "事实表对此未作说明"),
        "unstated-ever": Words(
            "whether it was done is not stated, nor up to which day all events are",
            "是否履行未填报，事件完整填报至何日亦未说明",
        ),
        # Bars.
        "bar": Words(
            "{application} is barred for {period}; from: {since}; last day: {until}; "
            "why: {cause}",
            "{period}内不得{application}；起：{since}；止：{until}（含该日）；原因：{cause}",
        ),
        "reckoned-from": Words("{day}, reckoned from {since}", "{day}（自{since}起算）"),
        "bar-open": Words(
            "{application} is barred for {period}; from: {since}; last day: not known; "
            "why: {cause}",
            "{period}内不得{application}；起：{since}；止：不明；原因：{cause}",
        ),
        "bar-runs": Words(
            "{text} – it runs on the day asked about", "{text}——所询日仍在限制期内"
        ),
        "bar-over": Words("{text} – it is over", "{text}——限制期已过"),
        "bar-later": Words("{text} – it has not begun", "{text}——限制期尚未开始"),
        "bar-perhaps": Words(
            "{text} – whether it runs on the day asked about is not known",
            "{text}——所询日是否仍在限制期内不明",
        ),
        # What does not fit.
        "conflict": Words(
            "“{event}”, {day}: as the text is read here, this had happened by then: {lapse}",
            "“{event}”，{day}：依此处对条文的理解，在此之前：{lapse}",
        ),
        "conflict-perhaps": Words(
            "“{event}”, {day}: as the text is read here, this may have happened by then: "
            "{lapse}",
            "“{event}”，{day}：依此处对条文的理解，在此之前可能：{lapse}",
        ),
        "conflict-term": Words(
            "“{event}”, {day}: as the text is read here, it moves nothing before the last day "
            "of this: {term}",
            "“{event}”，{day}：依此处对条文的理解，{term}最后一日之前不改变状态",
        ),
        "conflict-perhaps-term": Words(
            "“{event}”, {day}: as the text is read here, it may have come before the last day "
            "of this, and then moves nothing: {term}",
            "“{event}”，{day}：依此处对条文的理解，可能早于{term}最后一日，若然则不改变状态",
        ),
        # What may come next.
        "by-event": Words("{event} → {state}", "{event}→{state}"),
        "next-round": Words("{text}, the next round", "{text}（下一轮）"),
        "needs-outcome": Words(
            "{text}; only if the answer to “{asks}” is: {outcome}",
            "{text}；前提是“{asks}”的结论为：{outcome}",
        ),
        "needs-term": Words(
            "{text}; not before the last day of the {term}", "{text}；不早于{term}最后一日"
        ),
        "needs-condition": Words("{text}; it needs: {condition}", "{text}；须{condition}"),
        "while-barred": Words(
            "{text}; barred on the day asked about, last day: {until}",
            "{text}；所询日仍在限制期内，止：{until}",
        ),
        "while-barred-perhaps": Words(
            "{text}; perhaps barred on the day asked about, last day: {until}",
            "{text}；所询日可能仍在限制期内，止：{until}",
        ),
        "by-itself": Words("without any act, {day}: {text}", "期至即发生，{day}：{text}"),
        "term-over": Words("{term} over", "{term}届满"),
        "term-ends": Words("{term} over → {state}", "{term}届满→{state}"),
        "lapse-comes": Words(
            "{lapse} → {state}, if this is not done by then: {duty}",
            "{lapse}→{state}，若届时未履行：{duty}",
        ),
        "lapse-unless": Words(
            "{text}; but not if the {office} did not do this in time: {duty}",
            "{text}；但{office}未按期{duty}的除外",
        ),
        "lapse-if": Words(
            "{text}; and only if the {office} did not do this in time: {duty}",
            "{text}；且仅限{office}未按期{duty}的情形",
        ),
        # How it came here.
        "step": Words("{day}: {text}", "{day}：{text}"),
        "step-event": Words("{event} → {state}", "{event}→{state}"),
        "step-lapse": Words("{lapse} → {state}", "{lapse}→{state}"),
        "step-round": Words("{text}, round {round}", "{text}，第{round}轮"),
        "step-named": Words(
            "{text} [by its own words, whatever the text]",
            "{text}【以其自身所载为据，不论条文如何】",
        ),
        "step-gap": Words(
            "{text} – something that the sheet does not state must lie before this",
            "{text}——此前当有事实表未填报的事件",
        ),
        "not-certain": Words("{text} – not certain", "{text}——尚不确定"),
        "no-steps": Words("no event moved it by this day", "截至该日并无改变状态的事件"),
        # Other readings.
        "gives": Words(
            "If instead {says} (--reading {choice}):", "若{says}（--reading {choice}）："
        ),
        "gives-same": Words(
            "If instead {says}, nothing here changes.", "若{says}，此处并无变化。"
        ),
        "its-state": Words("state: {state}", "状态：{state}"),
        "its-term": Words("{term}: {days}", "{term}：{days}"),
        "its-until": Words("up to {day}", "至{day}"),
        "its-due": Words(
            "{duty}: last day {day}; {became}", "{duty}：最后一日为{day}；{became}"
        ),
        "perhaps-owed": Words("{became}, if it is owed", "{became}（若有此义务）"),
        "not-asked": Words("{duty}: no such duty", "{duty}：无此义务"),
        "not-told-of": Words(
            "{duty}: its time would run from “{event}”, of which the events that are stated"
            " do not tell",
            "{duty}：期限应自“{event}”起算，而所填事件未载明",
        ),
        "not-asked-known": Words(
            "{duty}: no such duty is known; not all of the text that counts then is available",
            "{duty}：届时所依文本未能全部找到，是否有此义务不明",
        ),
        "no-bar": Words("no bar on {application}", "并无“不得{application}”的限制"),
        "its-conflict": Words(
            "“{event}” has no effect, because this had happened by then: {lapse}",
            "“{event}”不发生效力，因在此之前：{lapse}",
        ),
        "its-conflict-term": Words(
            "“{event}” has no effect, because it lies before the last day of this: {term}",
            "“{event}”不发生效力，因其早于{term}最后一日",
        ),
        "no-conflict": Words("every event has its effect", "各事件均发生效力"),
        "its-fact": Words("{fact}: {value}", "{fact}：{value}"),
        "also-possible": Words("states that are possible: {states}", "可能的状态：{states}"),
        "as-with": Words("the same as with --reading {choice}", "与 --reading {choice} 相同"),
        "other-way": Words("it came here in another way", "经过有所不同"),
        "no-turns": Words(
            "no other reading of the text changes what is said of this day",
            "对条文的其他理解均不改变此结果",
        ),
        # Assumptions.
        "before-text": Words(
            "{version} is applied to days before {day}, on which it was not in force yet",
            "{day}之前{version}尚未施行，仍予适用",
        ),
        "before-any": Words(
            "no text is known for days before {day}; {version} is applied to them",
            "{day}之前无已知条文，适用{version}",
        ),
        "after-text": Words(
            "no text is known for days from {day} on; {version} is applied to them",
            "自{day}起无已知条文，仍适用{version}",
        ),
        "either-governs": Words(
            "which of them governs on {day} is not known, and what either gives is possible: "
            "{versions}",
            "{day}适用何者不明，各自的结果均属可能：{versions}",
        ),
        "in-doubt": Words(
            "{version} still governs; from {day} on that is not known",
            "{version}仍然有效；自{day}起这一点不明",
        ),
        "carried-over": Words(
            "these provisions of {id} are not available, and those of {version} stand in for "
            "them: {places}. {why}",
            "{id}的下列条款未能找到，以{version}的相应条款代之：{places}。{why}",
        ),
        "not-all-available": Words(
            "not all of {id} is available; duties and consequences that it may lay down "
            "otherwise are not listed",
            "{id}未能全部找到，其另行规定的义务和后果未列出",
        ),
        # What is due.
        "due-title": Words(
            "What is due from {day} to {until}, and what is overdue",
            "{day}至{until}届期的事项和已逾期的事项",
        ),
        "presumed-of": Words("{subjects}: {text}", "{subjects}：{text}"),
        "some": Words("{n} of {all}", "{all}个中的{n}个"),
        "due-unknown": Words(
            "{title}: {n} duties; --all lists them", "{title}：共{n}项，--all 列出全部"
        ),
        "nothing-due": Words("nothing", "无"),
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
_LABELS: Mapping[str, Words] = MappingProxyType(
    {
        "state": Words("State", "状态"),
        "supposing": Words("Supposing", "假定"),
        "possible": Words("Possible", "其他可能"),
        "as-chosen": Words("As chosen", "按所选理解"),
        "otherwise": Words("Read otherwise", "若作其他理解"),
        "spans": Words("Days not exact", "日期不确切"),
        "facts": Words("What follows for decisions", "由事件得出的事实"),
        "why-open": Words("Why not known", "不明的原因"),
        "under": Words("Under", "依据文件"),
        "terms": Words("Terms", "周期"),
        "term": Words("Term", "周期"),
        "from": Words("From", "起"),
        "until": Words("Last day", "最后一日"),
        "on-day": Words("On the day asked", "所询日"),
        "deadlines": Words("Deadlines", "期限"),
        "due": Words("Last day", "最后一日"),
        "duty": Words("What is to be done", "事项"),
        "whose": Words("By whom", "办理主体"),
        "became": Words("What became of it", "办理情况"),
        "bars": Words("Bars", "限制期"),
        "conflicts": Words(
            "Events without effect, as the text is read here", "依此理解不发生效力的事件"
        ),
        "next": Words("What may come next", "此后可能"),
        "steps": Words("How it came here", "经过"),
        "subject": Words("Subject", "对象"),
        "upcoming": Words("Due", "即将届期"),
        "overdue": Words("Overdue", "已逾期"),
        "unknown": Words("Not known whether it was done", "是否已履行不明"),
        "on": Words("day asked about", "所询日期"),
        "replay": Words("To check and repeat this answer", "复核信息"),
        "asked-version": Words("version asked for", "指定的版本"),
    }
)


def say(language: str, key: str, **parts: str) -> str:
    """Fill a sentence."""
    return _SENTENCES[key][language].format(**parts)


def head(language: str, key: str) -> str:
    """Return a heading or label."""
    return _LABELS[key][language]
