"""Days and words of one year in another."""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from typing import overload

from plans.reading.citations import TYPES

# "30/11/2023" and "30 tháng 11 năm 2023".
_DAY = re.compile(r"\b(\d{1,2})([/.-]| tháng )(\d{1,2})([/.-]| năm )(\d{4})\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}\b")
# "năm 2023", but not that of a date ("tháng 6 năm 2023"), which may be the day of a document.
_NAMED_YEAR = re.compile(r"(?<!tháng \d )(?<!tháng \d\d )(\bnăm )(\d{4})\b", re.IGNORECASE)


# A document by its number or day is cited to the letter, whatever years its title names (F23).
# "Kế hoạch số …/KH-STTTT", not issued yet, is one, too.
_DATE = r"\d{1,2}(?:[/.-]\d{1,2}[/.-]\d{4}|\s+tháng\s+\d{1,2}\s+năm\s+\d{4})"
_DOCUMENT = re.compile(
    rf"\b(?:(?i:{TYPES}|công điện|kết luận|tờ trình)\s+(?:liên tịch\s+)?(?:"
    rf"(?:số\s*:?\s*)?(?:\d+[a-zA-Z]?|…|\.{{3,}})(?:/\d{{4}})?[-/][A-ZĐ][\w&/-]*"
    rf"(?:,?\s+ngày\s+{_DATE})?|(?:số\s*:?\s*\d+,?\s+)?ngày\s+{_DATE}|số\s*:?\s*\d+)"
    rf"|(?P<law>(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s[^.;,:()\n]*?"
    rf"(?<!trong )(?<!của )năm\s+\d{{4}}))"
)
# Its title ends with the sentence, or where a short name is given to it; in a deadline, which
# follows on what it cites, with the first comma.
_TITLE = re.compile(r"(?:(?!\.(?=\s|$)|\n|\((?:sau đây|gọi tắt)).)*")
_SHORT_TITLE = re.compile(r"[^,.;\n(]*")


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


def shifted_deadline(
    words: str, years: int, instead: Mapping[dt.date, dt.date] | None = None
) -> str:
    """The words of a deadline, with every day and year in them that much later, but for those of
    documents that it cites:
    "Trước ngày 30 tháng 11 năm 2023" becomes "Trước ngày 30 tháng 11 năm 2024". `instead` of some
    days that this would give others are written."""

    def whole(match: re.Match[str]) -> str:
        day, before_month, month, before_year, year = match.groups()
        try:
            moved = shifted(dt.date(int(year), int(month), int(day)), years)
        except ValueError:
            return match[0]
        if (chosen := (instead or {}).get(moved)) is not None:
            pads = chosen.month < 3 or month.startswith("0")  # as documents write it (F15)
            month = f"{chosen.month:02d}" if pads else str(chosen.month)
            day, moved = f"{chosen.day:02d}", chosen
        return f"{moved.day:0{len(day)}d}{before_month}{month}{before_year}{moved.year}"

    def later(text: str) -> str:
        found: list[str] = []
        last = 0
        for match in _DAY.finditer(text):
            found += [_later_years(text[last : match.start()], years), whole(match)]
            last = match.end()
        return "".join((*found, _later_years(text[last:], years)))

    return _beside_documents(words, _SHORT_TITLE, later)


def _later_years(text: str, years: int) -> str:
    return _YEAR.sub(lambda match: str(int(match[0]) + years), text)


def in_year(words: str, moves: dict[int, int]) -> str:
    """Running text with the years that it is about moved ("năm 2023"); the documents that it cites
    keep number, day and title to the letter."""

    def moved(match: re.Match[str]) -> str:
        return f"{match[1]}{moves.get(int(match[2]), match[2])}"

    return _beside_documents(words, _TITLE, lambda text: _NAMED_YEAR.sub(moved, text))


def cited(words: str, years: Collection[int]) -> list[str]:
    """The documents that a text cites ("Kế hoạch số 142/KH-UBND ngày 24/6/2023") whose day or title
    names one of `years`, each once."""
    found = [
        match[0]
        for match, end in _documents(words, _TITLE)
        if any(int(year) in years for year in _YEAR.findall(words[match.start() : end]))
    ]
    return list(dict.fromkeys(found))


def _documents(words: str, title: re.Pattern[str]) -> list[tuple[re.Match[str], int]]:
    """Each document that is cited, and where its title ends: at the latest where the next one is
    cited."""
    found = list(_DOCUMENT.finditer(words))
    starts = [match.start() for match in found]
    spans = []
    for match, next_start in zip(found, [*starts[1:], len(words)], strict=False):
        rest = None if match["law"] else title.match(words, match.end())
        spans.append((match, min(rest.end() if rest else match.end(), next_start)))
    return spans


def _beside_documents(words: str, title: re.Pattern[str], change: Callable[[str], str]) -> str:
    found, last = [], 0
    for match, end in _documents(words, title):
        found += [change(words[last : match.start()]), words[match.start() : end]]
        last = end
    return "".join((*found, change(words[last:])))
