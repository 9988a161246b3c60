"""What people type about directives, urgings, inspections and difficulties."""

import re
import uuid
from typing import Any, cast

from django import forms
from django.http import QueryDict

from plans.acts.inspections import Remedying
from plans.acts.matters import Said
from plans.acts.refusals import Invalid
from plans.evidence_form import inspected
from plans.fields import DayField, LineField, SeveralFilesField, WordsField
from plans.frame import Frame
from plans.models import Dissemination, Remedy, Sanction, Step, Task, UrgingForm
from plans.moves import Move, StepKind
from units.models import Role, Unit, UnitKind, User


class TasksField(LineField):
    """Tasks of the plan by their numbers, as "1.2.1; 2.2"; the reader's own only."""

    def __init__(self, frame: Frame, **kwargs: Any) -> None:
        self.frame = frame
        super().__init__(required=False, max_length=400, **kwargs)

    def clean(self, value: Any) -> list[Task]:
        codes = list(dict.fromkeys(re.split(r"[\s,;]+", super().clean(value)))) if value else []
        codes = [code for code in codes if code]
        found = {
            task.code: task
            for task in self.frame.tasks.kept_on(self.frame.day).filter(code__in=codes)
        }
        if missing := [code for code in codes if code not in found]:
            raise forms.ValidationError(f"Kế hoạch không có nhiệm vụ mang số {', '.join(missing)}.")
        return [found[code] for code in codes]


class UnitsField(forms.ModelMultipleChoiceField):
    def __init__(self, units: Any, **kwargs: Any) -> None:
        super().__init__(
            units,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Đồng chí chọn đơn vị trong danh sách."},
            **kwargs,
        )


class UnitField(forms.ModelChoiceField):
    def __init__(self, units: Any, **kwargs: Any) -> None:
        super().__init__(
            units,
            required=False,
            error_messages={"invalid_choice": "Đồng chí chọn đơn vị trong danh sách."},
            **kwargs,
        )


def units_of(frame: Frame) -> Any:
    """The units that may be asked for something: those of the department that are active. The
    leadership asks; nobody in it answers for a unit (rules.may_take)."""
    assert frame.plan is not None
    units = Unit.objects.filter(agency=frame.plan.agency, is_active=True)
    return units.exclude(kind=UnitKind.LEADERSHIP).order_by("position")


class KeptForm(forms.Form):
    """A form whose text outlives the session; a repeated sending is recognised by its key."""

    name = ""
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, about: object = "") -> None:
        self.about = about
        super().__init__(
            data, files, initial={"request_key": uuid.uuid4()}, auto_id=f"%s-{self.keep_name}"
        )

    @property
    def keep_name(self) -> str:
        """What this form is called where the text of an ended session is kept."""
        return "-".join(str(part) for part in (self.name, self.about) if part != "")

    def show_refusal(self, refusal: Invalid) -> None:
        """Put each message at its field."""
        for name, message in refusal.errors.items():
            self.add_error(name if name in self.fields else None, message)

    def said(self, *names: str) -> dict[str, Any]:
        """The cleaned values of some fields; blank where a field was not read."""
        return {name: self.cleaned_data.get(name) for name in names}


