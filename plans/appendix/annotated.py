"""The uploaded workbook again, with what was understood of it: a column at the end of each row, and
cells in question coloured, with the remark in a comment."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from config.office_files.workbooks import Grid, coordinates
from plans.appendix.outcomes import Comparison, Fate, Outcome
from plans.reading.rows import Remark
from plans.reading.titles import Titles, find_titles

_WRONG = PatternFill("solid", fgColor="FFF8D7DA")
_ASKED = PatternFill("solid", fgColor="FFFFF3CD")
_LINE = Side(style="thin", color="FF767D86")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_FONT = Font(name="Times New Roman", size=12)
_BOLD = Font(name="Times New Roman", size=12, bold=True)
_TOP = Alignment(vertical="top", wrap_text=True)
_TITLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_MOST_COMMENT = 1000
_NARROWEST, _WIDEST = 6, 36
_LINE_HEIGHT, _TALLEST = 15.75, 409
_A4 = 9


def annotated(grids: list[Grid], comparison: Comparison) -> bytes:
    """The cells where they stood, as text, never as formulas."""
    book = Workbook()
    book.remove(book.active)
    remarks: dict[tuple[str, str], list[Remark]] = {}
    said: dict[tuple[str, int], Outcome] = {}
    for one in comparison.outcomes:
        if one.row is not None:
            said[one.row.sheet, one.row.number] = one
        for remark in one.remarks:
            remarks.setdefault((remark.sheet, remark.cell), []).append(remark)
    for remark in comparison.remarks:
        remarks.setdefault((remark.sheet, remark.cell), []).append(remark)
    for grid in grids:
        sheet = book.create_sheet(grid.name)
        found = find_titles(grid)
        head = found.head if found else 0
        last = max(len(row.cells) for row in grid.rows)
        widths = [*(_width(grid, column, head) for column in range(last)), _WIDEST]
        for row in grid.rows:
            outcome = said.get((grid.name, row.number))
            texts = list(row.cells)
            if row.number == head or outcome:
                texts += [""] * (last - len(texts))
                texts.append(_told(outcome) if outcome else "Phần mềm hiểu")
                lines = max(map(_lines, texts, widths))
                sheet.row_dimensions[row.number].height = min(_TALLEST, lines * _LINE_HEIGHT)
            for column, text in enumerate(texts):
                if column in row.continued:
                    text = ""
                if row.number == head:
                    _write(sheet, row.number, column + 1, text, _BOLD, _TITLE)
                elif outcome:
                    _write(sheet, row.number, column + 1, text, _FONT, _TOP)
                elif text:
                    _write(sheet, row.number, column + 1, text, _BOLD)
        for (name, reference), remarked in remarks.items():
            if name == grid.name:
                _mark(sheet.cell(*coordinates(reference)), remarked)
        _set_up(sheet, widths, found)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _width(grid: Grid, column: int, head: int) -> float:
    """Wide enough for the longest word or line of a column's rows, within bounds."""
    texts = (
        row.cells[column] for row in grid.rows if row.number >= head and column < len(row.cells)
    )
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(longest + 1, _NARROWEST), _WIDEST)


def _lines(text: str, width: float) -> int:
    """About how many lines a text takes."""
    return sum(int(len(line) / width) + 1 for line in text.split("\n"))


def _set_up(sheet: Any, widths: list[float], found: Titles | None) -> None:
    """As an appendix is printed: across, as wide as the paper, its titles on every page."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if found is not None:
        sheet.freeze_panes = f"A{found.head + 1}"
        sheet.print_title_rows = f"{found.top}:{found.head}"


def _write(
    sheet: Any, row: int, column: int, text: str, font: Font, place: Alignment | None = None
) -> None:
    """A cell of the table in its `place`, or running text."""
    cell = sheet.cell(row, column)
    if text:
        cell._value, cell.data_type = text, "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    cell.font = font
    if place is not None:
        cell.alignment, cell.border = place, _GRID


def _mark(cell: Any, remarks: list[Remark]) -> None:
    wrong = any(one.must for one in remarks)
    cell.fill = _WRONG if wrong else _ASKED
    words = "\n".join(line_of(one) for one in remarks)
    cell.comment = Comment(words[:_MOST_COMMENT], "Theo dõi kế hoạch", height=160, width=320)


def line_of(remark: Remark) -> str:
    """A remark in one line."""
    sign = "LỖI: " if remark.must else ""
    accepted = f" Chấp nhận: {remark.accepted}." if remark.accepted else ""
    return f"{sign}{remark.message}.{accepted}"


def _told(one: Outcome) -> str:
    lines = [one.fate.value if one.fate is not Fate.NEW else f"{one.fate.value}, mã {one.code}"]
    for change in one.shown:
        before, after = change.differing
        lines.append(f"{change.name}: {before or '(trống)'} → {after or '(trống)'}")
    lines += [f"{remark.cell}: {line_of(remark)}" for remark in one.remarks]
    return "\n".join(lines)
