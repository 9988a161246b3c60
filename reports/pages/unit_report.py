"""What the page of a unit's report shows and offers to its reader."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from reports import rules
from reports.forms.unit_report import (
    ReasonStepForm,
    ReturnForm,
    SectionForm,
    StepForm,
    SubmitForm,
    tasks_to_remark,
)
from reports.models import UnitReport, UnitReportVersion
from reports.states.unit_report import ALLOWED_FROM, StepKind
from reports.unit_content.working import SectionNow, Working
from units.kept_text import kept_for
from units.models import User


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that the reader may take now, with its form."""

    act: str
    words: str
    form: StepForm
    is_main: bool
    is_open: bool

    @property
    def url_name(self) -> str:
        return f"unit-report-{self.act}"

    @property
    def needs_reason(self) -> bool:
        return isinstance(self.form, ReasonStepForm)

    @property
    def has_remarks(self) -> bool:
        return isinstance(self.form, ReturnForm) and bool(self.form.remark_fields)


RULES = {
    StepKind.START: rules.may_write,
    StepKind.SUBMIT: rules.may_submit,
    StepKind.WITHDRAW: rules.may_submit,
    StepKind.BEGIN_REVIEW: rules.may_review,
    StepKind.ACCEPT: rules.may_review,
    StepKind.RETURN: rules.may_review,
    StepKind.REOPEN: rules.may_reopen,
}
# In the order of use; the first that is filled is the page's main act.
_WORDS = {
    StepKind.START: "Lập báo cáo",
    StepKind.SUBMIT: "Nộp báo cáo",
    StepKind.ACCEPT: "Tiếp nhận",
    StepKind.BEGIN_REVIEW: "Bắt đầu xem xét",
    StepKind.RETURN: "Trả lại",
    StepKind.WITHDRAW: "Rút lại báo cáo",
    StepKind.REOPEN: "Mở lại báo cáo",
}
_MAIN = {StepKind.START, StepKind.SUBMIT, StepKind.ACCEPT}


def step_form(report: UnitReport, act: str, user: User, data: Any, now: Any) -> StepForm:
    """The form of a step. `now` is the Working of a submission, the version of a return."""
    if act == StepKind.SUBMIT:
        initial = {"fingerprint": now.fingerprint, "responsible": user.pk} if now else {}
        return SubmitForm(report, data, **initial)
    if act == StepKind.RETURN:
        tasks = tasks_to_remark(report, now.content) if now else ()
        return ReturnForm(report, data, tasks=tasks)
    if act == StepKind.REOPEN:
        return ReasonStepForm(report, act, data)
    return StepForm(report, act, data)


def offers(
    request: HttpRequest,
    report: UnitReport,
    user: User,
    now: Working | None,
    version: UnitReportVersion | None,
    came_back: StepForm | None,
) -> list[Offer]:
    """The steps open to the reader, in the order of use; none in a round that was closed."""
    if not report.round.is_open:
        return []
    found = []
    for act, words in _WORDS.items():
        if report.state not in ALLOWED_FROM[act] or not RULES[act](user, report):
            continue
        if act == StepKind.SUBMIT and (now is None or now.stopping):
            continue
        about = now if act == StepKind.SUBMIT else version
        if came_back is not None and came_back.act == act:
            form, is_open = came_back, True
        else:
            kept = kept_for(request, f"{act}-{report.pk}")
            form, is_open = step_form(report, act, user, kept, about), kept is not None
        found.append(Offer(act, words, form, act in _MAIN, is_open))
    return found


@dataclass(frozen=True, slots=True)
class SectionPart:
    """A section as the page shows it: its text, its draft, and a form for who may write."""

    now: SectionNow
    form: SectionForm | None
    is_open: bool


def section_parts(
    request: HttpRequest, report: UnitReport, user: User, now: Working, back: SectionForm | None
) -> list[SectionPart]:
    may_write = report.is_writable and rules.may_write(user, report)
    parts = []
    for one in now.sections:
        form = None
        if back is not None and back.section.key == one.key:
            form = back
        elif may_write:
            kept = kept_for(request, f"section-{one.key}-{report.pk}")
            form = SectionForm(report, one, kept)
        parts.append(SectionPart(one, form, form is back or (form is not None and form.is_bound)))
    return parts
