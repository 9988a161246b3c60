"""The plan's appendix of assignments as rows of text (domain.md §2)."""

from collections.abc import Iterator

from reports.content.assignments import AssignmentContent
from reports.content.model import TaskLine
from reports.files.tables.appendix import Heading, TaskRow, nothing

HEAD = (
    "STT",
    "Nhiệm vụ, giải pháp",
    "Đơn vị chủ trì",
    "Đơn vị phối hợp",
    "Thời gian hoàn thành",
    "Sản phẩm, kết quả",
    "Ghi chú",
)
# In millimetres; together the 252 mm of a landscape page between its margins (F3).
WIDTHS = (12, 92, 34, 34, 26, 34, 20)
CENTRED = {0, 4}


def rows(content: AssignmentContent) -> Iterator[Heading | TaskRow]:
    """Every index with its areas, criteria and tasks."""
    number = 0
    if not content.parts:
        yield nothing(WIDTHS)
    for title, entries in content.parts:
        yield Heading(title, 0)
        if not entries:
            yield nothing(WIDTHS)
        for entry in entries:
            if entry.task is None:
                yield Heading(entry.heading, entry.level)
            else:
                number += 1
                yield TaskRow(_cells(number, entry.task), WIDTHS)


def _cells(number: int, task: TaskLine) -> tuple[str, ...]:
    return (
        str(number),
        f"{task.code}. {task.wording}",
        task.lead_words.replace("; ", ";\n") or "–",
        task.support_words.replace("; ", ";\n") or "–",
        task.due_words or "–",
        task.product or "–",
        task.note,
    )
