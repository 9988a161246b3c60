"""A task over the years: those that it follows and those that follow it."""

import datetime as dt
from dataclasses import dataclass

from plans.models import Task
from plans.overview import TaskOnDay, tasks_on
from units.models import User

MOST = 10  # years back, and as many on


@dataclass(frozen=True)
class Year:
    """A task of the course as it stood on the day; `is_this` is the one that was asked about."""

    on_day: TaskOnDay
    is_this: bool

    @property
    def task(self) -> Task:
        return self.on_day.task


def course_of(task: Task, user: User, day: dt.date) -> list[Year]:
    """The course in order of the years, as far as the reader may see it and as it was known on
    `day`; empty for a task that stands alone. One query for each year back or on, then a fixed
    number."""
    seen = Task.objects.visible_to(user)
    before: list[int] = []
    one = task
    while one.follows_id is not None and len(before) < MOST:
        if (earlier := seen.filter(pk=one.follows_id).first()) is None:
            break
        before.insert(0, earlier.pk)
        one = earlier
    after: list[int] = []
    last = [task.pk]
    while last and len(after) < MOST:
        last = list(seen.filter(follows__in=last).order_by("pk").values_list("pk", flat=True))
        after += last
    if not before and not after:
        return []
    keys = [*before, task.pk, *after]
    found = Task.objects.filter(pk__in=keys).for_page().order_by("plan__year", "position")
    years = [Year(one, one.task.pk == task.pk) for one in tasks_on(found, day)]
    return years if len(years) > 1 else []
