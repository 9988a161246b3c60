from typing import Any

from django import forms

from plans.acts.remarks import parts_of
from plans.fields import WordsField
from plans.keyed_form import KeyedForm
from plans.models import ProgressUpdate

SHOWN = 120


class RemarkForm(KeyedForm):
    """A remark on one part of an update."""

    target = forms.ChoiceField(
        label="Góp ý vào phần",
        widget=forms.RadioSelect,
        error_messages={"required": "Đồng chí chọn phần được góp ý."},
    )
    text = WordsField(label="Nội dung góp ý", help_text="Đơn vị đọc được; không sửa, không xóa.")

    def __init__(self, update: ProgressUpdate, data: Any = None) -> None:
        self.update = update
        super().__init__(f"remark-{update.pk}", data)
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (target, words if len(words) <= SHOWN else f"{words[:SHOWN]}…")
            for target, words in parts_of(update)
        ]
