from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ManyToManyField, QuerySet
from django.http import HttpRequest

from config.vietnamese.text import fold
from units.admin.base import Part, PartFormSet, RecordAdmin, is_removed
from units.models import Alias, Unit, UnitGroup


class AliasFormSet(PartFormSet):
    """Each way to write a name means one thing in an agency."""

    def clean(self) -> None:
        super().clean()
        agency = self.instance.agency_id
        seen: set[str] = set()
        for form in self.forms:
            name = form.cleaned_data.get("name")
            if not name or is_removed(form):
                continue
            folded = fold(name)
            others = Alias.objects.filter(agency=agency, folded=folded)
            if folded in seen or others.exclude(pk=form.instance.pk).exists():
                form.add_error(
                    "name", "Cách viết này đã dùng, ở đây hoặc cho một đơn vị, nhóm khác."
                )
            seen.add(folded)

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> Any:
        form.instance.agency_id = self.instance.agency_id
        return super().save_new(form, commit)


class AliasPart(Part, admin.TabularInline):
    model = Alias
    fields = ["name"]
    formset = AliasFormSet


class OfAgency(RecordAdmin):
    """Units and groups stay in the agency that they were made for: plans and aliases hang on it."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["agency"] if obj else []


@admin.register(Unit)
class UnitAdmin(OfAgency):
    list_display = ["name", "short_name", "kind", "position", "works"]
    list_filter = ["is_active", "kind"]
    search_fields = ["name", "short_name", "aliases__name"]
    fields = [
        ("name", "short_name"),
        ("agency", "code"),
        ("kind", "position"),
        ("is_active", "head_sends"),
    ]
    inlines = [AliasPart]
    instead_of_deleting = "Bỏ chọn “đang hoạt động” để đơn vị không còn được phân công việc mới."

    @admin.display(description="hoạt động", ordering="is_active")
    def works(self, unit: Unit) -> str:
        return "đang hoạt động" if unit.is_active else "đã ngừng"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        # Work is given only to units that exist; their old work keeps naming those that do not.
        if request.GET.get("model_name") == "assignment":
            queryset = queryset.filter(is_active=True)
        return super().get_search_results(request, queryset, search_term)


@admin.register(UnitGroup)
class UnitGroupAdmin(OfAgency):
    list_display = ["name", "shown_members"]
    search_fields = ["name", "aliases__name"]
    fields = ["name", ("agency", "code"), "members"]
    inlines = [AliasPart]
    instead_of_deleting = "Nhóm đã được phân công thì giữ lại; bỏ hết đơn vị nếu không dùng nữa."

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        # A department has a dozen units: boxes to tick say more than two lists with arrows.
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[UnitGroup]:
        return super().get_queryset(request).prefetch_related("members")

    @admin.display(description="các đơn vị trong nhóm")
    def shown_members(self, group: UnitGroup) -> str:
        return ", ".join(unit.short_name for unit in group.members.all())
