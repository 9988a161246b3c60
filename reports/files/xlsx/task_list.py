"""The task list as a workbook: the rows of the list in its order, on the day asked for.

With the usual columns the sheet has everything an office asks for; with columns of one's own it has
exactly those.
"""

from collections.abc import Callable, Sequence

from config.collecting import put_off
from config.vietnamese import dates
from config.vietnamese.numbers import format_decimal
from plans.listing import Listing
from plans.overview import LeadOnDay, TaskOnDay
from reports.content.model import DEMONSTRATION_MARK
from reports.files.xlsx.sheet import Book, Column, Kind, Value
from units.models import Demonstration

Cell = Callable[[TaskOnDay], Value]


def _late(row: TaskOnDay) -> Value:
    status = row.status
    return status.lateness.days if status.lateness and status.is_late else None


_NUMBER = Column("STT", 6, Kind.COUNT)
_CODE: tuple[Column, Cell] = (Column("Số mục", 11), lambda row: row.task.code)
_TITLE: tuple[Column, Cell] = (Column("Nhiệm vụ", 45), lambda row: row.task.title)
# By the keys of plans/columns.py.
_CHOICES: dict[str, tuple[Column, Cell]] = {
    "chi-so": (Column("Chỉ số", 12), lambda row: row.task.block.area.indicator.code),
    "chu-tri": (
        Column("Chủ trì", 26),
        lambda row: "\n".join(lead.assignment.unit.name for lead in row.leads),
    ),
    "phoi-hop": (
        Column("Phối hợp", 24),
        lambda row: "\n".join(dict.fromkeys((one.group or one.unit).name for one in row.supports)),
    ),
    "thoi-han": (Column("Thời hạn", 12, Kind.DATE), lambda row: row.status.due_on),
    "tinh-trang": (Column("Tình trạng", 18), lambda row: row.status.label),
    "hoan-thanh": (
        Column("Ngày hoàn thành", 12, Kind.DATE),
        lambda row: row.status.completed_on,
    ),
    "ket-qua": (
        Column("Kết quả", 50),
        lambda row: _by_lead(row, lambda lead: lead.report.result if lead.report else ""),
    ),
    "kho-khan": (
        Column("Khó khăn", 40),
        lambda row: _by_lead(row, lambda lead: lead.report.difficulty if lead.report else ""),
    ),
    "cap-nhat": (Column("Cập nhật", 12, Kind.DATE), lambda row: row.status.reported_on),
}
_EVERYTHING: tuple[tuple[Column, Cell], ...] = (
    _CODE,
    _CHOICES["chi-so"],
    (Column("Lĩnh vực, nội dung", 26), lambda row: str(row.task.block.area)),
    _TITLE,
    _CHOICES["chu-tri"],
    _CHOICES["phoi-hop"],
    _CHOICES["thoi-han"],
    _CHOICES["tinh-trang"],
    (Column("Mức độ", 16), lambda row: str(row.status.lateness or "")),
    (Column("Số ngày quá hạn", 9, Kind.COUNT), _late),
    _CHOICES["hoan-thanh"],
    (Column("Bị trả lại", 8, Kind.CENTRED), lambda row: "x" if row.status.returned else ""),
    (
        Column("Chỉ tiêu", 32),
        lambda row: "\n".join(f"{m.measure.name}: {_values(m.shown_values)}" for m in row.measures),
    ),
    _CHOICES["ket-qua"],
    _CHOICES["cap-nhat"],
)


@put_off()
def render(listing: Listing, tasks: Sequence[TaskOnDay]) -> bytes:
    """`tasks`, which are those of `listing`, as a workbook that says which filter chose them."""
    plan, day, described = listing.frame.plan, listing.frame.day, listing.filter.described
    assert plan is not None
    is_demonstration = Demonstration.day() is not None
    book = Book(
        title=f"Danh sách nhiệm vụ: {plan.short_title}",
        author=str(plan.agency),
        mark=DEMONSTRATION_MARK if is_demonstration else "",
    )
    chosen = f"Lọc theo: {'; '.join(described)}" if described else "Không lọc"
    head = [
        f"Danh sách nhiệm vụ: {plan.short_title}",
        f"Tính đến ngày {dates.short(day)}. {chosen}. Số nhiệm vụ: {format_decimal(len(tasks))}",
    ]
    columns = _columns(listing)
    sheet = book.sheet(
        "Danh sách nhiệm vụ", (_NUMBER, *(column for column, _ in columns)), head=head
    )
    for number, task in enumerate(tasks, start=1):
        sheet.row([number, *(cell(task) for _, cell in columns)])
    sheet.filtered()
    return book.saved(day)


def _columns(listing: Listing) -> tuple[tuple[Column, Cell], ...]:
    if listing.has_usual_columns:
        return _EVERYTHING
    return (_CODE, _TITLE, *(_CHOICES[column.key] for column in listing.chosen_columns))


def _values(shown: str) -> str:
    return shown or "chưa có số liệu"


def _by_lead(row: TaskOnDay, words_of: Callable[[LeadOnDay], str]) -> str:
    """What each lead wrote, under its name when there are several."""
    said = [(lead.assignment.unit.name, words) for lead in row.leads if (words := words_of(lead))]
    if len(row.leads) == 1:
        return "".join(words for _, words in said)
    return "\n".join(f"{unit}: {words}" for unit, words in said)
