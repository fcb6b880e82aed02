"""An indicator system as a reader sees it: its table, and what of it is not known."""

from collections.abc import Iterator
from decimal import Decimal

from ipcity_policy.lang.literals import number_text
from ipcity_policy.law.indicators import Indicator, IndicatorBlock, System
from ipcity_policy.law.model import Localized, Origin
from ipcity_policy.report.block import Block, Heading, Paragraph, Table
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.text.message import say, tell
from ipcity_policy.words.sentences import basis_word


def system_blocks(system: System, wording: Wording, level: int) -> Iterator[Block]:
    """Yield the table of an indicator system, its heading at a level."""
    yield from _System(system, wording).blocks(level)


def system_text(system: System | None, other: System | None, wording: Wording) -> str:
    """Say in one line what a table has that another has not so."""
    mine, theirs = (
        {} if one is None else dict(_System(one, wording).said()) for one in (system, other)
    )
    said = (text for place, text in mine.items() if theirs.get(place) != text)
    return tell(wording.language, "; ").join(said)


class _System:
    def __init__(self, system: System, wording: Wording) -> None:
        self.system, self.wording = system, wording

    def blocks(self, level: int) -> Iterator[Block]:
        """Yield the table, and what is to be known of it."""
        system, language = self.system, self.wording.language
        title = system.title[language]
        heading = tell(
            language,
            "Indicators: {title}, {points}",
            title=title,
            points=self._points(system.points),
        )
        yield Heading(heading, level, f"indicators.{system.id}")
        header = (
            tell(language, "no."),
            tell(language, "indicator"),
            tell(language, "points"),
            tell(language, "score"),
        )
        if system.blocks:
            yield Table(header, tuple(self._rows()))
        if system.parts:
            yield Table(
                (tell(language, "part"), tell(language, "weight")),
                tuple(self._parts()),
            )
        if system.blocks and not self._any_method():
            yield Paragraph(
                tell(
                    language,
                    "How a score follows from what is measured is not known for any indicator.",
                )
            )
        if system.given is not None:
            yield Paragraph(
                tell(
                    language,
                    "While the scores leave it open, the total is what is stated as the"
                    " {fact}.",
                    fact=self.wording.label(system.given),
                )
            )
        for note in (system.note, *(block.note for block in system.blocks)):
            if note is not None:
                yield Paragraph(tell(language, "Note: {note}", note=note[language]))

    def _score(self, fact: str) -> str:
        """Name the fact that holds a score, as readers and as sheets know it."""
        label = self.wording.label(fact)
        return tell(self.wording.language, "{label} ({id})", label=label, id=fact)

    def said(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield each place of the table with what stands there."""
        system = self.system
        yield (), self._holds(system.title, self._points(system.points))
        for block in system.blocks:
            yield (block.id,), self._holds(block.title, self._points(block.points))
            for row in block.indicators:
                yield (block.id, row.fact), self._holds(row.title, self._points(row.points))
            if block.further:
                yield (
                    (block.id, ""),
                    self._holds(
                        block.title,
                        tell(self.wording.language, "further indicators, not known"),
                    ),
                )
        for part, weight in self._parts():
            yield (
                ("", part),
                tell(self.wording.language, "{title}: {points}", title=part, points=weight),
            )
        if system.further:
            yield ("",), tell(self.wording.language, "further blocks, not known")
        if system.given is not None:
            yield ("", ""), self.wording.label(system.given)

    def _holds(self, title: Localized, points: str) -> str:
        return tell(
            self.wording.language,
            "{title}: {points}",
            title=title[self.wording.language],
            points=points,
        )

    def _any_method(self) -> bool:
        return any(row.method is not None for row in self.system.indicators())

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for block in self.system.blocks:
            about = self._basis(block.origin, self.system.origin)
            yield ("", self._about(block, about), self._points(block.points), block.id)
            for row in block.indicators:
                title = self._about(row, self._of_row(row, block))
                yield (row.number or "", title, self._points(row.points), self._score(row.fact))
            if block.further:
                shared = any(row.points is None for row in block.indicators)
                yield (
                    "",
                    tell(self.wording.language, "further indicators, not known"),
                    self._left(block.left, shared=shared),
                    "",
                )
        if self.system.further:
            shared = any(block.points is None for block in self.system.blocks)
            left = self._left(self.system.left, shared=shared)
            yield ("", tell(self.wording.language, "further blocks, not known"), left, "")

    def _of_row(self, row: Indicator, block: IndicatorBlock) -> Iterator[str]:
        language = self.wording.language
        if row.reverse:
            yield tell(language, "lower is better")
        if row.unit is not None:
            yield tell(language, "measured: {unit}", unit=row.unit[language])
        if row.method is not None:
            yield tell(language, "scored: {method}", method=row.method[language])
        elif self._any_method():
            yield tell(language, "how it is scored is not known")
        if row.note is not None:
            yield tell(language, "Note: {note}", note=row.note[language])
        yield from self._basis(row.origin, block.origin)

    def _basis(self, origin: Origin, around: Origin) -> Iterator[str]:
        if origin.basis is not around.basis:
            yield basis_word(origin.basis, self.wording.language)

    def _about(self, one: Indicator | IndicatorBlock, about: Iterator[str]) -> str:
        title = one.title[self.wording.language]
        said = tell(self.wording.language, "; ").join(about)
        return (
            tell(self.wording.language, "{title} ({about})", title=title, about=said)
            if said
            else title
        )

    def _parts(self) -> Iterator[tuple[str, str]]:
        assert self.wording.program is not None
        for name, weight in self.system.parts.items():
            title = self.wording.program.systems[name].title[self.wording.language]
            known = weight is not None
            share = self.wording.amount(number_text(weight or Decimal(0)), "percent")
            yield (
                title,
                share
                if known
                else tell(self.wording.language, say("not known", context="unknown")),
            )
        if self.system.further:
            yield (
                tell(self.wording.language, say("not known", context="unknown")),
                tell(self.wording.language, say("not known", context="unknown")),
            )

    def _points(self, points: Decimal | None) -> str:
        if points is None:
            return tell(self.wording.language, say("not known", context="unknown"))
        return self.wording.value(self.system.amount(points))

    def _left(self, points: Decimal | None, *, shared: bool) -> str:
        if points is None:
            return tell(self.wording.language, say("not known", context="unknown"))
        return tell(
            self.wording.language,
            "at most {points}" if shared else "{points}, by subtraction",
            points=self._points(points),
        )
