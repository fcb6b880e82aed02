"""What several reports say of a timeline, and its headings and labels."""

from collections.abc import Mapping
from types import MappingProxyType

from ipcity_policy.text.message import Message, say

SENTENCES: Mapping[str, Message] = MappingProxyType(
    {
        "met": say("met: {event}, {day}"),
        "met-late": say("met late: {event}, {day}; the {office} was late by {n}"),
        "met-late-nobody": say("met late: {event}, {day}; late by {n}"),
        "overdue": say("overdue: the {office} is late by {n}"),
        "overdue-nobody": say("overdue by {n}"),
        "may-be-met": say("met in time"),
        "may-be-met-late": say("met late"),
        "may-be-open": say("open"),
        "may-be-overdue": say("overdue"),
        "may-be-passed": say("not done, and its time is over"),
        "used": say("done: {event}, {day}"),
        "used-late": say("done after its time: {event}, {day}; {n} too late"),
        "may-be-used": say("done in time"),
        "may-be-used-late": say("done after its time"),
        "whether-used": say("not known whether it was done"),
        "whether-used-in-time": say("not known whether it was done, or in time"),
        "if-there": say("if this option exists, which is not certain: {text}"),
        "if-there-in": say(
            "if this option exists, which is not certain (only in the state {states}): {text}"
        ),
        "perhaps-there": say("{became}, if this option exists"),
        "no-option": say("{duty}: no such option"),
        "whether-done": say("not known whether it was done", context="whether-done"),
        "whether-in-time": say(
            "not known whether it was done, or in time", context="whether-in-time"
        ),
        "if-owed": say("if it is owed, which is not certain: {text}"),
        "if-owed-in": say(
            "if it is owed, which is not certain (only in the state {states}): {text}"
        ),
        "conflict": say(
            "“{event}”, {day}: as the text is read here, this had happened by then: {lapse}"
        ),
        "conflict-perhaps": say(
            "“{event}”, {day}: as the text is read here, this may have happened"
            " by then: {lapse}"
        ),
        "conflict-term": say(
            "“{event}”, {day}: as the text is read here, it changes no state before the "
            "last day of this: {term}"
        ),
        "conflict-perhaps-term": say(
            "“{event}”, {day}: as the text is read here, it may have come before the last "
            "day of this, and then changes no state: {term}"
        ),
        "perhaps-owed": say("{became}, if it is owed"),
        "not-asked": say("{duty}: no such duty"),
        "not-told-of": say(
            "{duty}: its time would run from “{event}”, which is not among the events that "
            "are stated"
        ),
        "not-asked-known": say(
            "{duty}: no such duty is known; not all of the text that counts then is available"
        ),
        "its-conflict": say(
            "“{event}” has no effect, because this had happened by then: {lapse}"
        ),
        "its-conflict-term": say(
            "“{event}” has no effect, because it is before the last day of this: {term}"
        ),
    }
)

#: The moments that a term has.
MOMENTS: Mapping[str, Message] = MappingProxyType(
    {
        "start": say("the start of the {term}"),
        "end": say("the end of the {term}"),
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
LABELS: Mapping[str, Message] = MappingProxyType(
    {
        "bars": say("Bars"),
        "status": say("Status"),
        "deadlines": say("Deadlines"),
        "due": say("Last day"),
        "from": say("From"),
        "on-day": say("On the day asked", context="on-day"),
        "terms": say("Terms"),
        "until": say("Last day"),
        "whose": say("By whom"),
        "as-chosen": say("As chosen"),
        "otherwise": say("In other readings"),
        "spans": say("Days not exact"),
        "why-open": say("Why not known"),
        "under": say("Under"),
        "term": say("Term"),
        "duty": say("What is to be done"),
        "conflicts": say("Events without effect, as the text is read here"),
        "next": say("What may come next"),
        "steps": say("How it reached this state"),
        "subject": say("Subject"),
        "upcoming": say("Due"),
        "overdue": say("Overdue"),
        "unknown": say("Not known whether it was done"),
    }
)
