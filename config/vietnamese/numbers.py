"""Numbers as Vietnamese offices write and type them (V7)."""

import re
from decimal import ROUND_HALF_UP, Decimal

_PLAIN = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:([. ])[0-9]{3})(?:\1[0-9]{3})*(?:,[0-9]+)?")


class NotANumber(ValueError):
    """The text is no number that can be understood without a guess."""


def parse_decimal(text: str) -> Decimal:
    """ "70", "70%", "98,5", "98.5", "1.234.567,5" as a Decimal; anything else raises NotANumber.

    "1.234" is ambiguous (1234 or 1,234): read as the decimal 1.234 it would be silently wrong in
    a signed report, so it is refused and the user is asked to write 1234 or 1,234.
    """
    bare = text.replace("\u00a0", " ").strip().removesuffix("%").rstrip()
    if re.fullmatch(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}", bare):
        raise NotANumber(text)
    if _PLAIN.fullmatch(bare):
        return Decimal(bare.replace(",", "."))
    if _GROUPED.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(" ", "").replace(",", "."))
    raise NotANumber(text)


def format_decimal(value: Decimal | int, places: int | None = None) -> str:
    """ "1.234.567,5": dot between thousands, decimal comma, no trailing zeros unless asked for."""
    number = Decimal(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{number:,f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")


def padded(count: int) -> str:
    """Counts below ten get a leading zero in prose: "02/34", "03 phòng" (V7)."""
    return f"{count:02d}" if 0 <= count < 10 else format_decimal(count)


def share(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` in percent with one decimal, rounded half up; None of nothing."""
    if whole == 0:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def percent(value: Decimal | None) -> str:
    """ "61,5%" without a space; an en dash where there is nothing to divide by."""
    return "–" if value is None else f"{format_decimal(value)}%"


def file_size(size: int) -> str:
    """ "70 B", "1,5 KB", "3,0 MB" of a number of bytes; never "1.024,0 KB"."""
    if size < 2**10:
        return f"{size} B"
    if size < 2**20 - 2**10 // 20:
        return f"{format_decimal(Decimal(size) / 2**10, 1)} KB"
    return f"{format_decimal(Decimal(size) / 2**20, 1)} MB"
