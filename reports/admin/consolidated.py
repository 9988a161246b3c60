"""Consolidated reports, their steps, edits and files: read-only, as their acts alone write them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.text import Truncator

from reports.models import ConsolidatedReport, IssuedFile, PassageEdit, ReportStep
from units.admin.base import ReadOnly, RecordAdmin


class StepPart(ReadOnly, admin.TabularInline):
    model = ReportStep
    fields = ["act", "status", "words", "signer", "by_label", "recorded_at"]
    extra = 0


class FilePart(ReadOnly, admin.TabularInline):
    model = IssuedFile
    # Never `file`: it has no address, and who may read it is decided on the report's page.
    fields = ["name", "readable_size", "sha256"]
    readonly_fields = ["readable_size"]
    extra = 0

    @admin.display(description="kích thước")
    def readable_size(self, file: IssuedFile) -> str:
        return filesizeformat(file.size)


class KeptAdmin(ReadOnly, RecordAdmin):
    actions = None


@admin.register(ConsolidatedReport)
class ConsolidatedReportAdmin(KeptAdmin):
    list_display = ["round", "version", "status", "number_and_symbol", "issued_on", "sent_on"]
    list_filter = ["status"]
    list_select_related = ["round"]
    search_fields = ["round__name", "symbol"]
    fields = [
        ("round", "version", "replaces"),
        ("agency", "status", "as_of"),
        ("signing_authority", "signing_title", "signing_name"),
        ("number", "symbol", "issued_on", "issued_year", "medium"),
        ("sent_on", "sent_to", "sent_by_way"),
        "sha256",
    ]
    readonly_fields = ["sha256"]
    inlines = [StepPart, FilePart]

    @admin.display(description="số, ký hiệu")
    def number_and_symbol(self, report: ConsolidatedReport) -> str:
        return report.number_and_symbol or "–"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("round", "replaces__round")


@admin.register(ReportStep)
class ReportStepAdmin(KeptAdmin):
    list_display = ["recorded_on", "report", "act", "status", "words_start", "by_label"]
    list_filter = ["act"]
    list_select_related = ["report__round"]
    search_fields = ["report__round__name", "by_label", "words"]
    ordering = ["-recorded_at", "-pk"]
    fields = [
        "report",
        ("act", "status"),
        "words",
        "signer",
        "checked",
        ("by_label", "recorded_at"),
    ]

    @admin.display(description="ý kiến, lý do")
    def words_start(self, step: ReportStep) -> str:
        return Truncator(step.words).chars(80)


@admin.register(PassageEdit)
class PassageEditAdmin(KeptAdmin):
    list_display = ["recorded_on", "report", "name", "text_start", "by_label"]
    list_select_related = ["report__round"]
    search_fields = ["report__round__name", "name", "by_label"]
    ordering = ["-recorded_at", "-pk"]
    fields = ["report", ("passage", "name"), "text", "generated", ("by_label", "recorded_at")]

    @admin.display(description="nội dung")
    def text_start(self, edit: PassageEdit) -> str:
        return Truncator(edit.text or "").chars(80)


@admin.register(IssuedFile)
class IssuedFileAdmin(KeptAdmin):
    list_display = ["name", "report", "format", "readable_size", "sha256"]
    list_filter = ["format"]
    list_select_related = ["report__round"]
    search_fields = ["name", "sha256"]
    ordering = ["-pk"]
    fields = ["report", ("name", "format", "media_type", "readable_size"), "sha256"]
    readonly_fields = ["readable_size"]

    @admin.display(description="kích thước", ordering="size")
    def readable_size(self, file: IssuedFile) -> str:
        return filesizeformat(file.size)
