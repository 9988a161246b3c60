"""The assignment table of an appendix (S28): the head in its many wordings, group rows, tasks."""

import re
from functools import lru_cache

from config.vietnamese.text import clean_line, fold
from plans.reading import marks
from plans.reading.body import Body
from plans.reading.codes import give_codes
from plans.reading.draft import Doubt, DraftArea, DraftBlock, DraftIndicator, DraftTask
from plans.reading.lines import Table
from plans.reading.outline import Node

NUMBER, TASK, CRITERION, CODE = "number", "task", "criterion", "code"
# The first that is found in a head's folded words; the order decides.
_HEADS = (
    (NUMBER, r"^(?:stt|tt|so tt|so thu tu|so muc)$"),
    (CODE, r"^ma(?: so| nhiem vu| so nhiem vu)?$"),
    (marks.SUPPORT, r"phoi hop"),
    (
        marks.LEAD,
        r"chu tri|(?:don vi|co quan|phong|bo phan) (?:thuc hien|tham muu|phu trach|dau moi)"
        r"|^phong$|dau moi",
    ),
    (marks.DUE, r"thoi gian|thoi han|tien do|^han\b|hoan thanh"),
    (marks.PRODUCT, r"san pham|ket qua|dau ra"),
    (marks.NOTE, r"ghi chu|phu trach|chi dao"),
    (TASK, r"nhiem vu|giai phap|noi dung|cong viec|hoat dong"),
    (CRITERION, r"tieu chi|chi so|linh vuc|chi tieu"),
)
SEARCHED_ROWS = 15
_LONGEST_TITLE = 80


@lru_cache(maxsize=4096)
def role_of(title: str) -> str:
    """What a column with this title holds, "" for none of what an appendix assigns."""
    if len(title) > 2 * _LONGEST_TITLE:
        return ""
    words = fold(title)
    if len(words) > _LONGEST_TITLE:
        return ""
    return next((role for role, pattern in _HEADS if re.search(pattern, words)), "")


def roles_of(cells: list[str]) -> dict[str, int]:
    """Which column holds what, by the words of a head row."""
    roles: dict[str, int] = {}
    for column, cell in enumerate(cells):
        role = role_of(cell)
        if role and role not in roles:
            roles[role] = column
    if TASK not in roles and CRITERION in roles:
        roles[TASK] = roles.pop(CRITERION)
    return roles


def read_tables(tables: list[Table], body: Body) -> None:
    """Adds what the tables assign: to the tasks of the body where the words are the same, else
    as tasks of their own."""
    for table in tables:
        head, roles = _head(table)
        if TASK not in roles or len(roles) < 2:
            first = clean_line(" | ".join(table.rows[0]))[:80] if table.rows else ""
            body.doubts.append(
                Doubt(table.number, f"bảng không có cột nhiệm vụ, chưa đọc: “{first}”")
            )
            continue
        _Rows(table, head, roles, body).read()


def _head(table: Table) -> tuple[int, dict[str, int]]:
    """The row of the head, and its columns; a head of two lines is one."""
    best: tuple[int, dict[str, int]] = (0, {})
    for n, cells in enumerate(table.rows[:SEARCHED_ROWS]):
        if len(roles := roles_of(cells)) > len(best[1]):
            best = n, roles
        if n + 1 < len(table.rows):
            both = [f"{a} {b}" for a, b in zip(cells, table.rows[n + 1], strict=False)]
            if len(roles := roles_of(both)) > len(best[1]):
                best = n + 1, roles
    return best


