"""A plan is carried over to a later year: a new plan, whose tasks name those they follow."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.urls import reverse

from config.vietnamese.numbers import format_decimal
from plans import rules
from plans.acts.appendix import assign_all
from plans.acts.importing import Outdated
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.models import (
    Area,
    Block,
    CarryOver,
    Criterion,
    Indicator,
    Measure,
    Plan,
    PlanSection,
    Recipient,
    Task,
)
from plans.next_year.going import copied_fields
from plans.next_year.preview import Choices, Line, Preview, preview_of, wrong_days
from plans.next_year.shifting import in_year, shifted_deadline
from units import clock
from units.models import Role, User
from units.notices import tell

MOST_YEARS = 5


def carry_over(
    *, plan_id: int, by: User, choices: Choices, seen: str, request_key: uuid.UUID
) -> Plan:
    """Make the plan that the preview showed, all of it or nothing; Outdated when the old plan is
    not as it was then. The same form sent twice is one plan, and a plan goes into a year once.
    """
    if not rules.is_administrator(by):
        raise NotYours("Chỉ quản trị được chuyển kế hoạch sang năm sau.")
    with transaction.atomic():
        source = Plan.objects.select_for_update(of=("self",)).get(pk=plan_id)
        if earlier := CarryOver.objects.filter(request_key=request_key, by=by).first():
            return earlier.plan
        _require_free_year(source, choices.year)
        if wrong := wrong_days(source, choices):
            raise Invalid(wrong)
        list(source.tasks.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
        preview = preview_of(source, choices)
        if preview.seen != seen:
            raise Outdated(
                "Kế hoạch cũ vừa thay đổi sau khi đồng chí xem. Chưa có gì được ghi: đồng chí xem "
                "lại bên dưới rồi chuyển."
            )
        plan = _Carrying(preview).plan()
        CarryOver.objects.create(
            source=source,
            plan=plan,
            year=choices.year,
            outcome=told(preview),
            by=by,
            by_label=by.label,
            recorded_at=clock.now(),
            request_key=request_key,
        )
        tell(
            User.objects.filter(role__in=(Role.ADMIN, Role.OFFICE)),
            f"Kế hoạch “{plan.short_title}” vừa được lập từ kế hoạch năm {source.year}.",
            reverse("plan-soundness"),
            by=by,
        )
        return plan


def told(preview: Preview) -> str:
    """ "12 nhiệm vụ, trong đó 7 chuyển tiếp"."""
    words = f"{format_decimal(len(preview.going))} nhiệm vụ"
    return (
        f"{words}, trong đó {preview.carried_over} chuyển tiếp" if preview.carried_over else words
    )


def _require_free_year(source: Plan, year: int) -> None:
    if not source.year < year <= source.year + MOST_YEARS:
        raise Invalid({"year": f"Năm mới từ {source.year + 1} đến {source.year + MOST_YEARS}."})
    done = CarryOver.objects.filter(source=source, year=year).select_related("plan").first()
    if done is not None:
        raise NotNow(
            f"{done.by_label} đã lập kế hoạch năm {year} từ kế hoạch này: “{done.plan}”. "
            "Không lập lần thứ hai."
        )


def _copy(old: Any, **made: Any) -> Any:
    """A new row of the same model, not saved yet: what goes along by its name, and what is made."""
    model: type[Model] = type(old)
    kept = {name: getattr(old, name) for name in copied_fields(model)}
    return model(**{**kept, **made})


def _saved_copy(old: Any, **made: Any) -> Any:
    new = _copy(old, **made)
    new.save(force_insert=True)
    return new


class _Carrying:
    def __init__(self, preview: Preview) -> None:
        self.preview, self.choices = preview, preview.choices
        self.source, self.years = preview.source, preview.years
        about = [self.source.year, self.source.results_year or self.source.year - 1]
        self.moves = {year: year + self.years for year in about}
        self.assigned_on = min(clock.today(), preview.starts_on)
        self.blocks: dict[int, Block] = {}
        self.criteria: dict[int, Criterion] = {}

    def words(self, text: str) -> str:
        return in_year(text, self.moves)

    def plan(self) -> Plan:
        old = self.source
        due_on, due_words = self.preview.deadline
        self.made: Plan = _saved_copy(
            old,
            code=_free_code(old.code, old.year, self.choices.year),
            year=self.choices.year,
            results_year=old.results_year and old.results_year + self.years,
            title=self.words(old.title),
            short_title=self.words(old.short_title),
            starts_on=self.preview.starts_on,
            due_on=due_on,
            due_words=due_words,
            unit_reports_due_on=self.preview.day(old.unit_reports_due_on),
            department_report_due_on=self.preview.day(old.department_report_due_on),
            opening=self.words(old.opening) if self.choices.words else "",
            closing=self.words(old.closing) if self.choices.words else "",
        )
        self.made.references.set(old.references.all())
        if self.choices.words:
            self._sections()
        self._outline()
        for line in self.preview.going:
            self._task(line)
        return self.made

    def _sections(self) -> None:
        for section in self.source.sections.all():
            is_deadline = section.part == PlanSection.Part.DEADLINE
            text = (
                shifted_deadline(section.text, self.years, self.preview.instead)
                if is_deadline
                else self.words(section.text)
            )
            _saved_copy(section, plan=self.made, text=text)
        Recipient.objects.bulk_create(
            _copy(one, plan=self.made) for one in self.source.recipients.all()
        )

    def _outline(self) -> None:
        indicators: dict[int, Indicator] = {}
        for indicator in self.source.indicators.order_by("position"):
            indicators[indicator.pk] = _saved_copy(
                indicator, plan=self.made, heading=self.words(indicator.heading)
            )
        areas: dict[int, Area] = {}
        found = Area.objects.filter(indicator__plan=self.source).order_by("position")
        # Parents before their children: a plan goes two levels deep.
        for area in sorted(found, key=lambda one: one.parent_id is not None):
            areas[area.pk] = _saved_copy(
                area,
                indicator=indicators[area.indicator_id],
                parent=areas[area.parent_id] if area.parent_id else None,
                title=self.words(area.title),
                heading=self.words(area.heading),
            )
        for block in Block.objects.filter(area__indicator__plan=self.source):
            self.blocks[block.pk] = _saved_copy(
                block,
                area=areas[block.area_id],
                heading=self.words(block.heading),
                **self.without_leads,
            )
        for criterion in Criterion.objects.filter(block__area__indicator__plan=self.source):
            self.criteria[criterion.pk] = _saved_copy(
                criterion,
                block=self.blocks[criterion.block_id],
                title=self.words(criterion.title),
            )

    @property
    def without_leads(self) -> dict[str, str]:
        """Who leads and supports is not even named where that does not go along."""
        return {} if self.choices.leads else {"lead_words": "", "support_words": ""}

    def _task(self, line: Line) -> None:
        old = line.task
        words = {name: getattr(old, name) for name in ("title", "wording", "product")}
        if not old.is_registered:  # else they are those of the document that gave it
            words = {name: self.words(text) for name, text in words.items()}
        new: Task = _saved_copy(
            old,
            plan=self.made,
            block=self.blocks[old.block_id],
            **words,
            due_on=line.deadline.due_on,
            due_words=line.deadline.words,
            registered_on=clock.today() if old.is_registered else None,
            follows=old,
            is_carried_over=line.is_carried_over,
            **self.without_leads,
        )
        new.references.set(old.references.all())
        for grown in line.measures:
            self._measure(new, grown.measure, grown.target)
        assign_all(
            task=new,
            parts=[(part.role, (part.unit, part.group), part.position) for part in line.parts],
            assigned_on=self.assigned_on,
        )

    def _measure(self, task: Task, old: Measure, target: Any) -> None:
        is_grown = bool(old.yearly_growth) and old.target is not None and old.target_year
        year = old.target_year and (self.choices.year if is_grown else old.target_year + self.years)
        _saved_copy(
            old,
            task=task,
            criterion=self.criteria.get(old.criterion_id or 0),
            target=target,
            target_year=year,
        )


def _free_code(code: str, old_year: int, year: int) -> str:
    """ "ke-hoach-2024" after "ke-hoach-2023"; with a number while it is taken."""
    base = code.replace(str(old_year), str(year)) if str(old_year) in code else f"{code}-{year}"
    taken = set(Plan.objects.values_list("code", flat=True))
    found, turn = base[:50], 2
    while found in taken:
        found, turn = f"{base[:46]}-{turn}", turn + 1
    return found
