"""The task list as a workbook: the rows that the list's filter shows, on the day asked for."""

from collections.abc import Callable, Sequence

from config.vietnamese import dates
from plans.frame import Frame
from plans.overview import LeadOnDay, TaskOnDay
from reports.content.model import DEMONSTRATION_MARK
from reports.xlsx.sheet import Book, Column, Kind, Value
from units.models import Demonstration

_COLUMNS = (
    Column("STT", 6, Kind.COUNT),
    Column("Số mục", 11),
    Column("Chỉ số", 12),
    Column("Lĩnh vực, nội dung", 26),
    Column("Nhiệm vụ", 45),
    Column("Chủ trì", 26),
    Column("Phối hợp", 24),
    Column("Thời hạn", 12, Kind.DATE),
    Column("Tình trạng", 18),
    Column("Mức độ", 16),
    Column("Số ngày quá hạn", 9, Kind.COUNT),
    Column("Ngày hoàn thành", 12, Kind.DATE),
    Column("Bị trả lại", 8, Kind.CENTRED),
    Column("Chỉ tiêu", 32),
    Column("Kết quả", 50),
    Column("Cập nhật", 12, Kind.DATE),
)


def render(frame: Frame, described: Sequence[str], tasks: Sequence[TaskOnDay]) -> bytes:
    """`tasks` as a workbook; `described` says in words which filter chose them."""
    assert frame.plan is not None
    is_demonstration = Demonstration.day() is not None
    book = Book(
        title=f"Danh sách nhiệm vụ: {frame.plan.short_title}",
        author=str(frame.plan.agency),
        mark=DEMONSTRATION_MARK if is_demonstration else "",
    )
    chosen = f"Lọc theo: {'; '.join(described)}" if described else "Không lọc"
    head = [
        f"Danh sách nhiệm vụ: {frame.plan.short_title}",
        f"Tính đến ngày {dates.short(frame.day)}. {chosen}. Số nhiệm vụ: {len(tasks)}",
    ]
    sheet = book.sheet("Danh sách nhiệm vụ", _COLUMNS, head=head)
    for number, task in enumerate(tasks, start=1):
        sheet.row([number, *_row(task)])
    sheet.filtered()
    return book.saved(frame.day)


def _row(row: TaskOnDay) -> list[Value]:
    task, status = row.task, row.status
    area = task.block.area
    late = status.lateness.days if status.lateness and status.is_late else None
    return [
        task.code,
        area.indicator.code,
        str(area),
        task.title,
        "\n".join(lead.assignment.unit.name for lead in row.leads),
        "\n".join(dict.fromkeys((one.group or one.unit).name for one in row.supports)),
        status.due_on,
        status.label,
        str(status.lateness or ""),
        late,
        status.completed_on,
        "x" if status.returned else "",
        "\n".join(f"{one.measure.name}: {_values(one.shown_values)}" for one in row.measures),
        _by_lead(row, lambda lead: lead.report.result if lead.report else ""),
        status.reported_on,
    ]


def _values(shown: str) -> str:
    return shown or "chưa có số liệu"


def _by_lead(row: TaskOnDay, words_of: Callable[[LeadOnDay], str]) -> str:
    """What each lead wrote, under its name when there are several."""
    said = [(lead.assignment.unit.name, words) for lead in row.leads if (words := words_of(lead))]
    if len(row.leads) == 1:
        return "".join(words for _, words in said)
    return "\n".join(f"{unit}: {words}" for unit, words in said)
