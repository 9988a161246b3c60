"""What was promised and how far it is."""

from plans.models.history import HistoryIsKept
from plans.models.legal import DocumentType, LegalDocument
from plans.models.outline import Area, Block, Criterion, Indicator, IndicatorScore
from plans.models.plan import Plan, PlanSection, Recipient
from plans.models.progress import Evidence, MeasureValue, ProgressUpdate, UpdateKind
from plans.models.standing import AssignmentStanding, TaskStanding
from plans.models.task import Assignment, AssignmentRole, DueDateChange, Measure, Task
from plans.models.views import ChosenColumns, SavedView

__all__ = [
    "Area",
    "Assignment",
    "AssignmentRole",
    "AssignmentStanding",
    "Block",
    "ChosenColumns",
    "Criterion",
    "DocumentType",
    "DueDateChange",
    "Evidence",
    "HistoryIsKept",
    "Indicator",
    "IndicatorScore",
    "LegalDocument",
    "Measure",
    "MeasureValue",
    "Plan",
    "PlanSection",
    "ProgressUpdate",
    "Recipient",
    "SavedView",
    "Task",
    "TaskStanding",
    "UpdateKind",
]
