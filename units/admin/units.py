import datetime as dt
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import ManyToManyField, QuerySet
from django.http import HttpRequest

from config.vietnamese import dates
from config.vietnamese.text import fold
from units.admin.base import Part, PartFormSet, RecordAdmin, is_removed
from units.admin.fields import DayField
from units.models import Alias, Unit, UnitGroup, User
from units.renaming import rename


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


class UnitForm(forms.ModelForm):
    renamed_on = DayField(
        label="Tên mới có hiệu lực từ ngày",
        required=False,
        help_text="Ghi khi đơn vị đổi tên: kế hoạch, báo cáo trước ngày đó giữ tên cũ. Để trống "
        "khi chỉ sửa tên ghi sai.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        earlier = self.instance.earlier_names
        day = cleaned.get("renamed_on")
        if day and not {"name", "short_name"} & set(self.changed_data):
            self.add_error("renamed_on", "Tên chưa đổi: đồng chí ghi tên mới, hoặc bỏ ngày.")
        elif day and earlier and day <= dt.date.fromisoformat(earlier[-1]["until"]):
            self.add_error("renamed_on", "Ngày này phải sau lần đổi tên trước.")
        if cleaned.get("is_active") and self.instance.merged_into is not None:
            self.add_error(
                "is_active", f"Đơn vị đã nhập vào {self.instance.merged_into}, không hoạt động lại."
            )
        return cleaned


@admin.register(Unit)
class UnitAdmin(OfAgency):
    form = UnitForm
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

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*self.fields, *(["renamed_on", "earlier", "merged"] if obj else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "earlier", "merged"]

    def save_model(self, request: HttpRequest, obj: Unit, form: Any, change: bool) -> None:
        if not change:
            super().save_model(request, obj, form, change)
            return
        names = {name: getattr(obj, name) for name in ("name", "short_name")}
        for name in names:
            setattr(obj, name, form.initial[name])
        super().save_model(request, obj, form, change)
        rename(
            unit=obj,
            on=form.cleaned_data["renamed_on"],
            by=cast("User", request.user),
            **names,
        )

    @admin.display(description="tên gọi trước đây")
    def earlier(self, unit: Unit) -> str:
        names = "; ".join(
            f"{one['name']} ({one['short_name']}), đến hết ngày "
            f"{dates.short(dt.date.fromisoformat(one['until']))}"
            for one in unit.earlier_names
        )
        return names or "không có"

    @admin.display(description="nhập đơn vị")
    def merged(self, unit: Unit) -> str:
        if unit.merged_into is not None:
            return f"đã nhập vào {unit.merged_into} từ ngày {dates.short(unit.merged_on)}"
        names = ", ".join(
            f"{one} (từ ngày {dates.short(one.merged_on)})" for one in unit.merged_units.all()
        )
        return f"đã nhận {names}" if names else "không có"

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
