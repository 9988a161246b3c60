"""What was true on which days: the projection of the append-only history that lists, charts and
reports read. `plans/acts/projection.py` writes it and can rebuild it from the history."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from plans.models.plan import Plan
from plans.models.progress import ProgressUpdate
from plans.models.task import Assignment, AssignmentRole, Task
from plans.rules import visible_tasks
from plans.states import CLAIMS, State
from units.models import Unit, User


class StandingQuerySet(models.QuerySet):
    def on(self, day: dt.date) -> Self:
        """What was known and due at the end of `day`; a day to come answers with today."""
        return self.filter(Q(until_day=None) | Q(until_day__gt=day), from_day__lte=day)

    def of_plan(self, plan: Plan | None) -> Self:
        """Those of the tasks that the plan names (TaskQuerySet.of_plan)."""
        return self.filter(task__plan=plan, task__registered_on=None)

    def visible_to(self, user: User) -> Self:
        """Those of tasks that `user` may see."""
        tasks = visible_tasks(user)
        if not tasks:  # every task: nothing to look up for each row
            return self
        return self.filter(task__in=Task.objects.filter(tasks).values("pk"))


class Standing(models.Model):
    """State, due date and completion over the days from `from_day` up to, not including,
    `until_day` (None: still so). The same query answers for today and for any day before."""

    from_day = models.DateField()
    until_day = models.DateField(null=True)
    state = models.CharField(max_length=20, choices=State)
    claim = models.CharField(
        max_length=20, blank=True, choices=[(s.value, s.label) for s in CLAIMS]
    )
    due_on = models.DateField(null=True)
    completed_on = models.DateField(null=True)
    returned = models.BooleanField(default=False)
    reported_on = models.DateField(null=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{State(self.state).label} từ {self.from_day:%d/%m/%Y}"


class AssignmentStanding(Standing):
    """Of one lead's part. `report` is its latest report, with the words the lead used. Without an
    `assignment` the part was taken back before anything was recorded of it: that the unit led the
    task until then stays true."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="lead_standings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, models.SET_NULL, null=True, related_name="standings")
    report = models.ForeignKey(ProgressUpdate, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "hiện trạng phần chủ trì"
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(until_day=None), name="assignment_one_standing"
            ),
            models.UniqueConstraint(
                fields=["assignment", "from_day"], name="assignment_standing_a_day"
            ),
        ]

    @property
    def part(self) -> Assignment:
        """The part that it is of; one that was taken back as it was, without a row of its own."""
        if self.assignment is None:
            return Assignment(
                task=self.task,
                unit=self.unit,
                role=AssignmentRole.LEAD,
                assigned_on=self.from_day,
            )
        self.assignment.unit = self.unit
        return self.assignment


class TaskStanding(Standing):
    """Of a whole task, rolled up from its leads. `due_on` and `completed_on` are those of the lead
    that is worst: an open one that is due first, else the one that finished latest after its due
    date. `report` is the latest report of any lead."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="standings")
    report = models.ForeignKey(ProgressUpdate, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "hiện trạng nhiệm vụ"
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(until_day=None), name="task_one_standing"
            ),
            models.UniqueConstraint(fields=["task", "from_day"], name="task_standing_a_day"),
        ]
