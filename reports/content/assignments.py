"""The plan's own appendix, "Phụ lục phân công nhiệm vụ", as plain data (S28, domain.md §2): who
leads, who supports, until when, what comes out. The plan names it; its file did not bring it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from config.vietnamese import dates
from plans.models import Plan
from plans.overview import TaskOnDay, whole_plan
from reports.content import heading, sentences
from reports.content.build import LANGUAGE, criteria_of
from reports.content.lines import entries
from reports.content.model import AppendixHead, Entry
from reports.content.naming import assignments_stem
from units.models import Demonstration


@dataclass(frozen=True, slots=True)
class AssignmentContent:
    """The whole appendix, every index with its lines; `day` is the date of the files."""

    demonstration: bool
    day: dt.date
    language: str
    file_stem: str
    author: str
    title: str
    appendix: AppendixHead
    parts: tuple[tuple[str, tuple[Entry, ...]], ...]


def assignments(plan: Plan, day: dt.date) -> AssignmentContent:
    """Who does what in `plan` as it is assigned now, `day` being today. Fixed queries."""
    facts = heading.around(plan, day)
    tasks = whole_plan(plan, day)
    return AssignmentContent(
        demonstration=Demonstration.day() is not None,
        day=day,
        language=LANGUAGE,
        file_stem=assignments_stem(plan),
        author=facts.agency.name,
        title=f"Phụ lục phân công nhiệm vụ thực hiện {facts.plan_words}",
        appendix=AppendixHead(
            label="Phụ lục",
            title=f"PHÂN CÔNG NHIỆM VỤ THỰC HIỆN {facts.plan_words.upper()}",
            note=_note(facts),
            cut_off=f"Theo phân công đến ngày {dates.cited(day)}",
            closing=f"{sentences.appendix_length(len(tasks))}./.",
        ),
        parts=tuple(_parts(plan, tasks)),
    )


def _note(facts: heading.Around) -> str:
    """To which plan it belongs; number and day as far as the clerk has given them (F36)."""
    plan = facts.plan
    number = plan.number or heading.BLANK_NUMBER
    if plan.issued_on:
        day = dates.in_words(plan.issued_on)
    else:
        day = dates.in_words_partly(plan.year, plan.issued_month)
    return f"(Kèm theo Kế hoạch số {number}/{plan.symbol} {day} của {facts.agency.name})"


def _parts(plan: Plan, tasks: list[TaskOnDay]) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    criteria = criteria_of(plan)
    by_indicator: dict[int, list[TaskOnDay]] = defaultdict(list)
    for row in tasks:
        by_indicator[row.task.block.area.indicator_id].append(row)
    for one in plan.indicators.order_by("position"):
        name = one.heading or f"{one.name} ({one.code})"
        title = f"{one.number}. {name}" if one.number else name
        yield title, tuple(entries(by_indicator[one.pk], criteria))
