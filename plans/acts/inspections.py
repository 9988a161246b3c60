"""An inspection is recorded, what it found, what must follow, what was done about it (S7–S9)."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from config.vietnamese.text import clean_line
from plans.acts.matters import (
    checked_words,
    day_errors,
    document_errors,
    due_errors,
    locked_plan,
    open_matter,
    opened_before,
    people_of,
    sent_before,
)
from plans.acts.refusals import Invalid, NotYours
from plans.models import (
    Finding,
    InspectedTask,
    InspectedUnit,
    Inspection,
    Plan,
    Remedy,
    Sanction,
    Task,
)
from plans.moves import MatterKind, Party
from plans.rules import may_inspect, may_see_sanctions
from units import clock
from units.models import Unit, User
from units.notices import tell

_NOT_YOURS = "Kiểm tra do Văn phòng hoặc Lãnh đạo Sở ghi."


@dataclass(frozen=True)
class Remedying:
    """What must follow from a finding: how, what, by which unit, until when; all of it needed."""

    means: str
    words: str
    unit: Unit | None
    due_on: dt.date | None


def record_inspection(
    *,
    plan: Plan,
    by: User,
    held_on: dt.date | None,
    scope: str,
    units: Sequence[Unit],
    request_key: uuid.UUID,
    tasks: Sequence[Task] = (),
    document_number: str = "",
    document_date: dt.date | None = None,
) -> Inspection:
    """An inspection on a day, of units and tasks of the plan (S7)."""
    if not may_inspect(by):
        raise NotYours(_NOT_YOURS)
    with transaction.atomic():
        plan = locked_plan(plan)
        if earlier := sent_before(Inspection, request_key, by):
            return earlier
        scope, errors = checked_words(scope, "Đồng chí ghi phạm vi, nội dung kiểm tra.", "scope")
        errors |= day_errors(plan, held_on, "held_on", "ngày kiểm tra")
        errors |= document_errors(document_number, document_date)
        if not units:
            errors["units"] = "Đồng chí chọn ít nhất một đơn vị được kiểm tra."
        if errors:
            raise Invalid(errors)
        assert held_on is not None
        inspection = Inspection.objects.create(
            plan=plan,
            held_on=held_on,
            scope=scope,
            document_number=clean_line(document_number),
            document_date=document_date,
            request_key=request_key,
            by=by,
            by_label=by.label,
            recorded_on=clock.today(),
            recorded_at=clock.now(),
        )
        InspectedUnit.objects.bulk_create(
            InspectedUnit(inspection=inspection, unit=unit) for unit in units
        )
        InspectedTask.objects.bulk_create(
            InspectedTask(inspection=inspection, task=task) for task in tasks
        )
        return inspection


def record_finding(
    *,
    inspection: Inspection,
    by: User,
    words: str,
    remedy: Remedying,
    request_key: uuid.UUID,
    unit: Unit | None = None,
) -> Remedy:
    """What an inspection found, together with the first thing that must follow from it (S9)."""
    if not may_inspect(by):
        raise NotYours(_NOT_YOURS)
    with transaction.atomic():
        plan = locked_plan(inspection.plan)
        if earlier := opened_before(Remedy, request_key, by, remedy.words):
            return earlier[0]
        words, errors = checked_words(words, "Đồng chí ghi tồn tại, hạn chế.", "finding")
        if unit is not None and not inspection.unit_links.filter(unit=unit).exists():
            errors["finding_unit"] = "Đơn vị này không nằm trong cuộc kiểm tra."
        remedy_words, wrong = _checked(remedy)
        if errors | wrong:
            raise Invalid(errors | wrong)
        finding = Finding.objects.create(
            inspection=inspection,
            words=words,
            unit=unit,
            by=by,
            by_label=by.label,
            recorded_on=clock.today(),
            recorded_at=clock.now(),
        )
        return _open(finding, plan, remedy, remedy_words, by, request_key)


def add_remedy(*, finding: Finding, by: User, remedy: Remedying, request_key: uuid.UUID) -> Remedy:
    """One more thing that must follow from a finding."""
    if not may_inspect(by):
        raise NotYours(_NOT_YOURS)
    with transaction.atomic():
        plan = locked_plan(finding.inspection.plan)
        if earlier := opened_before(Remedy, request_key, by, remedy.words):
            return earlier[0]
        words, errors = _checked(remedy)
        if errors:
            raise Invalid(errors)
        return _open(finding, plan, remedy, words, by, request_key)


def _checked(remedy: Remedying) -> tuple[str, dict[str, str]]:
    words, errors = checked_words(remedy.words, "Đồng chí ghi biện pháp khắc phục.")
    errors |= due_errors(
        remedy.due_on, "Biện pháp khắc phục phải có thời hạn cụ thể (ngày/tháng/năm)."
    )
    if remedy.unit is None:
        errors["unit"] = "Đồng chí chọn đơn vị phải khắc phục."
    if remedy.means not in Remedy.Means:
        errors["means"] = "Đồng chí chọn chỉ đạo hay kiến nghị khắc phục."
    return words, errors


def _open(
    finding: Finding, plan: Plan, remedy: Remedying, words: str, by: User, key: uuid.UUID
) -> Remedy:
    made = Remedy(
        plan=plan,
        kind=MatterKind.REMEDY,
        unit=remedy.unit,
        words=words,
        due_on=remedy.due_on,
        request_key=key,
        finding=finding,
        means=remedy.means,
    )
    inspected = finding.inspection.task_links.filter(task__assignments__unit=made.unit)
    tasks = Task.objects.filter(pk__in=inspected.values("task"))
    open_matter(made, tasks=tasks, by=by)
    tell(
        people_of(made.unit, {Party.UNIT}),
        f"{made.get_means_display()}: {made.words}",
        made.get_absolute_url(),
        by=by,
    )
    return made


def record_sanction(
    *,
    inspection: Inspection,
    by: User,
    measure: str,
    against: str,
    taken_on: dt.date | None,
    request_key: uuid.UUID,
    words: str = "",
) -> Sanction:
    """What was done about failings (S8): nobody else is told of it, and no notice names it."""
    if not may_see_sanctions(by):
        raise NotYours("Chỉ Văn phòng và Lãnh đạo Sở ghi việc xử lý.")
    with transaction.atomic():
        locked_plan(inspection.plan)
        if earlier := sent_before(Sanction, request_key, by):
            return earlier
        against = clean_line(against)
        words, errors = checked_words(words)
        errors |= day_errors(inspection.plan, taken_on, "taken_on", "ngày xử lý")
        if not against or len(against) > 200:
            errors["against"] = "Đồng chí ghi đơn vị hoặc cá nhân (họ tên, chức vụ) bị xử lý."
        if measure not in Sanction.Measure:
            errors["measure"] = "Đồng chí chọn hình thức xử lý."
        if errors:
            raise Invalid(errors)
        assert taken_on is not None
        return Sanction.objects.create(
            inspection=inspection,
            measure=measure,
            against=against,
            taken_on=taken_on,
            words=words,
            request_key=request_key,
            by=by,
            by_label=by.label,
            recorded_on=clock.today(),
            recorded_at=clock.now(),
        )
