"""The history of a task as a story: who, on which day, what, what changed from what to what.

Each source reads one kind of record; none of them can be changed or deleted (AppendOnly).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from plans.deadline_history import DeadlineHistory, deadline_history
from plans.matters import steps_about
from plans.models import Step, Task
from plans.timeline.amendments import amendments
from plans.timeline.deadlines import moved_deadlines
from plans.timeline.entry import Change, Entry, Story
from plans.timeline.extensions import answered, asked
from plans.timeline.inspections import inspections
from plans.timeline.matters import matters
from plans.timeline.updates import updates
from units.models import User

__all__ = ["SOURCES", "Change", "Entry", "Story", "timeline"]

# What was recorded up to the day and the reader may see, in a fixed number of queries. Entries of
# the same moment stand in the order of their sources.
Source = Callable[[Story], Iterable[Entry]]
SOURCES: tuple[Source, ...] = (
    updates,
    moved_deadlines,
    amendments,
    asked,
    answered,
    matters,
    inspections,
)


def timeline(
    task: Task,
    day: dt.date,
    user: User,
    deadlines: DeadlineHistory | None = None,
    steps: Sequence[Step] | None = None,
) -> list[Entry]:
    """What was recorded up to `day`, newest first, in an order that never changes; `deadlines` and
    `steps` are given by who has read them already."""
    story = Story(
        task,
        day,
        user,
        deadline_history(task, day) if deadlines is None else deadlines,
        steps_about(task, user, day) if steps is None else steps,
    )
    entries = [
        ((entry.recorded_on, entry.recorded_at, rank, entry.number), entry)
        for rank, source in enumerate(SOURCES)
        for entry in source(story)
    ]
    entries.sort(key=lambda one: one[0], reverse=True)
    return [entry for _, entry in entries]
