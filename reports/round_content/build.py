"""The accepted reports of a round → the draft of its consolidated report.

The plan gives the outline (which tasks, whose, what is asked); states, dates, values and words are
those that the units reported. A part whose unit has no accepted report says so and is counted as
"chưa có thông tin", whatever was recorded of it since (peers.md: never filled in).
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from config.collecting import put_off
from plans import tallies
from plans.acts.projection import Facts, task_facts
from plans.matters import difficulties_on
from plans.models import Indicator, Plan
from plans.overview import LeadOnDay, MeasureOnDay, Status, TaskOnDay, status, whole_plan
from plans.states import OPEN, State
from plans.tallies import Tally
from reports.content import heading, lines, sentences
from reports.content.build import LANGUAGE, TOTAL, criteria_of
from reports.content.course import course, events
from reports.content.figures import counts, measure_counts
from reports.content.model import (
    Block,
    Event,
    IndicatorPart,
    LaterLine,
    LeadLine,
    Moment,
    StatusLine,
    TaskLine,
)
from reports.content.model import ReportContent as Content
from reports.content.naming import report_stem, round_stem
from reports.content.proposals import WentUp
from reports.content.scope import in_part
from reports.content.scope import not_asked as words_on_others
from reports.content.withdrawn import withdrawn
from reports.models import Round, RoundKind
from reports.round_content.asked import (
    beside,
    helped_elsewhere,
    is_asked,
    not_asked,
    of_part,
    protocol,
    scope_of,
)
from reports.round_content.outline import Figures, outline
from reports.round_content.passages import Draft
from reports.round_content.sources import Sources
from units.models import Demonstration, Unit

NOT_REPORTED = "chưa có báo cáo của đơn vị được tiếp nhận"
NOT_IN_REPORT = "chưa có trong báo cáo của đơn vị"


@put_off()
def drafted(
    round: Round, sources: Sources, day: dt.date, *, version: int = 1, replaces: str = ""
) -> Draft:
    """What the report of `round` says as of `day`, from what the units told (`sources`).

    `replaces` cites the issued report that version `version` corrects. A fixed number of queries.
    """
    plan = round.plan
    facts = heading.around(plan, day)
    stem = report_stem(plan, plan.indicators.order_by("position").values_list("code", flat=True))
    if round.kind == RoundKind.AD_HOC:
        stem = round_stem(stem, round.name)
    everything = whole_plan(plan, day)
    scope = scope_of(everything, sources)
    helped: tuple[Block, ...] = ()
    if scope:
        facts = replace(facts, is_in_part=True)
        helped = tuple(helped_elsewhere(everything, sources))
        everything = [row for row in everything if is_asked(row, sources)]
    rows = [_told(row, sources, day) for row in everything]
    later = tuple(_later(everything, sources))
    by_indicator = _by_indicator(plan, rows, day)
    by_unit = _by_unit(plan, rows, sources, day)
    total = tallies.total(tally for _, tally in by_indicator)
    parts = tallies.total(tally for _, tally in by_unit)
    measures = tallies.of_measures(one for row in rows for one in row.on_day.measures)
    indicators = _indicators(plan, rows, by_indicator)
    whom = sources.unit_ids if scope else None
    went_up = WentUp(difficulties_on(plan, day, whom))
    content = Content(
        demonstration=Demonstration.day() is not None,
        day=day,
        language=LANGUAGE,
        file_stem=_of_version(stem, version),
        author=facts.agency.name,
        plan=plan.short_title,
        head=heading.head(facts),
        kind=heading.KIND,
        subject=heading.subject(facts),
        addressee=heading.addressee(facts),
        opening=_replacing(
            (
                *heading.opening(facts, *_asked_for(round)),
                *([in_part(scope)] if scope else []),
            ),
            replaces,
        ),
        sections=(),
        closing=heading.closing(facts),
        signature=heading.signature(facts),
        recipients=heading.recipients(facts),
        appendix=of_part(heading.appendix(facts, sentences.appendix_of(total)), scope),
        total=counts(TOTAL, total),
        by_indicator=tuple(counts(one.code, tally) for one, tally in by_indicator),
        by_unit=tuple(counts(unit.name, tally, unit.code) for unit, tally in by_unit),
        parts_total=counts(TOTAL, parts),
        measures=measure_counts(measures),
        course=() if scope else _course(plan, day, total),
        events=_events(plan, sources, day),
        indicators=indicators,
        raised=went_up.all,
        later=later,
        scope=words_on_others(scope) if scope else (),
    )
    figures = Figures(
        day=day,
        total=total,
        by_indicator={one.code: tally for one, tally in by_indicator},
        by_area=_by_area(plan, rows, day),
        by_unit=[(unit.name, tally) for unit, tally in by_unit],
        parts=parts,
        measures=measures,
        indicators=indicators,
        steering=tallies.of_steering(plan, day, whom),
        went_up=went_up,
        scope=scope,
        helped=helped,
        later=later,
        gone=withdrawn(plan, day, whom),
    )
    return Draft(content, outline(facts, round, sources, figures))


def _course(plan: Plan, day: dt.date, total: Tally) -> tuple[Moment, ...]:
    """The months before as they stood, and the day itself as the units reported it."""
    *before, last = course(plan, day)
    return (*before, replace(last, counts=counts(last.counts.label, total)))


def _events(plan: Plan, sources: Sources, day: dt.date) -> tuple[Event, ...]:
    """The history behind the accepted reports: of each unit up to the day its report speaks of."""
    until = {one.unit: one.content.day for one in sources.accepted}
    return tuple(
        one for one in events(plan, day) if one.unit in until and one.day <= until[one.unit]
    )


def corrected(issued: Draft, *, version: int, replaces: str) -> Draft:
    """The draft of an issued report as its correction begins: the same day, figures and words; it
    cites the report that it `replaces`."""
    content = issued.content
    stem = _OF_VERSION.sub("", content.file_stem)
    return replace(
        issued,
        content=replace(
            content,
            file_stem=_of_version(stem, version),
            opening=_replacing(content.opening, replaces),
        ),
    )


def _asked_for(round: Round) -> tuple[str, str]:
    """Who or which document asked for the report, and in which round, when it is not the plan's own
    of the year (S30)."""
    return (round.demand, round.name) if round.kind == RoundKind.AD_HOC else ("", "")


_REPLACES = "Báo cáo này thay thế "
_OF_VERSION = re.compile(r"_lan\d+$")


def _of_version(stem: str, version: int) -> str:
    return stem if version == 1 else f"{stem}_lan{version}"


def _replacing(opening: tuple[str, ...], cited: str) -> tuple[str, ...]:
    """The opening, and at its end the one report that is replaced."""
    own = tuple(one for one in opening if not one.startswith(_REPLACES))
    return (*own, f"{_REPLACES}{cited}.") if cited else own


# --- What the units told of each task ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """A task as the plan has it, with states and values as told by the leads that were asked, and
    its printed line."""

    on_day: TaskOnDay
    leads: tuple[tuple[Unit, Facts], ...]
    known: Facts
    line: TaskLine


def _told(row: TaskOnDay, sources: Sources, day: dt.date) -> _Row:
    others = not_asked(row, sources)
    row = replace(row, leads=tuple(one for one in row.leads if one not in others))
    facts = [
        (lead.assignment.unit, _facts(lead, row.task.code, sources, place))
        for place, lead in enumerate(row.leads)
    ]
    known = task_facts([one for _, one in facts], row.status.due_on)
    on_day = replace(
        row,
        status=status(known, row.task, day),
        leads=tuple(
            replace(lead, status=status(one, row.task, day), report=None, evidence=())
            for lead, (_, one) in zip(row.leads, facts, strict=True)
        ),
        measures=tuple(_measured(one, row, sources) for one in row.measures),
        contributions=(),
    )
    line = _in_their_words(lines.task_line(on_day), on_day, sources, day)
    return _Row(on_day, tuple(facts), known, beside(line, others))


def _lead_of(lead: LeadOnDay, code: str, sources: Sources) -> LeadLine | None:
    source = sources.by_unit.get(lead.assignment.unit_id)
    return source.lead(code) if source else None


def _facts(lead: LeadOnDay, code: str, sources: Sources, place: int) -> Facts:
    told = _lead_of(lead, code, sources)
    if told is None:
        return Facts(State.NO_INFO, due_on=lead.status.due_on)
    return Facts(
        state=told.status.state,
        due_on=told.status.due_on,
        completed_on=told.status.completed_on,
        returned=told.status.returned,
        reported_on=told.reported_on,
        report_id=place if told.reported_on else None,
    )


def _measured(one: MeasureOnDay, row: TaskOnDay, sources: Sources) -> MeasureOnDay:
    """The measure with the values that its leads reported."""
    values: list[tuple[str, Decimal]] = []
    for lead in row.leads:
        source = sources.by_unit.get(lead.assignment.unit_id)
        task = source.tasks.get(row.task.code) if source else None
        for told in task.measures if task else ():
            if told.name == one.measure.name:
                name = lead.assignment.unit.short_name  # of the report's day, not of the unit's
                values += [(name, value.value) for value in told.values]
    return replace(one, values=tuple(values))


def _in_their_words(line: TaskLine, row: TaskOnDay, sources: Sources, day: dt.date) -> TaskLine:
    leads = []
    late_since: list[dt.date] = []
    for shown, lead in zip(line.leads, row.leads, strict=True):
        source = sources.by_unit.get(lead.assignment.unit_id)
        told = source.lead(line.code) if source else None
        if source is None or told is None:
            leads.append(_silent(shown, lead.assignment.unit_id, sources))
            continue
        if source.content.day < day and _is_owed_late(shown.status):
            late_since.append(source.content.day)
            shown = replace(shown, status=_dated(shown.status, source.content.day))
        leads.append(replace(told, unit=shown.unit, unit_code=shown.unit_code, status=shown.status))
    status = line.status
    if len(leads) == 1:
        status = leads[0].status
    elif late_since and _is_owed_late(status):
        status = _dated(status, min(late_since))
    helped = (
        replace(said, unit=support.unit.name, unit_code=support.unit.code)
        for support in row.supports
        if (source := sources.by_unit.get(support.unit_id))
        and (said := source.contribution(line.code))
    )
    return replace(
        line,
        status=status,
        leads=tuple(leads),
        contributions=tuple(helped),
    )


def _is_owed_late(status: StatusLine) -> bool:
    return status.state in OPEN and status.days_late > 0


def _dated(status: StatusLine, told_on: dt.date) -> StatusLine:
    """What is judged late on a day after the unit's data says in the same line of which day these
    are: the unit may have finished meanwhile."""
    return replace(
        status,
        words=sentences.by_data_of(status.words, told_on),
        lateness=sentences.by_data_of(status.lateness, told_on),
    )


def _later(rows: list[TaskOnDay], sources: Sources) -> Iterator[LaterLine]:
    """The parts of which something else is recorded by now than their unit's accepted report says:
    never counted, but told, so that nobody signs them unawares."""
    for row in rows:
        for lead in row.leads:
            source = sources.by_unit.get(lead.assignment.unit_id)
            if source is None:
                continue
            if _moved_on(source.lead(row.task.code), lead.status):
                yield LaterLine(
                    row.task.code,
                    lead.assignment.unit.name,
                    source.content.day,
                    sentences.of_status(lead.status),
                )


def _moved_on(told: LeadLine | None, now: Status) -> bool:
    if told is None:
        return now.state != State.NO_INFO
    before = told.status
    return (
        before.state != now.state
        or before.due_on != now.due_on
        or before.completed_on != now.completed_on
        or before.returned != now.returned
        or told.reported_on != now.reported_on
    )


def _silent(line: LeadLine, unit_id: int, sources: Sources) -> LeadLine:
    """The part of a unit that told nothing of it, marked as such wherever it is printed."""
    why = NOT_IN_REPORT if unit_id in sources.by_unit else NOT_REPORTED
    return replace(line, status=replace(line.status, words=f"{line.status.words}; {why}"))


# --- Which tasks, and their figures -----------------------------------------------------------


def _by_indicator(plan: Plan, rows: list[_Row], day: dt.date) -> list[tuple[Indicator, Tally]]:
    found: dict[int, list[Facts]] = defaultdict(list)
    for row in rows:
        found[row.on_day.task.block.area.indicator_id].append(row.known)
    return [
        (one, tallies.counted(found[one.pk], plan, day))
        for one in plan.indicators.order_by("position")
    ]


def _by_area(plan: Plan, rows: list[_Row], day: dt.date) -> Mapping[tuple[str, str], Tally]:
    """Tallies by (code of the index, number and title of the outermost area)."""
    found: dict[tuple[str, str], list[Facts]] = defaultdict(list)
    for row in rows:
        area = row.on_day.task.block.area
        outermost = area.parent or area
        found[area.indicator.code, f"{outermost.number} {outermost.title}".strip()].append(
            row.known
        )
    return {key: tallies.counted(known, plan, day) for key, known in found.items()}


def _by_unit(
    plan: Plan, rows: list[_Row], sources: Sources, day: dt.date
) -> list[tuple[Unit, Tally]]:
    """Each lead's part under its unit, as tallies.by_unit counts them."""
    units: dict[int, Unit] = {}
    found: dict[int, list[Facts]] = defaultdict(list)
    for row in rows:
        for unit, facts in row.leads:
            units[unit.pk] = unit
            found[unit.pk].append(facts)
    return [
        (unit, tallies.counted(found[unit.pk], plan, day))
        for unit in sorted(units.values(), key=protocol)
    ]


def _indicators(
    plan: Plan, rows: list[_Row], by_indicator: list[tuple[Indicator, Tally]]
) -> tuple[IndicatorPart, ...]:
    told = {row.line.code: row.line for row in rows}
    parts = lines.indicator_parts(by_indicator, [row.on_day for row in rows], criteria_of(plan))
    return tuple(
        replace(
            part,
            entries=tuple(
                replace(entry, task=told[entry.task.code]) if entry.task else entry
                for entry in part.entries
            ),
        )
        for part in parts
    )
