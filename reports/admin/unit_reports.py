"""The units' reports, their versions, steps and edits: read-only, acts alone write them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator

from reports.models import (
    SectionEdit,
    StepRemark,
    UnitReport,
    UnitReportStep,
    UnitReportVersion,
)
from units.admin.base import ReadOnly, RecordAdmin


class StepPart(ReadOnly, admin.TabularInline):
    model = UnitReportStep
    fields = ["sequence", "kind", "state", "cycle", "reason", "by_label", "recorded_at"]
    extra = 0


class VersionPart(ReadOnly, admin.TabularInline):
    model = UnitReportVersion
    # Never `frozen`: the page of the version shows what it says.
    fields = ["number", "cycle", "by_label", "responsible_label", "submitted_on", "sha256"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("frozen")


class RemarkPart(ReadOnly, admin.TabularInline):
    model = StepRemark
    fields = ["task_label", "text"]
    extra = 0


class KeptAdmin(ReadOnly, RecordAdmin):
    actions = None


@admin.register(UnitReport)
class UnitReportAdmin(KeptAdmin):
    list_display = ["unit", "round", "state", "cycle"]
    list_filter = ["state", ("round", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["unit", "round"]
    search_fields = ["unit__name", "round__name"]
    fields = [("round", "unit"), ("state", "cycle")]
    inlines = [VersionPart, StepPart]


@admin.register(UnitReportStep)
class UnitReportStepAdmin(KeptAdmin):
    list_display = ["recorded_on", "report", "kind", "state", "reason_start", "by_label"]
    list_filter = ["kind", "state"]
    list_select_related = ["report__unit", "report__round"]
    search_fields = ["report__unit__name", "reason"]
    ordering = ["-recorded_at", "-pk"]
    fields = [
        ("report", "sequence", "cycle"),
        ("kind", "state"),
        "reason",
        ("by_label", "recorded_at"),
    ]
    inlines = [RemarkPart]

    @admin.display(description="lý do")
    def reason_start(self, step: UnitReportStep) -> str:
        return Truncator(step.reason).chars(80)


@admin.register(SectionEdit)
class SectionEditAdmin(KeptAdmin):
    list_display = ["recorded_on", "report", "section", "text_start", "by_label"]
    list_filter = ["section"]
    list_select_related = ["report__unit", "report__round"]
    search_fields = ["report__unit__name", "text"]
    ordering = ["-recorded_at", "-pk"]
    fields = [("report", "section", "sequence"), "text", "draft", ("by_label", "recorded_at")]

    @admin.display(description="nội dung")
    def text_start(self, edit: SectionEdit) -> str:
        return Truncator(edit.text or "(dùng lại dự thảo)").chars(80)
