"""How one written value becomes a typed one. Each reader takes the value as written and raises
ValueError with a message for people."""

import datetime as dt
import re
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

from config.vietnamese.dates import NotADate, parse_date
from config.vietnamese.numbers import NotANumber, parse_decimal
from config.vietnamese.text import clean, clean_line, looks_legacy
from plans.planfile.naming import nearest, quoted

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHOLE = re.compile(r"[0-9]{1,9}")
_CODE = re.compile(r"[A-Za-z0-9_-]+")


def read_text(written: str) -> str:
    """NFC text without doubled spaces, in its lines (V2, V6); refused from a legacy font (V5)."""
    text = clean(written)
    if looks_legacy(text):
        raise ValueError(f"{quoted(text)} gõ bằng phông chữ cũ (TCVN3); hãy chuyển sang Unicode")
    return text


def read_line(limit: int) -> Callable[[str], str]:
    """Like `read_text`, on one line of at most `limit` letters."""

    def read(written: str) -> str:
        text = clean_line(read_text(written))
        if len(text) > limit:
            raise ValueError(f"dài {len(text)} ký tự, nhiều nhất {limit}")
        return text

    return read


def read_code(limit: int) -> Callable[[str], str]:
    """A code that can stand in an address: letters without accents, digits, - and _."""
    read_one_line = read_line(limit)

    def read(written: str) -> str:
        code = read_one_line(written)
        if not _CODE.fullmatch(code):
            raise ValueError(
                f"{quoted(code)} phải là chữ không dấu, chữ số, dấu - hoặc _, không có dấu cách"
            )
        return code

    return read


def read_day(written: str) -> dt.date:
    """A day written year-month-day, with a hint for those who write it as offices do (V1)."""
    if not _ISO_DAY.fullmatch(written):
        hint = "ví dụ 2023-11-30"
        with suppress(NotADate):
            hint = f"ở đây là {parse_date(written).isoformat()}"
        raise ValueError(f"{quoted(written)} không phải ngày viết theo năm-tháng-ngày, {hint}")
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"không có ngày {quoted(written)} trong lịch") from None


def read_number(below: int) -> Callable[[str], Decimal]:
    """ "70", "98,5", "98.5" or "70%", nearer to nought than `below`, at most four decimals."""

    def read(written: str) -> Decimal:
        try:
            number = parse_decimal(written)
        except NotANumber:
            raise ValueError(f"{quoted(written)} không phải là số") from None
        if abs(number) >= below or number != round(number, 4):
            raise ValueError(f"{quoted(written)} quá lớn hoặc quá nhiều chữ số thập phân")
        return number

    return read


def read_integer(low: int, high: int) -> Callable[[str], int]:
    """A whole number from `low` to `high`."""

    def read(written: str) -> int:
        if _WHOLE.fullmatch(written) and low <= int(written) <= high:
            return int(written)
        raise ValueError(f"{quoted(written)} không phải là số nguyên từ {low} đến {high}")

    return read


def read_flag(written: str) -> bool:
    """ "có" or "không"; YAML's own true and false are understood."""
    answers = {"có": True, "true": True, "không": False, "false": False}
    answer = answers.get(clean_line(written).casefold())
    if answer is None:
        raise ValueError(f"{quoted(written)} không phải là “có” hoặc “không”")
    return answer


def read_choice(choices: tuple[str, ...]) -> Callable[[str], str]:
    """One of `choices`, as they are written."""

    def read(written: str) -> str:
        value = clean_line(written)
        if value not in choices:
            raise ValueError(f"không có loại {quoted(value)}. {nearest(value, choices)}")
        return value

    return read
