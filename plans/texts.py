"""What may be typed into the free texts of an update, and what is said when it may not (V2, V5)."""

from config.vietnamese.numbers import format_decimal
from config.vietnamese.text import clean, looks_legacy

MAX_LENGTH = 5000


class TextRefused(ValueError):
    """The text cannot be kept; the message says why, in Vietnamese."""


def accepted(text: str, max_length: int = MAX_LENGTH) -> str:
    """The cleaned text (NFC, no invisible characters), or TextRefused."""
    cleaned = clean(text)
    if len(cleaned) > max_length:
        raise TextRefused(
            f"Nội dung dài {format_decimal(len(cleaned))} ký tự, tối đa "
            f"{format_decimal(max_length)}. Đồng chí rút gọn hoặc đính kèm thành tệp."
        )
    if looks_legacy(cleaned):
        raise TextRefused(
            "Nội dung được gõ bằng bảng mã cũ (TCVN3 hoặc VNI) nên không đọc được. "
            "Đồng chí chuyển sang Unicode rồi dán lại."
        )
    return cleaned
