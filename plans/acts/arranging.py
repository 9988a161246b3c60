"""The appendix is put in order: what stands where, copies of tasks, units given to many at once."""

import uuid
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from plans import concerned
from plans.acts.amending import amend, require_administrator
from plans.acts.appendix import (
    Owner,
    add_task,
    assign_all,
    has_history,
    kept_because,
    locked_task,
)
from plans.acts.refusals import Invalid, NotNow
from plans.acts.telling import tell_assigned
from plans.appendix.amendment import Amendment, known_from
from plans.models import (
    Area,
    Assignment,
    AssignmentRole,
    Block,
    Criterion,
    Indicator,
    Plan,
    Task,
)
from units import clock
from units.models import Unit, UnitGroup, User

Placed = Indicator | Area | Block | Criterion | Task
_ROOM = 10  # between tasks, for those that are put between them later


class Giving(StrEnum):
    """What becomes of those who have the part already."""

    ADD = "add"
    REPLACE = "replace"


# --- What stands where --------------------------------------------------------------------------


def move(*, thing: Placed, by: User, up: bool, past: int | None = None) -> bool:
    """Put a thing one place before or after its neighbour, with all that stands in it; False when
    it is the first or the last there already. `past` is the key of the neighbour that was seen
    there: NotNow when another stands there now, so that of two who press at once, and of two
    clicks, one counts."""
    require_administrator(by)
    with transaction.atomic():
        plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan_of(thing).pk)
        neighbours = list(_neighbours(thing))
        here = neighbours.index(thing)
        there = here + (-1 if up else 1)
        neighbour = neighbours[there] if 0 <= there < len(neighbours) else None
        if past is not None and (neighbour is None or neighbour.pk != past):
            raise NotNow(
                f"“{thing}” hoặc mục bên cạnh vừa được chuyển sau khi đồng chí mở bảng (người khác "
                "chuyển, hoặc nút được bấm hai lần), nên lần bấm này không chuyển gì. Bảng dưới "
                "đây là thứ tự mới nhất."
            )
        if neighbour is None:
            return False
        neighbours[here], neighbours[there] = neighbour, neighbours[here]
        match thing:
            case Task():
                _deal(plan, swapped=(thing, neighbour))
            case Area():
                _number_areas(neighbours)
            case _:
                _number(neighbours)
        if not isinstance(thing, Task | Criterion):
            _deal(plan)
        _keep_move(
            thing, f"Chuyển lên trước {neighbour}" if up else f"Chuyển xuống sau {neighbour}"
        )
        return True


def _keep_move(thing: Placed, reason: str) -> None:
    """The history says who moved it, although no field is another: order numbers alone tell
    nothing, since a neighbour's move changes them too."""
    thing.refresh_from_db()
    thing._change_reason = reason  # type: ignore[union-attr]
    thing.save(
        update_fields=["code" if isinstance(thing, Indicator | Task) else _TEXT[type(thing)]]
    )


def plan_of(thing: Placed) -> Plan:
    match thing:
        case Indicator() | Task():
            return thing.plan
        case Area():
            return thing.indicator.plan
        case Block():
            return thing.area.indicator.plan
    return thing.block.area.indicator.plan


_TEXT: dict[type, str] = {Area: "title", Block: "number", Criterion: "title"}


def _neighbours(thing: Placed) -> QuerySet[Any]:
    """Those among which a thing can move, in their order, with itself."""
    match thing:
        case Indicator():
            return thing.plan.indicators.order_by("position", "pk")
        case Area():
            areas = Area.objects.filter(indicator=thing.indicator_id, parent=thing.parent_id)
            return areas.order_by("position", "pk")
        case Block():
            return Block.objects.filter(area=thing.area_id).order_by("position", "pk")
        case Criterion():
            return Criterion.objects.filter(block=thing.block_id).order_by("position", "pk")
    tasks = Task.objects.filter(block=thing.block_id).kept_on(clock.today())
    return tasks.order_by("position", "pk")


