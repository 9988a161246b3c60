"""Deadlines as plans write them: the words are kept, and what was understood is said.

Nothing is guessed: "Theo yêu cầu" has no day, "30/6" without a year has none either. "Trước ngày
30/11" keeps that day as printed; whether it counts is the plan's setting (A5).
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from config.vietnamese.dates import short
from config.vietnamese.text import clean, fold
from plans import years


@dataclass(frozen=True)
class Deadline:
    """`words` as written; `due_on` the last day, None when there is none or it is not clear.

    `ongoing`: work without an end ("thường xuyên"). `said` tells a person what was understood,
    `doubt` what to look at; "" when there is nothing.
    """

    words: str = ""
    due_on: dt.date | None = None
    ongoing: bool = False
    said: str = ""
    doubt: str = ""


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_FULL = re.compile(
    r"(?<![\d/])(?<!thang )(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})(?![\d/])"
)
_IN_WORDS = re.compile(r"(?:ngay\s+)?(\d{1,2})\s+thang\s+(\d{1,2})(?:\s+nam\s+(\d{4})|(?=\D|$))")
_DAY_MONTH = re.compile(r"(?<![\d/.])(\d{1,2})/(\d{1,2})(?![\d/]|\.\d)")
_JOINED = r"(?:\s*(?:,|-|;|va|den)\s*)"
_WITH_YEAR = r"(?:\s*(?:/|-|nam)?\s*(?:nam\s*)?(\d{4}))?(?![\d/])"
_MONTH = re.compile(rf"(?:\bthang\s*|\bt)(\d{{1,2}}(?:{_JOINED}\d{{1,2}})*)\b{_WITH_YEAR}")
_QUARTERS = r"(?:iv|i{1,3}|[1-4])\b"
_QUARTER = re.compile(rf"\bquy\s*({_QUARTERS}(?:{_JOINED}{_QUARTERS})*){_WITH_YEAR}")
_HALF = re.compile(r"\b(?:6|06|sau) thang (dau|cuoi) nam(?:\s*(\d{4}))?")
_YEAR = re.compile(r"\bnam\s*(\d{4})\b")
_BARE_YEAR = re.compile(r"^\s*(\d{4})\s*$")
_ONGOING = re.compile(
    r"\bthuong xuyen\b|\blien tuc\b|\bh[ao]ng (?:ngay|tuan|thang|quy|nam)\b|\bdinh ky\b"
    r"|\btheo thang\b"
)
_REMARK = re.compile(r"\([^()]*\)")


def read_deadline(written: object, year: int | None = None) -> Deadline:
    """What a deadline means. `written` is text, or a real date of a workbook; `year` is the
    plan's, for words that name none ("30/6 và 31/12")."""
    if isinstance(written, dt.datetime):
        written = written.date()
    if isinstance(written, dt.date):
        return Deadline(short(written), written, said=f"ngày {short(written)}")
    words = clean(str(written or ""))
    if not words.strip("-–—./ "):
        return Deadline(words="", said="không ghi thời hạn")
    found = _read(_REMARK.sub(" ", words), year) or _read(words, year)
    if found is None:
        return Deadline(words, doubt=f"không hiểu thời hạn “{words}”; giữ nguyên chữ, chưa có ngày")
    due_on, ongoing, said, doubt = found
    return Deadline(words, due_on, ongoing, said, doubt)


_Found = tuple[dt.date | None, bool, str, str]


def _read(words: str, year: int | None) -> _Found | None:
    folded = fold(words.replace("\n", " ; "))
    if half := _HALF.search(folded):
        return _half(half, year)
    days, doubts = _days(folded, year)
    if days:
        last = max(days)
        said = f"chậm nhất ngày {short(last)}"
        if len(set(days)) > 1:
            listed = ", ".join(short(day) for day in sorted(set(days)))
            doubts.append(f"có {len(set(days))} mốc ({listed}); lấy mốc cuối")
        if re.search(r"\btruoc (?:ngay )?\d", folded):
            said = f"trước ngày {short(last)} (kế hoạch quy định có tính cả ngày này hay không)"
        return last, bool(_ONGOING.search(folded)), said, "; ".join(doubts)
    if doubts:
        return None, False, "", "; ".join(doubts)
    if span := _span(folded, year):
        return span
    # With its accents: "theo quý" is each quarter, "theo quy định" is not.
    if _ONGOING.search(folded) or "theo quý" in words.casefold():
        return None, True, "làm thường xuyên, không có ngày kết thúc", ""
    return None


