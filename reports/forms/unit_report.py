"""What people type about a unit's report, read into what the acts take."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict

from config.vietnamese.text import clean
from plans.acts.refusals import Invalid
from plans.keyed_form import KeyedForm
from reports.acts.steps import responsible_people
from reports.acts.writing import Wording
from reports.models import UnitReport
from reports.unit_content.model import UnitReportContent
from reports.unit_content.working import SectionNow
from units.models import User


class StepForm(KeyedForm):
    """Moves a report: it carries how many steps its reader had seen."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, report: UnitReport, act: str, data: Any = None, **initial: Any) -> None:
        self.report = report
        self.act = act
        super().__init__(f"{act}-{report.pk}", data, {"seen": report.sequence, **initial})

    def typed(self) -> dict[str, Any]:
        """What the act takes besides who, which report and the keys."""
        return {}

    def see_newest(self, seen: int) -> None:
        """After a conflict: keep what was typed, count what is shown now as seen."""
        data = cast("QueryDict", self.data).copy()
        data["seen"], data["request_key"] = str(seen), str(uuid.uuid4())
        self.data = data


class ResponsibleField(forms.ModelChoiceField):
    """A person by name and job title."""

    def label_from_instance(self, obj: User) -> str:
        return ", ".join(filter(None, (obj.full_name, obj.job_title)))


class SubmitForm(StepForm):
    """Hands the report in: who is responsible, and which content the person had before them."""

    responsible = ResponsibleField(
        label="Người chịu trách nhiệm nội dung",
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={"required": "Đồng chí chọn người chịu trách nhiệm."},
    )
    fingerprint = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, report: UnitReport, data: Any = None, **initial: Any) -> None:
        super().__init__(report, "submit", data, **initial)
        people = cast("ResponsibleField", self.fields["responsible"])
        people.queryset = responsible_people(report.unit)

    def typed(self) -> dict[str, Any]:
        return {
            "responsible_id": self.cleaned_data["responsible"].pk,
            "fingerprint": self.cleaned_data["fingerprint"],
        }


class ReasonStepForm(StepForm):
    """A step that needs a reason."""

    reason = forms.CharField(
        label="Lý do",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Đồng chí ghi lý do; lý do được lưu trong lịch sử báo cáo."},
    )

    def typed(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class ReturnForm(ReasonStepForm):
    """Returns a report: the reason, and a remark on any task of the submitted version."""

    def __init__(
        self, report: UnitReport, data: Any = None, *, tasks: Sequence[tuple[int, str]] = ()
    ) -> None:
        super().__init__(report, "return", data)
        for pk, label in tasks:
            self.fields[f"remark_{pk}"] = forms.CharField(
                label=label,
                required=False,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def typed(self) -> dict[str, Any]:
        remarks = {
            int(name.removeprefix("remark_")): text
            for name, text in self.cleaned_data.items()
            if name.startswith("remark_")
        }
        return {**super().typed(), "remarks": remarks}

    @property
    def remark_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("remark_")]


def _rows(text: str) -> int:
    """Lines of a text area that shows its text without scrolling, within reason."""
    return min(20, max(3, sum(1 + len(line) // 90 for line in text.split("\n")) + 1))


class WritingForm(KeyedForm):
    """All sections of a report in one form, so that no button leaves behind what was typed. Each
    section has its text, how many edits of it were `seen`, and the mark of the text that was
    `shown`: only what differs from that was written by this person."""

    def __init__(
        self, report: UnitReport, sections: Sequence[SectionNow], data: Any = None
    ) -> None:
        self.sections = {one.key: one for one in sections}
        # Where somebody else wrote meanwhile: their text is shown beside what was typed.
        self.newer: set[str] = set()
        super().__init__(f"writing-{report.pk}", data)
        for key, now in self.sections.items():
            self.fields[f"seen_{key}"] = forms.IntegerField(
                required=False, min_value=0, widget=forms.HiddenInput
            )
            self.fields[f"shown_{key}"] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.fields[f"text_{key}"] = forms.CharField(
                label=now.title,
                required=False,
                strip=False,
                widget=forms.Textarea(attrs={"rows": _rows(now.text)}),
            )
            self.initial.update(self._as_stored(key))

    def _as_stored(self, key: str) -> dict[str, Any]:
        now = self.sections[key]
        shown = {f"seen_{key}": now.seen, f"shown_{key}": _mark(now.text)}
        return {**shown, f"text_{key}": now.text}

    def written(self, data: QueryDict) -> dict[str, str]:
        """Section → text, of those in which something else stands than was shown."""
        typed = {key: str(data[name]) for key in self.sections if (name := f"text_{key}") in data}
        return {key: text for key, text in typed.items() if _mark(text) != data.get(f"shown_{key}")}

    @property
    def wordings(self) -> list[Wording]:
        """What the act takes; call after is_valid(). A section that goes back to its draft keeps in
        its history what was typed in it and not recorded yet."""
        data = cast("QueryDict", self.data)
        seen = {key: self.cleaned_data[f"seen_{key}"] or 0 for key in self.sections}
        found = [Wording(key, text, seen[key]) for key, text in self.written(data).items()]
        back = data.get("use_draft", "")
        if back in self.sections:
            typed = any(one.section == back for one in found)
            found.append(Wording(back, None, seen[back] + typed))
        return found

    def start_from_unsent(self, fields: QueryDict) -> bool:
        """Offer what was typed and not recorded; False when there is nothing of that."""
        written = self.written(fields)
        self._compare(written, fields)
        self.initial.update({f"text_{key}": text for key, text in written.items()})
        return bool(written)

    def see_newest(self) -> None:
        """After a refusal: what was typed stays, everything else is as it is stored now."""
        sent = cast("QueryDict", self.data)
        written = self.written(sent)
        self._compare(written, sent)
        data = sent.copy()
        for key in self.sections:
            for name, value in self._as_stored(key).items():
                data[name] = value
        for key, text in written.items():
            data[f"text_{key}"] = text
        data["request_key"] = str(uuid.uuid4())
        self.data = data

    def _compare(self, written: Mapping[str, str], sent: QueryDict) -> None:
        """Note where somebody else wrote after the person had opened the page."""
        self.newer = {
            key
            for key in written
            if sent.get(f"seen_{key}", "0") != str(self.sections[key].seen)
            and written[key] != self.sections[key].text
        }

    def show_refusal(self, refusal: Invalid) -> None:
        for key, message in refusal.errors.items():
            self.add_error(f"text_{key}" if key in self.sections else None, message)


def _mark(text: str) -> str:
    """Tells whether a text is the one that was shown, whatever a browser did to its lines."""
    return hashlib.sha256(clean(text).encode()).hexdigest()[:16]


def tasks_to_remark(report: UnitReport, content: UnitReportContent) -> list[tuple[int, str]]:
    """(Task.pk, label) of every task that the submitted version tells. One query."""
    codes = [task.code for task in content.tasks]
    found = report.round.plan.tasks.filter(code__in=codes).order_by("position")
    return [(task.pk, str(task)) for task in found]
