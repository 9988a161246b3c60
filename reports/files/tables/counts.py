"""Figures by index and by unit as rows of text: what the page, the PDF and the DOCX print alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from config.vietnamese.numbers import format_decimal, percent
from reports.content.model import Counts, ReportContent, TableKey
from reports.files.tables.appendix import lines_of


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures: a field of Counts, its title, the title over several columns.

    A `rare` one is printed only when it holds something; the file for calculation has them all.
    What is not `in_total` is told in a sentence and never printed beside the figures.
    """

    field: str
    title: str
    group: str = ""
    rare: bool = False
    in_total: bool = True

    @property
    def is_rate(self) -> bool:
        return self.field.startswith("rate")


COLUMNS = (
    Column("total", "Tổng số"),
    Column("done", "Cộng", "Hoàn thành"),
    Column("done_on_time", "Đúng hạn", "Hoàn thành"),
    Column("done_late", "Quá hạn", "Hoàn thành"),
    Column("done_no_deadline", "Không hạn", "Hoàn thành", rare=True),
    Column("open", "Cộng", "Chưa hoàn thành"),
    Column("open_in_time", "Trong hạn", "Chưa hoàn thành"),
    Column("overdue", "Quá hạn", "Chưa hoàn thành"),
    Column("no_info", "Chưa có thông tin", "Chưa hoàn thành"),
    Column("awaiting", "Chờ xác nhận"),
    Column("not_arisen", "Không phát sinh", rare=True),
    Column("paused", "Tạm dừng", rare=True),
    Column("stopped", "Dừng thực hiện", rare=True),
    Column("rate", "Tỷ lệ hoàn thành"),
    Column("rate_due", "Tỷ lệ trên số đến hạn"),
    Column("unassigned", "Chưa phân công (ngoài tổng số)", in_total=False),
)


# Millimetres between the margins (F2), and lines of labels of a table that is cut by no page's end.
_PORTRAIT, _WHOLE = 165, 20


@dataclass(frozen=True, slots=True)
class HeadCell:
    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class CountsRow:
    label: str
    cells: tuple[str, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class CountsTable:
    """Two head rows, one row for each label, and the row of totals where there is one."""

    head: tuple[tuple[HeadCell, ...], tuple[HeadCell, ...]]
    rows: tuple[CountsRow, ...]

    @property
    def first_share(self) -> float:
        """How much of the width the labels take."""
        return 0.18 if len(self.rows[0].cells) <= 12 else 0.16

    @property
    def is_whole(self) -> bool:
        """Short enough to stay on one page without leaving much of the one before empty."""
        width = _PORTRAIT * self.first_share
        return sum(lines_of(row.label, width) for row in self.rows) < _WHOLE


def counts_table(content: ReportContent, key: TableKey) -> CountsTable:
    """The table that a block of the body asks for."""
    if key == TableKey.BY_UNIT:
        return _counts_table("Đơn vị chủ trì", content.by_unit, content.parts_total)
    if key == TableKey.COURSE:
        rows = [one.counts for one in content.course]
        return _counts_table("Tính đến ngày", rows, None)
    return _counts_table("Chỉ số", content.by_indicator, content.total)


def _counts_table(title: str, rows: Sequence[Counts], total: Counts | None) -> CountsTable:
    """`total` is None where rows are the same tasks on several days, which nobody adds up."""
    columns = [
        one
        for one in COLUMNS
        if one.in_total and (not one.rare or any(getattr(row, one.field) for row in rows))
    ]
    printed = [CountsRow(row.label, _cells(row, columns)) for row in rows]
    if total:
        printed.append(CountsRow(total.label, _cells(total, columns), is_total=True))
    return CountsTable(head=_head(title, columns), rows=tuple(printed))


def _head(
    title: str, columns: Sequence[Column]
) -> tuple[tuple[HeadCell, ...], tuple[HeadCell, ...]]:
    first, second = [HeadCell(title, rows=2)], []
    groups = [column.group for column in columns]
    for place, column in enumerate(columns):
        if not column.group:
            first.append(HeadCell(column.title, rows=2))
            continue
        if place == 0 or groups[place - 1] != column.group:
            first.append(HeadCell(column.group, columns=groups.count(column.group)))
        second.append(HeadCell(column.title))
    return tuple(first), tuple(second)


def _cells(row: Counts, columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(_figure(getattr(row, column.field), column) for column in columns)


def _figure(value: int | Decimal | None, column: Column) -> str:
    if column.is_rate:
        return percent(Decimal(value) if value is not None else None)
    return format_decimal(value or 0)
