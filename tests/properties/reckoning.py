"""A second reckoning of the measures of 2016: what they say, once more, in plain Python.

It is written from the English text and from what is known of the law, by somebody who did not
look at the rule files, and it shares no line with the program. Facts are exact, or a range of
days, or absent; truth has three values (`True`, `False`, `None` for unknown), joined as Kleene
joined them; an answer is the set of outcomes that are not excluded.

Where the text leaves something open, this reckoning takes what follows; beside it stands the
reading of the program that takes the same, where that is not the program's own choice (see
`READINGS`).

- Art. 5(v), 18(iv), 18(vi): a share is not rounded, a shared place counts as it is.
- Art. 6(i): a plan for three years covers exactly three years. The plan is agreed to before it
  is reported, or on the same day; the experts deliberate before the filing, or on that day.
- Art. 9, 23: funds are arranged when they are more than nothing.
- Art. 14: 60 belongs to the middle band ("below 60" leaves it out), 70 to the upper one.
- Art. 14, 29: the title is lost with the result; no other act is named.
- Art. 16, 29: a new round begins with its plan (Art. 16 says so); after a re-examination, with
  its result, because no time is set for the plan.
- Art. 15 to 17: a stage is entered by the issue of its plan, so that a city that issued one, or
  whose record was completed, has not failed to do the record work. What was done before the
  six months began was not done too late. Where the province held no acceptance within its four
  months, a city does not leave the list.
- Art. 17, 27: the bar is reckoned from the last day of the time for acting.
- Art. 18(i), (viii): a time is full on the day of the same date.
- Art. 18(ii): who has no districts is not asked about them.
- Art. 18(viii), 32(i): "or" there, "and" here, as the English has them.
- Art. 28(i): items (ii) to (vi), (viii) and (ix), as they stand when the re-examination ends.
- Art. 31, 32: the text states no time for the fraud, nor for a ground: whenever it was.
- Art. 31 before 32: a title that is cancelled cannot be removed as well.
- Art. 12, 26: a report on 31 January is in time; it is owed while a term runs.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from dateutil.relativedelta import relativedelta

#: The options to be chosen of the program, so that it reads as this reckoning does.
READINGS: dict[str, str] = {
    # Art. 31: no time is stated.
    "time-of-the-fraud": "any-time",
    # Art. 32: no time is stated.
    "time-of-a-ground": "any-time",
}

Truth: TypeAlias = bool | None
Facts: TypeAlias = Mapping[str, Any]
#: The first and the last day on which something may have been.
Days: TypeAlias = tuple[date, date]


def both(*parts: Truth) -> Truth:
    """Join by "and"."""
    return False if False in parts else None if None in parts else True


def either(*parts: Truth) -> Truth:
    """Join by "or"."""
    return True if True in parts else None if None in parts else False


def no(part: Truth) -> Truth:
    """Turn round."""
    return None if part is None else not part


def is_of(found: str | None, wanted: Iterable[str]) -> Truth:
    """Say whether a choice is one of some."""
    return None if found is None else found in wanted


def at_least(found: Decimal | int | None, least: int) -> Truth:
    """Say whether a number reaches another."""
    return None if found is None else found >= least


def more_than_nothing(found: Decimal | int | None) -> Truth:
    """Say whether there is something of it."""
    return None if found is None else found > 0


def not_after(first: Days | None, second: Days | None) -> Truth:
    """Say whether one day comes no later than another."""
    if first is None or second is None:
        return None
    return True if first[1] <= second[0] else False if first[0] > second[1] else None


def full(start: Days | None, end: Days | None, months: int) -> Truth:
    """Say whether so many months lie between two days."""
    if start is None or end is None:
        return None
    low, high = (one + relativedelta(months=months) for one in start)
    return True if high <= end[0] else False if low > end[1] else None


def within_the_top(place: tuple[int | None, int | None] | None, percent: int) -> Truth:
    """Say whether a place lies within the top so many in a hundred."""
    if place is None:
        return None
    rank, size = place
    if rank is not None and size is not None:
        return 100 * rank <= percent * size
    if size is not None and percent * size < 100:
        return False  # not even the first would
    return None


def behind_all_others(place: tuple[int | None, int | None] | None) -> Truth:
    """Say whether a place is the last, behind at least one other."""
    if place is None:
        return None
    rank, size = place
    if rank == 1 or size == 1:
        return False  # the first is not the last, and one alone stands behind nobody
    if rank is None or size is None:
        return None
    return rank == size


def outcomes(holds: Truth, yes: str, otherwise: str) -> frozenset[str]:
    """Return what is possible where there are two outcomes."""
    return frozenset(
        {yes} if holds is True else {otherwise} if holds is False else {yes, otherwise}
    )


def stated(facts: Facts, *names: str) -> Truth:
    """Join facts that are each yes or no by "and"."""
    return both(*(facts.get(name) for name in names))


# Article 3


#: Cities under separate planning, sub-provincial cities, cities of the prefecture level, and
#: districts of the municipalities.
MAY_APPLY = frozenset(
    {
        "separate-planning-city",
        "sub-provincial-city",
        "prefecture-level-city",
        "municipal-district",
    }
)


def named_by_article_3(facts: Facts) -> Truth:
    """Say whether Article 3 names units of this type."""
    return is_of(facts.get("type"), MAY_APPLY)


def applicant(facts: Facts) -> frozenset[str]:
    """Article 3."""
    return outcomes(named_by_article_3(facts), "eligible", "not-eligible")


# Appendix 1, of which only a list of an earlier year is known


def status_table(facts: Facts) -> frozenset[str] | None:
    """Appendix 1: what is absent, or known in part, is a gap of the table, and no unknown.

    Whether a place fills the table that is known without the number of cities is left open: the
    text is not available, and the older list asks for the place.
    """
    place, cases = facts.get("provincial-enforcement-rank"), facts.get("infringement-cases")
    asked = (
        "ip-office-exists",
        "office-staff",
        "enforcement-staff",
        "ip-budget-share",
        "inventions-per-10000",
    )
    if any(facts.get(name) is None for name in asked) or cases is None or place is None:
        return frozenset({"gaps"})
    place = (1, 1) if place == (None, 1) else place  # who is alone is the first
    if None in cases.values() or place[0] is None:
        return frozenset({"gaps"})
    return None if place[1] is None else frozenset({"filled"})


# Articles 5 and 6


def pilot_application(facts: Facts) -> frozenset[str]:
    """Article 5, with Article 3 and the bars of Articles 14 and 17."""
    holds = both(
        named_by_article_3(facts),
        no(facts.get("barred-from-pilot-application")),  # Art. 14, 17
        stated(facts, "city-leadership"),  # 5(i)
        stated(facts, "administration-level"),  # 5(ii)
        stated(facts, "patent-quality-work", "patent-quality-results"),  # 5(iii)
        stated(facts, "ip-operation", "ip-operation-results"),  # 5(iv)
        within_the_top(facts.get("provincial-enforcement-rank"), 50),  # 5(v)
    )
    return outcomes(holds, "may-apply", "may-not-apply")


def pilot_procedure(facts: Facts) -> frozenset[str]:
    """Article 6(i) to (iii), first sentence."""
    span = facts.get("pilot-plan-span")
    holds = both(
        stated(facts, "featured-themes"),  # 6(i)
        None if span is None else span == 36,  # 6(i): a three-year period
        not_after(facts.get("plan-approval-date"), facts.get("plan-report-date")),  # 6(i)
        stated(facts, "investigation-held", "recommended"),  # 6(ii)
        not_after(facts.get("deliberation-date"), facts.get("filing-date")),  # 6(ii)
        stated(facts, "plan-guided"),  # 6(ii)
        is_of(facts.get("filed-by"), ["province"]),  # 6(iii)
    )
    return outcomes(holds, "followed", "not-followed")


#: Art. 6(iii): two letters, the plan, Appendix 1, and proof for each of Art. 5(i) to (v).
PILOT_PAPERS = (
    "recommendation-letter",
    "application-letter",
    "pilot-work-plan",
    "basic-status-table",
    "proof-of-leadership",
    "proof-of-administration",
    "proof-of-patent-quality",
    "proof-of-operation",
    "proof-of-enforcement",
)


def pilot_documents(facts: Facts) -> frozenset[str]:
    """Article 6(iii), second sentence."""
    return outcomes(stated(facts, *PILOT_PAPERS), "complete", "incomplete")


# Articles 9, 13 and 14


def pilot_administration(facts: Facts) -> frozenset[str]:
    """Article 9."""
    holds = both(
        stated(facts, "responsible-department", "contact-person", "assessed-this-year"),
        more_than_nothing(facts.get("support-fund")),
    )
    return outcomes(holds, "as-asked", "wanting")


#: Art. 13: the situation, the results, the summarizing materials of the city.
ACCEPTANCE_PAPERS = ("acceptance-report", "acceptance-results", "city-summary")


def acceptance_documents(facts: Facts) -> frozenset[str]:
    """Article 13."""
    return outcomes(stated(facts, *ACCEPTANCE_PAPERS), "complete", "incomplete")


def band(score: Decimal | int) -> str:
    """Article 14."""
    if score < 60:
        return "title-withdrawn"
    return "next-pilot-round" if score < 70 else "fostering-stage"


def acceptance(facts: Facts) -> frozenset[str]:
    """Article 14."""
    score = facts.get("acceptance-score")
    if score is None:
        return frozenset({"title-withdrawn", "next-pilot-round", "fostering-stage"})
    return frozenset({band(score)})


# Articles 18 and 19


def some_case(facts: Facts, *descriptions: str) -> Truth:
    """Say whether there was a case that fits one of the descriptions."""
    cases = facts.get("infringement-cases")
    return None if cases is None else either(*(cases[one] for one in descriptions))


def clean(facts: Facts, until: Days | None) -> Truth:
    """Article 18(viii): neither major cases nor many abnormal applications in two years."""
    cases = some_case(facts, "major-of-a-kind", "major-of-all-kinds")
    abnormal = facts.get("abnormal-applications")
    return both(
        either(no(cases), full(facts.get("last-major-case-date"), until, 24)),
        either(no(abnormal), full(facts.get("last-abnormal-date"), until, 24)),
    )


def districts_assess(facts: Facts, name: str) -> Truth:
    """Article 18(ii), second half, of a unit that has districts and counties.

    A municipal district has none below it, and neither has a county-level city.
    """
    without = is_of(facts.get("type"), ["municipal-district", "county-level-city"])
    return either(without, facts.get(name))


def often_excellent(facts: Facts, applied: Days | None) -> Truth:
    """Article 18(vii): at least twice in the three years before that of the application."""
    grades = facts.get("annual-grades")
    if grades is None or applied is None:
        return None
    answers = set()
    for year in range(applied[0].year, applied[1].year + 1):
        recent = [grades.get(one) for one in range(year - 3, year)]
        surely = recent.count("excellent")
        perhaps = surely + recent.count(None)
        answers.add(True if surely >= 2 else False if perhaps < 2 else None)
    return answers.pop() if len(answers) == 1 else None


def model_application(facts: Facts) -> frozenset[str]:
    """Article 18, with Article 3 and the bars of Articles 27 and 29."""
    applied = facts.get("model-application-date")
    holds = both(
        named_by_article_3(facts),
        no(facts.get("barred-from-model-application")),  # Art. 27, 29
        full(facts.get("fostering-start"), applied, 12),  # 18(i)
        stated(facts, "fostering-performance", "government-priority"),  # 18(i), (ii)
        districts_assess(facts, "district-assessment"),  # 18(ii)
        stated(facts, "leading-management"),  # 18(iii)
        within_the_top(facts.get("enforcement-rank"), 30),  # 18(iv)
        stated(facts, "patent-policy", "patent-quality-progress"),  # 18(v)
        stated(facts, "systematic-operation"),  # 18(vi)
        within_the_top(facts.get("pledge-rank"), 30),  # 18(vi)
        often_excellent(facts, applied),  # 18(vii)
        clean(facts, applied),  # 18(viii)
        at_least(facts.get("objective-score"), 60),  # 18(ix)
        at_least(facts.get("converted-total"), 80),  # 18(ix)
    )
    return outcomes(holds, "may-apply", "may-not-apply")


def model_call(facts: Facts) -> frozenset[str]:
    """Article 19(i), first sentence."""
    return outcomes(stated(facts, "call-issued", "monitoring-supported"), "done", "not-done")


def model_procedure(facts: Facts) -> frozenset[str]:
    """Article 19(i), second sentence, (ii), and (iii), first sentence."""
    holds = both(
        # 19(i): as the call says; where the national office issued none, there is nothing to
        # guide by, and the city's procedure does not fail for it.
        either(stated(facts, "guided-by-call"), no(stated(facts, "call-issued"))),
        stated(facts, "scored-by-province", "ranked-by-province"),  # 19(ii)
        stated(facts, "recommended-as-model"),  # 19(ii)
        is_of(facts.get("model-filed-by"), ["province"]),  # 19(iii)
    )
    return outcomes(holds, "followed", "not-followed")


#: Art. 19(iii): two letters, Appendix 1, the scores, and proof for each of Art. 18(i) to (ix).
MODEL_PAPERS = (
    "model-recommendation-letter",
    "model-application-letter",
    "model-status-table",
    "scores-by-province",
    "proof-of-fostering",
    "proof-of-priority",
    "proof-of-management",
    "proof-of-evaluation",
    "proof-of-patent-policy",
    "proof-of-pledges",
    "proof-of-grades",
    "proof-of-clean-record",
    "proof-of-scores",
)


def model_documents(facts: Facts) -> frozenset[str]:
    """Article 19(iii), second sentence."""
    return outcomes(stated(facts, *MODEL_PAPERS), "complete", "incomplete")


# Articles 23 and 28


def model_administration(facts: Facts) -> frozenset[str]:
    """Article 23."""
    holds = both(
        stated(facts, "examined-this-year", "strength-monitored", "preference-given"),
        at_least(facts.get("conferences-held"), 1),
        more_than_nothing(facts.get("model-support-fund")),
    )
    return outcomes(holds, "as-asked", "wanting")


def re_examination(facts: Facts) -> frozenset[str]:
    """Articles 28 and 29."""
    holds = both(
        stated(facts, "current-government-priority"),  # 28(i), 18(ii)
        districts_assess(facts, "current-district-assessment"),  # 28(i), 18(ii)
        stated(facts, "current-leading-management"),  # 28(i), 18(iii)
        within_the_top(facts.get("current-enforcement-rank"), 30),  # 28(i), 18(iv)
        stated(facts, "current-patent-policy"),  # 28(i), 18(v)
        stated(facts, "patent-quality-progress"),  # 28(i), 18(v)
        stated(facts, "current-systematic-operation"),  # 28(i), 18(vi)
        within_the_top(facts.get("current-pledge-rank"), 30),  # 28(i), 18(vi)
        clean(facts, facts.get("re-examination-date")),  # 28(i), 18(viii)
        at_least(facts.get("current-objective-score"), 60),  # 28(i), 18(ix)
        at_least(facts.get("current-converted-total"), 80),  # 28(i), 18(ix)
        stated(facts, "term-performance"),  # 28(ii)
    )
    return outcomes(holds, "title-kept", "title-lost")


# Articles 31 and 32


def application_standing(facts: Facts) -> frozenset[str]:
    """Article 31, first half."""
    verified = facts.get("improper-means")
    return outcomes(verified, "application-disqualified", "application-stands")


def title_standing(facts: Facts) -> frozenset[str]:
    """Article 31, second half, and Article 32."""
    held = is_of(facts.get("title-held"), ["pilot", "model"])
    fraud = facts.get("improper-means")
    cancelled = both(held, fraud)  # 31
    harmful = both(  # 32, first circumstance
        either(some_case(facts, "of-all-kinds"), facts.get("abnormal-applications")),
        facts.get("nationwide-harm"),
        no(facts.get("effective-measures")),
    )
    unqualified = is_of(facts.get("enforcement-result"), ["unqualified"])  # the second
    twice_last = both(  # the third
        behind_all_others(facts.get("category-rank")),
        behind_all_others(facts.get("earlier-category-rank")),
        facts.get("category-unchanged"),
    )
    removed = both(held, either(harmful, unqualified, twice_last), no(fraud))
    nothing = no(either(cancelled, removed))  # what is otherwise: when all others are false
    answers = {
        "title-cancelled": cancelled,
        "title-removed": removed,
        "nothing-lost": nothing,
    }
    return frozenset(name for name, holds in answers.items() if holds is not False)


#: What each decision gives; None where this reckoning leaves it open.
DECISIONS: dict[str, Callable[[Facts], frozenset[str] | None]] = {
    "applicant": applicant,
    "status-table": status_table,
    "pilot-application": pilot_application,
    "pilot-procedure": pilot_procedure,
    "pilot-documents": pilot_documents,
    "pilot-administration": pilot_administration,
    "acceptance-documents": acceptance_documents,
    "acceptance": acceptance,
    "model-application": model_application,
    "model-call": model_call,
    "model-procedure": model_procedure,
    "model-documents": model_documents,
    "model-administration": model_administration,
    "re-examination": re_examination,
    "application-standing": application_standing,
    "title-standing": title_standing,
}
