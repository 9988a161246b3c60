"""What people type about their tasks, read into what the acts take."""

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html

from plans.acts.prepared import words_of
from plans.acts.progress import TEXTS, Report, checked
from plans.acts.refusals import Invalid
from plans.evidence_form import EvidenceForm
from plans.fields import DayField, NumberField, WordsField
from plans.models import Assignment, Measure, Prepared, PreparedEvidence, ProgressUpdate
from plans.overview import MeasureOnDay
from plans.states import CLAIMS, REPORTABLE, Kind, State, label


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


class ProgressForm(EvidenceForm, HistoryForm):
    """Progress of a lead, or the contribution of a supporting unit (then without a state)."""

    corrects = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # The prepared update that the person had before their eyes, and what stays of its evidence.
    prepared_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kept = forms.MultipleChoiceField(
        label="Tài liệu đã chuẩn bị", required=False, widget=forms.CheckboxSelectMultiple
    )
    state = forms.ChoiceField(
        label="Tình trạng",
        widget=forms.RadioSelect,
        error_messages={"required": "Đồng chí chọn tình trạng của nhiệm vụ."},
    )
    completed_on = DayField(label="Ngày hoàn thành", required=False)
    result = WordsField(label="Kết quả thực hiện", rows=5)
    difficulty = WordsField(label="Khó khăn, vướng mắc")
    cause = WordsField(label="Nguyên nhân")
    next_step = WordsField(label="Việc tiếp theo")
    proposal = WordsField(label="Đề xuất, kiến nghị")
    explanation = WordsField(
        label="Giải trình khi không có tài liệu",
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
        self.add_rows()
        self.measures = measures if assignment.is_lead else ()
        self.last: ProgressUpdate | None = None
        self.prepared: Prepared | None = None
        self._offer_prepared_evidence()
        if assignment.is_lead:
            self._offer_states(assignment.task.kind)
            for measure in self.measures:
                self.fields[_value_name(measure)] = _value_field(measure)
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

    def show_values(self, measures: Sequence[MeasureOnDay]) -> None:
        """What was reported of each measure so far is shown beside the field of it."""
        self.measures = tuple(one for one in measures if _value_name(one) in self.fields)

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

    def _offer_prepared_evidence(self) -> None:
        field = self.fields["kept"]
        assert isinstance(field, forms.MultipleChoiceField)
        there = PreparedEvidence.objects.filter(prepared__assignment=self.assignment)
        choices = [
            (str(one.pk), _prepared_label(one))
            for one in (there if self.assignment.unit.head_sends else ())
        ]
        if choices:
            field.choices = choices
        else:
            del self.fields["kept"]

    def start_from_prepared(self, prepared: Prepared) -> None:
        """Offer what staff prepared, with all of its evidence, to be sent or prepared again."""
        self.prepared = prepared
        words = words_of(prepared)
        self.initial.update({name: getattr(words, name) for name in TEXTS})
        self.initial.update({f"value_{pk}": value for pk, value in words.values.items()})
        self.initial.update(
            {
                "state": words.state,
                "completed_on": words.completed_on,
                "prepared_key": prepared.request_key,
            }
        )
        if "kept" in self.fields:
            self.initial["kept"] = [pk for pk, _ in self.fields["kept"].choices]  # type: ignore[attr-defined]

    def start_from_draft(self, draft: QueryDict) -> None:
        """Offer what the person typed and did not send; nothing of it was refused yet."""
        for name in draft:
            if name in self.fields and name != "seen":
                several = name == "kept" or name.startswith("proves")
                self.initial[name] = draft.getlist(name) if several else draft[name]

    def see_prepared(self, prepared: Prepared | None) -> None:
        """After a refusal: count what is prepared now as seen; all that was typed stays."""
        data = cast("QueryDict", self.data).copy()
        data["prepared_key"] = str(prepared.request_key) if prepared else ""
        data["request_key"] = str(uuid.uuid4())
        self.data = data

    @property
    def kept_evidence(self) -> frozenset[int]:
        """The keys of the prepared evidence that stays; call after is_valid()."""
        return frozenset(int(pk) for pk in self.cleaned_data.get("kept") or ())

    def quote(self, words: str) -> None:
        """Add words to the result of a form that came back, without sending it."""
        data = cast("QueryDict", self.data).copy()
        data["result"] = "\n".join(part for part in (data.get("result", "").strip(), words) if part)
        self.start_from_draft(data)
        self.is_bound = False

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
        return [(one, self[_value_name(one)]) for one in self.measures]

    def tell_all(self) -> None:
        """When some fields could not be read, ask the act what it would refuse of the others, so
        that everything to be mended is told at once. It is asked again when the form is sent."""
        unread = set(self.errors)
        # What could not be read may be the proof that is missing.
        is_proven = bool(self.cleaned_data.get("kept") or unread & {"kept", *self.evidence_fields})
        try:
            checked(self.assignment, self.report(), is_proven)
        except Invalid as refusal:
            for name in self.fields.keys() & refusal.errors.keys() - unread:
                self.add_error(name, refusal.errors[name])

    def report(self) -> Report:
        """What was typed and could be read, as the act takes it; call after is_valid()."""
        cleaned = self.cleaned_data
        state = "" if "state" in self.errors else cleaned.get("state", State.IN_PROGRESS)
        return Report(
            state=state,
            completed_on=cleaned.get("completed_on") if state in CLAIMS else None,
            values=self._values(),
            evidence=tuple(self.proofs),
            corrects=cleaned.get("corrects"),
            **{name: cleaned.get(name, "") for name in TEXTS},
        )

    def _values(self) -> dict[int, Decimal]:
        values = {}
        for one in self.measures:
            value = self.cleaned_data.get(_value_name(one))
            if value not in (None, ""):
                values[one.measure.pk] = Decimal(value)
        return values


def _prepared_label(one: PreparedEvidence) -> str:
    """What was prepared; its file can be read before it is sent."""
    proves = f" – {one.proves}" if one.proves else ""
    if not one.file:
        return f"{one.label}{proves}"
    url = reverse("prepared-evidence", args=[one.pk])
    return format_html('<a href="{}" download>{}</a>{}', url, one.label, proves)


def _value_name(one: MeasureOnDay) -> str:
    return f"value_{one.measure.pk}"


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

    reason = WordsField(label="Lý do", rows=3, help_text="Lý do được lưu trong lịch sử nhiệm vụ.")
