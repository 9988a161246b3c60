"""Deadlines as plans write them: the words are kept, and what was understood is said.

Nothing is guessed: "Theo yêu cầu" has no day, "30/6" without a year has none either. "Trước ngày
30/11" keeps that day as printed; whether it counts is the plan's setting (A5). A day on which work
begins ("Từ 01/12") and the day of a cited document are no deadlines, and where words of time are
left that could not be read there is no day at all.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

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
_IN_WORDS = re.compile(
    r"(?<!tuan )(?<!tuan thu )(?:ngay\s+)?\b(\d{1,2})\s+thang\s+(\d{1,2})"
    r"(?:\s*(?:[/.,-]\s*)?(?:nam\s*)?(\d{4}|(?<=/)\d{2})(?!\d)|(?!\d))"
)
_DAY_MONTH = re.compile(r"(?<![\d/.])(?<!thang )(\d{1,2})/(\d{1,2})(?![\d/]|\.\d)")
_JOINED = r"(?:\s*(?:,|-|;|\+|&|va|den)\s*)"
_WITH_YEAR = r"(?:\s*(?:/|-|nam)?\s*(?:nam\s*)?(\d{4}))?(?![\d/])"
_MONTH = re.compile(rf"(?:\bthang\s*|\bt)(\d{{1,2}}(?:{_JOINED}\d{{1,2}})*)\b{_WITH_YEAR}")
_QUARTERS = r"(?:iv|i{1,3}|[1-4])\b"
_QUARTER = re.compile(rf"\bquy\s*({_QUARTERS}(?:{_JOINED}{_QUARTERS})*){_WITH_YEAR}")
_HALF = re.compile(r"\b(?:6|06|sau) thang (dau|cuoi) nam(?:\s*(\d{4}))?")
_YEAR = re.compile(rf"\bnam\s*(\d{{4}}(?:{_JOINED}\d{{4}})*)\b")
_BARE_YEAR = re.compile(r"^\s*(\d{4})\s*$")
_ONGOING = re.compile(
    r"\bthuong xuyen\b|\blien tuc\b|\bh[ao]ng (?:ngay|tuan|thang|quy|nam)\b|\bdinh ky\b"
    r"|\btheo thang\b"
)
_DAY_OF_EACH = re.compile(r"\bngay\s+\d{1,2}\b(?!\s?[/.-]\s?\d)")
_BARE_PART = re.compile(
    r"(Q[. ]?)?(?<![\d/.-])(\d{1,2}|(?<=Q)I{1,3}|(?<=Q)IV)\s?[/.-]\s?(\d{4})(?![\d/])"
)
_BARE = re.compile(
    rf"\s*{_BARE_PART.pattern}(?:\s*(?:[;,–-]|và|đến|\n)\s*{_BARE_PART.pattern})*\s*"
)
_REMARK = re.compile(r"\([^()]*\)")

# With their accents: "sáu" is six, "sau" is after.
_NUMBERS = {
    "mười một": 11, "mười hai": 12, "mười": 10, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_NUMBER = rf"(?:{'|'.join(_NUMBERS)}|năm(?=\s*(?:năm\b|/\s*\d)))\b"
# "mỗi quý một lần" is no first quarter.
_IN_LETTERS = re.compile(
    r"(?<!mỗi )(?<!hằng )(?<!hàng )(?<!từng )(?<!theo )\b(?:tháng|quý)\s+"
    rf"({_NUMBER}(?:\s*(?:,|-|;|\+|&|và|đến)\s*{_NUMBER})*)"
    r"(?=\s*(?:$|[;,./)+&-]|năm\b|\d{4}|và\b|đến\b))"
)
# "Kế hoạch số 12/KH-UBND … ngày 3/2/2023": the day of a document.
_ANY_DAY = r"\d{1,2}(?:[/.-]\d{1,2}[/.-]\d{2,4}|\s+tháng\s+\d{1,2}(?:\s*/\s*|\s+năm\s+)\d{4})"
CITED = re.compile(
    r"(?:\b[Ss]ố\s*:?\s*\d+(?!\d|/\d)|\b\d+/(?:\d{4}/)?(?!NĂM|THÁNG|QUÝ)[A-ZĐ]{2})"
    r"(?:(?!\b(?:trước|đến|hết|chậm|hoàn thành|xong|hạn|trong|từ)\b)[^;,]){0,120}?"
    rf"\bngày\s+{_ANY_DAY}"
)
_START = re.compile(
    r"\b(?:ke tu|tinh tu|bat dau(?: tu)?|tu|sau)\s+(?:(?:dau|giua|cuoi|het|sau)\s+)?"
    r"(?:(?:ngay|thang|quy|nam)\s*)?"
    r"(?>\d{1,2}-\d{1,2}-\d{4}|\d[\d/.]*|(?:iv|i{1,3})\b(?:/\d{4})?)(?>(?:\s+(?:thang|nam)\s+[\d/]+)*)"
    r"(?!\s*(?:-|den)\s*(?:\d|[iv]+\b))"
)
_STARTING = ("kể", "ke", "tính", "tinh", "bắt", "bat", "từ", "tu", "sau")
_TAKEN = "\0"
# Words of time, among what was not taken.
_LEFT = re.compile(
    r"\b(?:ngày|tuần|tuan|tháng|thang|quý|kỳ họp|tết)\b|\bnăm (?:sau|tới)\b|\b(?:iv|i{1,3})\b"
    r"|\bquy (?:mot|hai|ba|tu|bon)\b|\b(?:đầu|dau|giữa|giua)\s*\0"
    rf"|\b(?:mươi|mốt|năm|{'|'.join(_NUMBERS)})\s*\0"
    r"|(?<![\w.,/])\d[\d/.-]*+(?!\s*%)(?!\s+[^\W\d])"
)


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
    spelled = _spelled(words)
    found = _read(_REMARK.sub(" ", spelled), year) or _read(spelled, year)
    if found is None:
        return Deadline(words, doubt=f"không hiểu thời hạn “{words}”; giữ nguyên chữ, chưa có ngày")
    due_on, ongoing, said, doubt = found
    if not doubt and due_on is not None:
        doubt = _beside(spelled, due_on, year)
    return Deadline(words, due_on, ongoing, said, doubt)


@lru_cache(maxsize=512)
def said_deadline(words: str, year: int) -> dt.date | None:
    """The day that a deadline's words name in a plan of `year`; None when they name none."""
    return read_deadline(words, year).due_on


