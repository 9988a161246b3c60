"""A workbook changes the appendix of a plan: uploaded, looked at, applied whole or not at all."""

import uuid
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse

from config.office_files.workbooks import Grid, kept_grids
from config.vietnamese.numbers import format_decimal
from plans import rules
from plans.acts.amending import amend_all, require_reason
from plans.acts.appendix import Part, add_tasks
from plans.acts.importing import Outdated
from plans.acts.refusals import NotNow, NotYours
from plans.acts.withdrawing import take_out
from plans.appendix.amendment import is_in_force, known_from
from plans.appendix.belonging import other_plan
from plans.appendix.changes import compare
from plans.appendix.order import Order
from plans.appendix.outcomes import CHANGING, Comparison, Fate, Options, Outcome
from plans.appendix.owners import owners_of
from plans.appendix.places import Place
from plans.models import AppendixImport, Area, AssignmentRole, Block, Indicator, Plan, Task
from plans.reading import Directory, read_grids
from plans.reading.appendix import read_appendix
from plans.reading.sentences import short_title
from units import clock, freshness
from units.models import User
from units.notices import tell_each
from units.orders import Told, part, untold

# Rows that are written together: few enough for the parameters of a query.
_BATCH = 500
# Percent that are done: of comparing, when the words of the workbook are understood; of applying,
# when what is to be written is known.
_WORDS_READ, _COMPARED = 30, 35
_Row = TypeVar("_Row")


def upload(
    *, by: User, plan: Plan, name: str, content: bytes, request_key: uuid.UUID
) -> AppendixImport:
    """Keep the cells of a workbook, or of the tables of a document; FileRefused when it holds no
    appendix."""
    _require_administrator(by)
    grids = read_grids(content, name)
    read_appendix(grids, owners_of(plan).directory, plan.year)
    sheets = [asdict(grid) for grid in grids]
    return AppendixImport.objects.keep(
        by=by, name=name, request_key=request_key, plan=plan, sheets=sheets
    )


def compared(
    one: AppendixImport, options: Options | None = None, told: Told = untold
) -> Comparison:
    """What applying would do to the plan as it is now."""
    return compare_grids(one.plan, kept_grids(one.sheets), options, told)


def compare_grids(
    plan: Plan, grids: list[Grid], options: Options | None = None, told: Told = untold
) -> Comparison:
    """The same for a workbook that was just read. `told` is called with the percent done."""
    owners = owners_of(plan)
    appendix = read_appendix(grids, owners.directory, plan.year)
    told(_WORDS_READ)
    comparison = compare(plan, appendix, owners, options, part(told, _WORDS_READ, 100))
    is_meant = options is not None and options.other_plan
    comparison.of_plan, remarks = other_plan(plan, grids, is_meant=is_meant)
    comparison.remarks = remarks + comparison.remarks
    return comparison


def put_aside(*, import_id: int, by: User) -> None:
    """The workbook is not wanted after all; its cells stay kept."""
    with transaction.atomic():
        one = _locked(import_id, by)
        one.put_aside = True
        one.save(update_fields=["put_aside"])


def apply(
    *,
    import_id: int,
    by: User,
    seen: str,
    options: Options | None = None,
    reason: str = "",
    told: Told = untold,
) -> AppendixImport:
    """Carry out everything that the preview showed, or nothing. Outdated when the plan is not as it
    was then (`seen`)."""
    _require_administrator(by)
    one = AppendixImport.objects.select_related("plan").get(pk=import_id)
    _require_waiting(one)
    ahead = _Ahead(one.plan, kept_grids(one.sheets), options, told)
    with transaction.atomic():
        one = _locked(import_id, by)
        comparison = _change(ahead, by=by, seen=seen, reason=reason, told=told)
        one.applied_at, one.applied_by_label = clock.now(), by.label
        one.outcome = summary(comparison)
        one.save(update_fields=["applied_at", "applied_by_label", "outcome"])
        return one


