"""The history of a task as a story: who, on which day, what, what changed from what to what.

Each source reads one kind of record; none of them can be changed or deleted (AppendOnly).
"""

import datetime as dt
from collections.abc import Callable, Iterable

from plans.models import Task
from plans.timeline.amendments import amendments
from plans.timeline.deadlines import moved_deadlines
from plans.timeline.entry import Change, Entry
from plans.timeline.extensions import answered, asked
from plans.timeline.inspections import inspections
from plans.timeline.matters import matters
from plans.timeline.updates import updates
from units.models import User

__all__ = ["SOURCES", "Change", "Entry", "timeline"]

# (task, day, reader) → what was recorded up to that day and the reader may see, in a fixed number
# of queries. Entries of the same moment stand in the order of their sources.
Source = Callable[[Task, dt.date, User], Iterable[Entry]]
SOURCES: tuple[Source, ...] = (
    updates,
    moved_deadlines,
    amendments,
    asked,
    answered,
    matters,
    inspections,
)


def timeline(task: Task, day: dt.date, user: User) -> list[Entry]:
    """What was recorded up to `day`, newest first, in an order that never changes."""
    entries = [
        ((entry.recorded_on, entry.recorded_at, rank, entry.number), entry)
        for rank, source in enumerate(SOURCES)
        for entry in source(task, day, user)
    ]
    entries.sort(key=lambda one: one[0], reverse=True)
    return [entry for _, entry in entries]
