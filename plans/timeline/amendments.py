"""What of a task was changed after it was given."""

import datetime as dt
from collections.abc import Iterator

from plans.models import Task, TaskChange
from plans.timeline.entry import Change, Entry
from units.models import User


def amendments(task: Task, day: dt.date, user: User) -> Iterator[Entry]:
    """One query."""
    for one in TaskChange.objects.filter(task=task, recorded_on__lte=day):
        yield Entry(
            recorded_at=one.recorded_at,
            recorded_on=one.recorded_on,
            number=one.pk,
            unit="Phụ lục kế hoạch",
            who=one.by_label,
            headline="Sửa nhiệm vụ",
            kind="amended",
            changes=tuple(Change(*change) for change in one.changes),
            texts=(("Lý do", one.reason),) if one.reason else (),
        )
