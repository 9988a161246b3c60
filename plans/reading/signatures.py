"""Who signed a table: rows below its last task that hold nothing but titles of offices and names of
persons. They are no tasks, and names of persons are not kept."""

import re

from config.office_files.workbooks import GridRow
from config.vietnamese.text import clean_line, fold

_OFFICE = re.compile(
    r"^(?:(?:kt|tl|tm|q|tuq)\.? ?)?(?:nguoi (?:lap|ky|tong hop|thuc hien|duyet)\b.{0,20}"
    r"|lap (?:bang|bieu)|(?:pho |quyen )?(?:giam doc|chu tich|cuc truong|chi cuc truong)\b.{0,20}"
    r"|thu truong (?:don vi|co quan)|lanh dao (?:so|don vi|phong)|(?:pho )?chanh van phong\b.{0,5}"
    r"|(?:pho )?truong (?:phong|ban)|ke toan(?: truong)?|xac nhan cua .{3,40}|phe duyet)$"
)
_BESIDE = re.compile(
    r"^\(?(?:da )?ky(?:,? (?:va )?(?:ghi ro ho,? ten|ten|dong dau).*)?\)?$"
    r"|^ngay [\d.… ]* ?thang [\d.… ]* ?nam [\d.… ]*$"
)
_PLACE_AND_DAY = re.compile(r"^[^,]{2,40}, ngay [\d.… ]* ?thang [\d.… ]* ?nam [\d.… ]*$")
_NAME = re.compile(
    r"(?:(?:TS|ThS|CN|KS|PGS|GS)\.? )?[A-ZĐÀ-Ỹ][a-zà-ỹ]*(?: [A-ZĐÀ-Ỹ][a-zà-ỹ]*){1,4}"
)


def is_office(text: str) -> bool:
    """Whether a cell is the title of an office of one who signs."""
    return bool(_OFFICE.match(fold(clean_line(text)).rstrip(":")))


def signed_from(rows: list[GridRow], after: int) -> int | None:
    """The number of the first row of who signed, at the end of a table below the row `after`."""
    found = None
    for row in reversed(rows):
        filled = [clean_line(text) for text in row.cells if text]
        if row.number <= after or not all(map(_belongs, filled)):
            break
        if any(map(is_office, filled)) or (found and any(map(_is_place_and_day, filled))):
            found = row.number
    return found


def _is_place_and_day(text: str) -> bool:
    return bool(_PLACE_AND_DAY.match(fold(text)))


def _belongs(text: str) -> bool:
    beside = _BESIDE.match(fold(text)) or _NAME.fullmatch(text)
    return bool(beside) or is_office(text) or _is_place_and_day(text)
