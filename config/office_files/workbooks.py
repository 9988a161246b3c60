"""A workbook as what a person sees in it: the text of its cells, where cells are merged, what is
hidden, what has no value. A table of a text document has the same shape (`Grid`).

openpyxl streams the values; what it leaves out of a stream (merged cells, hidden rows, formulas
that were never calculated) is searched in the bytes of the sheet.
"""

import datetime as dt
import io
import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string, range_boundaries

from config.office_files.legacy import legacy_kind
from config.office_files.opening import EXCEL, FileRefused, Limits, check
from config.vietnamese.dates import short
from config.vietnamese.numbers import format_decimal
from config.vietnamese.text import clean

MAX_COLUMNS = 100
MAX_SHEETS = 50
# The text of a cell in a sheet that is stored; more of it is no table.
MAX_LETTERS = 5_000_000
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW = re.compile(rb'<(?:x:)?row\b[^<>]*?\br="(\d+)"')
_HIDDEN = re.compile(rb'<(?:x:)?row\b[^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')
_COLUMN = re.compile(rb"<(?:x:)?col\b[^>]*>")
_ATTRIBUTE = re.compile(rb'\b(min|max|hidden)="(\w+)"')
_MERGED = re.compile(rb'<(?:x:)?mergeCell\b[^>]*?\bref="([A-Z]+\d+:[A-Z]+\d+)"')
_UNCALCULATED = re.compile(
    rb'<c r="([A-Z]+\d+)"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)


@dataclass
class GridRow:
    """Cells from column A on. `continued` are columns (from 0) whose cell is merged with the one
    above it: the text of the merged cell stands there too."""

    number: int
    cells: list[str]
    hidden: bool = False
    continued: list[int] = field(default_factory=list)


@dataclass
class Grid:
    """One sheet, or a table of a text document (`is_table`); `wrong` says of a cell why its value
    could not be read, `notes` what was left out of it; `left_out` are rows that are not read, by
    their first cells, and why. `hidden_columns` count from 0."""

    name: str
    rows: list[GridRow]
    hidden: bool = False
    wrong: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    hidden_columns: list[int] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    is_table: bool = False

    def cell(self, column: int, row: int) -> str:
        """What a person calls the cell in column `column` (from 0): "C5", "dòng 5, cột 3"."""
        return f"dòng {row}, cột {column + 1}" if self.is_table else cell_name(column, row)

    def place(self, where: str) -> str:
        """A cell or a row of it, as a person finds it in the whole file."""
        if not self.is_table:
            return f"trang “{self.name}”, {where if where.startswith('dòng') else f'ô {where}'}"
        name = self.name[:1].lower() + self.name[1:]
        return f"{name}, {where}" if name else where

    def note(self, column: int, row: int, words: str) -> None:
        """Add to what is said of a cell."""
        cell = self.cell(column, row)
        self.notes[cell] = f"{self.notes[cell]}; {words}" if cell in self.notes else words


def coordinates(cell: str) -> tuple[int, int]:
    """Row and column, from 1, of what `Grid.cell` called a cell."""
    numbers = [int(number) for number in re.findall(r"\d+", cell)]
    if len(numbers) == 2:
        return numbers[0], numbers[1]
    column, row = coordinate_from_string(cell)
    return row, column_index_from_string(column)


def kept_grids(sheets: Iterable[Mapping[str, Any]]) -> list[Grid]:
    """The sheets of a workbook that were kept as `asdict` of each grid, as they were read."""
    return [Grid(**{**kept, "rows": [GridRow(**row) for row in kept["rows"]]}) for kept in sheets]


def cell_name(column: int, row: int) -> str:
    """ "C5" for column 2 (from 0) of row 5."""
    return f"{get_column_letter(column + 1)}{row}"


def read_workbook(content: bytes, name: str) -> list[Grid]:
    """The sheets of a .xlsx that hold anything; FileRefused when it cannot be read."""
    limits = Limits(unpacked=100 * 2**20)
    check(content, name, EXCEL, limits)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        parts = _parts(content)
        sheets = [one for one in book.worksheets if one.title in parts]
        if len(sheets) > MAX_SHEETS:
            raise FileRefused(
                f"Tệp “{name}” có {len(sheets)} trang tính, tối đa {MAX_SHEETS}. Đồng chí tách tệp."
            )
        for title, part in parts.items():
            _refuse_far_rows(part, f"Tệp “{name}”, trang tính “{title}”", limits.rows)
        grids = [_grid(sheet, parts[sheet.title]) for sheet in sheets]
        book.close()
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError) as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused(
            f"Tệp “{name}” bị hỏng nên không đọc được. Đồng chí mở bằng Excel, lưu lại thành .xlsx "
            "rồi gửi lại."
        ) from error
    grids = [one for one in grids if one.rows]
    if not grids:
        raise FileRefused(f"Tệp “{name}” không có chữ nào trong các trang tính.")
    _refuse_legacy(grids, name)
    return grids


