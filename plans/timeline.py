"""The history of a task as a story: who, on which day, what."""

import datetime as dt
from dataclasses import dataclass

from plans.models import DueDateChange, ProgressUpdate, Task, UpdateKind
from plans.states import State, label


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline; exactly one of `update` and `due_date_change` is there."""

    recorded_at: dt.datetime
    recorded_on: dt.date
    unit: str
    who: str
    headline: str
    update: ProgressUpdate | None = None
    due_date_change: DueDateChange | None = None


def timeline(task: Task, day: dt.date) -> list[Entry]:
    """What was recorded up to `day`, newest first. Three queries."""
    updates = (
        ProgressUpdate.objects.filter(assignment__task=task, recorded_on__lte=day)
        .select_related("assignment__unit")
        .prefetch_related("evidence", "values__measure")
    )
    changes = DueDateChange.objects.filter(
        assignment__task=task, recorded_on__lte=day
    ).select_related("assignment__unit")
    entries = [_of_update(update, task) for update in updates]
    entries += [
        Entry(
            recorded_at=change.recorded_at,
            recorded_on=change.recorded_on,
            unit=change.assignment.unit.name,
            who=change.by_label,
            headline="Thay đổi thời hạn",
            due_date_change=change,
        )
        for change in changes
    ]
    entries.sort(key=_when, reverse=True)
    return entries


def _when(entry: Entry) -> tuple[dt.datetime, int]:
    return (entry.recorded_at, entry.update.pk if entry.update else 0)


def _of_update(update: ProgressUpdate, task: Task) -> Entry:
    return Entry(
        recorded_at=update.recorded_at,
        recorded_on=update.recorded_on,
        unit=update.assignment.unit.name,
        who=update.by_label,
        headline=headline(
            kind=update.kind, state=update.state, claim=update.claim, task_kind=task.kind
        ),
        update=update,
    )


def headline(*, kind: str, state: str, claim: str, task_kind: str) -> str:
    """What a record of the history says in one line."""
    match kind:
        case UpdateKind.REPORT if claim:
            return f"Báo {label(claim, task_kind).lower()}, chờ Văn phòng xác nhận"
        case UpdateKind.REPORT:
            return f"Cập nhật: {State(state).label.lower()}"
        case UpdateKind.CONFIRM:
            return f"Xác nhận {label(state, task_kind).lower()}"
    return str(UpdateKind(kind).label)
