"""The appendix changes: which tasks, who leads, who supports, until when."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F, Max

from plans.acts.projection import project, project_new
from plans.acts.recording import current_state, require_kept
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.acts.telling import tell_new_due_date
from plans.appendix.history import parts_with_history, tasks_with_history
from plans.models import Assignment, DueDateChange, MatterTask, Task
from plans.rules import may_move_due_date
from plans.states import ENDED
from units import clock
from units.models import Unit, UnitGroup, User
from units.models.field_history import create_many


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


def remove_task(*, task: Task) -> None:
    """Take a task out of its plan on which nobody has recorded anything."""
    with transaction.atomic():
        task = locked_task(task)
        if words := why_kept(task):
            raise NotNow(words)
        task.delete()


def why_kept(task: Task) -> str:
    """Why a task stays in the history and can only be withdrawn; "" when no record points at it."""
    held = parts_with_history(task.assignments.all())
    if held:
        return kept_because(task.assignments.select_related("unit", "task").get(pk=min(held)))
    if MatterTask.objects.filter(task=task).exists():
        return (
            f"Nhiệm vụ {task.code} đã có ý kiến chỉ đạo, đôn đốc hoặc khó khăn được ghi nên "
            "không bỏ được; lịch sử phải được giữ."
        )
    if tasks_with_history(Task.objects.filter(pk=task.pk)):
        return (
            f"Nhiệm vụ {task.code} đã được sửa sau khi giao, được kiểm tra, chuẩn bị hoặc nhắc "
            "đến trong báo cáo nên không bỏ được; lịch sử phải được giữ."
        )
    return ""


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
        assignment = _part(task, unit, role, group, position, clock.today())
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
        made = []
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
                    made.append(_part(task, unit, role, group, position, assigned_on))
        project(task)
        return made


def _part(
    task: Task,
    unit: Unit,
    role: str,
    group: UnitGroup | None,
    position: int,
    assigned_on: dt.date,
) -> Assignment:
    existing = task.assignments.filter(unit=unit).first()
    if existing is None:
        return Assignment.objects.create(
            task=task,
            unit=unit,
            role=role,
            group=group,
            position=position,
            assigned_on=assigned_on,
        )
    if existing.role != role:
        _require_no_history(existing)
        existing.standings.all().delete()
        existing.role, existing.group = role, group
        existing.assigned_on = assigned_on
        existing.save(update_fields=["role", "group", "assigned_on"])
    return existing


def unassign(*, assignment: Assignment) -> None:
    """Take a part back from a unit that has not recorded anything yet."""
    with transaction.atomic():
        task = locked_task(assignment.task)
        assignment = task.assignments.get(pk=assignment.pk)
        _require_no_history(assignment)
        assignment.delete()
        project(task)


def has_history(assignment: Assignment) -> bool:
    """Whether something was recorded of the part or prepared for it, or its deadline was moved or
    asked to be."""
    return bool(parts_with_history(Assignment.objects.filter(pk=assignment.pk)))


def kept_because(assignment: Assignment) -> str:
    """Why a part with history can neither be taken back nor get another role."""
    return (
        f"{assignment.unit} đã có cập nhật hoặc thay đổi thời hạn trong nhiệm vụ "
        f"{assignment.task.code} nên không bỏ hoặc đổi vai trò được; lịch sử phải được giữ."
    )


def _require_no_history(assignment: Assignment) -> None:
    if has_history(assignment):
        raise NotNow(kept_because(assignment))


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
        if task.due_on == due_on:
            return task
        if due_on is not None and due_on < task.plan.starts_on:
            raise Invalid({"due_on": "Thời hạn không được trước ngày kế hoạch bắt đầu."})
        changes = []
        for lead in task.assignments.leads():
            kept = lead.due_on or task.due_on
            if kept is not None and current_state(lead) in ENDED:
                lead.due_on = kept
                lead.save(update_fields=["due_on"])
                continue
            if lead.due_on is not None and due_on is not None and due_on <= lead.due_on:
                continue
            old = lead.due_on or task.due_on
            if lead.due_on is not None:
                lead.due_on = None
                lead.save(update_fields=["due_on"])
            change = DueDateChange.objects.create(
                assignment=lead,
                old_due_on=old,
                new_due_on=due_on,
                reason=reason,
                by=by,
                by_label=by.label,
                recorded_on=clock.today(),
                recorded_at=clock.now(),
            )
            changes.append(change)
        task.due_on = due_on
        task.save(update_fields=["due_on"])
        project(task)
        tell_new_due_date(task, changes, by, reason)
        return task


def locked_task(task: Task) -> Task:
    """The task with its row locked until the end of the transaction; NotNow once withdrawn."""
    task = Task.objects.select_for_update(of=("self",)).select_related("plan").get(pk=task.pk)
    require_kept(task)
    return task
