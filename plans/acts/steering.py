"""The leadership directs, the Office urges, units raise difficulties and bring the plan to all."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from config.vietnamese.numbers import format_decimal
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
from plans.acts.recording import require_begun
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.models import (
    Difficulty,
    Directive,
    Dissemination,
    Plan,
    ProgressUpdate,
    Task,
    Urging,
    UrgingForm,
)
from plans.moves import MatterKind, Party
from plans.rules import (
    is_leadership,
    may_direct,
    may_disseminate,
    may_raise,
    may_urge,
)
from units import clock
from units.models import Unit, User
from units.notices import tell


def give_directive(
    *,
    plan: Plan,
    by: User,
    giver: User | None,
    units: Sequence[Unit],
    words: str,
    given_on: dt.date | None,
    due_on: dt.date | None,
    request_key: uuid.UUID,
    tasks: Sequence[Task] = (),
    document_number: str = "",
    document_date: dt.date | None = None,
) -> list[Directive]:
    """The leadership directs one or several units, each of which answers for itself (3.5).

    The Office may record what the leadership wrote on a document: then its number is required.
    """
    if not may_direct(by):
        raise NotYours("Ý kiến chỉ đạo do Lãnh đạo Sở cho, hoặc Văn phòng ghi lại từ bút phê.")
    with transaction.atomic():
        plan = locked_plan(plan)
        if earlier := opened_before(Directive, request_key, by, words):
            return earlier
        giver = by if is_leadership(by) else giver
        words, errors = checked_words(words, "Đồng chí ghi nội dung chỉ đạo.")
        errors |= _units_errors(units)
        errors |= day_errors(plan, given_on, "given_on", "ngày chỉ đạo")
        errors |= due_errors(due_on, "Đồng chí ghi thời hạn thực hiện (ngày/tháng/năm).")
        errors |= document_errors(document_number, document_date)
        if giver is None or not is_leadership(giver):
            errors["giver"] = "Đồng chí chọn lãnh đạo đã cho ý kiến."
        elif giver != by and not clean_line(document_number):
            errors["document_number"] = "Ghi lại bút phê thì cần số, ký hiệu văn bản gốc."
        if errors:
            raise Invalid(errors)
        assert giver is not None
        assert given_on is not None
        made = []
        for unit in units:
            directive = Directive(
                plan=plan,
                kind=MatterKind.DIRECTIVE,
                unit=unit,
                words=words,
                due_on=due_on,
                document_number=document_number,
                document_date=document_date,
                request_key=request_key,
                given_on=given_on,
                giver=giver,
                giver_label=giver.label,
            )
            open_matter(directive, tasks=tasks, by=by)
            _tell_unit(directive, by, f"{giver.full_name} cho ý kiến chỉ đạo")
            made.append(directive)
        return made


def urge(
    *,
    plan: Plan,
    by: User,
    unit: Unit,
    tasks: Sequence[Task],
    form: str,
    words: str,
    sent_on: dt.date | None,
    request_key: uuid.UUID,
    due_on: dt.date | None = None,
    document_number: str = "",
    document_date: dt.date | None = None,
) -> Urging:
    """The Office urges a unit to do its tasks (3.4); a letter has a number and a date."""
    if not may_urge(by):
        raise NotYours("Chỉ Văn phòng hoặc Lãnh đạo Sở đôn đốc đơn vị.")
    with transaction.atomic():
        plan = locked_plan(plan)
        if earlier := opened_before(Urging, request_key, by, words):
            return earlier[0]
        words, errors = checked_words(words, "Đồng chí ghi nội dung đôn đốc.")
        errors |= day_errors(plan, sent_on, "sent_on", "ngày đôn đốc")
        errors |= document_errors(document_number, document_date)
        if due_on is not None:
            errors |= due_errors(due_on, "")
        if form not in UrgingForm:
            errors["form"] = "Đồng chí chọn hình thức đôn đốc."
        if form == UrgingForm.LETTER and not clean_line(document_number):
            errors["document_number"] = "Công văn đôn đốc cần số, ký hiệu."
        if form == UrgingForm.LETTER and document_date is None:
            errors.setdefault("document_date", "Công văn đôn đốc cần ngày văn bản.")
        owned = set(Task.objects.filter(plan=plan, assignments__unit=unit).values_list("pk"))
        if not tasks or any((task.pk,) not in owned for task in tasks):
            errors["tasks"] = f"Đồng chí chọn ít nhất một nhiệm vụ của {unit}."
        if errors:
            raise Invalid(errors)
        assert sent_on is not None
        urging = Urging(
            plan=plan,
            kind=MatterKind.URGING,
            unit=unit,
            words=words,
            due_on=due_on,
            document_number=document_number,
            document_date=document_date,
            request_key=request_key,
            form=form,
            sent_on=sent_on,
        )
        open_matter(urging, tasks=tasks, by=by)
        _tell_unit(urging, by, f"{urging.get_form_display()} {format_decimal(len(tasks))} nhiệm vụ")
        return urging


def raise_difficulty(
    *,
    plan: Plan,
    by: User,
    words: str,
    request_key: uuid.UUID,
    proposal: str = "",
    tasks: Sequence[Task] = (),
    update: ProgressUpdate | None = None,
) -> Difficulty:
    """A unit raises a difficulty of its own; it lies with the Office first (S17)."""
    if not may_raise(by):
        raise NotYours("Khó khăn, vướng mắc do đơn vị nêu.")
    assert by.unit is not None
    with transaction.atomic():
        plan = locked_plan(plan)
        if earlier := opened_before(Difficulty, request_key, by, words):
            return earlier[0]
        require_begun(plan)
        words, errors = checked_words(words, "Đồng chí ghi khó khăn, vướng mắc.")
        proposal, wrong = checked_words(proposal, field="proposal")
        errors |= wrong
        if errors:
            raise Invalid(errors)
        difficulty = Difficulty(
            plan=plan,
            kind=MatterKind.DIFFICULTY,
            unit=by.unit,
            words=words,
            request_key=request_key,
            proposal=proposal,
            update=update,
        )
        open_matter(difficulty, tasks=tasks, by=by)
        tell(
            people_of(difficulty.unit, {Party.OFFICE}),
            f"{difficulty.unit} nêu khó khăn, vướng mắc: {difficulty.words}",
            difficulty.get_absolute_url(),
            by=by,
        )
        return difficulty


def raise_from_update(*, update: ProgressUpdate, by: User) -> Difficulty:
    """The difficulty and proposal of a unit's own update go up as they stand there; once."""
    if not may_raise(by) or update.assignment.unit_id != by.unit_id:
        raise NotYours("Chỉ đơn vị đã ghi cập nhật mới nêu khó khăn của cập nhật đó.")
    task = update.assignment.task
    with transaction.atomic():
        locked_plan(task.plan)
        if earlier := Difficulty.objects.filter(update=update).first():
            return earlier
        if not update.difficulty and not update.proposal:
            raise NotNow("Cập nhật này không ghi khó khăn hoặc đề xuất nào.")
        return raise_difficulty(
            plan=task.plan,
            by=by,
            words=update.difficulty or update.proposal,
            proposal=update.proposal if update.difficulty else "",
            tasks=[task],
            update=update,
            request_key=uuid.uuid4(),
        )