class StepForm(KeptForm):
    """A step with a matter: words, and what the move asks for besides."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    due_on = DayField(label="Thời hạn mới", required=False)
    words = WordsField(label="Nội dung", rows=4)
    document_number = LineField(label="Số, ký hiệu văn bản", required=False, max_length=60)
    document_date = DayField(label="Ngày văn bản", required=False)
    uploads = SeveralFilesField(label="Tệp đính kèm", required=False)

    def __init__(
        self, move: Move, matter_id: int, seen: int, data: Any = None, files: Any = None
    ) -> None:
        self.move = move
        self.name = move.act
        super().__init__(data, files, about=matter_id)
        self.initial["seen"] = seen
        if not move.needs_words:
            self.fields["words"].label = "Ý kiến (nếu có)"
        if move.needs_day:
            self.fields["words"].label = "Lý do"
        else:
            del self.fields["due_on"]
        if move.act not in (StepKind.ANSWER, StepKind.REPORT, StepKind.PASS_OUT):
            for name in ("document_number", "document_date", "uploads"):
                del self.fields[name]

    def clean_uploads(self) -> list[Any]:
        return inspected(self.cleaned_data["uploads"])

    def step(self) -> Said:
        cleaned = self.cleaned_data
        return Said(
            words=cleaned["words"],
            document_number=cleaned.get("document_number", ""),
            document_date=cleaned.get("document_date"),
            files=tuple(cleaned.get("uploads", ())),
            due_on=cleaned.get("due_on"),
        )

    def see_newer(self, newer: list[Step]) -> None:
        """After a conflict: keep what was typed, but count the newer steps as seen."""
        data = cast("QueryDict", self.data).copy()
        data["seen"] = str(newer[-1].sequence)
        data["request_key"] = str(uuid.uuid4())
        self.data = data


class DirectiveForm(KeptForm):
    name = "directive"
    words = WordsField(label="Nội dung chỉ đạo", rows=5)
    due_on = DayField(label="Thời hạn thực hiện", required=False)
    given_on = DayField(label="Ngày chỉ đạo", required=False)
    giver = forms.ModelChoiceField(User.objects.none(), label="Lãnh đạo cho ý kiến", required=False)
    document_number = LineField(
        label="Số, ký hiệu văn bản có bút phê", required=False, max_length=60
    )
    document_date = DayField(label="Ngày văn bản", required=False)

    def __init__(self, frame: Frame, data: Any = None) -> None:
        super().__init__(data)
        self.initial["given_on"] = frame.today
        self.fields["units"] = UnitsField(units_of(frame), label="Đơn vị thực hiện")
        self.fields["tasks"] = TasksField(
            frame, label="Về nhiệm vụ (số mục)", help_text="Để trống nếu chỉ đạo chung."
        )
        if frame.user.role == Role.LEADERSHIP:
            del self.fields["giver"]
        else:
            giver = self.fields["giver"]
            assert isinstance(giver, forms.ModelChoiceField)
            giver.queryset = User.objects.filter(role=Role.LEADERSHIP, is_active=True)
        self.order_fields(["words", "units", "tasks", "due_on", "given_on", "giver"])


class UrgingsForm(KeptForm):
    name = "urging"
    form = forms.ChoiceField(
        label="Hình thức",
        choices=UrgingForm.choices,
        widget=forms.RadioSelect,
        initial=UrgingForm.NOTICE,
        error_messages={"required": "Đồng chí chọn hình thức đôn đốc."},
    )
    document_number = LineField(label="Số, ký hiệu công văn", required=False, max_length=60)
    document_date = DayField(label="Ngày công văn", required=False)
    words = WordsField(label="Nội dung", rows=4)
    sent_on = DayField(label="Ngày đôn đốc", required=False)
    due_on = DayField(label="Trả lời trước ngày", required=False)

    def __init__(self, frame: Frame, unit: Unit, tasks: Any, data: Any = None) -> None:
        super().__init__(data, about=unit.code)
        self.initial["form"] = UrgingForm.NOTICE
        self.initial["sent_on"] = frame.today
        self.initial["words"] = (
            f"Đề nghị {unit} khẩn trương thực hiện và cập nhật tiến độ các nhiệm vụ nêu trên."
        )
        self.fields["tasks"] = forms.ModelMultipleChoiceField(
            tasks, label="Nhiệm vụ", required=False, widget=forms.CheckboxSelectMultiple
        )
        self.order_fields(["tasks", "form"])


class DifficultyForm(KeptForm):
    name = "difficulty"
    words = WordsField(label="Khó khăn, vướng mắc", rows=4)
    proposal = WordsField(label="Đề xuất, kiến nghị", rows=3)

    def __init__(self, frame: Frame, data: Any = None) -> None:
        super().__init__(data)
        self.fields["tasks"] = TasksField(
            frame, label="Về nhiệm vụ (số mục)", help_text="Để trống nếu là khó khăn chung."
        )


class DisseminationForm(KeptForm):
    name = "dissemination"
    held_on = DayField(label="Ngày quán triệt", required=False)
    way = forms.ChoiceField(label="Hình thức", choices=Dissemination.Way.choices)
    people = forms.IntegerField(
        label="Số người được quán triệt",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
        error_messages={"invalid": "Đồng chí ghi số người bằng chữ số."},
    )
    note = WordsField(label="Ghi chú", rows=2)


class InspectionForm(KeptForm):
    name = "inspection"
    held_on = DayField(label="Ngày kiểm tra", required=False)
    scope = WordsField(label="Phạm vi, nội dung kiểm tra", rows=4)
    document_number = LineField(
        label="Số, ký hiệu thông báo (nếu có)", required=False, max_length=60
    )
    document_date = DayField(label="Ngày thông báo", required=False)

    def __init__(self, frame: Frame, data: Any = None) -> None:
        super().__init__(data)
        self.initial["held_on"] = frame.today
        self.fields["units"] = UnitsField(units_of(frame), label="Đơn vị được kiểm tra")
        self.fields["tasks"] = TasksField(
            frame, label="Nhiệm vụ được kiểm tra (số mục)", help_text="Như 1.2.1; 2.2."
        )
        self.order_fields(["held_on", "scope", "units", "tasks"])


class RemedyForm(KeptForm):
    """One more remedy for a finding."""

    name = "remedy"
    means = forms.ChoiceField(
        label="Hình thức",
        choices=Remedy.Means.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    words = WordsField(label="Biện pháp khắc phục", rows=3)
    due_on = DayField(label="Phải xong trước ngày", required=False)

    def __init__(self, frame: Frame, about: object, data: Any = None) -> None:
        super().__init__(data, about=about)
        self.initial["means"] = Remedy.Means.ORDER
        self.fields["unit"] = UnitField(
            units_of(frame), label="Đơn vị khắc phục", empty_label="Chọn đơn vị"
        )
        self.order_fields(["means", "words", "unit", "due_on"])

    def remedy(self) -> Remedying:
        return Remedying(**self.said("means", "words", "unit", "due_on"))


class FindingForm(RemedyForm):
    """A finding with its first remedy: none is kept without."""

    name = "finding"
    finding = WordsField(label="Tồn tại, hạn chế", rows=3)

    def __init__(self, frame: Frame, inspected: Any, about: object, data: Any = None) -> None:
        super().__init__(frame, about, data)
        self.fields["finding_unit"] = UnitField(
            inspected, label="Của đơn vị", empty_label="Chung các đơn vị được kiểm tra"
        )
        self.order_fields(["finding", "finding_unit", "means", "words", "unit", "due_on"])


class SanctionForm(KeptForm):
    name = "sanction"
    measure = forms.ChoiceField(label="Hình thức xử lý", choices=Sanction.Measure.choices)
    against = LineField(label="Đơn vị, cá nhân (họ tên, chức vụ)", required=False)
    taken_on = DayField(label="Ngày xử lý", required=False)
    words = WordsField(label="Nội dung", rows=2)
