"""A unit's report goes to the Office and comes back: submit, withdraw, review, accept, reopen."""

import uuid
from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction
from django.db.models import QuerySet

from plans.acts.reasons import checked_reason
from plans.acts.refusals import Invalid, NotNow
from plans.models import Task
from plans.texts import TextRefused, accepted
from reports.acts.recording import (
    Moved,
    Rule,
    already_done,
    append,
    locked,
    path_of,
    people_of,
    require,
    require_state,
    require_unchanged,
    reviewers_of,
)
from reports.content.frozen import fingerprint as fingerprint_of
from reports.content.frozen import freeze
from reports.content.model import Signature
from reports.models import StepRemark, UnitReport, UnitReportStep, UnitReportVersion
from reports.rules import may_reopen, may_review, may_submit
from reports.states.unit_report import NEEDS_REASON, StepKind
from reports.unit_content.working import working
from units import clock
from units.models import Role, Unit, User
from units.notices import tell


def responsible_people(unit: Unit) -> QuerySet[User]:
    """Who can answer for a unit's report: its heads, or those of the unit that it became part of;
    in the Office its people (3.6)."""
    return User.objects.filter(
        unit__in=unit.line, is_active=True, role__in=(Role.HEAD, Role.OFFICE)
    ).order_by("sort_key")


def submit(
    *,
    report_id: int,
    by: User,
    responsible_id: int,
    fingerprint: str,
    seen: int,
    request_key: uuid.UUID,
) -> UnitReportStep:
    """The unit hands in its report: what it says now is frozen as a new version.

    `fingerprint` is that of the content the person had before their eyes; when it became another
    one since (a colleague wrote, a task moved on) Moved is raised, so that nobody submits what they
    have not read. `responsible_id` answers for the content, `by` pressed the button.
    """
    with transaction.atomic():
        report = locked(report_id)
        if earlier := already_done(request_key, by, report, StepKind.SUBMIT):
            return earlier
        require(may_submit, by, report, "Lãnh đạo đơn vị nộp báo cáo của đơn vị.")
        require_unchanged(report, seen)
        require_state(StepKind.SUBMIT, report)
        responsible = responsible_people(report.unit).filter(pk=responsible_id).first()
        if responsible is None:
            raise Invalid({"responsible": "Đồng chí chọn người chịu trách nhiệm của đơn vị."})
        now = working(report, clock.today())
        if now.fingerprint != fingerprint:
            raise Moved(
                [],
                "Nội dung báo cáo vừa thay đổi sau khi đồng chí mở trang (có cập nhật hoặc sửa "
                "mới). Đồng chí xem lại nội dung mới rồi nộp.",
            )
        if now.stopping:
            raise NotNow(
                "Chưa nộp được: "
                + "; ".join(f"nhiệm vụ {one.code} {one.words}" for one in now.stopping)
                + "."
            )
        signed = Signature("", responsible.job_title.upper(), responsible.full_name)
        version = _freeze(report, replace(now.content, signature=signed), by, responsible)
        step = append(report, by=by, kind=StepKind.SUBMIT, request_key=request_key, version=version)
        again = "" if version.number == 1 else f" lần {version.number}"
        tell(
            reviewers_of(report),
            f"{report.unit} nộp báo cáo{again}: {report.round}",
            path_of(report),
            by=by,
        )
        return step


def _freeze(report: UnitReport, content: object, by: User, responsible: User) -> UnitReportVersion:
    frozen = freeze(content)
    newest = report.newest_version
    return UnitReportVersion.objects.create(
        report=report,
        number=newest.number + 1 if newest else 1,
        cycle=report.cycle,
        frozen=frozen,
        sha256=fingerprint_of(frozen),
        by=by,
        by_label=by.label,
        responsible=responsible,
        responsible_label=responsible.label,
        submitted_on=clock.today(),
        submitted_at=clock.now(),
    )


def withdraw(*, report_id: int, by: User, seen: int, request_key: uuid.UUID) -> UnitReportStep:
    """The unit takes its report back, as long as the Office has not begun to read it."""
    with transaction.atomic():
        step, is_new = _move(report_id, by, StepKind.WITHDRAW, may_submit, seen, request_key)
        if is_new:
            _tell_reviewers(step, "rút lại báo cáo")
        return step


def begin_review(*, report_id: int, by: User, seen: int, request_key: uuid.UUID) -> UnitReportStep:
    """The Office begins to read: from now on the unit cannot withdraw."""
    with transaction.atomic():
        return _move(report_id, by, StepKind.BEGIN_REVIEW, may_review, seen, request_key)[0]


