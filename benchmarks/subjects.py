"""Who reads and what is read in the measurements, found in the plan that is in the database."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from plans.models import Assignment, AssignmentStanding, Plan, Task
from plans.states import OPEN
from units import clock
from units.models import Role, User


@dataclass(frozen=True)
class Subjects:
    """A person of the Office, the head of a unit, and open work of that unit and of another."""

    plan: Plan
    today: dt.date
    office: User
    head: User
    task: Task
    own_parts: list[Assignment]
    other_part: Assignment

    @classmethod
    def find(cls) -> Self:
        head = User.objects.filter(role=Role.HEAD).select_related("unit").order_by("pk")[0]
        parts = Assignment.objects.leads().order_by("task__position")
        standings = AssignmentStanding.objects.filter(until_day=None, state__in=OPEN)
        own = parts.filter(unit=head.unit, standings__in=standings.filter(report__isnull=False))
        assert own, f"{head.unit} leads no open task that it has reported on"
        return cls(
            plan=Plan.objects.order_by("-year", "code")[0],
            today=clock.today(),
            office=User.objects.filter(role=Role.OFFICE).order_by("pk")[0],
            head=head,
            task=own[0].task,
            own_parts=list(own[:6]),
            other_part=parts.exclude(unit=head.unit).order_by("-pk")[0],
        )
