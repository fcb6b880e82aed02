"""What other readings would give: each is tried, alone and with others."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product

from ipcity_policy.engines.interpreter.bar_ends import Calendars, no_calendar
from ipcity_policy.engines.interpreter.decision import gives
from ipcity_policy.engines.interpreter.explanation import AlternativeAnswer, Answer, Testimony
from ipcity_policy.lang.values import Value
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Reading
from ipcity_policy.law.program import Program
from ipcity_policy.law.ref import Ref
from ipcity_policy.questions.choices import Choices
from ipcity_policy.questions.verdict import Combination, Dependence
from ipcity_policy.text.diagnostic import Diagnostic, Result

#: How many combinations of readings are tried in full; past it, only pairs are.
MAX_COMBINATIONS = 64


@dataclass(frozen=True)
class Trial:
    """Tries readings on one Program: each option is a patch, so that no engine knows it."""

    library: Library
    ref: Ref
    written: Program
    choices: Choices
    #: Tells what is known of the subject under a version as it is read, and what an event
    #: tells of the decision.
    known: Callable[[Program], tuple[Mapping[str, Value], Testimony | None]]
    decision: str
    strict: bool
    #: The readings that touch the decision.
    readings: tuple[Reading, ...]
    #: Whether it rests on what follows from events, which other readings touch.
    of_time: bool = False
    #: Which days are rest days, by which the ends of bars may give way.
    rest: Calendars = no_calendar
    #: What each set of options was found to give, as each is asked for more than once.
    _tried: dict[frozenset[tuple[str, str]], AlternativeAnswer | None] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def reaching(self) -> tuple[Reading, ...]:
        """Return the readings that touch the decision, and what of events it rests on."""
        found = self._touching()
        chosen = self.chosen_program()
        if self.of_time and chosen is not None:
            found |= {reading.id: reading for reading in chosen.readings_of_time()}
        elif chosen is not None and chosen.decisions[self.decision].bars:
            found |= {reading.id: reading for reading in chosen.readings_of_counting()}
        return tuple(r for r in self.written.readings.values() if r.id in found)

    def _touching(self) -> dict[str, Reading]:
        """Return the readings that touch the decision, as chosen or as options read it."""
        found: dict[str, Reading] = {}
        chosen = self.chosen_program()
        todo = [chosen] if chosen is not None else []
        while todo:
            for reading in todo.pop().readings_of(self.decision):
                if reading.id in found:
                    continue
                found[reading.id] = reading
                for option in reading.options:
                    read = self._program({**self.choices.options, reading.id: option}).value
                    todo += [read] if read is not None else []
        return found

    def chosen_program(self) -> Program | None:
        """Return the Program as the question chooses; None where that does not hold."""
        return self._program(self.choices.options).value

    def faults(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong with what the question chooses."""
        return self._program(self.choices.options).diagnostics

    def untried(self) -> tuple[str, ...]:
        """Return the options, as `reading=option`, that do not hold with what is chosen."""
        return tuple(
            f"{reading.id}={option}"
            for reading in self.readings
            for option in self._others(reading)
            if self._given({reading.id: option}) is None
        )

    def _program(self, options: Mapping[str, str]) -> Result[Program]:
        patches = self.choices.patches(self.written, options)
        return self.library.program(self.ref, patches) if patches else Result(self.written)

    def _given(self, options: Mapping[str, str]) -> AlternativeAnswer | None:
        """Return what some options give; None where they do not hold together."""
        key = frozenset(options.items())
        if key not in self._tried:
            self._tried[key] = self._try(options)
        return self._tried[key]

    def _try(self, options: Mapping[str, str]) -> AlternativeAnswer | None:
        program = self._program({**self.choices.options, **options}).value
        if program is None:
            return None
        values, testimony = self.known(program)
        return gives(
            program,
            values,
            self.decision,
            strict=self.strict,
            testimony=testimony,
            rest=self.rest,
        )

    def dependences(self, base: Answer) -> Iterator[Dependence]:
        """Yield the readings of which another option alone changes the answer."""
        same = AlternativeAnswer(base.outcome, base.possible, base.effects)
        for reading in self.readings:
            others = {
                option: given
                for option in self._others(reading)
                if (given := self._given({reading.id: option})) is not None
            }
            if any(given != same for given in others.values()):
                answers = {(given.outcome, given.possible) for given in others.values()}
                effects_only = answers == {(same.outcome, same.possible)}
                yield Dependence(reading, self._now(reading), others, effects_only)

    def combined(self, base: Answer) -> tuple[tuple[Combination, ...], bool]:
        """Return the smallest sets of options that only together change the answer.

        Readings of what follows from events, and of how the time of a bar is counted, are tried
        alone: there are too many of them.
        """
        direct = self._touching() if self.readings else {}
        readings = tuple(one for one in self.readings if one.id in direct)
        total = 1
        for reading in readings:
            total *= len(reading.options)
        sizes = range(2, len(readings) + 1) if total <= MAX_COMBINATIONS else range(2, 3)
        same = AlternativeAnswer(base.outcome, base.possible, base.effects)
        changing: list[set[tuple[str, str]]] = [
            {(reading.id, option)}
            for reading in readings
            for option in self._others(reading)
            if self._given({reading.id: option}) not in (same, None)
        ]
        found: list[Combination] = []
        for size in sizes:
            for group in combinations(readings, size):
                for options in product(*(self._others(reading) for reading in group)):
                    switched = {r.id: o for r, o in zip(group, options, strict=True)}
                    if any(smaller <= switched.items() for smaller in changing):
                        continue
                    given = self._given(switched)
                    if given is not None and given != same:
                        changing.append(set(switched.items()))
                        found.append(Combination(switched, given))
        return tuple(found), total <= MAX_COMBINATIONS

    def _now(self, reading: Reading) -> str:
        return self.choices.options.get(reading.id, reading.default)

    def _others(self, reading: Reading) -> tuple[str, ...]:
        return tuple(option for option in reading.options if option != self._now(reading))
