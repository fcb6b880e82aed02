"""Every verb, for notebooks, services and the faces, of which the command line is one.

A verb is a function of a library of policies and plain arguments. It gives back data, prints
nothing and has no exit status. What is wrong with files, sheets or names comes back as
diagnostics: in a `Result`, beside the value or in its place. What is found can say itself:
`as_json()`, and `blocks(lang)`, the report that `as_text`, `as_markdown` and `as_html` write.

- *Policies*: `open_policies`, `find_version`, `newest_first`, `list_measures`, `list_texts`;
- *the law*: `show`, `law_status`, `law_statuses`, `explain`, `list_codes`;
- *rule files*: `check`, `fix`, `write_fixes`, `fmt`, `fmt_files`, `migrate_files`,
  `draft_new`, `test`;
- *sheets*: `read_sheet`, `read_sheets`, `validate`, `validate_all`, `sheet_new`,
  `sheet_schema`;
- *questions*: `evaluate`, `timeline`, `due_soon`, `calendar_of`, `compare`.

A name is looked up in its module when it is first asked for: a face pays only for what it uses.
"""

from collections.abc import Mapping
from importlib import import_module

TYPE_CHECKING = False  # as in `typing`, which takes longer to import than all else here
if TYPE_CHECKING:
    from ipcity_policy.api.arguments import of_argument as of_argument
    from ipcity_policy.api.changes import FileChange as FileChange
    from ipcity_policy.api.checking import CheckedFiles as CheckedFiles
    from ipcity_policy.api.checking import check as check
    from ipcity_policy.api.checking import fix as fix
    from ipcity_policy.api.checking import write_fixes as write_fixes
    from ipcity_policy.api.codes import Explained as Explained
    from ipcity_policy.api.codes import ListedCodes as ListedCodes
    from ipcity_policy.api.codes import explain as explain
    from ipcity_policy.api.codes import list_codes as list_codes
    from ipcity_policy.api.comparisons import compare as compare
    from ipcity_policy.api.drafts import draft_new as draft_new
    from ipcity_policy.api.layout import Formatted as Formatted
    from ipcity_policy.api.layout import fmt as fmt
    from ipcity_policy.api.layout import fmt_files as fmt_files
    from ipcity_policy.api.layout import migrate_files as migrate_files
    from ipcity_policy.api.listing import ListedMeasure as ListedMeasure
    from ipcity_policy.api.listing import ListedTexts as ListedTexts
    from ipcity_policy.api.listing import list_measures as list_measures
    from ipcity_policy.api.listing import list_texts as list_texts
    from ipcity_policy.api.policies import VersionLike as VersionLike
    from ipcity_policy.api.policies import find_version as find_version
    from ipcity_policy.api.policies import newest_first as newest_first
    from ipcity_policy.api.policies import nothing_here as nothing_here
    from ipcity_policy.api.policies import open_policies as open_policies
    from ipcity_policy.api.provisions import Shown as Shown
    from ipcity_policy.api.provisions import ShownInterpretation as ShownInterpretation
    from ipcity_policy.api.provisions import ShownProvision as ShownProvision
    from ipcity_policy.api.provisions import ShownVersion as ShownVersion
    from ipcity_policy.api.provisions import show as show
    from ipcity_policy.api.rule_tests import Proposal as Proposal
    from ipcity_policy.api.rule_tests import RanTests as RanTests
    from ipcity_policy.api.rule_tests import test as test
    from ipcity_policy.api.sheet_forms import sheet_new as sheet_new
    from ipcity_policy.api.sheet_forms import sheet_schema as sheet_schema
    from ipcity_policy.api.sheets import Given as Given
    from ipcity_policy.api.sheets import SheetLike as SheetLike
    from ipcity_policy.api.sheets import names_one as names_one
    from ipcity_policy.api.sheets import read_sheet as read_sheet
    from ipcity_policy.api.sheets import read_sheets as read_sheets
    from ipcity_policy.api.sheets import unreadable as unreadable
    from ipcity_policy.api.statuses import LawStatus as LawStatus
    from ipcity_policy.api.statuses import LawStatuses as LawStatuses
    from ipcity_policy.api.statuses import law_status as law_status
    from ipcity_policy.api.statuses import law_statuses as law_statuses
    from ipcity_policy.api.timelines import DueSoon as DueSoon
    from ipcity_policy.api.timelines import Timeline as Timeline
    from ipcity_policy.api.timelines import calendar_of as calendar_of
    from ipcity_policy.api.timelines import due_soon as due_soon
    from ipcity_policy.api.timelines import timeline as timeline
    from ipcity_policy.api.validation import Validated as Validated
    from ipcity_policy.api.validation import validate as validate
    from ipcity_policy.api.validation import validate_all as validate_all
    from ipcity_policy.api.verdicts import Verdict as Verdict
    from ipcity_policy.api.verdicts import evaluate as evaluate
    from ipcity_policy.formats.html import as_html as as_html
    from ipcity_policy.formats.json.comparison import comparison_json as comparison_json
    from ipcity_policy.formats.json.parts import dumps as dumps
    from ipcity_policy.formats.markdown import as_markdown as as_markdown
    from ipcity_policy.formats.text import as_text as as_text
    from ipcity_policy.law.library import SHIPPED as SHIPPED
    from ipcity_policy.law.writing import write_first as write_first
    from ipcity_policy.report.reports.comparison import comparison_report as comparison_report
    from ipcity_policy.report.reports.diagnostics import diagnostics_text as diagnostics_text
    from ipcity_policy.report.reports.diagnostics import fixes_text as fixes_text
    from ipcity_policy.yaml.reader import MAX_BYTES as MAX_BYTES

#: The modules, and the names that each gives here.
HOMES: Mapping[str, str] = {
    "api.arguments": "of_argument",
    "api.changes": "FileChange",
    "api.checking": "CheckedFiles check fix write_fixes",
    "api.codes": "Explained ListedCodes explain list_codes",
    "api.comparisons": "compare",
    "api.drafts": "draft_new",
    "api.layout": "Formatted fmt fmt_files migrate_files",
    "api.listing": "ListedMeasure ListedTexts list_measures list_texts",
    "api.policies": "VersionLike find_version newest_first nothing_here open_policies",
    "api.provisions": "Shown ShownInterpretation ShownProvision ShownVersion show",
    "api.rule_tests": "Proposal RanTests test",
    "api.sheet_forms": "sheet_new sheet_schema",
    "api.sheets": "Given SheetLike names_one read_sheet read_sheets unreadable",
    "api.statuses": "LawStatus LawStatuses law_status law_statuses",
    "api.timelines": "DueSoon Timeline calendar_of due_soon timeline",
    "api.validation": "Validated validate validate_all",
    "api.verdicts": "Verdict evaluate",
    "formats.html": "as_html",
    "formats.json.comparison": "comparison_json",
    "formats.json.parts": "dumps",
    "formats.markdown": "as_markdown",
    "formats.text": "as_text",
    "law.library": "SHIPPED",
    "law.writing": "write_first",
    "report.reports.comparison": "comparison_report",
    "report.reports.diagnostics": "diagnostics_text fixes_text",
    "yaml.reader": "MAX_BYTES",
}


if not TYPE_CHECKING:  # what is not named above is nothing, for a type checker too

    def __getattr__(name: str) -> object:
        for module, names in HOMES.items():
            if name in names.split():
                return getattr(import_module(f"ipcity_policy.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(name for names in HOMES.values() for name in names.split())
