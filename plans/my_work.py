"""What waits for the reader and their unit, sorted by what hurts first ("Việc của tôi").

The page is made from SOURCES: another module adds its own with `add_source`. A thing that two
sources name is listed once, under the first.
"""

import datetime as dt
from bisect import insort
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from config.vietnamese import dates
from plans import matters
from plans.deadlines import Lateness, Timing
from plans.frame import Frame
from plans.models import (
    Assignment,
    AssignmentStanding,
    Prepared,
    ProgressUpdate,
    Task,
    UpdateKind,
)
from plans.moves import MatterKind
from plans.overview import Status, status
from plans.own_parts import can_stay_unchanged
from plans.rules import may_prepare, may_record
from plans.states import OPEN
from units.models import Draft

SILENT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Part:
    """A part that the reader's unit leads, as it stands today."""

    assignment: Assignment
    task: Task
    status: Status
    report: ProgressUpdate | None

    @property
    def may_stay_unchanged(self) -> bool:
        return can_stay_unchanged(self.status, self.report)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where something that is no task stands: its sign and word, and by when it is due."""

    sign: str
    label: str
    due_on: dt.date | None
    lateness: Lateness | None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: `key` names it among all, `path` is where it is done, `act` what the
    link there is called, `why` is a sentence. `part` is there when it is about a part of one's
    own that can be said to be unchanged in one click. What is no task has a `title` and a
    `standing` instead."""

    key: str
    task: Task | None
    path: str
    act: str
    why: str = ""
    status: Status | None = None
    part: Assignment | None = None
    has_draft: bool = False
    title: str = ""
    standing: Standing | None = None

    @property
    def name(self) -> str:
        """What a link to it adds to its words, for those who hear the page."""
        return f"nhiệm vụ {self.task.code}" if self.task else self.title

    def is_next(self, today: dt.date) -> bool:
        """Whether its form may be opened after another was sent."""
        recorded_today = self.status is not None and self.status.reported_on == today
        return self.task is not None and not recorded_today


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A section of the page: `position` sorts the sections, `find` gives its items in order."""

    position: int
    title: str = field(compare=False)
    find: Callable[["Desk"], Iterable[Item]] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    items: list[Item]


class Desk:
    """What the sources look at: whose work, on which day; each list is read once."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.user = frame.user
        self.day = frame.today

    @cached_property
    def parts(self) -> list[Part]:
        """The open parts that the unit leads, due first; none before the plan begins."""
        if self.frame.is_to_come:
            return []
        standings = (
            AssignmentStanding.objects.on(self.day)
            .filter(
                unit_id=self.user.unit_id or 0,
                task__plan=self.frame.plan,
                state__in=OPEN,
            )
            .select_related("assignment", "unit", "task__plan", "report")
            .order_by("due_on", "task__position")
        )
        found = []
        for one in standings:
            part = one.part
            part.task = one.task
            found.append(Part(part, one.task, status(one, one.task, self.day), one.report))
        # What staff handed to the head waits for the head, whatever state the part is in.
        found = [part for part in found if part.assignment.pk not in self._handed_over]
        # A day that is missing sorts differently in the two databases.
        return sorted(found, key=lambda part: (part.status.due_on is None, part.status.due_on or 0))

    @cached_property
    def drafts(self) -> set[str]:
        """The names of the forms that the reader has begun and not sent."""
        return set(Draft.objects.visible_to(self.user).values_list("name", flat=True))

    @cached_property
    def prepared(self) -> list[Prepared]:
        return list(
            Prepared.objects.visible_to(self.user)
            .filter(assignment__task__plan=self.frame.plan)
            .select_related("assignment__unit", "assignment__task__plan")
        )

    def part_of(self, prepared: Prepared) -> Part | None:
        """The part as it was when the update was prepared; None when it has moved on since."""
        if prepared.seen != prepared.assignment.sequence:
            return None
        return next((p for p in self.parts if p.assignment.pk == prepared.assignment_id), None)

    @cached_property
    def _handed_over(self) -> set[int]:
        return {
            one.assignment_id
            for one in self.prepared
            if not one.note and may_prepare(self.user, one.assignment)
        }

    @cached_property
    def matters(self) -> list[matters.MatterOnDay]:
        """What the unit owes besides its tasks: directives, answers, remedies."""
        waiting = matters.waits_for_unit(self.user, self.frame.plan, self.day)
        return [item for one in waiting for item in one.items]

    def form_item(
        self, part: Assignment, why: str, act: str = "Cập nhật", of: Part | None = None
    ) -> Item:
        """An item whose place is the form of a part."""
        writes = may_record(self.user, part) or may_prepare(self.user, part)
        unchanged = of is not None and of.may_stay_unchanged and writes
        return Item(
            key=f"part-{part.pk}",
            task=part.task,
            path=form_path(part),
            act=act,
            why=why,
            status=of.status if of else None,
            part=part if unchanged else None,
            has_draft=f"record-{part.pk}" in self.drafts,
        )


