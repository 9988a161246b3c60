"""Matters as they stood on a day: for their pages, for what waits for a person, for the report."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from config.vietnamese.text import ascii_name
from plans import rules
from plans.deadlines import Lateness
from plans.frame import Frame
from plans.models import (
    AssignmentStanding,
    Difficulty,
    Directive,
    Matter,
    Plan,
    Remedy,
    Step,
    Task,
    Urging,
)
from plans.moves import ENDED, OWING, STAGES, MatterKind, Stage, StepKind
from plans.states import OPEN, State
from plans.tallies import is_overdue
from units.models import Unit, UnitKind, User
from units.models.unit import unit_or_heir

MODELS: dict[MatterKind, type[Matter]] = {
    MatterKind.DIRECTIVE: Directive,
    MatterKind.URGING: Urging,
    MatterKind.REMEDY: Remedy,
    MatterKind.DIFFICULTY: Difficulty,
}
# A unit that said nothing of a task for so many days is silent about it.
SILENT_DAYS = 30


@dataclass(frozen=True, slots=True)
class MatterOnDay:
    """A matter with its stage and lateness on a day."""

    matter: Any
    stage: Stage
    lateness: Lateness | None

    @property
    def is_overdue(self) -> bool:
        return self.stage in OWING and self.lateness is not None and self.lateness.is_late


def on_day(matter: Any, day: dt.date) -> MatterOnDay:
    """What a matter that was fetched with `on(day)` says, its unit under the name of the day."""
    matter.unit.called_on(matter.plan.naming_day(day))
    return MatterOnDay(matter, Stage(matter.stage), matter.lateness_on(day))


def matters_on(matters: "QuerySet[Any]", day: dt.date) -> list[MatterOnDay]:
    """`matters` as they stood on `day`. Two queries."""
    known = matters.on(day).for_page()  # type: ignore[attr-defined]
    return [on_day(matter, day) for matter in known]


# --- The lists --------------------------------------------------------------------------------


class MatterFilter:
    """The matters of a kind that the address asks for; a part not understood is left out."""

    def __init__(self, data: QueryDict, frame: Frame, kind: MatterKind) -> None:
        self.frame = frame
        self.kind = kind
        self.form = forms.Form(data)
        units = Unit.objects.filter(matters__kind=kind, matters__plan=frame.plan).distinct()
        if not rules.oversees(frame.user):
            units = units.filter(pk=frame.user.unit_id or 0)
        self._add("don-vi", "Đơn vị", [(u.code, u.name) for u in units.order_by("position")])
        stages = [(_slug(stage), stage.label) for stage in STAGES[kind]]
        self._add("tinh-trang", "Tình trạng", stages)
        if kind != MatterKind.DIFFICULTY:
            self._add("han", "Thời hạn", [("qua-han", "Quá hạn")])
        self.form.is_valid()
        self.values: dict[str, str] = {
            name: value for name in self.form.fields if (value := self.form.cleaned_data.get(name))
        }

    def _add(self, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        self.form.fields[name] = forms.ChoiceField(
            label=label,
            choices=[("", "Tất cả"), *choices],
            required=False,
            error_messages={"invalid_choice": "“%(value)s” không có trong danh sách; đã bỏ qua."},
        )

    def matters(self) -> "QuerySet[Any]":
        """Newest first, as known on the day of the frame."""
        plan, day = self.frame.plan, self.frame.day
        found: Any = MODELS[self.kind].objects.filter(plan=plan)
        found = found.visible_to(self.frame.user).on(day).for_page()
        if self.kind == MatterKind.REMEDY:
            found = found.select_related("unit", "plan", "finding")
        if unit := self.values.get("don-vi"):
            found = found.filter(unit__code=unit)
        if slug := self.values.get("tinh-trang"):
            found = found.filter(stage=next(s for s in Stage if _slug(s) == slug))
        if self.values.get("han") and plan:
            found = found.overdue(plan, day)
        return found

    @property
    def query(self) -> str:
        query = urlencode(self.values)
        return "&".join(part for part in (query, self.frame.day_query) if part)


def _slug(stage: Stage) -> str:
    return ascii_name(stage.label).lower().replace("_", "-").replace(",", "")


# --- What waits for a person ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of thing that waits for a person, in words, with the matters, most urgent first."""

    words: str
    items: tuple[MatterOnDay, ...]


def waits_for_unit(user: User, plan: Plan | None, day: dt.date) -> list[Waiting]:
    """What a unit's people owe: directives, answers to urgings, remedies. At most one query with
    its tasks for each kind; nothing for those who record for no unit."""
    if not rules.may_raise(user) or plan is None:
        return []
    own = unit_or_heir("unit", pk=user.unit_id)
    return _waiting(
        plan,
        day,
        ("Ý kiến chỉ đạo cần tiếp nhận, trả lời", Directive, (Stage.GIVEN, Stage.ACCEPTED), own),
        ("Đôn đốc cần trả lời", Urging, (Stage.SENT,), own),
        ("Biện pháp khắc phục phải thực hiện", Remedy, (Stage.OWED,), own),
    )


