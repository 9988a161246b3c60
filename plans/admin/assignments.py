"""Who leads and who supports: rows in the page of a task, saved by acts."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin

from config.vietnamese import dates
from plans.acts.appendix import has_history, kept_because
from plans.acts.recording import current_states
from plans.admin.base import PlanPart
from plans.models import Assignment, AssignmentRole, Task
from plans.states import ENDED
from units.admin.base import PartFormSet, is_removed
from units.models import Unit, UnitGroup

Parts = list[tuple[Unit, UnitGroup | None]]


class AssignmentForm(forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Another unit is another part: this one is taken back and that one is added.
        self.fields["unit"].disabled = self.instance.pk is not None


class AssignmentFormSet(PartFormSet):
    def refusal(self, form: forms.ModelForm, deleting: bool) -> tuple[str | None, str] | None:
        if not (deleting or "role" in form.changed_data) or not has_history(form.instance):
            return None
        return (None if deleting else "role"), kept_because(form.instance)

    def clean(self) -> None:
        super().clean()
        for form in self.extra_forms:
            unit = form.cleaned_data.get("unit")
            if unit and not unit.is_active and not is_removed(form):
                form.add_error("unit", f"{unit} không còn hoạt động nên không nhận việc mới.")

    def get_unique_error_message(self, unique_check: Any) -> str:
        return "Mỗi đơn vị chỉ đứng một dòng: chủ trì hoặc phối hợp."

    def wanted(self, groups: Mapping[AssignmentRole, UnitGroup]) -> dict[str, Parts]:
        """Everyone who has a part afterwards, in each role where that is not as before; the active
        units of `groups` come after those of the rows. An act brings it about."""
        before: dict[str, list[int]] = {role: [] for role in AssignmentRole.values}
        after: dict[str, Parts] = {role: [] for role in AssignmentRole.values}
        for form in self.forms:
            part = form.instance
            if part.pk is not None:
                before[form.initial["role"]].append(part.unit_id)
            if part.unit_id is not None and not is_removed(form):
                after[part.role].append((part.unit, part.group))
        taken = {unit.pk for parts in after.values() for unit, _ in parts}
        for role, group in groups.items():
            for unit in group.members.filter(is_active=True):
                if unit.pk not in taken:
                    taken.add(unit.pk)
                    after[role].append((unit, group))
        return {
            role: parts
            for role, parts in after.items()
            if [unit.pk for unit, _ in parts] != before[role]
        }


class AssignmentPart(PlanPart, admin.TabularInline):
    model = Assignment
    form = AssignmentForm
    formset = AssignmentFormSet
    fields = ["unit", "role", "group", "own_due_on", "records"]
    readonly_fields = ["group", "own_due_on", "records"]
    autocomplete_fields = ["unit"]
    ordering = ["role", "position", "unit__position", "pk"]

    @admin.display(description="thời hạn riêng")
    def own_due_on(self, assignment: Assignment) -> str:
        return dates.short(assignment.due_on) or "như nhiệm vụ"

    @admin.display(description="số lần ghi")
    def records(self, assignment: Assignment) -> int:
        return assignment.sequence


def kept_deadlines(task: Task) -> list[str]:
    """Whose part goes on with another deadline than the task's new one, and why
    (plans/acts/appendix.py, set_due_dates). Two queries."""
    leads = task.assignments.filter(role=AssignmentRole.LEAD).exclude(due_on=None)
    own = list(leads.select_related("unit").order_by("position"))
    states = current_states(own)
    return [
        f"Phần của {lead.unit} {'đã kết thúc' if states[lead.pk] in ENDED else 'đã được gia hạn'} "
        f"nên vẫn tính theo thời hạn {dates.short(lead.due_on)}."
        for lead in own
    ]