def _beside(words: str, due_on: dt.date, year: int | None) -> str:
    """A doubt about another day in brackets: "Trước ngày 30/11 (báo cáo sơ bộ trước 30/6)"."""
    for remark in _REMARK.findall(words):
        other = None if CITED.search(remark) else _read(remark.strip("()"), year)
        if other and other[0] not in (None, due_on):
            return f"còn một mốc trong ngoặc “{remark}”; lấy mốc ngoài ngoặc, {short(due_on)}"
    return ""


def _spelled(words: str) -> str:
    """ "12/2025" and "Q3/2025" as a month and a quarter, where a cell holds nothing else."""
    if not _BARE.fullmatch(words):
        return words
    return _BARE_PART.sub(
        lambda match: f"{'quý' if match[1] else 'tháng'} {match[2]}/{match[3]}", words
    )


_Found = tuple[dt.date | None, bool, str, str]


@dataclass(frozen=True)
class _Text:
    """A deadline as typed and as it is searched: sign by sign in the same places, so that what was
    found can be shown in the words of the plan."""

    shown: str
    folded: str

    @classmethod
    def of(cls, words: str) -> "_Text":
        shown = re.sub(r"\s*[-–—]\s*", "-", clean(words.replace("\n", " ; ")))
        folded = fold(shown)
        if len(folded) != len(shown):
            folded = "".join(one if len(one := fold(sign)) == 1 else sign for sign in shown)
        typed = shown.casefold()
        if len(typed) == len(shown):
            for match in _IN_LETTERS.finditer(typed):
                letters = re.sub(rf"(?:{'|'.join(_NUMBERS)}|năm)\b", _digits, match[1])
                folded = (
                    folded[: match.start(1)]
                    + letters.replace("và", "va").replace("đến", "den")
                    + folded[match.end(1) :]
                )
        return cls(shown, folded)

    def words(self, match: re.Match[str]) -> str:
        return self.shown[match.start() : match.end()].strip(" ;,")

    def without(self, *matches: re.Match[str]) -> "_Text":
        return _Text(self.shown, _taken(self.folded, matches, " "))


