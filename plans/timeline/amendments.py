"""What of a task was changed after it was given."""

from collections.abc import Iterator

from plans.models import TaskChange
from plans.timeline.entry import Change, Entry, Story


def amendments(story: Story) -> Iterator[Entry]:
    """One query."""
    for one in TaskChange.objects.filter(task=story.task, recorded_on__lte=story.day):
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
