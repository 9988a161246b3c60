"""Directives, urgings, inspections, difficulties: to look at.

What was done about persons (Sanction) has no page here: only the leadership and the Office read it.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator

from plans.admin.history import HistoryAdmin
from plans.models import (
    Difficulty,
    Directive,
    Dissemination,
    Finding,
    InspectedTask,
    InspectedUnit,
    Inspection,
    MatterTask,
    Remedy,
    Step,
    StepFile,
    Urging,
)
from plans.moves import Stage
from units import clock
from units.admin.base import ReadOnly

WORDS_LONG = 80


class TaskPart(ReadOnly, admin.TabularInline):
    model = MatterTask
    fields = ["task"]
    extra = 0


class StepPart(ReadOnly, admin.TabularInline):
    model = Step
    fields = [
        "sequence",
        "kind",
        "stage",
        "completed_on",
        "due_on",
        "words",
        "document_number",
        "document_date",
        "by_label",
        "recorded_at",
    ]
    extra = 0


class MatterAdmin(HistoryAdmin):
    """One kind of matter, with every step."""

    list_display = ["recorded_on", "words_start", "unit", "due_on", "shown_stage", "by_label"]
    list_filter = [("unit", admin.RelatedOnlyFieldListFilter), "plan"]
    list_select_related = ["unit"]
    search_fields = ["words"]
    ordering = ["-recorded_at", "-pk"]
    own_fields: tuple[Any, ...] = ()
    inlines = [TaskPart, StepPart]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        found: QuerySet = super().get_queryset(request).on(clock.today())  # type: ignore[attr-defined]
        return found

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [
            ("plan", "unit"),
            "words",
            *self.own_fields,
            ("document_number", "document_date", "due_on"),
            ("by_label", "recorded_at"),
        ]

    @admin.display(description="nội dung")
    def words_start(self, matter: Any) -> str:
        return Truncator(matter.words).chars(WORDS_LONG)

    @admin.display(description="tình trạng")
    def shown_stage(self, matter: Any) -> str:
        return str(Stage(matter.stage).label)


@admin.register(Directive)
class DirectiveAdmin(MatterAdmin):
    own_fields = (("giver_label", "given_on"),)


@admin.register(Urging)
class UrgingAdmin(MatterAdmin):
    own_fields = (("form", "sent_on"),)


@admin.register(Difficulty)
class DifficultyAdmin(MatterAdmin):
    own_fields = ("proposal", "update")


class InspectedUnitPart(ReadOnly, admin.TabularInline):
    model = InspectedUnit
    fields = ["unit"]
    extra = 0


class InspectedTaskPart(ReadOnly, admin.TabularInline):
    model = InspectedTask
    fields = ["task"]
    extra = 0


class FindingPart(ReadOnly, admin.TabularInline):
    model = Finding
    fields = ["words", "unit", "by_label", "recorded_on"]
    extra = 0


@admin.register(Inspection)
class InspectionAdmin(HistoryAdmin):
    list_display = ["held_on", "scope_start", "by_label", "recorded_on"]
    list_filter = ["plan"]
    search_fields = ["scope"]
    ordering = ["-held_on", "-pk"]
    fields = [
        ("plan", "held_on"),
        "scope",
        ("document_number", "document_date"),
        ("by_label", "recorded_at"),
    ]
    inlines = [InspectedUnitPart, InspectedTaskPart, FindingPart]

    @admin.display(description="phạm vi, nội dung")
    def scope_start(self, inspection: Inspection) -> str:
        return Truncator(inspection.scope).chars(WORDS_LONG)


@admin.register(Remedy)
class RemedyAdmin(MatterAdmin):
    own_fields = (("means", "finding"),)


@admin.register(StepFile)
class StepFileAdmin(HistoryAdmin):
    list_display = ["name", "step", "size"]
    list_select_related = ["step"]
    search_fields = ["name"]
    # Never `file`: it has no address, and who may read it is decided on the matter's page.
    fields = ["step", ("name", "media_type", "size"), "sha256"]


@admin.register(Dissemination)
class DisseminationAdmin(HistoryAdmin):
    list_display = ["held_on", "unit", "way", "people", "by_label"]
    list_filter = ["plan", ("unit", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["unit"]
    search_fields = ["unit__name", "note"]
    ordering = ["-held_on", "-pk"]
    fields = [("plan", "unit"), ("held_on", "way", "people"), "note", ("by_label", "recorded_at")]
