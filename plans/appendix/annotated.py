"""The uploaded workbook again, with what was understood of it: a column at the end of each row, and
cells in question coloured, with the remark in a comment."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from config.office_files.workbooks import Grid
from plans.appendix.changes import Comparison, Fate, Outcome
from plans.reading.appendix import Remark

_WRONG = PatternFill("solid", fgColor="FFF8D7DA")
_ASKED = PatternFill("solid", fgColor="FFFFF3CD")
_LINE = Side(style="thin", color="FF767D86")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_FONT = Font(name="Times New Roman", size=12)
_TOP = Alignment(vertical="top", wrap_text=True)
_MOST_COMMENT = 1000
_WIDTHS = {True: 14, False: 32}
_SHORT = 14


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
        last = max(len(row.cells) for row in grid.rows)
        for row in grid.rows:
            for column, text in enumerate(row.cells, start=1):
                if text and column - 1 not in row.continued:
                    _write(sheet, row.number, column, text)
            if outcome := said.get((grid.name, row.number)):
                _write(sheet, row.number, last + 1, _told(outcome))
        for (name, reference), found in remarks.items():
            if name == grid.name:
                _mark(sheet[reference], found)
        for column in range(1, last + 2):
            texts = [row.cells[column - 1] for row in grid.rows if column <= len(row.cells)]
            is_short = column <= last and max(map(len, texts), default=0) <= _SHORT
            sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[is_short]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _write(sheet: Any, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    cell._value, cell.data_type = text, "s"
    cell.font, cell.alignment, cell.border = _FONT, _TOP, _GRID
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


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
    lines += [f"{change.name}: {change.before or '(trống)'} → {change.after or '(trống)'}"
              for change in one.shown]  # fmt: skip
    lines += [f"{remark.cell}: {line_of(remark)}" for remark in one.remarks]
    return "\n".join(lines)
