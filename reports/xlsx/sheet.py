"""What every sheet shares: looks, safe text, head lines, print set-up. Rows are streamed."""

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from reports.archive import stamped

Value = str | int | Decimal | dt.date | None

# What a sheet's XML cannot hold, and how much text a cell of Excel can.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST = 32_767
_CUT = "… (còn nữa, xem trong hệ thống)"
# Text that begins so would be taken for a formula when the cell is edited.
_FORMULA = ("=", "+", "-", "@", "\t")

_LINE = Side(style="thin", color="FF767D86")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_FONT = "Times New Roman"
_A4 = 9
# Points of a line of text, and the most that a row can have.
_LINE_HEIGHT = 15.75
_TALLEST = 409
_HEAD_FILL = PatternFill("solid", fgColor="FFE8EFF8")


class Kind(Enum):
    """What a column holds: the number format and how it stands in the cell."""

    TEXT = "@"
    CENTRED = "General"
    COUNT = "#,##0"
    PERCENT = "0.0%"
    NUMBER = "#,##0.0###"
    YES_NO = '"Đạt";;"Chưa đạt"'
    DATE = "dd/mm/yyyy"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title, width in letters and kind."""

    title: str
    width: float
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Typed:
    """A value whose kind is not that of its column."""

    value: Value
    kind: Kind


class Book:
    """A workbook that is written row by row; `mark` stands in the head of every sheet."""

    def __init__(self, *, title: str, author: str, mark: str = "") -> None:
        self._book = Workbook(write_only=True)
        facts = self._book.properties
        facts.title, facts.language, facts.description = _legal(title), "vi", mark
        facts.creator = facts.lastModifiedBy = _legal(author)
        self.mark = mark

    def sheet(self, name: str, columns: Sequence[Column], *, head: Sequence[str] = ()) -> "Sheet":
        """A sheet with its `head` lines and the row of column titles written."""
        return Sheet(self._book.create_sheet(name), columns, head, self.mark)

    def saved(self, day: dt.date) -> bytes:
        """The file; the same content and day give the same bytes."""
        target = io.BytesIO()
        self._book.save(target)
        return stamped(target.getvalue(), day)


class Sheet:
    """One sheet: titles frozen and repeated in print, a filter on them, A4 landscape."""

    def __init__(
        self, sheet: Any, columns: Sequence[Column], head: Sequence[str], mark: str = ""
    ) -> None:
        self._sheet = sheet
        self._columns = columns
        self._looks: dict[tuple[Kind, bool, bool], Any] = {}
        self._row = 0
        self._set_up(len(head) + bool(mark) + 1)
        sheet.HeaderFooter.oddHeader.right.text = mark or None
        for place, line in enumerate(head):
            self.line(line, size=14 if place == 0 else 12, bold=place == 0)
        if mark:
            self.line(mark, bold=True)
        self._titles()

    def _set_up(self, titles_row: int) -> None:
        sheet = self._sheet
        for place, column in enumerate(self._columns, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = column.width
        sheet.freeze_panes = f"A{titles_row + 1}"
        sheet.print_title_rows = f"{titles_row}:{titles_row}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins.left = sheet.page_margins.right = 0.5
        sheet.page_margins.top = sheet.page_margins.bottom = 0.6
        sheet.HeaderFooter.oddFooter.center.text = "&P/&N"
        self._titles_row = titles_row

    def _titles(self) -> None:
        cells = []
        for column in self._columns:
            cell = self._text_cell(column.title)
            cell.font = Font(name=_FONT, size=12, bold=True)
            cell.fill = _HEAD_FILL
            cell.border = _GRID
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cells.append(cell)
        self._tall(max(_lines(column.title, column.width) for column in self._columns))
        self._append(cells)

    def line(self, text: str, *, size: int = 12, bold: bool = False) -> None:
        """A line of running text across the sheet."""
        cell = self._text_cell(text)
        cell.font = Font(name=_FONT, size=size, bold=bold)
        self._append([cell])

    def pair(self, label: str, count: int, *, bold: bool = False) -> None:
        """A label and a number under a table, in its first two columns."""
        cells = ((label, Kind.TEXT), (count, Kind.COUNT))
        self._append([self._cell(value, kind, bold=bold) for value, kind in cells])

    def paragraph(self, text: str) -> None:
        """Running text over the width of the table, as many lines as it takes."""
        row = self._row + 1
        self._sheet.merged_cells.add(f"A{row}:{get_column_letter(len(self._columns))}{row}")
        self._tall(_lines(text, sum(column.width for column in self._columns)))
        cell = self._text_cell(text)
        cell.font = Font(name=_FONT, size=12)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        self._append([cell])

    def group(self, number: str, text: str) -> None:
        """A row over the rows that follow: its number, and its text across the other columns."""
        row = self._row + 1
        last = get_column_letter(len(self._columns))
        self._sheet.merged_cells.add(f"B{row}:{last}{row}")
        self._tall(_lines(text, sum(column.width for column in self._columns[1:])))
        cells = [
            self._cell(number, Kind.CENTRED, bold=True),
            self._cell(text, Kind.TEXT, bold=True),
            *(self._cell("", Kind.TEXT, bold=True) for _ in self._columns[2:]),
        ]
        self._append(cells)

    def row(self, values: Sequence[Value | Typed], *, bold: bool = False) -> None:
        """A row in the columns' kinds, as tall as its longest text."""
        columns = self._columns
        cells = [
            self._cell(value, column.kind, bold=bold)
            for value, column in zip(values, columns, strict=True)
        ]
        self._tall(
            max(
                _lines(value, column.width) if isinstance(value, str) else 1
                for value, column in zip(values, columns, strict=True)
            )
        )
        self._append(cells)

    def _tall(self, lines: int) -> None:
        """Make the next row tall enough: programs that only show a file do not measure its text."""
        height = min(_TALLEST, lines * _LINE_HEIGHT)
        if lines > 1:
            self._sheet.row_dimensions[self._row + 1].height = height

    def filtered(self) -> None:
        """Put the filter on the table as far as it was written."""
        last = get_column_letter(len(self._columns))
        self._sheet.auto_filter.ref = f"A{self._titles_row}:{last}{self._row}"

    def _append(self, cells: list[Any]) -> None:
        self._sheet.append(cells)
        self._row += 1

    def _cell(self, given: Value | Typed, kind: Kind, *, bold: bool) -> Any:
        value = given.value if isinstance(given, Typed) else given
        kind = given.kind if isinstance(given, Typed) else kind
        if isinstance(value, str):
            cell = self._text_cell(value)
            cell._style = self._look(kind, bold, value.startswith(_FORMULA))
            return cell
        if kind == Kind.NUMBER and isinstance(value, Decimal) and value == value.to_integral():
            kind = Kind.COUNT  # "70", where the format of "62,4" would show "70,0"
        cell = WriteOnlyCell(self._sheet, value)
        cell._style = self._look(kind, bold, False)
        return cell

    def _text_cell(self, text: str) -> Any:
        """A cell of text, never a formula, whatever the text begins with."""
        text = _legal(text)
        if len(text) > LONGEST:
            text = text[: LONGEST - len(_CUT)] + _CUT
        cell = WriteOnlyCell(self._sheet)
        cell._value = text
        cell.data_type = "s"
        return cell

    def _look(self, kind: Kind, bold: bool, quoted: bool) -> Any:
        """One style for all cells that look alike."""
        key = (kind, bold, quoted)
        if key not in self._looks:
            cell = WriteOnlyCell(self._sheet)
            cell.font = Font(name=_FONT, size=12, bold=bold)
            cell.border = _GRID
            cell.number_format = kind.value
            cell.alignment = Alignment(
                horizontal=_SIDE.get(kind), vertical="top", wrap_text=kind == Kind.TEXT
            )
            cell.quotePrefix = quoted
            self._looks[key] = cell._style
        return self._looks[key]


_SIDE = {
    Kind.TEXT: "left",
    Kind.CENTRED: "center",
    Kind.DATE: "center",
    Kind.YES_NO: "right",
}


def _lines(text: str, width: float) -> int:
    """About how many lines a text takes in a column of `width` letters."""
    return sum(int(len(line) / width) + 1 for line in text.split("\n"))


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)
