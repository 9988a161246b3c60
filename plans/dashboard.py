"""What the dashboard shows: figures and bars with their change since another day, which units are
in trouble, the worst five, what is due next."""

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from config.vietnamese.numbers import percent, share
from plans import rules, tallies
from plans.filters import slug
from plans.frame import Frame
from plans.models import AssignmentStanding, Task, TaskStanding
from plans.overview import TaskOnDay, tasks_on
from plans.states import OPEN, State
from plans.tallies import DRAWN, Tally, is_overdue
from units.models import UnitKind

WORST = 5
TROUBLED = 3
COMING_WEEKS = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the figures at the top: a count, its share of all, its change since another day."""

    name: str
    sign: str
    kind: str
    count: int
    share: str
    change: int
    query: str
    since: str

    @property
    def change_words(self) -> str:
        if self.change == 0:
            return f"{self.since} không đổi"
        return f"{self.since} {'tăng' if self.change > 0 else 'giảm'} {abs(self.change)}"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: `x` and `width` in percent of the bar."""

    name: str
    sign: str
    kind: str
    count: int
    x: str
    width: str
    query: str


@dataclass(frozen=True, slots=True)
class Bar:
    """All tasks of an indicator, or all parts that a unit leads, by state; `before` is the same on
    the day compared with."""

    name: str
    full_name: str
    query: str
    tally: Tally
    before: Tally
    segments: tuple[Segment, ...]

    @property
    def changes(self) -> dict[str, str]:
        """The difference of each number that the bar's row shows: "+2", "−1", empty for none."""
        names = ("total", "done", "overdue")
        return {
            name: signed(getattr(self.tally, name) - getattr(self.before, name)) for name in names
        }


def signed(change: int) -> str:
    """ "+2", "−1"; empty for no change."""
    return "" if change == 0 else f"{'+' if change > 0 else '−'}{abs(change)}"


# (field, kind for colour, sign's name, its part of the filter); the parts add up to the total.
_PARTS: tuple[tuple[str, str, str, str], ...] = (
    ("done", "done", State.DONE.value, f"trang-thai={slug(State.DONE.label)}"),
    (
        "not_arisen",
        "not_arisen",
        State.NOT_ARISEN.value,
        f"trang-thai={slug(State.NOT_ARISEN.label)}",
    ),
    ("awaiting", "awaiting", State.AWAITING.value, f"trang-thai={slug(State.AWAITING.label)}"),
    ("told_in_time", "open", State.IN_PROGRESS.value, "han=con-han-co-cap-nhat"),
    (
        "no_info_in_time",
        "no_info",
        State.NO_INFO.value,
        f"trang-thai={slug(State.NO_INFO.label)}&han=con-han",
    ),
    ("overdue", "overdue", "overdue", "han=qua-han"),
    ("paused", "paused", State.PAUSED.value, f"trang-thai={slug(State.PAUSED.label)}"),
    ("stopped", "stopped", State.STOPPED.value, f"trang-thai={slug(State.STOPPED.label)}"),
)


def figures(now: Tally, before: Tally, since: str = "tuần qua") -> list[Figure]:
    """Total, done, in progress, overdue, no information: each a link to exactly its tasks."""
    rows = (
        ("Tổng số nhiệm vụ", "total", "total", "total", "da-phan-cong=co"),
        ("Hoàn thành", State.DONE.value, "done", "done", f"trang-thai={slug(State.DONE.label)}"),
        (
            "Đang thực hiện",
            State.IN_PROGRESS.value,
            "in_progress",
            "in_progress",
            f"trang-thai={slug(State.IN_PROGRESS.label)}",
        ),
        ("Quá hạn", "overdue", "overdue", "overdue", "han=qua-han"),
        (
            "Chưa có thông tin",
            "no_info",
            "no_info",
            "no_info",
            f"trang-thai={slug(State.NO_INFO.label)}",
        ),
    )
    return [
        Figure(
            name,
            sign,
            kind,
            getattr(now, field),
            percent(share(getattr(now, field), now.total)),
            getattr(now, field) - getattr(before, field),
            query,
            since,
        )
        for name, sign, kind, field, query in rows
    ]


def bar(name: str, full_name: str, query: str, tally: Tally, before: Tally) -> Bar:
    segments, start = [], 0
    for field, kind, sign, part_query in _PARTS:
        if count := getattr(tally, field):
            x, width = 100 * start / tally.total, 100 * count / tally.total
            segments.append(
                Segment(
                    DRAWN[field],
                    sign,
                    kind,
                    count,
                    f"{x:.3f}",
                    f"{width:.3f}",
                    f"{query}&{part_query}",
                )
            )
        start += count
    return Bar(name, full_name, query, tally, before, tuple(segments))


Counted = Sequence[tuple[Any, Tally]]
Earlier = Mapping[Hashable, Tally]  # by key


def bars_by_indicator(rows: Counted, before: Earlier) -> list[Bar]:
    return [
        bar(
            one.code,
            one.name,
            f"chi-so={one.number}&da-phan-cong=co",
            tally,
            before.get(one.pk, Tally()),
        )
        for one, tally in rows
        if tally.total
    ]