def disseminate(
    *,
    plan: Plan,
    by: User,
    held_on: dt.date | None,
    way: str,
    people: int | None,
    request_key: uuid.UUID,
    note: str = "",
) -> Dissemination:
    """A head records that the plan was brought to the unit's staff (S31)."""
    if not may_disseminate(by):
        raise NotYours("Lãnh đạo đơn vị ghi việc quán triệt của đơn vị mình.")
    with transaction.atomic():
        plan = locked_plan(plan)
        if earlier := sent_before(Dissemination, request_key, by):
            return earlier
        errors = day_errors(plan, held_on, "held_on", "ngày quán triệt")
        note, wrong = checked_words(note, field="note")
        errors |= wrong
        if way not in Dissemination.Way:
            errors["way"] = "Đồng chí chọn hình thức quán triệt."
        if people is None or not 1 <= people <= 100_000:
            errors["people"] = "Đồng chí ghi số người được quán triệt, từ 1 đến 100.000."
        if errors:
            raise Invalid(errors)
        assert by.unit is not None
        assert held_on is not None
        assert people is not None
        return Dissemination.objects.create(
            plan=plan,
            unit=by.unit,
            held_on=held_on,
            way=way,
            people=people,
            note=note,
            request_key=request_key,
            by=by,
            by_label=by.label,
            recorded_on=clock.today(),
            recorded_at=clock.now(),
        )


def _units_errors(units: Sequence[Unit]) -> dict[str, str]:
    return {} if units else {"units": "Đồng chí chọn ít nhất một đơn vị."}


def _tell_unit(matter: Directive | Urging, by: User, what: str) -> None:
    tell(
        people_of(matter.unit, {Party.UNIT}),
        f"{what}: {matter.words}",
        matter.get_absolute_url(),
        by=by,
    )
