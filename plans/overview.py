"""A plan's tasks as they stood on a day, read in a fixed number of queries.

Lists, the task page and the report's content read the same objects.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from django.db.models import Max

from plans.deadlines import Lateness
from plans.models import (
    Assignment,
    AssignmentStanding,
    Evidence,
    Measure,
    MeasureValue,
    Plan,
    ProgressUpdate,
    Task,
    TaskStanding,
    UpdateKind,
)
from plans.states import OPEN, State, label
from units.models import Unit
from units.models.unit import names_on


class Known(Protocol):
    """What is known of a task or a lead's part: a row of the standings, or the same columns told
    by somebody else (a unit's report)."""

    @property
    def state(self) -> str: ...
    @property
    def due_on(self) -> dt.date | None: ...
    @property
    def completed_on(self) -> dt.date | None: ...
    @property
    def returned(self) -> bool: ...
    @property
    def reported_on(self) -> dt.date | None: ...


@dataclass(frozen=True, slots=True)
class Status:
    """State and lateness of a task or a lead's part on a day, as it is shown."""

    state: State
    label: str
    lateness: Lateness | None
    due_on: dt.date | None
    completed_on: dt.date | None
    returned: bool
    reported_on: dt.date | None

    @property
    def sign(self) -> str:
        """The character of the sign, for files."""
        return "↩" if self.returned else self.state.sign

    @property
    def sign_name(self) -> str:
        """The name of the drawn sign, for pages."""
        return "returned" if self.returned else self.state.value

    @property
    def is_overdue(self) -> bool:
        return self.state in OPEN and self.lateness is not None and self.lateness.is_late

    @property
    def is_late(self) -> bool:
        return self.lateness is not None and self.lateness.is_late


@dataclass(frozen=True, slots=True)
class LeadOnDay:
    """One lead's part: its status and its latest report known on the day (None: none yet)."""

    assignment: Assignment
    status: Status
    report: ProgressUpdate | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Contribution:
    """The latest words of a supporting unit known on the day, with all its evidence."""

    assignment: Assignment
    update: ProgressUpdate
    evidence: tuple[Evidence, ...] = ()

    @property
    def quotation(self) -> str:
        """Its words as the lead can take them into its own result."""
        return f"{self.assignment.unit.name} phối hợp: {self.update.result}"


@dataclass(frozen=True, slots=True)
class MeasureOnDay:
    """A measure with the latest value of each lead known on the day: (unit's short name, value)."""

    measure: Measure
    values: tuple[tuple[str, Decimal], ...]
    target: Decimal | None

    @property
    def shown_target(self) -> str:
        return "không giao chỉ tiêu" if self.target is None else self.measure.shown(self.target)

    @property
    def shown_values(self) -> str:
        """ "98,5%", or "TTBCXB: 98,5%; HTS: 100%" when several leads gave one."""
        if len(self.values) == 1:
            return self.measure.shown(self.values[0][1])
        return "; ".join(f"{unit}: {self.measure.shown(value)}" for unit, value in self.values)

    @property
    def bar(self) -> dict[str, str] | None:
        """Width of the bar and place of the target mark in percent; None where no bar says it."""
        if self.measure.scale != Measure.Scale.PERCENT or not self.values:
            return None
        lowest = min(value for _, value in self.values)
        target = "" if self.target is None else f"{min(self.target, Decimal('99.2')):.1f}"
        return {"value": f"{lowest:.1f}", "target": target}

    @property
    def is_met(self) -> bool | None:
        """Met when every value that was given reaches the target; None without value or target."""
        met = [self.measure.is_met_by(value, self.target) for _, value in self.values]
        return None if not met or None in met else all(met)


@dataclass(frozen=True, slots=True)
class TaskOnDay:
    """A task with its leads (in order), supports and measures as known on the day."""

    task: Task
    status: Status
    leads: tuple[LeadOnDay, ...]
    supports: tuple[Assignment, ...]
    measures: tuple[MeasureOnDay, ...] = field(default=())
    contributions: tuple[Contribution, ...] = field(default=())

    @property
    def latest(self) -> LeadOnDay | None:
        """The lead whose report is the newest."""
        reported = [lead for lead in self.leads if lead.report]
        return max(reported, key=lambda lead: lead.report.pk, default=None)  # type: ignore[union-attr]


def status(standing: Known, task: Task, day: dt.date) -> Status:
    """What a standing says on `day`; lateness is derived here and nowhere else for a reader.

    A state that neither owes nor finished anything has none: paused, stopped, not arisen,
    unassigned.
    """
    state = State(standing.state)
    lateness = None
    if state in OPEN or standing.completed_on:
        lateness = task.plan.lateness(standing.due_on, standing.completed_on, day)
    return Status(
        state=state,
        label=label(state, task.kind),
        lateness=lateness,
        due_on=standing.due_on,
        completed_on=standing.completed_on,
        returned=standing.returned,
        reported_on=standing.reported_on,
    )


def tasks_on(
    tasks: Iterable[Task], day: dt.date, *, measures: bool = True, words: bool = False
) -> list[TaskOnDay]:
    """`tasks` (fetched with for_page) as they stood on `day`, in their order.

    Three queries; with `measures` two more for them and their values, with `words` two more for
    what supporting units contributed and for all evidence; however many tasks. A task that did not
    exist on the day is left out.
    """
    tasks = list(tasks)
    ids = [task.pk for task in tasks]
    standings = {
        standing.task_id: standing for standing in TaskStanding.objects.on(day).filter(task__in=ids)
    }
    supports: dict[int, list[Assignment]] = defaultdict(list)
    plans = {task.pk: task.plan for task in tasks}
    for assignment in Assignment.objects.supports().in_order().filter(task__in=ids):
        assignment.unit.called_on(plans[assignment.task_id].naming_day(day))
        supports[assignment.task_id].append(assignment)
    proofs = _evidence(ids, day) if words else {}
    leads = _leads(tasks, day, proofs)
    contributed = _contributions(ids, day, proofs) if words else {}
    measured = _measures(ids, day) if measures else {}
    return [
        TaskOnDay(
            task=task,
            status=status(standings[task.pk], task, day),
            leads=tuple(leads[task.pk]),
            supports=tuple(supports[task.pk]),
            measures=tuple(measured.get(task.pk, ())),
            contributions=tuple(contributed.get(task.pk, ())),
        )
        for task in tasks
        if task.pk in standings
    ]


# By Assignment.pk.
Proofs = Mapping[int, Sequence[Evidence]]


def _leads(tasks: Sequence[Task], day: dt.date, proofs: Proofs) -> dict[int, list[LeadOnDay]]:
    by_id = {task.pk: task for task in tasks}
    standings = (
        AssignmentStanding.objects.on(day)
        .filter(task__in=by_id)
        .select_related("assignment__unit", "assignment__group", "report")
        .order_by("assignment__position", "assignment__unit__position", "assignment")
    )
    found: dict[int, list[LeadOnDay]] = defaultdict(list)
    for standing in standings:
        plan = by_id[standing.task_id].plan
        standing.assignment.unit.called_on(plan.naming_day(day))
        found[standing.task_id].append(
            LeadOnDay(
                standing.assignment,
                status(standing, by_id[standing.task_id], day),
                standing.report,
                tuple(proofs.get(standing.assignment_id, ())),
            )
        )
    return found


def _evidence(task_ids: Sequence[int], day: dt.date) -> Proofs:
    proofs: dict[int, list[Evidence]] = defaultdict(list)
    known = Evidence.objects.filter(
        update__assignment__task__in=task_ids, update__recorded_on__lte=day
    ).select_related("update")
    for one in known.order_by("pk"):
        proofs[one.update.assignment_id].append(one)
    return proofs


def _contributions(
    task_ids: Sequence[int], day: dt.date, proofs: Proofs
) -> dict[int, list[Contribution]]:
    newest = (
        ProgressUpdate.objects.filter(
            kind=UpdateKind.CONTRIBUTION, assignment__task__in=task_ids, recorded_on__lte=day
        )
        .order_by()
        .values("assignment")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    updates = (
        ProgressUpdate.objects.filter(pk__in=newest)
        .select_related("assignment__unit", "assignment__task__plan")
        .order_by("assignment__unit__position", "pk")
    )
    found: dict[int, list[Contribution]] = defaultdict(list)
    for update in updates:
        part = update.assignment
        part.unit.called_on(part.task.plan.naming_day(day))
        found[part.task_id].append(Contribution(part, update, tuple(proofs.get(part.pk, ()))))
    return found


def _measures(task_ids: Sequence[int], day: dt.date) -> dict[int, list[MeasureOnDay]]:
    newest = (
        MeasureValue.objects.filter(measure__task__in=task_ids, update__recorded_on__lte=day)
        .order_by()
        .values("measure", "update__assignment")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    values: dict[int, list[tuple[str, Decimal]]] = defaultdict(list)
    unit = "update__assignment__unit"
    columns = (f"{unit}__name", f"{unit}__short_name", f"{unit}__earlier_names")
    for measure_id, value, year, *names in (
        MeasureValue.objects.filter(pk__in=newest)
        .order_by(f"{unit}__position", "pk")
        .values_list("measure", "value", "measure__task__plan__year", *columns)
    ):
        _, short_name = names_on(min(day, dt.date(year, 12, 31)), *names)
        values[measure_id].append((short_name, value))
    found: dict[int, list[MeasureOnDay]] = defaultdict(list)
    measures = Measure.objects.filter(task__in=task_ids).select_related("task__plan")
    for measure in measures.order_by("position", "pk"):
        target = measure.target_in(measure.task.plan.year)
        found[measure.task_id].append(MeasureOnDay(measure, tuple(values[measure.pk]), target))
    return found


def measures_of(task: Task, day: dt.date) -> tuple[MeasureOnDay, ...]:
    """The measures of one task with their values known on the day, in two queries."""
    return tuple(_measures([task.pk], day).get(task.pk, ()))


def of_unit(plan: Plan, day: dt.date, unit: Unit) -> list[TaskOnDay]:
    """The tasks of a plan that a unit leads or supports, with everything, for its report."""
    parts = Assignment.objects.filter(task__plan=plan, unit=unit).values("task")
    tasks = Task.objects.of_plan(plan).filter(pk__in=parts).for_page().order_by("position")
    return tasks_on(tasks, day, words=True)


def whole_plan(plan: Plan, day: dt.date) -> list[TaskOnDay]:
    """Every task of a plan with everything, for the report."""
    return tasks_on(Task.objects.of_plan(plan).for_page().order_by("position"), day, words=True)
