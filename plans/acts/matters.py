"""The doors to every matter: it is opened, and it goes from step to step (plans/moves.py)."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction

from config.vietnamese import dates
from config.vietnamese.text import clean, clean_line
from plans import years
from plans.acts.evidence import NewEvidence, keep_files
from plans.acts.refusals import Conflict, Invalid, NotNow, NotYours
from plans.models import (
    Dissemination,
    Inspection,
    Matter,
    MatterTask,
    Plan,
    Sanction,
    Step,
    StepFile,
    Task,
)
from plans.moves import OWING, STAGES, MatterKind, Move, Party, Stage, StepKind, move_from
from plans.rules import UNIT_ROLES, may_take
from plans.texts import TextRefused, accepted
from units import clock
from units.models import Role, Unit, UnitKind, User
from units.notices import tell

M = TypeVar("M", bound=Matter)
S = TypeVar("S", Inspection, Sanction, Dissemination)

_SENT_ONCE = "Biểu mẫu này đã được gửi một lần. Đồng chí mở lại biểu mẫu rồi gửi lại."


@dataclass(frozen=True)
class Said:
    """What goes with a step: words, the number and date of a document, files, a new deadline."""

    words: str = ""
    document_number: str = ""
    document_date: dt.date | None = None
    files: tuple[NewEvidence, ...] = ()
    due_on: dt.date | None = None


# --- Opening ----------------------------------------------------------------------------------


def locked_plan(plan: Plan) -> Plan:
    """The plan's row is the lock under which matters are opened, so that a double click waits."""
    return Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)


def opened_before(model: type[M], request_key: uuid.UUID, by: User, words: str) -> list[M]:
    """What an earlier sending of the same form made; NotNow when it said something else."""
    sent: Any = model.objects.filter(request_key=request_key).order_by("pk")
    found: list[M] = list(sent)
    if any((one.by_id, one.words) != (by.pk, clean(words)) for one in found):
        raise NotNow(_SENT_ONCE)
    return found


def open_matter(matter: Matter, *, tasks: Iterable[Task], by: User) -> None:
    """Save a matter with its tasks and its first step, on today."""
    moment: dict[str, Any] = {
        "by": by,
        "by_label": by.label,
        "recorded_on": clock.today(),
        "recorded_at": clock.now(),
    }
    for name, value in moment.items():
        setattr(matter, name, value)
    matter.document_number = clean_line(matter.document_number)
    matter.save()
    MatterTask.objects.bulk_create(MatterTask(matter=matter, task=task) for task in tasks)
    Step.objects.create(
        matter=matter,
        sequence=1,
        kind=StepKind.OPEN,
        stage=STAGES[MatterKind(matter.kind)][0],
        **moment,
    )


def sent_before(model: type[S], request_key: uuid.UUID, by: User) -> S | None:
    """The record that an earlier sending of the same form made, if it did."""
    found = model.objects.filter(request_key=request_key).first()
    if found is not None and found.by_id != by.pk:
        raise NotNow(_SENT_ONCE)
    return found


def checked_words(
    words: str, message: str = "", field: str = "words"
) -> tuple[str, dict[str, str]]:
    """(cleaned text, errors): `message` is for an empty one; without it, it may be empty."""
    try:
        cleaned = accepted(words)
    except TextRefused as refused:
        return words, {field: str(refused)}
    return cleaned, {field: message} if message and not cleaned else {}


def day_errors(plan: Plan, day: dt.date | None, field: str, what: str) -> dict[str, str]:
    """Something that happened: on a day of the plan, and not after today."""
    today = clock.today()
    if day is None:
        return {field: f"Đồng chí ghi {what} (ngày/tháng/năm)."}
    if day > today:
        return {field: f"{what.capitalize()} không được sau hôm nay ({dates.short(today)})."}
    if day < plan.starts_on:
        starts = dates.short(plan.starts_on)
        return {field: f"{what.capitalize()} không được trước ngày kế hoạch bắt đầu ({starts})."}
    return {}


def due_errors(due_on: dt.date | None, message: str) -> dict[str, str]:
    """A day until which something is to be done: given, and not passed when it is given (S9)."""
    if due_on is None:
        return {"due_on": message}
    if due_on < clock.today():
        return {"due_on": f"Thời hạn không được trước hôm nay ({dates.short(clock.today())})."}
    return {}


def document_errors(number: str, day: dt.date | None) -> dict[str, str]:
    """A document that is named has been issued."""
    if day is not None and not clean_line(number):
        return {"document_number": "Có ngày văn bản thì ghi cả số, ký hiệu."}
    if day is not None and day > clock.today():
        today = dates.short(clock.today())
        return {"document_date": f"Ngày văn bản không được sau hôm nay ({today})."}
    if day is not None and day.year < years.FIRST:
        return {"document_date": "Ngày văn bản quá xa; đồng chí kiểm tra lại năm."}
    return {}


# --- Going on ---------------------------------------------------------------------------------


