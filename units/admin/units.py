import datetime as dt
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import ManyToManyField, QuerySet
from django.http import HttpRequest

from config.vietnamese import dates
from config.vietnamese.text import fold
from units.admin.base import Part, PartFormSet, RecordAdmin, is_removed
from units.admin.fields import DayField, TextField
from units.models import Alias, Unit, UnitGroup, User
from units.renaming import (
    called_alike,
    doubtful_day,
    means_this_one,
    move_rename,
    rename,
    take_back_rename,
    wrong_day,
)


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
    last_rename = forms.ChoiceField(
        label="Lần đổi tên gần nhất",
        required=False,
        choices=[
            ("", "ghi đúng, giữ nguyên"),
            ("move", "ghi sai ngày: sửa thành ngày dưới đây"),
            ("take_back", "đổi nhầm: lấy lại tên trước đó"),
        ],
    )
    right_day = DayField(label="Ngày đổi tên đúng", required=False)
    rename_reason = TextField(
        label="Lý do sửa lần đổi tên",
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="Lý do được lưu trong lịch sử của đơn vị.",
    )
    day_is_right = forms.BooleanField(
        label="Ngày đổi tên đã đúng, dù cách hôm nay hơn một năm", required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"name", "short_name"} <= set(cleaned):
            self._check_names(cleaned)
        if cleaned.get("last_rename"):
            self._check_correction(cleaned)
        if cleaned.get("is_active") and self.instance.merged_into is not None:
            self.add_error(
                "is_active", f"Đơn vị đã nhập vào {self.instance.merged_into}, không hoạt động lại."
            )
        return cleaned

    @property
    def _renames(self) -> bool:
        return bool({"name", "short_name"} & set(self.changed_data))

    def _check_names(self, cleaned: dict[str, Any]) -> None:
        if agency := cleaned.get("agency"):
            self.instance.agency = agency
        names = (cleaned["name"], cleaned["short_name"])
        self.instance.is_active = bool(cleaned.get("is_active"))
        begins = "is_active" in self.changed_data
        if (self._renames or begins) and (other := called_alike(self.instance, *names)):
            self.add_error("name", other)
        day, earlier = cleaned.get("renamed_on"), self.instance.earlier_names
        goes_back = bool(earlier) and names == (earlier[-1]["name"], earlier[-1]["short_name"])
        if self._renames and goes_back and not day:
            self.add_error(
                "name",
                "Đơn vị mang tên này trước lần đổi tên gần nhất. Nếu đổi nhầm, đồng chí để nguyên "
                "tên và chọn “lấy lại tên trước đó” bên dưới; nếu nay đổi lại, đồng chí ghi ngày.",
            )
        if day and not self._renames:
            self.add_error("renamed_on", "Tên chưa đổi: đồng chí ghi tên mới, hoặc bỏ ngày.")
        elif day:
            self._check_day("renamed_on", day, earlier)

    def _check_correction(self, cleaned: dict[str, Any]) -> None:
        if self._renames:
            self.add_error(
                "last_rename", "Đồng chí sửa lần đổi tên trước rồi lưu, sau đó mới đổi tên mới."
            )
        if not cleaned.get("rename_reason"):
            self.add_error("rename_reason", "Đồng chí ghi lý do.")
        day = cleaned.get("right_day")
        if cleaned["last_rename"] == "move" and "right_day" in cleaned:
            if day:
                self._check_day("right_day", day, self.instance.earlier_names[:-1])
            else:
                self.add_error("right_day", "Đồng chí ghi ngày đúng.")
        if cleaned["last_rename"] == "take_back":
            last = self.instance.earlier_names[-1]
            if other := called_alike(self.instance, last["name"], last["short_name"]):
                self.add_error("last_rename", other)

    def _check_day(self, field: str, day: dt.date, earlier: list[dict[str, str]]) -> None:
        if wrong := wrong_day(earlier, day):
            self.add_error(field, wrong)
        elif not self.cleaned_data.get("day_is_right") and (doubt := doubtful_day(day)):
            self.add_error(field, doubt)


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
    back_together = (("name", "short_name"),)
    instead_of_deleting = "Bỏ chọn “đang hoạt động” để đơn vị không còn được phân công việc mới."

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.fields
        corrected = ["last_rename", "right_day", "rename_reason"] if obj.earlier_names else []
        return [*self.fields, "renamed_on", "earlier", *corrected, "day_is_right", "merged"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "earlier", "merged"]

    def save_model(self, request: HttpRequest, obj: Unit, form: Any, change: bool) -> None:
        if not change:
            super().save_model(request, obj, form, change)
            means_this_one(obj)
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
        said = form.cleaned_data
        why = {"by": cast("User", request.user), "reason": said.get("rename_reason", "")}
        if said.get("last_rename") == "move":
            move_rename(unit=obj, on=said["right_day"], **why)
        elif said.get("last_rename") == "take_back":
            take_back_rename(unit=obj, **why)

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
        if unit.became:
            return unit.became
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
