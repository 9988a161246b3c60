"""The rows of an appendix, in a workbook or in the tables of a document: what each cell says, and
what is wrong with it. There is no other reader of assignment tables.

Columns are found by their titles in many wordings, rows by what they hold: headings of what
follows, tasks, and the rest of a task that a page break or a merged cell cut off. What cannot be
understood is said at its cell; nothing is guessed and nothing is dropped in silence.
"""

import re
from collections.abc import Iterator

from config.office_files.opening import FileRefused
from config.office_files.workbooks import Grid, GridRow
from config.vietnamese.text import clean_line, fold
from plans.reading import marks
from plans.reading.cells import understand
from plans.reading.doubting import cut
from plans.reading.matrix import Column, Marked, columns_of_units, marked_in
from plans.reading.parties import Directory
from plans.reading.rows import Appendix, AppendixRow, Heading, Remark
from plans.reading.signatures import signed_from
from plans.reading.titles import (
    CODE,
    CRITERION,
    NUMBER,
    SEARCHED_ROWS,
    TASK,
    UNITS,
    Titles,
    find_titles,
    titles_again,
    width_of,
)

_TEXTS = (TASK, marks.PRODUCT, marks.NOTE)
# Columns that may say "as above" of a row: "nt", "-nt-", ditto marks.
_REPEATED = (CRITERION, *UNITS, marks.DUE, marks.PRODUCT)
_AS_ABOVE = re.compile(
    r"[-–\s(]*(?:n\.?t\.?|như trên)[-–\s.)]*|[-–\s]*[\"”“〃″]+[-–\s]*|''|//", re.I
)
_COUNTED = re.compile(r"\(?[0-9A-Z]{1,2}\)?(?:\s*=.*)?")
_TOTAL = re.compile(r"^(?:tong cong|tong so|tong|cong)\b[\s:.\d]*(?:nhiem vu|viec)?$")
WITHOUT_TITLES = (
    f"không có trang tính hay bảng nào có một dòng tiêu đề (trong {SEARCHED_ROWS} dòng đầu) với "
    "cột “Nhiệm vụ” và cột “Đơn vị chủ trì” hoặc “Thời hạn”"
)
_UNNUMBERED = 50
_NESTED = 40


def read_appendix(grids: list[Grid], directory: Directory, year: int | None) -> Appendix:
    """All tasks of all sheets, in their order; FileRefused when no sheet has any."""
    found = read_rows(grids, directory, year)
    if not found.rows:
        raise FileRefused(f"Không thấy nhiệm vụ nào trong tệp: {WITHOUT_TITLES}.")
    return found


def read_rows(grids: list[Grid], directory: Directory, year: int | None) -> Appendix:
    """The same, where there may be none."""
    appendix = Appendix([], [])
    reader: _Sheet | None = None
    for grid in grids:
        found = find_titles(grid)
        if found is None and reader is not None and reader.goes_on_in(grid):
            reader.go_on_in(grid)
            continue
        if reader is not None:
            appendix.rows += reader.rows_read()
            reader = None
        if found is None:
            column, first = next(
                ((n, row) for row in grid.rows for n, text in enumerate(row.cells) if text),
                (0, GridRow(1, [""])),
            )
            what = "bảng" if grid.is_table else "trang tính"
            text = cut(clean_line("".join(first.cells[column : column + 1])))
            words = f"{what} không có cột nhiệm vụ, chưa đọc: “{text}”"
            cell = grid.cell(column, first.number) if grid.is_table else "A1"
            appendix.remarks.append(Remark(grid.name, cell, words))
            continue
        marked = columns_of_units(grid, found, directory)
        appendix.remarks += _unread(grid, found)
        reader = _Sheet(grid, found, directory, year, appendix.remarks, marked)
    if reader is not None:
        appendix.rows += reader.rows_read()
    return appendix


def _unread(grid: Grid, found: Titles) -> Iterator[Remark]:
    """What stands in columns that an appendix does not have."""
    for column, title in found.unread.items():
        below = (row for row in grid.rows if row.number > found.head)
        cells = (row.cells[column] for row in below if column < len(row.cells))
        if any(text and not _COUNTED.fullmatch(text) for text in cells):
            words = "cột này không thuộc phụ lục, chưa đọc"
            yield Remark(grid.name, grid.cell(column, found.head), words, found=cut(title))


def _mark(number: str) -> marks.Mark | None:
    """What the cell of a number says."""
    return marks.split_mark(f"{number.rstrip('.')}. x")[0] if number else None


def _follows(mark: marks.Mark, before: marks.Mark) -> bool:
    return (mark.kind, mark.value) == (before.kind, before.value + 1)


def _is_total(filled: list[str]) -> bool:
    """Whether a row sums up others: its first words are "Tổng cộng", or "Tổng" alone."""
    if not filled:
        return False
    return any(_TOTAL.match(fold(words)) for words in (filled[0], " ".join(filled[:2])))


