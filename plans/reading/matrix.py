"""Appendices that have a column for each unit and a sign in the cells: "x" below "Đơn vị chủ trì",
"CT" and "PH", "✓". The signs of a row are read as the names of its units.

A sign that says no role, below a title that says none either, is proposed as a lead, and that is
said of the table and of each row.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from config.office_files.workbooks import Grid, GridRow
from config.vietnamese.text import clean_line, fold
from plans.reading import marks
from plans.reading.known import kind_of
from plans.reading.parties import Directory
from plans.reading.titles import NUMBER, TASK, UNITS, Titles

_SIGNS = dict.fromkeys(("x", "v", "✓", "✔", "☑", "√", "●", "•", "*", "+"), "") | {
    "ct": marks.LEAD,
    "chu tri": marks.LEAD,
    "ph": marks.SUPPORT,
    "phoi hop": marks.SUPPORT,
}
# "(3)" in a row that counts the columns.
_COUNTED = re.compile(r"\(?\d{1,2}\)?")
_ROLE = re.compile(
    r"(?:(?:đơn vị|cơ quan|phòng|bộ phận)\s+)?(?:chủ trì|phối hợp|(?:tham gia )?thực hiện)|[()/:]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Column:
    """`name` is that of a unit; `role` what a sign in it says, "" when only the sign can;
    `proposed` what is proposed where neither does."""

    name: str
    role: str
    proposed: str = marks.LEAD


@dataclass(frozen=True)
class Marked:
    """What the signs of one row say, in the order of the columns; `unclear` are those of whom no
    role is said, and `proposed` is theirs; `first` is the first column of each role."""

    lead: list[str]
    support: list[str]
    unclear: list[str]
    first: dict[str, list[int]]
    proposed: str = marks.LEAD

    @property
    def doubt(self) -> str:
        """ "" when there is none."""
        if not self.unclear:
            return ""
        role = "chủ trì" if self.proposed == marks.LEAD else "phối hợp"
        listed = "; ".join(self.unclear)
        return f"dấu ở cột đơn vị không ghi vai trò; hiểu là {role}: {listed}"

    def joined(self, role: str, before: str) -> str:
        names = self.lead if role == marks.LEAD else self.support
        return "; ".join(filter(None, [before, *names]))


def columns_of_units(grid: Grid, found: Titles, directory: Directory) -> dict[int, Column]:
    """The columns of one unit each. They are taken out of `found.unread`, and put where they
    belong in `found.columns`."""
    below = [row for row in grid.rows if row.number > found.head]
    if below and _is_second_line(below[0], found, directory):
        found.head = below.pop(0).number
    titled = _spread([row.cells for row in grid.rows if found.top <= row.number <= found.head])
    width = max((len(cells) for cells in titled), default=0)
    taken = {n for role, ns in found.columns.items() if role not in UNITS for n in ns}
    columns: dict[int, Column] = {}
    for n in sorted(set(range(width)) - taken):
        titles = [clean_line(cells[n]) for cells in titled if n < len(cells) and cells[n]]
        if _holds_signs(below, n) and (column := _column(titles, directory)):
            columns[n] = column
    if set(found.columns.get(marks.LEAD, ())) - set(columns):
        columns = {n: replace(one, proposed=marks.SUPPORT) for n, one in columns.items()}
    for n, column in columns.items():
        found.unread.pop(n, None)
        said = {_SIGNS.get(fold(row.cells[n])) for row in below if n < len(row.cells)}
        roles = {own or column.role or column.proposed for own in said if own is not None}
        for role in UNITS:
            known = set(found.columns.get(role, ())) - {n}
            known |= {n} if role in roles else set()
            if known:
                found.columns[role] = sorted(known)
            else:
                found.columns.pop(role, None)
    return columns


def _spread(titled: list[list[str]]) -> list[list[str]]:
    """A title over several columns is that of each of them that has one of its own below."""
    last = titled[-1] if titled else []
    spread = []
    for cells in titled[:-1]:
        whole, before = [], ""
        for n, text in enumerate(cells + [""] * (len(last) - len(cells))):
            before = text or (before if n < len(last) and last[n] else "")
            whole.append(before)
        spread.append(whole)
    return [*spread, last]


def _is_second_line(row: GridRow, found: Titles, directory: Directory) -> bool:
    """Whether the row below the titles says of them which unit, or which role, each is."""
    own = [
        row.cells[n]
        for role in (NUMBER, TASK)
        for n in found.columns.get(role, ())
        if n < len(row.cells) and n not in row.continued
    ]
    said = [text for n, text in enumerate(row.cells) if text and n not in row.continued]
    units = sum(1 for text in said if _SIGNS.get(fold(text)) or _column([text], directory))
    return not any(own) and units > 1 and units == len(said)


def marked_in(row: GridRow, columns: dict[int, Column]) -> Marked:
    proposed = next((column.proposed for column in columns.values()), marks.LEAD)
    said = Marked([], [], [], {}, proposed)
    for n, column in columns.items():
        sign = fold(row.cells[n]) if n < len(row.cells) else ""
        if sign not in _SIGNS:
            continue
        own = _SIGNS[sign] or column.role
        role = own or proposed
        (said.lead if role == marks.LEAD else said.support).append(column.name)
        said.first.setdefault(role, [n])
        if not own:
            said.unclear.append(column.name)
    return said


def _holds_signs(rows: Iterable[GridRow], n: int) -> bool:
    """Whether a column holds signs and nothing else; a text that stands in other columns of its
    row, too, is that of a merged heading."""
    signs = 0
    for row in rows:
        text = row.cells[n] if n < len(row.cells) else ""
        if not text or _COUNTED.fullmatch(text):
            continue
        if fold(text) in _SIGNS:
            signs += 1
        elif row.cells.count(text) < 2:
            return False
    return signs > 0


def _column(titles: list[str], directory: Directory) -> Column | None:
    """The unit that the titles over a column name, and its role."""
    words = fold(" ".join(titles))
    leads = "chu tri" in words or "ct" in map(fold, titles)
    supports = "phoi hop" in words or "ph" in map(fold, titles)
    role = "" if leads == supports else marks.LEAD if leads else marks.SUPPORT
    for title in reversed(titles):
        name = clean_line(_ROLE.sub(" ", title)).strip(" ,;-")
        if not name or fold(name) in _SIGNS:
            continue
        if directory.read(name).codes or kind_of(name):
            return Column(name, role)
    return None
