"""The standings of generated tasks, in bulk, from the pure functions that the acts use."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby

from benchmarks.world import BATCH, World
from plans.acts.projection import Facts, lead_facts, task_facts
from plans.models import AssignmentStanding, DueDateChange, ProgressUpdate, Task, TaskStanding


def write(
    world: World,
    tasks: Sequence[Task],
    updates: Iterable[ProgressUpdate],
    changes: Iterable[DueDateChange],
) -> None:
    """Write the standings of `tasks` after `updates` (saved, in order) and `changes`."""
    recorded: dict[int, list[ProgressUpdate]] = defaultdict(list)
    moved: dict[int, list[DueDateChange]] = defaultdict(list)
    for update in updates:
        recorded[update.assignment_id].append(update)
    for change in changes:
        moved[change.assignment_id].append(change)
    of_leads: list[AssignmentStanding] = []
    of_tasks: list[TaskStanding] = []
    for task in tasks:
        leads = world.leads[task.pk]
        days = {world.plan.starts_on, *(lead.assigned_on for lead in leads)}
        for lead in leads:
            days |= {update.recorded_on for update in recorded[lead.pk]}
            days |= {change.recorded_on for change in moved[lead.pk]}
        whole: dict[dt.date, list[Facts]] = {day: [] for day in sorted(days)}
        for lead in leads:
            facts = {
                day: _facts_on(day, task, recorded[lead.pk], moved[lead.pk])
                for day in whole
                if lead.assigned_on <= day
            }
            for day, one in facts.items():
                whole[day].append(one)
            of_leads += [
                AssignmentStanding(task=task, unit_id=lead.unit_id, assignment=lead, **span)
                for span in _spans(facts)
            ]
        joint = {day: task_facts(facts_of, task.due_on) for day, facts_of in whole.items()}
        of_tasks += [TaskStanding(task=task, **span) for span in _spans(joint)]
    AssignmentStanding.objects.bulk_create(of_leads, BATCH)
    TaskStanding.objects.bulk_create(of_tasks, BATCH)


def _facts_on(
    day: dt.date, task: Task, updates: list[ProgressUpdate], changes: list[DueDateChange]
) -> Facts:
    later = next((change for change in changes if change.recorded_on > day), None)
    known = [update for update in updates if update.recorded_on <= day]
    return lead_facts(known, later.old_due_on if later else task.due_on)


def _spans(facts_by_day: dict[dt.date, Facts]) -> Iterator[dict[str, object]]:
    """The columns of a standing for each run of days with the same facts; the last is open."""
    runs = [
        (next(days), facts) for facts, days in groupby(facts_by_day, key=facts_by_day.__getitem__)
    ]
    ends = [*(day for day, _ in runs[1:]), None]
    for (day, facts), end in zip(runs, ends, strict=True):
        yield {"from_day": day, "until_day": end, **asdict(facts)}
