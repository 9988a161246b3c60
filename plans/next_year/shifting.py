"""Days and words of one year in another."""

import calendar
import datetime as dt
import re
from typing import overload

# "30/11/2023" and "30 tháng 11 năm 2023".
_DAY = re.compile(r"\b(\d{1,2})([/.-]| tháng )(\d{1,2})([/.-]| năm )(\d{4})\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}\b")
# "năm 2023", but not that of a date ("tháng 6 năm 2023"), which may be the day of a document.
_NAMED_YEAR = re.compile(r"(?<!tháng \d )(?<!tháng \d\d )(\bnăm )(\d{4})\b", re.IGNORECASE)


@overload
def shifted(day: dt.date, years: int) -> dt.date: ...
@overload
def shifted(day: None, years: int) -> None: ...
@overload
def shifted(day: dt.date | None, years: int) -> dt.date | None: ...
def shifted(day: dt.date | None, years: int) -> dt.date | None:
    """The same day so many years later. The last day of February stays the last one: 28/02/2023 is
    29/02/2024, and 29/02/2024 is 28/02/2025."""
    if day is None:
        return None
    year = day.year + years
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    last = calendar.monthrange(year, day.month)[1]
    return day.replace(year=year, day=last if is_last else day.day)


def shifted_deadline(words: str, years: int) -> str:
    """The words of a deadline, with every day and year in them that much later:
    "Trước ngày 30 tháng 11 năm 2023" becomes "Trước ngày 30 tháng 11 năm 2024"."""
    kept: list[str] = []

    def keep(text: str) -> str:
        kept.append(text)
        return f"\0{len(kept) - 1}\0"

    def whole(match: re.Match[str]) -> str:
        day, before_month, month, before_year, year = match.groups()
        try:
            moved = shifted(dt.date(int(year), int(month), int(day)), years)
        except ValueError:
            return keep(match[0])
        return keep(f"{moved.day:0{len(day)}d}{before_month}{month}{before_year}{moved.year}")

    words = _DAY.sub(whole, words)
    words = _YEAR.sub(lambda match: str(int(match[0]) + years), words)
    return re.sub("\0(\\d+)\0", lambda match: kept[int(match[1])], words)


def in_year(words: str, moves: dict[int, int]) -> str:
    """Running text with the years that it is about moved ("năm 2023"); the days of documents that
    it cites stay."""

    def moved(match: re.Match[str]) -> str:
        return f"{match[1]}{moves.get(int(match[2]), match[2])}"

    return _NAMED_YEAR.sub(moved, words)