def take(
    *, matter_id: int, act: StepKind, by: User, said: Said, seen: int, request_key: uuid.UUID
) -> Step:
    """Bring a matter a step further. `seen` is how many steps the person had before their eyes;
    the same step with the same `request_key` again (a double click) returns the first."""
    with transaction.atomic():
        matter = Matter.objects.select_for_update(of=("self",)).get(pk=matter_id)
        earlier = Step.objects.filter(request_key=request_key).first()
        if earlier and _says_the_same(earlier, matter, act, by, said):
            return earlier
        last = matter.steps.order_by("-sequence")[0]
        move = _allowed(matter, act, by, last)
        if seen != last.sequence:
            newer = matter.steps.filter(sequence__gt=seen).order_by("sequence")
            raise Conflict(list(newer), by, f"{matter.get_kind_display().lower()} này")
        if earlier:
            raise NotNow(_SENT_ONCE)
        step = Step.objects.create(
            matter=matter,
            sequence=last.sequence + 1,
            request_key=request_key,
            kind=act,
            stage=move.ends,
            completed_on=_completed_on(move, last),
            words=_checked(move, said, last.due_on or matter.due_on),
            due_on=said.due_on if move.needs_day else last.due_on,
            document_number=clean_line(said.document_number),
            document_date=said.document_date,
            by=by,
            by_label=by.label,
            recorded_on=clock.today(),
            recorded_at=clock.now(),
        )
        tell(
            people_of(matter.unit, move.told),
            f"{move.words} – {by.full_name}: {matter}",
            matter.get_absolute_url(),
            by=by,
        )
        # Last, so that nothing that can fail comes after a file was stored.
        keep_files(_unsaved(step, new) for new in said.files)
        return step


def _says_the_same(earlier: Step, matter: Matter, act: str, by: User, said: Said) -> bool:
    return (
        earlier.matter_id == matter.pk
        and (earlier.kind, earlier.by_id) == (act, by.pk)
        and (earlier.words, earlier.document_number, earlier.document_date)
        == (clean(said.words), clean_line(said.document_number), said.document_date)
        and (act != StepKind.MOVE_DUE or earlier.due_on == said.due_on)
        and {file.sha256 for file in earlier.files.all()} == {new.sha256 for new in said.files}
    )


def _allowed(matter: Matter, act: StepKind, by: User, last: Step) -> Move:
    """The move from the stage the matter is in; NotYours or NotNow when there is none for them."""
    move = move_from(matter.kind, act, last.stage)
    if move is None:
        raise NotNow(
            f"Việc này đang ở tình trạng “{Stage(last.stage).label.lower()}” nên không "
            f"{StepKind(act).label.lower()} được. Đồng chí xem lại tình trạng mới nhất."
        )
    if not may_take(by, matter, move):
        raise NotYours(f"“{move.words}” không thuộc thẩm quyền của đồng chí trong việc này.")
    return move


def _completed_on(move: Move, last: Step) -> dt.date | None:
    """The day the unit gave what it owed: kept when that is accepted, gone when sent back."""
    if move.ends in OWING or move.kind == MatterKind.DIFFICULTY:
        return None
    return last.completed_on or clock.today()


def _checked(move: Move, said: Said, due_on: dt.date | None) -> str:
    asked = f"Đồng chí ghi nội dung để {move.words.lower()}." if move.needs_words else ""
    words, errors = checked_words(said.words, asked)
    errors |= document_errors(said.document_number, said.document_date)
    if move.needs_document and not clean_line(said.document_number):
        errors["document_number"] = "Đồng chí ghi số, ký hiệu văn bản gửi UBND tỉnh."
    if move.needs_document and said.document_date is None:
        errors["document_date"] = "Đồng chí ghi ngày của văn bản."
    if move.needs_day:
        errors |= due_errors(said.due_on, "Đồng chí ghi thời hạn mới (ngày/tháng/năm).")
        if said.due_on is not None and said.due_on == due_on:
            errors["due_on"] = f"Thời hạn hiện nay đã là {dates.short(due_on)}."
    if errors:
        raise Invalid(errors)
    return words


def _unsaved(step: Step, new: NewEvidence) -> StepFile:
    facts = new.facts
    assert facts is not None  # documents without a file are named on the step itself
    return StepFile(
        step=step,
        file=new.file,
        name=facts.name,
        media_type=facts.media_type,
        size=facts.size,
        sha256=facts.sha256,
    )


# --- Who is told ------------------------------------------------------------------------------


def people_of(unit: Unit, parties: Collection[Party]) -> list[User]:
    """The people with access who stand for these parties of a unit's matter."""
    people: list[User] = []
    active = User.objects.filter(is_active=True)
    if Party.UNIT in parties:
        office = [Role.OFFICE] if unit.kind == UnitKind.OFFICE else []
        people += active.filter(unit=unit, role__in=[*UNIT_ROLES, *office])
    if Party.OFFICE in parties:
        people += active.filter(role=Role.OFFICE)
    if Party.LEADERSHIP in parties:
        people += active.filter(role=Role.LEADERSHIP)
    return people
