"""Which tasks a round asks about: those that an asked unit leads. Of the others its report says
nothing, except that it leaves them out, and what an asked unit did to help with them."""

from collections.abc import Iterator
from dataclasses import replace

from plans.overview import LeadOnDay, TaskOnDay
from reports.content.model import AppendixHead, Block, TaskLine
from reports.content.prose import item, paragraph, words
from reports.content.scope import NOT_ASKED, Scope, without_others
from reports.round_content.sources import Sources
from units.models import Unit


def not_asked(row: TaskOnDay, sources: Sources) -> list[LeadOnDay]:
    """The leads of a task whom the round did not ask: nothing is known of their part."""
    return [one for one in row.leads if one.assignment.unit_id not in sources.unit_ids]


def is_asked(row: TaskOnDay, sources: Sources) -> bool:
    """Whether a unit that was asked leads it; one that nobody leads, nobody was asked of."""
    return len(not_asked(row, sources)) < len(row.leads)


def scope_of(rows: list[TaskOnDay], sources: Sources) -> Scope | None:
    """What the round is about; None when it asks every unit that leads tasks of the plan."""
    others = [(row, not_asked(row, sources)) for row in rows]
    units = {one.assignment.unit_id: one.assignment.unit for _, leads in others for one in leads}
    if not units:
        return None
    return Scope(
        tasks=sum(1 for row in rows if row.leads),
        measures=sum(len(row.measures) for row in rows),
        asked=sources.names,
        outside=tuple(unit.name for unit in sorted(units.values(), key=protocol)),
        joint=tuple(
            (row.task.code, tuple(one.assignment.unit.name for one in leads))
            for row, leads in others
            if leads and len(leads) < len(row.leads)
        ),
        unassigned=tuple(row.task.code for row in rows if not row.leads),
    )


def protocol(unit: Unit) -> tuple[int, str]:
    return (unit.position, unit.name)


def beside(line: TaskLine, others: list[LeadOnDay]) -> TaskLine:
    """Who leads the task too is named, with why nothing more is said of it."""
    if not others:
        return line
    names = tuple(one.assignment.unit.name for one in others)
    marked = (f"{name} ({NOT_ASKED})" for name in names)
    state = without_others(line.status.words, names)
    return replace(
        line,
        lead_words="; ".join((line.lead_words, *marked)),
        status=replace(line.status, words=state),
        other_leads=names,
    )


def of_part(head: AppendixHead, scope: Scope | None) -> AppendixHead:
    """The appendix may be read apart from the body: it says whose tasks it lists."""
    if not scope:
        return head
    whose = f"chỉ gồm nhiệm vụ do {scope.whom} chủ trì ({scope.names})"
    return replace(head, cut_off=f"{head.cut_off}; {whose}")


def helped_elsewhere(rows: list[TaskOnDay], sources: Sources) -> Iterator[Block]:
    """What asked units did for tasks that only others lead, in their own words; nothing of these
    tasks is counted."""
    left_out = {row.task.code for row in rows if row.leads and not is_asked(row, sources)}
    found = False
    for source in sources.accepted:
        for one in source.content.supports:
            told = one.contribution
            if told is None or one.code not in left_out:
                continue
            if not found:
                yield paragraph(f"Phối hợp thực hiện nhiệm vụ do đơn vị {NOT_ASKED} chủ trì:")
                found = True
            label = f"{source.unit} phối hợp nhiệm vụ {one.code} ({one.lead_words} chủ trì)"
            yield from words(label, told.result)
            if told.evidence:
                yield item("Tài liệu kiểm chứng", "; ".join(told.evidence))
