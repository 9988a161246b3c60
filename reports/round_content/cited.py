"""Documents that units named as evidence, as a report cites them (F23): by their type, which their
symbol says, and in the order of rank and day."""

import re
from collections.abc import Iterable

from config.vietnamese.dates import NotADate, parse_date

DOCUMENT = "Văn bản số"
# Abbreviations of Decree 30/2020, appendix III.I (domain.md 1H), in the order of rank. What bears
# none is a letter ("12/STTTT-VP").
_TYPES = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "HD": "Hướng dẫn",
    "BC": "Báo cáo",
    "TTr": "Tờ trình",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "BB": "Biên bản",
    "HĐ": "Hợp đồng",
    "CĐ": "Công điện",
    "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu",
    "PB": "Phiếu báo",
}
_LETTER, _UNTYPED = "Công văn", "Văn bản"
_RANKS = {name: rank for rank, name in enumerate((*_TYPES.values(), _LETTER, _UNTYPED))}
_NUMBERED = re.compile(rf"{DOCUMENT} (?P<number>\d+)[^/\s]*/(?P<first>[^\W\d_]+)[-\s]?")
_DATED = re.compile(r" ngày (\d{1,2}/\d{1,2}/\d{4})")


def cited(labels: Iterable[str]) -> list[str]:
    """Each "Văn bản số 118/QĐ-STTTT ngày 05/9/2023" as "Quyết định số 118/QĐ-STTTT ngày 05/9/2023",
    decisions first, letters last, older before later ones. What has no symbol keeps its words."""
    return [words for _, words in sorted(map(_ranked, labels))]


def _ranked(label: str) -> tuple[tuple[int, bool, str, int], str]:
    found = _NUMBERED.match(label)
    kind = _TYPES.get(found["first"], _LETTER) if found else _UNTYPED
    number = int(found["number"]) if found else 0
    day = _day(label)
    return (_RANKS[kind], not day, day, number), f"{kind} số{label.removeprefix(DOCUMENT)}"


def _day(label: str) -> str:
    """In the order of the calendar; empty where none is said."""
    try:
        return parse_date(dated[1]).isoformat() if (dated := _DATED.search(label)) else ""
    except NotADate:
        return ""
