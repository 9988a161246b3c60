"""A workbook as a document: what stands over its tables are lines, the tables are tables; and
tables without the telephone numbers of units, which are not kept (domain.md §8.4)."""

from config.office_files.workbooks import Grid
from config.vietnamese.text import clean_line
from plans.reading.lines import Line, Source, Table
from plans.reading.private import without_phones
from plans.reading.titles import UNITS, find_titles, titles_again, width_of

_MOST_IN_A_ROW = 2  # filled cells of running text


def source_of(grids: list[Grid]) -> Source:
    """Rows are counted through all sheets, so that each has a number of its own. A sheet before the
    first table that holds no columns is a cover; any other without titles is a table, and its
    reader says that it has none."""
    source, before = Source([]), 0
    for grid in grids:
        found = find_titles(grid)
        last = grid.rows[-1].number
        top = found.top if found else 0 if source.tables or not _is_cover(grid) else last + 1
        over = [
            Line(before + row.number, clean_line(text), place=grid.place(f"dòng {row.number}"))
            for row in grid.rows
            if row.number < top
            for text in row.cells
            if text
        ]
        if found and source.lines:  # the plan has been named: this names the table
            for line in over:
                line.text = f"chữ ở trên bảng, chưa đưa vào: “{line.text}”"
            source.notes += over
        else:
            source.lines += over
        grid.rows = [row for row in grid.rows if row.number >= top]
        if grid.rows:
            source.tables.append(Table(grid, [before + row.number for row in grid.rows]))
        before += last
    return source


def _is_cover(grid: Grid) -> bool:
    return all(sum(map(bool, row.cells)) <= _MOST_IN_A_ROW for row in grid.rows)


def without_private(grids: list[Grid]) -> None:
    """Take telephone numbers out of the columns of units, also in a table below the first, and in
    one that goes on with the table before it."""
    columns: list[int] = []
    before = 0
    for grid in grids:
        found = find_titles(grid)
        width = width_of(grid)
        if found is not None:
            columns = _of_units(found.columns)
        elif not grid.is_table or width != before:
            continue
        before = width
        for row in grid.rows:
            if found is not None and row.number <= found.head:
                continue
            if again := titles_again(row.cells):
                columns = _of_units(again)
                continue
            for column in columns:
                if column < len(row.cells):
                    row.cells[column], count = without_phones(row.cells[column])
                    if count and column not in row.continued:
                        grid.note(column, row.number, f"có {count} số điện thoại, không lưu")


def _of_units(columns: dict[str, list[int]]) -> list[int]:
    return [column for role in UNITS for column in columns.get(role, ())]
