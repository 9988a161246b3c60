"""What a list of tasks offers for the reader's own part in each of them, without a query."""

from typing import Any

from plans import rules
from plans.models import Assignment, ProgressUpdate
from plans.overview import Status, TaskOnDay
from plans.states import ALLOWED_FROM
from units.models import User


def own_part(row: TaskOnDay, user: User) -> Assignment | None:
    """The part of the reader's unit that can be recorded on from this row."""
    if not row.status.has_begun:
        return None
    for lead in row.leads:
        if lead.status.state in ALLOWED_FROM["record"] and _writes(user, lead.assignment):
            return lead.assignment
    return next((one for one in row.supports if _writes(user, one)), None)


def can_stay_unchanged(status: Status, report: ProgressUpdate | None) -> bool:
    """Whether "no change" can be said of a lead's part: there are words that still hold."""
    may = status.has_begun and status.state in ALLOWED_FROM["unchanged"]
    return may and report is not None and not report.claim


def own_unchanged(row: TaskOnDay, user: User) -> Assignment | None:
    """The part of the reader's unit that can be said to be unchanged from this row."""
    for lead in row.leads:
        if _writes(user, lead.assignment) and can_stay_unchanged(lead.status, lead.report):
            return lead.assignment
    return None


def _writes(user: Any, part: Assignment) -> bool:
    return bool(rules.may_record(user, part) or rules.may_prepare(user, part))