def change(
    *,
    plan: Plan,
    by: User,
    grids: list[Grid],
    seen: str | None = None,
    options: Options | None = None,
    reason: str = "",
    told: Told = untold,
) -> Comparison:
    """What a workbook says becomes the appendix of the plan (the command's way)."""
    _require_administrator(by)
    ahead = _Ahead(plan, grids, options, told)
    return _change(ahead, by=by, seen=seen, reason=reason, told=told)


class _Ahead:
    """What applying would do, compared before anything is locked: comparing thousands of rows takes
    seconds, in which nobody else could write. `now` compares again only if somebody did."""

    def __init__(self, plan: Plan, grids: list[Grid], options: Options | None, told: Told) -> None:
        self.plan, self.grids, self.options = plan, grids, options
        self.version = freshness.version()
        self.comparison = compare_grids(plan, grids, options, part(told, 0, _COMPARED))

    def now(self, locked: Plan) -> Comparison:
        if freshness.version() == self.version:
            return self.comparison
        return compare_grids(locked, self.grids, self.options)


def _change(ahead: _Ahead, *, by: User, seen: str | None, reason: str, told: Told) -> Comparison:
    with transaction.atomic():
        plans = Plan.objects.select_for_update(of=("self",)).select_related("agency")
        plan = plans.get(pk=ahead.plan.pk)
        list(plan.tasks.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
        comparison = ahead.now(plan)
        if seen is not None and comparison.seen != seen:
            raise Outdated(
                "Phụ lục vừa được người khác sửa sau khi đồng chí xem. Chưa có gì được ghi: đồng "
                "chí xem lại các thay đổi dưới đây rồi áp dụng."
            )
        if comparison.errors:
            raise NotNow(
                f"Tệp còn {format_decimal(len(comparison.errors))} lỗi nên chưa áp dụng được gì. "
                "Đồng chí sửa trong tệp rồi tải lên lại."
            )
        if not comparison.changes_something:
            raise NotNow("Tệp không thay đổi gì so với phụ lục đang có; không cần áp dụng.")
        if comparison.needs_reason:
            require_reason(reason)
        try:
            # One import is of one day, which is asked for once and not for every row.
            with transaction.atomic(), clock.set_to(clock.today()):
                _Applying(plan, by, reason.strip(), comparison, told).run()
        except IntegrityError as error:
            raise NotNow(
                "Người khác vừa sửa cùng nhiệm vụ. Chưa có gì được ghi; đồng chí tải lại trang."
            ) from error
        return comparison


def summary(comparison: Comparison) -> str:
    """ "3 mới, 2 thay đổi, 1 rút khỏi phụ lục"."""
    counts = comparison.counts
    return ", ".join(
        f"{format_decimal(counts[fate])} {fate.value.lower()}" for fate in Fate if counts[fate]
    )


class _Applying:
    def __init__(
        self, plan: Plan, by: User, reason: str, comparison: Comparison, told: Told
    ) -> None:
        self.plan, self.by, self.reason, self.comparison = plan, by, reason, comparison
        self.rows = sum(comparison.counts[fate] for fate in CHANGING)
        self.written = 0
        self.told = part(told, _COMPARED, 100)
        self.made: dict[Place, Block] = {}
        self.order = Order(plan)
        self.affected: dict[int, int] = {}

    def run(self) -> None:
        directory = owners_of(self.plan).directory
        outcomes = self.comparison.outcomes
        self.amend([one for one in outcomes if one.amendment])
        self.take_out([one for one in outcomes if one.fate in (Fate.REMOVED, Fate.WITHDRAWN)])
        new = [self.new(one, directory) for one in outcomes if one.new]
        assigned_on = clock.today() if is_in_force(self.plan) else self.plan.starts_on
        for some in self.batches(new):
            add_tasks(tasks=some, assigned_on=assigned_on, by=self.by)
        self.tell()

    def batches(self, rows: list[_Row]) -> Iterator[list[_Row]]:
        for start in range(0, len(rows), _BATCH):
            self.told(100 * self.written / self.rows)
            some = rows[start : start + _BATCH]
            yield some
            self.written += len(some)

    def amend(self, changed: list[Outcome]) -> None:
        for some in self.batches(changed):
            amendments = []
            for one in some:
                assert one.task is not None
                assert one.amendment is not None
                amendments.append((one.task, one.amendment))
                before = {part.unit_id for part in one.task.assignments.all()}
                after = {
                    unit.pk
                    for parts in (one.amendment.leads, one.amendment.supports)
                    for unit, _ in parts or ()
                }
                self.count(before | after)
            amend_all(amendments=amendments, by=self.by, reason=self.reason)

    def take_out(self, gone: list[Outcome]) -> None:
        for some in self.batches(gone):
            tasks = [one.task for one in some if one.task is not None]
            for task in tasks:
                self.count(part.unit_id for part in task.assignments.all())
            take_out(tasks=tasks, by=self.by, reason=self.reason)

    def new(self, one: Outcome, directory: Directory) -> tuple[Task, list[Part]]:
        assert one.new is not None
        assert one.place is not None
        block = self.block(one.place)
        task = Task(
            plan=self.plan,
            block=block,
            title=short_title(one.new.fields["wording"], directory),
            added_on=known_from(self.plan),
            **one.new.fields,
        )
        self.order.put(task, block)
        parts: list[Part] = [
            (role, unit, group, position)
            for role, units in (
                (AssignmentRole.LEAD, one.new.leads),
                (AssignmentRole.SUPPORT, one.new.supports),
            )
            for position, (unit, group) in enumerate(units, 1)
        ]
        self.count(unit.pk for _, unit, _, _ in parts)
        return task, parts

    def block(self, place: Place) -> Block:
        """The block of a place, made once if it is new."""
        if place.block is not None:
            return place.block
        if place not in self.made:
            area = place.area or self.area(place)
            last = area.blocks.aggregate(last=Max("position"))["last"] or 0
            self.made[place] = Block.objects.create(
                area=area, position=last + 1, heading=place.new_block
            )
        return self.made[place]

    def area(self, place: Place) -> Area:
        indicator = place.indicator or self.indicator(place)
        same = indicator.areas.filter(title=place.new_area).first()
        if same is not None:
            return same
        last = indicator.areas.aggregate(last=Max("position"))["last"] or 0
        return Area.objects.create(
            indicator=indicator,
            position=last + 1,
            number=place.number[:20] if place.number != indicator.number else "",
            title=place.new_area,
        )

    def indicator(self, place: Place) -> Indicator:
        found, _ = Indicator.objects.get_or_create(
            plan=self.plan,
            code="PHU LUC",
            defaults={"position": 1, "number": "1", "name": place.new_indicator},
        )
        return found

    def count(self, units: Any) -> None:
        for unit in units:
            self.affected[unit] = self.affected.get(unit, 0) + 1

    def tell(self) -> None:
        """Everyone whose unit has to do with what changed, once, with the number of its tasks."""
        people = User.objects.filter(unit__in=self.affected).select_related("unit")
        tell_each(
            (
                (
                    [person],
                    f"Phụ lục “{self.plan.short_title}” vừa được sửa: "
                    f"{format_decimal(self.affected[person.unit_id])} nhiệm vụ của "  # type: ignore[index]
                    f"{person.unit} mới, thay đổi hoặc rút.",
                    reverse("task-list"),
                )
                for person in people
            ),
            by=self.by,
        )


def _locked(import_id: int, by: User) -> AppendixImport:
    _require_administrator(by)
    one = (
        AppendixImport.objects.select_for_update(of=("self",))
        .select_related("plan")
        .get(pk=import_id)
    )
    _require_waiting(one)
    return one


def _require_waiting(one: AppendixImport) -> None:
    if one.applied_at is not None or one.put_aside:
        done = f"đã được {one.applied_by_label} áp dụng" if one.applied_at else "đã bị bỏ"
        raise NotNow(f"Lần nhập này {done}; không làm lại được.")


def _require_administrator(by: User) -> None:
    if not rules.is_administrator(by):
        raise NotYours("Chỉ quản trị được nhập phụ lục.")
