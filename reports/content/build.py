"""One function turns a plan and a day into the whole content of the consolidated report."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from config.collecting import put_off
from plans import tallies
from plans.matters import difficulties_on
from plans.models import Criterion, Indicator, Plan
from plans.overview import whole_plan
from plans.tallies import MeasureTally, Tally
from reports.content import heading, lines, sections, sentences
from reports.content.course import course, events
from reports.content.figures import counts, measure_counts
from reports.content.model import IndicatorPart, ReportContent
from reports.content.naming import report_stem
from reports.content.proposals import WentUp
from reports.content.withdrawn import withdrawn
from units.models import Demonstration

LANGUAGE = "vi"
TOTAL = "Tổng cộng"


@put_off()
def consolidated(plan: Plan, day: dt.date) -> ReportContent:
    """What the report on `plan` says as of `day`. A fixed number of queries."""
    facts = heading.around(plan, day)
    by_indicator = tallies.by_indicator(plan, day)
    by_unit = tallies.by_unit(plan, day)
    total = tallies.total(tally for _, tally in by_indicator)
    parts = tallies.total(tally for _, tally in by_unit)
    indicators, measures = _tasks(plan, day, by_indicator)
    went_up = WentUp(difficulties_on(plan, day))
    return ReportContent(
        demonstration=Demonstration.day() is not None,
        day=day,
        language=LANGUAGE,
        file_stem=report_stem(plan, [indicator.code for indicator, _ in by_indicator]),
        author=facts.agency.name,
        plan=plan.short_title,
        head=heading.head(facts),
        kind=heading.KIND,
        subject=heading.subject(facts),
        addressee=heading.addressee(facts),
        opening=heading.opening(facts),
        sections=sections.body(
            day=day,
            total=total,
            by_indicator=[(indicator.code, tally) for indicator, tally in by_indicator],
            by_unit=[(unit.name, tally) for unit, tally in by_unit],
            parts=parts,
            measures=measures,
            indicators=indicators,
            went_up=went_up,
            gone=withdrawn(plan, day),
        ),
        closing=heading.closing(facts),
        signature=heading.signature(facts),
        recipients=heading.recipients(facts),
        appendix=heading.appendix(facts, sentences.appendix_of(total)),
        total=counts(TOTAL, total),
        by_indicator=tuple(counts(one.code, tally) for one, tally in by_indicator),
        by_unit=tuple(counts(unit.name, tally, unit.code) for unit, tally in by_unit),
        parts_total=counts(TOTAL, parts),
        measures=measure_counts(measures),
        course=course(plan, day),
        events=events(plan, day),
        indicators=indicators,
        raised=went_up.all,
    )


def _tasks(
    plan: Plan, day: dt.date, by_indicator: Sequence[tuple[Indicator, Tally]]
) -> tuple[tuple[IndicatorPart, ...], MeasureTally]:
    """The plan's tasks as lines, and how many of their measures are met; what they were made of is
    gone before the rest of the report is made."""
    tasks = whole_plan(plan, day)
    measures = tallies.of_measures(measure for task in tasks for measure in task.measures)
    return lines.indicator_parts(by_indicator, tasks, criteria_of(plan)), measures


def criteria_of(plan: Plan) -> dict[int, list[Criterion]]:
    """The criteria of every block of the plan, in order. One query."""
    found: dict[int, list[Criterion]] = defaultdict(list)
    criteria = Criterion.objects.filter(block__area__indicator__plan=plan)
    for one in criteria.order_by("block", "position"):
        found[one.block_id].append(one)
    return found
