"""What the units of a round told: the frozen words and figures of their accepted reports, and who
has told nothing. Nothing is ever filled in for a unit."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reports.content.model import ContributionLine, LeadLine, TaskLine
from reports.models import Round, UnitReport, accepted_versions, units_without_accepted
from reports.states.unit_report import WAITING, ReportState
from reports.unit_content.model import UnitReportContent


@dataclass(frozen=True)
class Source:
    """An accepted report: which version of which unit, and what it says."""

    unit_id: int
    unit: str
    version_id: int
    version: int
    submitted_on: dt.date
    content: UnitReportContent
    position: int = 0

    @cached_property
    def tasks(self) -> Mapping[str, TaskLine]:
        """The tasks that the unit leads, by code."""
        return {task.code: task for task in self.content.tasks}

    def lead(self, code: str) -> LeadLine | None:
        """The unit's own part of a task, in its own words."""
        task = self.tasks.get(code)
        return task.leads[0] if task and task.leads else None

    def contribution(self, code: str) -> ContributionLine | None:
        return next((one.contribution for one in self.content.supports if one.code == code), None)


@dataclass(frozen=True)
class Missing:
    """A unit without an accepted report, where its report stands ("Trả lại"), and how a document
    says it ("đang bổ sung")."""

    unit_id: int
    unit: str
    state: str
    words: str
    position: int = 0


@dataclass(frozen=True)
class Sources:
    """Every unit of a round is in exactly one of the two."""

    accepted: tuple[Source, ...]
    missing: tuple[Missing, ...]

    @cached_property
    def by_unit(self) -> Mapping[int, Source]:
        return {one.unit_id: one for one in self.accepted}

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """The units that the round asks."""
        return frozenset([*self.by_unit, *(one.unit_id for one in self.missing)])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of these units, in protocol order."""
        named = [(one.position, one.unit) for one in self.accepted]
        named += [(one.position, one.unit) for one in self.missing]
        return tuple(name for _, name in sorted(named))

    @property
    def version_ids(self) -> frozenset[int]:
        return frozenset(one.version_id for one in self.accepted)


def sources_of(round: Round, day: dt.date) -> Sources:
    """What the units of the round have told until now, under the names that they have in a report
    of `day`. Two queries."""
    named = round.plan.naming_day(day)
    return Sources(
        accepted=tuple(
            Source(
                unit_id=version.report.unit_id,
                unit=version.report.unit.called_on(named).name,
                version_id=version.pk,
                version=version.number,
                submitted_on=version.submitted_on,
                content=version.content,
                position=version.report.unit.position,
            )
            for version in accepted_versions(round)
        ),
        missing=tuple(
            Missing(
                report.unit_id,
                report.unit.called_on(named).name,
                report.get_state_display(),
                _words(report),
                report.unit.position,
            )
            for report in units_without_accepted(round)
        ),
    )


def _words(report: UnitReport) -> str:
    """A draft is the unit's own affair: to whoever reads the document it has handed in nothing."""
    heir = report.unit.merged_into
    return f"{_said(report)}, đã nhập vào {heir}" if heir else _said(report)


def _said(report: UnitReport) -> str:
    if report.state in WAITING:
        return "đã nộp, chờ tiếp nhận"
    if report.state == ReportState.RETURNED or report.cycle > 1:
        return "đang bổ sung"
    return "chưa nộp"
