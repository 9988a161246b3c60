"""The whole appendix of a plan as one screen for those who keep it: indicators, areas, criteria and
tasks in order, each with its units, deadline, product and state of today. Fixed queries."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch

from plans.models import (
    Area,
    Assignment,
    AssignmentRole,
    Block,
    Indicator,
    Plan,
    Task,
    TaskStanding,
)
from plans.states import State, label
from units import clock


@dataclass(frozen=True, slots=True)
class TaskRow:
    task: Task
    leads: tuple[Assignment, ...]
    supports: tuple[Assignment, ...]
    state: State | None
    label: str
    is_first: bool
    is_last: bool


@dataclass(slots=True)
class BlockPart:
    """What is assigned in one breath: its criteria, then its tasks."""

    block: Block
    rows: list[TaskRow] = field(default_factory=list)
    is_first: bool = False
    is_last: bool = False


@dataclass(slots=True)
class AreaPart:
    area: Area
    level: int
    blocks: list[BlockPart] = field(default_factory=list)
    is_first: bool = False
    is_last: bool = False


@dataclass(slots=True)
class IndicatorPart:
    indicator: Indicator
    areas: list[AreaPart] = field(default_factory=list)
    is_first: bool = False
    is_last: bool = False

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
                AreaPart(
                    area, level, [BlockPart(one, _rows(tasks[one.pk])) for one in blocks[area.pk]]
                )
                for area, level in _levels(areas[indicator.pk])
            ],
        )
        for indicator in shown
    ]
    _mark_ends(parts, indicators)
    return parts


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


def _rows(tasks: Sequence[Task]) -> list[TaskRow]:
    return [_row(task, place == 0, place == len(tasks) - 1) for place, task in enumerate(tasks)]


def _row(task: Task, is_first: bool, is_last: bool) -> TaskRow:
    parts = list(task.assignments.all())
    state = next((State(one.state) for one in task.standings.all()), None)
    return TaskRow(
        task,
        tuple(one for one in parts if one.role == AssignmentRole.LEAD),
        tuple(one for one in parts if one.role == AssignmentRole.SUPPORT),
        state,
        label(state, task.kind) if state else "",
        is_first,
        is_last,
    )


def _levels(areas: Sequence[Area]) -> Iterator[tuple[Area, int]]:
    for top in areas:
        if top.parent_id is None:
            yield top, 1
            yield from ((one, 2) for one in areas if one.parent_id == top.pk)


def _mark_ends(parts: Sequence[IndicatorPart], indicators: Sequence[Indicator]) -> None:
    for part in parts:
        part.is_first = part.indicator == indicators[0]
        part.is_last = part.indicator == indicators[-1]
        siblings: dict[int | None, list[AreaPart]] = defaultdict(list)
        for area in part.areas:
            siblings[area.area.parent_id].append(area)
            if area.blocks:
                area.blocks[0].is_first = area.blocks[-1].is_last = True
        for same in siblings.values():
            same[0].is_first = same[-1].is_last = True
