"""The Office opens a round, urges who is missing, and closes it."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from config.vietnamese import dates
from config.vietnamese.text import clean_line
from plans.acts.merging_preview import OpenThing
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.models import Plan
from plans.texts import TextRefused, accepted
from reports.acts.recording import people_of
from reports.models import RemindedUnit, Round, RoundKind, RoundReminder, UnitReport
from reports.rules import may_close_round, may_open_round, may_urge
from reports.states.unit_report import HELD, ReportState
from units import clock
from units.models import Unit, User
from units.notices import tell


@dataclass(frozen=True)
class NewRound:
    """What the Office says of a round before it is opened."""

    kind: str
    name: str
    as_of: dt.date
    units_due_on: dt.date
    department_due_on: dt.date | None
    units: tuple[Unit, ...]
    demand: str = ""


def yearly(plan: Plan, units: Sequence[Unit]) -> NewRound | None:
    """The round that the plan itself asks for, on its own days (S29); None without a day."""
    day = plan.unit_reports_due_on or plan.due_on
    if day is None:
        return None
    return NewRound(
        kind=RoundKind.YEARLY,
        name=f"Báo cáo năm {plan.year}",
        as_of=day,
        units_due_on=day,
        department_due_on=plan.department_report_due_on,
        units=tuple(units),
    )


def open_round(*, plan: Plan, new: NewRound, by: User, request_key: uuid.UUID) -> Round:
    """A round begins: every unit in it has a report that is "chưa lập", and is told."""
    with transaction.atomic():
        # The plan's row is the lock: two people who open the yearly round make one.
        Plan.objects.select_for_update().get(pk=plan.pk)
        earlier = Round.objects.filter(request_key=request_key).first()
        if earlier and (earlier.opened_by_id, earlier.plan_id) == (by.pk, plan.pk):
            return earlier
        if not may_open_round(by):
            raise NotYours("Văn phòng mở đợt báo cáo.")
        _check(plan, new)
        opened = Round.objects.create(
            plan=plan,
            kind=new.kind,
            name=clean_line(new.name),
            demand=clean_line(new.demand),
            as_of=new.as_of,
            units_due_on=new.units_due_on,
            department_due_on=new.department_due_on,
            request_key=request_key,
            opened_by=by,
            opened_by_label=by.label,
            opened_on=clock.today(),
            opened_at=clock.now(),
        )
        UnitReport.objects.bulk_create(UnitReport(round=opened, unit=unit) for unit in new.units)
        due = dates.short(opened.units_due_on)
        for report in opened.reports.select_related("unit"):
            tell(
                User.objects.filter(unit=report.unit),
                f"Mở đợt “{opened}”: {report.unit} nộp báo cáo đến hết ngày {due}",
                reverse("unit-report", args=[report.pk]),
                by=by,
            )
        return opened


def ask_heir(*, unit: Unit, by: User) -> None:
    """After `unit` became part of another: the other is asked, too, in every open round that asked
    `unit`, as it does the tasks now, and is told which reports it hands in in its place."""
    heir = unit.merged_into
    assert heir is not None
    people = list(User.objects.filter(unit=heir, is_active=True))
    for report in UnitReport.objects.filter(unit=unit, round__closed_on=None).for_page():
        own, is_new = UnitReport.objects.get_or_create(round=report.round, unit=heir)
        due = dates.short(report.round.units_due_on)
        if is_new:
            words = f"Đợt “{report.round}”: {heir} nộp báo cáo đến hết ngày {due}"
            tell(people, words, reverse("unit-report", args=[own.pk]), by=by)
        if report.state in HELD:
            state = ReportState(report.state).label.lower()
            words = (
                f"{unit} đã nhập vào {heir}: báo cáo “{report.round}” của {unit} ({state}) do "
                f"{heir} theo dõi, nộp đến hết ngày {due}"
            )
            tell(people, words, reverse("unit-report", args=[report.pk]), by=by)


def reports_at_merger(unit: Unit, into: Unit) -> Iterator[OpenThing]:
    """What the page of mergers says of reports beforehand."""
    found = UnitReport.objects.filter(unit=unit, round__closed_on=None).select_related("round")
    said = {
        report.round.name: ReportState(report.state).label.lower()
        for report in found.order_by("pk")
        if report.state in HELD
    }
    yield OpenThing(
        "Báo cáo trong đợt đang mở",
        tuple(f"{name} ({state})" for name, state in said.items()),
        f"nội dung vẫn còn; {into} đọc, viết tiếp và nộp thay",
    )
    own = set(UnitReport.objects.filter(unit=into).values_list("round_id", flat=True))
    yield OpenThing(
        "Đợt chưa hỏi đơn vị nhận",
        tuple(report.round.name for report in found if report.round_id not in own),
        f"{into} được thêm vào đợt để báo cáo các việc được giao",
    )


def _check(plan: Plan, new: NewRound) -> None:
    errors = {}
    if not clean_line(new.name):
        errors["name"] = "Đồng chí ghi tên đợt báo cáo."
    if new.kind == RoundKind.AD_HOC and not clean_line(new.demand):
        errors["demand"] = "Đồng chí ghi theo yêu cầu của ai hoặc văn bản nào."
    if new.kind == RoundKind.YEARLY and plan.rounds.filter(kind=RoundKind.YEARLY).exists():
        errors["kind"] = "Kế hoạch đã có đợt báo cáo năm."
    if new.as_of < plan.starts_on:
        errors["as_of"] = f"Kế hoạch bắt đầu từ ngày {dates.short(plan.starts_on)}."
    if new.units_due_on < clock.today():
        errors["units_due_on"] = "Hạn nộp đã qua; đồng chí chọn ngày từ hôm nay trở đi."
    elif new.units_due_on < new.as_of:
        # Nobody can report by then what will be true later.
        errors["units_due_on"] = (
            f"Đơn vị không báo cáo trước ngày chốt số liệu ({dates.short(new.as_of)}) được: đồng "
            "chí lùi hạn nộp hoặc chọn ngày chốt sớm hơn."
        )
    if new.department_due_on and new.department_due_on < new.units_due_on:
        errors["department_due_on"] = (
            f"Hạn của Sở không được trước hạn của đơn vị ({dates.short(new.units_due_on)})."
        )
    if not new.units:
        errors["units"] = "Đồng chí chọn ít nhất một đơn vị."
    elif any(unit.agency_id != plan.agency_id for unit in new.units):
        errors["units"] = "Có đơn vị không thuộc cơ quan ban hành kế hoạch."
    if errors:
        raise Invalid(errors)


def urge(*, round_id: int, by: User, words: str = "", request_key: uuid.UUID) -> RoundReminder:
    """One stroke reminds every unit whose report the Office still lacks; kept with who and when.

    The same form sent twice reminds once; a second reminder on the same day is refused, so that a
    hurried hand does not urge people twice.
    """
    with transaction.atomic():
        found = Round.objects.select_for_update().get(pk=round_id)
        earlier = RoundReminder.objects.filter(request_key=request_key).first()
        if earlier and (earlier.by_id, earlier.round_id) == (by.pk, found.pk):
            return earlier
        if not may_urge(by):
            raise NotYours("Văn phòng đôn đốc các đơn vị nộp báo cáo.")
        if not found.is_open:
            raise NotNow(f"Đợt “{found}” đã đóng.")
        today = clock.today()
        owed = list(found.reports.owed().select_related("unit__merged_into"))
        if not owed:
            raise NotNow("Không còn đơn vị nào phải đôn đốc.")
        if found.reminders.filter(recorded_on=today).exists():
            raise NotNow("Hôm nay đã đôn đốc đợt này một lần; mỗi ngày đôn đốc một lần là đủ.")
        reminder = RoundReminder.objects.create(
            round=found,
            request_key=request_key,
            words=_words(words) or _urging(found, today),
            by=by,
            by_label=by.label,
            recorded_on=today,
            recorded_at=clock.now(),
        )
        for report in owed:
            RemindedUnit.objects.create(
                reminder=reminder,
                unit=report.unit,
                unit_label=report.unit.name,
                state_label=ReportState(report.state).label,
            )
            tell(
                people_of(report),
                f"Đôn đốc nộp báo cáo “{found}”: {reminder.words}",
                reverse("unit-report", args=[report.pk]),
                by=by,
            )
        return reminder


def _urging(found: Round, today: dt.date) -> str:
    due = dates.short(found.units_due_on)
    if late := found.days_late(today):
        return f"Đã quá hạn {late} ngày (hạn {due}), đề nghị đơn vị nộp ngay."
    return f"Đề nghị đơn vị nộp trước khi hết ngày {due}."


def _words(words: str) -> str:
    try:
        return accepted(words, max_length=1000)
    except TextRefused as refused:
        raise Invalid({"words": str(refused)}) from refused


def close_round(*, round_id: int, by: User) -> Round:
    """The round ends: no report in it changes any more. Closing it again changes nothing."""
    with transaction.atomic():
        found = Round.objects.select_for_update().get(pk=round_id)
        # Whoever is submitting at this moment comes before or after, never in between.
        list(found.reports.select_for_update().order_by("pk"))
        if not may_close_round(by):
            raise NotYours("Văn phòng đóng đợt báo cáo.")
        if found.is_open:
            found.closed_by, found.closed_by_label = by, by.label
            found.closed_on = clock.today()
            found.save(update_fields=["closed_by", "closed_by_label", "closed_on"])
        return found
