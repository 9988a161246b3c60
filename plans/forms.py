"""What people type about their tasks, read into what the acts take."""

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from plans.acts.evidence import NewEvidence
from plans.acts.progress import TEXTS, Report
from plans.acts.refusals import Invalid
from plans.evidence_files import ALLOWED, FileRefused, inspect
from plans.fields import DayField, LineField, NumberField, SeveralFilesField
from plans.models import Assignment, Measure, ProgressUpdate
from plans.overview import MeasureOnDay
from plans.states import CLAIMS, REPORTABLE, Kind, State, label

MAX_FILES = 10


class HistoryForm(forms.Form):
    """A form that adds to the history: it carries what its reader had seen, and a key by which a
    repeated sending is recognised."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, assignment: Assignment, data: Any = None, files: Any = None, act: str = "record"
    ) -> None:
        self.assignment = assignment
        self.act = act
        super().__init__(
            data,
            files,
            initial={"seen": assignment.sequence, "request_key": uuid.uuid4()},
            auto_id=f"%s-{act}-{assignment.pk}",
        )

    @property
    def keep_name(self) -> str:
        """What this form is called where the text of an ended session is kept."""
        return f"{self.act}-{self.assignment.pk}"

    def show_refusal(self, refusal: Invalid) -> None:
        """Put each message at its field."""
        for name, message in refusal.errors.items():
            self.add_error(name if name in self.fields else None, message)

    def see_newer(self, newer: Sequence[ProgressUpdate]) -> None:
        """After a conflict: keep all that was typed, but count the newer records as seen, and
        sending again as a new sending."""
        data = cast("QueryDict", self.data).copy()
        data["seen"] = str(newer[-1].sequence if newer else self.assignment.sequence)
        data["request_key"] = str(uuid.uuid4())
        self.data = data


def _text(label_: str, rows: int = 3, help_text: str = "") -> forms.CharField:
    # No maxlength: a browser would cut a pasted text without a word.
    return forms.CharField(
        label=label_,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


def inspected(files: Sequence[Any]) -> list[NewEvidence]:
    """Uploaded files that are all accepted; ValidationError says what is wrong with each other."""
    if len(files) > MAX_FILES:
        raise forms.ValidationError(f"Mỗi lần gửi tối đa {MAX_FILES} tệp.")
    accepted, refused = [], []
    for file in files:
        try:
            facts = inspect(file, file.name, file.size)
        except FileRefused as refusal:
            refused.append(str(refusal))
        else:
            accepted.append(NewEvidence(file=file, facts=facts))
    if refused:
        raise forms.ValidationError(refused)
    return accepted


class ProgressForm(HistoryForm):
    """Progress of a lead, or the contribution of a supporting unit (then without a state)."""

    state = forms.ChoiceField(
        label="Tình trạng",
        widget=forms.RadioSelect,
        error_messages={"required": "Đồng chí chọn tình trạng của nhiệm vụ."},
    )
    completed_on = DayField(label="Ngày hoàn thành", required=False)
    result = _text("Kết quả thực hiện", rows=5)
    difficulty = _text("Khó khăn, vướng mắc")
    cause = _text("Nguyên nhân")
    next_step = _text("Việc tiếp theo")
    proposal = _text("Đề xuất, kiến nghị")
    uploads = SeveralFilesField(
        label="Tệp tài liệu kiểm chứng",
        required=False,
        help_text=f"Chọn được nhiều tệp. Nhận {ALLOWED}.",
    )
    document_number = LineField(label="hoặc số, ký hiệu văn bản", required=False, max_length=60)
    document_date = DayField(label="ngày văn bản", required=False)
    proves = LineField(label="Tài liệu chứng minh điều gì", required=False, max_length=300)
    explanation = _text(
        "Giải trình khi không có tài liệu",
        rows=2,
        help_text="Cần khi báo hoàn thành mà không có tài liệu.",
    )

    def __init__(
        self,
        assignment: Assignment,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, Any] | None" = None,
        measures: tuple[MeasureOnDay, ...] = (),
    ) -> None:
        super().__init__(assignment, data, files)
        self.measures = measures if assignment.is_lead else ()
        self.last: ProgressUpdate | None = None
        if assignment.is_lead:
            self._offer_states(assignment.task.kind)
            for measure in self.measures:
                self.fields[f"value_{measure.measure.pk}"] = _value_field(measure)
        else:
            del self.fields["state"], self.fields["completed_on"], self.fields["explanation"]

    def _offer_states(self, kind: str) -> None:
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (state.value, label(state, kind))
            for state in REPORTABLE
            if state != State.NOT_ARISEN or kind == Kind.CONDITIONAL
        ]
        field.help_text = "“Hoàn thành” được Văn phòng xác nhận rồi mới tính là xong."

    def start_from(self, last: ProgressUpdate | None, state: State = State.IN_PROGRESS) -> None:
        """Offer what the unit said last: that is what the report prints until it says otherwise,
        so a short update must not silently drop it. A claim that waits stays claimed."""
        self.last = last
        self.initial["state"] = state if state in REPORTABLE else State.IN_PROGRESS
        if last is None:
            return
        self.initial.update({name: getattr(last, name) for name in TEXTS if name != "explanation"})
        if state == State.AWAITING:
            self.initial.update(
                {
                    "state": last.claim,
                    "completed_on": last.completed_on,
                    "explanation": last.explanation,
                }
            )

    @property
    def has_more(self) -> bool:
        """Whether a field of the folded part has text or a message, so that it must be open."""
        return any(
            self[name].errors or self[name].value()
            for name in ("difficulty", "cause", "next_step", "proposal")
        )

    @property
    def value_fields(self) -> list[tuple[MeasureOnDay, forms.BoundField]]:
        """Each measure with the field for its value, for the page."""
        return [(one, self[f"value_{one.measure.pk}"]) for one in self.measures]

    def clean_uploads(self) -> list[NewEvidence]:
        return inspected(self.cleaned_data["uploads"])

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("document_date") and not cleaned.get("document_number"):
            self.add_error("document_number", "Có ngày văn bản thì ghi cả số, ký hiệu.")
        proof = cleaned.get("uploads") or cleaned.get("document_number")
        refused = {"uploads", "document_number"} & self.errors.keys()
        if cleaned.get("proves") and not proof and not refused:
            self.add_error("proves", "Đồng chí chọn tệp hoặc ghi số, ký hiệu của văn bản này.")
        return cleaned

    def report(self) -> Report:
        """What was typed, as the act takes it; call after is_valid()."""
        cleaned = self.cleaned_data
        state = cleaned.get("state", State.IN_PROGRESS)
        return Report(
            state=state,
            completed_on=cleaned.get("completed_on") if state in CLAIMS else None,
            values=self._values(),
            evidence=self._evidence(),
            **{name: cleaned.get(name, "") for name in TEXTS},
        )

    def _values(self) -> dict[int, Decimal]:
        values = {}
        for one in self.measures:
            value = self.cleaned_data.get(f"value_{one.measure.pk}")
            if value not in (None, ""):
                values[one.measure.pk] = Decimal(value)
        return values

    def _evidence(self) -> tuple[NewEvidence, ...]:
        cleaned = self.cleaned_data
        found = [
            NewEvidence(file=one.file, facts=one.facts, proves=cleaned["proves"])
            for one in cleaned["uploads"]
        ]
        if cleaned["document_number"]:
            found.append(
                NewEvidence(
                    document_number=cleaned["document_number"],
                    document_date=cleaned["document_date"],
                    proves=cleaned["proves"],
                )
            )
        return tuple(found)


def _value_field(one: MeasureOnDay) -> forms.Field:
    measure = one.measure
    if measure.scale == Measure.Scale.YES_NO:
        return forms.ChoiceField(
            label=measure.name,
            required=False,
            choices=[("", "Chưa ghi"), ("1", "Đạt"), ("0", "Chưa đạt")],
        )
    return NumberField(label=measure.name, required=False)


class DecisionForm(HistoryForm):
    """Confirming and resuming: nothing is typed."""


class ReasonForm(HistoryForm):
    """Returning, pausing, reopening: a reason that stays in the history."""

    reason = _text("Lý do", rows=3, help_text="Lý do được lưu trong lịch sử nhiệm vụ.")
