"""What every sheet shares: looks, safe text, head lines, print set-up.

openpyxl makes the workbook, its styles and the set-up of its sheets; rows are written as XML, which
takes a quarter of the time of a cell object for each (performance.md, "Files"), and kept in a
temporary file where they are many.
"""

import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from reports.files.archive import stamped
from reports.files.xlsx.texts import NOTHING, Texts
from reports.files.xml_text import legal

Value = str | int | Decimal | dt.date | None

# Text that begins so would be taken for a formula when the cell is edited.
_FORMULA = frozenset("=+-@\t")
# Rows that are written at once, and how many bytes of them are kept in memory.
_MANY, _KEPT = 500, 2**20

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
        facts.title, facts.language, facts.description = legal(title), "vi", mark
        facts.creator = facts.lastModifiedBy = legal(author)
        self.mark = mark
        self._sheets: list[Sheet] = []
        self._texts = Texts()

    def sheet(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        head: Sequence[str] = (),
        centred: bool = False,
    ) -> "Sheet":
        """A sheet with its `head` lines, `centred` over the table or not, and the row of column
        titles written."""
        made = self._book.create_sheet(name)
        sheet = Sheet(made, self._texts, columns, head, self.mark, centred)
        self._sheets.append(sheet)
        return sheet

    def saved(self, day: dt.date) -> bytes:
        """The file; the same content and day give the same bytes."""
        target = io.BytesIO()
        self._book.save(target)
        skeleton = target.getvalue()
        with zipfile.ZipFile(target) as archive:
            filled = {
                name: sheet.filled(archive.read(name))
                for number, sheet in enumerate(self._sheets, start=1)
                for name in [f"xl/worksheets/sheet{number}.xml"]
            }
            return stamped(skeleton, day, {**filled, **self._texts.parts(archive)})


