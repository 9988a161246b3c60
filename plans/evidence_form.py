"""The part of a form that takes evidence: files, each with what it proves, or a document."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from config.vietnamese.text import clean_line
from plans.acts.evidence import NewEvidence
from plans.evidence_files import ALLOWED, FileRefused, inspect
from plans.fields import DayField, LineField, SeveralFilesField

MAX_FILES = 10
PROVES_LENGTH = 300
# Several rows, so that without a script every file can have words of its own, too.
ROWS = ("", "_2", "_3")


def inspected(files: Sequence[Any]) -> list[NewEvidence]:
    """Uploaded files that are all accepted; ValidationError says what is wrong with each other."""
    if len(files) > MAX_FILES:
        raise ValidationError(f"Mỗi lần gửi tối đa {MAX_FILES} tệp.")
    accepted, refused = [], []
    for file in files:
        try:
            facts = inspect(file, file.name, file.size)
        except FileRefused as refusal:
            refused.append(str(refusal))
        else:
            accepted.append(NewEvidence(file=file, facts=facts))
    if refused:
        raise ValidationError(refused)
    return accepted


class LinesInput(forms.TextInput):
    """One line for each file of a row; static/js/record.js adds them as files are chosen."""

    template_name = "plans/widgets/lines.html"

    def format_value(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else [value or ""]
        return lines or [""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        if hasattr(data, "getlist"):
            return list(data.getlist(name))
        return [data[name]] if name in data else []


class LinesField(forms.Field):
    """What each file of a row proves, in the order of the files."""

    widget = LinesInput

    def clean(self, value: Any) -> list[str]:
        lines = [clean_line(line) for line in value or []]
        if any(len(line) > PROVES_LENGTH for line in lines):
            raise ValidationError(f"Mỗi dòng tối đa {PROVES_LENGTH} ký tự.")
        return lines


class EvidenceForm(forms.Form):
    """Rows of files and one document by number and date."""

    document_number = LineField(label="Hoặc văn bản số", required=False, max_length=60)
    document_date = DayField(label="ngày", required=False)
    document_proves = LineField(
        label="Văn bản chứng minh điều gì", required=False, max_length=PROVES_LENGTH
    )

    def add_rows(self) -> None:
        """Call once the form has its fields; the names end as in ROWS."""
        for number, row in enumerate(ROWS, 1):
            self.fields[f"uploads{row}"] = SeveralFilesField(
                label="Tệp tài liệu kiểm chứng" if number == 1 else f"Tệp thứ {number}",
                required=False,
                help_text="" if row else f"Nhận {ALLOWED}; nhiều tệp được.",
            )
            self.fields[f"proves{row}"] = LinesField(
                label="Tệp chứng minh điều gì" if number == 1 else f"Tệp {number} chứng minh gì",
                required=False,
            )

    @property
    def evidence_fields(self) -> list[str]:
        """The fields in which evidence is given."""
        return ["document_number", "document_date", *(f"uploads{row}" for row in ROWS)]

    @property
    def further_rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        return ((self[f"uploads{row}"], self[f"proves{row}"]) for row in ROWS[1:])

    @property
    def has_further(self) -> bool:
        """Whether a folded row has text or a message, so that it must be open."""
        return any(files.errors or any(proves.value() or ()) for files, proves in self.further_rows)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if (cleaned.get("document_date") or cleaned.get("document_proves")) and not (
            cleaned.get("document_number") or "document_number" in self.errors
        ):
            self.add_error("document_number", "Đồng chí ghi cả số, ký hiệu của văn bản.")
        self.proofs: list[NewEvidence] = []
        if sum(len(cleaned.get(f"uploads{row}") or ()) for row in ROWS) > MAX_FILES:
            self.add_error("uploads", f"Mỗi lần gửi tối đa {MAX_FILES} tệp.")
        else:
            for row in ROWS:
                self._read_row(row, cleaned)
        if cleaned.get("document_number"):
            self.proofs.append(
                NewEvidence(
                    document_number=cleaned["document_number"],
                    document_date=cleaned.get("document_date"),
                    proves=cleaned.get("document_proves", ""),
                )
            )
        return cleaned

    def _read_row(self, row: str, cleaned: Mapping[str, Any]) -> None:
        files = cleaned.get(f"uploads{row}") or []
        words = cleaned.get(f"proves{row}") or []
        if any(words) and not files and f"uploads{row}" not in self.errors:
            self.add_error(f"proves{row}", "Đồng chí chọn tệp mà dòng này nói đến.")
        if len(words) != len(files):  # one line for all files of the row
            words = [next(filter(None, words), "")] * len(files)
        try:
            accepted = inspected(files)
        except ValidationError as refused:
            self.add_error(f"uploads{row}", refused)
            return
        self.proofs += [
            replace(one, proves=what) for one, what in zip(accepted, words, strict=True)
        ]