def bars_by_unit(rows: Counted, before: Earlier) -> list[Bar]:
    return [
        bar(
            unit.short_name,
            unit.name,
            f"don-vi={unit.code}&vai-tro=chu-tri",
            tally,
            before.get(unit.pk, Tally()),
        )
        for unit, tally in rows
    ]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A unit with overdue parts: how many, and by how many days the worst is late."""

    name: str
    overdue: int
    days: int
    query: str


def in_trouble(frame: Frame, units: Counted) -> list[Trouble]:
    """The units with the most overdue parts, the longest overdue first among equals."""
    assert frame.plan is not None
    days = tallies.oldest_overdue(frame.plan, frame.day, frame.user)
    found = [
        Trouble(
            unit.name,
            tally.overdue,
            days.get(unit.pk, 0),
            f"don-vi={unit.code}&vai-tro=chu-tri&han=qua-han",
        )
        for unit, tally in units
        if tally.overdue
    ]
    return sorted(found, key=lambda one: (-one.overdue, -one.days))[:TROUBLED]


def needs_attention(frame: Frame) -> list[int]:
    """The five worst tasks: longest overdue first, then returned, then silent ones due first. One
    query."""
    assert frame.plan is not None
    overdue = is_overdue(frame.plan, frame.day)
    returned, silent = Q(returned=True), Q(state=State.NO_INFO)
    worst = (
        _standings(frame)
        .filter(overdue | returned | silent)
        .annotate(
            rank=Case(
                When(overdue, then=Value(0)), When(returned, then=Value(1)), default=Value(2)
            ),
            since=Case(
                When(overdue, then="due_on"), When(returned, then="reported_on"), default="due_on"
            ),
        )
        .order_by("rank", F("since").asc(nulls_last=True), "task__position")
    )
    return list(worst.values_list("task", flat=True)[:WORST])


@dataclass(frozen=True, slots=True)
class ToDo:
    """What waits for the reader: how many parts, in words, the filter that lists their tasks, and
    the first few of them."""

    count: int
    words: str
    query: str
    task_ids: list[int]


def to_do(frame: Frame) -> list[ToDo]:
    """What the reader's role has to do next on the day, the most urgent first."""
    parts = AssignmentStanding.objects.on(frame.day).of_plan(frame.plan).visible_to(frame.user)
    found = []
    for words, query, wanted in _asked_of(frame):
        mine = parts.filter(wanted).order_by("due_on", "task__position")
        ids = list(mine.values_list("task", flat=True))
        if ids:
            found.append(ToDo(len(ids), words, query, list(dict.fromkeys(ids))[:WORST]))
    return found


class Rows:
    """The tasks that the parts of the dashboard name, read at once: four queries for all parts."""

    def __init__(self, frame: Frame, *wanted: Iterable[int]) -> None:
        ids = {pk for part in wanted for pk in part}
        tasks = Task.objects.filter(pk__in=ids).for_page()
        self._rows = {row.task.pk: row for row in tasks_on(tasks, frame.day, measures=False)}

    def of(self, ids: Iterable[int]) -> list[TaskOnDay]:
        return [self._rows[pk] for pk in ids if pk in self._rows]


def _asked_of(frame: Frame) -> list[tuple[str, str, Q]]:
    """(words, filter, which lead parts) for each kind of work that the reader's role owes."""
    user = frame.user
    own = Q(unit_id=user.unit_id or 0)
    awaiting = Q(state=State.AWAITING)
    awaiting_query = f"co-phan={slug(State.AWAITING.label)}"
    asked: list[tuple[str, str, Q]] = []
    office = Q(unit__kind=UnitKind.OFFICE)
    if rules.is_office(user):
        others = awaiting & ~own & ~office
        asked.append(("phần việc chờ đồng chí xác nhận", awaiting_query, others))
    if rules.is_leadership(user):
        asked.append(
            ("phần việc của Văn phòng chờ Lãnh đạo xác nhận", awaiting_query, awaiting & office)
        )
    if user.unit_id and rules.works_on_updates(user) and frame.plan:
        mine = f"don-vi={user.unit.code}&vai-tro=chu-tri" if user.unit else ""
        overdue = is_overdue(frame.plan, frame.day)
        asked += [
            ("phần việc bị trả lại", f"{mine}&tra-lai=co", own & Q(returned=True)),
            ("phần việc quá hạn", f"{mine}&han=qua-han", own & overdue),
            (
                "phần việc chưa có cập nhật nào",
                f"{mine}&trang-thai={slug(State.NO_INFO.label)}",
                own & Q(state=State.NO_INFO) & ~overdue,
            ),
        ]
    return asked


def coming(frame: Frame) -> list[tuple[dt.date, int]]:
    """The next due dates with how many tasks are still owed on each."""
    assert frame.plan is not None
    last = frame.day + dt.timedelta(weeks=COMING_WEEKS)
    rows = (
        _standings(frame)
        .filter(state__in=OPEN, due_on__gte=frame.plan.late_before(frame.day), due_on__lte=last)
        .order_by("due_on")
        .values_list("due_on")
        .annotate(n=Count("pk"))
    )
    return list(rows)


def _standings(frame: Frame) -> "QuerySet[Any]":
    return TaskStanding.objects.on(frame.day).of_plan(frame.plan).visible_to(frame.user)


@dataclass(frozen=True, slots=True)
class Counts:
    """The tallies of the day shown; `total` counts every task once."""

    by_indicator: Counted
    by_unit: Counted
    total: Tally


def counts(frame: Frame) -> Counts:
    """Of the tasks that the reader sees. Four queries."""
    assert frame.plan is not None
    indicators = tallies.by_indicator(frame.plan, frame.day, frame.user)
    units = tallies.by_unit(frame.plan, frame.day, frame.user)
    return Counts(indicators, units, tallies.total(tally for _, tally in indicators))


@dataclass(frozen=True, slots=True)
class EarlierCounts:
    """The tallies of the day compared with."""

    by_indicator: Earlier
    by_unit: Earlier
    total: Tally


def counts_before(frame: Frame, day: dt.date) -> EarlierCounts:
    """Of the tasks that the reader sees. Two queries."""
    assert frame.plan is not None
    indicators = tallies.of_indicators(frame.plan, day, frame.user)
    units = tallies.of_units(frame.plan, day, frame.user)
    return EarlierCounts(indicators, units, tallies.total(indicators.values()))
