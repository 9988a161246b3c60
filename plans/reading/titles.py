"""The titles of an appendix's columns: in which row they stand, and which column holds what."""

import re
from dataclasses import dataclass
from functools import lru_cache

from config.office_files.workbooks import Grid
from config.vietnamese.text import clean_line, fold
from plans.reading import marks

APPENDIX = "Phụ lục phân công nhiệm vụ"
NUMBER, TASK, CRITERION, CODE = "number", "task", "criterion", "code"
UNITS = (marks.LEAD, marks.SUPPORT)
# Of these several columns are read as one: their texts are joined.
_SEVERAL = (*UNITS, marks.PRODUCT, marks.NOTE)
_BEGIN = re.compile(r"\b(?:bat dau|giao)\b")
_END = re.compile(r"\b(?:hoan thanh|ket thuc|thoi han|han)\b")
_TASKS = re.compile(r"\b(?:nhiem vu|giai phap|cong viec)\b")


# The first that is found in a head's folded words; the order decides.
_HEADS = (
    (NUMBER, r"^(?:stt|tt|so tt|so thu tu|so muc)$"),
    (CODE, r"^ma(?: so| nhiem vu| so nhiem vu)?$"),
    (marks.SUPPORT, r"phoi hop"),
    # Who watches over it, also below a title of units in two lines; no unit that does it.
    (marks.NOTE, r"\b(?:lanh dao|giam doc|dong chi|pho chu tich)\b.*\b(?:phu trach|chi dao)"),
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
_FEWEST_TITLES = 3  # of a row that says the titles again
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


@dataclass
class Titles:
    """`head` is the (last) row of the titles, `top` the first; `unread` are titles of columns that
    an appendix does not have, or has already."""

    head: int
    columns: dict[str, list[int]]
    top: int
    unread: dict[int, str]


def find_titles(grid: Grid) -> Titles | None:
    """The titles that say the most; a title of two lines is one."""
    best: tuple[int, Titles | None] = (1, None)
    for n, row in enumerate(grid.rows[:SEARCHED_ROWS]):
        candidates = [(row.number, row.cells)]
        # One text alone, merged or not, is a title of the whole table.
        if n + 1 < len(grid.rows) and len(set(filter(None, row.cells))) > 1:
            below = grid.rows[n + 1]
            candidates.append((below.number, _joined(row.cells, below.cells)))
        for number, cells in candidates:
            columns, unread = columns_of(cells)
            if TASK in columns and len(columns) > best[0]:
                best = len(columns), Titles(number, columns, row.number, unread)
    return best[1]


def _joined(above: list[str], below: list[str]) -> list[str]:
    width = max(len(above), len(below))
    above, below = (one + [""] * (width - len(one)) for one in (above, below))
    return [a if a == b else f"{a} {b}".strip() for a, b in zip(above, below, strict=True)]


def columns_of(cells: list[str]) -> tuple[dict[str, list[int]], dict[int, str]]:
    """Columns by what they hold, and the titles of the others."""
    columns: dict[str, list[int]] = {}
    unread: dict[int, str] = {}
    for column, title in enumerate(cells):
        role = role_of(title) if title else ""
        words = fold(title) if role in (marks.DUE, TASK) else ""
        if role == marks.DUE and _BEGIN.search(words) and not _END.search(words):
            role = ""
        if role in _SEVERAL or (role and role not in columns):
            columns.setdefault(role, []).append(column)
        elif role and _says_more(role, words, fold(cells[columns[role][0]])):
            [before] = columns[role]
            columns[role] = [column]
            if role == TASK and CRITERION not in columns:
                columns[CRITERION] = [before]  # "Nội dung" beside "Nhiệm vụ"
            else:
                unread[before] = clean_line(cells[before])
        elif title:
            unread[column] = clean_line(title)
    if TASK not in columns and CRITERION in columns:
        columns[TASK] = columns.pop(CRITERION)
    return columns, unread


def titles_again(cells: list[str]) -> dict[str, list[int]]:
    """The columns that a row further below says, when it is one of titles; else {}."""
    # Nearly all rows are none, and their longest cell is the only one that is not like others.
    *others, _ = sorted(filter(None, cells), key=len) or [""]
    if len({role_of(text) for text in others} - {""}) < _FEWEST_TITLES - 1:
        return {}
    again, _ = columns_of(cells)
    return again if TASK in again and len(again) >= _FEWEST_TITLES else {}


def width_of(grid: Grid) -> int:
    return max((len(row.cells) for row in grid.rows), default=0)


def _says_more(role: str, words: str, before: str) -> bool:
    """Whether a second column of its kind is rather the one that is meant."""
    sign = {marks.DUE: _END, TASK: _TASKS}.get(role)
    return sign is not None and bool(sign.search(words)) and not sign.search(before)
