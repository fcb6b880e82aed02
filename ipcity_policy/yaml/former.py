"""Keys of older languages: what is told of one, and the edits that write what stands now."""

from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.fixes import instead
from ipcity_policy.text.message import say
from ipcity_policy.yaml.document import Mapping, Scalar, removal
from ipcity_policy.yaml.schema import Record


def told_of(block: Mapping, key: Scalar, shape: Record) -> Diagnostic | None:
    """Say that a key is of an older language, and what is written now; None where it is not."""
    former = next((one for one in shape.former if one.name == key.text), None)
    if former is None:
        return None
    message = say("`{text}` is not a key of {what}", text=key.text, what=say(shape.what))
    if former.now is None:
        help = say("delete it: since language {n} there is none like it", n=former.since)
        return diagnose("S201", message, key.span, help=help, fix=removal(block, key.text))
    help = say("since language {n} it is called `{now}`", n=former.since, now=former.now)
    free = block.get(former.now) is None
    fix = instead(key.span, key.text, former.now) if free else None
    return diagnose("S201", message, key.span, help=help, fix=fix)
