"""A task that was given is changed: its words, who leads and supports, until when.

What changed, from what to what, and why stays in the task's history (TaskChange, DueDateChange).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db import models, transaction

from plans.acts.appendix import assign, locked_task, move_due_date, unassign
from plans.acts.refusals import Invalid, NotYours
from plans.appendix.amendment import Amendment, is_in_force
from plans.models import AssignmentRole, Task, TaskChange
from plans.rules import is_administrator
from units import clock
from units.models import Unit, UnitGroup, User

# The words of a task that can be amended.
WORDS = (
    "code",
    "number",
    "title",
    "wording",
    "due_words",
    "lead_words",
    "support_words",
    "product",
    "shortcoming",
    "note",
    "kind",
)


def amend(*, task: Task, by: User, amendment: Amendment, reason: str = "") -> Task:
    """Change a task; nothing of its progress is lost. A part with history cannot be taken back."""
    require_administrator(by)
    with transaction.atomic():
        task = locked_task(task)
        if amendment.needs_reason and is_in_force(task.plan) and not reason.strip():
            raise Invalid({"reason": "Kế hoạch đang thực hiện: đồng chí ghi lý do thay đổi."})
        changes = _words(task, amendment.words)
        staying = {
            unit.pk for parts in (amendment.leads, amendment.supports) for unit, _ in parts or ()
        }
        changes += _parts(task, AssignmentRole.LEAD, amendment.leads, staying)
        changes += _parts(task, AssignmentRole.SUPPORT, amendment.supports, staying)
        if amendment.due is not None:
            if not task.assignments.leads().exists():
                changes.append(("Thời hạn", _day(task.due_on), _day(amendment.due[0])))
            move_due_date(task=task, due_on=amendment.due[0], by=by, reason=reason)
        give(task=task, amendment=amendment)
        if changes:
            keep_change(task, changes, by, reason)
        return task


def require_administrator(by: User) -> None:
    """NotYours for everybody else: who keeps the appendix."""
    if not is_administrator(by):
        raise NotYours("Phụ lục của kế hoạch do quản trị sửa.")


def keep_change(task: Task, changes: Sequence[tuple[str, str, str]], by: User, reason: str) -> None:
    """Add (what, before, after) to the history of a task."""
    TaskChange.objects.create(
        task=task,
        changes=[list(change) for change in changes],
        reason=reason,
        by=by,
        by_label=by.label,
        recorded_on=clock.today(),
        recorded_at=clock.now(),
    )


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
    staying: set[int],
) -> list[_Change]:
    """Take back the parts that nobody has afterwards; returns what the parts become. A unit that
    gets the other role keeps its part (`give`)."""
    if wanted is None:
        return []
    now = [one for one in task.assignments.in_order() if one.role == role]
    for one in now:
        if one.unit_id not in staying:
            unassign(assignment=one)
    before = _named((one.unit, one.group) for one in now)
    return [(str(role.label), before, _named(wanted))]


def give(*, task: Task, amendment: Amendment) -> None:
    """Give its parts to everyone who has none yet, or the other role. After the deadline was moved:
    a new lead has no older deadline in its history."""
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
        for position, (unit, group) in enumerate(wanted, 1):
            if unit.pk not in has:
                assign(task=task, unit=unit, role=role, group=group, position=position)


def _named(parts: Any) -> str:
    named = dict.fromkeys((group or unit).name for unit, group in parts)
    return "; ".join(named) or "(không có)"


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "không hạn"
