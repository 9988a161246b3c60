"""What units said and what was decided on it, with the state and values before and after."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Prefetch

from plans.models import Evidence, MeasureValue, ProgressUpdate, Remark, Task, UpdateKind
from plans.states import State, label
from plans.timeline.entry import Change, Entry, Story


def updates(story: Story) -> Iterator[Entry]:
    """Four queries with the evidence, the values and what was remarked on them."""
    task, day = story.task, story.day
    states: dict[int, str] = {}
    values: dict[tuple[int, int], Decimal] = {}
    # Each in an order of its own: that of the models goes through the plan of the task.
    told = MeasureValue.objects.select_related("measure").order_by("measure__position", "pk")
    known = list(
        ProgressUpdate.objects.filter(assignment__task=task, recorded_on__lte=day)
        .select_related("assignment__unit")
        .prefetch_related(
            Prefetch("evidence", Evidence.objects.order_by("pk")),
            Prefetch("values", told),
            Prefetch("remarks", Remark.objects.filter(recorded_on__lte=day)),
        )
        .order_by("assignment_id", "sequence")
    )
    by_key = {update.pk: update for update in known}
    corrections: dict[int, list[ProgressUpdate]] = defaultdict(list)
    for update in known:
        if update.corrects_id:
            update.corrects = by_key.get(update.corrects_id) or update.corrects
            corrections[update.corrects_id].append(update)
    for update in known:
        yield Entry(
            recorded_at=update.recorded_at,
            recorded_on=update.recorded_on,
            number=update.pk,
            unit=update.assignment.unit.name_on(update.recorded_on),
            who=update.by_label,
            headline=headline(
                kind=update.kind,
                state=update.state,
                claim=update.claim,
                task_kind=task.kind,
                unchanged=update.unchanged,
                corrects=update.corrects_id is not None,
            ),
            kind=update.kind,
            changes=(*_state_change(update, task, states), *_value_changes(update, values)),
            update=update,
            corrections=tuple(corrections[update.pk]),
        )


def _state_change(update: ProgressUpdate, task: Task, states: dict[int, str]) -> Iterator[Change]:
    if update.kind == UpdateKind.CONTRIBUTION:
        return  # a supporting unit changes no state
    before = states.get(update.assignment_id, State.NO_INFO)
    states[update.assignment_id] = update.state
    if before != update.state:
        yield Change("Tình trạng", label(before, task.kind), label(update.state, task.kind))


def _value_changes(
    update: ProgressUpdate, values: dict[tuple[int, int], Decimal]
) -> Iterator[Change]:
    """A first value is told with the update's own; only a value that differs from the last one
    changed."""
    for one in update.values.all():
        key = (update.assignment_id, one.measure_id)
        before = values.get(key)
        values[key] = one.value
        if before is not None and before != one.value:
            shown = one.measure.shown
            yield Change(one.measure.name, shown(before), shown(one.value))


def headline(
    *, kind: str, state: str, claim: str, task_kind: str, unchanged: bool, corrects: bool
) -> str:
    """What a record of the history says in one line; `corrects`: it sets an earlier one right."""
    words = str(UpdateKind(kind).label)
    match kind:
        case UpdateKind.REPORT if unchanged:
            return "Không có thay đổi"
        case UpdateKind.REPORT if claim:
            words = f"Báo {label(claim, task_kind).lower()}, chờ Văn phòng xác nhận"
        case UpdateKind.REPORT:
            words = f"Cập nhật: {State(state).label.lower()}"
        case UpdateKind.CONFIRM:
            words = f"Xác nhận {label(state, task_kind).lower()}"
    return f"Đính chính: {words[0].lower()}{words[1:]}" if corrects else words
