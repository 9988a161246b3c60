"""How the plan came to where it is: its figures month by month, and its history event by event."""

import calendar
import datetime as dt
from functools import cache
from operator import itemgetter

from django.db.models import QuerySet

from config.vietnamese import dates
from plans import tallies
from plans.models import Assignment, DueDateChange, Plan, ProgressUpdate, Task
from plans.timeline.updates import headline
from reports.content.figures import counts
from reports.content.model import Event, Moment
from units.models import Unit
from units.models.unit import names_on

# The course is told for so many months at most, the last ones.
MONTHS = 12


def course(plan: Plan, day: dt.date) -> tuple[Moment, ...]:
    """The plan at the end of each month up to `day`, and on `day` itself. One query."""
    return tuple(
        Moment(asked, counts(dates.cited(asked), tally))
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
    """Every record of the plan's history up to `day`, in the order of recording. Five queries.

    Columns instead of objects, and what many records share read once: a plan of ten thousand tasks
    has a hundred thousand records.
    """
    # Given tasks are in no count of the report.
    parts = Assignment.objects.filter(task__plan=plan, task__registered_on=None)
    known = {"assignment__in": parts, "recorded_on__lte": day}
    told = _Told(plan, parts, day)
    updates = ProgressUpdate.objects.filter(**known).order_by("pk")
    found = [
        told.update(*row)
        for row in updates.values_list(
            *_COLUMNS, "kind", "state", "claim", "unchanged", "corrects"
        ).iterator()
    ]
    changes = DueDateChange.objects.filter(**known).order_by("pk")
    found += [
        told.change(*row) for row in changes.values_list(*_COLUMNS, "old_due_on", "new_due_on")
    ]
    return tuple(event for _, event in sorted(found, key=itemgetter(0)))


MOVED = "Thay đổi thời hạn"
_COLUMNS = ("recorded_at", "recorded_on", "assignment", "by_label", "reason")


class _Told:
    """Records as events, each with the moment it was recorded at."""

    def __init__(self, plan: Plan, parts: QuerySet[Assignment], day: dt.date) -> None:
        named = plan.naming_day(day)
        units = {
            key: names_on(named, *names)[0]
            for key, *names in Unit.objects.filter(pk__in=parts.values("unit")).values_list(
                "pk", "name", "short_name", "earlier_names"
            )
        }
        tasks = {
            key: (code, title, kind)
            for key, code, title, kind in Task.objects.of_plan(plan).values_list(
                "pk", "code", "title", "kind"
            )
        }
        # By Assignment.pk: code, title and kind of the task, name of the unit.
        self._parts = {
            key: (*tasks[task], units[unit])
            for key, task, unit in parts.values_list("pk", "task", "unit")
        }
        # The same words come again in thousands of records: one object for all of them.
        self._words: dict[str, str] = {}
        self._headline = cache(headline)

    def update(
        self,
        at: dt.datetime,
        on: dt.date,
        part: int,
        by: str,
        reason: str,
        kind: str,
        state: str,
        claim: str,
        unchanged: bool,
        corrected: int | None,
    ) -> tuple[dt.datetime, Event]:
        task_kind = self._parts[part][2]
        what = self._headline(
            kind=kind,
            state=state,
            claim=claim,
            task_kind=task_kind,
            unchanged=unchanged,
            corrects=corrected is not None,
        )
        return at, self._event(on, part, what, by, reason)

    def change(
        self,
        at: dt.datetime,
        on: dt.date,
        part: int,
        by: str,
        reason: str,
        old: dt.date | None,
        new: dt.date | None,
    ) -> tuple[dt.datetime, Event]:
        return at, self._event(on, part, MOVED, by, f"{_moved(old, new)}. {reason}".strip())

    def _event(self, on: dt.date, part: int, what: str, by: str, words: str) -> Event:
        code, title, _, unit = self._parts[part]
        return Event(on, code, title, unit, what, self._words.setdefault(by, by), words)


def _moved(old: dt.date | None, new: dt.date | None) -> str:
    before, after = (dates.short(one) or "không hạn" for one in (old, new))
    return f"Từ {before} đến {after}"
