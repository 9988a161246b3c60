"""What of a plan goes along into another year: every field and every relation by its name.

`copied` is taken as it is, `made` is set anew, `left` stays with the old plan, and why. Relations
are called by the model and field that make them ("Round.plan"). A test walks all of them, so that
nothing new is forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Model

from plans.models import (
    Area,
    Assignment,
    Block,
    Criterion,
    Indicator,
    Measure,
    Plan,
    PlanSection,
    Recipient,
    Task,
)


@dataclass(frozen=True)
class Going:
    """Of one model."""

    copied: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)


_ITS_OWN = "là việc đã làm của năm cũ"
_CLERK = "văn thư cấp cho văn bản mới"

GOING: dict[type[Model], Going] = {
    Plan: Going(
        copied=(
            "agency",
            "symbol",
            "appendix_note",
            "due_day_counts",
            "signatory",
            "references",
            "PlanSection.plan",
            "Recipient.plan",
            "Indicator.plan",
            "Task.plan",
        ),
        made=(
            "id",
            "code",
            "title",
            "short_title",
            "year",
            "results_year",
            "starts_on",
            "opening",
            "closing",
            "due_on",
            "due_words",
            "unit_reports_due_on",
            "department_report_due_on",
            "CarryOver.plan",
        ),
        left={
            "number": _CLERK,
            "issued_on": _CLERK,
            "issued_month": _CLERK,
            "parent": "mỗi năm thực hiện một văn bản mới",
            "CarryOver.source": "ghi việc chuyển của chính kế hoạch cũ",
            "AppendixImport.plan": _ITS_OWN,
            "PlanImport.plan": _ITS_OWN,
            "Matter.plan": _ITS_OWN,
            "Inspection.plan": _ITS_OWN,
            "Dissemination.plan": _ITS_OWN,
            "Round.plan": _ITS_OWN,
        },
    ),
    PlanSection: Going(
        copied=("part", "position", "number", "heading"), made=("id", "plan", "text")
    ),
    Recipient: Going(copied=("position", "text", "purpose"), made=("id", "plan")),
    Indicator: Going(
        copied=("position", "number", "code", "name", "Area.indicator"),
        made=("id", "plan", "heading"),
        left={"IndicatorScore.indicator": "kết quả của một năm"},
    ),
    Area: Going(
        copied=("position", "number", "Area.parent", "Block.area"),
        made=("id", "indicator", "parent", "title", "heading"),
    ),
    Block: Going(
        copied=(
            "position",
            "number",
            "lead_words",
            "support_words",
            "keeps_register",
            "Criterion.block",
            "Task.block",
        ),
        made=("id", "area", "heading"),
    ),
    Criterion: Going(
        copied=("position", "max_score", "Measure.criterion"), made=("id", "block", "title")
    ),
    Task: Going(
        copied=(
            "position",
            "code",
            "number",
            "kind",
            "lead_words",
            "support_words",
            "shortcoming",
            "note",
            "source",
            "references",
            "Assignment.task",
            "Measure.task",
        ),
        made=(
            "id",
            "plan",
            "block",
            "title",
            "wording",
            "product",
            "due_on",
            "due_words",
            "registered_on",
            "register_key",
            "search",
            "follows",
            "is_carried_over",
            "AssignmentStanding.task",
            "TaskStanding.task",
        ),
        left={
            "Task.follows": "các năm sau nữa",
            "added_on": _ITS_OWN,
            "withdrawn_on": "nhiệm vụ đã rút không mang theo",
            "successors": "của nhiệm vụ đã rút hoặc đã tách năm cũ",
            "Task.successors": "của nhiệm vụ đã rút hoặc đã tách năm cũ",
            "TaskChange.task": _ITS_OWN,
            "Absence.task": _ITS_OWN,
            "Matter.tasks": _ITS_OWN,
            "MatterTask.task": _ITS_OWN,
            "Inspection.tasks": _ITS_OWN,
            "InspectedTask.task": _ITS_OWN,
            "StepRemark.task": _ITS_OWN,
        },
    ),
    Measure: Going(
        copied=(
            "position",
            "code",
            "name",
            "scale",
            "unit_label",
            "direction",
            "yearly_growth",
            "cap",
        ),
        made=("id", "task", "criterion", "target", "target_year"),
        left={
            "baseline": "Văn phòng ghi từ kết quả của năm cũ",
            "MeasureValue.measure": "kết quả của một năm",
            "merged_into": "của nhiệm vụ đã gộp năm cũ",
            "Measure.merged_into": "của nhiệm vụ đã gộp năm cũ",
        },
    ),
    Assignment: Going(
        copied=("unit", "role", "group", "position"),
        made=("id", "task", "assigned_on", "sequence", "AssignmentStanding.assignment"),
        left={
            "due_on": "gia hạn của năm cũ",
            "DueDateChange.assignment": _ITS_OWN,
            "Extension.assignment": _ITS_OWN,
            "ProgressUpdate.assignment": _ITS_OWN,
            "Prepared.assignment": _ITS_OWN,
        },
    ),
}


def copied_fields(model: type[Model]) -> list[str]:
    """The plain columns of a model that are taken as they are."""
    many = {one.name for one in model._meta.many_to_many}
    return [name for name in GOING[model].copied if "." not in name and name not in many]
