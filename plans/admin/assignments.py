"""Who leads and who supports: rows in the page of a task, saved by acts."""

from typing import Any

from django import forms
from django.contrib import admin

from config.vietnamese import dates
from plans.acts.appendix import assign, has_history, kept_because, unassign
from plans.admin.base import PlanPart
from plans.models import Assignment, AssignmentRole
from units.admin.base import PartFormSet, is_removed


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

    def take_back(self) -> None:
        """Rows that were removed, and leads that become supports: before the deadline moves."""
        for assignment in self.deleted_objects:
            unassign(assignment=assignment)
        self._change_roles(AssignmentRole.SUPPORT)

    def give(self) -> None:
        """Supports that become leads, and new rows: they get the deadline as it is by now."""
        self._change_roles(AssignmentRole.LEAD)
        for place, assignment in enumerate(self.new_objects, self.initial_form_count() + 1):
            assign(task=self.instance, unit=assignment.unit, role=assignment.role, position=place)

    def _change_roles(self, role: str) -> None:
        for assignment, changed in self.changed_objects:
            if "role" in changed and assignment.role == role:
                assign(task=self.instance, unit=assignment.unit, role=role)


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
