"""The plan's tasks as lines of text: who, until when, how far, in whose words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from config.vietnamese import dates
from plans.models import Assignment, Block, Criterion, Evidence, Indicator, Measure
from plans.overview import Contribution, LeadOnDay, MeasureOnDay, Status, TaskOnDay
from plans.reading.deadlines import said_deadline
from plans.tallies import Tally, measure_verdict
from reports.content import sentences
from reports.content.figures import counts
from reports.content.model import (
    ContributionLine,
    Entry,
    IndicatorPart,
    LeadLine,
    MeasureLine,
    MeasureValueLine,
    StatusLine,
    TaskLine,
)


def indicator_parts(
    tallies: Sequence[tuple[Indicator, Tally]],
    tasks: Iterable[TaskOnDay],
    criteria: Mapping[int, Sequence[Criterion]],
) -> tuple[IndicatorPart, ...]:
    """Every index of the plan, in its order, with its figures and its tasks under their headings.

    `criteria` are keyed by Block.pk.
    """
    by_indicator: dict[int, list[TaskOnDay]] = defaultdict(list)
    for row in tasks:
        by_indicator[row.task.block.area.indicator_id].append(row)
    return tuple(
        IndicatorPart(
            number=indicator.number,
            code=indicator.code,
            name=indicator.heading or f"{indicator.name} ({indicator.code})",
            counts=counts(indicator.code, tally),
            entries=tuple(entries(by_indicator[indicator.pk], criteria)),
        )
        for indicator, tally in tallies
    )


def entries(
    tasks: Iterable[TaskOnDay], criteria: Mapping[int, Sequence[Criterion]]
) -> Iterator[Entry]:
    """Headings where area or criteria change, and the tasks under them."""
    above: list[tuple[str, int]] = []
    for row in tasks:
        path = _path(row.task.block, criteria)
        keys = [key for key, _, _ in path]
        same = _alike(above, keys)
        for level, (key, number, title) in enumerate(path[same:], start=same + 1):
            yield Entry(level, number, title, is_criteria=key[0] == "block")
        above = keys
        yield Entry(len(path) + 1, row.task.code, row.task.title, task=task_line(row))


def _alike(one: Sequence[object], other: Sequence[object]) -> int:
    """How many of the first items are the same."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _path(
    block: Block, criteria: Mapping[int, Sequence[Criterion]]
) -> list[tuple[tuple[str, int], str, str]]:
    """(key, number, title) of every heading above a task, from the outermost in."""
    area = block.area
    path = [(("area", one.pk), one.number, one.title) for one in (area.parent, area) if one]
    if title := _criteria_title(block, criteria.get(block.pk, ())):
        path.append((("block", block.pk), block.number, title))
    return path


def _criteria_title(block: Block, criteria: Sequence[Criterion]) -> str:
    titles = [one.title for one in criteria]
    if not titles:
        return "Mục phân công" if block.number else ""
    label = "Tiêu chí" if len(titles) == 1 else "Các tiêu chí"
    return f"{label}: {'; '.join(titles)}"


def task_line(row: TaskOnDay) -> TaskLine:
    """One task with every label resolved."""
    task = row.task
    return TaskLine(
        code=task.code,
        title=task.title,
        wording=task.wording,
        kind=task.get_kind_display(),
        product=task.product,
        lead_words=_named([lead.assignment for lead in row.leads]),
        # A group of which every unit leads supports in the plan's words only (1.2.1).
        support_words=_grouped(row.supports) or task.printed_supports.rstrip("."),
        status=status_line(row.status),
        leads=tuple(_lead_line(lead) for lead in row.leads),
        measures=tuple(_measure_line(measure) for measure in row.measures),
        contributions=tuple(_contribution_line(one) for one in row.contributions),
        due_words=_due_words(row),
        note=task.note,
    )


