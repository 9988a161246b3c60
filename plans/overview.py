"""A plan's tasks as they stood on a day, read in a fixed number of queries.

Lists, the task page and the report's content read the same objects.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from config.collecting import put_off
from config.vietnamese import dates
from plans.deadlines import Lateness
from plans.models import (
    Area,
    Assignment,
    AssignmentStanding,
    Block,
    Evidence,
    Measure,
    MeasureValue,
    Plan,
    ProgressUpdate,
    Task,
    TaskStanding,
    UpdateKind,
)
from plans.reading.deadlines import said_deadline
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
    has_begun: bool = True  # the plan, on the day

    @property
    def sign(self) -> str:
        """The character of the sign, for files."""
        return "↩" if self.returned else self._drawn.sign

    @property
    def sign_name(self) -> str:
        """The name of the drawn sign, for pages."""
        return "returned" if self.returned else self._drawn.value

    @property
    def _drawn(self) -> State:
        """Nobody was asked for a word yet before the plan begins."""
        silent = self.state == State.NO_INFO and not self.has_begun
        return State.NOT_STARTED if silent else self.state

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
    def is_due_as_printed(self) -> bool:
        """Whether the words of the plan name the deadline in force."""
        said = said_deadline(self.task.due_words, self.task.plan.year)
        return said is not None and said == self.status.due_on

    @property
    def latest(self) -> LeadOnDay | None:
        """The lead whose report is the newest."""
        reported = [lead for lead in self.leads if lead.report]
        return max(reported, key=lambda lead: lead.report.pk, default=None)  # type: ignore[union-attr]


def status(standing: Known, task: Task, day: dt.date) -> Status:
    """What a standing says on `day`; lateness is derived here and nowhere else for a reader.

    A state that neither owes nor finished anything has none: paused, stopped, not arisen,
    unassigned; and nothing is owed before the plan begins.
    """
    state, has_begun = State(standing.state), task.plan.is_in_force_on(day)
    lateness = None
    if (state in OPEN and has_begun) or standing.completed_on:
        lateness = task.plan.lateness(standing.due_on, standing.completed_on, day)
    words = label(state, task.kind)
    if state == State.NO_INFO and not has_begun:
        words = f"Bắt đầu từ {dates.short(task.plan.starts_on)}"
    return Status(
        state=state,
        label=words,
        lateness=lateness,
        due_on=standing.due_on,
        completed_on=standing.completed_on,
        returned=standing.returned,
        reported_on=standing.reported_on,
        has_begun=has_begun,
    )


@put_off()
def tasks_on(
    tasks: Iterable[Task], day: dt.date, *, measures: bool = True, words: bool = False
) -> list[TaskOnDay]:
    """`tasks` (fetched with for_page, or in_outline) as they stood on `day`, in their order.

    Four queries; with `measures` two more for them and their values, with `words` two more for
    what supporting units contributed and for all evidence; however many tasks. A task that did not
    exist on the day is left out.
    """
    by_id = {task.pk: task for task in tasks}
    standings = {
        standing.task_id: standing
        for standing in TaskStanding.objects.on(day).filter(task__in=by_id)
    }
    led = _led(by_id, day)
    parts = _parts(by_id, led, day)
    supports: dict[int, list[Assignment]] = defaultdict(list)
    for part in parts.values():
        if not part.is_lead:
            supports[part.task_id].append(part)
    proofs = _evidence(by_id, day) if words else {}
    leads = _leads(led, day, proofs)
    contributed = _contributions(by_id, parts, day, proofs) if words else {}
    measured = _measures(by_id, day) if measures else {}
    return [
        TaskOnDay(
            task=task,
            status=status(standings[task.pk], task, day),
            leads=tuple(leads[task.pk]),
            supports=tuple(supports[task.pk]),
            measures=tuple(measured.get(task.pk, ())),
            contributions=tuple(contributed.get(task.pk, ())),
        )
        for task in by_id.values()
        if task.pk in standings
    ]


Tasks = Mapping[int, Task]  # by Task.pk
Parts = Mapping[int, Assignment]  # by Assignment.pk
Proofs = Mapping[int, Sequence[Evidence]]  # by Assignment.pk


def _parts(by_id: Tasks, led: Sequence[AssignmentStanding], day: dt.date) -> Parts:
    """Everybody's part in the tasks, in protocol order; what was `led` gets its task, unit and
    part. Two queries.

    A unit is one object in all its parts, called as its plan calls it on the day: to make one for
    each part is what reading a large plan would take longest for.
    """
    known = Assignment.objects.filter(task__in=by_id).in_order()
    parts = {one.pk: one for one in known.select_related(None).select_related("group")}
    everybody: list[Assignment | AssignmentStanding] = [*parts.values(), *led]
    units = Unit.objects.in_bulk({one.unit_id for one in everybody})
    named: dict[tuple[int, dt.date], Unit] = {}
    for one in everybody:
        on = by_id[one.task_id].plan.naming_day(day)
        if (one.unit_id, on) not in named:
            named[one.unit_id, on] = copy(units[one.unit_id]).called_on(on)
        one.unit = named[one.unit_id, on]
    for standing in led:
        standing.task = by_id[standing.task_id]
        if standing.assignment_id is not None:
            standing.assignment = parts[standing.assignment_id]
    return parts


def _led(by_id: Tasks, day: dt.date) -> list[AssignmentStanding]:
    """What was known of each lead's part, in protocol order. One query."""
    standings = AssignmentStanding.objects.on(day).filter(task__in=by_id).select_related("report")
    return list(
        standings.order_by(F("assignment__position").asc(nulls_last=True), "unit__position", "pk")
    )