def _digits(match: re.Match[str]) -> str:
    """As long as the word, so that all that follows stays in its place."""
    return str(_NUMBERS.get(match[0], 5)).ljust(len(match[0]))


def _taken(text: str, matches: Iterable[re.Match[str]], sign: str) -> str:
    for match in matches:
        text = text[: match.start()] + sign * len(match[0]) + text[match.end() :]
    return text


def _read(words: str, year: int | None) -> _Found | None:
    text = _Text.of(words)
    cited = list(CITED.finditer(text.shown))
    text = text.without(*cited)
    starts = [
        match
        for match in _START.finditer(text.folded)
        if text.words(match).split()[0].casefold() in _STARTING
    ]
    whole = _understand(text, year)
    if starts:
        rest = _understand(text.without(*starts), year)
        if rest is None or rest[0] is None:
            if whole is None or whole[0] is None:
                return whole
            return _no_day(f"“{text.words(starts[0])}” là lúc bắt đầu, không phải thời hạn")
        if whole is None or whole[0] is None:
            return rest
        if whole[0] != rest[0]:
            return _no_day(f"“{text.words(starts[0])}” là lúc bắt đầu, muộn hơn mốc còn lại")
    if whole is None and cited:
        return _no_day(f"“{text.words(cited[0])}” là ngày của văn bản, không phải thời hạn")
    return whole


def _no_day(doubt: str, ongoing: bool = False) -> _Found:
    return None, ongoing, "", f"{doubt}; giữ nguyên chữ, chưa có ngày"


def _not_read(text: _Text, taken: Iterable[re.Match[str]]) -> _Found | None:
    """When words of time are left beside those that were taken: no day, and which words."""
    ongoing = list(_ONGOING.finditer(text.folded))
    left = _taken(_taken(text.folded, ongoing, " "), taken, _TAKEN)
    # Accents tell "ngày" from "ngay"; what was taken stays taken.
    typed = text.shown.casefold()
    if len(typed) == len(left):
        pairs = zip(left, typed, strict=True)
        left = "".join(sign if sign in f" {_TAKEN}" else letter for sign, letter in pairs)
    if not (match := _LEFT.search(left)):
        return None
    start = left.rfind(_TAKEN, 0, match.start()) + 1
    stop = left.find(_TAKEN, match.start())
    words = text.shown[start : stop if stop >= 0 else None].strip(" ;,-+&/")
    return _no_day(f"chưa hiểu “{words}”", bool(ongoing))


def _understand(text: _Text, year: int | None) -> _Found | None:
    folded = text.folded
    if halves := list(_HALF.finditer(folded)):
        return _not_read(text, halves) or _half(halves, text, year)
    days, doubts, left = _days(text, year)
    if days:
        last = max(days)
        said = f"chậm nhất ngày {short(last)}"
        if len(set(days)) > 1:
            listed = ", ".join(short(day) for day in sorted(set(days)))
            doubts.append(f"có {len(set(days))} mốc ({listed}); lấy mốc cuối")
        if re.search(r"\btruoc (?:ngay )?\d", folded):
            said = f"trước ngày {short(last)} (kế hoạch quy định có tính cả ngày này hay không)"
        if period := _later(_Text(text.shown, left), last):
            doubts.append(f"còn “{period}” chưa tính")
        return last, bool(_ONGOING.search(folded)), said, "; ".join(doubts)
    if doubts:
        return None, False, "", "; ".join(doubts)
    if span := _span(text, year):
        return span
    # With its accents: "theo quý" is each quarter, "theo quy định" is not.
    if _ONGOING.search(folded) or "theo quý" in text.shown.casefold():
        day = _DAY_OF_EACH.search(folded)
        doubt = f"“{text.words(day)}” của mỗi kỳ chưa tính thành ngày" if day else ""
        return None, True, "làm thường xuyên, không có ngày kết thúc", doubt
    return None


def _later(text: _Text, last: dt.date) -> str:
    """The words of a month or a quarter that stands beside a day and ends in a later quarter."""
    for match in (*_QUARTER.finditer(text.folded), *_MONTH.finditer(text.folded)):
        words = text.words(match)
        found = _span(_Text(words, fold(words)), last.year)
        if found and found[0] and _quarter(found[0]) > _quarter(last):
            return words
    return ""


