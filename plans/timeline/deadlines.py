"""Deadlines that were moved."""

import datetime as dt
from collections.abc import Iterator

from config.vietnamese import dates
from plans.timeline.entry import Change, Entry, Story


def moved_deadlines(story: Story) -> Iterator[Entry]:
    """No query."""
    for change in (change for lead in story.deadlines.leads for change in lead.changes):
        yield Entry(
            recorded_at=change.recorded_at,
            recorded_on=change.recorded_on,
            number=change.pk,
            unit=change.assignment.unit.name_on(change.recorded_on),
            who=change.by_label,
            headline="Thay đổi thời hạn",
            kind="due",
            changes=(Change("Thời hạn", _shown(change.old_due_on), _shown(change.new_due_on)),),
            texts=(("Lý do", change.reason),) if change.reason else (),
        )


def _shown(day: dt.date | None) -> str:
    return dates.short(day) or "không hạn"
