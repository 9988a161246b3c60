"""Telephone numbers and names of persons, which stand where units do: numbers are not kept at all,
persons are no units (domain.md §8.4)."""

import re
from collections.abc import Callable

from config.vietnamese.text import clean, clean_line

_PHONE = re.compile(
    r"(?:[,;–-]\s*)?(?:(?:ĐT|SĐT|ĐTDĐ|[Đđ]iện thoại|[Dd]i động|[Tt]el)\s*[:.]?\s*)?"
    r"(?<!\d)(?:"
    r"(?:\+84|0)[\d .-]{7,13}\d"
    r"|\(\s*(?:\+84|0)\d{0,4}\s*\)[\d .-]{5,12}\d"  # (0205) 3.812.345
    # Without its plus, or without the 0 that Excel drops.
    r"|84[ .-]?[1-9](?:[ .-]?\d){7,9}|[35789]\d{8}|[35789]\d\d([ .-])\d{3}\1\d{3}"
    # Of a town, without the code of the province.
    r"|(?:(?<=ĐT )|(?<=ĐT:)|(?<=ĐT: )|(?<=thoại )|(?<=thoại:)|(?<=thoại: ))\d[\d .-]{4,10}\d"
    r")(?!\d)"
)
_CALLED = re.compile(r"ĐT|[Đđ]iện thoại|[Dd]i động|[Tt]el")
_A_DATE = re.compile(r"(?<!\d)\d{1,2}([.-])\d{1,2}\1\d{4}(?!\d)")
_GONE = "\0"  # where something was taken out
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Nông|Lương|Triệu|"
    "Chu|Hà|Vi|Đinh|Đoàn|Trịnh|Mai|Trương|Lâm|Phùng|Cao|Tạ|Tô|Lục|Hứa|Bế|Mã|Lò|Quách|Thái|"
    "Đào|Vương|Tống|Lưu|Từ|Châu|La|Sầm|Tăng|Đàm|Hoàn|Lộc|Linh|Liễu|Lã|Kiều|Khổng|Nghiêm|Văn|"
    "Ninh"
)
# À to Ỹ holds small letters, too.
_CAPITAL = "[A-Z" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper()) + "]"
# A part of a name after its first; a letter by itself as in "Nguyễn Văn A".
_MORE = rf"(?:\s+{_CAPITAL}(?:[a-zà-ỹ]+|(?![\w&/-])))"
NAME = rf"(?:{_SURNAMES}){_MORE}{{1,4}}"
_TITLE = r"(?:[Đđ]/c|[Đđ]ồng chí|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị)\.?:?"
_PERSON = re.compile(
    rf"(?<!\w)(?:{_TITLE}\s+(?:{NAME}|{_CAPITAL}[a-zà-ỹ]+{_MORE}{{0,4}}))"
    rf"|(?<![\w-])(?<!- )({NAME})(?=\s*(?:$|[,;()\n–-]))"
)


def without_phones(text: str) -> tuple[str, int]:
    """A text of units without its telephone numbers, and how many there were."""
    found, count = _PHONE.subn(_GONE, text)
    return (_closed_up(found), count) if count else (text, 0)


def _closed_up(text: str) -> str:
    """A text without the signs of what was taken out, the brackets around it and the space that
    would be left before the next comma."""
    text = re.sub(rf"\s*\(\s*[-–,;]?\s*(?:{_GONE}\s*)*\)", "", text)
    text = re.sub(rf"(?:\s*{_GONE})+[^\S\n]*(?=[,;.)])", "", text)
    return clean(text.replace(_GONE, ""))


def without_phones_in_sentence(text: str) -> tuple[str, int]:
    """A sentence without its telephone numbers, and how many there were. Amounts and dates have as
    many digits, so that only what is called a telephone or begins with 0 (or +84) counts."""
    count = 0

    def take(match: re.Match[str]) -> str:
        nonlocal count
        digits = re.sub(r"\D", "", match[0].replace("+84", "0"))
        called = _CALLED.search(match[0]) or re.fullmatch(r"0[2-9]\d{8,9}", digits)
        if not called or _A_DATE.search(match[0]):
            return match[0]
        count += 1
        return _GONE

    found = _PHONE.sub(take, text)
    return (_closed_up(found), count) if count else (text, 0)


def without_people(text: str, is_unit: Callable[[str], bool]) -> tuple[str, tuple[str, ...]]:
    """A text of units without names of persons, and these; `is_unit` knows what is none."""
    people: list[str] = []

    def take(match: re.Match[str]) -> str:
        name = match.group()
        if is_unit(name):
            return name
        people.append(clean_line(name))
        return " "

    text = _PERSON.sub(take, text)
    # A remark in brackets that named a person, or nothing, is no part of a name.
    text = re.sub(r"\(\s*[-–,;]?\s*\)", " ", text)
    return text, tuple(dict.fromkeys(people))
