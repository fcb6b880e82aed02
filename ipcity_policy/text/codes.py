"""The one table of diagnostic codes.

The letter says what it is of: S text and sentences, N names, T types and units, M measures and
drafts, L lints, F fact sheets, R rule tests. A code never changes its meaning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ipcity_policy.text.message import Message, say


class Severity(StrEnum):
    """How bad it is: only an error stops a verdict."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of mistake, by a stable id and a readable name."""

    id: str
    name: str
    severity: Severity
    #: What the rule is, in one sentence.
    rule: str


def _table(*rows: tuple[str, str, Severity, str]) -> Mapping[str, Code]:
    return MappingProxyType({row[0]: Code(*row) for row in rows})


_E, _W, _H = Severity.ERROR, Severity.WARNING, Severity.HINT

CODES = _table(
    ("S101", "unreadable-file", _E, "A file can be opened and read."),
    ("S102", "not-utf-8", _E, "Files are written in UTF-8."),
    ("S103", "too-large", _E, "A file keeps to the limits of size, entries and depth."),
    ("S104", "forbidden-character", _E, "A file holds no control characters."),
    ("S105", "not-yaml", _E, "A file is well-formed YAML."),
    ("S106", "duplicate-key", _E, "A key occurs once in its block."),
    (
        "S107",
        "yaml-feature",
        _E,
        "Anchors, aliases, tags, merges, key expressions and second documents are not used.",
    ),
    ("S108", "empty-file", _E, "A file says something."),
    ("S109", "look-alike", _E, "Only prose holds characters that look like others."),
    ("S110", "unwritable-file", _E, "A file that a command is to write can be written."),
    ("S201", "unknown-key", _E, "Only keys that have a meaning are written."),
    ("S202", "missing-key", _E, "What an entry needs is written."),
    (
        "S203",
        "wrong-shape",
        _E,
        "A text, a list or a block is written where it is expected.",
    ),
    ("S204", "unreadable-value", _E, "A value is written in the form its key requires."),
    (
        "S205",
        "missing-translation",
        _H,
        "What a reader sees is written in English and in Chinese.",
    ),
    ("S301", "unreadable-sentence", _E, "A sentence follows the forms of the language."),
    ("S302", "mixed-and-or", _E, "`and` and `or` in one sentence are set apart by brackets."),
    ("S303", "sentence-too-long", _E, "A sentence keeps to the limits of length and nesting."),
    ("N101", "unknown-name", _E, "Every name is declared."),
    ("N102", "name-taken", _E, "A name is declared once in a version."),
    ("N103", "bad-name", _E, "A name is lower-case words joined by hyphens, and no keyword."),
    ("N104", "no-such-choice", _E, "What a question names exists."),
    ("N105", "leads-back", _E, "No relation between facts or events leads back to its start."),
    ("T101", "wrong-type", _E, "Both sides of a comparison are of one type."),
    ("T102", "wrong-unit", _E, "Both sides of a comparison are in one unit."),
    ("T103", "bare-value", _E, "Values of the law are named parameters."),
    ("T104", "not-an-option", _E, "A choice is one of the options its fact declares."),
    ("T105", "wrong-cohort", _E, "A rank is taken in the cohort that its fact declares."),
    ("T106", "no-step", _E, "What is rounded is rounded to a step greater than zero."),
    ("M101", "no-such-measure", _E, "A measure, version or draft that is named exists."),
    ("M102", "no-such-target", _E, "What a change names exists."),
    ("M103", "target-exists", _E, "What a change adds is new."),
    ("M104", "changes-nothing", _W, "A draft or an option changes something."),
    ("M105", "bad-default", _E, "A reading's default is one of its options."),
    ("M106", "gap-between-outcomes", _E, "Some outcome answers every value."),
    ("M107", "outcome-never-holds", _E, "Each outcome answers some value."),
    ("M108", "rules-too-deep", _E, "Rules depend on one another through a limited depth."),
    ("M109", "circular-rules", _E, "No rule depends on itself."),
    ("M110", "carried-from-nowhere", _E, "What is carried over exists where it comes from."),
    ("M111", "wrong-measure-name", _E, "A measure is named as its folder."),
    ("M112", "nothing-here", _E, "A folder given for rule files contains some."),
    ("M113", "versions-overlap", _E, "No two versions of a measure are in force on one day."),
    ("M114", "no-provision", _E, "Every entry belongs to a provision."),
    ("M115", "same-name", _E, "No two versions or drafts of a measure have one name."),
    ("M116", "unread-file", _W, "Every file beside rule files is one."),
    ("M117", "ends-too-early", _E, "A version's time in force ends after it begins."),
    ("M118", "outcomes-overlap", _E, "No two outcomes of a decision hold at once."),
    ("M119", "published-version-edited", _W, "A published version keeps its text."),
    ("M120", "not-a-digest", _W, "A published version carries the digest of its text."),
    ("M121", "gap-between-versions", _W, "Between two versions of a measure one is in force."),
    ("M122", "repeal-does-not-fit", _E, "What a version repeals ends when the version begins."),
    ("M123", "changed-twice", _E, "A draft or an option changes a place once."),
    ("M124", "no-choice", _W, "The options of a reading differ."),
    (
        "M125",
        "file-named-otherwise",
        _H,
        "A file that is named for an article holds that article.",
    ),
    (
        "M126",
        "readings-meet",
        _W,
        "No two readings of a version change one place in different ways.",
    ),
    ("M127", "counted-twice", _E, "What is counted is counted once."),
    ("M128", "never-at-once", _E, "What a condition requires together can hold at once."),
    ("M130", "bands-out-of-order", _E, "Bands are in order, from low to high."),
    ("M140", "points-do-not-add-up", _E, "The points of an indicator system add up."),
    ("M141", "number-taken", _E, "An indicator has a number of its own."),
    (
        "M142",
        "score-out-of-range",
        _E,
        "The range of an indicator's score is from zero to its points.",
    ),
    ("M143", "reverse-of-what", _E, "A reverse indicator says what is measured."),
    ("M150", "state-never-reached", _W, "Every state can be reached."),
    ("M151", "duty-of-nobody", _E, "Every deadline is the duty of an office."),
    ("M152", "transition-never-fires", _W, "Every transition can happen."),
    ("M153", "two-ways", _E, "One event leads from one state in one way."),
    ("M154", "no-first-state", _E, "One state is the initial one."),
    ("M155", "not-the-state-it-names", _E, "An event leads to the state that it names."),
    ("M160", "read-two-ways", _E, "What is adopted together reads each place in one way."),
    (
        "M170",
        "unknown-language",
        _E,
        "A measure is written in a language that this program reads.",
    ),
    (
        "M171",
        "older-language",
        _H,
        "A measure says that it is written in the newest language.",
    ),
    ("L101", "unused", _W, "What is declared is used."),
    ("L110", "decided-already", _W, "What a comparison gives depends on the facts."),
    ("L111", "share-below-one", _H, "A share of a cohort is at least one in a hundred."),
    ("L112", "limit-beyond-the-usual", _W, "A limit is within what is usual for its fact."),
    ("L113", "no-time", _W, "A period that the law sets has a length."),
    ("L114", "asks-nothing", _W, "What a decision gives depends on something."),
    ("L115", "unlikely-year", _W, "A day is in the years that the measure covers."),
    ("F101", "unknown-fact", _E, "A sheet states only facts that the measure declares."),
    ("F102", "wrong-value", _E, "A fact is stated in its type and unit."),
    ("F103", "out-of-range", _E, "A fact is in its declared range."),
    ("F104", "unknown-source", _E, "A source that a fact names is listed."),
    ("F105", "wrong-office", _E, "A fact is stated by an office that may state it."),
    ("F106", "no-measure", _E, "A sheet says which measure it is for."),
    ("F107", "no-day", _E, "There is a day to choose the version by."),
    ("F108", "no-office", _E, "A finding says which office made it."),
    ("F109", "later-than-asked", _W, "What happened is before the day asked about."),
    ("F110", "rank-above-size", _E, "No place is beyond the size of its cohort."),
    (
        "F111",
        "score-above-points",
        _E,
        "A score is no higher than the points of its indicator.",
    ),
    ("F112", "total-contradicted", _E, "A total that is given fits the scores."),
    ("F113", "ends-reversed", _E, "What is known in part begins before it ends."),
    ("F114", "beyond-the-usual", _W, "A number is within what is usual for its fact."),
    ("F120", "unknown-event", _E, "A sheet states only events that the measure declares."),
    ("F121", "impossible-event", _E, "Every event can happen where the ones before it lead."),
    (
        "F122",
        "event-contradicted",
        _E,
        "An event agrees with what its facts give.",
    ),
    ("F123", "fact-contradicted", _E, "A fact that is stated agrees with the events."),
    ("F124", "no-calendar", _W, "Where rest days count, a calendar lists them."),
    ("F130", "cannot-both-be", _E, "What a sheet states can all be true at once."),
    (
        "F131",
        "comes-too-early",
        _W,
        "What refers to something else, or uses it, is stated with a day no earlier.",
    ),
    ("R101", "unknown-expectation", _E, "A rule test names what exists."),
)

#: The help for a kind of mistake, where the place gives no better one.
HELP: Mapping[str, Message] = MappingProxyType(
    {
        "S101": say("name a file that exists and can be read"),
        "S110": say("make it writable, or work on a copy"),
        "S202": say("write what is missing, or delete what it belongs to"),
        "S204": say("write it in that form"),
        "N101": say("name one of that kind, or declare it"),
        "T101": say("name something of that type"),
        "M105": say("name one of its options"),
        "N104": say("name one that exists"),
        "R101": say("name one that exists"),
        "M117": say("check which of the two days is wrong"),
    }
)
