"""The whole appendix of a plan as one screen for those who keep it: indicators, areas, criteria and
tasks in order, each with its units, deadline, product and state of today. Fixed queries."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Prefetch

from plans.models import (
    Area,
    Assignment,
    AssignmentRole,
    Block,
    Criterion,
    Indicator,
    Plan,
    Task,
    TaskStanding,
)
from plans.states import State, label
from units import clock


class Beside(NamedTuple):
    """The keys of those between which a thing stands; None at either end."""

    above: int | None = None
    below: int | None = None


@dataclass(frozen=True, slots=True)
class TaskRow:
    task: Task
    leads: tuple[Assignment, ...]
    supports: tuple[Assignment, ...]
    state: State | None
    label: str
    beside: Beside


@dataclass(slots=True)
class BlockPart:
    """What is assigned in one breath: its criteria, then its tasks."""

    block: Block
    rows: list[TaskRow] = field(default_factory=list)
    criteria: list[tuple[Criterion, Beside]] = field(default_factory=list)
    beside: Beside = Beside()


@dataclass(slots=True)
class AreaPart:
    area: Area
    level: int
    blocks: list[BlockPart] = field(default_factory=list)
    beside: Beside = Beside()


@dataclass(slots=True)
class IndicatorPart:
    indicator: Indicator
    areas: list[AreaPart] = field(default_factory=list)
    beside: Beside = Beside()

    @property
    def tasks(self) -> int:
        return sum(len(block.rows) for area in self.areas for block in area.blocks)


def screen(plan: Plan, only: Sequence[Indicator] | None = None) -> list[IndicatorPart]:
    """Every indicator of the plan, or those of `only`, with all that stands in it."""
    indicators = list(plan.indicators.order_by("position", "pk"))
    shown = indicators if only is None else [one for one in indicators if one in only]
    areas: dict[int, list[Area]] = defaultdict(list)
    for area in Area.objects.filter(indicator__in=shown).order_by("position", "pk"):
        areas[area.indicator_id].append(area)
    blocks: dict[int, list[Block]] = defaultdict(list)
    found = Block.objects.filter(area__indicator__in=shown).select_related("area")
    for block in found.prefetch_related("criteria").order_by("position", "pk"):
        blocks[block.area_id].append(block)
    tasks = _tasks(plan, shown)
    parts = [
        IndicatorPart(
            indicator,
            [
                AreaPart(area, level, [_block(one, tasks[one.pk]) for one in blocks[area.pk]])
                for area, level in _levels(areas[indicator.pk])
            ],
        )
        for indicator in shown
    ]
    _set_beside(parts, indicators)
    return parts


def _block(block: Block, tasks: Sequence[Task]) -> BlockPart:
    rows = [_row(task, beside) for task, beside in _with_beside(tasks)]
    return BlockPart(block, rows, list(_with_beside(list(block.criteria.all()))))


def _with_beside(things: Sequence[Any]) -> Iterator[tuple[Any, Beside]]:
    """Things in their order, each with the keys of its neighbours."""
    keys = [None, *(one.pk for one in things), None]
    for place, one in enumerate(things):
        yield one, Beside(keys[place], keys[place + 2])


def _tasks(plan: Plan, indicators: Sequence[Indicator]) -> dict[int, list[Task]]:
    now = TaskStanding.objects.filter(until_day=None)
    found: dict[int, list[Task]] = defaultdict(list)
    tasks = (
        Task.objects.filter(plan=plan, block__area__indicator__in=indicators)
        .kept_on(clock.today())
        .order_by("position", "pk")
        .prefetch_related(
            Prefetch("standings", queryset=now),
            Prefetch("assignments", queryset=Assignment.objects.in_order()),
        )
    )
    for task in tasks:
        found[task.block_id].append(task)
    return found


def _row(task: Task, beside: Beside) -> TaskRow:
    parts = list(task.assignments.all())
    state = next((State(one.state) for one in task.standings.all()), None)
    return TaskRow(
        task,
        tuple(one for one in parts if one.role == AssignmentRole.LEAD),
        tuple(one for one in parts if one.role == AssignmentRole.SUPPORT),
        state,
        label(state, task.kind) if state else "",
        beside,
    )


def _levels(areas: Sequence[Area]) -> Iterator[tuple[Area, int]]:
    for top in areas:
        if top.parent_id is None:
            yield top, 1
            yield from ((one, 2) for one in areas if one.parent_id == top.pk)


def _set_beside(parts: Sequence[IndicatorPart], indicators: Sequence[Indicator]) -> None:
    among = {one.pk: beside for one, beside in _with_beside(indicators)}
    for part in parts:
        part.beside = among[part.indicator.pk]
        siblings: dict[int | None, list[AreaPart]] = defaultdict(list)
        for area in part.areas:
            siblings[area.area.parent_id].append(area)
            beside_blocks = _with_beside([one.block for one in area.blocks])
            for block, (_, beside) in zip(area.blocks, beside_blocks, strict=True):
                block.beside = beside
        for same in siblings.values():
            beside_areas = _with_beside([one.area for one in same])
            for area, (_, beside) in zip(same, beside_areas, strict=True):
                area.beside = beside
