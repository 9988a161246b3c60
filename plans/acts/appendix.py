"""The appendix changes: which tasks, who leads, who supports, until when."""

import datetime as dt
from collections.abc import Iterable, Sequence
from copy import copy

from django.db import transaction
from django.db.models import F, Max

from plans.acts.projection import project, project_all, project_new
from plans.acts.recording import current_states, require_kept
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.acts.telling import tell_new_due_dates
from plans.appendix.history import (
    instead_of_replacing,
    parts_with_history,
    tasks_with_history,
)
from plans.models import Assignment, AssignmentStanding, DueDateChange, MatterTask, Task
from plans.rules import may_move_due_date
from plans.states import ENDED
from units import clock
from units.models import Unit, UnitGroup, User
from units.models.field_history import create_many, delete_many, save_many


def add_task(*, task: Task) -> Task:
    """Put a task that is not saved yet into its plan; without a position, last in its block."""
    with transaction.atomic():
        if task.position is None:
            task.position = _place_after_block(task)
        task.save(force_insert=True)
        project(task)
        return task


# Role, unit, the group by which it was named, its turn among those of the role.
Part = tuple[str, Unit, UnitGroup | None, int]


def add_tasks(
    *, tasks: Sequence[tuple[Task, Sequence[Part]]], assigned_on: dt.date, by: User
) -> None:
    """Put many tasks that are not saved yet into their plan, each with its parts; as `add_task` and
    `assign_all` would, in a few queries for all of them. No unit may have two parts in a task."""
    with transaction.atomic():
        for task, _ in tasks:
            task.make_searchable()
        create_many(Task, [task for task, _ in tasks], by)
        given = [
            (
                task,
                [
                    Assignment(
                        task=task,
                        unit=unit,
                        role=role,
                        group=group,
                        position=position,
                        assigned_on=assigned_on,
                    )
                    for role, unit, group, position in parts
                ],
            )
            for task, parts in tasks
        ]
        create_many(Assignment, [part for _, parts in given for part in parts], by)
        project_new(given)


def _place_after_block(task: Task) -> int:
    """The position after the block's last task, or the plan's; later tasks make room if need be."""
    tasks = Task.objects.filter(plan=task.plan)
    last = tasks.filter(block=task.block).aggregate(last=Max("position"))["last"]
    if last is None:
        last = tasks.aggregate(last=Max("position"))["last"] or 0
    if tasks.filter(position=last + 1).exists():
        tasks.filter(position__gt=last).update(position=F("position") + 10)
    return int(last) + 1


def remove_task(*, task: Task, by: User | None = None) -> None:
    """Take a task out of its plan on which nobody has recorded anything."""
    remove_tasks(tasks=[task], by=by)


def remove_tasks(*, tasks: Sequence[Task], by: User | None = None) -> None:
    """The same for many tasks, in a fixed number of queries."""
    with transaction.atomic():
        tasks = locked_tasks(tasks)
        for words in reasons_to_keep(tasks).values():
            raise NotNow(words)
        delete_many(Task.objects.filter(pk__in=[task.pk for task in tasks]), by)


def why_kept(task: Task) -> str:
    """Why a task stays in the history and can only be withdrawn; "" when no record points at it."""
    return reasons_to_keep([task]).get(task.pk, "")


def reasons_to_keep(tasks: Sequence[Task]) -> dict[int, str]:
    """The same for many tasks, by their keys; a task at which no record points is not in it. In a
    fixed number of queries."""
    keys = [task.pk for task in tasks]
    held_parts = parts_with_history(Assignment.objects.filter(task__in=keys))
    first: dict[int, Assignment] = {}
    for part in sorted(parts_of(tasks), key=lambda one: one.pk):
        if part.pk in held_parts:
            first.setdefault(part.task_id, part)
    steered = set(MatterTask.objects.filter(task__in=keys).values_list("task_id", flat=True))
    held = tasks_with_history(Task.objects.filter(pk__in=keys))
    reasons = {}
    for task in tasks:
        if task.pk in first:
            reasons[task.pk] = _held_because(first[task.pk])
        elif task.pk in steered:
            reasons[task.pk] = (
                f"Nhiệm vụ {task.code} đã có ý kiến chỉ đạo, đôn đốc hoặc khó khăn được ghi nên "
                "không bỏ được; lịch sử phải được giữ."
            )
        elif task.pk in held:
            reasons[task.pk] = (
                f"Nhiệm vụ {task.code} đã được sửa sau khi giao, được kiểm tra, chuẩn bị hoặc nhắc "
                "đến trong báo cáo nên không bỏ được; lịch sử phải được giữ."
            )
    return reasons


