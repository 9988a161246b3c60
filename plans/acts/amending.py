"""A task that was given is changed: its words, who leads and supports, until when.

What changed, from what to what, and why stays in the task's history (TaskChange, DueDateChange).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, cast

from django.db import models, transaction

from plans.acts.appendix import (
    Part,
    give_parts,
    locked_task,
    locked_tasks,
    parts_of,
    set_due_dates,
    take_back,
)
from plans.acts.projection import project_all
from plans.acts.refusals import Invalid, NotYours
from plans.appendix.amendment import Amendment, is_in_force
from plans.models import Assignment, AssignmentRole, Task, TaskChange
from plans.rules import is_administrator
from units import clock
from units.models import Unit, UnitGroup, User
from units.models.field_history import save_many

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
    return amend_all(amendments=[(task, amendment)], by=by, reason=reason)[0]


def amend_all(
    *, amendments: Sequence[tuple[Task, Amendment]], by: User, reason: str = ""
) -> list[Task]:
    """The same for many tasks, each of them once, in a fixed number of queries."""
    require_administrator(by)
    with transaction.atomic():
        tasks = locked_tasks([task for task, _ in amendments])
        wanted = [(task, one) for task, (_, one) in zip(tasks, amendments, strict=True)]
        if any(one.needs_reason and is_in_force(task.plan) for task, one in wanted):
            require_reason(reason)
        changes = _words(wanted, by)
        led = _parts(wanted, changes, by)
        for task, one in wanted:
            if one.due is not None and task.pk not in led:
                changes[task.pk].append(("Thời hạn", _day(task.due_on), _day(one.due[0])))
        set_due_dates(
            [(task, one.due[0]) for task, one in wanted if one.due is not None], by, reason
        )
        _give(wanted, by)
        of_standings = [task for task, one in wanted if one.due or _roles(one)]
        project_all(of_standings)
        keep_changes([(task, changes[task.pk]) for task in tasks if changes[task.pk]], by, reason)
        return tasks


def require_administrator(by: User) -> None:
    """NotYours for everybody else: who keeps the appendix."""
    if not is_administrator(by):
        raise NotYours("Phụ lục của kế hoạch do quản trị sửa.")


def require_reason(reason: str) -> None:
    """Invalid without one: units work by the plan already."""
    if not reason.strip():
        raise Invalid({"reason": "Kế hoạch đang thực hiện: đồng chí ghi lý do thay đổi."})


# What, before, after.
_Change = tuple[str, str, str]
_Wanted = Sequence[tuple[Task, Amendment]]
_Changes = dict[int, list[_Change]]


def keep_change(task: Task, changes: Sequence[_Change], by: User, reason: str) -> None:
    """Add (what, before, after) to the history of a task."""
    keep_changes([(task, changes)], by, reason)


def keep_changes(changed: Sequence[tuple[Task, Sequence[_Change]]], by: User, reason: str) -> None:
    """The same for many tasks. One query."""
    today, now = clock.today(), clock.now()
    TaskChange.objects.bulk_create(
        TaskChange(
            task=task,
            changes=[list(change) for change in changes],
            reason=reason,
            by=by,
            by_label=by.label,
            recorded_on=today,
            recorded_at=now,
        )
        for task, changes in changed
    )


def _words(wanted: _Wanted, by: User) -> _Changes:
    """Write the words; returns for each task, by its key, what changed."""
    changes: _Changes = {}
    changed, names = [], {"search"}
    for task, amendment in wanted:
        found = changes[task.pk] = []
        for name in WORDS:
            if name in amendment.words and amendment.words[name] != getattr(task, name):
                title = str(cast("models.Field", Task._meta.get_field(name)).verbose_name)
                title = title[:1].upper() + title[1:]
                before = _shown(task, name)
                setattr(task, name, amendment.words[name])
                found.append((title, before, _shown(task, name)))
                names.add(name)
        if found:
            task.make_searchable()
            changed.append(task)
    save_many(changed, names, by)
    return changes


def _shown(task: Task, name: str) -> str:
    display: Any = getattr(task, f"get_{name}_display", None)
    return str(display() if display else getattr(task, name)) or "(trống)"


def _parts(wanted: _Wanted, changes: _Changes, by: User) -> set[int]:
    """Take back the parts that nobody has afterwards, and note what the parts become. A unit that
    gets the other role keeps its part (`_give`). Returns the keys of tasks that still have a lead.
    """
    has: dict[int, list[Assignment]] = defaultdict(list)
    for part in parts_of([task for task, _ in wanted]):
        has[part.task_id].append(part)
    gone = []
    led = set()
    for task, amendment in wanted:
        staying = {unit.pk for _, parts in _roles(amendment) for unit, _ in parts}
        roles = dict(_roles(amendment))
        for part in has[task.pk]:
            if AssignmentRole(part.role) in roles and part.unit_id not in staying:
                gone.append(part)
            elif part.is_lead:
                led.add(task.pk)
        for role, parts in roles.items():
            before = _named((part.unit, part.group) for part in has[task.pk] if part.role == role)
            changes[task.pk].append((str(role.label), before, _named(parts)))
    take_back(gone, by)
    return led


def give(*, task: Task, amendment: Amendment) -> None:
    """Give its parts to everyone who has none yet, or the other role. After the deadline was moved:
    a new lead has no older deadline in its history."""
    with transaction.atomic():
        task = locked_task(task)
        _give([(task, amendment)])
        project_all([task])


def _give(wanted: _Wanted, by: User | None = None) -> None:
    given: list[tuple[Task, list[Part]]] = [
        (
            task,
            [
                (role, unit, group, position)
                for role, parts in _roles(amendment)
                for position, (unit, group) in enumerate(parts, 1)
            ],
        )
        for task, amendment in wanted
    ]
    give_parts(given, assigned_on=clock.today(), by=by)


def _roles(
    amendment: Amendment,
) -> list[tuple[AssignmentRole, Sequence[tuple[Unit, UnitGroup | None]]]]:
    """The roles whose parts are to be given anew, each with who has it afterwards."""
    both = (
        (AssignmentRole.LEAD, amendment.leads),
        (AssignmentRole.SUPPORT, amendment.supports),
    )
    return [(role, parts) for role, parts in both if parts is not None]


def _named(parts: Any) -> str:
    named = dict.fromkeys((group or unit).name for unit, group in parts)
    return "; ".join(named) or "(không có)"


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "không hạn"
