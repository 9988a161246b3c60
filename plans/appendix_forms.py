"""What an administrator decides about a workbook before it is applied."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from plans.appendix.outcomes import Options

# The fields of `OptionsForm`, and in the address, by what they decide.
OPTIONS = {"rut": "withdraw_missing", "giu": "keep_words", "khac": "other_plan"}


class OptionsForm(forms.Form):
    """How to look at the workbook; stands in the address of the preview."""

    rut = forms.BooleanField(
        label="Nhiệm vụ không có trong tệp là đã rút khỏi phụ lục",
        required=False,
        help_text="Nhiệm vụ đã có lịch sử (cập nhật, thay đổi, chỉ đạo, kiểm tra) không bị xóa mà "
        "rời danh sách và số liệu từ hôm nay, kèm lý do; các ngày trước giữ nguyên.",
    )
    giu = forms.BooleanField(
        label="Tên đơn vị chưa biết: giữ nguyên chữ, chưa phân công",
        required=False,
        help_text="Không chọn thì tên chưa biết là lỗi, phải sửa trong tệp.",
    )

    khac = forms.BooleanField(
        label="Tệp của kế hoạch khác: vẫn dùng để sửa kế hoạch này",
        required=False,
        help_text="Dòng có cùng số mục được coi là cùng nhiệm vụ; đồng chí xem kỹ từng dòng.",
    )

    @property
    def options(self) -> Options:
        if not self.is_valid():
            return Options()
        return Options(**{name: self.cleaned_data[key] for key, name in OPTIONS.items()})


class ApplyForm(OptionsForm):
    """Carries the state of the plan that its reader had seen."""

    keep_name = "appendix-apply"

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Lý do thay đổi",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Được lưu trong lịch sử của từng nhiệm vụ thay đổi thời hạn, chủ trì, phối hợp "
        "hoặc lời văn.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "auto_id": "%s-apply"})
        for name in OPTIONS:
            self.fields[name].widget = forms.HiddenInput()

    def see_newer(self, seen: str) -> None:
        """After somebody else's change: what was typed stays, theirs counts as seen."""
        data = cast("QueryDict", self.data).copy()
        data["seen"] = seen
        self.data = data