def assign(
    *,
    task: Task,
    unit: Unit,
    role: str,
    group: UnitGroup | None = None,
    position: int = 0,
) -> Assignment:
    """Give a unit a part in a task from today on, or another role in it."""
    with transaction.atomic():
        task = locked_task(task)
        given = [(task, [(role, unit, group, position)])]
        [assignment] = give_parts(given, assigned_on=clock.today())
        project(task)
        return assignment


def assign_group(*, task: Task, group: UnitGroup, role: str, position: int = 0) -> list[Assignment]:
    """Give a part to every active unit of a group; those that already have one keep it (A1)."""
    return assign_all(task=task, parts=[(role, group, position)], assigned_on=clock.today())


# A unit, a group (each of its active units), or a unit with the group by which it was named.
Owner = Unit | UnitGroup | tuple[Unit, UnitGroup | None]


def assign_all(
    *,
    task: Task,
    parts: Iterable[tuple[str, Owner, int]],
    assigned_on: dt.date,
) -> list[Assignment]:
    """Give (role, owner, position) parts at once, counted from `assigned_on`.

    A unit named twice keeps its first part: one that leads is not also listed as supporting
    when a group that it belongs to supports.
    """
    with transaction.atomic():
        task = locked_task(task)
        taken = set(task.assignments.values_list("unit_id", flat=True))
        new: list[Part] = []
        for role, owner, position in parts:
            group: UnitGroup | None
            match owner:
                case UnitGroup():
                    group, units = owner, list(owner.members.filter(is_active=True))
                case Unit():
                    group, units = None, [owner]
                case unit, group:
                    units = [unit]
            for unit in units:
                if unit.pk not in taken:
                    taken.add(unit.pk)
                    new.append((role, unit, group, position))
        made = give_parts([(task, new)], assigned_on=assigned_on)
        project(task)
        return made


def give_parts(
    given: Sequence[tuple[Task, Sequence[Part]]],
    *,
    assigned_on: dt.date,
    by: User | None = None,
) -> list[Assignment]:
    """The parts in tasks whose rows are locked, made, or changed where a unit has another role in
    the task; the standings are to follow. In a fixed number of queries."""
    tasks = [task for task, _ in given]
    there = {(part.task_id, part.unit_id): part for part in parts_of(tasks)}
    new: list[Assignment] = []
    changed: dict[int, Assignment] = {}
    as_they_were: list[Assignment] = []
    found = []
    for task, parts in given:
        for role, unit, group, position in parts:
            part = there.get((task.pk, unit.pk))
            if part is None:
                part = Assignment(
                    task=task,
                    unit=unit,
                    role=role,
                    group=group,
                    position=position,
                    assigned_on=assigned_on,
                )
                there[task.pk, unit.pk] = part
                new.append(part)
            elif part.role != role:
                as_they_were.append(copy(part))
                part.role, part.group, part.assigned_on = role, group, assigned_on
                changed |= {part.pk: part} if part.pk else {}
            found.append(part)
    _require_no_history([part for part in as_they_were if part.pk])
    _no_more_led(changed.values())
    save_many(list(changed.values()), ["role", "group", "assigned_on"], by)
    create_many(Assignment, new, by)
    return found


def parts_of(tasks: Sequence[Task]) -> list[Assignment]:
    """All parts of tasks, in the order of each. One query."""
    by_key = {task.pk: task for task in tasks}
    parts = list(Assignment.objects.filter(task__in=list(by_key)).in_order())
    for part in parts:
        part.task = by_key[part.task_id]
    return parts


def unassign(*, assignment: Assignment) -> None:
    """Take a part back from a unit that has not recorded anything yet."""
    with transaction.atomic():
        task = locked_task(assignment.task)
        take_back([task.assignments.get(pk=assignment.pk)])
        project(task)


def take_back(parts: Sequence[Assignment], by: User | None = None) -> None:
    """Parts of which nothing was recorded, in tasks whose rows are locked; the standings are to
    follow. In a fixed number of queries."""
    _require_no_history(parts)
    _no_more_led(parts)
    delete_many(Assignment.objects.filter(pk__in=[part.pk for part in parts]), by)


