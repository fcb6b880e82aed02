"""The readings and parameters that a question chooses instead of what is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ipcity_policy.lang.datatypes import SetType
from ipcity_policy.law.model import Patch
from ipcity_policy.law.program import Program
from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose
from ipcity_policy.text.message import Message, listed, say
from ipcity_policy.text.nearest import did_you_mean
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen, found in the version that it is chosen for."""

    #: A patch for each parameter that is set, by what was asked.
    settings: Mapping[str, Patch]
    #: The option chosen of each reading.
    options: Mapping[str, str]

    def patches(
        self, written: Program, switched: Mapping[str, str] = MappingProxyType({})
    ) -> dict[str, Patch]:
        """Return what is chosen, and with it some readings switched, as patches by name."""
        patches: dict[str, Patch] = {}
        for name, option in {**self.options, **switched}.items():
            patch = written.readings[name].options[option].patch
            if not patch.empty:
                patches[f"reading {name}={option}"] = patch
        patches |= self.settings  # what is set stays set, whatever a reading says
        return patches


def read_choices(program: Program, readings: Pairs, parameters: Pairs) -> Result[Choices]:
    """Find what a question names in a version: readings with options, parameters with values.

    None where it names what is not there; each of that is an `N104`.

    >>> from tests.boxes import law
    >>> found = read_choices(law(), (("first-day", "counted"),), (("light", "12 grams"),)).value
    >>> dict(found.options), [*found.settings]
    ({'first-day': 'counted'}, ['set light=12 grams'])
    """
    diagnostics: list[Diagnostic] = []
    settings: dict[str, Patch] = {}
    for name, text in parameters:
        parameter = program.parameters.get(name)
        if parameter is None:
            diagnostics.append(not_there(say("parameter"), name, program.parameters, "--set"))
            continue
        value: Node = option_text("--set", text)
        if isinstance(parameter.datatype, SetType):
            items = tuple(option_text("--set", one.strip()) for one in text.split(","))
            value = document.Sequence(items, value.span)
        patch = Patch({f"parameters.{name}": (value, value.span)}, {}, {})
        settings[f"set {name}={text}"] = patch
    options: dict[str, str] = {}
    for name, option in readings:
        reading = program.readings.get(name)
        if reading is None:
            diagnostics.append(not_there(say("reading"), name, program.readings, "--reading"))
        elif option not in reading.options:
            diagnostics.append(not_there(say("option"), option, reading.options, "--reading"))
        else:
            options[name] = option
    value_or_none = None if diagnostics else Choices(settings, options)
    return Result(value_or_none, tuple(diagnostics))


def not_there(what: Message, name: str, known: Iterable[str], option: str) -> Diagnostic:
    """Say that a question names what is not there, at the option that does; `N104`.

    >>> found = not_there(say("reading"), "frist-day", ["first-day"], "--reading")
    >>> found.at.place, str(found.message), str(found.help)
    ('--reading:1:1', 'there is no reading `frist-day`', 'did you mean `first-day`?')
    """
    names = tuple(known)
    return diagnose(
        "N104",
        say("there is no {what} `{name}`", what=what, name=name),
        option_text(option, name).span,
        help=did_you_mean(name, names)
        or (say("known names: {names}", names=listed(names)) if names else None),
    )


def option_text(name: str, text: str) -> Scalar:
    """Return the text of an option as a place that messages can quote.

    >>> option_text("--set", "light=12 grams").span.place
    '--set:1:1'
    """
    source = Source(name, text)
    return Scalar(text, Span(source, 0, len(text)))
