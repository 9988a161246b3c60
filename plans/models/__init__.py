"""What was promised and how far it is."""

from plans.models.absence import Absence
from plans.models.amendment import AppendixImport, TaskChange
from plans.models.carrying import CarryOver
from plans.models.extension import Extension, ExtensionStep
from plans.models.history import HistoryIsKept
from plans.models.importing import ImportCorrection, PlanImport
from plans.models.inspection import (
    Finding,
    InspectedTask,
    InspectedUnit,
    Inspection,
    Remedy,
    Sanction,
)
from plans.models.legal import DocumentType, LegalDocument
from plans.models.matter import Matter, MatterTask, Step, StepFile
from plans.models.outline import Area, Block, Criterion, Indicator, IndicatorScore
from plans.models.plan import Plan, PlanSection, Recipient
from plans.models.prepared import Prepared, PreparedEvidence
from plans.models.progress import Evidence, MeasureValue, ProgressUpdate, UpdateKind
from plans.models.remark import Remark, RemarkPart
from plans.models.standing import AssignmentStanding, TaskStanding
from plans.models.steering import Difficulty, Directive, Dissemination, Urging, UrgingForm
from plans.models.task import Assignment, AssignmentRole, DueDateChange, Measure, Task
from plans.models.views import ChosenColumns, SavedView

__all__ = [
    "Absence",
    "AppendixImport",
    "Area",
    "Assignment",
    "AssignmentRole",
    "AssignmentStanding",
    "Block",
    "CarryOver",
    "ChosenColumns",
    "Criterion",
    "Difficulty",
    "Directive",
    "Dissemination",
    "DocumentType",
    "DueDateChange",
    "Evidence",
    "Extension",
    "ExtensionStep",
    "Finding",
    "HistoryIsKept",
    "ImportCorrection",
    "Indicator",
    "IndicatorScore",
    "InspectedTask",
    "InspectedUnit",
    "Inspection",
    "LegalDocument",
    "Matter",
    "MatterTask",
    "Measure",
    "MeasureValue",
    "Plan",
    "PlanImport",
    "PlanSection",
    "Prepared",
    "PreparedEvidence",
    "ProgressUpdate",
    "Recipient",
    "Remark",
    "RemarkPart",
    "Remedy",
    "Sanction",
    "SavedView",
    "Step",
    "StepFile",
    "Task",
    "TaskChange",
    "TaskStanding",
    "UpdateKind",
    "Urging",
    "UrgingForm",
]
