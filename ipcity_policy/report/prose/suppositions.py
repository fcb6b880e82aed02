"""What is said of an answer that depends on a text which is only assumed."""

from collections.abc import Iterable

from ipcity_policy.engines.lifecycle.position import SupposedPosition
from ipcity_policy.law.model import Vocabulary
from ipcity_policy.law.program import Gap, Program
from ipcity_policy.questions.verdict import Supposed
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.text.message import tell

Gaps = tuple[tuple[Program, Gap], ...]


def gaps_of(supposed: Supposed) -> Gaps:
    """Return the provisions that a supposed answer takes for granted."""
    return tuple((one.program, one.gap) for one in supposed.lacks if one.gap is not None)


def gaps_over_time(supposed: SupposedPosition) -> Gaps:
    """Return the provisions that a supposed course of events takes for granted."""
    versions = supposed.position.versions
    return tuple((versions[version], gap) for version, gap in supposed.gaps)


def wanting(gaps: Gaps, vocabulary: Vocabulary, language: str) -> str:
    """Name the provisions whose text is not available, each with its version."""
    found = dict.fromkeys(_cited(program, gap, vocabulary, language) for program, gap in gaps)
    return tell(language, "; ").join(found)


def supposing(gaps: Gaps, answer: str, language: str) -> str:
    """Say what is supposed of them, and what is given then."""
    others = dict.fromkeys(
        _called(program, gap.instead, language)
        for program, gap in gaps
        if gap.instead is not None
    )
    if not others:
        return tell(language, "that what is put in its place is right: {answer}", answer=answer)
    versions = tell(language, " and ").join(others)
    return tell(
        language, "that it says what {version} says: {answer}", version=versions, answer=answer
    )


def supposing_both(gaps: Gaps, answers: str, language: str) -> str:
    """Say what is supposed of two versions, and what they answer then, in one line."""
    others = dict.fromkeys(
        (_called(program, program.id, language), _called(program, gap.instead, language))
        for program, gap in gaps
        if gap.instead
    )
    said = [
        tell(language, "{version} says what {other} says", version=one, other=other)
        for one, other in others
    ]
    if not said:
        own = dict.fromkeys(_called(program, program.id, language) for program, _ in gaps)
        said = [
            tell(
                language, "what {version} has in place of a missing text is right", version=one
            )
            for one in own
        ]
    what = tell(language, " and ").join(said)
    return tell(language, "supposing that {what}: {answers}", what=what, answers=answers)


def provisions(gaps: Iterable[tuple[Program, Gap]]) -> list[dict[str, str | None]]:
    """Return them for machines, each once."""
    found: dict[tuple[str, str], str | None] = {}
    for program, gap in gaps:
        key = (program.id, gap.provision)
        found[key] = found.get(key) or gap.instead
    return [
        {"version": version, "provision": provision, "instead": instead}
        for (version, provision), instead in found.items()
    ]


def _cited(program: Program, gap: Gap, vocabulary: Vocabulary, language: str) -> str:
    wording = Wording(vocabulary, language, program)
    # Without a link: the places of the report may be those of another version.
    cite = str(wording.cite(gap.provision))
    return tell(language, "{cite} of {version}", cite=cite, version=wording.called(program.id))


def _called(program: Program, version: str, language: str) -> str:
    return program.vocabulary.version(version, language)