def accept(*, report_id: int, by: User, seen: int, request_key: uuid.UUID) -> UnitReportStep:
    """The Office accepts the newest version: the consolidated report is made of it."""
    with transaction.atomic():
        step, is_new = _move(report_id, by, StepKind.ACCEPT, may_review, seen, request_key)
        if is_new:
            _tell_unit(step, "được tiếp nhận")
        return step


def send_back(
    *,
    report_id: int,
    by: User,
    reason: str,
    seen: int,
    request_key: uuid.UUID,
    remarks: Mapping[int, str] | None = None,
) -> UnitReportStep:
    """The Office returns the report with a reason and, by Task.pk, remarks on single tasks."""
    with transaction.atomic():
        step, is_new = _move(
            report_id, by, StepKind.RETURN, may_review, seen, request_key, reason=reason
        )
        if is_new:
            _write_remarks(step, remarks or {})
            _tell_unit(step, f"bị trả lại: {step.reason}")
        return step


def reopen(
    *, report_id: int, by: User, reason: str, seen: int, request_key: uuid.UUID
) -> UnitReportStep:
    """The leadership opens an accepted report again, with a reason: the next cycle begins, the
    accepted version stays readable but counts no more."""
    with transaction.atomic():
        step, is_new = _move(
            report_id, by, StepKind.REOPEN, may_reopen, seen, request_key, reason=reason
        )
        if is_new:
            _tell_unit(step, f"được mở lại: {step.reason}")
            _tell_reviewers(step, f"được mở lại báo cáo: {step.reason}")
        return step


_REFUSED = {
    StepKind.WITHDRAW: "Lãnh đạo đơn vị rút báo cáo của đơn vị.",
    StepKind.BEGIN_REVIEW: "Văn phòng xem xét báo cáo của đơn vị; không ai xem xét báo cáo của "
    "đơn vị mình hoặc do mình nộp.",
    StepKind.RETURN: "Văn phòng trả lại báo cáo; không ai trả lại báo cáo của đơn vị mình hoặc do "
    "mình nộp.",
    StepKind.ACCEPT: "Văn phòng tiếp nhận báo cáo; không ai tiếp nhận báo cáo của đơn vị mình hoặc "
    "do mình nộp.",
    StepKind.REOPEN: "Chỉ Lãnh đạo Sở mở lại báo cáo đã tiếp nhận.",
}


def _move(
    report_id: int,
    by: User,
    kind: StepKind,
    rule: Rule,
    seen: int,
    request_key: uuid.UUID,
    *,
    reason: str = "",
) -> tuple[UnitReportStep, bool]:
    """The step, and whether this sending made it (not an earlier one of the same form)."""
    report = locked(report_id)
    if earlier := already_done(request_key, by, report, kind, reason):
        return earlier, False
    require(rule, by, report, _REFUSED[kind])
    require_unchanged(report, seen)
    require_state(kind, report)
    if kind in NEEDS_REASON:
        reason = checked_reason(reason, history="báo cáo")
    step = append(
        report,
        by=by,
        kind=kind,
        request_key=request_key,
        version=report.newest_version,
        reason=reason,
    )
    return step, True


def _write_remarks(step: UnitReportStep, remarks: Mapping[int, str]) -> None:
    """A remark for each task that was frozen in the version; blank ones are no remarks."""
    assert step.version is not None  # only a submitted report is returned
    codes = {task.code for task in step.version.content.tasks}
    tasks = Task.objects.filter(
        plan=step.report.round.plan, code__in=codes, pk__in=list(remarks)
    ).in_bulk()
    errors = {}
    for pk, typed in remarks.items():
        try:
            text = accepted(typed, max_length=2000)
        except TextRefused as refused:
            errors[f"remark_{pk}"] = str(refused)
            continue
        if text and pk not in tasks:
            errors[f"remark_{pk}"] = "Nhiệm vụ không có trong báo cáo này."
        elif text:
            StepRemark.objects.create(
                step=step, task=tasks[pk], task_label=str(tasks[pk]), text=text
            )
    if errors:
        raise Invalid(errors)


def _tell_unit(step: UnitReportStep, words: str) -> None:
    report = step.report
    text = f"Báo cáo “{report.round}” của {report.unit} {words}"
    tell(people_of(report), text, path_of(report), by=step.by)


def _tell_reviewers(step: UnitReportStep, words: str) -> None:
    report = step.report
    tell(
        reviewers_of(report), f"{report.unit} {words}: {report.round}", path_of(report), by=step.by
    )