def waits_for_decision(user: User, plan: Plan | None, day: dt.date) -> list[Waiting]:
    """What the Office or the leadership has to decide or pass on."""
    if plan is None:
        return []
    return _waiting(plan, day, *_decided_by(user))


def to_decide(user: User, plan: Plan, day: dt.date, kind: MatterKind) -> "QuerySet[Any]":
    """The matters of one kind of `waits_for_decision`, with their stage on `day`, to be counted, or
    read with `urgent_first`."""
    for _, model, stages, whose in _decided_by(user):
        if model is MODELS[kind]:
            return _asked(plan, day, model, stages, whose)
    return MODELS[kind].objects.none()


Asked = tuple[str, type[Matter], tuple[Stage, ...], Q]


def _decided_by(user: User) -> tuple[Asked, ...]:
    """Each kind of matter at most once."""
    if rules.is_office(user):
        others = ~unit_or_heir("unit", pk=user.unit_id)
        return (
            ("Khó khăn, vướng mắc đơn vị nêu", Difficulty, (Stage.AT_OFFICE,), Q()),
            ("Kết quả khắc phục chờ xác nhận", Remedy, (Stage.REPORTED,), others),
        )
    if rules.is_leadership(user):
        office = unit_or_heir("unit", kind=UnitKind.OFFICE)
        return (
            ("Khó khăn, vướng mắc trình Lãnh đạo", Difficulty, (Stage.AT_LEADERSHIP,), Q()),
            ("Ý kiến chỉ đạo đã được trả lời", Directive, (Stage.ANSWERED,), Q()),
            ("Kết quả khắc phục của Văn phòng", Remedy, (Stage.REPORTED,), office),
        )
    return ()


def _waiting(plan: Plan, day: dt.date, *asked: Asked) -> list[Waiting]:
    found = []
    for words, model, stages, whose in asked:
        matters: Any = urgent_first(_asked(plan, day, model, stages, whose), day)
        items = tuple(on_day(matter, day) for matter in matters.for_page())
        if items:
            found.append(Waiting(words, items))
    return found


def _asked(
    plan: Plan, day: dt.date, model: type[Matter], stages: tuple[Stage, ...], whose: Q
) -> "QuerySet[Any]":
    known: Any = model.objects.filter(whose, plan=plan)
    staged: QuerySet[Any] = known.staged(day).filter(stage__in=stages)
    return staged


def urgent_first(staged: "QuerySet[Any]", day: dt.date) -> "QuerySet[Any]":
    """Matters with their stage on `day`, as they stood then, by the day they are due."""
    known: QuerySet[Any] = staged.dated(day)  # type: ignore[attr-defined]
    # A day that is missing sorts differently in the two databases.
    return known.order_by(F("due").asc(nulls_last=True), "recorded_at", "pk")


# --- Tasks ------------------------------------------------------------------------------------


def steps_about(task: Task, user: User, day: dt.date) -> list[Step]:
    """Every step known on `day` of the matters about a task, matter by matter, first one first;
    what another unit was told is not there. One query, and two more where there is a matter."""
    if not task.matter_links.exists():  # most tasks have none, and the join is a wide one
        return []
    seen = Matter.objects.visible_to(user).filter(links__task=task)
    return list(
        Step.objects.filter(matter__in=seen.order_by().values("pk"), recorded_on__lte=day)
        .select_related("matter__unit", "matter__directive", "matter__urging", "matter__difficulty")
        .prefetch_related("files")
        .order_by("matter_id", "sequence")
    )


def open_matters(steps: Iterable[Step], day: dt.date) -> list[MatterOnDay]:
    """The matters of `steps_about` that are not ended on `day`. One query, if there are any."""
    keys = {step.matter_id for step in steps}
    if not keys:
        return []
    matters: Any = Matter.objects.filter(pk__in=keys).select_related("unit", "plan").on(day)
    return [on_day(matter, day) for matter in matters.exclude(stage__in=ENDED)]


def raised_updates(steps: Iterable[Step]) -> set[int | None]:
    """The updates of the task of `steps_about` whose difficulty has gone up already: those of the
    reader's own unit, as what another unit raised is not theirs to see."""
    opened = (step.matter for step in steps if step.kind == StepKind.OPEN)
    return {one.difficulty.update_id for one in opened if one.kind == MatterKind.DIFFICULTY}


def urged_on(steps: Iterable[Step]) -> list[dt.date]:
    """The days on which units were urged to do the task of `steps_about`, earliest first."""
    urged = (step.matter for step in steps if step.kind == StepKind.OPEN)
    return sorted(one.urging.sent_on for one in urged if one.kind == MatterKind.URGING)


