"""One function turns a unit's part in a plan, on a day, into the whole content of its report."""

import datetime as dt
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace

from config.vietnamese import dates
from config.vietnamese.numbers import padded
from config.vietnamese.text import ascii_name
from plans import tallies
from plans.matters import difficulties_on
from plans.models import Plan
from plans.overview import LeadOnDay, TaskOnDay, of_unit
from plans.tallies import MeasureTally, Tally
from reports.content import heading, lines, sentences
from reports.content.build import LANGUAGE, TOTAL, criteria_of
from reports.content.figures import counts, measure_counts
from reports.content.model import Head, IndicatorPart, Signature
from reports.unit_content.drafts import drafts
from reports.unit_content.model import SECTIONS, SectionText, SupportLine, UnitReportContent
from units.models import Demonstration, Unit, UnitKind


def unit_report(plan: Plan, unit: Unit, day: dt.date, *, round_name: str) -> UnitReportContent:
    """What the report of `unit` says as of `day` before anybody wrote in it: every section says its
    draft and nobody signs yet; the unit is called as it was on that day. A fixed number of queries.
    """
    facts = heading.around(plan, day)
    unit = copy(unit).called_on(plan.naming_day(day))
    rows = of_unit(plan, day, unit)
    led = [(row, lead) for row in rows if (lead := _own(row, unit))]
    by_indicator = tallies.parts_of_unit(plan, day, unit)
    total = tallies.total(tally for _, tally in by_indicator)
    own = [_narrowed(row, lead) for row, lead in led]
    measures = tallies.of_measures(measure for row in own for measure in row.measures)
    indicators = tuple(
        _naming_all_leads(part, rows)
        for part in lines.indicator_parts(by_indicator, own, criteria_of(plan))
    )
    # The Office's own report goes to the leadership, which accepts it.
    receiver = "Lãnh đạo Sở" if unit.kind == UnitKind.OFFICE else "Văn phòng Sở"
    supports = tuple(_support(row, unit) for row in rows if not _own(row, unit))
    tasks = [task for part in indicators for task in part.tasks]
    drafted = drafts(tasks, supports, difficulties_on(plan, day, [unit.pk]))
    return UnitReportContent(
        demonstration=Demonstration.day() is not None,
        day=day,
        language=LANGUAGE,
        file_stem=f"BC_{ascii_name(unit.short_name)}_{plan.year}_den_{day:%Y%m%d}",
        plan=plan.short_title,
        round=round_name,
        unit=unit.name,
        unit_code=unit.code,
        agency=facts.agency.name,
        head=_head(facts, unit),
        kind=heading.KIND,
        subject=f"Kết quả thực hiện {facts.plan_words} của {unit.name}",
        addressee=receiver,
        opening=(
            f"Thực hiện {plan.citation} của {facts.agency.name}, {unit.name} báo cáo kết quả "
            f"thực hiện các nhiệm vụ được giao, số liệu tính đến ngày {dates.cited(day)}, như sau:",
        ),
        figures=tuple(_figures(total, measures, supports)),
        closing=f"Trên đây là Báo cáo của {unit.name}, kính gửi {receiver} xem xét, tổng hợp./.",
        signature=Signature("", "", ""),
        recipients=("- Như trên;", f"- Lưu: {unit.short_name}."),
        total=counts(TOTAL, total),
        measures=measure_counts(measures),
        indicators=indicators,
        supports=supports,
        texts=tuple(
            SectionText(key, title, drafted[key], is_edited=False)
            for key, title in SECTIONS.items()
        ),
    )


def _own(row: TaskOnDay, unit: Unit) -> LeadOnDay | None:
    return next((lead for lead in row.leads if lead.assignment.unit_id == unit.pk), None)


def _narrowed(row: TaskOnDay, lead: LeadOnDay) -> TaskOnDay:
    """The task as far as one of its leads answers for it: its own state, words and values."""
    name = lead.assignment.unit.short_name
    return replace(
        row,
        status=lead.status,
        leads=(lead,),
        measures=tuple(
            replace(one, values=tuple(value for value in one.values if value[0] == name))
            for one in row.measures
        ),
        contributions=(),
    )


def _naming_all_leads(part: IndicatorPart, rows: Sequence[TaskOnDay]) -> IndicatorPart:
    """Who else leads a task is named, though only the unit's own part is told."""
    names = {
        row.task.code: "; ".join(one.assignment.unit.name for one in row.leads) for row in rows
    }
    entries = (
        replace(one, task=replace(one.task, lead_words=names[one.task.code])) if one.task else one
        for one in part.entries
    )
    return replace(part, entries=tuple(entries))


def _support(row: TaskOnDay, unit: Unit) -> SupportLine:
    line = lines.task_line(row)
    own = [
        said
        for one, said in zip(row.contributions, line.contributions, strict=True)
        if one.assignment.unit_id == unit.pk
    ]
    return SupportLine(line.code, line.title, line.lead_words, own[0] if own else None)


def _head(facts: heading.Around, unit: Unit) -> Head:
    """The agency above, the unit below it (F11, F12); the number stays blank (F16)."""
    whole = heading.head(facts)
    return replace(
        whole,
        superior=facts.agency.name.upper(),
        agency=heading.balanced(unit.name.upper()),
        number_line=f"Số:{heading.BLANK_NUMBER}/BC-{unit.short_name}",
    )


def _figures(
    total: Tally, measures: MeasureTally, supports: Sequence[SupportLine]
) -> Iterator[str]:
    """The counts as sentences, from the same tallies as everywhere."""
    if total.total:
        yield (
            f"Đơn vị chủ trì {padded(total.total)} {sentences.PARTS}: "
            f"{sentences.progress(total, sentences.PARTS)}."
        )
        yield sentences.rate_over_due(total, sentences.PARTS)
    else:
        yield "Đơn vị không chủ trì nhiệm vụ nào của Kế hoạch."
    if measures.total:
        yield sentences.of_measures(measures).replace("Kế hoạch theo dõi", "Đơn vị theo dõi")
    if supports:
        said = sum(1 for one in supports if one.contribution)
        yield (
            f"Đơn vị phối hợp {padded(len(supports))} nhiệm vụ; đã ghi kết quả phối hợp "
            f"{padded(said)}/{padded(len(supports))} nhiệm vụ."
        )
