"""The rows of an appendix in a workbook: what each cell says, and what is wrong with it.

Columns are found by their titles in many wordings, rows by what they hold: headings of what
follows, tasks, and the rest of a task that a page break or a merged cell cut off. What cannot be
understood is said at its cell; nothing is guessed and nothing is dropped in silence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from config.office_files.opening import FileRefused
from config.office_files.workbooks import Grid, GridRow, cell_name
from config.vietnamese.text import clean_line, fold
from plans.reading import marks
from plans.reading.deadlines import Deadline, read_deadline
from plans.reading.doubting import LEAD, cut, doubts_about
from plans.reading.lines import Line, Source, Table
from plans.reading.parties import Directory, Parties, without_phones
from plans.reading.tables import CODE, CRITERION, NUMBER, SEARCHED_ROWS, TASK, role_of
from plans.reading.titles import UNITS, Titles, columns_of, find_titles

_TEXTS = (TASK, marks.PRODUCT, marks.NOTE)
# Columns in which a merged cell says the same of every row that it covers.
_SHARED = (CRITERION, *UNITS, marks.DUE, marks.PRODUCT, marks.NOTE)
_COUNTED = re.compile(r"\(?[0-9A-Z]{1,2}\)?(?:\s*=.*)?")
_TOTAL = re.compile(r"^(?:tong cong|tong so|cong)\b[\s:.\d]*(?:nhiem vu|viec)?$")
_UNNUMBERED = 50
_NESTED = 40


@dataclass(frozen=True)
class Remark:
    """What a person should know of a cell; `must`: the workbook cannot be applied with it.
    `found` is the value there, `accepted` what would be accepted instead."""

    sheet: str
    cell: str
    message: str
    must: bool = False
    found: str = ""
    accepted: str = ""
    unit: bool = False  # an unknown unit, which a person may decide to keep as words
    meaning: bool = False  # what the words mean, no matter where the plan says the same already


@dataclass
class Heading:
    """A row over the rows that follow."""

    number: str
    text: str
    row: int


@dataclass
class AppendixRow:
    """One task. `said` are the roles for which the sheet has a column: a column that is not there
    says nothing, an empty cell says that there is nothing."""

    sheet: str
    number: int
    said: frozenset[str]
    columns: dict[str, list[int]]
    headings: tuple[Heading, ...]
    texts: dict[str, str]
    lead: Parties = field(default_factory=Parties)
    support: Parties = field(default_factory=Parties)
    due: Deadline = field(default_factory=Deadline)
    hidden: bool = False
    remarks: list[Remark] = field(default_factory=list)

    def text(self, role: str) -> str:
        return self.texts.get(role, "")

    @property
    def wording(self) -> str:
        return self.text(TASK)

    @property
    def code(self) -> str:
        return clean_line(self.text(CODE))

    def cell(self, role: str) -> str:
        columns = self.columns.get(role) or [0]
        return cell_name(columns[0], self.number)

    def remark(
        self,
        role: str,
        message: str,
        *,
        must: bool = False,
        accepted: str = "",
        unit: bool = False,
        meaning: bool = False,
    ) -> None:
        found = cut(clean_line(self.text(role)), 120)
        self.remarks.append(
            Remark(self.sheet, self.cell(role), message, must, found, accepted, unit, meaning)
        )

    def mean_nothing_new(self, role: str) -> None:
        """The plan says the same of this cell: whatever its words mean is no question of now."""
        cell = self.cell(role)
        self.remarks = [one for one in self.remarks if not (one.meaning and one.cell == cell)]


@dataclass
class Appendix:
    rows: list[AppendixRow]
    remarks: list[Remark]


def read_appendix(grids: list[Grid], directory: Directory, year: int | None) -> Appendix:
    """All tasks of all sheets, in their order; FileRefused when no sheet has any."""
    rows: list[AppendixRow] = []
    remarks: list[Remark] = []
    for grid in grids:
        found = find_titles(grid)
        if found is None:
            first = next((text for row in grid.rows for text in row.cells if text), "")
            words = f"trang tính không có cột nhiệm vụ, chưa đọc: “{cut(clean_line(first))}”"
            remarks.append(Remark(grid.name, "A1", words))
            continue
        remarks += _unread(grid, found)
        rows += _Sheet(grid, found, directory, year, remarks).read()
    if not rows:
        raise FileRefused(
            "Không thấy nhiệm vụ nào trong tệp: không trang tính nào có một dòng tiêu đề (trong "
            f"{SEARCHED_ROWS} dòng đầu) với cột “Nhiệm vụ” và cột “Đơn vị chủ trì” hoặc “Thời hạn”."
        )
    return Appendix(rows, remarks)


def _unread(grid: Grid, found: Titles) -> Iterator[Remark]:
    """What stands in columns that an appendix does not have."""
    for column, title in found.unread.items():
        below = (row for row in grid.rows if row.number > found.head)
        cells = (row.cells[column] for row in below if column < len(row.cells))
        if any(text and not _COUNTED.fullmatch(text) for text in cells):
            words = "cột này không thuộc phụ lục, chưa đọc"
            yield Remark(grid.name, cell_name(column, found.head), words, found=cut(title))


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
                        reference = cell_name(column, row.number)
                        grid.notes[reference] = f"có {count} số điện thoại, không lưu"


_FURTHER_SHEET = 10_000


def source_of(grids: list[Grid]) -> Source:
    """A workbook as a document: what stands over its tables are lines, the tables are tables. Rows
    of a further sheet are counted from 10001, 20001 on."""
    source = Source([])
    for turn, grid in enumerate(grids):
        found, first = find_titles(grid), turn * _FURTHER_SHEET
        if turn:
            words = f"trang tính “{grid.name}”: các dòng được đếm từ {first + 1}"
            source.unread.append(words)
        rows = [(row.number + first, row.cells) for row in grid.rows]
        top = found.top + first if found else first + _FURTHER_SHEET
        for number, cells in rows:
            if number < top:
                source.lines += [Line(number, clean_line(text)) for text in cells if text]
        table = [(number, cells) for number, cells in rows if number >= top]
        if table:
            numbers = [number for number, _ in table]
            source.tables.append(Table(numbers[0], [cells for _, cells in table], numbers))
    return source


def _mark(number: str) -> marks.Mark | None:
    """What the cell of a number says."""
    return marks.split_mark(f"{number.rstrip('.')}. x")[0] if number else None


class _Sheet:
    def __init__(
        self,
        grid: Grid,
        found: Titles,
        directory: Directory,
        year: int | None,
        remarks: list[Remark],
    ) -> None:
        self.grid, self.directory, self.year = grid, directory, year
        self.head, self.columns = found.head, found.columns
        self.remarks = remarks
        self.headings: list[tuple[int, Heading]] = []
        self.counted: dict[str, int] = {}
        self.empty: list[Heading] = []
        self.rows: list[AppendixRow] = []

    def read(self) -> list[AppendixRow]:
        for row in self.grid.rows:
            if row.number > self.head:
                self.row(row)
        for heading in self.empty:
            words = "không có nhiệm vụ nào bên dưới, chưa đưa vào"
            self.remarks.append(
                Remark(self.grid.name, f"A{heading.row}", words, found=cut(heading.text))
            )
        for one in self.rows:
            self.understand(one)
        self.tell_hidden_columns()
        if self.grid.hidden:
            words = "trang tính đang ẩn; các nhiệm vụ trong đó vẫn được đọc"
            self.remarks.append(Remark(self.grid.name, "A1", words))
        return self.rows

    def tell_hidden_columns(self) -> None:
        head = next((row.cells for row in self.grid.rows if row.number == self.head), [])
        for column in self.grid.hidden_columns:
            if any(column in columns for columns in self.columns.values()):
                title = cut(clean_line(head[column])) if column < len(head) else ""
                words = "cột đang ẩn trong tệp; vẫn được đọc"
                self.remarks.append(
                    Remark(self.grid.name, cell_name(column, self.head), words, found=title)
                )

    def row(self, row: GridRow) -> None:
        texts = {role: self.text(row, columns) for role, columns in self.columns.items()}
        filled = [text for text in row.cells if text]
        if self.is_no_content(row, filled):
            return
        task = texts[TASK]
        if TASK in self.columns and self.columns[TASK][0] in row.continued:
            self.go_on(row, texts | {TASK: ""})
            return
        said = [texts[role] for role in (*UNITS, marks.DUE, marks.PRODUCT, CODE) if role in texts]
        place = texts.get(CRITERION, "")
        lost = cell_name(self.columns[TASK][0], row.number) in self.grid.wrong
        if lost:
            self.add(row, texts)
        elif not task and not place and self.rows and any((*said, texts.get(marks.NOTE))):
            self.go_on(row, texts)
        elif any(said) or (task and place) or texts.get(marks.NOTE):
            self.add(row, texts)
        elif task and self.rows and not texts.get(NUMBER) and task[:1].islower():
            self.go_on(row, texts)
        else:
            self.heading(row, texts.get(NUMBER, ""), task or place or filled[0])

    def text(self, row: GridRow, columns: list[int]) -> str:
        found = (row.cells[n] for n in columns if n < len(row.cells))
        return "\n".join(dict.fromkeys(text for text in found if text))

    def is_no_content(self, row: GridRow, filled: list[str]) -> bool:
        """Titles again after a page break, numbers of columns, a total, nothing."""
        if not filled or (len(filled) > 1 and all(_COUNTED.fullmatch(one) for one in filled)):
            return True
        if _TOTAL.match(fold(filled[0])) or _TOTAL.match(fold(" ".join(filled[:2]))):
            return True
        if not any(role_of(text) == TASK for text in filled):
            return False
        again, _ = columns_of(row.cells)
        return TASK in again and len(again) > 2 and len(again) >= len(self.columns) - 2

    def heading(self, row: GridRow, number: str, text: str) -> None:
        text = clean_line(text)
        mark, rest = (_mark(number), "x") if number else marks.split_mark(text)
        if mark is None or mark.is_bullet:
            rank = _UNNUMBERED
        else:
            rank = _NESTED if mark.rank is None else mark.rank
            number = mark.printed
            text = text if rest == "x" else rest or text
        while self.headings and self.headings[-1][0] >= rank:
            self.headings.pop()
        one = Heading(number, text, row.number)
        self.headings.append((rank, one))
        self.empty.append(one)

    def leave(self, number: str) -> None:
        """A task numbered like the sibling of a heading ("2" after the heading "1") stands beside
        it, not below; unless tasks are counted through all headings."""
        mark = _mark(number)
        if mark is None or mark.is_bullet:
            return
        before, self.counted[mark.kind] = self.counted.get(mark.kind), mark.value
        if before is not None and mark.value == before + 1:
            return
        for place, (_, heading) in reversed(list(enumerate(self.headings))):
            above = _mark(heading.number)
            if above and (above.kind, above.value) == (mark.kind, mark.value - 1):
                if above.printed.rpartition(".")[0] == mark.printed.rpartition(".")[0]:
                    del self.headings[place:]
                return

    def add(self, row: GridRow, texts: dict[str, str]) -> None:
        self.leave(texts.get(NUMBER, ""))
        headings = tuple(heading for _, heading in self.headings)
        self.empty = [one for one in self.empty if one not in headings]
        self.rows.append(
            AppendixRow(
                self.grid.name,
                row.number,
                frozenset(self.columns),
                self.columns,
                headings,
                texts,
                hidden=row.hidden,
            )
        )
        self.told(self.rows[-1], row)

    def go_on(self, row: GridRow, texts: dict[str, str]) -> None:
        """The rest of the task before: cut off by a page break, or beside a merged cell."""
        if not self.rows:
            self.add(row, texts)
            return
        last = self.rows[-1]
        own = {column for columns in self.columns.values() for column in columns}
        shared = own & set(row.continued)
        for role, columns in self.columns.items():
            more = texts[role]
            if not more or role in (NUMBER, CODE) or shared >= set(columns):
                continue
            before = last.texts.get(role, "")
            if role in _TEXTS and before and more[:1].islower():
                last.texts[role] = f"{before} {more}"
            elif more not in before.split("\n"):
                last.texts[role] = f"{before}\n{more}".strip()
        last.remark(TASK, f"dòng {row.number} được hiểu là phần tiếp theo của dòng này")
        self.told(last, row)

    def told(self, one: AppendixRow, row: GridRow) -> None:
        """What reading the cells of the row already said."""
        for role, columns in self.columns.items():
            for column in columns:
                reference = cell_name(column, row.number)
                if wrong := self.grid.wrong.get(reference):
                    accepted = "chữ, số hoặc ngày"
                    must = role != NUMBER
                    one.remarks.append(
                        Remark(one.sheet, reference, wrong, must, "", accepted if must else "")
                    )
                if note := self.grid.notes.get(reference):
                    one.remarks.append(Remark(one.sheet, reference, note))

    def understand(self, one: AppendixRow) -> None:
        if one.hidden:
            one.remark(TASK, "dòng đang ẩn trong tệp; vẫn được đọc")
        if not one.wording:
            one.remark(TASK, "thiếu nội dung nhiệm vụ", must=True, accepted="câu chữ của nhiệm vụ")
        for role, name in ((marks.LEAD, LEAD), (marks.SUPPORT, "phối hợp")):
            if one.text(role):
                parties = self.directory.read(one.text(role))
                setattr(one, role, parties)
                self.doubt(one, role, parties, name)
        if marks.DUE in one.said:
            one.due = read_deadline(one.text(marks.DUE), self.year)
            if one.due.doubt:
                one.remark(marks.DUE, one.due.doubt, meaning=True)

    def doubt(self, one: AppendixRow, role: str, parties: Parties, name: str) -> None:
        known = "tên, tên viết tắt của một đơn vị hoặc nhóm đơn vị"
        for doubt in doubts_about(parties, self.directory, one.number, name, True):
            unknown = bool(doubt.name) or doubt.must
            near = [self.directory.parties[code].name for code in doubt.nearest]
            accepted = "; ".join(near) or known
            one.remark(
                role,
                doubt.message,
                must=unknown,
                accepted=accepted if unknown else "",
                unit=unknown,
                meaning=True,
            )
