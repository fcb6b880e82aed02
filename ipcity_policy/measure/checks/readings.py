"""Check a reading: its default is the text as written, and every other option holds."""

from ipcity_policy.measure.checks.checking import Checking
from ipcity_policy.measure.model import Basis, Option, Reading, Words
from ipcity_policy.measure.reader import (
    Entry,
    basis_of,
    child,
    entries_of,
    read_patch,
    text_of,
    words_of,
)
from ipcity_policy.text.document import Scalar
from ipcity_policy.text.mends import nearest


def check_reading(check: Checking, entry: Entry) -> Reading:
    """Return a reading; what is wrong with its default or an empty option is reported."""
    node = entry.node
    options = {
        name.text: Option(
            name.text,
            words_of(item, "says") or Words(name.text, name.text),
            read_patch(item),
        )
        for name, item in entries_of(node, "options")
    }
    default = child(node, "default")
    if isinstance(default, Scalar):
        if default.text not in options:
            near, fix = nearest(default.text, options, default.span)
            message = f"`{default.text}` is not one of its options"
            check.say("M105", message, default.span, near, fix)
        elif not options[default.text].patch.empty:
            check.say(
                "M105",
                f"`{default.text}` is the default and changes the text",
                default.span,
                "the default is the text as written: delete its `change:`, "
                "or make another option the default",
            )
    for name, option in options.items():
        if option.patch.empty and not (isinstance(default, Scalar) and default.text == name):
            check.say(
                "M104",
                f"`{name}` changes nothing",
                entry.span,
                "add `change:` with what the text would say",
            )
    return Reading(
        id=entry.id,
        asks=words_of(node, "asks") or Words(entry.id, entry.id),
        why=words_of(node, "why") or Words("", ""),
        basis=basis_of(node) or Basis.UNAVAILABLE,
        confidence=text_of(node, "confidence") or "low",
        default=text_of(node, "default") or "",
        options=options,
        origin=entry.origin,
    )
