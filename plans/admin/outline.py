"""Indicators, areas, blocks and criteria: the frame that tasks hang in. Nothing moves from one
plan to another, as its tasks would stay behind."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join

from config.vietnamese.numbers import format_decimal
from plans.admin.base import PlanPart, PlanRecordAdmin, RefusableForm
from plans.models import Area, Block, Criterion, Indicator, IndicatorScore
from units.admin.base import PartFormSet, link


def _lines(links: list[str]) -> str:
    return format_html_join("", "<div>{}</div>", ((one,) for one in links))


class ScorePart(PlanPart, admin.TabularInline):
    model = IndicatorScore
    fields = ["year", "source", "value", "max_value", "rank", "note"]


class AreaFormSet(PartFormSet):
    def refusal(self, form: forms.ModelForm, deleting: bool) -> tuple[str | None, str] | None:
        area = form.instance
        if deleting and (area.blocks.exists() or area.children.exists()):
            return None, "Mục này còn mục con hoặc mục phân công; xóa từ trang của chính mục."
        return None


class AreaPart(PlanPart, admin.TabularInline):
    model = Area
    formset = AreaFormSet
    fields = ["position", "number", "title", "parent"]
    show_change_link = True

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "parent":
            match = request.resolver_match
            indicator = match.kwargs.get("object_id") if match else None
            kwargs["queryset"] = _possible_parents(indicator)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _possible_parents(indicator: Any) -> QuerySet[Area]:
    """The areas of the first level of an indicator; none while the indicator is new."""
    if indicator is None:
        return Area.objects.none()
    return Area.objects.filter(indicator=indicator, parent=None)


@admin.register(Indicator)
class IndicatorAdmin(PlanRecordAdmin):
    list_display = ["code", "name", "number", "plan"]
    list_filter = ["plan"]
    list_select_related = ["plan"]
    search_fields = ["code", "name"]
    fields = [("code", "number", "position"), "name", "heading", "plan"]
    inlines = [ScorePart, AreaPart]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["plan"] if obj else []


class AreaForm(RefusableForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        parent = cleaned.get("parent")
        if parent is None:
            return cleaned
        if parent.indicator != cleaned.get("indicator"):
            self.add_error("parent", "Mục cấp trên phải thuộc cùng chỉ số.")
        elif parent.parent_id or parent == self.instance or self._has_children():
            self.add_error("parent", "Lĩnh vực, nội dung có nhiều nhất hai cấp.")
        return cleaned

    def _has_children(self) -> bool:
        return self.instance.pk is not None and self.instance.children.exists()


@admin.register(Area)
class AreaAdmin(PlanRecordAdmin):
    form = AreaForm
    list_display = ["title", "number", "indicator", "parent"]
    list_filter = ["indicator__plan", ("indicator", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["indicator", "parent"]
    search_fields = ["number", "title"]
    readonly_fields = ["shown_blocks"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [
            ("indicator", "parent"),
            ("number", "position"),
            "title",
            "heading",
            *(["shown_blocks"] if obj else []),
        ]

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        area = _edited(self, request)
        if db_field.name == "indicator":
            kwargs["queryset"] = Indicator.objects.filter(
                **{"plan": area.indicator.plan_id} if area else {}
            )
        elif db_field.name == "parent":
            kwargs["queryset"] = (
                _possible_parents(area.indicator_id)
                if area
                else Area.objects.filter(parent=None).select_related("indicator")
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="mục phân công")
    def shown_blocks(self, area: Area) -> str:
        blocks = area.blocks.prefetch_related("criteria").order_by("position")
        return _lines([link("plans_block_change", _block_words(one), one.pk) for one in blocks])


def _edited(model_admin: admin.ModelAdmin, request: HttpRequest) -> Any:
    """The object that the page is about, None on the page for a new one."""
    match = request.resolver_match
    object_id = match.kwargs.get("object_id") if match else None
    return model_admin.get_object(request, object_id) if object_id else None


def _block_words(block: Block) -> str:
    """The number and the criteria of a block (fetched before)."""
    criteria = "; ".join(one.title for one in block.criteria.all())
    return f"{block.number} {criteria}".strip() or f"Mục phân công {block.position}"


class CriterionPart(PlanPart, admin.TabularInline):
    model = Criterion
    fields = ["position", "title", "max_score"]


@admin.register(Block)
class BlockAdmin(PlanRecordAdmin):
    list_display = ["place", "shown_criteria", "lead_words", "support_words"]
    autocomplete_fields = ["area"]
    list_filter = ["area__indicator__plan", ("area__indicator", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["area__indicator"]
    search_fields = ["number", "area__number", "area__title", "criteria__title", "lead_words"]
    ordering = ["area__indicator__plan", "area__indicator__position", "area__position", "position"]
    readonly_fields = ["shown_tasks"]
    inlines = [CriterionPart]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [
            "area",
            ("number", "position"),
            "heading",
            ("lead_words", "support_words"),
            "keeps_register",
            *(["shown_tasks"] if obj else []),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Block]:
        return super().get_queryset(request).prefetch_related("criteria")

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "area":
            block = _edited(self, request)
            kwargs["queryset"] = Area.objects.filter(
                **{"indicator__plan": block.area.indicator.plan_id} if block else {}
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="thuộc", ordering="area__position")
    def place(self, block: Block) -> str:
        return f"{block.area.indicator.code} – {block.area} {block.number}".strip()

    @admin.display(description="tiêu chí")
    def shown_criteria(self, block: Block) -> str:
        return "; ".join(one.title for one in block.criteria.all())

    @admin.display(description="nhiệm vụ")
    def shown_tasks(self, block: Block) -> str:
        tasks = block.tasks.order_by("position")
        links = [link("plans_task_change", task, task.pk) for task in tasks]
        return _lines([*links, link("plans_task_add", "Thêm nhiệm vụ", query=f"block={block.pk}")])


@admin.register(Criterion)
class CriterionAdmin(PlanRecordAdmin):
    list_display = ["title", "block", "points"]
    autocomplete_fields = ["block"]
    list_filter = ["block__area__indicator__plan"]
    list_select_related = ["block__area"]
    search_fields = ["title"]
    fields = ["block", "title", ("position", "max_score")]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["block"] if obj else []

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "block":
            kwargs["queryset"] = Block.objects.select_related("area")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="điểm tối đa", ordering="max_score")
    def points(self, criterion: Criterion) -> str:
        return "–" if criterion.max_score is None else format_decimal(criterion.max_score)
