"""What people type about a consolidated report, read into what the acts take."""

import hashlib
import uuid
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict

from config.vietnamese.text import clean
from plans.acts.refusals import Invalid
from plans.fields import DayField, LineField, WordsField
from reports.acts.issuing import Issue
from reports.acts.signers import known
from reports.content.model import Signature
from reports.models import ConsolidatedReport, Medium, PassageEdit
from reports.round_content.differences import places
from reports.round_content.passages import Passage
from units import clock

# The file that is checked is read whole; no file of ours is larger.
MAX_CHECKED = 40 * 2**20


class HistoryForm(forms.Form):
    """A form that keeps what was typed when its act was refused."""

    def show_refusal(self, refusal: Invalid) -> None:
        """Put each message at its field."""
        for name, message in refusal.errors.items():
            self.add_error(name if name in self.fields else None, message)

    def see_newest(self, seen: int) -> None:
        """After a conflict: keep all that was typed, but count what is newer as seen, and sending
        again as a new sending."""
        data = cast("QueryDict", self.data).copy()
        data["seen"] = str(seen)
        data["request_key"] = str(uuid.uuid4())
        self.data = data


class StepForm(HistoryForm):
    """A form that adds to a report's history: it carries what its reader had seen, and a key by
    which a repeated sending is recognised. Without more, nothing is typed."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, act: str, report: ConsolidatedReport, data: Any = None) -> None:
        self.act = act
        self.report = report
        super().__init__(
            data,
            initial={"seen": report.sequence, "request_key": uuid.uuid4(), **self.first(report)},
            auto_id=f"%s-{act}-{report.pk}",
        )

    def first(self, report: ConsolidatedReport) -> dict[str, Any]:
        """What the fields hold when the form is opened."""
        return {}

    @property
    def keep_name(self) -> str:
        """What this form is called where the text of an ended session is kept."""
        return f"consolidated-{self.act}-{self.report.pk}"

    @property
    def typed(self) -> dict[str, Any]:
        """What the act takes; call after is_valid()."""
        return dict(self.cleaned_data)


class WordsForm(StepForm):
    """Signing: an opinion may be added."""

    words = WordsField(label="Ý kiến (nếu có)", rows=2)


# The choice of a signatory who is on no list; who that is stands in the three lines below it.
OTHER = "other"
_SIGNING = ("signing_authority", "signing_title", "signing_name")


class SubmitForm(WordsForm):
    """Submitting: who is to sign and in which capacity (F26, F28), and an opinion."""

    signer = forms.ChoiceField(label="Người ký", required=False, widget=forms.RadioSelect)
    signing_authority = LineField(
        label="Quyền hạn ký",
        required=False,
        help_text="Như KT. GIÁM ĐỐC, TL. GIÁM ĐỐC, TUQ. GIÁM ĐỐC; để trống nếu người đứng đầu ký.",
    )
    signing_title = LineField(label="Chức vụ", required=False, help_text="Như PHÓ GIÁM ĐỐC.")
    signing_name = LineField(label="Họ và tên", required=False)
    checked = forms.BooleanField(required=False)

    field_order = ("signer", "signing_authority", "signing_title", "signing_name", "words")

    def __init__(self, act: str, report: ConsolidatedReport, data: Any = None) -> None:
        self.known = {str(one): one for one in known(report)}
        super().__init__(act, report, data)
        if differing := report.differences:
            self.fields["checked"].label = f"Tôi đã kiểm tra {places(differing)}."
        else:
            del self.fields["checked"]
        signer = cast("forms.ChoiceField", self.fields["signer"])
        signer.choices = [
            *((name, name) for name in self.known),
            (OTHER, "Người khác"),
        ]
        signer.error_messages["invalid_choice"] = (
            "Người ký này không còn trong danh sách. Đồng chí chọn lại."
        )

    def first(self, report: ConsolidatedReport) -> dict[str, Any]:
        return {"signer": next(iter(self.known), None)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("signer") not in ("", None, OTHER) and any(self._written):
            self.add_error(
                "signer",
                "Đồng chí ghi người ký khác ở dưới thì chọn “Người khác”; nếu không thì xóa các ô "
                "đó.",
            )
        return cleaned

    def see_newest(self, seen: int) -> None:
        """What somebody else wrote meanwhile may differ elsewhere: it is to be checked anew."""
        super().see_newest(seen)
        data = cast("QueryDict", self.data)
        data.pop("checked", None)

    @property
    def names_other(self) -> bool:
        """Whether somebody who is on no list was typed."""
        return self["signer"].value() == OTHER or any(self[one].value() for one in _SIGNING)

    @property
    def _written(self) -> tuple[str, str, str]:
        authority, title, name = (self.cleaned_data.get(one, "") for one in _SIGNING)
        return authority, title, name

    @property
    def typed(self) -> dict[str, Any]:
        taken = {name: self.cleaned_data[name] for name in ("seen", "request_key", "words")}
        taken["checked"] = self.cleaned_data.get("checked", False)
        chosen = self.known.get(self.cleaned_data["signer"])
        if chosen is None and (self.cleaned_data["signer"] == OTHER or any(self._written)):
            chosen = Signature(*self._written)
        return {**taken, "signature": chosen}


class ReasonForm(StepForm):
    """Returning and correcting: a reason that stays in the history."""

    words = WordsField(label="Lý do", help_text="Lý do được lưu trong lịch sử báo cáo.")


class IssueForm(StepForm):
    """Number and date as the clerk gave them; they are recorded, never proposed (F16)."""

    number = forms.IntegerField(
        label="Số",
        min_value=1,
        max_value=999_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
        error_messages={"invalid": "Số là một số nguyên, như 5 hoặc 128."},
    )
    symbol = LineField(label="Ký hiệu", max_length=40, widget=forms.TextInput(attrs={"size": 14}))
    issued_on = DayField(
        label="Ngày ban hành",
        help_text="Ngày trên văn bản; có thể trước ngày bấm “Ký duyệt” trong hệ thống.",
    )
    medium = forms.ChoiceField(
        label="Hình thức",
        choices=Medium,
        widget=forms.RadioSelect,
        help_text="Bản điện tử để trống số, ngày ở Phụ lục; bản giấy ghi đủ.",
    )

    def first(self, report: ConsolidatedReport) -> dict[str, Any]:
        symbol = report.agency.identity_on(clock.today()).symbol
        return {"symbol": f"BC-{symbol}", "medium": Medium.PAPER}

    @property
    def typed(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        names = ("number", "symbol", "issued_on", "medium")
        return {"issue": Issue(**{name: cleaned.pop(name) for name in names}), **cleaned}


class SendForm(StepForm):
    """To whom, on which day and how the issued report went out (S33)."""

    sent_to = LineField(label="Gửi đến", max_length=200)
    sent_on = DayField(label="Ngày gửi")
    way = LineField(
        label="Cách gửi",
        max_length=200,
        help_text="Như: qua trục liên thông văn bản, bưu điện, trực tiếp.",
    )

    def first(self, report: ConsolidatedReport) -> dict[str, Any]:
        return {"sent_to": report.content.addressee}


class PassageForm(HistoryForm):
    """One passage of the report as plain text, a line a paragraph. `seen` is the number of the
    newest edit of this passage that the writer had before their eyes."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    request_key = forms.UUIDField(widget=forms.HiddenInput)
    text = WordsField(label="Lời trong báo cáo", rows=12, help_text="Mỗi dòng là một đoạn văn.")

    def __init__(
        self,
        report: ConsolidatedReport,
        passage: Passage,
        edits: Sequence[PassageEdit],
        data: Any = None,
    ) -> None:
        self.report, self.passage = report, passage
        newest = edits[-1] if edits else None
        text = passage.text if newest is None or newest.text is None else newest.text
        super().__init__(
            data,
            initial={
                "seen": newest.sequence if newest else 0,
                "request_key": uuid.uuid4(),
                "text": text,
            },
        )

    def start_from_unsent(self, fields: QueryDict) -> bool:
        """Offer what was typed and not recorded; False when it is what the report says."""
        text = fields.get("text", "")
        if clean(text) == clean(self.initial["text"]):
            return False
        self.initial["text"] = text
        return True

    @property
    def keep_name(self) -> str:
        # A key holds the number of a task; the name of what is kept has 100 characters.
        key = hashlib.sha256(self.passage.key.encode()).hexdigest()[:32]
        return f"passage-{self.report.pk}-{key}"


class CheckForm(forms.Form):
    """A file to be compared with those that were issued; it is read and not kept."""

    file = forms.FileField(
        label="Tệp cần kiểm tra",
        allow_empty_file=True,
        error_messages={"required": "Đồng chí chọn tệp cần kiểm tra."},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_CHECKED:
            raise forms.ValidationError(
                f"Tệp lớn hơn {MAX_CHECKED // 2**20} MB nên không phải tệp của hệ thống này."
            )
        return file
