"""Documents that a plan cites: type, number, symbol, date, issuer, subject (F23, S4, S21, S22)."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import get_args

from config.vietnamese.text import ascii_name, clean_line
from plans.planfile.content import DocumentType

_SHORT = {
    "Luật": "luat",
    "Nghị định": "nd",
    "Nghị quyết": "nq",
    "Quyết định": "qd",
    "Chỉ thị": "ct",
    "Thông tư": "tt",
    "Kế hoạch": "kh",
    "Báo cáo": "bc",
    "Công văn": "cv",
    "Văn bản khác": "vb",
}
TYPES = "|".join([*get_args(DocumentType)[1:-1], "Chương trình", "Đề án", "Thông báo", "Hướng dẫn"])
_CITED = re.compile(
    rf"\b(?P<type>{TYPES})\s+(?:số\s+)?(?P<number>\d+[a-zA-Z]?)(?:/(?P<year>\d{{4}}))?[-/]"
    r"(?P<symbol>[A-ZĐ][A-Za-zĐđ0-9&]*(?:-[A-ZĐ][A-Za-zĐđ0-9&]*)*)"
    r"(?:,?\s+ngày\s+(?P<day>\d{1,2})(?:/|\s+tháng\s+)(?P<month>\d{1,2})(?:/|\s+năm\s+)"
    r"(?P<dated>\d{4}))?"
    r"(?:\s+của\s+(?P<issuer>[^,.;:()\n]+?)(?=\s+(?:về|ban hành|phê duyệt|quy định|sửa đổi"
    rf"|triển khai|thực hiện)\b|\s+và\s+(?:{TYPES}|Luật)\b|\s*[,.;:()\n]|$))?"
    r"(?:\s+(?P<title>(?:về|ban hành|phê duyệt|quy định|sửa đổi)\b[^;.()\n]*))?"
)
_LAW = re.compile(
    r"\b(?P<name>(?:Bộ luật|Luật)\s+(?!số\b|này\b|đó\b|trên\b)[A-ZĐÀ-Ỹ][^,.;:()\n]*?)"
    r"(?=\s+(?:và\s+(?:các\b|Luật|Nghị|Bộ luật)|năm\s+\d|ngày\b|số\b|quy định|được\b|hiện hành"
    r"|đối với\b|trong\b|trên\b)|\s*[,.;:()\n]|$)"
)


@dataclass(frozen=True)
class Cited:
    """One document as cited; `line` is where it is first cited."""

    type: str
    number: str = ""
    symbol: str = ""
    issued_on: dt.date | None = None
    issuer: str = ""
    title: str = ""
    line: int | None = None
    short_name: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What tells one document from another."""
        if not self.number:
            return (self.type, self.title.casefold())
        return (self.type, self.number, self.symbol, self.issued_on)

    @property
    def code(self) -> str:
        if not self.number:
            return ascii_name(self.title).lower().replace("_", "-")[:50].strip("-")
        year = f"-{self.issued_on.year}" if self.issued_on else ""
        return f"{_SHORT[self.type]}-{ascii_name(self.number).lower()}{year}"


def citations(text: str, line: int | None = None) -> list[Cited]:
    """The documents that a text cites, in their order."""
    found = [(match.start(), _by_number(match, text, line)) for match in _CITED.finditer(text)]
    taken = [match.span() for match in _CITED.finditer(text)]
    for match in _LAW.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            found.append((match.start(), Cited("Luật", title=clean_line(match["name"]), line=line)))
    return [cited for _, cited in sorted(found, key=lambda one: one[0])]


def _by_number(match: re.Match[str], text: str, line: int | None) -> Cited:
    kind = match["type"] if match["type"] in _SHORT else "Văn bản khác"
    issued_on = None
    if match["day"]:
        try:
            issued_on = dt.date(int(match["dated"]), int(match["month"]), int(match["day"]))
        except ValueError:
            issued_on = None
    number = f"{match['number']}/{match['year']}" if match["year"] else match["number"]
    title = clean_line(match["title"] or "")
    return Cited(
        kind,
        number,
        match["symbol"],
        issued_on,
        clean_line(match["issuer"] or ""),
        title.removeprefix("về ").strip(" ,"),
        line,
    )
