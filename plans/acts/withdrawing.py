"""A task leaves its plan and stays in the history: withdrawn, merged into another, or split; and
comes back when that was wrong.

Nothing of what was recorded goes with it. From the day on it is in no list and no count; every day
before answers as it did, and so do the days without it once it is back.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from plans.acts.amending import amend, keep_change, keep_changes, require_administrator
from plans.acts.appendix import (
    Owner,
    add_task,
    assign_all,
    has_history,
    locked_task,
    locked_tasks,
    reasons_to_keep,
)
from plans.acts.arranging import copied, free_code, require_of_plan
from plans.acts.projection import project_all
from plans.acts.refusals import Invalid, NotNow
from plans.acts.telling import tell_restored, tell_withdrawn
from plans.appendix.amendment import Amendment, is_in_force
from plans.models import Absence, AssignmentRole, Measure, Task
from plans.texts import TextRefused, accepted
from units import clock
from units.models import Unit, UnitGroup, User
from units.models.field_history import delete_many, save_many

# How the history of a task calls its place in the plan.
PLACE = "Phụ lục"
IN_PLAN, WITHDRAWN = "có trong phụ lục", "đã rút khỏi phụ lục"
# Words that two tasks have together after they were merged.
JOINED = ("wording", "product")


@dataclass(frozen=True)
class Half:
    """What a task is split off: its words and who leads it."""

    title: str
    wording: str
    leads: Sequence[Unit]


def withdraw_task(*, task: Task, by: User, reason: str, successors: Sequence[Task] = ()) -> Task:
    """Take a task out of its plan from today on, whatever was recorded of it."""
    return withdraw_all(gone=[(task, successors)], by=by, reason=reason)[0]


def withdraw_all(
    *, gone: Sequence[tuple[Task, Sequence[Task]]], by: User, reason: str
) -> list[Task]:
    """The same for many tasks, each with its successors, in a fixed number of queries and one for
    each that has any."""
    require_administrator(by)
    reason = _checked({"reason": reason}, by_field=_REASON)["reason"]
    with transaction.atomic():
        tasks = locked_tasks([task for task, _ in gone])
        left = [(task, list(after)) for task, (_, after) in zip(tasks, gone, strict=True)]
        today = clock.today()
        for task in tasks:
            task.withdrawn_on = today
            task._change_reason = reason  # type: ignore[attr-defined]
        save_many(tasks, ["withdrawn_on"], by)
        changes = []
        for task, successors in left:
            if successors:
                task.successors.add(*successors)
            codes = ", ".join(one.code for one in successors)
            after = f"{WITHDRAWN}, thay bằng {codes}" if codes else WITHDRAWN
            changes.append((task, [(PLACE, IN_PLAN, after)]))
        keep_changes(changes, by, reason)
        project_all(tasks)
        tell_withdrawn(left, by, reason)
        return tasks


def restore_task(*, task: Task, by: User, reason: str) -> Task:
    """Put a withdrawn task back into its plan from today on: it goes on where it stood. The days
    in between stay without it."""
    require_administrator(by)
    reason = _checked({"reason": reason}, by_field=_REASON)["reason"]
    with transaction.atomic():
        tasks = Task.objects.select_for_update(of=("self",)).select_related("plan")
        task = tasks.get(pk=task.pk)
        if task.withdrawn_on is None:
            raise NotNow(f"Nhiệm vụ {task.code} đang có trong phụ lục nên không cần khôi phục.")
        today = clock.today()
        Absence.objects.create(task=task, withdrawn_on=task.withdrawn_on, restored_on=today)
        task.withdrawn_on = None
        task._change_reason = reason  # type: ignore[attr-defined]
        task.save(update_fields=["withdrawn_on"])
        keep_change(task, [(PLACE, WITHDRAWN, IN_PLAN)], by, reason)
        project_all([task], back_on=today)
        tell_restored(task, by, reason)
        return task


def take_out(*, tasks: Sequence[Task], by: User, reason: str = "") -> None:
    """Tasks that are missing in a workbook leave the appendix: deleted when nothing points at them,
    else withdrawn. In a fixed number of queries."""
    require_administrator(by)
    with transaction.atomic():
        tasks = locked_tasks(tasks)
        held = reasons_to_keep(tasks)
        kept = [(task, ()) for task in tasks if task.pk in held]
        if kept:
            withdraw_all(gone=kept, by=by, reason=reason)
        rest = [task for task in tasks if task.pk not in held]
        if not reason.strip() and any(is_in_force(task.plan) for task in rest):
            raise Invalid({"reason": "Đồng chí ghi lý do rút nhiệm vụ khỏi phụ lục."})
        delete_many(Task.objects.filter(pk__in=[task.pk for task in rest]), by)


def merge_tasks(
    *, kept: Task, gone: Task, by: User, words: Mapping[str, str], reason: str, seen: Sequence[int]
) -> Task:
    """Two tasks become one: `kept` goes on with its progress and gets `words` and the units of
    `gone`, which is withdrawn and names it. `seen` as `seen_of` said when the form was opened."""
    require_administrator(by)
    checked = _checked({**words, "reason": reason}, by_field=_REASON | _WORDING)
    if kept.pk == gone.pk or kept.plan_id != gone.plan_id:
        raise NotNow("Đồng chí chọn hai nhiệm vụ khác nhau của cùng một kế hoạch để gộp.")
    with transaction.atomic():
        first, second = sorted((kept, gone), key=lambda one: one.pk)  # always locked in one order
        locked = {one.pk: locked_task(one) for one in (first, second)}
        kept, gone = locked[kept.pk], locked[gone.pk]
        require_of_plan(kept, gone)
        _require_seen((kept, gone), seen)
        reason = checked.pop("reason")
        changed = {name: text for name, text in checked.items() if text != getattr(kept, name)}
        leads, supports = parts_together(kept, gone)
        now = {role: _parts(kept, role) for role in AssignmentRole}
        amend(
            task=kept,
            by=by,
            amendment=Amendment(
                words=changed,
                leads=leads if leads != now[AssignmentRole.LEAD] else None,
                supports=supports if supports != now[AssignmentRole.SUPPORT] else None,
            ),
            reason=reason,
        )
        keep_change(kept, [("Gộp nhiệm vụ", kept.code, f"{kept.code} và {gone.code}")], by, reason)
        _take_measures(kept, gone)
        withdraw_task(task=gone, by=by, reason=reason, successors=[kept])
        return kept


def split_task(
    *,
    task: Task,
    by: User,
    wording: str,
    half: Half,
    reason: str,
    seen: Sequence[int],
    request_key: uuid.UUID,
) -> Task:
    """One task becomes two: it goes on with its progress and `wording`; `half` is a new task right
    after it, with the same deadline and supports, of which nothing was reported yet."""
    require_administrator(by)
    texts = {"reason": reason, "wording": wording, "title": half.title, "half": half.wording}
    checked = _checked(texts, by_field=_REASON | _WORDING | _TITLE | _HALF)
    if not half.leads:
        raise Invalid({"leads": "Đồng chí chọn đơn vị chủ trì của nhiệm vụ mới."})
    with transaction.atomic():
        task = locked_task(task)
        if earlier := Task.objects.filter(register_key=request_key).first():
            return earlier
        require_of_plan(task)
        _require_seen((task,), seen)
        reason = checked["reason"]
        if checked["wording"] != task.wording:
            words = {"wording": checked["wording"]}
            amend(task=task, by=by, amendment=Amendment(words=words), reason=reason)
        made = copied(task, request_key)
        made.title, made.wording = checked["title"], checked["half"]
        add_task(task=made)
        made.references.set(task.references.all())
        leads = {unit.pk for unit in half.leads}
        supports = [one for one in _parts(task, AssignmentRole.SUPPORT) if one[0].pk not in leads]
        parts: list[tuple[str, Owner, int]] = [
            (AssignmentRole.LEAD, unit, place) for place, unit in enumerate(half.leads, 1)
        ]
        parts += [(AssignmentRole.SUPPORT, named, place) for place, named in enumerate(supports, 1)]
        assign_all(task=made, parts=parts, assigned_on=clock.today())
        task.successors.add(made)
        both = f"{task.code} và {made.code}"
        keep_change(task, [("Tách nhiệm vụ", task.code, both)], by, reason)
        keep_change(made, [("Tách nhiệm vụ", task.code, both)], by, reason)
        return made


def seen_of(tasks: Sequence[Task]) -> list[int]:
    """What of the history of tasks a person has before their eyes, to be sent with the form."""
    return [
        Task.history.filter(id=task.pk).values_list("history_id", flat=True).first() or 0
        for task in tasks
    ]


def parts_together(
    kept: Task, gone: Task
) -> tuple[list[tuple[Unit, UnitGroup | None]], list[tuple[Unit, UnitGroup | None]]]:
    """Who leads and who supports when two tasks become one: each unit once. Whoever leads either
    leads both, unless what it supported before stands in the history."""
    leads = _parts(kept, AssignmentRole.LEAD)
    stays = {one.unit_id for one in kept.assignments.supports() if has_history(one)}
    taken = {unit.pk for unit, _ in leads} | stays
    for part in _parts(gone, AssignmentRole.LEAD):
        if part[0].pk not in taken and part[0].is_active:
            leads.append(part)
            taken.add(part[0].pk)
    supports: list[tuple[Unit, UnitGroup | None]] = []
    taken -= stays
    for one in (kept, gone):
        for part in _parts(one, AssignmentRole.SUPPORT):
            if part[0].pk not in taken and (one is kept or part[0].is_active):
                supports.append(part)
                taken.add(part[0].pk)
    return leads, supports


def _parts(task: Task, role: str) -> list[tuple[Unit, UnitGroup | None]]:
    return [(one.unit, one.group) for one in task.assignments.in_order() if one.role == role]


def _take_measures(kept: Task, gone: Task) -> None:
    """The targets of `gone` become targets of `kept`, which has those of both once. What was
    reported stays with `gone` and is read on in `kept` (`Measure.merged_into`)."""
    there = list(kept.measures.order_by("position"))
    codes = {one.code for one in there}
    place = max((one.position for one in there), default=0)
    for old in gone.measures.order_by("position"):
        new = Measure.objects.get(pk=old.pk)
        new.pk, new._state.adding, new.task = None, True, kept
        if new.criterion and new.criterion.block_id != kept.block_id:
            new.criterion = None
        same = next((one for one in there if one.is_same_as(new)), None)
        if same is None:
            place += 1
            new.position, new.code = place, free_code(new.code, codes)
            codes.add(new.code)
            new.save()
            same = new
        elif same.baseline is None and new.baseline is not None:
            same.baseline = new.baseline
            same.save(update_fields=["baseline"])
        for one in (old, *old.merged_from.all()):
            one.merged_into = same
            one.save(update_fields=["merged_into"])


def _require_seen(tasks: Sequence[Task], seen: Sequence[int]) -> None:
    if list(seen) != seen_of(tasks):
        raise NotNow(
            "Người khác vừa sửa nhiệm vụ này sau khi đồng chí mở trang. Chưa có gì được ghi: "
            "đồng chí xem nội dung mới ở phần trên rồi gửi lại."
        )


_REASON = {"reason": "Đồng chí ghi lý do; lý do được lưu trong lịch sử nhiệm vụ."}
_WORDING = {"wording": "Đồng chí ghi nội dung của nhiệm vụ được giữ."}
_TITLE = {"title": "Đồng chí ghi tên gọi ngắn của nhiệm vụ mới."}
_HALF = {"half": "Đồng chí ghi nội dung của nhiệm vụ mới."}


def _checked(texts: Mapping[str, str], by_field: Mapping[str, str]) -> dict[str, str]:
    """The cleaned texts; Invalid with a message for each that must be there and is not."""
    cleaned, errors = {}, {}
    for name, text in texts.items():
        try:
            cleaned[name] = accepted(text)
        except TextRefused as refused:
            errors[name] = str(refused)
        else:
            if not cleaned[name] and name in by_field:
                errors[name] = by_field[name]
    if errors:
        raise Invalid(errors)
    return cleaned