def _days(folded: str, year: int | None) -> tuple[list[dt.date], list[str]]:
    """Whole days, by whichever way of writing they come; and what was wrong with those that are
    no days."""
    days: list[dt.date] = []
    doubts: list[str] = []

    def add(day: str, month: str, written_year: str | None, printed: str) -> None:
        number = int(written_year) if written_year else year
        if number is None:
            doubts.append(f"“{printed.strip()}” không ghi năm")
            return
        if number < 100:
            number += 2000
            doubts.append(f"hiểu năm “{written_year}” là {number}")
        elif not written_year:
            doubts.append(f"“{printed.strip()}” không ghi năm, lấy năm của kế hoạch ({number})")
        try:
            days.append(dt.date(number, int(month), int(day)))
        except ValueError:
            doubts.append(f"không có ngày {printed.strip()} trong lịch")

    for pattern in (_FULL, _IN_WORDS, _DAY_MONTH):
        for match in pattern.finditer(folded):
            groups = match.groups()
            if pattern is _DAY_MONTH and int(groups[1]) > 12:
                continue
            add(groups[0], groups[1], groups[2] if len(groups) > 2 else None, match.group())
        folded = pattern.sub(" ", folded)
    return days, doubts


def _half(match: re.Match[str], year: int | None) -> _Found | None:
    number = int(match[2]) if match[2] else year
    if number is None:
        return None, False, "", f"“{match[0]}” không ghi năm"
    last = dt.date(number, 6, 30) if match[1] == "dau" else dt.date(number, 12, 31)
    return last, False, f"hết ngày {short(last)}", ""


def _span(folded: str, year: int | None) -> _Found | None:
    """A month, a quarter or a year: its last day."""
    ends: list[dt.date] = []
    borrowed = several = False
    last_year = int(found[-1]) if (found := _YEAR.findall(folded)) else None
    if re.search(r"\btruoc (?:thang|quy|nam|het|cuoi)\b", folded):
        return None, False, "", "“trước” một tháng, quý hay năm: chưa rõ ngày nào"
    for match in (*_QUARTER.finditer(folded), *_MONTH.finditer(folded)):
        last = re.findall(r"\w+", match[1])[-1]
        month = 3 * (_ROMAN.get(last) or int(last)) if match.re is _QUARTER else int(last)
        several |= last != match[1]
        number = int(match[2]) if match[2] else last_year or year
        borrowed |= not (match[2] or last_year)
        if number is None:
            return None, False, "", f"“{match[0].strip()}” không ghi năm"
        if not 1 <= month <= 12:
            return None, False, "", f"không có {match[0].strip()}"
        ends.append(dt.date(number, month, calendar.monthrange(number, month)[1]))
    if not ends:
        bare = _YEAR.search(folded) or _BARE_YEAR.search(folded)
        if bare and not _ONGOING.search(folded) and years.FIRST <= int(bare[1]) <= years.LAST:
            ends.append(dt.date(int(bare[1]), 12, 31))
        elif (
            year
            and not _ONGOING.search(folded)
            and re.search(r"\b(?:trong|cuoi|het) nam\b", folded)
        ):
            ends, borrowed = [dt.date(year, 12, 31)], True
    if not ends:
        return None
    doubts = []
    if several or len(set(ends)) > 1 or "tiep theo" in folded:
        doubts.append("có nhiều mốc; lấy mốc cuối")
    if borrowed:
        doubts.append(f"không ghi năm, lấy năm của kế hoạch ({max(ends).year})")
    return max(ends), False, f"hết ngày {short(max(ends))}", "; ".join(doubts)
