"""Requests for a later deadline and what became of them."""

from collections.abc import Iterator

from config.vietnamese.dates import short
from plans.models import ExtensionStep
from plans.timeline.entry import Change, Entry, Story


def asked(story: Story) -> Iterator[Entry]:
    """No query."""
    for one in story.deadlines.asked:
        yield Entry(
            recorded_at=one.recorded_at,
            recorded_on=one.recorded_on,
            number=one.pk,
            unit=one.assignment.unit.name_on(one.recorded_on),
            who=one.by_label,
            headline="Đề nghị gia hạn",
            kind="due",
            changes=(Change("Thời hạn đề nghị", short(one.old_due_on), short(one.asked_due_on)),),
            texts=(("Lý do", one.reason), ("Đã làm được", one.work_done)),
        )


def answered(story: Story) -> Iterator[Entry]:
    """No query."""
    for step in (step for one in story.deadlines.asked for step in one.steps.all()):
        yield Entry(
            recorded_at=step.recorded_at,
            recorded_on=step.recorded_on,
            number=step.pk,
            unit=step.extension.assignment.unit.name_on(step.recorded_on),
            who=step.by_label,
            headline=str(step.get_kind_display()),
            kind="due",
            texts=tuple(_texts(step)),
        )


def _texts(step: ExtensionStep) -> Iterator[tuple[str, str]]:
    if step.due_on:
        yield "Thời hạn mới", short(step.due_on)
    if step.words:
        yield "Lý do" if step.kind == ExtensionStep.Kind.REFUSE else "Ý kiến", step.words
    if step.superior_number:
        document = f"số {step.superior_number} ngày {short(step.superior_date)}"
        yield "UBND tỉnh đồng ý", document
