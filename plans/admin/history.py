"""What people said and decided: to look at, never to change."""

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.text import Truncator

from plans.admin.base import PlanRecordAdmin
from plans.models import (
    DueDateChange,
    Evidence,
    MeasureValue,
    Prepared,
    PreparedEvidence,
    ProgressUpdate,
)
from units.admin.base import ReadOnly

TASK_LONG = 80


class ValuePart(ReadOnly, admin.TabularInline):
    model = MeasureValue
    fields = ["measure", "shown"]
    readonly_fields = ["shown"]
    extra = 0

    @admin.display(description="giá trị")
    def shown(self, value: MeasureValue) -> str:
        return value.measure.shown(value.value)


class EvidencePart(ReadOnly, admin.TabularInline):
    model = Evidence
    # Never `file`: it has no address, and who may read it is decided on the task's page.
    fields = ["label", "readable_size", "proves"]
    readonly_fields = ["label", "readable_size"]
    extra = 0

    @admin.display(description="tài liệu")
    def label(self, evidence: Evidence) -> str:
        return evidence.label

    @admin.display(description="kích thước")
    def readable_size(self, evidence: Evidence) -> str:
        return filesizeformat(evidence.size) if evidence.size else "–"


class HistoryAdmin(ReadOnly, PlanRecordAdmin):
    actions = None


@admin.register(ProgressUpdate)
class ProgressUpdateAdmin(HistoryAdmin):
    list_display = ["recorded_on", "task", "unit", "kind", "state", "result_start", "by_label"]
    list_filter = ["kind", "state", ("assignment__unit", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["assignment__task", "assignment__unit"]
    search_fields = ["assignment__task__search"]
    folded_column = "assignment__task__search"
    ordering = ["-recorded_at", "-pk"]
    fields = [
        ("assignment", "sequence"),
        ("kind", "state", "claim", "completed_on"),
        ("says_unchanged", "corrects"),
        "result",
        "difficulty",
        "cause",
        "next_step",
        "proposal",
        "explanation",
        "reason",
        ("by_label", "recorded_at", "prepared_by_label"),
    ]
    readonly_fields = ["says_unchanged"]
    inlines = [ValuePart, EvidencePart]

    @admin.display(description="không có thay đổi")
    def says_unchanged(self, update: ProgressUpdate) -> str:
        return "Có" if update.unchanged else "Không"

    @admin.display(description="nhiệm vụ", ordering="assignment__task__position")
    def task(self, update: ProgressUpdate) -> str:
        return Truncator(update.assignment.task).chars(TASK_LONG)

    @admin.display(description="đơn vị", ordering="assignment__unit__position")
    def unit(self, update: ProgressUpdate) -> str:
        return update.assignment.unit.short_name

    @admin.display(description="kết quả, lý do")
    def result_start(self, update: ProgressUpdate) -> str:
        return Truncator(update.result or update.reason).chars(TASK_LONG)


@admin.register(MeasureValue)
class MeasureValueAdmin(HistoryAdmin):
    list_display = ["measure", "shown", "unit", "day"]
    list_select_related = ["measure", "update__assignment__unit"]
    search_fields = ["update__assignment__task__search"]
    folded_column = "update__assignment__task__search"
    ordering = ["-update__recorded_at", "pk"]
    fields = ["measure", "shown", "update"]
    readonly_fields = ["shown"]

    @admin.display(description="giá trị")
    def shown(self, value: MeasureValue) -> str:
        return value.measure.shown(value.value)

    @admin.display(description="đơn vị")
    def unit(self, value: MeasureValue) -> str:
        return value.update.assignment.unit.short_name

    @admin.display(description="ngày ghi", ordering="update__recorded_at")
    def day(self, value: MeasureValue) -> object:
        return value.update.recorded_on


@admin.register(Evidence)
class EvidenceAdmin(HistoryAdmin):
    list_display = ["label", "proves", "readable_size", "unit", "day"]
    list_select_related = ["update__assignment__unit"]
    search_fields = ["update__assignment__task__search"]
    folded_column = "update__assignment__task__search"
    ordering = ["-update__recorded_at", "pk"]
    fields = [
        "update",
        ("name", "readable_size", "media_type"),
        ("document_number", "document_date"),
        "proves",
        "sha256",
    ]
    readonly_fields = ["readable_size"]

    @admin.display(description="tài liệu")
    def label(self, evidence: Evidence) -> str:
        return evidence.label

    @admin.display(description="kích thước", ordering="size")
    def readable_size(self, evidence: Evidence) -> str:
        return filesizeformat(evidence.size) if evidence.size else "–"

    @admin.display(description="đơn vị")
    def unit(self, evidence: Evidence) -> str:
        return evidence.update.assignment.unit.short_name

    @admin.display(description="ngày ghi", ordering="update__recorded_at")
    def day(self, evidence: Evidence) -> object:
        return evidence.update.recorded_on


@admin.register(DueDateChange)
class DueDateChangeAdmin(HistoryAdmin):
    list_display = ["recorded_on", "task", "unit", "old_due_on", "new_due_on", "reason", "by_label"]
    list_select_related = ["assignment__task", "assignment__unit"]
    search_fields = ["assignment__task__search"]
    folded_column = "assignment__task__search"
    ordering = ["-recorded_at", "-pk"]
    fields = [
        "assignment",
        ("old_due_on", "new_due_on"),
        "reason",
        ("by_label", "recorded_at"),
    ]

    @admin.display(description="nhiệm vụ", ordering="assignment__task__position")
    def task(self, change: DueDateChange) -> str:
        return Truncator(change.assignment.task).chars(TASK_LONG)

    @admin.display(description="đơn vị", ordering="assignment__unit__position")
    def unit(self, change: DueDateChange) -> str:
        return change.assignment.unit.short_name


class PreparedEvidencePart(ReadOnly, admin.TabularInline):
    model = PreparedEvidence
    fields = ["label", "proves"]
    readonly_fields = ["label"]
    extra = 0

    @admin.display(description="tài liệu")
    def label(self, evidence: PreparedEvidence) -> str:
        return str(evidence)


@admin.register(Prepared)
class PreparedAdmin(HistoryAdmin):
    """What staff wrote and the head has not sent yet: theirs to change, on the task's page."""

    list_display = ["prepared_at", "task", "unit", "by_label", "note"]
    list_select_related = ["assignment__task", "assignment__unit"]
    search_fields = ["assignment__task__search"]
    folded_column = "assignment__task__search"
    ordering = ["-prepared_at"]
    fields = ["assignment", "result", "note", ("by_label", "prepared_at")]
    readonly_fields = ["result"]
    inlines = [PreparedEvidencePart]

    @admin.display(description="kết quả thực hiện")
    def result(self, prepared: Prepared) -> str:
        return str(prepared.report["result"])

    @admin.display(description="nhiệm vụ", ordering="assignment__task__position")
    def task(self, prepared: Prepared) -> str:
        return Truncator(prepared.assignment.task).chars(TASK_LONG)

    @admin.display(description="đơn vị", ordering="assignment__unit__position")
    def unit(self, prepared: Prepared) -> str:
        return prepared.assignment.unit.short_name
