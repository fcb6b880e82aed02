"""Which version was applied, why that one, and when it is in force."""

from datetime import date
from typing import assert_never

from ipcity_policy.lang.datatypes import ANY_DAY
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.model import Basis, InForce
from ipcity_policy.questions.verdict import ChosenBy, VersionChoice
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.text.message import Message, say, tell
from ipcity_policy.words.days import days_said
from ipcity_policy.words.sentences import basis_word


def choice_text(choice: VersionChoice, wording: Wording) -> str:
    """Say which version was applied, and why that one."""
    language = wording.language
    said = tell(
        language,
        _chosen_by(choice),
        version=tell(language, ", ").join(wording.version(id) for id in choice.versions),
        day=wording.day(choice.day) if choice.day else "",
        fact=tell(language, "the day asked about")
        if choice.fact is None
        else wording.label(choice.fact),
    )
    if choice.known:
        times = [
            f"{wording.called(id)} {in_force_text(one, None, language)}"
            for id, one in choice.known
        ]
        return tell(
            language,
            "{text}. The known versions are: {versions}",
            text=said,
            versions=tell(language, "; ").join(times),
        )
    if (
        choice.chosen_by is ChosenBy.IN_FORCE
        and choice.basis
        and choice.basis is not Basis.ATTESTED
    ):
        return tell(
            language,
            "{text}; the dates of its time in force are {basis}",
            text=said,
            basis=basis_word(choice.basis, language),
        )
    return said


def _chosen_by(choice: VersionChoice) -> Message:
    """Say why a version was applied, with places for it, the day and of what that is one."""
    match choice.chosen_by:
        case ChosenBy.ASKED:
            return say("{version}, as asked for")
        case ChosenBy.IN_FORCE:
            return say("{version}, in force on {day} ({fact})")
        case ChosenBy.IN_DOUBT:
            return say(
                "{version}, the last one known; whether it was still in force on "
                "{day} ({fact}) is not known"
            )
        case ChosenBy.START_IN_DOUBT:
            return say(
                "{version}; whether it was in force already on {day} ({fact}) is not known"
            )
        case ChosenBy.PARTLY if choice.day == ANY_DAY:
            return say(
                "{version}; {fact} is not known, and only some of the days that it "
                "may be lie in its time in force"
            )
        case ChosenBy.PARTLY:
            return say(
                "{version}; {day} ({fact}) is not known to the day, and only a part"
                " of it lies in its time in force"
            )
        case ChosenBy.SEVERAL if choice.day == ANY_DAY:
            return say("{fact} is not known, and each of these may govern: {version}")
        case ChosenBy.SEVERAL if choice.day is not None and choice.day.interval.known:
            return say(
                "on {day} ({fact}) each of these may govern, because the day on which one "
                "replaced another is not known: {version}"
            )
        case ChosenBy.SEVERAL:
            return say(
                "{day} ({fact}) is not known to the day, and each of these may govern: "
                "{version}"
            )
        case ChosenBy.NONE:
            return say("none: no version that is known was in force on {day} ({fact})")
        case ChosenBy.SILENT:
            return say(
                "{version} was in force on {day} ({fact}) and does not answer this question"
            )
        case _:
            assert_never(choice.chosen_by)


def in_force_text(in_force: InForce | None, amends: str | None, language: str) -> str:
    """Say from when to when a version governs."""
    if in_force is None:
        return tell(
            language,
            "a draft that amends {version}; it is never in force",
            version=amends or "",
        )

    def day(end: date) -> str:
        return days_said(Dates(end, end), language)

    if in_force.until is not None and in_force.doubtful_from is not None:
        until = tell(
            language,
            "; from {day} on it is not known whether it still governs, and from"
            " {until} on it does not",
            day=day(in_force.doubtful_from),
            until=day(in_force.until),
        )
    elif in_force.until is not None:
        until = tell(
            language, " until {day} (that day no longer counted)", day=day(in_force.until)
        )
    elif in_force.doubtful_from is not None:
        until = tell(
            language,
            "; from {day} on it is not known whether it still governs",
            day=day(in_force.doubtful_from),
        )
    else:
        until = tell(language, " and still")
    since, sure = day(in_force.since), in_force.surely_from
    if sure is None:
        since = tell(language, "a day that is not known, {since} at the earliest", since=since)
    elif sure != in_force.since:
        since = tell(
            language,
            "a day that is not known, {since} at the earliest and {sure} at the latest",
            since=since,
            sure=day(sure),
        )
    return tell(language, "in force from {since}{until}", since=since, until=until)