def _parts(content: bytes) -> dict[str, bytes]:
    """The bytes of each sheet by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        targets = {
            one.get("Id"): one.get("Target", "")
            for one in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        }
        found = {}
        names = set(archive.namelist())
        for sheet in fromstring(archive.read(EXCEL.main_part)).iter():
            if not sheet.tag.endswith("}sheet"):
                continue
            target = targets.get(sheet.get(_REL), "")
            path = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            if path in names and sheet.get("name") is not None:
                found[sheet.get("name")] = archive.read(path)
        return found


def _refuse_far_rows(part: bytes, what: str, most: int) -> None:
    """A stream gives every row up to the last one, also those that the sheet leaves out."""
    last = max(map(int, _ROW.findall(part)), default=0)
    if last > most:
        raise FileRefused(
            f"{what} có ô ở dòng {format_decimal(last)}, tối đa {format_decimal(most)} dòng, kể cả "
            "dòng trống. Đồng chí xóa các dòng thừa ở cuối trang tính hoặc tách tệp."
        )


def _grid(sheet: Any, part: bytes) -> Grid:
    # Whether there is any is found a hundred times as fast as where.
    hidden = {int(number) for number in _HIDDEN.findall(part)} if b"hidden=" in part else set()
    grid = Grid(sheet.title, [], sheet.sheet_state != "visible")
    grid.hidden_columns = _hidden_columns(part)
    has_formulas = b"<f>" in part or b"<f " in part or b"<f/" in part
    for reference in _UNCALCULATED.findall(part) if has_formulas else ():
        grid.wrong[reference.decode()] = (
            "công thức chưa có giá trị; đồng chí mở bằng Excel, lưu lại, hoặc thay bằng chữ"
        )
    sheet.reset_dimensions()
    letters = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        texts = []
        for column, cell in enumerate(cells):
            value = cell.value
            if value is None:
                texts.append("")
                continue
            if cell.data_type == "e":
                grid.wrong[cell_name(column, number)] = f"ô báo lỗi {value}; đồng chí sửa công thức"
                texts.append("")
                continue
            texts.append(_text(value, cell))
        while texts and not texts[-1]:
            texts.pop()
        letters += sum(map(len, texts))
        if letters > MAX_LETTERS:
            raise FileRefused(
                f"Trang tính “{sheet.title}” có quá nhiều chữ (hơn "
                f"{format_decimal(MAX_LETTERS)} ký tự). Đồng chí tách tệp."
            )
        grid.rows.append(GridRow(number, texts, number in hidden))
    fill_merged(grid, _merged(grid, part))
    unread = {coordinates(cell)[0] for cell in grid.wrong}
    grid.rows = [row for row in grid.rows if row.cells or row.number in unread]
    return grid


def _hidden_columns(part: bytes) -> list[int]:
    """Columns stand over the cells, each with how it looks, or several of the same look."""
    hidden: set[int] = set()
    for column in _COLUMN.findall(part, 0, max(part.find(b"<sheetData"), 0)):
        said = dict(_ATTRIBUTE.findall(column))
        if said.get(b"hidden") in (b"1", b"true"):
            last = min(int(said[b"max"]), MAX_COLUMNS)
            hidden.update(range(int(said[b"min"]) - 1, last))
    return sorted(hidden)


def _text(value: Any, cell: Any) -> str:
    """A value as it is read on the screen."""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, dt.datetime):
        return short(value.date())
    if isinstance(value, dt.date):
        return short(value)
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        if "%" in (cell.number_format or ""):
            return f"{format_decimal(number * 100)}%"
        # As typed, without dots between thousands: "1.1" may be the number of a section.
        return str(value) if isinstance(value, int) else f"{number.normalize():f}"
    return _clean(str(value))


# Names of units and words of deadlines stand in most rows.
_clean = lru_cache(maxsize=4096)(clean)


def _merged(grid: Grid, part: bytes) -> Iterable[tuple[int, int, int]]:
    """Cells that go on below: column (from 0), first and last row."""
    for reference in _MERGED.findall(part, max(part.rfind(b"mergeCells count"), 0)):
        left, top, _, bottom = range_boundaries(reference.decode())
        if bottom > top and left <= MAX_COLUMNS:
            yield left - 1, top, bottom


def fill_merged(grid: Grid, merged: Iterable[tuple[int, int, int]]) -> None:
    """The text of merged cells (column from 0, first and last row) in every row they cover."""
    rows = {row.number: row for row in grid.rows}
    last = grid.rows[-1].number if grid.rows else 0
    tall: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for column, top, bottom in merged:
        if top in rows:
            tall[top].append((column, bottom))
    for top, spans in tall.items():
        for column, bottom in spans:
            cells = rows[top].cells
            text = cells[column] if column < len(cells) else ""
            if not text:
                continue
            for number in range(top + 1, min(bottom, last) + 1):
                row = rows.get(number)
                if row is None or not any(row.cells):
                    continue  # a row that holds nothing of its own stays empty
                row.cells += [""] * (column + 1 - len(row.cells))
                row.cells[column] = text
                row.continued.append(column)


def _refuse_legacy(grids: list[Grid], name: str) -> None:
    for grid in grids:
        for row in grid.rows:
            for column, text in enumerate(row.cells):
                if not text.isascii() and (kind := legacy_kind(text)):
                    raise FileRefused(
                        f"Tệp “{name}”, trang “{grid.name}”, ô {cell_name(column, row.number)}: "
                        f"chữ gõ bằng {kind}, không phải Unicode. Đồng chí chuyển mã rồi gửi lại."
                    )