@dataclass(frozen=True, slots=True)
class Slack:
    """What a unit can be urged for: its parts that are overdue, and those it is silent about."""

    unit: Unit
    overdue: tuple[Task, ...]
    silent: tuple[Task, ...]
    urged: int
    last_urged_on: dt.date | None


def owed_by(unit: Unit, plan: Plan, day: dt.date) -> "QuerySet[Task]":
    """The tasks of which a unit still owes its part, in the order of the plan."""
    parts = AssignmentStanding.objects.on(day).filter(unit=unit, state__in=OPEN)
    return Task.objects.filter(plan=plan, pk__in=parts.values("task")).order_by("position")


def slack(plan: Plan, day: dt.date, unit: Unit | None = None) -> list[Slack]:
    """Every unit with an overdue part, or one it has said nothing of for 30 days or ever, in
    protocol order; nobody before the plan begins. Two queries however many."""
    if not plan.is_in_force_on(day):
        return []
    silent = Q(state=State.NO_INFO) | Q(
        state__in=OPEN, reported_on__lt=day - dt.timedelta(days=SILENT_DAYS)
    )
    late = is_overdue(plan, day)
    parts = AssignmentStanding.objects.on(day).filter(task__plan=plan)
    if unit is not None:
        parts = parts.filter(unit=unit)
    parts = parts.filter(late | silent).select_related("task", "unit")
    found: dict[Unit, tuple[list[Task], list[Task]]] = defaultdict(lambda: ([], []))
    for part in parts.order_by("unit__position", "task__position"):
        overdue, quiet = found[part.unit]
        if part.due_on is not None and part.due_on < plan.late_before(day):
            overdue.append(part.task)
        if part.reported_on is None or (day - part.reported_on).days > SILENT_DAYS:
            quiet.append(part.task)
    urged: dict[int, list[dt.date]] = defaultdict(list)
    known = Urging.objects.filter(plan=plan, unit__in=list(found), recorded_on__lte=day)
    for unit_id, sent_on in known.order_by("sent_on").values_list("unit", "sent_on"):
        urged[unit_id].append(sent_on)
    return [
        Slack(
            one.called_on(plan.naming_day(day)),
            tuple(overdue),
            tuple(quiet),
            len(urged[one.pk]),
            urged[one.pk][-1] if urged[one.pk] else None,
        )
        for one, (overdue, quiet) in found.items()
    ]


# --- For the report ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DifficultyOnDay:
    """A difficulty with how far it has come by a day (S17): for section V of the report.

    `document` is the one by which it left the department, `answer` the last answer, with who
    gave it.
    """

    unit: Unit
    tasks: tuple[Task, ...]
    raised_on: dt.date
    words: str
    proposal: str
    stage: Stage
    steps: tuple[Step, ...]
    document: str
    answer: str

    @property
    def is_open(self) -> bool:
        return self.stage != Stage.RESOLVED

    @property
    def went_up(self) -> bool:
        """Before the leadership or further, or answered there. What the Office got back, or the
        unit raised again, has not gone up until it does anew."""
        ways = (StepKind.PASS_UP, StepKind.SEND_BACK, StepKind.REOPEN)
        gone = [step.kind for step in self.steps if step.kind in ways]
        return bool(gone) and gone[-1] == StepKind.PASS_UP


def difficulties_on(
    plan: Plan, day: dt.date, units: Collection[int] | None = None
) -> list[DifficultyOnDay]:
    """Every difficulty that was raised by `day` (by one of `units`, Unit.pk), in the order it was
    raised, each unit under its name of the day. Three queries."""
    asked = Q(plan=plan) if units is None else Q(plan=plan, unit__in=units)
    known: Any = Difficulty.objects.filter(asked).on(day).for_page()
    difficulties = list(known.order_by("recorded_at", "pk"))
    steps: dict[int, list[Step]] = defaultdict(list)
    ids = [one.pk for one in difficulties]
    for step in Step.objects.filter(matter__in=ids, recorded_on__lte=day).order_by("sequence"):
        steps[step.matter_id].append(step)
    named = plan.naming_day(day)
    for one in difficulties:
        one.unit.called_on(named)
    return [_difficulty(one, steps[one.pk]) for one in difficulties]


def _difficulty(one: Any, steps: Sequence[Step]) -> DifficultyOnDay:
    left = _last(steps, StepKind.PASS_OUT)
    answered = _last(steps, StepKind.ANSWER) if one.stage == Stage.RESOLVED else None
    return DifficultyOnDay(
        unit=one.unit,
        tasks=tuple(one.tasks.all()),
        raised_on=one.recorded_on,
        words=one.words,
        proposal=one.proposal,
        stage=Stage(one.stage),
        steps=tuple(steps),
        document=left.document if left else "",
        answer=answered.words if answered else "",
    )


def _last(steps: Iterable[Step], kind: StepKind) -> Step | None:
    return max((s for s in steps if s.kind == kind), key=lambda s: s.sequence, default=None)