def _leads(
    led: Iterable[AssignmentStanding], day: dt.date, proofs: Proofs
) -> dict[int, list[LeadOnDay]]:
    found: dict[int, list[LeadOnDay]] = defaultdict(list)
    for standing in led:
        found[standing.task_id].append(
            LeadOnDay(
                standing.part,
                status(standing, standing.task, day),
                standing.report,
                tuple(proofs.get(standing.assignment_id or 0, ())),
            )
        )
    return found


def _evidence(by_id: Tasks, day: dt.date) -> Proofs:
    proofs: dict[int, list[Evidence]] = defaultdict(list)
    known = Evidence.objects.filter(
        update__assignment__task__in=by_id, update__recorded_on__lte=day
    ).annotate(part=F("update__assignment"))
    for one in known.order_by("pk"):
        proofs[one.part].append(one)
    return proofs


def _contributions(
    by_id: Tasks, parts: Parts, day: dt.date, proofs: Proofs
) -> dict[int, list[Contribution]]:
    newest = (
        ProgressUpdate.objects.filter(
            kind=UpdateKind.CONTRIBUTION, assignment__task__in=by_id, recorded_on__lte=day
        )
        .order_by()
        .values("assignment")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    updates = ProgressUpdate.objects.filter(pk__in=newest)
    found: dict[int, list[Contribution]] = defaultdict(list)
    for update in updates.order_by("assignment__unit__position", "pk"):
        # Who supported and leads now may have had no part in the lead on the day.
        update.assignment = part = parts.get(update.assignment_id) or update.assignment
        part.task = by_id[part.task_id]
        part.unit.called_on(part.task.plan.naming_day(day))
        found[part.task_id].append(Contribution(part, update, tuple(proofs.get(part.pk, ()))))
    return found


def contributions_of(row: TaskOnDay, day: dt.date) -> tuple[Contribution, ...]:
    """What supporting units contributed to one task as known on the day, in two queries."""
    by_id = {row.task.pk: row.task}
    parts = {part.pk: part for part in (*(lead.assignment for lead in row.leads), *row.supports)}
    found = _contributions(by_id, parts, day, _evidence(by_id, day))
    return tuple(found.get(row.task.pk, ()))


def _measures(by_id: Tasks, day: dt.date) -> dict[int, list[MeasureOnDay]]:
    """One query, one more where there is a measure, and one where any goes on with the readings of
    another."""
    known = Measure.objects.filter(task__in=by_id).order_by("position", "pk")
    joins = Exists(Measure.objects.filter(merged_into=OuterRef("pk")))
    measures = {measure.pk: measure for measure in known.annotate(goes_on=joins)}
    values = _values(measures, by_id, day) if measures else {}
    found: dict[int, list[MeasureOnDay]] = defaultdict(list)
    for measure in measures.values():
        measure.task = by_id[measure.task_id]
        target = measure.target_in(measure.task.plan.year)
        of_leads = tuple(values.get(measure.pk, ()))
        found[measure.task_id].append(MeasureOnDay(measure, of_leads, target))
    return found


def _merged(measures: Mapping[int, Any], day: dt.date) -> dict[int, int]:
    """Which measures of tasks that were merged by `day` are read on in which of `measures`."""
    going_on = [key for key, one in measures.items() if one.goes_on]
    if not going_on:
        return {}
    old = Measure.objects.filter(merged_into__in=going_on, task__withdrawn_on__lte=day)
    return {one.pk: one.merged_into_id or 0 for one in old.only("merged_into")}


def _values(
    measures: Mapping[int, Measure], by_id: Tasks, day: dt.date
) -> dict[int, list[tuple[str, Decimal]]]:
    """By Measure.pk: the latest value of each lead, with the unit's short name."""
    merged = _merged(measures, day)
    read = Q(measure__task__in=by_id)
    newest = (
        MeasureValue.objects.filter(
            read | Q(measure__in=list(merged)) if merged else read, update__recorded_on__lte=day
        )
        .order_by()
        .values("measure", "update__assignment")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    unit = "update__assignment__unit"
    columns = (f"{unit}__name", f"{unit}__short_name", f"{unit}__earlier_names")
    rows = MeasureValue.objects.filter(pk__in=newest).order_by(f"{unit}__position", "pk")
    # A unit that led both tasks of a merger has said it last in one of them.
    latest = {
        (merged.get(measure_id, measure_id), unit_id): (value, names)
        for measure_id, unit_id, value, *names in rows.values_list(
            "measure", unit, "value", *columns
        )
    }
    found: dict[int, list[tuple[str, Decimal]]] = defaultdict(list)
    for (measure_id, _), (value, names) in latest.items():
        plan = by_id[measures[measure_id].task_id].plan
        _, short_name = names_on(plan.naming_day(day), *names)
        found[measure_id].append((short_name, value))
    return found


def measures_of(task: Task) -> tuple[MeasureOnDay, ...]:
    """The measures of one task without any value, for reading what is typed; one query."""
    measures = task.measures.order_by("position", "pk")
    return tuple(MeasureOnDay(one, (), one.target_in(task.plan.year)) for one in measures)


def of_unit(plan: Plan, day: dt.date, unit: Unit) -> list[TaskOnDay]:
    """The tasks of a plan that a unit leads or supports, with everything, for its report."""
    parts = Assignment.objects.filter(task__plan=plan, unit=unit).values("task")
    tasks = Task.objects.of_plan(plan).filter(pk__in=parts).for_page().order_by("position")
    return tasks_on(tasks, day, words=True)


def whole_plan(plan: Plan, day: dt.date) -> list[TaskOnDay]:
    """Every task of a plan with everything, for the report."""
    tasks = Task.objects.of_plan(plan).order_by("position")
    return tasks_on(in_outline(tasks, plan), day, words=True)


def in_outline(tasks: QuerySet[Task], plan: Plan) -> list[Task]:
    """Thousands of tasks of a plan with what `for_page` brings, in three queries: one object of
    each part of the outline for all tasks under it, where `for_page` makes one for every task."""
    areas = {
        area.pk: area
        for area in Area.objects.filter(indicator__plan=plan).select_related("indicator")
    }
    for area in areas.values():
        area.parent = areas.get(area.parent_id) if area.parent_id else None
    blocks = {block.pk: block for block in Block.objects.filter(area__in=areas)}
    for block in blocks.values():
        block.area = areas[block.area_id]
    found = list(tasks.select_related(None))
    for task in found:
        task.plan, task.block = plan, blocks[task.block_id]
    return found
