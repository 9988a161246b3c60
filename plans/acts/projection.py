"""Keeps the standings (what was true on which days) in step with the append-only history."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Model

from plans.models import (
    Assignment,
    AssignmentStanding,
    DueDateChange,
    Plan,
    ProgressUpdate,
    Task,
    TaskStanding,
    UpdateKind,
)
from plans.states import CLAIMS, OPEN, State, roll_up
from units import clock


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a lead's part, or of a task, on a day: the columns of a standing."""

    state: str
    claim: str = ""
    due_on: dt.date | None = None
    completed_on: dt.date | None = None
    returned: bool = False
    reported_on: dt.date | None = None
    report_id: int | None = None


def lead_facts(history: Iterable[ProgressUpdate], due_on: dt.date | None) -> Facts:
    """The facts of one lead after `history` (in order) with the due date of that day."""
    last = report = None
    for update in history:
        last = update
        if update.kind == UpdateKind.REPORT:
            report = update
    if last is None:
        return Facts(State.NO_INFO, due_on=due_on)
    return Facts(
        state=last.state,
        claim=last.claim,
        due_on=due_on,
        completed_on=last.completed_on,
        returned=last.kind == UpdateKind.RETURN,
        reported_on=report.recorded_on if report else None,
        report_id=report.pk if report else None,
    )


def task_facts(leads: list[Facts], task_due_on: dt.date | None) -> Facts:
    """The facts of a task from those of its leads; see TaskStanding for which dates count.

    `task_due_on` counts for a task without a lead only: a lead brings its own due date.
    """
    if not leads:
        return Facts(State.UNASSIGNED, due_on=task_due_on)
    state = roll_up(lead.state for lead in leads)
    due_on, completed_on = _worst_dates(leads)
    reported = [lead for lead in leads if lead.report_id is not None]
    latest = max(reported, key=_report_order, default=None)
    return Facts(
        state=state,
        claim=_joint_claim(leads) if state == State.AWAITING else "",
        due_on=due_on,
        completed_on=completed_on,
        returned=any(lead.returned for lead in leads),
        reported_on=latest.reported_on if latest else None,
        report_id=latest.report_id if latest else None,
    )


def _worst_dates(leads: list[Facts]) -> tuple[dt.date | None, dt.date | None]:
    """(due, completed) of the lead that is worst: open and due first, else latest after its due."""
    dues = [lead.due_on for lead in leads if lead.due_on]
    owing = [lead for lead in leads if lead.state in OPEN]
    if roll_up(lead.state for lead in leads) == State.PAUSED:
        owing = [lead for lead in leads if lead.state == State.PAUSED]
    if owing:
        return min((lead.due_on for lead in owing if lead.due_on), default=None), None
    finished = [lead for lead in leads if lead.completed_on]
    if not finished:
        return max(dues, default=None), None
    worst = max(finished, key=_days_after_due)
    return worst.due_on, worst.completed_on


def _days_after_due(lead: Facts) -> tuple[bool, int]:
    assert lead.completed_on is not None
    if lead.due_on is None:
        return (False, lead.completed_on.toordinal())
    return (True, (lead.completed_on - lead.due_on).days)


def _report_order(lead: Facts) -> tuple[dt.date, int]:
    assert lead.reported_on is not None
    assert lead.report_id is not None
    return (lead.reported_on, lead.report_id)


def _joint_claim(leads: list[Facts]) -> str:
    claims = {lead.claim or lead.state for lead in leads}
    return next((claim for claim in CLAIMS if claim in claims), "")


def project(task: Task, back_on: dt.date | None = None) -> None:
    """Bring the standings of a task whose row is locked up to date with its history. `back_on` is
    the day on which a withdrawn task was put back: nothing is known of the days before it."""
    if task.withdrawn_on is not None:
        _end(task, task.withdrawn_on)
        return
    day = clock.today()
    leads = []
    for assignment in task.assignments.leads().order_by("pk"):
        assignment.task = task
        facts = lead_facts(assignment.updates.order_by("sequence"), assignment.effective_due_on)
        leads.append(facts)
        owner = {"task": task, "assignment": assignment}
        _write(AssignmentStanding, owner, facts, day, back_on or assignment.assigned_on)
    begins = back_on or task.registered_on or task.added_on or min(day, task.plan.starts_on)
    _write(TaskStanding, {"task": task}, task_facts(leads, task.due_on), day, begins)


def _end(task: Task, day: dt.date) -> None:
    """From `day` on nothing is known of a task that was withdrawn; the days before stay."""
    for model in (AssignmentStanding, TaskStanding):
        model.objects.filter(task=task, from_day__gte=day).delete()
        model.objects.filter(task=task, until_day=None).update(until_day=day)


