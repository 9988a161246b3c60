"""The rows of a workbook that name people: which columns it has, and what stands in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from config.office_files.workbooks import Grid, GridRow, cell_name
from config.vietnamese.numbers import format_decimal
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
    `cells` says where it stands, `wrong` why a cell could not be read, `hidden` what is not seen
    of the row in the workbook."""

    sheet: str
    number: int
    texts: dict[str, str] = field(hash=False)
    cells: dict[str, str] = field(hash=False)
    wrong: dict[str, str] = field(default_factory=dict, hash=False)
    hidden: str = ""

    def cell(self, name: str) -> str:
        """The cell of a field, or that of the name where the sheet has no such column."""
        return self.cells.get(name) or self.cells["full_name"]


@dataclass(frozen=True)
class Hidden:
    """What a sheet hides and was read all the same."""

    sheet: str
    cell: str
    message: str


@dataclass
class Roster:
    """Everyone in a workbook, and what of it is hidden there."""

    people: list[Person] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)


def people_in(grids: Iterable[Grid]) -> Roster | None:
    """Everyone in the sheets that have a head with names and two columns more; None when no sheet
    has one. A row counts when it holds anything in the columns that are known."""
    found = Roster()
    heads = 0
    for grid in grids:
        if (head := _head(grid)) is None:
            continue
        heads += 1
        start, columns = head
        people = [
            one
            for row in grid.rows
            if row.number > start
            and (any((one := _person(grid, row, columns)).texts.values()) or one.wrong)
        ]
        found.people += people
        found.hidden += _hidden(grid, start, columns, len(people))
    return found if heads else None


def _person(grid: Grid, row: GridRow, columns: dict[str, int]) -> Person:
    texts = {
        name: clean_line(row.cells[column]) if column < len(row.cells) else ""
        for name, column in columns.items()
    }
    cells = {name: cell_name(column, row.number) for name, column in columns.items()}
    wrong = {name: grid.wrong[cell] for name, cell in cells.items() if cell in grid.wrong}
    hidden = "trang tính" if grid.hidden else "dòng" if row.hidden else ""
    return Person(grid.name, row.number, texts, cells, wrong, hidden)


def _hidden(grid: Grid, head: int, columns: dict[str, int], people: int) -> Iterator[Hidden]:
    if grid.hidden and people:
        words = f"trang tính đang ẩn trong tệp; {format_decimal(people)} dòng trong đó vẫn được đọc"
        yield Hidden(grid.name, "A1", words)
    for name, column in columns.items():
        if column in grid.hidden_columns:
            words = f"cột “{TITLES[name]}” đang ẩn trong tệp; vẫn được đọc"
            yield Hidden(grid.name, cell_name(column, head), words)


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
