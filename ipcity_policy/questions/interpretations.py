"""What interpretations decide: which reading they take in which way, and where they differ."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ipcity_policy.law.interpretation import Interpretation, unfit
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Reading
from ipcity_policy.law.program import Program
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.fixes import nearest
from ipcity_policy.text.message import listed, say


@dataclass(frozen=True, slots=True)
class Adopted:
    """A reading that an interpretation decides."""

    reading: Reading
    #: The option that the office has adopted.
    option: str
    #: The option that the question chose for itself, where that is another.
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Adoption:
    """An interpretation that is followed, with the readings that it decides."""

    interpretation: Interpretation
    adopted: tuple[Adopted, ...]


class Read(Protocol):
    """An answer that was given with some options instead of the defaults."""

    @property
    def chosen(self) -> Mapping[str, str]:
        """The options that the question chose for itself."""

    @property
    def adoptions(self) -> tuple[Adoption, ...]:
        """The interpretations that decide a reading of it."""


def chosen_option(answer: Read, reading: Reading) -> str:
    """Return the option under which an answer reads a doubtful place.

    What the question chose goes before what an office adopted, and that before the default.

    >>> from types import SimpleNamespace
    >>> from tests.boxes import law
    >>> chosen = {}, {"first-day": "counted"}
    >>> answers = [SimpleNamespace(chosen=one, adoptions=()) for one in chosen]
    >>> [chosen_option(answer, law().readings["first-day"]) for answer in answers]
    ['not-counted', 'counted']
    """
    options = {
        one.reading.id: one.option for adoption in answer.adoptions for one in adoption.adopted
    }
    return answer.chosen.get(reading.id, options.get(reading.id, reading.default))


def adopted(followed: Iterable[Interpretation], program: Program) -> dict[str, str]:
    """Return the options under which a version is read by some interpretations, by reading.

    >>> from tests.boxes import law, notice
    >>> adopted([notice()], law("1")), adopted([notice()], law("2"))
    ({'first-day': 'counted'}, {})
    """
    options: dict[str, str] = {}
    for one in followed:
        options |= one.options_in(program)
    return options


def adoption_of(
    followed: Interpretation,
    programs: Iterable[Program],
    bearing: Collection[str],
    chosen: Mapping[str, str],
) -> Adoption:
    """Return what an interpretation decides of the readings that bear on a question.

    >>> from tests.boxes import law, notice
    >>> found = adoption_of(notice(), [law()], {"first-day"}, {"first-day": "not-counted"})
    >>> [(one.reading.id, one.option, one.instead) for one in found.adopted]
    [('first-day', 'counted', 'not-counted')]
    """
    found: dict[str, Adopted] = {}
    for program in programs:
        for name, option in followed.options_in(program).items():
            if name in bearing:
                own = chosen.get(name, option)
                instead = own if own != option else None
                found.setdefault(name, Adopted(program.readings[name], option, instead))
    return Adoption(followed, tuple(found.values()))


def misfitting(
    library: Library,
    followed: Interpretation,
    programs: Mapping[str, Program],
    *,
    every: bool = False,
) -> Iterator[Diagnostic]:
    """Report versions, readings and options that an interpretation names and are not there.

    `programs` are versions at hand, by name; others are looked at only where they may tell,
    or where `every` one is to be looked at.

    >>> from dataclasses import replace
    >>> from tests.boxes import law, library, notice
    >>> places = {**notice().places, "small/3": notice().places["small/1"]}
    >>> other = replace(notice(), versions=("small/1", "small/3"), places=places)
    >>> [str(one.message) for one in misfitting(library(), other, {law().id: law()})]
    ['there is no version `small/3`']
    """
    known = [name for name in library.names() if name.startswith(f"{followed.measure}/")]
    others: dict[str, Program] = {}
    for name in followed.versions:
        if name not in known:
            at = followed.places[name]
            near, fix = nearest(name, known, at)
            message = say("there is no version `{text}`", text=name)
            help = near or say("known names: {names}", names=listed(known))
            yield diagnose("M101", message, at, help=help, fix=fix)
    found = tuple(unfit(followed, programs))
    if found or every:
        refs = [library.find(name) for name in followed.versions if name not in programs]
        for ref in refs:
            program = library.program(ref).value if ref is not None else None
            if program is not None:
                others[program.id] = program
        found = tuple(unfit(followed, {**programs, **others}))
    yield from found


def contradictory(
    followed: Sequence[Interpretation], programs: Iterable[Program], chosen: Collection[str]
) -> Iterator[Diagnostic]:
    """Report each reading that two interpretations take in two ways, where no choice decides.

    >>> from dataclasses import replace
    >>> from tests.boxes import law, notice
    >>> letter = replace(notice(), id="letter", options={"first-day": "not-counted"})
    >>> [str(one.message) for one in contradictory([letter, notice()], [law()], ())]
    ['`notice` reads `first-day` as `counted`, and `letter` as `not-counted`']
    """
    reported: set[str] = set()
    for program in programs:
        taken: dict[str, tuple[str, Interpretation]] = {}
        for one in followed:
            for name, option in one.options_in(program).items():
                before, other = taken.setdefault(name, (option, one))
                if before == option or name in chosen or name in reported:
                    continue
                reported.add(name)
                yield diagnose(
                    "M160",
                    say(
                        "`{one}` reads `{reading}` as `{option}`, and `{other}` as `{before}`",
                        one=one.id,
                        reading=name,
                        option=option,
                        other=other.id,
                        before=before,
                    ),
                    one.places[f"{name}={option}"],
                    help=say(
                        "follow one of them, or say which option holds with "
                        "`--reading {reading}={option}`",
                        reading=name,
                        option=option,
                    ),
                )
