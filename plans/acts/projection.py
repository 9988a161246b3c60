"""Keeps the standings (what was true on which days) in step with the append-only history."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from django.db import transaction

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
from plans.models.standing import Standing
from plans.states import CLAIMS, OPEN, State, roll_up
from units import clock
from units.models.rows import update_rows


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
    project_all([task], back_on)


def project_all(tasks: Sequence[Task], back_on: dt.date | None = None) -> None:
    """The same for many tasks, in a fixed number of queries."""
    _end([task for task in tasks if task.withdrawn_on is not None])
    tasks = [task for task in tasks if task.withdrawn_on is None]
    day = clock.today()
    leads = _leads_of(tasks)
    parts = [lead for found in leads.values() for lead in found]
    updates: dict[int, list[ProgressUpdate]] = defaultdict(list)
    said = ProgressUpdate.objects.filter(assignment__in=[lead.pk for lead in parts])
    for update in said.order_by("assignment_id", "sequence").only(*_FACTS):
        updates[update.assignment_id].append(update)
    of_leads = _open(AssignmentStanding, "assignment", parts)
    of_tasks = _open(TaskStanding, "task", tasks)
    for task in tasks:
        known = []
        for lead in leads[task.pk]:
            facts = lead_facts(updates[lead.pk], lead.effective_due_on)
            known.append(facts)
            of_leads[lead.pk].write(facts, day, back_on or lead.assigned_on)
        begins = back_on or task.registered_on or task.added_on or min(day, task.plan.starts_on)
        of_tasks[task.pk].write(task_facts(known, task.due_on), day, begins)
    _save(AssignmentStanding, of_leads.values())
    _save(TaskStanding, of_tasks.values())


# What `lead_facts` asks of an update.
_FACTS = ("assignment", "kind", "state", "claim", "completed_on", "recorded_on")


def _leads_of(tasks: Iterable[Task]) -> dict[int, list[Assignment]]:
    """The leading parts of each task, by its key, in the order of their keys."""
    by_key = {task.pk: task for task in tasks}
    found: dict[int, list[Assignment]] = {key: [] for key in by_key}
    for lead in Assignment.objects.leads().filter(task__in=list(found)).order_by("pk"):
        lead.task = by_key[lead.task_id]
        found[lead.task_id].append(lead)
    return found


def _end(tasks: Sequence[Task]) -> None:
    """From the day on which a task was withdrawn nothing is known of it; the days before stay."""
    for day in {task.withdrawn_on for task in tasks}:
        gone = [task.pk for task in tasks if task.withdrawn_on == day]
        for model in (AssignmentStanding, TaskStanding):
            model.objects.filter(task__in=gone, from_day__gte=day).delete()
            model.objects.filter(task__in=gone, until_day=None).update(until_day=day)


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
                    AssignmentStanding(
                        task=task, unit=part.unit, assignment=part, from_day=since, **asdict(facts)
                    )
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


class _Spans:
    """The standings of one lead's part, or of one task (`owner`), from the open one on: closed and
    begun as days pass; within one day the last word counts. `_save` stores them."""

    def __init__(self, model: type[Standing], owner: Mapping[str, object]) -> None:
        self.model, self.owner = model, owner
        self.current: Standing | None = None
        self.new: list[Standing] = []
        self.closed: list[Standing] = []
        self.reworded: list[Standing] = []

    def write(self, facts: Facts, day: dt.date, begins: dt.date) -> None:
        """What is known from `day` on; before the first word since `begins`."""
        current, values = self.current, asdict(facts)
        if current is None:
            self._begin(min(begins, day), values)
        elif all(getattr(current, name) == value for name, value in values.items()):
            return
        elif current.from_day >= day:
            for name, value in values.items():
                setattr(current, name, value)
            self.reworded += [current] if current.pk else []
        else:
            current.until_day = day
            self.closed += [current] if current.pk else []
            self._begin(day, values)

    def end(self, day: dt.date) -> None:
        """From `day` on nothing is known; of spans that are not stored yet."""
        self.new = [span for span in self.new if span.from_day < day]
        if self.current is not None:
            self.current.until_day = day
            self.current = None

    def _begin(self, day: dt.date, values: Mapping[str, object]) -> None:
        self.current = self.model(**self.owner, from_day=day, **values)
        self.new.append(self.current)


def _open(
    model: type[Standing], name: str, owners: Sequence[Task | Assignment]
) -> dict[int, _Spans]:
    """The spans of each owner, by its key, beginning with the one that is open."""
    found = {one.pk: _spans(model, one) for one in owners}
    for standing in model.objects.filter(**{f"{name}__in": list(found)}, until_day=None):
        found[getattr(standing, f"{name}_id")].current = standing
    return found


def _spans(model: type[Standing], owner: Task | Assignment) -> _Spans:
    if isinstance(owner, Assignment):
        return _Spans(model, {"task": owner.task, "unit_id": owner.unit_id, "assignment": owner})
    return _Spans(model, {"task": owner})


def _save(model: type[Standing], spans: Iterable[_Spans]) -> None:
    """What ends first: of one owner only one span is open."""
    spans = list(spans)
    closed = {span.pk: span.until_day for one in spans for span in one.closed}
    for day in set(closed.values()):
        model.objects.filter(pk__in=[key for key in closed if closed[key] == day]).update(
            until_day=day
        )
    reworded = [span for one in spans for span in one.reworded]
    update_rows(reworded, [field.name for field in fields(Facts)])
    model.objects.bulk_create([span for one in spans for span in one.new])


@transaction.atomic
def rebuild(*, plan: Plan) -> int:
    """Write all standings of a plan anew from the history alone; returns how many tasks."""
    tasks = list(plan.tasks.select_for_update().order_by("pk"))
    for task in tasks:
        _rebuild_task(task)
    return len(tasks)


def _rebuild_task(task: Task) -> None:
    # Of parts that were taken back nothing else tells.
    taken_back = list(AssignmentStanding.objects.filter(task=task, assignment=None))
    AssignmentStanding.objects.filter(task=task).exclude(assignment=None).delete()
    TaskStanding.objects.filter(task=task).delete()
    leads = [_Past(lead) for lead in _leads_of([task])[task.pk]]
    begins = task.registered_on or task.added_on or min(clock.today(), task.plan.starts_on)
    absences = list(task.absences.order_by("pk"))
    back = {one.restored_on for one in absences}
    ends = {day for one in taken_back for day in (one.from_day, one.until_day) if day}
    days = sorted({begins, *back, *ends, *(day for lead in leads for day in lead.days)})
    changes = sorted((one for lead in leads for one in lead.changes), key=lambda one: one.pk)
    of_task = _spans(TaskStanding, task)
    for day in days:
        for one in absences:
            if one.withdrawn_on <= day <= one.restored_on:
                for spans in (of_task, *(lead.spans for lead in leads)):
                    spans.end(one.withdrawn_on)
        facts = [_facts_of(one) for one in taken_back if _is_on(one, day)]
        for lead in leads:
            if lead.assignment.assigned_on <= day:
                facts.append(lead.facts_on(day))
                lead.spans.write(facts[-1], day, day)
        # Counts on the days before the task had a lead.
        later = next((one for one in changes if one.recorded_on > day), None)
        due_on = later.old_due_on if later else task.due_on
        of_task.write(task_facts(facts, due_on), day, day)
    _save(AssignmentStanding, [lead.spans for lead in leads])
    _save(TaskStanding, [of_task])
    if task.withdrawn_on is not None:
        _end([task])


def _facts_of(standing: Standing) -> Facts:
    return Facts(**{one.name: getattr(standing, one.name) for one in fields(Facts)})


def _is_on(standing: Standing, day: dt.date) -> bool:
    return standing.from_day <= day and (standing.until_day is None or day < standing.until_day)


class _Past:
    """The whole history of one lead, to be asked for any day."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.spans = _spans(AssignmentStanding, assignment)
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
