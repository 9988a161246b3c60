"""Rounds and the reminders in them: read-only, as their acts alone write them."""

from django.contrib import admin

from reports.models import RemindedUnit, Round, RoundReminder, UnitReport
from units.admin.base import ReadOnly, RecordAdmin


class ReportPart(ReadOnly, admin.TabularInline):
    model = UnitReport
    fields = ["unit", "state", "cycle"]
    extra = 0


class RemindedPart(ReadOnly, admin.TabularInline):
    model = RemindedUnit
    fields = ["unit_label", "state_label"]
    extra = 0


@admin.register(Round)
class RoundAdmin(ReadOnly, RecordAdmin):
    actions = None
    list_display = ["name", "kind", "plan", "as_of", "units_due_on", "opened_on", "closed_on"]
    list_filter = ["kind"]
    list_select_related = ["plan"]
    search_fields = ["name", "demand"]
    fields = [
        ("plan", "kind"),
        ("name", "demand"),
        ("as_of", "units_due_on", "department_due_on"),
        ("opened_by_label", "opened_at"),
        ("closed_by_label", "closed_on"),
    ]
    inlines = [ReportPart]


@admin.register(RoundReminder)
class RoundReminderAdmin(ReadOnly, RecordAdmin):
    actions = None
    list_display = ["recorded_on", "round", "words", "by_label"]
    list_select_related = ["round"]
    search_fields = ["round__name", "words"]
    fields = ["round", "words", ("by_label", "recorded_at")]
    inlines = [RemindedPart]
