"""Every deadline that a task's leads have had, and the requests for a later one, up to a day."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch

from plans.models import DueDateChange, Extension, ExtensionStep, Task


@dataclass(frozen=True, slots=True)
class LeadDeadlines:
    """Of one lead: its earlier deadlines, oldest first, and how often it was given a later one."""

    unit: str
    changes: tuple[DueDateChange, ...]
    extensions: int


@dataclass(frozen=True, slots=True)
class DeadlineHistory:
    """`asked` is every request with its steps known on the day, `undecided` those without a
    decision."""

    leads: tuple[LeadDeadlines, ...]
    asked: tuple[Extension, ...]

    @property
    def undecided(self) -> tuple[Extension, ...]:
        return tuple(one for one in self.asked if not _is_decided(one))


def deadline_history(task: Task, day: dt.date) -> DeadlineHistory:
    """What was known on `day`. Three queries."""
    changes: dict[int, list[DueDateChange]] = defaultdict(list)
    units: dict[int, str] = {}
    named = task.plan.naming_day(day)
    known = DueDateChange.objects.filter(assignment__task=task, recorded_on__lte=day)
    for change in known.select_related("assignment__unit", "extension_step"):
        changes[change.assignment_id].append(change)
        units[change.assignment_id] = change.assignment.unit.short_name_on(named)
    steps = ExtensionStep.objects.filter(recorded_on__lte=day)
    asked = (
        Extension.objects.filter(assignment__task=task, recorded_on__lte=day)
        .select_related("assignment__unit")
        .prefetch_related(Prefetch("steps", steps))
    )
    for extension in asked:
        extension.assignment.task = task
    return DeadlineHistory(
        tuple(
            LeadDeadlines(
                units[pk],
                tuple(of_lead),
                sum(hasattr(change, "extension_step") for change in of_lead),
            )
            for pk, of_lead in changes.items()
        ),
        tuple(asked),
    )


def _is_decided(extension: Extension) -> bool:
    decisions = ExtensionStep.Kind.decisions()
    return any(step.kind in decisions for step in extension.steps.all())
