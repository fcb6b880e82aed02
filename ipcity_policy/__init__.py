"""Administrative measures as versioned rule files, with verdicts that explain themselves.

The public verbs and nouns:

- `open_policies(folder=None)` opens a library of policies;
- `evaluate(policies, sheet, …)` gives verdicts, each with `.outcome`, `.reasons`,
  `.as_json()`, `.as_text(lang="zh")`, `.as_markdown()` and `.as_html()`;
- `timeline(policies, sheet, on=…, …)` gives where its subject stands on a day, with `.state`,
  `.terms`, `.deadlines`, `.bars`, `.steps` and the same forms;
- `validate(policies, sheet)` gives every fault of a sheet;
- `compare(policies, before, after, sheets, …)` gives two versions side by side;
- `law_status(policies, version)` gives what of a version's text is known, and what depends on a
  text that is not.

Every other verb stands in `ipcity_policy.api`. All are found when first asked for, so that
importing the package costs nothing.
"""

from importlib import import_module

from ipcity_policy.version import __version__ as __version__

TYPE_CHECKING = False  # as in `typing`, which takes longer to import than all else here
if TYPE_CHECKING:
    from ipcity_policy.api import LawStatus as LawStatus
    from ipcity_policy.api import Timeline as Timeline
    from ipcity_policy.api import Verdict as Verdict
    from ipcity_policy.api import compare as compare
    from ipcity_policy.api import evaluate as evaluate
    from ipcity_policy.api import law_status as law_status
    from ipcity_policy.api import open_policies as open_policies
    from ipcity_policy.api import timeline as timeline
    from ipcity_policy.api import validate as validate

__all__ = [
    "LawStatus",
    "Timeline",
    "Verdict",
    "compare",
    "evaluate",
    "law_status",
    "open_policies",
    "timeline",
    "validate",
]


def __getattr__(name: str) -> object:
    if name in __all__:
        found: object = getattr(import_module("ipcity_policy.api"), name)
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
