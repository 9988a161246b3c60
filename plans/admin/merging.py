"""The page on which a unit becomes part of another, with what it still owes."""

import hashlib
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from config.vietnamese.numbers import format_decimal
from plans.acts.merging import Handed, codes, hand_over_tasks, merge_units
from plans.acts.merging_preview import MergerPreview, preview
from plans.acts.refusals import Invalid, NotYours, Refusal
from plans.admin.appendix_forms import ReasonForm
from plans.models import Plan, Task
from units import clock
from units.admin.fields import DayField
from units.models import Unit, User


class MergeUnitsForm(ReasonForm):
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Đơn vị nhập đi",
        empty_label="chọn đơn vị",
        help_text="Đơn vị đã nhập thì chọn để chuyển nốt việc còn lại.",
    )
    into = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Nhập vào đơn vị",
        empty_label="chọn đơn vị",
        required=False,
        help_text="Để trống khi chỉ chuyển nốt việc của đơn vị đã nhập.",
    )
    on = DayField(label="Từ ngày", help_text="Ngày quyết định có hiệu lực.")
    hand_over = forms.BooleanField(
        label="Giao mọi việc chưa xong cho đơn vị nhận", required=False, initial=True
    )
    move_people = forms.BooleanField(
        label="Chuyển cán bộ sang đơn vị nhận, giữ nguyên vai trò", required=False, initial=True
    )
    understood = forms.BooleanField(
        label="Tôi đã xem những gì sẽ thay đổi và hiểu rằng việc này không hoàn tác được",
        required=False,
    )
    # Which preview the person had before their eyes; another one is shown before anything is done.
    previewed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(agency=plan.agency_id)
        working = units.filter(is_active=True)
        choices: Any = self.fields
        choices["unit"].queryset = working | units.exclude(merged_into=None)
        choices["into"].queryset = working
        self.fields["on"].initial = clock.today()
        self.order_fields(["unit", "into", "on", "reason", "hand_over", "move_people"])
        self.preview: MergerPreview | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        unit = cleaned.get("unit")
        if unit is not None and unit.merged_into_id is None and not cleaned.get("into"):
            self.add_error("into", "Đồng chí chọn đơn vị nhận.")
        return cleaned

    @property
    def choices(self) -> dict[str, Any]:
        """What the act takes besides who."""
        names = ("unit", "into", "on", "reason", "hand_over", "move_people")
        return {name: self.cleaned_data[name] for name in names}

    def confirmed(self, by: User) -> bool:
        """Whether the person has seen what it would do, as it is now, and confirmed it; else the
        form shows it. Raises what the merger would raise."""
        self.preview = preview(by=by, **self.choices)
        seen = (self.preview, {**self.choices, "reason": ""})
        fingerprint = hashlib.sha256(repr(seen).encode()).hexdigest()
        if self.cleaned_data["previewed"] != fingerprint:
            data = cast("QueryDict", self.data).copy()
            data["previewed"] = fingerprint
            data.pop("understood", None)
            self.data = data
            return False
        if not self.cleaned_data["understood"]:
            self.add_error("understood", "Đồng chí xem phần trên rồi chọn ô này để xác nhận.")
            return False
        return True


class MergingPages(admin.ModelAdmin):
    """The page of mergers, in the admin of plans."""

    def get_urls(self) -> list[Any]:
        view = require_http_methods(["GET", "HEAD", "POST"])(self.units_view)
        own = path(
            "<int:plan_id>/phu-luc/nhap-don-vi/",
            self.admin_site.admin_view(view),
            name="plans_plan_units",
        )
        return [own, *super().get_urls()]

    def units_view(self, request: HttpRequest, plan_id: int) -> HttpResponse:
        plan = get_object_or_404(Plan.objects.select_related("agency"), pk=plan_id)
        form, user = MergeUnitsForm(plan, request.POST or None), cast("User", request.user)
        if request.method == "POST" and form.is_valid():
            try:
                handed = _carried_out(form, user) if form.confirmed(user) else None
            except NotYours as refusal:
                raise PermissionDenied(str(refusal)) from refusal
            except Refusal as refusal:
                errors = refusal.errors if isinstance(refusal, Invalid) else {None: str(refusal)}
                for name, words in errors.items():
                    form.add_error(name, words)
            else:
                if handed is not None:
                    for level, words in _told(handed):
                        self.message_user(request, words, level)
                    appendix = reverse("admin:plans_plan_appendix", args=[plan.pk])
                    return HttpResponseRedirect(appendix)
        if form.preview is None:
            del form.fields["understood"]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            "plan": plan,
            "title": "Nhập đơn vị vào đơn vị khác",
            "button": "Nhập đơn vị" if form.preview else "Xem trước",
            "tasks": [],
            "says": "units",
            "form": form,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/plans/appendix_form.html", context, status=status)


def _carried_out(form: MergeUnitsForm, by: User) -> Handed:
    said = form.cleaned_data
    if said["unit"].merged_into_id is not None:
        return hand_over_tasks(unit=said["unit"], by=by, reason=said["reason"])
    return merge_units(by=by, **form.choices)


def _told(handed: Handed) -> list[tuple[int, str]]:
    """What happened, and what is still to be done by whom."""
    count = format_decimal(len(handed.given))
    given = f"Đã ghi việc nhập đơn vị; giao {count} nhiệm vụ{_of(handed.given)}."
    said = [(messages.SUCCESS, given)]
    if handed.to_stop:
        said.append(
            (
                messages.WARNING,
                "Phần việc đã có tiến độ giữ nguyên trong lịch sử; Lãnh đạo Sở cho dừng"
                f"{_of(handed.to_stop)}.",
            )
        )
    if handed.left:
        said.append(
            (
                messages.WARNING,
                "Chưa chuyển, vì đang chờ xác nhận hoặc đơn vị nhận đã đóng góp với vai trò phối "
                f"hợp{_of(handed.left)}.",
            )
        )
    return said


def _of(tasks: list[Task]) -> str:
    return f": {codes(tasks)}" if tasks else ""
