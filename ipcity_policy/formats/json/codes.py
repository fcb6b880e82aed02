"""The pages of the diagnostic codes, for machines."""

from collections.abc import Iterable
from typing import Any

from ipcity_policy.report.reports.codes import EXAMPLES, Page, in_language
from ipcity_policy.text.page import Fence


def code_json(page: Page) -> dict[str, Any]:
    """Return the page of a code for machines."""
    return {
        **codes_json([page])[0],
        "text": {"en": page.says.en, "zh": page.says.zh},
        "examples": [
            {
                "kind": heading.lower(),
                "language": part.language,
                "file": part.name or None,
                "text": part.body,
            }
            for heading in EXAMPLES
            for part in page.parts.get(heading, ())
            if isinstance(part, Fence) and in_language(part, "en")
        ],
    }


def codes_json(pages: Iterable[Page]) -> list[dict[str, Any]]:
    """List codes for machines."""
    return [
        {
            "code": page.code.id,
            "name": page.code.name,
            "severity": page.code.severity,
            "rule": {"en": page.rule.en, "zh": page.rule.zh},
        }
        for page in pages
    ]
