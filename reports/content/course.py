"""How the plan came to where it is: its figures month by month, and its history event by event."""

import calendar
import datetime as dt
from typing import Any

from config.vietnamese import dates
from plans import tallies
from plans.models import DueDateChange, Plan, ProgressUpdate
from plans.timeline.updates import headline
from reports.content.figures import counts
from reports.content.model import Event, Moment
from units.models.unit import names_on

# The course is told for so many months at most, the last ones.
MONTHS = 12


def course(plan: Plan, day: dt.date) -> tuple[Moment, ...]:
    """The plan at the end of each month up to `day`, and on `day` itself. One query."""
    return tuple(
        Moment(asked, counts(dates.short(asked), tally))
        for asked, tally in tallies.over(plan, month_ends(plan.starts_on, day))
    )


def month_ends(first: dt.date, last: dt.date) -> list[dt.date]:
    """The last day of each month from that of `first` on, before `last`; then `last`.

    >>> month_ends(dt.date(2023, 7, 1), dt.date(2023, 8, 31))
    [datetime.date(2023, 7, 31), datetime.date(2023, 8, 31)]
    """
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ends = [_month_end(*divmod(month, 12)) for month in months]
    return [*(end for end in ends if end < last), last][-MONTHS:]


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def events(plan: Plan, day: dt.date) -> tuple[Event, ...]:
    """Every record of the plan's history up to `day`, in the order of recording. Two queries.

    Columns instead of objects: a plan of ten thousand tasks has a hundred thousand records.
    """
    known = {
        "assignment__task__plan": plan,
        "assignment__task__registered_on": None,  # given tasks are in no count of the report
        "recorded_on__lte": day,
    }
    named_on = plan.naming_day(day)
    updates = ProgressUpdate.objects.filter(**known).order_by("pk")
    changes = DueDateChange.objects.filter(**known).order_by("pk")
    found: list[tuple[dt.datetime, Event]] = [
        _of_update(*_with_name(row, named_on))
        for row in updates.values_list(
            *_COLUMNS, "kind", "state", "claim", "assignment__task__kind", "unchanged", "corrects"
        )
    ]
    for row in changes.values_list(*_COLUMNS, "old_due_on", "new_due_on"):
        at, on, code, title, unit, by, reason, old, new = _with_name(row, named_on)
        words = f"{_moved(old, new)}. {reason}".strip()
        found.append((at, Event(on, code, title, unit, MOVED, by, words)))
    return tuple(event for _, event in sorted(found, key=lambda pair: pair[0]))


def _of_update(
    at: dt.datetime,
    on: dt.date,
    code: str,
    title: str,
    unit: str,
    by: str,
    reason: str,
    kind: str,
    state: str,
    claim: str,
    task_kind: str,
    unchanged: bool,
    corrected: int | None,
) -> tuple[dt.datetime, Event]:
    what = headline(
        kind=kind,
        state=state,
        claim=claim,
        task_kind=task_kind,
        unchanged=unchanged,
        corrects=corrected is not None,
    )
    return at, Event(on, code, title, unit, what, by, reason)


MOVED = "Thay đổi thời hạn"
_COLUMNS = (
    "recorded_at",
    "recorded_on",
    "assignment__task__code",
    "assignment__task__title",
    "assignment__unit__name",
    "assignment__unit__short_name",
    "assignment__unit__earlier_names",
    "by_label",
    "reason",
)


def _with_name(row: tuple[Any, ...], day: dt.date) -> tuple[Any, ...]:
    """A row of `_COLUMNS` with one name of the unit, that of `day`, in the place of its names."""
    first = _COLUMNS.index("assignment__unit__name")
    name, _ = names_on(day, *row[first : first + 3])
    return (*row[:first], name, *row[first + 3 :])


def _moved(old: dt.date | None, new: dt.date | None) -> str:
    before, after = (dates.short(one) or "không hạn" for one in (old, new))
    return f"Từ {before} đến {after}"