def _number(ordered: Sequence[Any]) -> None:
    """Positions from 1 on; the first step keeps each of them free for the second."""
    rows = type(ordered[0])._default_manager
    free = rows.aggregate(last=Max("position"))["last"] + 1
    for start in (free, 1):
        for place, one in enumerate(ordered, start):
            one.position = place
        rows.bulk_update(ordered, ["position"])


def _number_areas(ordered: Sequence[Area]) -> None:
    """All areas of an index, after those of one level got another order."""
    areas = {one.pk: one for one in Area.objects.filter(indicator=ordered[0].indicator_id)}
    for place, one in enumerate(ordered):
        areas[one.pk].position = place
    for place, one in enumerate(_in_outline(list(areas.values())), 1):
        one.position = place
    Area.objects.bulk_update(areas.values(), ["position"])


def _in_outline(areas: Sequence[Area]) -> list[Area]:
    """The areas of an index, each followed by those that stand in it."""
    ordered = sorted(areas, key=lambda one: (one.position, one.pk))
    return [
        area
        for top in ordered
        if top.parent_id is None
        for area in [top, *(one for one in ordered if one.parent_id == top.pk)]
    ]


def _deal(plan: Plan, swapped: tuple[Task, Task] | None = None) -> None:
    """Give out the positions of the plan's tasks in the order of its outline."""
    areas: dict[int, list[Area]] = {}
    for area in Area.objects.filter(indicator__plan=plan):
        areas.setdefault(area.indicator_id, []).append(area)
    rank = {
        area.pk: place for found in areas.values() for place, area in enumerate(_in_outline(found))
    }
    tasks = list(plan.tasks.select_related("block__area__indicator"))
    tasks.sort(
        key=lambda one: (
            one.block.area.indicator.position,
            rank[one.block.area_id],
            one.block.position,
            one.position,
            one.pk,
        )
    )
    if swapped:
        first, second = sorted(tasks.index(one) for one in swapped)
        lower, upper = tasks.pop(second), tasks.pop(first)
        # Withdrawn tasks between the two stay where they are.
        tasks.insert(first, lower)
        tasks.insert(second, upper)
    positions = sorted(task.position for task in tasks)
    if len(set(positions)) < len(positions):
        positions = [place * _ROOM for place in range(1, len(tasks) + 1)]
    changed = []
    for task, position in zip(tasks, positions, strict=True):
        if task.position != position:
            task.position = position
            changed.append(task)
    Task.objects.bulk_update(changed, ["position"], batch_size=500)


# --- Copies -------------------------------------------------------------------------------------


def duplicate_task(*, task: Task, by: User, request_key: uuid.UUID) -> Task:
    """A task like this one right after it: the same words, units, deadline and targets, of which
    nothing was reported yet. The same form sent twice is one copy."""
    require_administrator(by)
    with transaction.atomic():
        source = Task.objects.select_for_update(of=("self",)).select_related("plan").get(pk=task.pk)
        if earlier := Task.objects.filter(register_key=request_key).first():
            return earlier
        require_of_plan(source)
        made = add_task(task=copied(source, request_key))
        made.references.set(source.references.all())
        for measure in source.measures.order_by("position"):
            measure.pk, measure._state.adding, measure.task = None, True, made
            measure.save()
        parts: list[tuple[str, Owner, int]] = [
            (one.role, (one.unit, one.group), one.position)
            for one in source.assignments.in_order()
            if one.unit.is_active
        ]
        assign_all(task=made, parts=parts, assigned_on=clock.today())
        return made


def require_of_plan(*tasks: Task) -> None:
    """A given task stands in the register with the document that gave it: it is neither copied nor
    made another (S14)."""
    if any(task.is_registered for task in tasks):
        raise NotNow("Nhiệm vụ trong sổ được giao do Văn phòng ghi cùng văn bản giao.")


