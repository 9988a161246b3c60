"""What every act on a unit's report shares: the lock, who, which state, and the record."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from config.vietnamese.text import clean
from plans.acts.refusals import Conflict, NotNow, NotYours, Refusal
from reports.models import Round, UnitReport, UnitReportStep, UnitReportVersion
from reports.states.unit_report import ALLOWED_FROM, ReportState, StepKind, state_after
from units import clock
from units.models import Role, Unit, UnitKind, User

Rule = Callable[[User, UnitReport], bool]


class Moved(Conflict):
    """Somebody else moved or wrote the report after this person read it."""

    def __init__(self, newer: Iterable[Any], message: str = "") -> None:
        self.newer = list(newer)
        who = self.newer[-1].by_label if self.newer else "Người khác"
        Refusal.__init__(
            self,
            message
            or f"{who} vừa thao tác trên báo cáo này sau khi đồng chí mở trang. Chưa có gì bị ghi "
            "đè: đồng chí xem tình trạng mới rồi làm lại nếu vẫn cần.",
        )


def locked(report_id: int) -> UnitReport:
    """The report with its row locked until the end of the transaction.

    Its round is read after the lock was given: whoever closed it meanwhile is seen.
    """
    report = UnitReport.objects.select_for_update().get(pk=report_id)
    report.round = Round.objects.select_related("plan__agency").get(pk=report.round_id)
    report.unit = Unit.objects.get(pk=report.unit_id)
    return report


def already_done(
    request_key: uuid.UUID, by: User, report: UnitReport, kind: str, reason: str = ""
) -> UnitReportStep | None:
    """The step that an earlier sending of the same form made (a double click)."""
    earlier = UnitReportStep.objects.filter(request_key=request_key).first()
    if earlier is None:
        return None
    same = (earlier.by_id, earlier.report_id, earlier.kind, earlier.reason)
    if same == (by.pk, report.pk, kind, clean(reason)):
        return earlier
    raise NotNow("Biểu mẫu này đã được gửi một lần. Đồng chí tải lại trang rồi gửi lại.")


def require(rule: Rule, by: User, report: UnitReport, message: str) -> None:
    if not rule(by, report):
        raise NotYours(message)


def require_unchanged(report: UnitReport, seen: int) -> None:
    if seen != report.sequence:
        raise Moved(report.steps.filter(sequence__gt=seen).order_by("sequence"))


def require_state(act: str, report: UnitReport) -> None:
    """Raise NotNow unless `act` may start from the state the report is in, in an open round."""
    if not report.round.is_open:
        raise NotNow(f"Đợt “{report.round}” đã đóng nên báo cáo không thay đổi được nữa.")
    if report.state not in ALLOWED_FROM[act]:
        state = ReportState(report.state).label.lower()
        raise NotNow(
            f"Báo cáo của {report.unit} đang ở tình trạng “{state}” nên không làm được việc này. "
            "Đồng chí tải lại trang để xem tình trạng mới nhất."
        )


def append(
    report: UnitReport,
    *,
    by: User,
    kind: StepKind,
    request_key: uuid.UUID,
    version: UnitReportVersion | None,
    reason: str = "",
) -> UnitReportStep:
    """Add a step to the history and move the report to the state the step leads to."""
    report.sequence += 1
    report.state = state_after(kind, version=version.number if version else 0)
    if kind == StepKind.REOPEN:
        report.cycle += 1
    report.save(update_fields=["sequence", "state", "cycle"])
    return UnitReportStep.objects.create(
        report=report,
        version=version,
        sequence=report.sequence,
        request_key=request_key,
        kind=kind,
        state=report.state,
        cycle=report.cycle,
        reason=reason,
        by=by,
        by_label=by.label,
        recorded_on=clock.today(),
        recorded_at=clock.now(),
    )


def path_of(report: UnitReport) -> str:
    return reverse("unit-report", args=[report.pk])


def people_of(report: UnitReport) -> QuerySet[User]:
    """Those whom the fate of the report concerns: in its unit, and in that which it became part
    of."""
    return User.objects.filter(unit__in=report.unit.line, is_active=True)


def reviewers_of(report: UnitReport) -> QuerySet[User]:
    """Who receives the report: the Office; of the Office's own, the leadership."""
    of_office = any(unit.kind == UnitKind.OFFICE for unit in report.unit.line)
    role = Role.LEADERSHIP if of_office else Role.OFFICE
    return User.objects.filter(role=role, is_active=True)