def _due_words(row: TaskOnDay) -> str:
    """Until when, in the plan's words as long as they say the deadline in force; where it was moved
    that one, each lead's where they differ, with what the plan says."""
    task = row.task
    dues = [lead.status.due_on for lead in row.leads] or [row.status.due_on]
    if task.due_words and set(dues) <= {said_deadline(task.due_words, task.plan.year)}:
        return task.due_words
    if len(set(dues)) == 1:
        in_force = dates.cited(dues[0]) if dues[0] else ""
    else:
        in_force = "; ".join(
            f"{lead.assignment.unit.short_name}: {dates.cited(due) if due else 'không hạn'}"
            for lead, due in zip(row.leads, dues, strict=True)
        )
    if not task.due_words:
        return in_force
    if not in_force:
        return task.due_words
    return f"{in_force} (theo Kế hoạch: {sentences.lower_first(task.due_words)})"


def _named(assignments: Sequence[Assignment]) -> str:
    """Leads by name, each answers for its own part."""
    return "; ".join(one.unit.name for one in assignments)


def _grouped(assignments: Sequence[Assignment]) -> str:
    """Supports as the plan names them: a group once, by its own words (A1)."""
    names = [one.group.name if one.group else one.unit.name for one in assignments]
    return "; ".join(dict.fromkeys(names))


def status_line(status: Status) -> StatusLine:
    late = status.lateness if status.is_late else None
    return StatusLine(
        state=status.state.value,
        label=status.label,
        lateness=str(status.lateness) if status.lateness else "",
        words=sentences.of_status(status),
        due_on=status.due_on,
        completed_on=status.completed_on,
        days_late=late.days if late else 0,
        returned=status.returned,
    )


def _lead_line(lead: LeadOnDay) -> LeadLine:
    report = lead.report
    return LeadLine(
        unit=lead.assignment.unit.name,
        status=status_line(lead.status),
        reported_on=lead.status.reported_on,
        result=report.result if report else "",
        difficulty=report.difficulty if report else "",
        cause=report.cause if report else "",
        next_step=report.next_step if report else "",
        proposal=report.proposal if report else "",
        explanation=report.explanation if report else "",
        evidence=_labels(lead.evidence),
        unit_code=lead.assignment.unit.code,
    )


def _contribution_line(one: Contribution) -> ContributionLine:
    update = one.update
    return ContributionLine(
        unit=one.assignment.unit.name,
        reported_on=update.recorded_on,
        result=update.result,
        difficulty=update.difficulty,
        cause=update.cause,
        next_step=update.next_step,
        proposal=update.proposal,
        evidence=_labels(one.evidence),
        unit_code=one.assignment.unit.code,
    )


def _labels(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.label for one in evidence))


def _measure_line(row: MeasureOnDay) -> MeasureLine:
    measure = row.measure
    verdict = sentences.of_verdict(measure_verdict(row))
    return MeasureLine(
        name=measure.name,
        scale=measure.scale,
        unit_label="%" if measure.scale == Measure.Scale.PERCENT else measure.unit_label,
        baseline=exact(measure.baseline),
        target=exact(row.target),
        shown_target=row.shown_target,
        values=tuple(
            MeasureValueLine(
                unit,
                exact(value) or Decimal(0),
                measure.shown(value),
                sentences.of_verdict(measure_verdict(replace(row, values=((unit, value),)))),
            )
            for unit, value in row.values
        ),
        shown_values=_shown(row),
        verdict=verdict,
        words=sentences.of_measure(
            measure.name, row.shown_target if row.target is not None else "", _shown(row), verdict
        ),
    )


def _shown(row: MeasureOnDay) -> str:
    """ "98,5%", or "100% (TTBCXB), 98,5% (HTS)" when several leads gave one."""
    if len(row.values) == 1:
        return row.measure.shown(row.values[0][1])
    return ", ".join(f"{row.measure.shown(value)} ({unit})" for unit, value in row.values)


def exact(value: Decimal | None) -> Decimal | None:
    """The number without the zeros that a database adds after it, so that it freezes alike."""
    return None if value is None else Decimal(f"{value.normalize():f}")
