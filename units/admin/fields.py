"""Form fields of the admin: what offices type is read or refused with a reason (V1, V2, V5)."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import models

from config.vietnamese.dates import NotADate, parse_date
from config.vietnamese.numbers import format_decimal
from config.vietnamese.text import clean, clean_line, looks_legacy

MAX_TEXT = 10_000


class LineField(forms.CharField):
    """One line: NFC, without doubled spaces and invisible characters."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return _readable(clean_line(text)) if text else text


class TextField(forms.CharField):
    """Several lines, cleaned like `LineField`; at most MAX_TEXT characters."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return text
        text = clean(text)
        if len(text) > MAX_TEXT:
            raise ValidationError(
                f"Nội dung dài {format_decimal(len(text))} ký tự, "
                f"tối đa {format_decimal(MAX_TEXT)}."
            )
        return _readable(text)


def _readable(text: str) -> str:
    if looks_legacy(text):
        raise ValidationError(
            "Nội dung được gõ bằng bảng mã cũ (TCVN3 hoặc VNI) nên không đọc được. "
            "Đồng chí chuyển sang Unicode rồi dán lại."
        )
    return text


class CodeField(forms.SlugField):
    default_error_messages = {
        "invalid": "Mã chỉ gồm chữ cái không dấu, chữ số, gạch nối và gạch dưới, như cong-nghe-so."
    }


class DayField(forms.DateField):
    """A day typed as dd/mm/yyyy; a date picker would show the browser's locale and its today."""

    widget = forms.DateInput(attrs={"placeholder": "ngày/tháng/năm", "size": 10, "class": "day"})

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value
        try:
            return parse_date(str(value))
        except NotADate as wrong:
            raise ValidationError(
                f"“{str(value)[:30]}” không phải là một ngày có thật. "
                "Ghi ngày/tháng/năm, như 30/11/2023."
            ) from wrong


OVERRIDES: dict[type[models.Field], dict[str, Any]] = {
    models.CharField: {"form_class": LineField},
    models.TextField: {"form_class": TextField, "widget": AdminTextareaWidget(attrs={"rows": 3})},
    models.SlugField: {"form_class": CodeField},
    models.DateField: {"form_class": DayField, "widget": DayField.widget},
}
