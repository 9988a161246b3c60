"""The columns of the task list and the orders it can be read in, for page, print and file.

Keys are the words in the address bar.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """`css` is the class of its cells; `order` the key of the order that its head offers."""

    key: str
    label: str
    css: str = ""
    order: str = ""


# Always there: without them a row does not say what it is about.
CODE = Column("so-muc", "Số mục", order="so-muc")
TITLE = Column("nhiem-vu", "Nhiệm vụ", "what")
CHOICES = (
    Column("chi-so", "Chỉ số"),
    Column("chu-tri", "Chủ trì", "leads", "don-vi"),
    Column("phoi-hop", "Phối hợp"),
    Column("thoi-han", "Thời hạn", "date", "thoi-han"),
    Column("tinh-trang", "Tình trạng", "status", "tinh-trang"),
    Column("hoan-thanh", "Hoàn thành", "date"),
    Column("ket-qua", "Kết quả gần nhất", "result"),
    Column("kho-khan", "Khó khăn", "result"),
    Column("cap-nhat", "Cập nhật", "date", "cap-nhat"),
)
USUAL = ("chu-tri", "phoi-hop", "thoi-han", "tinh-trang", "ket-qua", "cap-nhat")
_BY_KEY = {column.key: column for column in CHOICES}

ORDERS = {
    "so-muc": "Số mục",
    "thoi-han": "Thời hạn",
    "tinh-trang": "Tình trạng",
    "don-vi": "Đơn vị chủ trì",
    "cap-nhat": "Cập nhật",
}


def read_columns(words: str) -> list[Column]:
    """The columns that "thoi-han,tinh-trang" names, in that order, once each; what is no column is
    left out, and nothing known is the usual ones."""
    keys: Iterable[str] = dict.fromkeys(words.split(","))
    found = [_BY_KEY[key] for key in keys if key in _BY_KEY]
    return found or [_BY_KEY[key] for key in USUAL]


def is_usual(columns: Iterable[Column]) -> bool:
    return tuple(column.key for column in columns) == USUAL
