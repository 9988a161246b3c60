"""What a list of tasks offers for the reader's own part in each of them, without a query."""

from typing import Any

from plans import rules
from plans.models import Assignment
from plans.overview import TaskOnDay
from plans.states import ALLOWED_FROM
from units.models import User


def own_part(row: TaskOnDay, user: User) -> Assignment | None:
    """The part of the reader's unit that can be recorded on from this row."""
    for lead in row.leads:
        if lead.status.state in ALLOWED_FROM["record"] and _writes(user, lead.assignment):
            return lead.assignment
    return next((one for one in row.supports if _writes(user, one)), None)


def _writes(user: Any, part: Assignment) -> bool:
    return bool(rules.may_record(user, part) or rules.may_prepare(user, part))
