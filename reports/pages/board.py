"""What the board of a round shows: each unit, where its report stands, how late, who."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from reports.models import Round, UnitReport, UnitReportStep, UnitReportVersion
from reports.states.unit_report import WAITING, ReportState


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A unit's report on the board. `days_late`: handed in after the units' day, or still owed
    past it; derived, never stored."""

    report: UnitReport
    state: ReportState
    version: int
    submitted_on: dt.date | None
    submitted_by: str
    last: UnitReportStep | None
    days_late: int
    is_owed: bool

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING


@dataclass(frozen=True, slots=True)
class Board:
    rows: tuple[BoardRow, ...]

    @property
    def owed(self) -> tuple[BoardRow, ...]:
        return tuple(row for row in self.rows if row.is_owed)

    @property
    def waiting(self) -> tuple[BoardRow, ...]:
        return tuple(row for row in self.rows if row.is_waiting)

    @property
    def accepted(self) -> int:
        return Counter(row.state for row in self.rows)[ReportState.ACCEPTED]


def board(found: Round, reports: QuerySet[UnitReport], today: dt.date) -> Board:
    """Every report of `reports` in protocol order, each unit by its name of the day of the figures.
    Two queries, however many units.

    A report is late by the day of its first version: a return by the Office does not
    make a unit late that was in time.
    """
    versions = UnitReportVersion.objects.filter(report=OuterRef("pk"))
    newest, first = versions.order_by("-number"), versions.order_by("number")
    last = UnitReportStep.objects.filter(report=OuterRef("pk")).order_by("-sequence")
    rows = list(
        reports.select_related("unit__merged_into__merged_into")
        .annotate(
            is_owed=Exists(UnitReport.objects.filter(pk=OuterRef("pk")).owed()),
            newest_number=Subquery(newest.values("number")[:1]),
            newest_on=Subquery(newest.values("submitted_on")[:1]),
            newest_by=Subquery(newest.values("by_label")[:1]),
            first_on=Subquery(first.values("submitted_on")[:1]),
            last_step=Subquery(last.values("pk")[:1]),
        )
        .order_by("unit__position", "unit__name")
    )
    for row in rows:
        row.unit.called_on(found.naming_day)
    steps = UnitReportStep.objects.in_bulk([row.last_step for row in rows if row.last_step])
    return Board(
        tuple(
            BoardRow(
                report=row,
                state=ReportState(row.state),
                version=row.newest_number or 0,
                submitted_on=row.newest_on,
                submitted_by=row.newest_by or "",
                last=steps.get(row.last_step),
                # Nobody is late with what nobody has to write.
                days_late=found.days_late(row.first_on or today)
                if row.is_owed or row.first_on
                else 0,
                is_owed=row.is_owed,
            )
            for row in rows
        )
    )
