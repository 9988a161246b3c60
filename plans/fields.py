"""Form fields that read what Vietnamese offices type, and say what they could not read (V1, V7)."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from config.vietnamese.dates import NotADate, parse_date, short
from config.vietnamese.numbers import NotANumber, format_decimal, parse_decimal


class LineField(forms.CharField):
    """A line of text. A text that is too long gets a message; a browser that knew the limit would
    cut a pasted text without a word."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs: dict[str, Any] = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class WordsField(forms.CharField):
    """Words over several lines, kept as typed; what may be said is for the act to check."""

    def __init__(self, *, label: str, rows: int = 3, help_text: str = "") -> None:
        super().__init__(
            label=label,
            required=False,
            strip=False,
            widget=forms.Textarea(attrs={"rows": rows}),
            help_text=help_text,
        )


class DayField(LineField):
    """A day typed as dd/mm/yyyy; a text field, since a date picker shows the browser's locale."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={"placeholder": "ngày/tháng/năm", "inputmode": "numeric", "size": 10}
            ),
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return short(value) if isinstance(value, dt.date) else value

    def clean(self, value: Any) -> dt.date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_date(text)
        except NotADate as wrong:
            raise ValidationError(_not_a_day(text)) from wrong


def _not_a_day(text: str) -> str:
    """Why a text is no day; where it can be guessed, the right way to type that day."""
    if short_year := re.fullmatch(r"\s*(\d{1,2}[/.-]\d{1,2}[/.-])(\d\d)\s*", text):
        return f"Năm ghi đủ bốn chữ số, như {short_year[1]}20{short_year[2]}."
    if turned := re.fullmatch(r"\s*(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})\s*", text):
        year, month, day = turned.groups()
        return f"Ghi ngày trước, năm sau: {day:0>2}/{month:0>2}/{year}."
    return f"“{text}” không phải là một ngày có thật. Ghi ngày/tháng/năm, như 30/11/2023."


class NumberField(LineField):
    """A number typed as "70", "70%", "98,5" or "98.5"."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "size": 8}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return format_decimal(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_decimal(text)
        except NotANumber as wrong:
            raise ValidationError(
                f"“{text}” không đọc được thành số. Ghi như 98,5 hoặc 98.5; "
                "hàng nghìn ghi 1234 hoặc 1.234.567."
            ) from wrong


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Any number of files; an empty one is refused where the kind of file is judged."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", SeveralFilesInput())
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(SeveralFilesField, self).clean(one, initial) for one in files]
