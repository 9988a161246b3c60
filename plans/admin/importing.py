"""Plan documents on their way in, and who decided what: to look at; the work is done elsewhere."""

import json

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from plans.admin.history import HistoryAdmin
from plans.models import (
    Absence,
    AppendixImport,
    CarryOver,
    ImportCorrection,
    PlanImport,
    TaskChange,
)


@admin.register(PlanImport)
class PlanImportAdmin(HistoryAdmin):
    list_display = ["title_or_name", "by_label", "uploaded_at", "state", "applied_by_label"]
    search_fields = ["title", "file_name"]
    ordering = ["-uploaded_at", "-pk"]
    fields = [
        "file_name",
        "title",
        ("by_label", "uploaded_at", "sequence"),
        ("state", "plan", "applied_by_label", "applied_at"),
        "text",
    ]
    readonly_fields = ["state", "text"]

    @admin.display(description="tình trạng")
    def state(self, one: PlanImport) -> str:
        if one.plan_id is not None:
            return "Đã áp dụng"
        return "Đã bỏ" if one.put_aside else "Đang nhập dở"

    @admin.display(description="văn bản", ordering="title")
    def title_or_name(self, one: PlanImport) -> str:
        return str(one)[:120]

    @admin.display(description="toàn văn đã tải lên")
    def text(self, one: PlanImport) -> str:
        lines = "\n".join(line["text"] for line in one.source["lines"])
        return lines


@admin.register(ImportCorrection)
class ImportCorrectionAdmin(HistoryAdmin):
    list_display = ["of", "sequence", "by_label", "recorded_at"]
    list_select_related = ["of"]
    search_fields = ["of__title", "by_label"]
    ordering = ["-recorded_at", "-pk"]
    fields = ["of", ("sequence", "by_label", "recorded_at"), "shown"]
    readonly_fields = ["shown"]

    @admin.display(description="nội dung sửa")
    def shown(self, one: ImportCorrection) -> str:
        return json.dumps(one.changes, ensure_ascii=False, indent=1)


@admin.register(AppendixImport)
class AppendixImportAdmin(HistoryAdmin):
    list_display = ["file_name", "plan", "by_label", "uploaded_at", "state", "outcome"]
    list_select_related = ["plan"]
    search_fields = ["file_name", "plan__title"]
    ordering = ["-uploaded_at", "-pk"]
    fields = [
        ("file_name", "plan"),
        ("by_label", "uploaded_at"),
        ("state", "applied_by_label", "applied_at", "outcome"),
        "text",
    ]
    readonly_fields = ["state", "text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AppendixImport]:
        return super().get_queryset(request).defer("sheets")

    @admin.display(description="tình trạng")
    def state(self, one: AppendixImport) -> str:
        if one.applied_at is not None:
            return "Đã áp dụng"
        return "Đã bỏ" if one.put_aside else "Đang nhập dở"

    @admin.display(description="các ô đã tải lên")
    def text(self, one: AppendixImport) -> str:
        rows = (row for sheet in one.sheets for row in sheet["rows"])
        return "\n".join(f"{row['number']}: {' | '.join(row['cells'])}" for row in rows)


@admin.register(TaskChange)
class TaskChangeAdmin(HistoryAdmin):
    list_display = ["task", "shown", "reason", "by_label", "recorded_at"]
    list_select_related = ["task"]
    search_fields = ["task__search", "reason", "by_label"]
    ordering = ["-recorded_at", "-pk"]
    fields = ["task", "shown", "reason", ("by_label", "recorded_on", "recorded_at")]
    readonly_fields = ["shown"]

    @admin.display(description="thay đổi")
    def shown(self, one: TaskChange) -> str:
        return "\n".join(f"{name}: {before} → {after}" for name, before, after in one.changes)


@admin.register(Absence)
class AbsenceAdmin(HistoryAdmin):
    list_display = ["task", "withdrawn_on", "restored_on"]
    list_select_related = ["task"]
    search_fields = ["task__search"]
    ordering = ["-pk"]
    fields = ["task", ("withdrawn_on", "restored_on")]


@admin.register(CarryOver)
class CarryOverAdmin(HistoryAdmin):
    list_display = ["source", "plan", "year", "outcome", "by_label", "recorded_at"]
    list_select_related = ["source", "plan"]
    search_fields = ["source__title", "plan__title", "by_label"]
    ordering = ["-recorded_at", "-pk"]
    fields = [("source", "plan", "year"), "outcome", ("by_label", "recorded_at")]
