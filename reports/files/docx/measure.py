"""How long a line of bold Times is: Word has no "as long as the text above" for a rule (F10, F13).

Widths are those of Times New Roman Bold and of the fonts made to its metrics, in thousandths of
the size.
"""

import unicodedata

_WIDTHS = {
    letter: width
    for width, letters in (
        (250, " .,"),
        (278, "il"),
        (333, "fjt-()"),
        (389, "Is"),
        (444, "cerz"),
        (500, "Jagovxy0123456789"),
        (556, "Sbdhknpquđ"),
        (611, "FP"),
        (667, "BELTZ"),
        (722, "ACDNRUVXYwĐ"),
        (778, "GHKOQ"),
        (833, "m"),
        (944, "M"),
        (1000, "W"),
    )
    for letter in letters
}
# The horn of ơ and ư, which stands beside its letter.
_HORN = {"\u031b": 49}
_MILLIMETRES_A_POINT = 25.4 / 72


def bold_width(text: str, size: float) -> float:
    """Millimetres of `text` in bold of `size` points; accents above and below take no room."""
    letters = unicodedata.normalize("NFD", text)
    return sum(map(_width, letters)) / 1000 * size * _MILLIMETRES_A_POINT


def _width(letter: str) -> int:
    if unicodedata.category(letter) == "Mn":
        return _HORN.get(letter, 0)
    return _WIDTHS.get(letter, 500)
