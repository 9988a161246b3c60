"""A workbook as a document: what stands over its tables are lines, the tables are tables. Of no table
are telephone numbers of units kept."""

from config.office_files.workbooks import Grid
from config.vietnamese.text import clean_line
from plans.reading.lines import Line, Source, Table
from plans.reading.parties import without_phones
from plans.reading.titles import UNITS, find_titles

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
    """Take telephone numbers out of the columns of units; they are not kept (domain.md §8.4)."""
    for grid in grids:
        found = find_titles(grid)
        if found is None:
            continue
        columns = [column for role in UNITS for column in found.columns.get(role, ())]
        for row in grid.rows:
            for column in columns:
                if column < len(row.cells) and row.number > found.head:
                    row.cells[column], count = without_phones(row.cells[column])
                    if count and column not in row.continued:
                        grid.note(column, row.number, f"có {count} số điện thoại, không lưu")
