"""What stands before a line: numbers of every custom, bullets, and the labels of an assignment."""

import re
from dataclasses import dataclass

from config.vietnamese.text import fold


@dataclass(frozen=True)
class Mark:
    """`printed` as it stands there without a closing dot ("1.2.1", "(1)", "a)", "II"); `kind`
    tells customs apart; `value` is its turn among its like, 0 for bullets; `rank` orders the
    kinds whose order is fixed, None for those that nest as they come."""

    kind: str
    printed: str
    value: int = 0
    rank: int | None = None

    @property
    def is_bullet(self) -> bool:
        return self.kind.startswith("bullet")

    @property
    def short(self) -> str:
        """ "Phần thứ hai" as "Phần 2", where there is no room for words."""
        word, _, turn = self.printed.rpartition(" ")
        if not word or _is_figure(turn):
            return self.printed
        return f"{word.removesuffix(' thứ')} {self.value}"


_ORDINALS = {
    "nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_WORD = re.compile(
    r"^(PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|ĐIỀU|Điều)\s+((?i:thứ)\s+)?([IVXLC]+|\d+|\w+)\b"
    r"\s*[.:–-]?\s*"
)
# "Nhiệm vụ 1: …" nests as it comes.
_NAMED = re.compile(
    r"^((?:nhóm\s+)?(?:nhiệm vụ|giải pháp))\s+(?:số\s+)?(\d{1,2}|[IVX]+)"
    r"\s*[.:–-]\s*(?=\S)",
    re.IGNORECASE,
)
_WORD_RANK = {"phan": 0, "chuong": 1, "muc": 2, "dieu": 6}
_ROMAN = re.compile(r"^(?!V/v\b)([IVX]{1,5})\s*(?:[.)/:–]|\s-)\s*(?=\D)")
_UPPER = re.compile(r"^([A-HĐK-UY])\s*[.)/]\s+(?=\D)")
_DECIMAL = re.compile(r"^(\d{1,3}(?:\.\d{1,3})*)\s*(?:[.)/:](?!\d)\s*|(?<=\.\d)\s+|(?<=\.\d\d)\s+)")
_PAREN = re.compile(r"^\((\d{1,2}|[a-zđ]{1,4})\)\s*")
_LETTER = re.compile(r"^([a-zđ])\s*[.)/]\s+")
_BULLET = re.compile(r"^([-–—+*•▪◦·○●■►]|o(?=\s+[^\W\d_]))\s*(?=\S)")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def split_mark(text: str) -> tuple[Mark | None, str]:
    """The mark before a line, and the rest of it."""
    if (match := _WORD.match(text)) and (value := _word_value(match[3])):
        kind = fold(match[1])
        turn = match[3] if _is_figure(match[3]) else match[3].lower()
        turn = f"thứ {turn}" if match[2] else turn
        return Mark(kind, f"{match[1].capitalize()} {turn}", value, _WORD_RANK[kind]), _rest(
            text, match
        )
    if match := _NAMED.match(text):
        value = int(match[2]) if match[2].isdigit() else _roman(match[2].upper())
        return Mark("named", f"{match[1].capitalize()} {match[2]}", value), _rest(text, match)
    if match := _ROMAN.match(text):
        return Mark("roman", match[1], _roman(match[1]), 4), _rest(text, match)
    if match := _UPPER.match(text):
        return Mark("upper", match[1], turn_of(match[1].lower()), 3), _rest(text, match)
    if match := _DECIMAL.match(text):
        parts = match[1].split(".")
        return Mark(f"decimal{len(parts)}", match[1], int(parts[-1]), 7 + len(parts)), _rest(
            text, match
        )
    if match := _PAREN.match(text):
        if match[1].isdigit():
            return Mark("(1)", f"({match[1]})", int(match[1])), _rest(text, match)
        if re.fullmatch(r"[ivx]+", match[1]):
            return Mark("(i)", f"({match[1]})", _roman(match[1].upper())), _rest(text, match)
        if len(match[1]) == 1:
            return Mark("(a)", f"({match[1]})", turn_of(match[1])), _rest(text, match)
    if match := _LETTER.match(text):
        return Mark("a)", f"{match[1]})", turn_of(match[1])), _rest(text, match)
    if match := _BULLET.match(text):
        sign = "-" if match[1] in "–—" else match[1]
        return Mark(f"bullet{sign}", sign), _rest(text, match)
    return None, text


def _rest(text: str, match: re.Match[str]) -> str:
    return text[match.end() :].strip()


def _word_value(written: str) -> int:
    if written.isdigit():
        return int(written)
    if re.fullmatch(r"[IVXLC]+", written):
        return _roman(written)
    return _ORDINALS.get(fold(written), 0)


def _is_figure(written: str) -> bool:
    return bool(re.fullmatch(r"\d+|[IVXLC]+", written))


