"""What carrying a plan over would make: task by task, read in a fixed number of queries."""

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from django.db.models import Prefetch, QuerySet

from config.vietnamese import dates
from plans.models import Assignment, Measure, Plan, Task, TaskStanding
from plans.next_year.deadlines import Instead, NextDeadline, agreeing, next_deadline
from plans.next_year.shifting import cited, shifted
from plans.states import ENDED, State, label
from units.models import Unit


class Which(StrEnum):
    """Which tasks go along."""

    ALL = "tat-ca"
    OPEN = "chua-xong"
    NONE = "khong"


@dataclass(frozen=True)
class Choices:
    """What an administrator wants to take into the year `year`: tasks of a kind, without those
    `left_out` and with those `taken` besides (their keys, in order)."""

    year: int
    tasks: Which = Which.ALL
    left_out: tuple[int, ...] = ()
    taken: tuple[int, ...] = ()
    leads: bool = True
    measures: bool = True
    words: bool = True
    moved: bool = False  # deadlines as they were moved and extended, not as the plan gave them
    # The first day and the common deadline; None: those of the old plan, so many years later.
    starts_on: dt.date | None = None
    due_on: dt.date | None = None


@dataclass
class Grown:
    """A measure with its target in the new year."""

    measure: Measure
    target: Decimal | None

    @property
    def before(self) -> str:
        return self.measure.shown(self.measure.target)

    @property
    def after(self) -> str:
        return self.measure.shown(self.target)

    @property
    def changes(self) -> bool:
        return self.target != self.measure.target


@dataclass
class Line:
    """A task of the old plan: whether it goes along, and as what; whether it can, and whether its
    kind alone would take it along."""

    task: Task
    state: State
    may_go: bool
    by_kind: bool
    goes: bool
    is_carried_over: bool
    deadline: NextDeadline
    parts: Sequence[Assignment] = ()
    measures: Sequence[Grown] = ()
    remarks: list[str] = field(default_factory=list)

    @property
    def state_words(self) -> str:
        return label(self.state, self.task.kind)

    @property
    def leads(self) -> list[Unit]:
        return [part.unit for part in self.parts if part.is_lead]


@dataclass
class Preview:
    """Everything that would be made of `source`."""

    source: Plan
    choices: Choices
    lines: list[Line]

    @property
    def years(self) -> int:
        return self.choices.year - self.source.year

    @cached_property
    def going(self) -> list[Line]:
        return [line for line in self.lines if line.goes]

    @property
    def carried_over(self) -> int:
        return sum(line.is_carried_over for line in self.going)

    @property
    def starts_on(self) -> dt.date:
        return first_day(self.source, self.choices)

    @property
    def deadline(self) -> tuple[dt.date | None, str]:
        """The common deadline, with its words."""
        old, instead = self.source, self.instead
        due_on, words, _ = agreeing(old.due_words, old.due_on, old.year, self.years, instead)
        return due_on or self.choices.due_on, words

    def day(self, day: dt.date | None) -> dt.date | None:
        """A day of the plan in the new year: where it was the common deadline, that which was
        chosen."""
        later = shifted(day, self.years)
        return self.instead.get(later, later) if later else None

    @property
    def instead(self) -> Instead:
        """The common deadline that was chosen, by the day that it would be without."""
        return _instead(self.source, self.choices)

    @cached_property
    def cited(self) -> list[tuple[str, str]]:
        """(where, document) for each document of the old year that the words of the plan cite: it
        stays to the letter, and is to be looked at. One query."""
        if not self.choices.words:
            return []
        return cited_in(self.source, range(self.source.year, self.choices.year))

    @property
    def remarks(self) -> list[tuple[Line, str]]:
        return [(line, remark) for line in self.lines for remark in line.remarks]

    @cached_property
    def seen(self) -> str:
        """A fingerprint of what would be made."""
        told = [
            [
                (line.task.pk, line.goes, line.is_carried_over, line.deadline),
                [(part.unit_id, part.role, part.group_id) for part in line.parts],
                [(grown.measure.pk, grown.target) for grown in line.measures],
            ]
            for line in self.lines
        ]
        return hashlib.sha256(repr((self.choices, told)).encode()).hexdigest()


def cited_in(plan: Plan, years: Collection[int]) -> list[tuple[str, str]]:
    """(where, document) for each document of `years` that the words of a plan cite outside its
    tasks. One query."""
    texts = [("phần mở đầu", plan.opening)]
    texts += [(str(one), one.text) for one in plan.sections.order_by("pk")]
    texts.append(("phần kết", plan.closing))
    return [(where, one) for where, text in texts for one in cited(text, years)]


def first_day(source: Plan, choices: Choices) -> dt.date:
    return choices.starts_on or shifted(source.starts_on, choices.year - source.year)


def _instead(source: Plan, choices: Choices) -> Instead:
    common = shifted(source.due_on, choices.year - source.year)
    return {common: choices.due_on} if common and choices.due_on else {}