def form_path(part: Assignment) -> str:
    """The form of a part; after it is sent the next thing that waits is opened."""
    path = reverse("progress-record", args=[part.task_id, part.pk])
    return f"{path}?{urlencode({'ve': reverse('my-work')})}"


# --- The sources ------------------------------------------------------------------------------


def _to_send(desk: Desk) -> Iterator[Item]:
    for one in desk.prepared:
        if not one.note and may_record(desk.user, one.assignment):
            why = f"{one.by_label} chuẩn bị ngày {dates.short(timezone.localdate(one.prepared_at))}"
            if one.says_unchanged:
                yield desk.form_item(
                    one.assignment, f"{why}: không có thay đổi.", "Xem và gửi", desk.part_of(one)
                )
            else:
                yield desk.form_item(one.assignment, f"{why}.", "Xem và gửi")


def _given_back(desk: Desk) -> Iterator[Item]:
    for one in desk.prepared:
        if one.note and may_prepare(desk.user, one.assignment):
            yield desk.form_item(one.assignment, f"Lãnh đạo đơn vị: {one.note}", "Sửa")


def _waits_for_head(desk: Desk) -> Iterator[Item]:
    for one in desk.prepared:
        if not one.note and may_prepare(desk.user, one.assignment):
            yield desk.form_item(one.assignment, "Chờ lãnh đạo đơn vị gửi.", "Xem lại")


def _returned(desk: Desk) -> Iterator[Item]:
    returned = [part for part in desk.parts if part.status.returned]
    reasons = dict(
        ProgressUpdate.objects.filter(
            assignment__in=[part.assignment for part in returned], kind=UpdateKind.RETURN
        )
        .order_by("sequence")
        .values_list("assignment", "reason")
    )
    for part in returned:
        why = f"Lý do trả lại: {reasons[part.assignment.pk]}"
        yield desk.form_item(part.assignment, why, "Bổ sung", part)


def _directives(desk: Desk) -> Iterator[Item]:
    return _owed(desk, MatterKind.DIRECTIVE, "Tiếp nhận, trả lời")


def _urgings(desk: Desk) -> Iterator[Item]:
    return _owed(desk, MatterKind.URGING, "Trả lời")


def _remedies(desk: Desk) -> Iterator[Item]:
    return _owed(desk, MatterKind.REMEDY, "Báo cáo")


def _owed(desk: Desk, kind: MatterKind, act: str) -> Iterator[Item]:
    for one in desk.matters:
        matter = one.matter
        if matter.kind != kind:
            continue
        codes = ", ".join(task.code for task in matter.tasks.all())
        about = f" Nhiệm vụ {codes}." if codes else ""
        who = matter.giver_label if kind == MatterKind.DIRECTIVE else matter.by_label
        yield Item(
            key=f"{kind}-{matter.pk}",
            task=None,
            path=matter.get_absolute_url(),
            act=act,
            why=f"{who}, ngày {dates.short(matter.happened_on)}.{about}",
            title=Truncator(matter.words).chars(200),
            standing=Standing(one.stage.sign, one.stage.label, matter.due, one.lateness),
        )


def _overdue(desk: Desk) -> Iterator[Item]:
    for part in desk.parts:
        if part.status.is_overdue:
            yield desk.form_item(part.assignment, _last_words(part), of=part)


