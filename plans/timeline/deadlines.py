"""Deadlines that were moved."""

import datetime as dt
from collections.abc import Iterator

from config.vietnamese import dates
from plans.models import DueDateChange, Task
from plans.timeline.entry import Change, Entry
from units.models import User


def moved_deadlines(task: Task, day: dt.date, user: User) -> Iterator[Entry]:
    """One query."""
    for change in DueDateChange.objects.filter(
        assignment__task=task, recorded_on__lte=day
    ).select_related("assignment__unit"):
        yield Entry(
            recorded_at=change.recorded_at,
            recorded_on=change.recorded_on,
            number=change.pk,
            unit=change.assignment.unit.name,
            who=change.by_label,
            headline="Thay đổi thời hạn",
            kind="due",
            changes=(Change("Thời hạn", _shown(change.old_due_on), _shown(change.new_due_on)),),
            texts=(("Lý do", change.reason),) if change.reason else (),
        )


def _shown(day: dt.date | None) -> str:
    return dates.short(day) or "không hạn"
