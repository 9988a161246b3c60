"""What an administrator takes into a later year."""

import uuid
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict

from config.vietnamese import dates
from plans.acts.next_year import MOST_YEARS
from plans.acts.refusals import Invalid
from plans.fields import DayField
from plans.models import Plan
from plans.next_year.choosing import Unreadable, as_ranges, from_ranges, with_ticks
from plans.next_year.preview import Choices, Preview, Which, wrong_days


class TasksField(forms.CharField):
    """Tasks by their keys, as they stand in an address."""

    widget = forms.HiddenInput
    default_error_messages: ClassVar = {
        "tasks": "Không đọc được danh sách nhiệm vụ đã chọn trong địa chỉ; đồng chí chọn lại."
    }

    def __init__(self) -> None:
        super().__init__(required=False)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else as_ranges(value)

    def to_python(self, value: Any) -> Any:
        try:
            return from_ranges(super().to_python(value) or "")
        except Unreadable as error:
            raise forms.ValidationError(self.error_messages["tasks"]) from error


class ChoicesForm(forms.Form):
    """What goes along; stands in the address of the preview."""

    nam = forms.TypedChoiceField(label="Năm kế hoạch mới", coerce=int)
    nhiem_vu = forms.ChoiceField(
        label="Nhiệm vụ",
        choices=[
            (Which.ALL.value, "Tất cả; việc chưa xong ghi là chuyển tiếp"),
            (Which.OPEN.value, "Chỉ việc chưa xong, ghi là chuyển tiếp"),
            (Which.NONE.value, "Không; chỉ chỉ số, lĩnh vực, mục, tiêu chí"),
        ],
        widget=forms.RadioSelect,
    )
    mang = forms.MultipleChoiceField(
        label="Mang theo cả",
        required=False,
        choices=[
            ("phan-cong", "Phân công chủ trì, phối hợp"),
            ("chi-tieu", "Chỉ tiêu, với mức tăng mỗi năm"),
            ("loi-van", "Lời văn và nơi nhận của kế hoạch"),
            ("han-da-doi", "Thời hạn đã đổi, đã gia hạn trong năm (không chọn: theo hạn đã giao)"),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    tu = DayField(
        label="Bắt đầu từ ngày",
        required=False,
        help_text="Ngày kế hoạch mới có hiệu lực; để trống thì theo ngày của kế hoạch cũ.",
    )
    han = DayField(
        label="Thời hạn chung",
        required=False,
        help_text="Nhiệm vụ theo thời hạn chung cũng theo ngày này.",
    )
    # Chosen one by one, against what `nhiem_vu` says: left out, and taken besides.
    bo = TasksField()
    them = TasksField()

    def __init__(self, plan: Plan, data: Any = None, **kwargs: Any) -> None:
        self.plan = plan
        super().__init__(data, **kwargs)
        years = range(plan.year + 1, plan.year + 1 + MOST_YEARS)
        cast("forms.ChoiceField", self.fields["nam"]).choices = [(year, year) for year in years]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        named = {*(cleaned.get("bo") or ()), *(cleaned.get("them") or ())}
        if named and named - set(self.plan.tasks.values_list("pk", flat=True)):
            self.add_error(
                None, "Có nhiệm vụ đã chọn không thuộc kế hoạch này; đồng chí chọn lại trong bảng."
            )
        if not self.errors:
            for name, words in wrong_days(self.plan, self._choices(cleaned)).items():
                self.add_error(_FIELDS[name], words)
        return cleaned

    @property
    def choices(self) -> Choices:
        """What was chosen; everything into the next year where the address says nothing."""
        if not self.is_bound or not self.is_valid():
            return Choices(self.plan.year + 1)
        return self._choices(self.cleaned_data)

    def _choices(self, chosen: dict[str, Any]) -> Choices:
        return Choices(
            chosen["nam"],
            Which(chosen["nhiem_vu"]),
            left_out=chosen["bo"],
            taken=chosen["them"],
            leads="phan-cong" in chosen["mang"],
            measures="chi-tieu" in chosen["mang"],
            words="loi-van" in chosen["mang"],
            moved="han-da-doi" in chosen["mang"],
            starts_on=chosen["tu"],
            due_on=chosen["han"],
        )


def as_typed(choices: Choices) -> dict[str, Any]:
    """The fields of `ChoicesForm` for some choices."""
    taken = {
        "phan-cong": choices.leads,
        "chi-tieu": choices.measures,
        "loi-van": choices.words,
        "han-da-doi": choices.moved,
    }
    return {
        "nam": choices.year,
        "nhiem_vu": choices.tasks.value,
        "mang": [name for name, goes in taken.items() if goes],
        "tu": dates.short(choices.starts_on),
        "han": dates.short(choices.due_on),
        "bo": as_ranges(choices.left_out),
        "them": as_ranges(choices.taken),
    }


class CarryForm(ChoicesForm):
    """The same, hidden, with what its reader had seen: the tasks in the table (`hien`), and which
    of them are ticked (`chon`)."""

    hien = TasksField()
    chon = forms.TypedMultipleChoiceField(required=False, coerce=int)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, plan: Plan, data: Any = None, **kwargs: Any) -> None:
        initial = {"request_key": uuid.uuid4(), **kwargs.pop("initial", {})}
        super().__init__(plan, data, initial=initial, auto_id="%s-carry", **kwargs)
        keys = self.plan.tasks.values_list("pk", flat=True)
        cast("forms.ChoiceField", self.fields["chon"]).choices = [(key, key) for key in keys]
        for name in ("nam", "nhiem_vu", "tu", "han"):
            self.fields[name].widget = forms.HiddenInput()
        self.fields["mang"].widget = forms.MultipleHiddenInput()

    def ticked(self, preview: Preview) -> Choices:
        """What the ticks in the table make of the choices that `preview` shows."""
        return with_ticks(preview, self.cleaned_data["hien"], self.cleaned_data["chon"])

    def see_newer(self, seen: str) -> None:
        """After somebody else's change: what is shown now counts as seen."""
        data = cast("QueryDict", self.data).copy()
        data["seen"] = seen
        self.data = data

    def show_refusal(self, refusal: Invalid) -> None:
        for message in refusal.errors.values():
            self.add_error(None, message)


# The fields of `ChoicesForm` for what `wrong_days` names.
_FIELDS = {"starts_on": "tu", "due_on": "han"}
