"""What click says by itself, as templates of our catalogue.

Click has gettext translate what it says, in the language of the machine, which decides nothing
here, and puts sentences together of translated parts. So it is left to speak English, and what
it said is known again as a whole.
"""

import re

from ipcity_policy.text.message import Message, say

#: What it says on pages of help and of wrong usage, in the forms of its versions.
_TEMPLATES = (
    say("Options"),
    say("[OPTIONS]"),
    say("COMMAND [ARGS]..."),
    say("Show this message and exit."),
    say("default: {default}"),
    say("required"),
    say("No such command {name}."),
    say("Missing command."),
    say("No such option: {name}"),
    say("No such option {name}."),
    say("No such command {name}. Did you mean {near}?"),
    say("No such command {name}. (Did you mean one of: {near}?)"),
    say("No such option: {name} Did you mean {near}?"),
    say("No such option: {name} (Possible options: {near})"),
    say("No such option {name}. Did you mean {near}?"),
    say("No such option {name}. (Did you mean one of: {near}?)"),
    say("Option {name} requires an argument."),
    say("Option {name} requires {n} arguments."),
    say("Option {name} does not take a value."),
    say("Missing argument {name}."),
    say("Missing option {name}."),
    say("Got unexpected extra argument ({names})"),
    say("Got unexpected extra arguments ({names})"),
    say("Invalid value for {name}: {value} is not one of {names}."),
    say("Invalid value for {name}: File {file} is a directory."),
)


def of_click(text: str) -> Message | None:
    """Return what click said, as a message; None where it is nothing of its own.

    >>> of_click("Option '--on' requires an argument.").parts
    (('name', "'--on'"),)
    """
    for form in _TEMPLATES:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(form.template))
        found = re.fullmatch(pattern, text)
        if found is not None:
            return say(form.template, **found.groupdict())
    return None