class Sheet:
    """One sheet: titles frozen and repeated in print, a filter on them, A4 landscape."""

    def __init__(
        self,
        sheet: Any,
        texts: Texts,
        columns: Sequence[Column],
        head: Sequence[str],
        mark: str = "",
        centred: bool = False,
    ) -> None:
        self._sheet = sheet
        self._text = texts.cell
        self._columns = columns
        self._looks: dict[tuple[str, bool], _Looks] = {}
        self._places = {
            bold: [(column, self._look(column.kind, bold)) for column in columns]
            for bold in (False, True)
        }
        # All rows so far: but for the last few in a file, which is in memory while it is small.
        self._count = 0
        self._last: list[str] = []
        self._before = tempfile.SpooledTemporaryFile(_KEPT)  # noqa: SIM115  read in `filled`
        self._height = ""
        self._set_up(len(head) + bool(mark) + 1)
        sheet.HeaderFooter.oddHeader.right.text = mark or None
        for place, line in enumerate(head):
            self.line(line, size=14 if place == 0 else 12, bold=place == 0, centred=centred)
        if mark:
            self.line(mark, bold=True, centred=centred)
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
        sheet.page_margins.header = sheet.page_margins.footer = 0.25
        sheet.HeaderFooter.oddFooter.center.text = "&P/&N"
        self._titles_row = titles_row

    def _titles(self) -> None:
        look = self._style(
            font=Font(name=_FONT, size=12, bold=True),
            fill=_HEAD_FILL,
            border=_GRID,
            alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
        )
        self._tall(max(_lines(column.title, column.width) for column in self._columns))
        self._append([(self._text(column.title), look) for column in self._columns])

    def line(self, text: str, *, size: int = 12, bold: bool = False, centred: bool = False) -> None:
        """A line of running text across the sheet, or over the middle of the table."""
        font = Font(name=_FONT, size=size, bold=bold)
        if not centred:
            self._append([(self._text(text), self._style(font=font))])
            return
        self._tall(self._across(text))
        middle = Alignment(horizontal="center", vertical="top", wrap_text=True)
        self._append([(self._text(text), self._style(font=font, alignment=middle))])

    def _across(self, text: str) -> int:
        """Merge the next row over the width of the table; the lines that `text` takes there."""
        row = self._count + 1
        self._sheet.merged_cells.add(f"A{row}:{get_column_letter(len(self._columns))}{row}")
        return _lines(text, sum(column.width for column in self._columns))

    def pair(self, label: str, count: int, *, bold: bool = False) -> None:
        """A label and a number under a table, in its first two columns."""
        cells = ((label, Kind.TEXT), (count, Kind.COUNT))
        self._append([self._cell(value, kind, bold=bold) for value, kind in cells])

    def paragraph(self, text: str) -> None:
        """Running text over the width of the table, as many lines as it takes."""
        self._tall(self._across(text))
        look = self._style(
            font=Font(name=_FONT, size=12), alignment=Alignment(wrap_text=True, vertical="top")
        )
        self._append([(self._text(text), look)])

    def group(self, number: str, text: str) -> None:
        """A row over the rows that follow: its number, and its text across the other columns."""
        row = self._count + 1
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
        cells, lines = [], 1
        for (column, looks), value in zip(self._places[bold], values, strict=True):
            if not isinstance(value, str):
                cells.append(self._cell(value, column.kind, bold=bold))
            elif value:
                lines = max(lines, _lines(value, column.width))
                cells.append((self._text(value), looks[value[0] in _FORMULA]))
            else:
                cells.append((NOTHING, looks[False]))
        self._tall(lines)
        self._append(cells)

    def _tall(self, lines: int) -> None:
        """Make the next row tall enough: programs that only show a file do not measure its text."""
        if lines > 1:
            self._height = f' ht="{min(_TALLEST, lines * _LINE_HEIGHT):g}" customHeight="1"'

    def filtered(self) -> None:
        """Put the filter on the table as far as it was written."""
        last = get_column_letter(len(self._columns))
        self._sheet.auto_filter.ref = f"A{self._titles_row}:{last}{self._count}"

    def filled(self, xml: bytes) -> Iterator[bytes]:
        """The sheet's part of the file with its rows in it; they are gone afterwards."""
        before, place, after = xml.partition(b"</sheetData>")
        assert place
        self._put_away()
        yield before
        with self._before as rows:
            rows.seek(0)
            yield from iter(partial(rows.read, _KEPT), b"")
        yield place + after

    def _append(self, cells: Sequence[tuple[str, int]]) -> None:
        """A row of (content in XML, style)."""
        self._count = row = self._count + 1
        written = [
            f'<c r="{letter}{row}" s="{style}"{content}'
            for letter, (content, style) in zip(_LETTERS, cells, strict=False)
        ]
        self._last.append(f'<row r="{row}"{self._height}>{"".join(written)}</row>')
        self._height = ""
        if len(self._last) == _MANY:
            self._put_away()

    def _put_away(self) -> None:
        self._before.write("".join(self._last).encode())
        self._last.clear()

    def _cell(self, given: Value | Typed, kind: Kind, *, bold: bool) -> tuple[str, int]:
        value = given.value if isinstance(given, Typed) else given
        kind = given.kind if isinstance(given, Typed) else kind
        if isinstance(value, str):
            return self._text(value), self._look(kind, bold)[value[:1] in _FORMULA]
        if kind == Kind.NUMBER and isinstance(value, Decimal) and value == value.to_integral():
            kind = Kind.COUNT  # "70", where the format of "62,4" would show "70,0"
        return _number(value), self._look(kind, bold)[False]

    def _look(self, kind: Kind, bold: bool) -> "_Looks":
        """The styles of all cells of a kind."""
        key = (kind.name, bold)
        if key not in self._looks:
            self._looks[key] = _Looks(partial(self._styled, kind, bold))
        return self._looks[key]

    def _styled(self, kind: Kind, bold: bool, quoted: bool) -> int:
        return self._style(
            font=Font(name=_FONT, size=12, bold=bold),
            border=_GRID,
            number_format=kind.value,
            alignment=Alignment(
                horizontal=_SIDE.get(kind), vertical="top", wrap_text=kind == Kind.TEXT
            ),
            quotePrefix=quoted,
        )

    def _style(self, **looks: Any) -> int:
        """The number of a style in the workbook."""
        cell = WriteOnlyCell(self._sheet)
        for name, value in looks.items():
            setattr(cell, name, value)
        return int(cell.style_id)


class _Looks(dict[bool, int]):
    """The style of cells that look alike, by whether text is to stay text when it is edited; made
    when it is first asked for, so that a workbook has those that it uses."""

    def __init__(self, make: Callable[[bool], int]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, quoted: bool) -> int:
        self[quoted] = style = self._make(quoted)
        return style


_LETTERS = [get_column_letter(number) for number in range(1, 100)]
# The first day of Excel's calendar, counting the one that never was.
_DAY_0 = dt.date(1899, 12, 30)


def _number(value: int | Decimal | dt.date | None) -> str:
    if value is None:
        return NOTHING
    number = (value - _DAY_0).days if isinstance(value, dt.date) else value
    return f"><v>{number}</v></c>"


_SIDE = {
    Kind.TEXT: "left",
    Kind.CENTRED: "center",
    Kind.DATE: "center",
    Kind.YES_NO: "right",
}


def _lines(text: str, width: float) -> int:
    """About how many lines a text takes in a column of `width` letters."""
    if "\n" not in text:
        return int(len(text) / width) + 1
    return sum(int(len(line) / width) + 1 for line in text.split("\n"))
