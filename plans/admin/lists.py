"""All parts and all measures of every plan, to look through; a task's own page changes them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from plans.admin.base import PlanRecordAdmin, RefusableForm
from plans.admin.measures import HAS_VALUES, ROWS
from plans.models import Assignment, Measure, Task
from units.admin.base import ReadOnly, link


@admin.register(Assignment)
class AssignmentAdmin(ReadOnly, PlanRecordAdmin):
    """All parts to look through; they are changed in the page of their task."""

    list_display = ["task_link", "unit", "role", "group", "assigned_on", "records"]
    list_display_links = None
    list_filter = ["role", ("unit", admin.RelatedOnlyFieldListFilter), "task__plan"]
    list_select_related = ["task", "unit", "group"]
    search_fields = ["task__search"]
    folded_column = "task__search"
    ordering = ["task__plan", "task__position", "role", "position", "pk"]
    fields = ["task_link", "unit", "role", "group", "assigned_on", "due_on"]
    readonly_fields = ["task_link"]

    @admin.display(description="số lần ghi", ordering="sequence")
    def records(self, assignment: Assignment) -> int:
        return assignment.sequence

    @admin.display(description="nhiệm vụ", ordering="task__position")
    def task_link(self, assignment: Assignment) -> str:
        task: Task = assignment.task
        return link("plans_task_change", task, task.pk)


class MeasureForm(RefusableForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk and "scale" in self.changed_data and self.instance.has_readings:
            self.add_error("scale", f"{HAS_VALUES} theo thang đo cũ nên không đổi thang đo được.")
        task = cleaned.get("task") or (self.instance.task if self.instance.pk else None)
        criterion = cleaned.get("criterion")
        if task and criterion and criterion.block_id != task.block_id:
            self.add_error("criterion", "Tiêu chí phải thuộc mục phân công của nhiệm vụ.")
        return cleaned


@admin.register(Measure)
class MeasureAdmin(PlanRecordAdmin):
    form = MeasureForm
    list_display = ["name", "task", "scale", "shown_target", "target_year"]
    list_filter = ["scale", "task__plan"]
    list_select_related = ["task"]
    search_fields = ["name", "code", "task__code"]
    fields = ["task", *ROWS]
    instead_of_deleting = "Chỉ tiêu đã có giá trị được giữ lại cùng lịch sử."

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["task"] if obj else []

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        return ["task", "criterion"]

    @admin.display(description="chỉ tiêu giao", ordering="target")
    def shown_target(self, measure: Measure) -> str:
        return "không giao chỉ tiêu" if measure.target is None else measure.shown(measure.target)
