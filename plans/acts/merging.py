"""A unit becomes part of another: from then on the other does the work that is still owed.

Who leads and supports is amended task by task, with the reason. What the unit said of a task stays
its own: such a part is not taken back (plans/acts/appendix.py), the other unit gets a part beside
it, and the leadership stops the old one.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal
from django.urls import reverse

from plans.acts.amending import amend, require_administrator
from plans.acts.appendix import has_history, locked_task
from plans.acts.reasons import checked_reason
from plans.acts.recording import current_state
from plans.acts.refusals import NotNow
from plans.appendix.amendment import Amendment
from plans.appendix.owed import still_owed
from plans.models import Assignment, AssignmentRole, Plan, Prepared, Task
from plans.states import State
from units import merging
from units.accounts.refusals import Refused
from units.models import Role, Unit, UnitGroup, User
from units.notices import tell

# Sent inside the transaction with the merged `unit`, for apps that plans may not know.
units_merged = Signal()

_Parts = list[tuple[Unit, UnitGroup | None]]


@dataclass
class Handed:
    """What became of the tasks: `given` to the other unit; of those `to_stop` the old part has a
    history, and the leadership stops it; `left` are as they were: a claim waits for its decision,
    or what the other unit said as a support keeps it from leading."""

    given: list[Task] = field(default_factory=list)
    to_stop: list[Task] = field(default_factory=list)
    left: list[Task] = field(default_factory=list)


def merge_units(
    *,
    unit: Unit,
    into: Unit,
    on: dt.date,
    by: User,
    reason: str,
    hand_over: bool,
    move_people: bool,
) -> Handed:
    """`unit` is part of `into` from the day `on`; with `hand_over` all that it still owes goes
    along. All of it or nothing."""
    require_administrator(by)
    reason = checked_reason(reason, history="nhiệm vụ")
    with transaction.atomic():
        try:
            merged = merging.merge(unit=unit, into=into, on=on, by=by, move_people=move_people)
        except Refused as refused:
            raise NotNow(str(refused)) from refused
        units_merged.send(sender=None, unit=merged, by=by)
        return hand_over_tasks(unit=unit, by=by, reason=reason) if hand_over else Handed()


def hand_over_tasks(*, unit: Unit, by: User, reason: str) -> Handed:
    """Everything that a merged unit still owes is given to the unit that it went into. Can be done
    again for what had to wait."""
    require_administrator(by)
    reason = checked_reason(reason, history="nhiệm vụ")
    with transaction.atomic():
        unit = Unit.objects.select_related("merged_into").get(pk=unit.pk)
        if unit.merged_into is None:
            raise NotNow(f"{unit} chưa nhập vào đơn vị nào.")
        handed = Handed()
        of_unit = Q(unit=unit, task__withdrawn_on=None)
        parts = Assignment.objects.filter(still_owed(of_unit)).select_related("task")
        for part in parts.order_by("task"):
            _hand_over(locked_task(part.task), unit, unit.merged_into, by, reason, handed)
        if handed.to_stop:
            tell(
                User.objects.filter(role=Role.LEADERSHIP, is_active=True),
                f"{unit} đã nhập vào {unit.merged_into}, phần đã có tiến độ chờ Lãnh đạo Sở cho "
                f"dừng: {codes(handed.to_stop)}.",
                reverse("task-list"),
                by=by,
            )
        return handed


def codes(tasks: Sequence[Task]) -> str:
    """Which tasks these are: their codes, which are unique inside one plan, with the plan where
    there are several."""
    of_plan: dict[int, list[str]] = defaultdict(list)
    for task in tasks:
        of_plan[task.plan_id].append(task.code)
    if len(of_plan) == 1:
        return ", ".join(task.code for task in tasks)
    plans = Plan.objects.in_bulk(of_plan)
    return "; ".join(
        f"{', '.join(each)} ({plans[plan].short_title})" for plan, each in of_plan.items()
    )


def _hand_over(task: Task, unit: Unit, into: Unit, by: User, reason: str, handed: Handed) -> None:
    parts = list(task.assignments.in_order())
    [own] = [part for part in parts if part.unit_id == unit.pk]
    other = next((part for part in parts if part.unit_id == into.pk), None)
    if own.is_lead and (
        current_state(own) == State.AWAITING
        or (other is not None and not other.is_lead and has_history(other))
    ):
        handed.left.append(task)
        return
    stays = has_history(own)
    if stays and own.is_lead:
        handed.to_stop.append(task)
    amendment = _amendment(parts, own, other, into, stays=stays)
    if amendment is not None:
        amend(task=task, by=by, amendment=amendment, reason=reason)
        handed.given.append(task)
    _hand_over_prepared(own, into)


def _hand_over_prepared(own: Assignment, into: Unit) -> None:
    """What was prepared and not sent goes to the part of the other unit, whose head sends it. Two
    prepared updates of one task are not made one: which to send is for people to say."""
    prepared = Prepared.objects.filter(assignment=own.pk).first()
    if prepared is None or prepared.says_unchanged:  # holds no words of its own
        return
    heir = Assignment.objects.get(task=own.task_id, unit=into)
    if heir.role != own.role or Prepared.objects.filter(assignment=heir).exists():
        raise NotNow(
            f"Cả {own.unit} và {into} có cập nhật đã chuẩn bị ở nhiệm vụ {own.task.code}, hoặc "
            "khác vai trò, nên không chuyển được. Đồng chí đề nghị lãnh đạo đơn vị gửi trước khi "
            "nhập; chưa có gì được ghi."
        )
    prepared.assignment, prepared.seen = heir, heir.sequence
    prepared.save(update_fields=["assignment", "seen"])


def _amendment(
    parts: list[Assignment], own: Assignment, other: Assignment | None, into: Unit, *, stays: bool
) -> Amendment | None:
    """`into` in the place of the part; None when it does that already (`other`) and the part
    stays."""
    if stays and other is not None and (other.is_lead or not own.is_lead):
        return None
    leads, supports = (
        _with(parts, own, into, role=role, stays=stays)
        for role in (AssignmentRole.LEAD, AssignmentRole.SUPPORT)
    )
    if own.is_lead:
        supports = [named for named in supports if named[0] != into]
    now = {
        role: [(part.unit, part.group) for part in parts if part.role == role]
        for role in AssignmentRole
    }
    return Amendment(
        leads=leads if leads != now[AssignmentRole.LEAD] else None,
        supports=supports if supports != now[AssignmentRole.SUPPORT] else None,
    )


def _with(
    parts: list[Assignment], own: Assignment, into: Unit, *, role: AssignmentRole, stays: bool
) -> _Parts:
    """Everyone with this role afterwards; a unit that leads is not also listed as supporting."""
    leads = {part.unit_id for part in parts if part.is_lead}
    named: _Parts = []
    for part in parts:
        if part.role != role:
            continue
        if part.pk != own.pk:
            named.append((part.unit, part.group))
            continue
        if stays:
            named.append((part.unit, part.group))
        has_it = any(one.unit_id == into.pk and one.role == role for one in parts)
        if not has_it and (role == AssignmentRole.LEAD or into.pk not in leads):
            named.append((into, None))
    return named
