"""Which tasks are out of the plan on a day, since when and why: a report that counts one fewer than
the months before says so."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from plans.acts.withdrawing import PLACE
from plans.models import Assignment, AssignmentRole, Plan, Task


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Tasks that left the plan on one day for one reason; `successors` took their place."""

    codes: tuple[str, ...]
    since: dt.date
    reason: str
    successors: tuple[str, ...] = ()


def withdrawn(
    plan: Plan, day: dt.date, whom: Collection[int] | None = None
) -> tuple[Withdrawn, ...]:
    """Those out of the plan on `day`, in its order; of `whom` (Unit.pk) only what these led. One
    query while there is none, else four."""
    own = Task.objects.of_plan(plan)
    tasks = own.exclude(pk__in=own.kept_on(day).values("pk")).order_by("position")
    if whom is not None:
        led = Assignment.objects.filter(role=AssignmentRole.LEAD, unit__in=whom)
        tasks = tasks.filter(pk__in=led.values("task"))
    found: dict[tuple[dt.date, str, tuple[str, ...]], list[str]] = defaultdict(list)
    for task in tasks.prefetch_related("absences", "changes", "successors"):
        since = _since(task, day)
        # What came and went on one day was in no count.
        if since != task.added_on:
            after = tuple(sorted(one.code for one in task.successors.all()))
            found[since, _reason(task, since), after].append(task.code)
    return tuple(
        Withdrawn(tuple(codes), since, reason, after)
        for (since, reason, after), codes in found.items()
    )


def _since(task: Task, day: dt.date) -> dt.date:
    if task.withdrawn_on is not None and task.withdrawn_on <= day:
        return task.withdrawn_on
    return max(one.withdrawn_on for one in task.absences.all() if one.withdrawn_on <= day)


def _reason(task: Task, since: dt.date) -> str:
    """The newest that was given that day, for the place in the plan."""
    for change in task.changes.all():
        if change.recorded_on == since and any(what == PLACE for what, *_ in change.changes):
            return change.reason
    return ""
