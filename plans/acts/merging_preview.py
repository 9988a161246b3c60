"""What a merger of units would do, told before it is done: the tasks, the people, and what is still
open. Another app adds what it knows of with `add_source`."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from plans.acts.merging import codes, hand_over_tasks, merge_units
from plans.appendix.owed import still_owed
from plans.matters import MODELS
from plans.models import Assignment, AssignmentStanding, Extension, Prepared, Task
from plans.moves import OWING, MatterKind
from plans.states import State
from units import clock
from units.models import Unit, User


@dataclass(frozen=True, slots=True)
class OpenThing:
    """A kind of thing that the merger touches: which, and what becomes of it."""

    words: str
    items: tuple[str, ...]
    becomes: str


Source = Callable[[Unit, Unit], Iterable[OpenThing]]


@dataclass(frozen=True, slots=True)
class MergerPreview:
    """`things` that are there at all; `given`, `to_stop` and `left` as of `Handed`, in words;
    `kept` is still owed under the old name, as nothing of it is to be handed over."""

    unit: Unit
    into: Unit
    things: tuple[OpenThing, ...]
    given: str
    to_stop: str
    left: str
    kept: str


def preview(
    *,
    unit: Unit,
    into: Unit | None,
    on: dt.date,
    by: User,
    reason: str,
    hand_over: bool,
    move_people: bool,
) -> MergerPreview:
    """What would become of everything; nothing is changed. Raises what the merger would raise.

    What would be handed over is found by doing it and taking all of it back.
    """
    heir = unit.merged_into or into
    assert heir is not None
    things = [
        thing
        for source in SOURCES
        for thing in source(unit, heir)
        if thing.items and (move_people or source is not _people)
    ]
    with transaction.atomic():
        if unit.merged_into is not None:
            handed = hand_over_tasks(unit=unit, by=by, reason=reason)
        else:
            handed = merge_units(
                unit=unit,
                into=heir,
                on=on,
                by=by,
                reason=reason,
                hand_over=hand_over,
                move_people=move_people,
            )
        touched = [*handed.given, *handed.to_stop, *handed.left]
        given, to_stop, left = map(codes, (handed.given, handed.to_stop, handed.left))
        transaction.set_rollback(True)
    owed = [part.task for part in _parts(unit) if part.is_owed]
    kept = codes([task for task in owed if task not in touched])
    return MergerPreview(unit, heir, tuple(things), given, to_stop, left, kept)


def add_source(source: Source) -> None:
    """Call it once, when the application starts."""
    SOURCES.append(source)


def _people(unit: Unit, into: Unit) -> Iterator[OpenThing]:
    people = [one for one in User.objects.filter(unit=unit, is_active=True) if not one.has_left]
    yield OpenThing(
        "Cán bộ", tuple(map(str, people)), f"chuyển sang {into}, giữ nguyên vai trò và tài khoản"
    )


def _tasks(unit: Unit, into: Unit) -> Iterator[OpenThing]:
    known = _parts(unit)
    for is_lead, words in ((True, "Chủ trì, chưa xong"), (False, "Phối hợp, chưa xong")):
        found = [one.task for one in known if one.is_owed and one.is_lead == is_lead]
        yield _of_tasks(words, found, "việc nào giao, việc nào giữ: xem cuối phần này")
    ended = [one.task for one in known if not one.is_owed]
    yield _of_tasks("Đã kết thúc", ended, f"vẫn ghi tên {unit}")


def _parts(unit: Unit) -> list[Any]:
    """The parts of a unit, each with `is_owed`."""
    parts = Assignment.objects.filter(unit=unit, task__withdrawn_on=None).select_related("task")
    owed = set(parts.filter(still_owed(Q())).values_list("pk", flat=True))
    known: list[Any] = list(parts.order_by("task__plan", "task__position"))
    for one in known:
        one.is_owed = one.pk in owed
    return known


def _open_updates(unit: Unit, into: Unit) -> Iterator[OpenThing]:
    claims = AssignmentStanding.objects.filter(unit=unit, until_day=None, state=State.AWAITING)
    yield _of_tasks(
        "Cập nhật chờ xác nhận",
        [one.task for one in claims.select_related("task").order_by("task__position")],
        "chờ quyết định, rồi chuyển nốt tại trang này",
    )
    prepared = Prepared.objects.filter(assignment__unit=unit).select_related("assignment__task")
    yield _of_tasks(
        "Cập nhật đã chuẩn bị, chưa gửi",
        [one.assignment.task for one in prepared if not one.says_unchanged],
        f"nội dung chuyển cùng việc chưa xong sang {into} để lãnh đạo đơn vị đó gửi",
    )
    asked = Extension.objects.undecided().filter(assignment__unit=unit)
    yield _of_tasks(
        "Đề nghị gia hạn chưa quyết định",
        [one.assignment.task for one in asked.select_related("assignment__task")],
        f"vẫn chờ Lãnh đạo Sở; nếu còn cần, {into} đề nghị lại cho phần của mình",
    )


def _matters(unit: Unit, into: Unit) -> Iterator[OpenThing]:
    for kind in MatterKind:
        found: Any = MODELS[kind].objects.filter(unit=unit)
        found = found.staged(clock.today())
        words = tuple(str(one) for one in found.filter(stage__in=OWING))
        yield OpenThing(f"{kind.label} còn phải trả lời", words, f"{into} đọc và trả lời thay")


def _of_tasks(words: str, tasks: list[Task], becomes: str) -> OpenThing:
    unique = list({task.pk: task for task in tasks}.values())
    return OpenThing(words, tuple(task.code for task in unique), becomes)


SOURCES: list[Source] = [_tasks, _people, _open_updates, _matters]
