"""Dates as Vietnamese offices type them and as documents print them (F15, V1)."""

import datetime as dt
import re

_TYPED = re.compile(r"^\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\s*$")


class NotADate(ValueError):
    """The text is no day of the calendar in the form dd/mm/yyyy."""


def parse_date(text: str) -> dt.date:
    """ "05/06/2023" is 5 June 2023; an impossible day (31/11/2023) raises NotADate (V1)."""
    if match := _TYPED.match(text):
        day, month, year = map(int, match.groups())
        try:
            return dt.date(year, month, day)
        except ValueError:
            pass
    raise NotADate(text)


def short(day: dt.date | None) -> str:
    """ "30/11/2023"; empty for no day."""
    return f"{day:%d/%m}/{day.year:04d}" if day else ""


def cited(day: dt.date) -> str:
    """ "24/6/2023", "05/02/2024": a date in running text; the zeros of `in_words` (F15)."""
    return f"{day.day:02d}/{_month(day.month)}/{day.year}"


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)


def in_words(day: dt.date) -> str:
    """ "ngày 05 tháng 3 năm 2023": a zero before days below 10 and months 1 and 2 only (F15)."""
    return f"ngày {day.day:02d} tháng {_month(day.month)} năm {day.year}"


def in_words_partly(year: int | None, month: int | None) -> str:
    """The same with the day, or day and month, left blank for the clerk to fill in (F14, F15)."""
    month_words = _month(month) if month else "     "
    return f"ngày     tháng {month_words} năm {year if year else '      '}"


def in_text_partly(year: int | None, month: int | None) -> str:
    """The same in running text, which closes up over blanks: "ngày … tháng 6 năm 2023"."""
    return f"ngày … tháng {_month(month) if month else '…'} năm {year if year else '…'}"
