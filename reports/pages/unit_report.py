"""What the page of a unit's report shows and offers to its reader."""

from dataclasses import dataclass
from typing import Any, cast

from django.forms import BoundField
from django.http import HttpRequest, QueryDict

from reports import rules
from reports.forms.unit_report import (
    ReasonStepForm,
    ReturnForm,
    StepForm,
    SubmitForm,
    WritingForm,
    tasks_to_remark,
)
from reports.models import UnitReport, UnitReportVersion
from reports.states.unit_report import ALLOWED_FROM, StepKind
from reports.unit_content.model import SECTIONS
from reports.unit_content.working import SectionNow, Working
from units import drafts
from units.kept_text import kept_for
from units.models import Draft, User


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
    """A section as the page shows it: its text and its draft; for who may write also its field,
    what goes with it unseen, and whether somebody else wrote in it meanwhile."""

    now: SectionNow
    text: BoundField | None = None
    hidden: tuple[BoundField, ...] = ()
    is_newer: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """The sections, for who may write with their form; `draft` when it holds one. `left` is what
    the person typed before the report could be written no more."""

    parts: list[SectionPart]
    form: WritingForm | None = None
    draft: Draft | None = None
    left: str = ""


def writing_of(
    request: HttpRequest,
    report: UnitReport,
    user: User,
    now: Working | None,
    back: WritingForm | None,
) -> Writing:
    """`back` is a form that came back with messages."""
    if not rules.may_write(user, report):
        return Writing([SectionPart(one) for one in now.sections] if now else [])
    if now is None or not report.is_writable:
        parts = [SectionPart(one) for one in now.sections] if now else []
        empty = WritingForm(report, [SectionNow(key, title, "") for key, title in SECTIONS.items()])
        waiting = None if back else drafts.unsent(request, empty.keep_name)
        sent = cast("QueryDict", back.data) if back else None
        left = empty.written(sent or (waiting.fields if waiting else QueryDict()))
        return Writing(parts, left="\n\n".join(f"{SECTIONS[k]}:\n{left[k]}" for k in left))
    form, draft = back or WritingForm(report, now.sections), None
    waiting = None if back else drafts.unsent(request, form.keep_name)
    if waiting and form.start_from_unsent(waiting.fields):
        draft = waiting.draft
    parts = [
        SectionPart(
            one,
            form[f"text_{one.key}"],
            (form[f"seen_{one.key}"], form[f"shown_{one.key}"]),
            one.key in form.newer,
        )
        for one in now.sections
    ]
    return Writing(parts, form, draft)


def unrecorded(report: UnitReport, user: User, now: Working) -> list[str]:
    """The titles of the sections in which the person has typed something that is not recorded."""
    form = WritingForm(report, now.sections)
    draft = drafts.draft_of(user, form.keep_name)
    written = form.written(drafts.fields_of(draft)) if draft else {}
    return [SECTIONS[key] for key in written]
