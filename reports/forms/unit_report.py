"""What people type about a unit's report, read into what the acts take."""

import uuid
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict

from plans.keyed_form import KeyedForm
from reports.acts.steps import responsible_people
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


class SectionForm(KeyedForm):
    """One section of a report; `seen` counts the edits of this section only."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, report: UnitReport, now: SectionNow, data: Any = None) -> None:
        self.section = now
        super().__init__(
            f"section-{now.key}-{report.pk}", data, {"seen": now.seen, "text": now.text}
        )
        self.fields["text"].label = now.title
        self.fields["text"].widget.attrs["rows"] = _rows(now.text)

    def see_newest(self) -> None:
        """After a conflict: keep what was typed, count the newer text as seen."""
        data = cast("QueryDict", self.data).copy()
        data["seen"], data["request_key"] = str(self.section.seen), str(uuid.uuid4())
        self.data = data


def tasks_to_remark(report: UnitReport, content: UnitReportContent) -> list[tuple[int, str]]:
    """(Task.pk, label) of every task that the submitted version tells. One query."""
    codes = [task.code for task in content.tasks]
    found = report.round.plan.tasks.filter(code__in=codes).order_by("position")
    return [(task.pk, str(task)) for task in found]
