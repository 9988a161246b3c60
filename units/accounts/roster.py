"""The rows of a workbook that name people: which columns it has, and what stands in them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from config.office_files.workbooks import Grid, cell_name
from config.vietnamese.text import clean_line, fold

# The words of a head, folded, by what stands in the column.
COLUMNS = {
    "full_name": ("ho va ten", "ho ten", "ho, ten", "ten can bo", "can bo", "ho va ten can bo"),
    "job_title": ("chuc vu", "chuc danh", "chuc vu, chuc danh"),
    "unit": ("don vi", "don vi cong tac", "phong", "phong ban", "phong, don vi", "bo phan"),
    "role": ("vai tro", "vai tro trong he thong", "quyen"),
    "email": ("thu dien tu", "email", "e-mail", "dia chi thu dien tu", "hop thu", "mail"),
    "username": ("ten dang nhap", "tai khoan", "ten tai khoan"),
}
TITLES = {
    "full_name": "Họ và tên",
    "job_title": "Chức vụ",
    "unit": "Đơn vị",
    "role": "Vai trò",
    "email": "Thư điện tử",
    "username": "Tên đăng nhập",
}
HEAD_WITHIN = 15  # rows from the top


@dataclass(frozen=True)
class Person:
    """One row. `texts` has an entry for each column that the sheet has, also for blank cells;
    `cells` says where it stands."""

    sheet: str
    number: int
    texts: dict[str, str] = field(hash=False)
    cells: dict[str, str] = field(hash=False)

    def cell(self, name: str) -> str:
        """The cell of a field, or that of the name where the sheet has no such column."""
        return self.cells.get(name) or self.cells["full_name"]


def people_in(grids: Iterable[Grid]) -> list[Person] | None:
    """Everyone in the sheets that have a head with names and two columns more; None when no sheet
    has one. A row counts when it holds anything in the columns that are known."""
    found: list[Person] = []
    heads = 0
    for grid in grids:
        if (head := _head(grid)) is None:
            continue
        heads += 1
        start, columns = head
        for row in grid.rows:
            if row.number <= start:
                continue
            texts = {
                name: clean_line(row.cells[column]) if column < len(row.cells) else ""
                for name, column in columns.items()
            }
            if any(texts.values()):
                cells = {name: cell_name(column, row.number) for name, column in columns.items()}
                found.append(Person(grid.name, row.number, texts, cells))
    return found if heads else None


def _head(grid: Grid) -> tuple[int, dict[str, int]] | None:
    for row in grid.rows:
        if row.number > HEAD_WITHIN:
            return None
        columns: dict[str, int] = {}
        for column, text in enumerate(row.cells):
            words = fold(text).strip(" .:*")
            for name, titles in COLUMNS.items():
                if words in titles:
                    columns.setdefault(name, column)
        if "full_name" in columns and len(columns) >= 3:
            return row.number, columns
    return None