class _Rows:
    def __init__(self, table: Table, head: int, roles: dict[str, int], body: Body) -> None:
        self.table, self.head, self.roles, self.body = table, head, roles, body
        self.known = {
            _sameness(task.wording): (block, task)
            for indicator in body.indicators
            for area in indicator.areas
            for inner in (area, *area.areas)
            for block in inner.blocks
            for task in block.tasks
        }
        self.indicator: DraftIndicator | None = None
        self.area: DraftArea | None = None
        self.last: DraftTask | None = None

    def read(self) -> None:
        for cells, line in list(zip(self.table.rows, self.table.row_numbers, strict=True))[
            self.head + 1 :
        ]:
            row = {role: cells[n] if n < len(cells) else "" for role, n in self.roles.items()}
            filled = [cell for cell in cells if cell.strip()]
            if (
                not filled
                or roles_of(cells) == self.roles
                or all(re.fullmatch(r"\(?\d{1,2}\)?", cell.strip()) for cell in filled)
            ):
                continue
            text = clean_line(row[TASK]) or clean_line(row.get(CRITERION, ""))
            others = [row[role] for role in row if role not in (NUMBER, TASK, CRITERION)]
            if not any(one.strip() for one in others):
                self.group(clean_line(row.get(NUMBER, "")), text or clean_line(filled[0]), line)
            elif not text and self.last is not None:
                self.fill(self.last, row, line)
            elif text:
                self.task(row, text, line)
        give_codes(self.body.indicators)

    def group(self, number: str, text: str, line: int) -> None:
        """A row that assigns nothing: a heading of what follows, by its number."""
        mark, _ = marks.split_mark(f"{number.rstrip('.')}. x") if number else (None, "")
        if self.indicator is None or (mark is not None and mark.kind in ("roman", "upper")):
            self.indicator = DraftIndicator(line, number, name=text[:300], heading=text[:400])
            self.area = None
        else:
            self.area = DraftArea(line, number, text[:500])
            self.place().areas.append(self.area)

    def place(self) -> DraftIndicator:
        if self.indicator is None:
            self.indicator = DraftIndicator(
                self.table.number, "", name="Phụ lục phân công nhiệm vụ"
            )
        if self.indicator not in self.body.indicators:
            self.body.indicators.append(self.indicator)
        return self.indicator

    def task(self, row: dict[str, str], text: str, line: int) -> None:
        if same := self.known.get(_sameness(text)):
            block, task = same
            self.compare(block, task, row, line)
            self.last = task
            return
        task = self.body.task(Node(line, text))
        self.fill(task, row, line)
        self.body.understand(task)
        indicator = self.place()
        if self.area is None:
            self.area = DraftArea(line, "", indicator.name[:500])
            indicator.areas.append(self.area)
        block = DraftBlock(line, row.get(NUMBER, "").strip().rstrip(".")[:20])
        block.lead, block.support, block.tasks = task.lead, task.support, [task]
        task.lead, task.support = type(task.lead)(), type(task.support)()
        self.area.blocks.append(block)
        self.last = task

    def fill(self, task: DraftTask, row: dict[str, str], line: int) -> None:
        for role in (marks.LEAD, marks.SUPPORT, marks.DUE, marks.PRODUCT, marks.NOTE):
            if row.get(role, "").strip():
                self.body.label(task, task, role, row[role], line)

    def compare(self, block: DraftBlock, task: DraftTask, row: dict[str, str], line: int) -> None:
        """The same task in body and appendix: the appendix fills in; contradictions are said."""
        spoken = DraftTask("", line, "")
        self.fill(spoken, row, line)
        for name, said in (("lead", block.lead_of(task)), ("support", block.support_of(task))):
            now = getattr(spoken, name)
            if now.codes and said.codes and set(now.codes) != set(said.codes):
                self.body.doubt(
                    line,
                    f"nhiệm vụ {task.code}: phụ lục ghi “{now.words}”, thân văn bản ghi "
                    f"“{said.words}”; lấy theo phụ lục",
                    must=name == "lead",
                )
            if now.words:
                setattr(task, name, now)
        for name in ("due", "product", "note"):
            if (value := getattr(spoken, name)) and (name != "due" or value.words):
                setattr(task, name, value)
        self.body.understand(task)


def _sameness(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()[:160]
