"""What is due and what is overdue across subjects, for machines."""

from typing import Any

from ipcity_policy.formats.json.parts import FORM, text_seen_json
from ipcity_policy.formats.json.position import TimelineJson
from ipcity_policy.report.reports.agenda import attesting
from ipcity_policy.studies.agenda import Agenda, Due, Item


def agenda_json(agenda: Agenda) -> dict[str, Any]:
    """Return what is due as an object for machines."""
    return {
        "agenda": FORM,
        "on": agenda.on.isoformat(),
        "within": agenda.days,
        "until": agenda.until.isoformat(),
        "texts-seen": {one.id: text_seen_json(one) for one in attesting(agenda)},
        **{how: [_item(item) for item in agenda.of(how)] for how in Due},
    }


def _item(item: Item) -> dict[str, Any]:
    name, written = item.timeline.sheet.name, TimelineJson(item.timeline)
    return {
        "measure": item.timeline.sheet.measure,
        "subject": {"name": {"en": name.en, "zh": name.zh}},
        "supposed": item.supposed,
        **written.duty(item.duty),
    }
