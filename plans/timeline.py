"""The history of a task as a story: who, on which day, what."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch

from config.vietnamese.dates import short
from plans.models import (
    DueDateChange,
    Extension,
    ExtensionStep,
    ProgressUpdate,
    Remark,
    Task,
    UpdateKind,
)
from plans.states import State, label


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline: an `update`, a `due_date_change`, or `facts` (name, words)."""

    recorded_at: dt.datetime
    recorded_on: dt.date
    unit: str
    who: str
    headline: str
    update: ProgressUpdate | None = None
    due_date_change: DueDateChange | None = None
    facts: tuple[tuple[str, str], ...] = ()


def timeline(task: Task, day: dt.date) -> list[Entry]:
    """What was recorded up to `day`, newest first. A fixed number of queries."""
    updates = (
        ProgressUpdate.objects.filter(assignment__task=task, recorded_on__lte=day)
        .select_related("assignment__unit")
        .prefetch_related(
            "evidence",
            "values__measure",
            Prefetch("remarks", Remark.objects.filter(recorded_on__lte=day)),
        )
    )
    changes = DueDateChange.objects.filter(
        assignment__task=task, recorded_on__lte=day
    ).select_related("assignment__unit")
    entries = [_of_update(update, task) for update in updates]
    entries += [
        Entry(
            recorded_at=change.recorded_at,
            recorded_on=change.recorded_on,
            unit=change.assignment.unit.name,
            who=change.by_label,
            headline="Thay đổi thời hạn",
            due_date_change=change,
        )
        for change in changes
    ]
    entries += _of_extensions(task, day)
    entries.sort(key=_when, reverse=True)
    return entries


def _of_extensions(task: Task, day: dt.date) -> Iterator[Entry]:
    """Requests for a later deadline and what became of them; two queries."""
    asked = Extension.objects.filter(assignment__task=task, recorded_on__lte=day)
    steps = ExtensionStep.objects.filter(
        extension__assignment__task=task, recorded_on__lte=day
    ).select_related("extension__assignment__unit")
    for one in asked.select_related("assignment__unit"):
        yield Entry(
            recorded_at=one.recorded_at,
            recorded_on=one.recorded_on,
            unit=one.assignment.unit.name,
            who=one.by_label,
            headline="Đề nghị gia hạn",
            facts=(
                ("Thời hạn", f"từ {short(one.old_due_on)} đến {short(one.asked_due_on)}"),
                ("Lý do", one.reason),
                ("Đã làm được", one.work_done),
            ),
        )
    for step in steps:
        yield Entry(
            recorded_at=step.recorded_at,
            recorded_on=step.recorded_on,
            unit=step.extension.assignment.unit.name,
            who=step.by_label,
            headline=str(step.get_kind_display()),
            facts=step_facts(step),
        )


def step_facts(step: ExtensionStep) -> tuple[tuple[str, str], ...]:
    """What was said in answer to a request, by name."""
    facts = [("Thời hạn mới", short(step.due_on))] if step.due_on else []
    if step.words:
        facts.append(("Lý do" if step.kind == ExtensionStep.Kind.REFUSE else "Ý kiến", step.words))
    if step.superior_number:
        document = f"số {step.superior_number} ngày {short(step.superior_date)}"
        facts.append(("UBND tỉnh đồng ý", document))
    return tuple(facts)


def _when(entry: Entry) -> tuple[dt.datetime, int]:
    return (entry.recorded_at, entry.update.pk if entry.update else 0)


def _of_update(update: ProgressUpdate, task: Task) -> Entry:
    return Entry(
        recorded_at=update.recorded_at,
        recorded_on=update.recorded_on,
        unit=update.assignment.unit.name,
        who=update.by_label,
        headline=_headline(update, task),
        update=update,
    )


def _headline(update: ProgressUpdate, task: Task) -> str:
    match update.kind:
        case UpdateKind.REPORT if update.claim:
            return f"Báo {label(update.claim, task.kind).lower()}, chờ Văn phòng xác nhận"
        case UpdateKind.REPORT:
            return f"Cập nhật: {State(update.state).label.lower()}"
        case UpdateKind.CONFIRM:
            return f"Xác nhận {label(update.state, task.kind).lower()}"
    return str(UpdateKind(update.kind).label)
