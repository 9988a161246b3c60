"""Codes of tasks: which of them an office would read as one."""

import re

_POINT = re.compile(r"\s*\.\s*")
_NO_NUMBERS = re.compile(r"(?<!\d)[. ]|[. ](?!\d)")


def same_code(code: str) -> str:
    """What is alike of codes that differ only in case, in spaces or in dots that part no numbers:
    "NV1.1", "nv1.1", "NV 1.1" and "NV.1.1". "1.1" and "11" are two, "3.d" and "3.đ" too."""
    return _NO_NUMBERS.sub("", _POINT.sub(".", code.strip().casefold()))


def written_otherwise(code: str, other: str) -> str:
    """Why a code is taken although nobody wrote it so; "" when somebody did."""
    if code == other:
        return ""
    return f" (viết là “{other}”; chữ hoa, dấu cách, dấu chấm không làm thành mã khác)"