def wrong_days(source: Plan, choices: Choices) -> dict[str, str]:
    """Why the days that were chosen cannot be those of the new plan, by their fields."""
    preview = Preview(source, choices, [])
    starts_on, (due_on, _) = preview.starts_on, preview.deadline
    year = choices.year
    wrong = {}
    if starts_on <= source.starts_on:
        wrong["starts_on"] = f"Phải sau ngày kế hoạch cũ bắt đầu ({dates.short(source.starts_on)})."
    elif starts_on.year not in (year - 1, year):
        wrong["starts_on"] = f"Kế hoạch năm {year} bắt đầu trong năm {year} hoặc cuối năm trước."
    if choices.due_on and choices.due_on.year not in (year, year + 1):
        wrong["due_on"] = f"Thời hạn chung của kế hoạch năm {year} trong năm đó hoặc đầu năm sau."
    elif due_on is not None and due_on < starts_on:
        name = "due_on" if choices.due_on else "starts_on"
        wrong.setdefault(
            name,
            f"Thời hạn chung ({dates.short(due_on)}) không được trước ngày bắt đầu "
            f"({dates.short(starts_on)}).",
        )
    return wrong


def preview_of(source: Plan, choices: Choices) -> Preview:
    """The tasks of the plan and its register, each with what becomes of it."""
    years = choices.year - source.year
    tasks = list(_tasks(source))
    for task in tasks:
        task.plan = source
    return Preview(source, choices, [_line(task, choices, years) for task in tasks])


def _tasks(source: Plan) -> QuerySet[Task]:
    now = TaskStanding.objects.filter(until_day=None)
    return (
        Task.objects.filter(plan=source, withdrawn_on=None)
        .select_related("block")
        .prefetch_related(
            Prefetch("standings", queryset=now),
            Prefetch(
                "assignments",
                queryset=Assignment.objects.in_order().select_related("unit__merged_into"),
            ),
            "assignments__due_date_changes",
            "measures",
            "references",
        )
        .order_by("position")
    )


def _line(task: Task, choices: Choices, years: int) -> Line:
    state = State(task.standings.all()[0].state)
    is_open = state not in ENDED | {State.STOPPED, State.UNASSIGNED}
    is_stopped = state == State.STOPPED
    may_go = not is_stopped and (is_open or not task.is_registered)
    by_kind = may_go and (choices.tasks == Which.ALL or (choices.tasks == Which.OPEN and is_open))
    goes = task.pk not in choices.left_out and (by_kind or (may_go and task.pk in choices.taken))
    told = is_stopped and choices.tasks != Which.NONE
    remarks = ["đã dừng thực hiện nên không mang theo"] if told else []
    line = Line(
        task,
        state,
        may_go=may_go,
        by_kind=by_kind,
        goes=goes,
        is_carried_over=goes and is_open,
        deadline=next_deadline(task, years, _instead(task.plan, choices), as_moved=choices.moved),
        remarks=remarks,
    )
    if goes:
        remarks += line.deadline.remarks
        starts_on, due_on = first_day(task.plan, choices), line.deadline.due_on
        if due_on is not None and due_on < starts_on and not task.is_registered:
            remarks.append(f"hạn mới trước ngày kế hoạch bắt đầu ({dates.short(starts_on)})")
    if goes and choices.leads:
        line.parts = _parts(task, remarks)
    if goes and choices.measures:
        line.measures = [_grown(one, choices.year, task, remarks) for one in task.measures.all()]
    if line.is_carried_over and not choices.moved:
        remarks += [
            f"{part.unit} được gia hạn đến {dates.short(part.due_on)}; hạn mới không theo ngày đó"
            for part in task.assignments.all()
            if part.due_on is not None
        ]
    return line


def _parts(task: Task, remarks: list[str]) -> list[Assignment]:
    parts = []
    units = {part.unit_id for part in task.assignments.all()}
    for part in task.assignments.all():
        other = part.unit.merged_into
        if part.unit.is_active:
            parts.append(part)
        elif other is not None and other.is_active:
            if other.pk not in units:
                units.add(other.pk)
                remarks.append(f"{part.unit} đã nhập vào {other} nên giao {other}")
                part.unit = other  # as it would be given; nothing is saved of the old plan
                parts.append(part)
        else:
            role = part.get_role_display().lower()
            remarks.append(f"{part.unit} ({role}) đã ngừng hoạt động nên không giao")
    if parts and not any(part.is_lead for part in parts):
        remarks.append("chưa còn đơn vị chủ trì nào")
    return parts


def _grown(measure: Measure, year: int, task: Task, remarks: list[str]) -> Grown:
    grown = Grown(measure, measure.target_in(year))
    if grown.changes and grown.before in task.wording:
        remarks.append(
            f"chỉ tiêu {grown.before} thành {grown.after}; lời văn vẫn ghi {grown.before}"
        )
    if measure.yearly_growth and measure.target is not None and measure.target_year is None:
        remarks.append(f"“{measure.name}” không ghi năm của chỉ tiêu nên không tăng")
    return grown
