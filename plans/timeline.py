"""The history of a task as a story: who, on which day, what."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from plans.models import DueDateChange, ProgressUpdate, Task, UpdateKind
from plans.states import State, label


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline; exactly one of `update` and `due_date_change` is there.

    `corrections` are the later records that set this one right.
    """

    recorded_at: dt.datetime
    recorded_on: dt.date
    unit: str
    who: str
    headline: str
    update: ProgressUpdate | None = None
    due_date_change: DueDateChange | None = None
    corrections: tuple[ProgressUpdate, ...] = ()


def timeline(task: Task, day: dt.date) -> list[Entry]:
    """What was recorded up to `day`, newest first. Three queries."""
    updates = (
        ProgressUpdate.objects.filter(assignment__task=task, recorded_on__lte=day)
        .select_related("assignment__unit", "corrects")
        .prefetch_related("evidence", "values__measure")
    )
    changes = DueDateChange.objects.filter(
        assignment__task=task, recorded_on__lte=day
    ).select_related("assignment__unit")
    corrections: dict[int, list[ProgressUpdate]] = defaultdict(list)
    for update in updates:
        if update.corrects_id:
            corrections[update.corrects_id].append(update)
    entries = [_of_update(update, task, corrections[update.pk]) for update in updates]
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


def _of_update(update: ProgressUpdate, task: Task, corrections: Sequence[ProgressUpdate]) -> Entry:
    return Entry(
        recorded_at=update.recorded_at,
        recorded_on=update.recorded_on,
        unit=update.assignment.unit.name,
        who=update.by_label,
        headline=_headline(update, task),
        update=update,
        corrections=tuple(corrections),
    )


def _headline(update: ProgressUpdate, task: Task) -> str:
    match update.kind:
        case UpdateKind.REPORT if update.unchanged:
            return "Không có thay đổi"
        case UpdateKind.REPORT | UpdateKind.CONTRIBUTION if update.corrects_id:
            words = _headline_of_words(update, task)
            return f"Đính chính: {words[0].lower()}{words[1:]}"
        case UpdateKind.REPORT | UpdateKind.CONTRIBUTION:
            return _headline_of_words(update, task)
        case UpdateKind.CONFIRM:
            return f"Xác nhận {label(update.state, task.kind).lower()}"
    return str(UpdateKind(update.kind).label)


def _headline_of_words(update: ProgressUpdate, task: Task) -> str:
    match update.kind:
        case UpdateKind.REPORT if update.claim:
            return f"Báo {label(update.claim, task.kind).lower()}, chờ Văn phòng xác nhận"
        case UpdateKind.REPORT:
            return f"Cập nhật: {State(update.state).label.lower()}"
    return str(UpdateKind(update.kind).label)
