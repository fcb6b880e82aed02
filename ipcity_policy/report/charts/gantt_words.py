"""What the shapes of a drawn time line mean."""

from collections.abc import Mapping
from types import MappingProxyType

from ipcity_policy.report.block import GanttShape
from ipcity_policy.text.message import Message, say

#: What each shape means.
_MEANINGS: Mapping[GanttShape, Message] = MappingProxyType(
    {
        GanttShape.NOW: say("state on the day asked"),
        GanttShape.STATE: say("state"),
        GanttShape.TERM: say("term"),
        GanttShape.WINDOW: say("time for a duty"),
        GanttShape.BAR: say("bar"),
        GanttShape.DELAY: say("delay"),
        GanttShape.EVENT: say("event"),
        GanttShape.DUE: say("last day"),
        GanttShape.UNSEEN: say("events not known"),
        GanttShape.UNKNOWN: say("not known", context="of-a-duty"),
        GanttShape.CALCULATED: say("end as calculated"),
        GanttShape.MET: say("met in time"),
        GanttShape.MET_LATE: say("met late"),
        GanttShape.OPEN: say("open"),
        GanttShape.OVERDUE: say("overdue"),
        GanttShape.PASSED: say("not done, and its time is over"),
    }
)


def meaning(language: str, shape: GanttShape) -> str:
    """Say what a shape means."""
    return _MEANINGS[shape][language]