def project_new(tasks: Iterable[tuple[Task, list[Assignment]]]) -> None:
    """The standings of tasks that were just made, each with its parts; the same as `project` writes
    when a task is added and then assigned, in two queries for all of them."""
    day = clock.today()
    of_leads: list[AssignmentStanding] = []
    of_tasks: list[TaskStanding] = []
    for task, parts in tasks:
        leads = []
        since = begins = min(day, task.registered_on or task.added_on or task.plan.starts_on)
        for part in parts:
            if part.is_lead:
                part.task = task
                facts = lead_facts((), part.effective_due_on)
                leads.append(facts)
                since = min(part.assigned_on, day)
                of_leads.append(
                    AssignmentStanding(task=task, assignment=part, from_day=since, **asdict(facts))
                )
        if begins < since:
            facts = task_facts([], task.due_on)
            of_tasks.append(
                TaskStanding(task=task, from_day=begins, until_day=since, **asdict(facts))
            )
        facts = task_facts(leads, task.due_on)
        of_tasks.append(TaskStanding(task=task, from_day=max(begins, since), **asdict(facts)))
    AssignmentStanding.objects.bulk_create(of_leads)
    TaskStanding.objects.bulk_create(of_tasks)


def _write(
    model: type[Model], owner: dict[str, Model], facts: Facts, day: dt.date, begins: dt.date
) -> None:
    """Close the open span and begin a new one today; within one day the last word counts."""
    standings = model._default_manager
    current = standings.filter(**owner, until_day=None).first()
    values = asdict(facts)
    if current is None:
        standings.create(**owner, from_day=min(begins, day), **values)
    elif all(getattr(current, name) == value for name, value in values.items()):
        return
    elif current.from_day >= day:  # type: ignore[attr-defined]
        standings.filter(pk=current.pk).update(**values)
    else:
        standings.filter(pk=current.pk).update(until_day=day)
        standings.create(**owner, from_day=day, **values)


@transaction.atomic
def rebuild(*, plan: Plan) -> int:
    """Write all standings of a plan anew from the history alone; returns how many tasks."""
    tasks = list(plan.tasks.select_for_update().order_by("pk"))
    for task in tasks:
        _rebuild_task(task)
    return len(tasks)


def _rebuild_task(task: Task) -> None:
    AssignmentStanding.objects.filter(task=task).delete()
    TaskStanding.objects.filter(task=task).delete()
    leads = [_Past(assignment) for assignment in task.assignments.leads().order_by("pk")]
    begins = task.registered_on or task.added_on or min(clock.today(), task.plan.starts_on)
    absences = list(task.absences.order_by("pk"))
    back = {one.restored_on for one in absences}
    days = sorted({begins, *back, *(day for lead in leads for day in lead.days)})
    changes = sorted((one for lead in leads for one in lead.changes), key=lambda one: one.pk)
    for day in days:
        for one in absences:
            if one.withdrawn_on <= day <= one.restored_on:
                _end(task, one.withdrawn_on)
        if any(one.withdrawn_on <= day < one.restored_on for one in absences):
            continue
        facts = []
        for lead in leads:
            if lead.assignment.assigned_on <= day:
                facts.append(lead.facts_on(day))
                owner = {"task": task, "assignment": lead.assignment}
                _write(AssignmentStanding, owner, facts[-1], day, day)
        # Counts on the days before the task had a lead.
        later = next((one for one in changes if one.recorded_on > day), None)
        due_on = later.old_due_on if later else task.due_on
        _write(TaskStanding, {"task": task}, task_facts(facts, due_on), day, day)
    if task.withdrawn_on is not None:
        _end(task, task.withdrawn_on)


class _Past:
    """The whole history of one lead, to be asked for any day."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.updates = list(assignment.updates.order_by("sequence"))
        self.changes: list[DueDateChange] = list(assignment.due_date_changes.order_by("pk"))
        self.days = {
            assignment.assigned_on,
            *(update.recorded_on for update in self.updates),
            *(change.recorded_on for change in self.changes),
        }

    def facts_on(self, day: dt.date) -> Facts:
        return lead_facts(
            [update for update in self.updates if update.recorded_on <= day], self.due_on(day)
        )

    def due_on(self, day: dt.date) -> dt.date | None:
        """What was due on `day`: the old date of the first change after it, else today's."""
        later = next((change for change in self.changes if change.recorded_on > day), None)
        return later.old_due_on if later else self.assignment.effective_due_on