class _Sheet:
    """One reading of one table: a sheet, or a table of a document with those that go on with it."""

    def __init__(
        self,
        grid: Grid,
        found: Titles,
        directory: Directory,
        year: int | None,
        remarks: list[Remark],
        marked: dict[int, Column],
    ) -> None:
        self.grid, self.directory, self.year = grid, directory, year
        self.head, self.columns = found.head, found.columns
        self.remarks, self.marked = remarks, marked
        self.headings: list[tuple[int, Heading]] = []
        self.counted: dict[str, int] = {}
        self.empty: list[tuple[Heading, Grid]] = []
        self.rows: list[AppendixRow] = []
        self.place = 0
        self.read()

    def goes_on_in(self, grid: Grid) -> bool:
        """Whether a table without titles has the columns of this one: a page break parted them."""
        return grid.is_table and self.grid.is_table and width_of(grid) == width_of(self.grid)

    def go_on_in(self, grid: Grid) -> None:
        before = self.grid.name.lower() or "bảng trước"
        words = f"bảng không có dòng tiêu đề, được đọc theo các cột của {before}"
        self.remarks.append(Remark(grid.name, grid.cell(0, 1), words))
        self.grid, self.head = grid, 0
        self.read()

    def read(self) -> None:
        signed = signed_from(self.grid.rows, self.head)
        for place, row in enumerate(self.grid.rows):
            if row.number == signed:
                self.tell_left_out(row, "phần ký tên ở dưới bảng, không phải nhiệm vụ")
                break
            if row.number > self.head:
                self.place = place
                self.row(row)
        for cell, words in self.grid.left_out.items():
            self.remarks.append(Remark(self.grid.name, cell, words))
        self.tell_hidden_columns()
        if self.grid.hidden:
            words = "trang tính đang ẩn; các nhiệm vụ trong đó vẫn được đọc"
            self.remarks.append(Remark(self.grid.name, "A1", words))

    def rows_read(self) -> list[AppendixRow]:
        for heading, grid in self.empty:
            words = "không có nhiệm vụ nào bên dưới, chưa đưa vào"
            cell = grid.cell(0, heading.row)
            self.remarks.append(Remark(grid.name, cell, words, found=cut(heading.text)))
        for one in self.rows:
            understand(one, self.directory, self.year)
        return self.rows

    def tell_hidden_columns(self) -> None:
        head = next((row.cells for row in self.grid.rows if row.number == self.head), [])
        for column in self.grid.hidden_columns:
            if any(column in columns for columns in self.columns.values()):
                title = cut(clean_line(head[column])) if column < len(head) else ""
                words = "cột đang ẩn trong tệp; vẫn được đọc"
                cell = self.grid.cell(column, self.head)
                self.remarks.append(Remark(self.grid.name, cell, words, found=title))

    def row(self, row: GridRow) -> None:
        filled = [text for text in row.cells if text]
        self.take_titles(row)
        texts = {role: self.text(row, columns) for role, columns in self.columns.items()}
        if self.marked:
            signs = marked_in(row, self.marked)
            texts |= {role: signs.joined(role, texts[role]) for role in UNITS if role in texts}
        lost = self.lost(row)
        if not filled and lost - {NUMBER}:
            self.tell_lost(row, lost)
            return
        if _is_total(filled):
            self.tell_left_out(row, "dòng tổng, không phải nhiệm vụ")
            return
        if self.is_no_content(row, filled):
            return
        task = texts[TASK]
        if TASK in self.columns and self.columns[TASK][0] in row.continued:
            self.go_on(row, texts | {TASK: ""})
            return
        said = [texts[role] for role in (*UNITS, marks.DUE, marks.PRODUCT, CODE) if role in texts]
        place = texts.get(CRITERION, "")
        others = lost - {NUMBER, TASK, CRITERION}
        own = [texts.get(role) for role in (NUMBER, marks.LEAD, marks.DUE, CODE)]
        if task:
            is_rest = task[:1].islower() and not any((*own, others))
        else:
            is_rest = any((*said, texts.get(marks.NOTE), others)) and not self.is_named(row, texts)
        if TASK in lost:
            self.add(row, texts)
        elif is_rest and not place and self.rows:
            self.go_on(row, texts)
        elif any(said) or (task and place) or texts.get(marks.NOTE) or others:
            self.add(row, texts)
        elif task and self.counts_on(texts.get(NUMBER, "")):
            self.add(row, texts)  # nobody is assigned
        else:
            text = task or place
            self.heading(row, texts.get(NUMBER, "") if text else "", text or filled[0])

    def is_named(self, row: GridRow, texts: dict[str, str]) -> bool:
        """Whether a row has a number or a code of its own, not that of a cell that goes on."""
        return any(
            texts.get(role) and not set(self.columns[role]) <= set(row.continued)
            for role in (NUMBER, CODE)
        )

    def counts_on(self, number: str) -> bool:
        """Whether a number goes on with that of the task before and the next row goes on with it,
        or goes back to what stands above: tasks are counted so, headings are not."""
        mark, before = _mark(number), _mark(self.rows[-1].text(NUMBER)) if self.rows else None
        if mark is None or before is None or not _follows(mark, before):
            return False
        for row in self.grid.rows[self.place + 1 :]:
            if not self.is_no_content(row, [text for text in row.cells if text]):
                after = _mark(self.text(row, self.columns.get(NUMBER, [])))
                if after is None:
                    return False
                ranks = after.rank, mark.rank
                return _follows(after, mark) or (None not in ranks and ranks[0] < ranks[1])  # type: ignore[operator]
        return True

    def lost(self, row: GridRow) -> set[str]:
        """What the row would say in cells that have no value."""
        if not self.grid.wrong:
            return set()
        return {
            role
            for role, columns in self.columns.items()
            for column in columns
            if self.grid.cell(column, row.number) in self.grid.wrong
        }

    def tell_lost(self, row: GridRow, lost: set[str]) -> None:
        """A row of nothing but formulas without a value: with one for its task, it may be one."""
        must = TASK in lost
        for role in [TASK] if must else lost - {NUMBER}:
            for column in self.columns[role]:
                cell = self.grid.cell(column, row.number)
                if wrong := self.grid.wrong.get(cell):
                    accepted = "chữ; hoặc xóa dòng" if must else ""
                    self.remarks.append(Remark(self.grid.name, cell, wrong, must, "", accepted))

    def text(self, row: GridRow, columns: list[int]) -> str:
        found = (row.cells[n] for n in columns if n < len(row.cells) and n not in self.marked)
        return "\n".join(dict.fromkeys(text for text in found if text))

    def is_no_content(self, row: GridRow, filled: list[str]) -> bool:
        """Titles again after a page break, numbers of columns, a total, nothing."""
        if not filled or (len(filled) > 1 and all(_COUNTED.fullmatch(one) for one in filled)):
            return True
        if _is_total(filled):
            return True
        again = titles_again(row.cells)
        return bool(again) and (len(again) >= len(self.columns) - 2 or self.differ(again))

    def tell_left_out(self, row: GridRow, what: str) -> None:
        column, text = next((n, text) for n, text in enumerate(row.cells) if text)
        cell, words = self.grid.cell(column, row.number), f"{what}, chưa đưa vào"
        self.remarks.append(Remark(self.grid.name, cell, words, found=cut(clean_line(text))))

    def differ(self, again: dict[str, list[int]]) -> bool:
        return any(columns != self.columns.get(role, columns) for role, columns in again.items())

    def take_titles(self, row: GridRow) -> None:
        """Another table below the first, with its columns in another order."""
        again = titles_again(row.cells)
        if again and self.differ(again):
            self.columns = again
            words = "tiêu đề khác với ở trên; từ đây đọc theo các cột của dòng này"
            cell = self.grid.cell(again[TASK][0], row.number)
            self.remarks.append(Remark(self.grid.name, cell, words))

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
        self.empty.append((one, self.grid))

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
        above = self.rows[-1] if self.rows else None
        alike = [role for role in _REPEATED if _AS_ABOVE.fullmatch(texts.get(role, ""))]
        if above is not None:
            texts = texts | {role: above.text(role) for role in alike}
        self.empty = [one for one in self.empty if one[0] not in headings]
        self.rows.append(
            AppendixRow(
                self.grid,
                row.number,
                frozenset(self.columns),
                self.columns,
                headings,
                texts,
                hidden=row.hidden,
            )
        )
        self.told(self.rows[-1], row)
        if above is not None:
            for role in alike:
                self.rows[-1].remark(role, f"hiểu là như ở dòng {above.number}", meaning=True)

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

    def tell_signs(self, one: AppendixRow, said: Marked) -> None:
        one.columns = one.columns | said.first
        if said.doubt:
            one.remark(said.proposed, said.doubt, meaning=True)

    def told(self, one: AppendixRow, row: GridRow) -> None:
        """What reading the cells of the row already said."""
        if self.marked:
            self.tell_signs(one, marked_in(row, self.marked))
        for role, columns in self.columns.items():
            for column in columns:
                cell, sheet = self.grid.cell(column, row.number), self.grid.name
                if wrong := self.grid.wrong.get(cell):
                    accepted = "chữ, số hoặc ngày"
                    must = role != NUMBER
                    one.remarks.append(
                        Remark(sheet, cell, wrong, must, "", accepted if must else "", role=role)
                    )
                if note := self.grid.notes.get(cell):
                    one.remarks.append(Remark(sheet, cell, note))
