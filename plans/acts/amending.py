"""A task that was given is changed: its words, who leads and supports, until when.

What changed, from what to what, and why stays in the task's history (TaskChange, DueDateChange).
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db import models, transaction

from plans.acts.appendix import assign_all, move_due_date, remove_task, unassign
from plans.acts.projection import project
from plans.acts.recording import append, current_state
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.acts.telling import tell_decision
from plans.appendix.amendment import Amendment, is_in_force
from plans.appendix.history import tasks_with_history
from plans.models import Assignment, AssignmentRole, Task, TaskChange, UpdateKind
from plans.rules import is_administrator
from plans.states import ALLOWED_FROM, State
from units import clock
from units.models import Unit, UnitGroup, User

# The words of a task that can be amended.
WORDS = ("code", "wording", "due_words", "lead_words", "support_words", "product", "note", "kind")


def amend(*, task: Task, by: User, amendment: Amendment, reason: str = "") -> Task:
    """Change a task; nothing of its progress is lost. A part with history cannot be taken back."""
    if not is_administrator(by):
        raise NotYours("Phụ lục của kế hoạch do quản trị sửa.")
    with transaction.atomic():
        task = Task.objects.select_for_update(of=("self",)).select_related("plan").get(pk=task.pk)
        if amendment.needs_reason and is_in_force(task.plan) and not reason.strip():
            raise Invalid({"reason": "Kế hoạch đang thực hiện: đồng chí ghi lý do thay đổi."})
        changes = _words(task, amendment.words)
        changes += _parts(task, AssignmentRole.LEAD, amendment.leads)
        changes += _parts(task, AssignmentRole.SUPPORT, amendment.supports)
        if amendment.due is not None:
            if not task.assignments.leads().exists():
                changes.append(("Thời hạn", _day(task.due_on), _day(amendment.due[0])))
            move_due_date(task=task, due_on=amendment.due[0], by=by, reason=reason)
        _give(task, amendment)
        if changes:
            TaskChange.objects.create(
                task=task,
                changes=changes,
                reason=reason,
                by=by,
                by_label=by.label,
                recorded_on=clock.today(),
                recorded_at=clock.now(),
            )
        return task


def withdraw(*, task: Task, by: User, reason: str = "") -> None:
    """Take a task out of its plan. One that the history knows stays in it: the leads that still owe
    their part stop, with the reason ("dừng thực hiện"); the leadership can let them go on."""
    if not is_administrator(by):
        raise NotYours("Phụ lục của kế hoạch do quản trị sửa.")
    with transaction.atomic():
        task = Task.objects.select_for_update(of=("self",)).select_related("plan").get(pk=task.pk)
        has_history = bool(tasks_with_history(Task.objects.filter(pk=task.pk)))
        if (has_history or is_in_force(task.plan)) and not reason.strip():
            raise Invalid({"reason": "Đồng chí ghi lý do rút nhiệm vụ khỏi phụ lục."})
        if has_history:
            _stop(task, by, reason)
        else:
            remove_task(task=task)


def _stop(task: Task, by: User, reason: str) -> None:
    owing = [
        one
        for one in task.assignments.leads().select_related("unit")
        if current_state(one) in ALLOWED_FROM["stop"]
    ]
    if not owing:
        raise NotNow(
            f"Nhiệm vụ {task.code} đã có lịch sử và không còn phần nào đang thực hiện nên không "
            "rút được; lịch sử phải được giữ."
        )
    for lead in owing:
        lead.task = task
        update = append(
            lead,
            by=by,
            kind=UpdateKind.STOP,
            state=State.STOPPED,
            request_key=uuid.uuid4(),
            reason=f"Rút khỏi phụ lục: {reason.strip()}",
        )
        tell_decision(lead, update)
    project(task)


_Change = tuple[str, str, str]


def _words(task: Task, words: Mapping[str, str]) -> list[_Change]:
    changes = []
    for name in WORDS:
        if name in words and words[name] != getattr(task, name):
            title = str(cast("models.Field", Task._meta.get_field(name)).verbose_name)
            title = title[:1].upper() + title[1:]
            before = _shown(task, name)
            setattr(task, name, words[name])
            changes.append((title, before, _shown(task, name)))
    if changes:
        task.save(update_fields=list(words))
    return changes


def _shown(task: Task, name: str) -> str:
    display: Any = getattr(task, f"get_{name}_display", None)
    return str(display() if display else getattr(task, name)) or "(trống)"


def _parts(
    task: Task,
    role: AssignmentRole,
    wanted: Sequence[tuple[Unit, UnitGroup | None]] | None,
) -> list[_Change]:
    """Take back the parts that nobody has afterwards; returns what the parts become."""
    if wanted is None:
        return []
    now = [one for one in task.assignments.in_order() if one.role == role]
    units = {unit.pk for unit, _ in wanted}
    for one in now:
        if one.unit_id not in units:
            unassign(assignment=one)
    before = _named((one.unit, one.group) for one in now)
    return [(str(role.label), before, _named(wanted))]


def _give(task: Task, amendment: Amendment) -> None:
    """After the deadline was moved: a new lead has no older deadline in its history."""
    parts = [
        (role, wanted)
        for role, wanted in (
            (AssignmentRole.LEAD, amendment.leads),
            (AssignmentRole.SUPPORT, amendment.supports),
        )
        if wanted is not None
    ]
    for role, wanted in parts:
        has = set(task.assignments.filter(role=role).values_list("unit_id", flat=True))
        new = [(unit, group) for unit, group in wanted if unit.pk not in has]
        other = Assignment.objects.filter(task=task, unit__in=[unit for unit, _ in new])
        for assignment in other:
            unassign(assignment=assignment)
        assign_all(
            task=task,
            parts=[(role, unit, position) for position, (unit, _) in enumerate(wanted, 1)],
            assigned_on=clock.today(),
        )
        for unit, group in new:
            if group is not None:
                Assignment.objects.filter(task=task, unit=unit).update(group=group)


def _named(parts: Any) -> str:
    named = dict.fromkeys((group or unit).name for unit, group in parts)
    return "; ".join(named) or "(không có)"


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "không hạn"
