"""Until when a task of the next year is to be done: the day and the words, which always agree."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from config.vietnamese import dates
from plans.models import DueDateChange, Task
from plans.next_year.shifting import shifted, shifted_deadline
from plans.reading.deadlines import said_deadline


@dataclass(frozen=True)
class NextDeadline:
    """`words` as they are to be printed, empty where only the day is known; `remarks` say what of
    the old year does not go along."""

    due_on: dt.date | None
    words: str
    remarks: tuple[str, ...] = ()


# What the days that come of the years alone are to be: {that day: the one chosen instead}.
Instead = Mapping[dt.date, dt.date]


def next_deadline(task: Task, years: int, instead: Instead, *, as_moved: bool) -> NextDeadline:
    """The deadline that the plan gave, so many years later; with `as_moved` the one in force now,
    whatever moved it. A given task keeps that of the document that gave it.

    `task` with its plan, and its assignments with their changes of deadline, read beforehand.
    """
    if task.is_registered:
        return NextDeadline(task.due_on, task.due_words)
    planned, now = _planned(task), _in_force(task)
    due_on, words, remarks = agreeing(
        task.due_words, now if as_moved else planned, task.plan.year, years, instead
    )
    moved = planned is not None and task.due_on != planned
    if moved and not as_moved:
        said = (
            f"thời hạn đã đổi thành {dates.short(task.due_on) or 'không hạn'}; hạn mới theo hạn "
            f"kế hoạch đã giao ({dates.short(planned)})"
        )
        remarks = (said, *remarks)
    return NextDeadline(due_on, words, remarks)


def agreeing(
    words: str, due_on: dt.date | None, year: int, years: int, instead: Instead | None = None
) -> tuple[dt.date | None, str, tuple[str, ...]]:
    """A deadline of the plan of `year` so many years later: (day, words, remarks). Words that name
    another day than the one that counts are left out."""
    later, moved = shifted(due_on, years), shifted_deadline(words, years, instead)
    chosen = (instead or {}).get(later) if later else None
    later = chosen or later
    said = said_deadline(moved, year + years)
    if said is None or said == later or later is None:
        return later, moved, ()
    if chosen is None and said_deadline(words, year) == due_on:
        return said, moved, ()
    return later, "", (f"bỏ lời văn “{words}” vì nói ngày khác; hạn mới chỉ ghi ngày",)


def _planned(task: Task) -> dt.date | None:
    """What the plan gave, before anybody moved it while it was in force."""
    changes = [
        change
        for part in task.assignments.all()
        for change in part.due_date_changes.all()
        if change.recorded_on >= task.plan.starts_on
    ]
    if not changes:
        return task.due_on
    first: DueDateChange = min(changes, key=lambda one: one.pk)
    return said_deadline(task.due_words, task.plan.year) or first.old_due_on or first.new_due_on


def _in_force(task: Task) -> dt.date | None:
    """The latest day that any lead has."""
    days = [part.due_on for part in task.assignments.all() if part.is_lead and part.due_on]
    return max(days, default=task.due_on)
