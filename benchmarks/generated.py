"""Generated plans, and the proof that their standings are those the acts would have written."""

from random import Random
from typing import Any

from django.db import transaction

from benchmarks import course, world
from benchmarks.world import World
from plans.acts.projection import rebuild
from plans.models import AssignmentStanding, Plan, TaskStanding

SEED = 20231120
_SAMPLE = 30


class Unfaithful(Exception):
    """Generated standings are not those that the history gives."""


def plan_of(task_count: int) -> World:
    """A plan of `task_count` tasks with its history; the same at every run."""
    with transaction.atomic():
        return _made(task_count)


def check() -> None:
    """Compare the standings of a small generated plan, of which nothing is kept, with those that
    `projection.rebuild` makes from its history; raise Unfaithful when they differ."""
    with transaction.atomic():
        plan = _made(_SAMPLE).plan
        generated = _standings(plan)
        rebuild(plan=plan)
        if not generated or generated != _standings(plan):
            raise Unfaithful("The generator writes other standings than projection.rebuild.")
        transaction.set_rollback(True)


def _made(task_count: int) -> World:
    rng = Random(SEED)  # noqa: S311
    made = world.make(rng, task_count)
    course.happen(rng, made)
    return made


def _standings(plan: Plan) -> list[list[tuple[Any, ...]]]:
    """Every column but the key of every standing of the plan."""
    found = []
    for model in (AssignmentStanding, TaskStanding):
        columns = [one.attname for one in model._meta.concrete_fields if not one.primary_key]
        rows = model._default_manager.filter(task__plan=plan)
        found.append(list(rows.order_by("task", *columns).values_list(*columns)))
    return found