def _roman(written: str) -> int:
    values = [_ROMAN_VALUES[sign] for sign in written]
    return sum(
        -value if any(later > value for later in values[n + 1 : n + 2]) else value
        for n, value in enumerate(values)
    )


def turn_of(letter: str) -> int:
    """Of a letter, in the order of the Vietnamese alphabet (F24)."""
    return _LETTERS.find(letter) + 1


LEAD, SUPPORT, TASKS = "lead", "support", "tasks"
DUE, PRODUCT, SHORTCOMING, NOTE = "due", "product", "shortcoming", "note"

_BODY = r"(?:đơn vị|cơ quan|phòng|bộ phận|phòng ban|các đơn vị|cơ quan, đơn vị|đơn vị, cơ quan)"
_LABELS = (
    (SUPPORT, rf"(?:{_BODY}\s+)?(?:cùng\s+)?phối hợp(?:\s+thực hiện)?"),
    (
        LEAD,
        rf"(?:{_BODY}\s+)?(?:chủ trì(?:\s+(?:thực hiện|tham mưu))?|đầu mối)"
        rf"|{_BODY}\s+(?:thực hiện|tham mưu|đầu mối|chịu trách nhiệm)",
    ),
    (
        TASKS,
        r"(?:các\s+)?nhiệm vụ(?:\s*(?:,|và|/)\s*giải pháp)?(?:\s+(?:chủ yếu|trọng tâm|cụ thể))?"
        r"|(?:các\s+)?giải pháp(?:\s+thực hiện)?|nội dung(?:\s+(?:thực hiện|công việc|nhiệm vụ))?",
    ),
    (
        DUE,
        r"(?:thời gian|thời hạn|tiến độ|hạn)(?:\s+(?:hoàn thành|thực hiện))?|hoàn thành",
    ),
    (
        PRODUCT,
        r"(?:sản phẩm|kết quả)(?:\s*(?:,|và|/)\s*(?:sản phẩm|kết quả))?"
        r"(?:\s+(?:đầu ra|cần đạt|dự kiến|đạt được|chủ yếu))?",
    ),
    (SHORTCOMING, r"(?:những\s+)?(?:tồn tại|hạn chế)(?:\s*,\s*(?:hạn chế|tồn tại))?"),
    (NOTE, r"ghi chú|(?:lãnh đạo|người)(?:\s+Sở)?\s+(?:phụ trách|chỉ đạo)"),
)
_ANY_LABEL = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _LABELS)
_AT_START = re.compile(rf"^(?:{_ANY_LABEL})\s*:\s*", re.IGNORECASE)
_FURTHER = re.compile(rf"(?:^|[;.,(]\s*|\s[-–]\s)(?:{_ANY_LABEL})\s*:\s*", re.IGNORECASE)


def split_labels(text: str) -> list[tuple[str, str]]:
    """ "Đơn vị chủ trì: A; đơn vị phối hợp: B" as (label, value) pairs; [] for a line that begins
    with no label. The tasks of a line are never cut by labels inside them."""
    first = _AT_START.match(text)
    if first is None or first.lastgroup is None:
        return []
    kind, begin = first.lastgroup, first.end()
    found = []
    while kind != TASKS and (further := _FURTHER.search(text, begin)):
        assert further.lastgroup is not None
        found.append((kind, text[begin : further.start()].strip(" ;,-–")))
        kind, begin = further.lastgroup, further.end()
    return [*found, (kind, text[begin:].strip())]


_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*([.;]?)$")
# Labels that a sentence itself hardly holds.
_TRAILING = re.compile(
    r"(?:(?<=[.;,])\s*|\s(?=[-–]))(?:[-–]\s*)?"
    rf"(?=(?:{_BODY}\s+(?:chủ trì|phối hợp|thực hiện|đầu mối)"
    r"|thời hạn\s+hoàn thành|thời gian\s+(?:hoàn thành|thực hiện))\s*:)"
    r"|(?:(?<=[.;])\s*|\s(?=[-–]\s))(?:[-–]\s*)?(?=(?:chủ trì|phối hợp|thời hạn|hạn)\s*:)",
    re.IGNORECASE,
)


def split_remark(text: str) -> tuple[str, list[tuple[str, str]]]:
    """A sentence and the labels after it: of a remark in brackets, as in "… (Chủ trì: Phòng A;
    thời hạn: Quý I)", or behind its end, as in "…. Đơn vị chủ trì: Phòng A". Words of the remark
    that no label holds stay."""
    if match := _BRACKETS.search(text):
        remark = match[1].strip()
        further = _FURTHER.search(remark)
        before = remark[: further.start()].strip(" ;,.") if further else ""
        if further and (labels := split_labels(remark[further.start() :].lstrip(" ;,.–-"))):
            kept = f" ({before})" if before else ""
            return text[: match.start()] + kept + match[2], labels
    if match := _TRAILING.search(text):
        return text[: match.start()].rstrip(" ,;–-"), split_labels(text[match.end() :])
    return text, []
