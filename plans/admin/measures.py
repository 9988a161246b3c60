"""Measurable targets: rows in the page of a task."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from plans.admin.base import PlanPart
from plans.models import Criterion, Measure
from units.admin.base import PartFormSet

HAS_VALUES = "Chỉ tiêu đã có giá trị được báo cáo"
ROWS: list[str | list[str] | tuple[str, ...] | tuple[()]] = [
    "name",
    ("scale", "target", "target_year", "direction"),
    ("unit_label", "baseline", "yearly_growth", "cap"),
    "criterion",
    ("code", "position"),
]


class MeasureFormSet(PartFormSet):
    def refusal(self, form: forms.ModelForm, deleting: bool) -> tuple[str | None, str] | None:
        if not (deleting or "scale" in form.changed_data) or not form.instance.has_readings:
            return None
        if deleting:
            return None, f"{HAS_VALUES} nên không xóa được; lịch sử phải được giữ."
        return "scale", f"{HAS_VALUES} theo thang đo cũ nên không đổi thang đo được."


class MeasurePart(PlanPart, admin.StackedInline):
    model = Measure
    formset = MeasureFormSet
    fields = ROWS

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        criteria = Criterion.objects.filter(block=obj.block_id) if obj else Criterion.objects.none()
        formset.form.base_fields["criterion"].queryset = criteria
        return formset