def copied(task: Task, request_key: uuid.UUID) -> Task:
    """A task that is not saved yet, with the fields of this one and a number of its own."""
    names = (
        "plan",
        "block",
        "number",
        "title",
        "wording",
        "kind",
        "due_on",
        "due_words",
        "lead_words",
        "support_words",
        "product",
        "shortcoming",
        "note",
    )
    codes = set(Task.objects.filter(plan=task.plan_id).values_list("code", flat=True))
    return Task(
        code=free_code(task.code, codes),
        added_on=known_from(task.plan),
        position=_place_after(task),
        register_key=request_key,
        **{name: getattr(task, name) for name in names},
    )


def free_code(code: str, taken: set[str]) -> str:
    """ "1.2.3-2": the code with the first number after it that nobody has; itself when free."""
    if code not in taken:
        return code
    number = 2
    while f"{code[:25]}-{number}" in taken:
        number += 1
    return f"{code[:25]}-{number}"


def _place_after(task: Task) -> int:
    """The position right after a task; if it is taken, the later tasks make room."""
    tasks = Task.objects.filter(plan=task.plan_id)
    if tasks.filter(position=task.position + 1).exists():
        later = list(tasks.filter(position__gt=task.position))
        for one in later:
            one.position += _ROOM
        Task.objects.bulk_update(later, ["position"], batch_size=500)
    return task.position + 1


# --- Units given to many tasks ------------------------------------------------------------------


def assign_many(
    *,
    tasks: Sequence[Task],
    units: Sequence[Unit],
    group: UnitGroup | None = None,
    role: str,
    giving: str,
    by: User,
    reason: str = "",
) -> list[Task]:
    """Give units, and the active units of a group, a part in every task, or in none. Returns the
    tasks that are not as before; those that had all of it already are left alone."""
    require_administrator(by)
    wanted: list[tuple[Unit, UnitGroup | None]] = [(unit, None) for unit in units]
    if group is not None:
        named = {unit.pk for unit in units}
        wanted += [
            (one, group) for one in group.members.filter(is_active=True) if one.pk not in named
        ]
    if not tasks:
        raise Invalid({"tasks": "Đồng chí chọn ít nhất một nhiệm vụ trong bảng."})
    if not wanted:
        raise Invalid({"units": "Đồng chí chọn ít nhất một đơn vị, hoặc một nhóm có đơn vị."})
    changed = []
    with transaction.atomic():
        for task in sorted(tasks, key=lambda one: one.pk):
            task = locked_task(task)
            amendment = _amendment(task, wanted, role, giving)
            if amendment is not None:
                amend(task=task, by=by, amendment=amendment, reason=reason)
                changed.append(task)
        if changed:
            people = concerned.people_in(unit.pk for unit, _ in wanted)
            tell_assigned(people, AssignmentRole(role), changed, by)
    return changed


def _amendment(
    task: Task, wanted: Sequence[tuple[Unit, UnitGroup | None]], role: str, giving: str
) -> Amendment | None:
    parts = list(task.assignments.in_order())
    has = [(one.unit, one.group) for one in parts if one.role == role]
    other = [(one.unit, one.group) for one in parts if one.role != role]
    _require_movable(parts, wanted, role)
    there = {unit.pk for unit, _ in has}
    new = [part for part in wanted if part[0].pk not in there]
    named = {unit.pk for unit, _ in wanted}
    if giving == Giving.REPLACE:
        has = [part for part in has if part[0].pk in named]
    if not new and len(has) == len(there):
        return None
    rest = [part for part in other if part[0].pk not in named]
    mine, theirs = [*has, *new], (rest if len(rest) != len(other) else None)
    if role == AssignmentRole.LEAD:
        return Amendment(leads=mine, supports=theirs)
    return Amendment(leads=theirs, supports=mine)


def _require_movable(
    parts: Sequence[Assignment], wanted: Sequence[tuple[Unit, UnitGroup | None]], role: str
) -> None:
    named = {unit.pk for unit, _ in wanted}
    for part in parts:
        if part.unit_id in named and part.role != role and has_history(part):
            raise NotNow(kept_because(part))
