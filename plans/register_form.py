from typing import Any

from django import forms

from plans.acts.register import GivenTask
from plans.fields import DayField, LineField, WordsField
from plans.keyed_form import KeyedForm
from plans.models import Block, DocumentType
from units.models import Unit


class UnitsField(forms.ModelMultipleChoiceField):
    """Units to tick, in protocol order."""

    def __init__(self, label: str) -> None:
        super().__init__(
            Unit.objects.filter(is_active=True).order_by("position", "name"),
            label=label,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


class GivenTaskForm(KeyedForm):
    """A task given by the Government or the Prime Minister, with the document that gives it."""

    document_type = forms.ChoiceField(
        label="Loại văn bản giao", choices=DocumentType.choices, initial=DocumentType.DECISION
    )
    document_number = LineField(label="Số", required=False, max_length=20)
    document_symbol = LineField(
        label="Ký hiệu", required=False, max_length=40, help_text="Như QĐ-TTg."
    )
    document_date = DayField(label="Ngày văn bản", required=False)
    document_issuer = LineField(
        label="Cơ quan ban hành", required=False, max_length=200, initial="Thủ tướng Chính phủ"
    )
    document_title = WordsField(label="Trích yếu", rows=2)
    title = LineField(
        label="Tên gọi ngắn", required=False, max_length=200, help_text="Dùng trong danh sách."
    )
    wording = WordsField(label="Nội dung nhiệm vụ như trong văn bản", rows=4)
    product = WordsField(label="Sản phẩm, kết quả cần đạt", rows=2)
    due_on = DayField(
        label="Thời hạn", required=False, help_text="Để trống nếu văn bản không nêu thời hạn."
    )
    leads = UnitsField("Đơn vị chủ trì")
    supports = UnitsField("Đơn vị phối hợp")

    def __init__(self, block: Block, data: Any = None) -> None:
        super().__init__(f"register-{block.pk}", data)

    def given(self) -> GivenTask:
        """What was typed, as the act takes it; call after is_valid()."""
        cleaned = self.cleaned_data
        typed = {name: cleaned.get(name) for name in self.fields if name != "request_key"}
        units = {name: list(typed[name] or ()) for name in ("leads", "supports")}
        return GivenTask(**(typed | units))  # type: ignore[arg-type]