def _soon(desk: Desk) -> Iterator[Item]:
    for part in desk.parts:
        if part.status.lateness and part.status.lateness.timing == Timing.SOON:
            yield desk.form_item(part.assignment, _last_words(part), of=part)


def _silent(desk: Desk) -> Iterator[Item]:
    """Never told of, then longest not told of."""
    since = desk.day - dt.timedelta(days=SILENT_DAYS)
    silent = [p for p in desk.parts if not p.status.reported_on or p.status.reported_on < since]
    for part in sorted(silent, key=lambda p: p.status.reported_on or dt.date.min):
        yield desk.form_item(part.assignment, _last_words(part), of=part)


def _others(desk: Desk) -> Iterator[Item]:
    for part in desk.parts:
        yield desk.form_item(part.assignment, _last_words(part), of=part)


def _supported(desk: Desk) -> Iterator[Item]:
    """Open tasks that the unit supports and has contributed nothing to."""
    if desk.frame.is_to_come:
        return
    parts = (
        Assignment.objects.supports()
        .filter(
            unit_id=desk.user.unit_id or 0,
            task__plan=desk.frame.plan,
            sequence=0,
            task__in=AssignmentStanding.objects.on(desk.day).filter(state__in=OPEN).values("task"),
        )
        .select_related("unit", "task__plan")
        .order_by("task__position")
    )
    for part in parts:
        yield desk.form_item(part, "Đơn vị chưa ghi kết quả phối hợp.", "Ghi kết quả")


def _last_words(part: Part) -> str:
    if part.status.reported_on is None:
        return "Chưa có cập nhật nào."
    return f"Cập nhật gần nhất ngày {dates.short(part.status.reported_on)}."


SOURCES: list[Source] = [
    Source(10, "Chuyên viên đã chuẩn bị, chờ đồng chí gửi", _to_send),
    Source(15, "Lãnh đạo đơn vị trả lại để sửa", _given_back),
    Source(20, "Bị trả lại", _returned),
    Source(22, "Ý kiến chỉ đạo cần tiếp nhận, trả lời", _directives),
    Source(24, "Đôn đốc cần trả lời", _urgings),
    Source(26, "Biện pháp khắc phục phải báo cáo", _remedies),
    Source(30, "Quá hạn", _overdue),
    Source(40, "Đến hạn trong 7 ngày", _soon),
    Source(50, f"Quá {SILENT_DAYS} ngày chưa cập nhật", _silent),
    Source(60, "Chờ lãnh đạo đơn vị gửi", _waits_for_head),
    Source(70, "Phối hợp", _supported),
    Source(80, "Việc khác đang làm", _others),
]


def add_source(source: Source) -> None:
    """Add a section; call it once, when the application starts."""
    insort(SOURCES, source)


# --- The page ---------------------------------------------------------------------------------

URGENT_BEFORE = 60  # what comes from here on does not hurt


def sections(frame: Frame) -> list[Section]:
    """Everything that waits; the number of queries does not grow with it."""
    return [section for _, section in _sections(frame)]


def next_item(frame: Frame, after: str) -> Item | None:
    """The form that hurts most now, other than `after` (an item's key), of what was not recorded
    today: an overdue task stays overdue, and must not come back after every other. None when
    there is none. What has no form of a part (a directive, the unit's report) is left to the
    list: it would stand before every task until it is done."""
    for source, section in _sections(frame):
        for item in section.items:
            if source.position < URGENT_BEFORE and item.key != after and item.is_next(frame.today):
                return item
    return None


def urgent_count(frame: Frame) -> int:
    return sum(
        len(section.items)
        for source, section in _sections(frame)
        if source.position < URGENT_BEFORE
    )


def _sections(frame: Frame) -> Iterator[tuple[Source, Section]]:
    desk, seen = Desk(frame), set()
    for source in SOURCES:
        items = []
        for item in source.find(desk):
            if item.key not in seen:
                seen.add(item.key)
                items.append(item)
        if items:
            yield source, Section(source.title, items)
