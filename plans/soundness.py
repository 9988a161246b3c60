"""What of a plan would hurt later, while it can still be mended: a list of checks, each of which
finds its own kind of gap. A reader decides; what a plan leaves open on purpose stays listed.

Each check asks a fixed number of queries, however many tasks there are.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from config.vietnamese import dates
from config.vietnamese.text import clean_line, fold
from plans.appendix.owed import still_owed
from plans.models import (
    Assignment,
    AssignmentRole,
    Block,
    CarryOver,
    Criterion,
    Measure,
    Plan,
    Task,
)
from plans.next_year.preview import cited_in
from plans.next_year.shifting import cited
from plans.reading.targets import targets
from plans.states import Kind
from units.models import UnitGroup

# Shorter sentences ("Phối hợp thực hiện.") may well stand twice; in folded characters.
SHORTEST_SENTENCE = 40
_SENTENCE_END = re.compile(r"(?<=[.;])\s+|\n+")


@dataclass(frozen=True)
class Place:
    """Where a gap is: its page, for everyone, and the page on which administrators mend it."""

    name: str
    page: str
    mend: str


@dataclass(frozen=True)
class Gap:
    """One thing to mend: the words that stand there, what is amiss, and every place of it."""

    words: str
    remark: str
    places: Sequence[Place]


@dataclass(frozen=True)
class Check:
    """A kind of gap; `why` says what it will cost, `key` is its name in the address."""

    key: str
    title: str
    why: str
    find: Callable[[Plan], list[Gap]]


@dataclass(frozen=True)
class Checked:
    """A check with what it found."""

    check: Check
    gaps: list[Gap]


def examine(plan: Plan) -> list[Checked]:
    """Every check of `CHECKS`, also those that found nothing."""
    return [Checked(check, check.find(plan)) for check in CHECKS]


# --- Places ---------------------------------------------------------------------------------------


def _at_task(task: Task, part: str = "") -> Place:
    mend = reverse("admin:plans_task_change", args=[task.pk])
    return Place(task.code, reverse("task", args=[task.pk]), f"{mend}{part}")


_PARTS, _MEASURES = "#assignments-group", "#measures-group"


def _kept(plan: Plan) -> QuerySet[Task]:
    """All of the plan, also those of its register, but those that were withdrawn."""
    return Task.objects.filter(plan=plan, withdrawn_on=None)


def _tasks(plan: Plan) -> list[Task]:
    return list(_kept(plan).select_related("block").order_by("position"))


# --- The checks -----------------------------------------------------------------------------------


def _without_lead(plan: Plan) -> list[Gap]:
    led = Assignment.objects.leads().filter(task__plan=plan).values_list("task_id", flat=True)
    has_lead = set(led)
    return [
        Gap(task.title, _who_is_printed(task), [_at_task(task, _PARTS)])
        for task in _tasks(plan)
        if task.pk not in has_lead
    ]


def _who_is_printed(task: Task) -> str:
    if words := clean_line(task.printed_leads):
        return f"văn bản ghi “{words}” nhưng chưa đơn vị nào được phân công"
    if task.kind == Kind.ONGOING:
        return "yêu cầu thường xuyên, văn bản không ghi đơn vị chủ trì"
    return "văn bản không ghi đơn vị chủ trì"


def _without_deadline(plan: Plan) -> list[Gap]:
    return [
        Gap(task.title, _why_no_day(task), [_at_task(task, "#id_due_on")])
        for task in _tasks(plan)
        if task.due_on is None
    ]


def _why_no_day(task: Task) -> str:
    printed = f"văn bản ghi “{task.due_words}”" if task.due_words else "văn bản không ghi thời hạn"
    if task.kind == Kind.DEADLINE:
        return f"phải xong đến một ngày, nhưng chưa có ngày; {printed}"
    return f"{str(Kind(task.kind).label).lower()}; {printed}"


def _past_the_parent(plan: Plan) -> list[Gap]:
    """Days that were agreed to beyond the plan's are not here: UBND tỉnh agreed to them (3.3).
    A given task has the deadline of the document that gave it."""
    late = _kept(plan).filter(registered_on=None, due_on__gt=F("plan__due_on"))
    return [
        Gap(
            task.title,
            f"thời hạn {dates.short(task.due_on)}, sau thời hạn chung {dates.short(plan.due_on)}",
            [_at_task(task, "#id_due_on")],
        )
        for task in late.order_by("position")
    ]


def _measures_unclear(plan: Plan) -> list[Gap]:
    measures = Measure.objects.filter(task__in=_kept(plan)).select_related("task")
    return [
        Gap(measure.name, "; ".join(amiss), [_at_task(measure.task, _MEASURES)])
        for measure in measures.order_by("task__position", "position")
        if (amiss := _amiss(measure))
    ]


def _amiss(measure: Measure) -> list[str]:
    found = []
    if measure.target is None:
        found.append("không có chỉ tiêu giao")
    if measure.scale == Measure.Scale.NUMBER and not measure.unit_label:
        found.append("không có đơn vị tính")
    if measure.yearly_growth and measure.target is not None and measure.target_year is None:
        found.append("có mức tăng mỗi năm nhưng không ghi năm của chỉ tiêu")
    return found


def _target_not_as_worded(plan: Plan) -> list[Gap]:
    """A figure in the wording of a task that is the target of none of its measures, beside a
    measure whose target the wording does not name: as after a target grew from year to year."""
    measured: dict[Task, list[Measure]] = defaultdict(list)
    measures = Measure.objects.filter(task__in=_kept(plan), target__isnull=False)
    for measure in measures.select_related("task").order_by("task__position", "position"):
        measured[measure.task].append(measure)
    found = []
    for task, of_task in measured.items():
        asked = {one: one.shown(one.target_in(plan.year)) for one in of_task}
        for measure, target in asked.items():
            named = _figures(task.wording, measure)
            other = [figure for figure in named if figure not in asked.values()]
            if other and target not in named:
                remark = f"lời văn ghi {', '.join(other)}; chỉ tiêu giao {target}"
                found.append(Gap(measure.name, remark, [_at_task(task, "#id_wording")]))
    return found


def _figures(wording: str, measure: Measure) -> list[str]:
    """The figures in the wording that could be a target of the measure, as it shows its own."""
    if measure.scale == Measure.Scale.PERCENT:
        percents = (one for one in targets(wording)[0] if one.scale == measure.scale)
        values = [one.target for one in percents if one.target is not None]
    elif measure.scale == Measure.Scale.NUMBER and measure.unit_label:
        counted = rf"(?<![\d.,])(\d[\d.]*(?:,\d+)?)\s+{re.escape(measure.unit_label)}\b"
        written = re.findall(counted, wording, re.IGNORECASE)
        values = [Decimal(one.replace(".", "").replace(",", ".")) for one in written]
    else:
        values = []
    return list(dict.fromkeys(measure.shown(value) for value in values))


def _documents_of_before(plan: Plan) -> list[Gap]:
    """Of a plan that was carried over: what its words cite of the years since the old one."""
    carried = CarryOver.objects.filter(plan=plan).select_related("source").first()
    if carried is None:
        return []
    years = range(carried.source.year, plan.year)
    remark = f"văn bản năm trước; xem năm {plan.year} đã có văn bản mới chưa"
    mend = reverse("admin:plans_plan_change", args=[plan.pk])
    gaps = [
        Gap(document, remark, [Place(where[:1].upper() + where[1:], "", mend)])
        for where, document in cited_in(plan, years)
    ]
    return gaps + [
        Gap(document, remark, [_at_task(task, "#id_wording")])
        for task in _tasks(plan)
        if not task.is_registered
        for document in cited(task.wording, years)
    ]


def _inactive_units(plan: Plan) -> list[Gap]:
    named = Q(task__in=_kept(plan), unit__is_active=False)
    other = Assignment.objects.filter(task=OuterRef("task"), unit=OuterRef("unit__merged_into"))
    # What a merged unit supported is the other's, once that has a part in the task.
    supported = Q(Exists(other), role=AssignmentRole.SUPPORT)
    parts = Assignment.objects.filter(still_owed(named) & ~supported).annotate(
        is_led_on=Exists(other.filter(role=AssignmentRole.LEAD))
    )
    return [
        Gap(
            part.task.title,
            _why_inactive(part),
            [_at_task(part.task, _PARTS)],
        )
        for part in parts.select_related("task", "unit__merged_into").order_by(
            "task__position", "role", "position"
        )
    ]


def _why_inactive(part: Any) -> str:
    """`is_led_on` is whether the unit that it went into leads the task already."""
    words = f"{part.unit} ({part.get_role_display().lower()}) đã ngừng hoạt động"
    if part.unit.merged_into is None:
        return words
    words += f", nhập vào {part.unit.merged_into} từ {dates.short(part.unit.merged_on)}"
    return f"{words}; chờ Lãnh đạo Sở cho dừng phần này" if part.is_led_on else words


def _empty_groups(plan: Plan) -> list[Gap]:
    groups = UnitGroup.objects.filter(agency=plan.agency_id).exclude(members__is_active=True)
    found = []
    printed = _printed_words(plan) if groups else {}
    for group in groups.prefetch_related("aliases"):
        names = [fold(group.name), *(alias.folded for alias in group.aliases.all())]
        where = [code for code, words in printed.items() if any(name in words for name in names)]
        remark = "không có đơn vị nào đang hoạt động"
        if where:
            remark += f"; kế hoạch nhắc tới ở {', '.join(where)}"
        mend = reverse("admin:units_unitgroup_change", args=[group.pk])
        found.append(Gap(group.name, remark, [Place("Nhóm đơn vị", "", mend)]))
    return found


def _printed_words(plan: Plan) -> dict[str, str]:
    """Who leads and supports, in the words of the plan, folded, by the code of the task."""
    return {
        task.code: fold(f"{task.printed_leads} {task.printed_supports}") for task in _tasks(plan)
    }


def _same_sentence(plan: Plan) -> list[Gap]:
    """One sentence in two tasks is reported, and counted, twice (A10)."""
    where: dict[str, list[Task]] = defaultdict(list)
    written: dict[str, str] = {}
    for task in _tasks(plan):
        for sentence in _SENTENCE_END.split(task.wording):
            key = fold(sentence).strip(" .;:,-+")
            if len(key) >= SHORTEST_SENTENCE:
                where[key].append(task)
                written.setdefault(key, clean_line(sentence))
    return [
        Gap(
            written[key],
            f"có {len(tasks)} lần",
            [_at_task(task, "#id_wording") for task in dict.fromkeys(tasks)],
        )
        for key, tasks in where.items()
        if len(tasks) > 1
    ]


def _idle_criteria(plan: Plan) -> list[Gap]:
    criteria = Criterion.objects.filter(
        ~Exists(_kept(plan).filter(block=OuterRef("block"))), block__area__indicator__plan=plan
    ).select_related("block__area")
    order = ("block__area__indicator__position", "block__area__position", "block__position")
    return [
        Gap(one.title, "chưa có nhiệm vụ nào", [_at_block(one.block)])
        for one in criteria.order_by(*order, "position")
    ]


def _at_block(block: Block) -> Place:
    return Place(str(block), "", reverse("admin:plans_block_change", args=[block.pk]))


CHECKS = (
    Check(
        "chu-tri",
        "Nhiệm vụ chưa có đơn vị chủ trì",
        "Không ai cập nhật, không ai báo cáo; không tính vào tỷ lệ nào.",
        _without_lead,
    ),
    Check(
        "thoi-han",
        "Nhiệm vụ không có thời hạn",
        "Không bao giờ quá hạn, nên không ai được nhắc.",
        _without_deadline,
    ),
    Check(
        "qua-thoi-han-chung",
        "Thời hạn sau thời hạn chung của kế hoạch",
        "Đến hạn khi Sở đã phải báo cáo xong.",
        _past_the_parent,
    ),
    Check(
        "chi-tieu",
        "Chỉ tiêu chưa có số giao hoặc đơn vị tính",
        "Không nói được đạt hay chưa đạt. Nếu văn bản không giao số thì để nguyên.",
        _measures_unclear,
    ),
    Check(
        "chi-tieu-loi-van",
        "Chỉ tiêu giao khác lời văn của nhiệm vụ",
        "Đơn vị đọc một mức, báo cáo bị đánh giá theo mức khác.",
        _target_not_as_worded,
    ),
    Check(
        "van-ban-nam-truoc",
        "Lời văn dẫn văn bản của năm trước",
        "Kế hoạch mới thực hiện một văn bản mới; văn bản cũ được giữ nguyên từng chữ khi chuyển.",
        _documents_of_before,
    ),
    Check(
        "don-vi-ngung",
        "Đơn vị được phân công đã ngừng hoạt động",
        "Phần việc còn phải làm mà không còn người làm.",
        _inactive_units,
    ),
    Check(
        "nhom-trong",
        "Nhóm đơn vị không có đơn vị nào",
        "Giao việc cho nhóm này là không giao cho ai.",
        _empty_groups,
    ),
    Check(
        "trung-cau",
        "Một câu xuất hiện nhiều lần",
        "Một việc bị báo cáo và đếm hai lần.",
        _same_sentence,
    ),
    Check(
        "tieu-chi-trong",
        "Tiêu chí chưa có nhiệm vụ",
        "Điểm của tiêu chí không có việc nào để nâng lên.",
        _idle_criteria,
    ),
)
