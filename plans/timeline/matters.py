"""Directives, urgings, remedies and difficulties about the task, step by step."""

from collections.abc import Iterator

from config.vietnamese import dates
from plans.models import Matter, Step
from plans.moves import MatterKind, Stage, StepKind
from plans.timeline.entry import Change, Entry, Story

_OPENED = {
    MatterKind.DIRECTIVE: "Ý kiến chỉ đạo",
    MatterKind.URGING: "Đôn đốc",
    MatterKind.REMEDY: "Yêu cầu khắc phục tồn tại",
    MatterKind.DIFFICULTY: "Nêu khó khăn, vướng mắc",
}


def matters(story: Story) -> Iterator[Entry]:
    """No query."""
    stages: dict[int, str] = {}
    for step in story.steps:
        before = stages.get(step.matter_id)
        stages[step.matter_id] = step.stage
        yield _entry(step, before)


def _entry(step: Step, before: str | None) -> Entry:
    matter = step.matter
    kind = MatterKind(matter.kind)
    opens = step.kind == StepKind.OPEN
    changes = []
    if before is not None and before != step.stage:
        after = str(Stage(step.stage).label)
        changes.append(Change("Tình trạng", str(Stage(before).label), after))
    return Entry(
        recorded_at=step.recorded_at,
        recorded_on=step.recorded_on,
        number=step.pk,
        unit=matter.unit.name_on(step.recorded_on),
        who=step.by_label,
        headline=_OPENED[kind] if opens else f"{kind.label}: {step.get_kind_display().lower()}",
        kind=kind.value,
        changes=tuple(changes),
        texts=_opening(matter) if opens else _said(step),
        files=tuple(step.files.all()),
        path=matter.get_absolute_url(),
    )


def _opening(matter: Matter) -> tuple[tuple[str, str], ...]:
    texts = [("Nội dung", matter.words)]
    match matter.kind:
        case MatterKind.DIRECTIVE:
            directive = matter.directive
            texts.insert(0, ("Lãnh đạo", directive.giver_label))
            if directive.given_on != directive.recorded_on:
                texts.insert(1, ("Ngày chỉ đạo", dates.short(directive.given_on)))
        case MatterKind.URGING:
            urging = matter.urging
            sent = dates.short(urging.sent_on)
            texts.insert(0, ("Hình thức", f"{urging.get_form_display()}, ngày {sent}"))
        case MatterKind.DIFFICULTY if matter.difficulty.proposal:
            texts.append(("Đề xuất", matter.difficulty.proposal))
    if matter.due_on:
        texts.append(("Thời hạn", dates.short(matter.due_on)))
    if matter.document:
        texts.append(("Văn bản", matter.document))
    return tuple(texts)


def _said(step: Step) -> tuple[tuple[str, str], ...]:
    moved = dates.short(step.due_on) if step.kind == StepKind.MOVE_DUE else ""
    texts = (("Thời hạn mới", moved), ("Nội dung", step.words), ("Văn bản", step.document))
    return tuple((name, words) for name, words in texts if words)
