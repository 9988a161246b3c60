"""The plan's appendix of assignments as a workbook: one row a task, days as dates."""

from collections.abc import Iterator

from reports.content.assignments import AssignmentContent
from reports.content.model import DEMONSTRATION_MARK, Entry, TaskLine
from reports.files.xlsx.sheet import Book, Column, Kind

_COLUMNS = (
    Column("STT", 6, Kind.COUNT),
    Column("Số mục", 11),
    Column("Chỉ số", 30),
    Column("Lĩnh vực, tiêu chí", 40),
    Column("Nhiệm vụ, giải pháp", 60),
    Column("Đơn vị chủ trì", 32),
    Column("Đơn vị phối hợp", 32),
    Column("Thời hạn", 12, Kind.DATE),
    Column("Thời gian hoàn thành", 24),
    Column("Sản phẩm, kết quả", 30),
    Column("Ghi chú", 20),
)


def render(content: AssignmentContent) -> bytes:
    mark = DEMONSTRATION_MARK if content.demonstration else ""
    book = Book(title=content.title, author=content.author, mark=mark)
    head = [content.title, f"{content.author}. {content.appendix.cut_off}"]
    sheet = book.sheet("Phân công nhiệm vụ", _COLUMNS, head=head)
    for number, (indicator, above, task) in enumerate(_placed(content), start=1):
        sheet.row([
            number,
            task.code,
            indicator,
            "\n".join(entry.heading for entry in above),
            task.wording,
            task.lead_words.replace("; ", "\n"),
            task.support_words.replace("; ", "\n"),
            task.status.due_on,
            task.due_words,
            task.product,
            task.note,
        ])  # fmt: skip
    sheet.filtered()
    return book.saved(content.day)


def _placed(content: AssignmentContent) -> Iterator[tuple[str, list[Entry], TaskLine]]:
    """Every task with the headings above it."""
    for title, entries in content.parts:
        above: list[Entry] = []
        for entry in entries:
            above = [one for one in above if one.level < entry.level]
            if entry.task is None:
                above.append(entry)
            else:
                yield title, above, entry.task
