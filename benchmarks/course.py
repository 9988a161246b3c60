"""What happened to a generated plan: ten updates a task, in the order in which acts allow them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from benchmarks import standings, words
from benchmarks.world import BATCH, STARTS, TODAY, World
from plans.models import (
    Assignment,
    DueDateChange,
    Evidence,
    Measure,
    MeasureValue,
    ProgressUpdate,
    Task,
    UpdateKind,
)
from plans.states import State
from units.models import User

UPDATES = 10  # of a task, shared by its leads and one supporting unit
_TASKS_AT_ONCE = 500

# What the last acts were, after the reports before them.
_ENDS = {
    "waiting": ("claim",),
    "done": ("claim", "confirm"),
    "returned": ("claim", "return"),
    "paused": ("pause",),
    "not_arisen": ("claim", "confirm"),
}


@dataclass
class _History:
    """Records that are not saved yet."""

    updates: list[ProgressUpdate] = field(default_factory=list)
    values: list[MeasureValue] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    changes: list[DueDateChange] = field(default_factory=list)


def happen(rng: Random, world: World) -> None:
    """Write the whole history of the plan, its sequences and its standings."""
    for first in range(0, len(world.tasks), _TASKS_AT_ONCE):
        tasks = world.tasks[first : first + _TASKS_AT_ONCE]
        history = _History()
        for task in tasks:
            _happen_to(rng, world, task, history)
        ProgressUpdate.objects.bulk_create(history.updates, BATCH)
        MeasureValue.objects.bulk_create(history.values, BATCH)
        Evidence.objects.bulk_create(history.evidence, BATCH)
        DueDateChange.objects.bulk_create(history.changes, BATCH)
        standings.write(world, tasks, history.updates, history.changes)
    updates = ProgressUpdate.objects.filter(assignment=OuterRef("pk")).order_by()
    counted = updates.values("assignment").annotate(n=Count("pk")).values("n")
    Assignment.objects.filter(task__plan=world.plan).update(sequence=Coalesce(Subquery(counted), 0))


def _happen_to(rng: Random, world: World, task: Task, history: _History) -> None:
    leads, supports = world.leads[task.pk], world.supports[task.pk]
    outcome = world.outcomes[task.pk]
    if not leads or outcome == "silent":
        return
    if supports:
        _contribute(rng, world, supports[0], history)
    share = (UPDATES - bool(supports)) // len(leads)
    for lead in leads:
        acts = _acts(outcome, share)
        for number, (act, day) in enumerate(zip(acts, _days(rng, share), strict=True), 1):
            _record(rng, world, task, lead, number, act, day, history)
    if task.position % 120 == 60:
        _extend(rng, world, task, history)


def _acts(outcome: str, count: int) -> Iterator[str]:
    ends = _ENDS.get(outcome, ())
    yield from ["report"] * (count - len(ends))
    yield from ends


def _days(rng: Random, count: int) -> list[dt.date]:
    span = (TODAY - STARTS).days
    return [STARTS + dt.timedelta(days=day) for day in sorted(rng.choices(range(span), k=count))]


def _record(
    rng: Random,
    world: World,
    task: Task,
    lead: Assignment,
    number: int,
    act: str,
    day: dt.date,
    history: _History,
) -> None:
    arisen = world.outcomes[task.pk] != "not_arisen"
    claim = State.DONE if arisen else State.NOT_ARISEN
    by = world.heads[0] if act in ("report", "claim") else world.office
    completed = max(day - dt.timedelta(days=4), STARTS) if arisen else None
    update = _update(lead, number, day, by)
    match act:
        case "report" | "claim":
            update.result = words.result(rng)
            for name, text in words.troubles(rng).items():
                setattr(update, name, text)
            if act == "claim":
                update.state, update.claim, update.completed_on = State.AWAITING, claim, completed
            _prove(rng, world.measures[task.pk], update, history)
        case "confirm":
            claimed = history.updates[-1]
            update.kind, update.state = UpdateKind.CONFIRM, claim
            update.completed_on = claimed.completed_on
        case "return" | "pause":
            update.kind = UpdateKind(act)
            update.state = State.PAUSED if act == "pause" else State.IN_PROGRESS
            update.reason = words.wording(rng)
    history.updates.append(update)


def _update(assignment: Assignment, number: int, day: dt.date, by: User) -> ProgressUpdate:
    return ProgressUpdate(
        assignment=assignment,
        sequence=number,
        kind=UpdateKind.REPORT,
        state=State.IN_PROGRESS,
        by=by,
        by_label=by.label,
        recorded_on=day,
        recorded_at=timezone.make_aware(dt.datetime.combine(day, dt.time(9, number))),
    )


def _prove(rng: Random, measures: list[Measure], update: ProgressUpdate, history: _History) -> None:
    """A document with every second report, a value of every measure with each."""
    if rng.random() < 0.5:
        proof = Evidence(update=update, document_number=f"{rng.randint(1, 999)}/BC-STTTT")
        proof.document_date, proof.proves = update.recorded_on, "Kết quả thực hiện trong kỳ"
        history.evidence.append(proof)
    history.values += [
        MeasureValue(update=update, measure=one, value=Decimal(rng.randint(600, 1000)) / 10)
        for one in measures
    ]


def _contribute(rng: Random, world: World, support: Assignment, history: _History) -> None:
    (day,) = _days(rng, 1)
    update = _update(support, 1, day, world.heads[0])
    update.kind, update.result = UpdateKind.CONTRIBUTION, words.result(rng)
    history.updates.append(update)


def _extend(rng: Random, world: World, task: Task, history: _History) -> None:
    """The deadline was moved once; `task.due_on` is the new one."""
    assert task.due_on is not None
    (day,) = _days(rng, 1)
    history.changes += [
        DueDateChange(
            assignment=lead,
            old_due_on=task.due_on - dt.timedelta(days=30),
            new_due_on=task.due_on,
            reason=words.wording(rng),
            by=world.leadership,
            by_label=world.leadership.label,
            recorded_on=day,
            recorded_at=timezone.make_aware(dt.datetime.combine(day, dt.time(10))),
        )
        for lead in world.leads[task.pk]
    ]
