"""Requests for a later deadline with their answers, and remarks: to look at, never to change."""

from django.contrib import admin
from django.utils.text import Truncator

from plans.admin.history import TASK_LONG, HistoryAdmin
from plans.models import Extension, ExtensionStep, Remark
from units.admin.base import ReadOnly


class StepPart(ReadOnly, admin.TabularInline):
    model = ExtensionStep
    fields = ["recorded_on", "kind", "due_on", "words", "superior_number", "by_label"]
    extra = 0


@admin.register(Extension)
class ExtensionAdmin(HistoryAdmin):
    list_display = ["recorded_on", "task", "unit", "old_due_on", "asked_due_on", "by_label"]
    list_select_related = ["assignment__task", "assignment__unit"]
    search_fields = ["assignment__task__search"]
    folded_column = "assignment__task__search"
    ordering = ["-recorded_at", "-pk"]
    fields = [
        "assignment",
        ("old_due_on", "asked_due_on"),
        "reason",
        "work_done",
        ("by_label", "recorded_at"),
    ]
    inlines = [StepPart]

    @admin.display(description="nhiệm vụ", ordering="assignment__task__position")
    def task(self, extension: Extension) -> str:
        return Truncator(extension.assignment.task).chars(TASK_LONG)

    @admin.display(description="đơn vị", ordering="assignment__unit__position")
    def unit(self, extension: Extension) -> str:
        return extension.assignment.unit.short_name


@admin.register(ExtensionStep)
class ExtensionStepAdmin(HistoryAdmin):
    list_display = ["recorded_on", "task", "unit", "kind", "due_on", "words_start", "by_label"]
    list_filter = ["kind"]
    list_select_related = ["extension__assignment__task", "extension__assignment__unit"]
    search_fields = ["extension__assignment__task__search"]
    folded_column = "extension__assignment__task__search"
    ordering = ["-recorded_at", "-pk"]
    fields = [
        "extension",
        ("kind", "due_on", "change"),
        "words",
        ("superior_number", "superior_date"),
        ("by_label", "recorded_at"),
    ]

    @admin.display(description="nhiệm vụ", ordering="extension__assignment__task__position")
    def task(self, step: ExtensionStep) -> str:
        return Truncator(step.extension.assignment.task).chars(TASK_LONG)

    @admin.display(description="đơn vị", ordering="extension__assignment__unit__position")
    def unit(self, step: ExtensionStep) -> str:
        return step.extension.assignment.unit.short_name

    @admin.display(description="ý kiến, lý do")
    def words_start(self, step: ExtensionStep) -> str:
        return Truncator(step.words).chars(TASK_LONG)


@admin.register(Remark)
class RemarkAdmin(HistoryAdmin):
    list_display = ["recorded_on", "task", "unit", "part", "text_start", "by_label"]
    list_filter = ["part"]
    list_select_related = ["update__assignment__task", "update__assignment__unit"]
    search_fields = ["update__assignment__task__search"]
    folded_column = "update__assignment__task__search"
    ordering = ["-recorded_at", "-pk"]
    fields = ["update", ("part", "value", "evidence"), "text", ("by_label", "recorded_at")]

    @admin.display(description="nhiệm vụ", ordering="update__assignment__task__position")
    def task(self, remark: Remark) -> str:
        return Truncator(remark.update.assignment.task).chars(TASK_LONG)

    @admin.display(description="đơn vị", ordering="update__assignment__unit__position")
    def unit(self, remark: Remark) -> str:
        return remark.update.assignment.unit.short_name

    @admin.display(description="góp ý")
    def text_start(self, remark: Remark) -> str:
        return Truncator(remark.text).chars(TASK_LONG)
