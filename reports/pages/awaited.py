"""Which reports wait for whom: sources of “Việc của tôi” and “Chờ tôi”, which plans keeps and this
app adds to when it starts (apps.py)."""

import datetime as dt
from collections.abc import Iterator
from typing import cast

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from plans.deadlines import SOON_DAYS, Lateness, Timing
from plans.models import Plan
from plans.my_work import Desk, Item, Standing
from plans.my_work import Source as WorkSource
from plans.rules import is_leadership, is_office
from plans.waiting.source import Source
from reports.models import (
    ConsolidatedReport,
    PassageEdit,
    ReportStep,
    Round,
    UnitReport,
    UnitReportStep,
    UnitReportVersion,
)
from reports.rules import answers_for_unit
from reports.states import unit_report as states
from reports.states.consolidated import DRAFTING, ReportStatus
from reports.states.unit_report import ReportState
from units.models import UnitKind, User
from units.models.unit import unit_or_heir

# --- For the unit -----------------------------------------------------------------------------

_ACTS = {
    ReportState.MISSING: "Lập báo cáo",
    ReportState.DRAFT: "Nộp báo cáo",
    ReportState.RETURNED: "Bổ sung",
}


def _owed(desk: Desk) -> Iterator[Item]:
    """Reports of open rounds that their unit's head must hand in, whether their day is near or not:
    a round asks from the day it opens. One query."""
    if not answers_for_unit(desk.user):
        return
    returned = UnitReportStep.objects.filter(
        report=OuterRef("pk"), kind=states.StepKind.RETURN
    ).order_by("-sequence")
    reports = (
        UnitReport.objects.visible_to(desk.user)
        .for_page()
        .filter(
            unit_or_heir("unit", pk=desk.user.unit_id or 0),
            round__plan=desk.frame.plan,
            round__closed_on=None,
        )
        .owed()
        .annotate(return_reason=Subquery(returned.values("reason")[:1]))
        .order_by("round__units_due_on", "pk")
    )
    for report in reports:
        state = ReportState(report.state)
        is_returned = state == ReportState.RETURNED
        yield Item(
            key=f"report-{report.pk}",
            task=None,
            path=reverse("unit-report", args=[report.pk]),
            act=_ACTS[state],
            why=f"Lý do trả lại: {report.return_reason}" if is_returned else "",
            title=f"Báo cáo của {_whose(desk.user, report)}: {report.round.name}",
            standing=Standing(
                state.sign_name,
                state.label,
                report.round.units_due_on,
                _lateness(report.round, desk.day),
            ),
        )


def _whose(user: User, report: UnitReport) -> str:
    return (
        "đơn vị" if report.unit_id == user.unit_id else report.unit.name_on(report.round.naming_day)
    )


def _lateness(round: Round, day: dt.date) -> Lateness:
    """The day of a round counts as in time, whatever the plan says of its tasks (S29)."""
    if late := round.days_late(day):
        return Lateness(Timing.OVERDUE, late)
    left = (round.units_due_on - day).days
    timing = Timing.SOON if left <= SOON_DAYS else Timing.IN_TIME
    return Lateness(timing, left, round.units_due_on)


OWED = WorkSource(25, "Báo cáo của đơn vị phải nộp", _owed)


# --- For the Office and the leadership --------------------------------------------------------


def _submitted(user: User, plan: Plan) -> QuerySet[UnitReport]:
    """Reports that lie with whoever reviews them: those of the Office with the leadership, and
    nobody's own (3.6)."""
    newest = UnitReportVersion.objects.filter(report=OuterRef("pk")).order_by("-number")
    reports = (
        UnitReport.objects.filter(round__plan=plan, round__closed_on=None, state__in=states.WAITING)
        .alias(submitter=Subquery(newest.values("by")[:1]))
        .exclude(submitter=user.pk)
    )
    of_office = unit_or_heir("unit", kind=UnitKind.OFFICE)
    if is_office(user):
        found = reports.exclude(of_office).exclude(unit_or_heir("unit", pk=user.unit_id or 0))
    else:
        found = reports.filter(of_office) if is_leadership(user) else reports.none()
    return cast("QuerySet[UnitReport]", found)


def _submitted_rows(user: User, plan: Plan) -> list[UnitReport]:
    """The longest waiting first. One query."""
    newest = UnitReportVersion.objects.filter(report=OuterRef("pk")).order_by("-number")
    found: list[UnitReport] = list(
        _submitted(user, plan)
        .select_related("round__plan", "unit")
        .annotate(
            submitted_on=Subquery(newest.values("submitted_on")[:1]),
            submitted_by=Subquery(newest.values("by_label")[:1]),
        )
        .order_by("submitted_on", "unit__position", "pk")
    )
    for report in found:
        report.unit.called_on(report.round.naming_day)
    return found


def _to_sign(user: User, plan: Plan) -> QuerySet[ConsolidatedReport]:
    """Reports before the leadership; not for a person who drafted it, who may not sign (3.6)."""
    reports = ConsolidatedReport.objects.filter(round__plan=plan, status=ReportStatus.SUBMITTED)
    if not is_leadership(user):
        return reports.none()
    drafted = ReportStep.objects.filter(report=OuterRef("pk"), act__in=DRAFTING, by=user)
    worded = PassageEdit.objects.filter(report=OuterRef("pk"), by=user)
    return reports.filter(~Exists(drafted), ~Exists(worded))


def _to_sign_rows(user: User, plan: Plan) -> list[ConsolidatedReport]:
    """One query; what a report says is not read."""
    last = ReportStep.objects.filter(report=OuterRef("pk")).order_by("-sequence")
    return list(
        _to_sign(user, plan)
        .select_related("round")
        .defer("generated", "frozen")
        .annotate(
            submitted_on=Subquery(last.values("recorded_on")[:1]),
            submitted_by=Subquery(last.values("by_label")[:1]),
        )
        .order_by("submitted_on", "pk")
    )


SUBMITTED = Source(
    key="bao-cao-don-vi",
    title="Báo cáo của đơn vị chờ tiếp nhận",
    template="reports/_awaited_unit_reports.html",
    waiting=_submitted,
    rows=_submitted_rows,
)
TO_SIGN = Source(
    key="bao-cao-trinh-ky",
    title="Báo cáo tổng hợp trình ký",
    template="reports/_awaited_signature.html",
    waiting=_to_sign,
    rows=_to_sign_rows,
)