def _quarter(day: dt.date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


def _days(text: _Text, year: int | None) -> tuple[list[dt.date], list[str], str]:
    """Whole days, by whichever way of writing they come; what was wrong with those that are no
    days; and the folded text without them."""
    days: list[dt.date] = []
    doubts: list[str] = []

    def add(day: str, month: str, written_year: str | None, printed: str) -> None:
        number = int(written_year) if written_year else year
        if number is None:
            doubts.append(f"“{printed}” không ghi năm")
            return
        if number < 100:
            number += 2000
            doubts.append(f"hiểu năm “{written_year}” là {number}")
        elif not written_year:
            doubts.append(f"“{printed}” không ghi năm, lấy năm của kế hoạch ({number})")
        try:
            days.append(dt.date(number, int(month), int(day)))
        except ValueError:
            doubts.append(f"không có ngày {printed} trong lịch")

    folded = text.folded
    for pattern in (_FULL, _IN_WORDS, _DAY_MONTH):
        for match in pattern.finditer(folded):
            groups = match.groups()
            if pattern is _DAY_MONTH and int(groups[1]) > 12:
                continue
            add(groups[0], groups[1], groups[2] if len(groups) > 2 else None, text.words(match))
        folded = _taken(folded, list(pattern.finditer(folded)), " ")
    return days, doubts, folded


def _half(halves: list[re.Match[str]], text: _Text, year: int | None) -> _Found | None:
    number = next((int(match[2]) for match in reversed(halves) if match[2]), year)
    ends = []
    for match in halves:
        own = int(match[2]) if match[2] else number
        if own is None:
            return None, False, "", f"“{text.words(match)}” không ghi năm"
        ends.append(dt.date(own, 6, 30) if match[1] == "dau" else dt.date(own, 12, 31))
    several = "có nhiều mốc; lấy mốc cuối" if len(set(ends)) > 1 else ""
    return max(ends), False, f"hết ngày {short(max(ends))}", several


def _span(text: _Text, year: int | None) -> _Found | None:
    """A month, a quarter or a year: its last day."""
    folded = text.folded
    ends: list[dt.date] = []
    borrowed = several = False
    named = list(_YEAR.finditer(folded))
    last_year = int(re.findall(r"\d+", named[-1][1])[-1]) if named else None
    if re.search(r"\btruoc (?:thang|quy|nam|het|cuoi)\b", folded):
        return None, False, "", "“trước” một tháng, quý hay năm: chưa rõ ngày nào"
    taken = [*_QUARTER.finditer(folded), *_MONTH.finditer(folded)]
    for match in taken:
        last = re.findall(r"\w+", match[1])[-1]
        month = 3 * (_ROMAN.get(last) or int(last)) if match.re is _QUARTER else int(last)
        several |= last != match[1].strip()
        number = int(match[2]) if match[2] else last_year or year
        borrowed |= not (match[2] or last_year)
        if number is None:
            return None, False, "", f"“{text.words(match)}” không ghi năm"
        if not 1 <= month <= 12:
            return None, False, "", f"không có {text.words(match)}"
        ends.append(dt.date(number, month, calendar.monthrange(number, month)[1]))
    if ends:
        # "Năm 2026: quý II" has said its year.
        taken += [one for one in named if all(end.year == int(one[1][-4:]) for end in ends)]
    elif not _ONGOING.search(folded):
        bare = _BARE_YEAR.search(folded)
        taken = [bare] if bare else named
        numbers = [int(one) for match in taken for one in re.findall(r"\d+", match[1])]
        if numbers and all(years.FIRST <= number <= years.LAST for number in numbers):
            ends, several = [dt.date(max(numbers), 12, 31)], len(set(numbers)) > 1
        elif year and (found := re.search(r"\b(?:trong|cuoi|het) nam\b", folded)):
            ends, borrowed, taken = [dt.date(year, 12, 31)], True, [found]
    if ends and (unread := _not_read(text, taken)):
        return unread
    if not ends:
        return None
    doubts = []
    if several or len(set(ends)) > 1 or "tiep theo" in folded:
        doubts.append("có nhiều mốc; lấy mốc cuối")
    if borrowed:
        doubts.append(f"không ghi năm, lấy năm của kế hoạch ({max(ends).year})")
    return max(ends), False, f"hết ngày {short(max(ends))}", "; ".join(doubts)
