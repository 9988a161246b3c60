"""What the tables of a document assign (S28), as tasks of its draft: the rows that the reader of
appendices understood (appendix.py), below their headings, beside what the body says.

The same task in body and appendix is one: the appendix fills in, contradictions are said.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from config.office_files.workbooks import coordinates
from config.vietnamese.text import clean_line, fold
from plans.codes import same_code, written_otherwise
from plans.reading import marks
from plans.reading.appendix import read_rows
from plans.reading.body import Body
from plans.reading.codes import ACCEPTED, give_codes, is_code, short_number
from plans.reading.doubting import LEAD, cut, doubts_about
from plans.reading.draft import Doubt, DraftArea, DraftBlock, DraftIndicator, DraftTask
from plans.reading.lines import Table
from plans.reading.outline import Node
from plans.reading.parties import Parties
from plans.reading.rows import AppendixRow, Heading, Remark
from plans.reading.sentences import named_in
from plans.reading.titles import APPENDIX, CODE, CRITERION, NUMBER, TASK

# The field of a corrected task (corrected.py) that answers a question about a cell; any
# correction has a code.
_SETTLED_BY = {marks.LEAD: "leads", marks.SUPPORT: "supports", TASK: "wording"}


def read_tables(tables: list[Table], body: Body) -> dict[int, str]:
    """Adds what the tables assign: to the tasks of the body where the words are the same, else as
    tasks of their own. The places of the rows in the file, by their numbers."""
    reading = _Tables(tables, body)
    reading.read()
    give_codes(body.indicators)
    return reading.places


class _Tables:
    def __init__(self, tables: list[Table], body: Body) -> None:
        self.tables, self.body = tables, body
        self.numbers = {
            (id(table.grid), row.number): number
            for table in tables
            for row, number in zip(table.grid.rows, table.numbers, strict=True)
        }
        self.places: dict[int, str] = {}
        self.codes: dict[str, tuple[str, str]] = {}
        self.made: list[DraftBlock] = []
        self.last: tuple[DraftArea, str] | None = None
        self.before: tuple[AppendixRow, str] | None = None
        self.found: dict[tuple[int, ...], DraftArea] = {}
        self.areas_of_the_body = [area for one in body.indicators for area in one.areas]
        self.of_the_body: dict[str, tuple[DraftBlock, DraftTask]] = {}
        for area in self.areas():
            for block in area.blocks:
                for task in block.tasks:
                    self.of_the_body.setdefault(_words(task.wording), (block, task))

    def read(self) -> None:
        grids = [table.grid for table in self.tables]
        found = read_rows(grids, self.body.directory, self.body.plan.year)
        self.several = len({id(row.grid) for row in found.rows}) > 1
        for row in found.rows:
            self.row(row)
        for remark in found.remarks:
            self.say(remark, self.number_of(remark), remark.found)
        for block in self.made:
            _share(block)

    def areas(self) -> Iterator[DraftArea]:
        for indicator in self.body.indicators:
            for area in indicator.areas:
                yield area
                yield from area.areas

    def line(self, row: AppendixRow) -> int:
        return self.numbers[id(row.grid), row.number]

    def number_of(self, remark: Remark) -> int | None:
        """Of the row that a remark about a whole table points to."""
        number, _ = coordinates(remark.cell)
        known = (
            self.numbers.get((id(table.grid), number))
            for table in self.tables
            if table.grid.name == remark.sheet
        )
        return next((one for one in known if one), None)

    def say(self, remark: Remark, line: int | None, found: str = "") -> None:
        grid = next(one.grid for one in self.tables if one.grid.name == remark.sheet)
        message = f"{remark.message}: “{found}”" if found else remark.message
        # A sentence that names the agency itself is no obstacle (doubting.py), nor is a cell.
        is_own = bool(remark.name) and self.body.directory.is_agency(remark.name)
        if remark.must and not remark.unit and remark.accepted:
            message += f". Chấp nhận: {remark.accepted}"
        self.body.doubts.append(
            Doubt(
                line,
                message,
                remark.must and not is_own,
                remark.name,
                tuple(remark.nearest),
                place=grid.place(remark.cell),
                cell=remark.cell if grid.is_table else f"ô {remark.cell}",
                settled_by=_SETTLED_BY.get(remark.role, "code"),
            )
        )

    # --- One row ----------------------------------------------------------------------------------

    def row(self, row: AppendixRow) -> None:
        line = self.line(row)
        where = f"dòng {row.number}" if row.grid.is_table else row.cell(TASK)
        self.places[line] = row.grid.place(where)
        code = self.code(row)
        for role in (TASK, marks.PRODUCT, marks.NOTE, marks.DUE):
            row.refuse_long(role)
        if same := self.of_the_body.pop(_words(row.wording), None):
            block, task = same
            self.compare(row, block, task)
        else:
            task = self.task(row, line)
            self.put(row, task)
        task.own_code = code
        for remark in row.remarks:
            self.say(remark, task.line)

    def code(self, row: AppendixRow) -> str:
        """The code that the row gives; "" when it gives none that can be used."""
        if not row.code:
            return ""
        if not is_code(row.code):
            row.remark(CODE, f"mã “{cut(row.code)}” không dùng được", must=True, accepted=ACCEPTED)
            return ""
        place = row.grid.place(row.cell(CODE))
        first, written = self.codes.setdefault(same_code(row.code), (place, row.code))
        if first != place:
            words = f"mã “{row.code}” đã có ở {first}{written_otherwise(row.code, written)}"
            row.remark(CODE, words, must=True, accepted=ACCEPTED)
            return ""
        return row.code

    def task(self, row: AppendixRow, line: int) -> DraftTask:
        """What the cells say; who leads and who supports may be said in the sentence alone."""
        if row.lead.words:
            task = DraftTask(str(line), line, row.wording, due=row.due)
            task.lead, task.support = row.lead, row.support
            if not row.support.words:
                task.support = named_in(row.wording, self.body.directory)[1]
                self.body.doubts += doubts_about(
                    task.support, self.body.directory, line, "phối hợp", False
                )
            self.body.understand(task)
        else:
            task = self.body.task(Node(line, row.wording))
            if row.support.words:
                task.support = row.support
            if row.due.words:
                task.due = row.due
                if row.due.ongoing and not row.due.due_on:
                    task.kind = "ongoing"
        self.fill(row, task)
        return task

    def fill(self, row: AppendixRow, task: DraftTask) -> None:
        for role in (marks.PRODUCT, marks.NOTE):
            if text := row.text(role):
                setattr(task, role, text)

    def compare(self, row: AppendixRow, block: DraftBlock, task: DraftTask) -> None:
        """The same task in body and appendix."""
        for role, name, now, before in (
            (marks.LEAD, LEAD, row.lead, block.lead_of(task)),
            (marks.SUPPORT, "phối hợp", row.support, block.support_of(task)),
        ):
            if now.codes and before.codes and set(now.codes) != set(before.codes):
                words = (
                    f"{name}: phụ lục ghi “{cut(now.words)}”, thân văn bản ghi "
                    f"“{cut(before.words)}”; lấy theo phụ lục"
                )
                row.remark(role, words, must=role == marks.LEAD)
            if now.words:
                setattr(task, role, now)
        if row.due.words:
            if task.due.due_on and row.due.due_on != task.due.due_on:
                words = (
                    f"thời hạn: phụ lục ghi “{cut(row.due.words)}”, thân văn bản ghi "
                    f"“{cut(task.due.words)}”; lấy theo phụ lục"
                )
                row.remark(marks.DUE, words)
            task.due = row.due
            if row.due.ongoing and not row.due.due_on:
                task.kind = "ongoing"
        self.fill(row, task)

    # --- Where it stands --------------------------------------------------------------------------

    def put(self, row: AppendixRow, task: DraftTask) -> None:
        words = clean_line(row.text(CRITERION))
        if not words and self.before and _stand_alike(self.before[0], row):
            words = self.before[1]
        self.before = row, words
        area, heading = self.area(row, words)
        number = row.text(NUMBER).strip().rstrip(".")[:20]
        number = number if re.search(r"\w", number) else ""
        if heading and self.last == (area, heading):
            task.number = number
            area.blocks[-1].tasks.append(task)
            return
        block = DraftBlock(task.line, number, tasks=[task])
        if heading:
            mark, rest = marks.split_mark(heading)
            is_numbered = mark is not None and not mark.is_bullet
            block.number = mark.printed[:20] if mark is not None and is_numbered else ""
            block.heading = rest if is_numbered else heading
            task.number = number
        area.blocks.append(block)
        self.made.append(block)
        self.last = (area, heading)

    def area(self, row: AppendixRow, words: str) -> tuple[DraftArea, str]:
        """The area of a row, and the heading of its block: by the headings over it, then by its
        cell of index, area or criterion."""
        if not row.headings:
            for area in self.areas() if words else ():
                if _is(words, area.title, area.heading, f"{area.number} {area.title}"):
                    return area, ""
            indicator = self.indicator(Heading("", APPENDIX, row.number), row)
            title = row.sheet if self.several and not row.grid.is_table else indicator.name
            return self.within(indicator.areas, Heading("", words or title, row.number), row), ""
        key = (id(row.grid), *(one.row for one in row.headings))
        area = self.found.get(key) or self.found.setdefault(key, self.below(row))
        is_said = _is(words, area.title, row.headings[-1].text, f"{area.number} {area.title}")
        return area, "" if is_said else words

    def below(self, row: AppendixRow) -> DraftArea:
        """The area that the headings over a row name: an index, an area, an area of that; what goes
        deeper keeps its words."""
        first, *others = row.headings
        known = self.named(first)
        if known is None:
            for area in self.areas_of_the_body:
                if _is(first.text, area.title, area.heading):
                    return self.inner(area, others, row)
        indicator = known or self.indicator(first, row)
        if not others:
            return self.within(indicator.areas, Heading("", indicator.name, first.row), row)
        return self.inner(self.within(indicator.areas, others[0], row), others[1:], row)

    def inner(self, area: DraftArea, headings: list[Heading], row: AppendixRow) -> DraftArea:
        if not headings:
            return area
        title = " – ".join(one.text for one in headings)
        return self.within(area.areas, Heading(headings[-1].number, title, headings[-1].row), row)

    def named(self, heading: Heading) -> DraftIndicator | None:
        for one in self.body.indicators:
            names = (one.name, one.heading, f"{one.number} {one.heading or one.name}")
            if _is(heading.text, *names):
                return one
        return None

    def indicator(self, heading: Heading, row: AppendixRow) -> DraftIndicator:
        """The one of its words; a new one when there is none yet."""
        if (known := self.named(heading)) is not None:
            return known
        line = self.line_of(heading, row)
        text = "" if heading.text == APPENDIX else cut(heading.text, 400)
        number, name = short_number(heading.number), cut(heading.text, 300)
        one = DraftIndicator(line, number, name=name, heading=text)
        self.body.indicators.append(one)
        return one

    def within(self, areas: list[DraftArea], heading: Heading, row: AppendixRow) -> DraftArea:
        """The area with the words of a heading; a new one when there is none yet."""
        for one in areas:
            if _is(heading.text, one.title, one.heading):
                return one
        title = cut(clean_line(heading.text), 500)
        one = DraftArea(self.line_of(heading, row), heading.number[:20], title)
        areas.append(one)
        return one

    def line_of(self, heading: Heading, row: AppendixRow) -> int:
        """A heading may stand in a table before the one of its row."""
        return self.numbers.get((id(row.grid), heading.row)) or self.line(row)


def _stand_alike(one: AppendixRow, other: AppendixRow) -> bool:
    """A row that says no place stands with the row before it, under the same headings."""
    return one.grid is other.grid and one.headings == other.headings


def _share(block: DraftBlock) -> None:
    """What all tasks of a block say alike is said by the block."""
    for name in (marks.LEAD, marks.SUPPORT):
        parties = [getattr(task, name) for task in block.tasks]
        if all(one.words == parties[0].words for one in parties):
            setattr(block, name, parties[0])
            for task in block.tasks:
                setattr(task, name, Parties())


def _is(words: str, *names: str) -> bool:
    return not words or _words(words) in {_words(name) for name in names if name}


@lru_cache(maxsize=4096)
def _words(text: str) -> str:
    """Texts that differ in case, accents, marks or spaces only are one."""
    return re.sub(r"\W+", " ", fold(text)).strip()
