"""What is typed on the screen of the appendix and on the pages that it leads to."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget

from plans.acts.arranging import Giving
from plans.acts.withdrawing import JOINED, seen_of
from plans.appendix.amendment import is_in_force
from plans.models import AssignmentRole, Plan, Task
from units.admin.fields import LineField, TextField
from units.models import Unit, UnitGroup

_IN_FORCE = "Kế hoạch đang thực hiện: lý do được lưu trong lịch sử của từng nhiệm vụ."


def _reason(*, required: bool) -> forms.Field:
    return TextField(
        label="Lý do",
        required=required,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        error_messages={"required": "Đồng chí ghi lý do; lý do được lưu trong lịch sử nhiệm vụ."},
    )


def _units(plan: Plan) -> Any:
    return plan.agency.units.filter(is_active=True)


class AssignManyForm(forms.Form):
    """Units for all ticked tasks; the ticks themselves stand in the table."""

    role = forms.ChoiceField(
        label="Vai trò",
        choices=AssignmentRole.choices,
        initial=AssignmentRole.LEAD,
        widget=forms.RadioSelect,
    )
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="Đơn vị", required=False, widget=forms.CheckboxSelectMultiple
    )
    group = forms.ModelChoiceField(
        UnitGroup.objects.none(), label="Hoặc cả nhóm", required=False, empty_label="không chọn"
    )
    giving = forms.ChoiceField(
        label="Đơn vị đang giữ vai trò này",
        choices=[
            (Giving.ADD, "giữ lại, thêm vào"),
            (Giving.REPLACE, "thay bằng các đơn vị đã chọn"),
        ],
        initial=Giving.ADD,
        widget=forms.RadioSelect,
    )

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = _units(plan)  # type: ignore[attr-defined]
        self.fields["group"].queryset = plan.agency.unit_groups.all()  # type: ignore[attr-defined]
        self.fields["reason"] = _reason(required=is_in_force(plan))
        if is_in_force(plan):
            self.fields["reason"].help_text = _IN_FORCE


class ReasonForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = _reason(required=True)


class SeenForm(ReasonForm):
    """Carries what of the history its reader had before their eyes."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, tasks: list[Task], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tasks = tasks
        self.fields["seen"].initial = self.seen_now()

    def seen_now(self) -> str:
        return ",".join(map(str, seen_of(self.tasks)))

    def clean_seen(self) -> list[int]:
        return [int(one) for one in self.cleaned_data["seen"].split(",") if one.isdecimal()]

    def show_newer(self) -> None:
        """The form comes back with what the history says by now, and everything that was typed."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["seen"] = self.seen_now()
        self.data = data


class MergeForm(SeenForm):
    kept = forms.ChoiceField(
        label="Nhiệm vụ được giữ", choices=(), widget=forms.RadioSelect,
        help_text="Giữ nguyên số mục, thời hạn và tiến độ của nhiệm vụ này.",
    )  # fmt: skip
    wording = TextField(label="Nội dung sau khi gộp", widget=AdminTextareaWidget(attrs={"rows": 6}))
    product = TextField(
        label="Sản phẩm sau khi gộp", required=False, widget=AdminTextareaWidget(attrs={"rows": 3})
    )

    def __init__(self, tasks: list[Task], *args: Any, **kwargs: Any) -> None:
        super().__init__(tasks, *args, **kwargs)
        choices = [(str(task.pk), str(task)) for task in tasks]
        self.fields["kept"].choices = choices  # type: ignore[attr-defined]
        self.fields["kept"].initial = choices[0][0]
        for name in JOINED:
            texts = dict.fromkeys(getattr(task, name) for task in tasks)
            self.fields[name].initial = "\n".join(text for text in texts if text)
        self.order_fields(["kept", "wording", "product", "reason", "seen"])

    @property
    def kept_and_gone(self) -> tuple[Task, Task]:
        first, second = self.tasks
        return (first, second) if self.cleaned_data["kept"] == str(first.pk) else (second, first)


class SplitForm(SeenForm):
    wording = TextField(
        label="Nội dung còn lại của nhiệm vụ này", widget=AdminTextareaWidget(attrs={"rows": 5})
    )
    title = LineField(label="Tên gọi ngắn của nhiệm vụ mới", max_length=200)
    half = TextField(
        label="Nội dung của nhiệm vụ mới", widget=AdminTextareaWidget(attrs={"rows": 5})
    )
    leads = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label="Chủ trì nhiệm vụ mới",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Đồng chí chọn đơn vị chủ trì của nhiệm vụ mới."},
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, tasks: list[Task], *args: Any, **kwargs: Any) -> None:
        super().__init__(tasks, *args, **kwargs)
        task = tasks[0]
        leads = task.assignments.leads().filter(unit__is_active=True)
        self.fields["leads"].queryset = _units(task.plan)  # type: ignore[attr-defined]
        self.fields["leads"].initial = list(leads.values_list("unit", flat=True))
        self.fields["wording"].initial = task.wording
        self.order_fields(["wording", "title", "half", "leads", "reason", "seen", "request_key"])