def _no_more_led(parts: Iterable[Assignment]) -> None:
    """From today on; that the units led until yesterday stays true, also without a part."""
    standings = AssignmentStanding.objects.filter(assignment__in=[part.pk for part in parts])
    standings.filter(from_day__gte=clock.today()).delete()
    standings.filter(until_day=None).update(until_day=clock.today())
    standings.update(assignment=None)


def has_history(assignment: Assignment) -> bool:
    """Whether something was recorded of the part or prepared for it, or its deadline was moved or
    asked to be."""
    return bool(parts_with_history(Assignment.objects.filter(pk=assignment.pk)))


def kept_because(assignment: Assignment) -> str:
    """Why a part with history can neither be taken back nor get another role, and what to do
    instead."""
    return f"{_held_because(assignment)} {instead_of_replacing(assignment)}".rstrip()


def _held_because(assignment: Assignment) -> str:
    return (
        f"{assignment.unit} đã có cập nhật hoặc thay đổi thời hạn trong nhiệm vụ "
        f"{assignment.task.code} nên không bỏ hoặc đổi vai trò được; lịch sử phải được giữ."
    )


def _require_no_history(parts: Sequence[Assignment]) -> None:
    if not parts:
        return
    held = parts_with_history(Assignment.objects.filter(pk__in=[part.pk for part in parts]))
    for part in parts:
        if part.pk in held:
            raise NotNow(kept_because(part))


def move_due_date(*, task: Task, due_on: dt.date | None, by: User, reason: str = "") -> Task:
    """Move the deadline of a task and of every lead that still owes its part.

    The old date stays in the history, and lists for earlier days still show it. A lead that has
    finished keeps the deadline that it met or missed (it gets the new one if it had none), and one
    that was given a still later day keeps that day.
    """
    if not may_move_due_date(by):
        raise NotYours("Thời hạn của nhiệm vụ do Lãnh đạo Sở hoặc người quản trị thay đổi.")
    with transaction.atomic():
        task = locked_task(task)
        project_all(set_due_dates([(task, due_on)], by, reason))
        return task


def set_due_dates(
    wanted: Sequence[tuple[Task, dt.date | None]], by: User, reason: str
) -> list[Task]:
    """Move the deadlines of tasks whose rows are locked; returns those that had another, whose
    standings are to follow. In a fixed number of queries."""
    moved = {task.pk: (task, due_on) for task, due_on in wanted if task.due_on != due_on}
    for task, due_on in moved.values():
        if due_on is not None and due_on < task.plan.starts_on:
            raise Invalid({"due_on": "Thời hạn không được trước ngày kế hoạch bắt đầu."})
    tasks = [task for task, _ in moved.values()]
    leads = [part for part in parts_of(tasks) if part.is_lead]
    states, today, now = current_states(leads), clock.today(), clock.now()
    own: list[Assignment] = []
    changes: dict[int, list[DueDateChange]] = {key: [] for key in moved}
    for lead in leads:
        task, due_on = moved[lead.task_id]
        old = lead.due_on or task.due_on
        if old is not None and states[lead.pk] in ENDED:
            lead.due_on = old
            own.append(lead)
            continue
        if lead.due_on is not None:
            if due_on is not None and due_on <= lead.due_on:
                continue
            lead.due_on = None
            own.append(lead)
        change = DueDateChange(
            assignment=lead,
            old_due_on=old,
            new_due_on=due_on,
            reason=reason,
            by=by,
            by_label=by.label,
            recorded_on=today,
            recorded_at=now,
        )
        changes[task.pk].append(change)
    DueDateChange.objects.bulk_create(change for key in changes for change in changes[key])
    for task, due_on in moved.values():
        task.due_on = due_on
    save_many(own, ["due_on"], by)
    save_many(tasks, ["due_on"], by)
    tell_new_due_dates([(task, changes[task.pk]) for task in tasks], by, reason)
    return tasks


def locked_task(task: Task) -> Task:
    """The task with its row locked until the end of the transaction; NotNow once withdrawn."""
    return locked_tasks([task])[0]


def locked_tasks(tasks: Sequence[Task]) -> list[Task]:
    """The same for many, always locked in one order."""
    rows = Task.objects.select_for_update(of=("self",)).select_related("plan")
    found = {one.pk: one for one in rows.filter(pk__in=[t.pk for t in tasks]).order_by("pk")}
    for task in tasks:
        if task.pk not in found:
            raise Task.DoesNotExist
        require_kept(found[task.pk])
    return [found[task.pk] for task in tasks]
