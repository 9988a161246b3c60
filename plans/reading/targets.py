"""Targets in percent and yes/no targets in the sentences of tasks (S18–S25, A7, A8).

A measure is called by the printed clause that sets it: no name is invented.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from config.vietnamese.text import clean_line, fold

_NUMBER = r"(\d{1,3}(?:[.,]\d+)?)\s?%"
_PERCENT = re.compile(_NUMBER)
_RANGE = re.compile(r"\d{1,3}(?:[.,]\d+)?\s?%?\s?[-–]\s?\d{1,3}(?:[.,]\d+)?\s?%")
_GROWTH = re.compile(
    rf"(?:mỗi năm|hằng năm|hàng năm|bình quân)[^,;.%]*?tăng[^,;.%]*?{_NUMBER}"
    rf"|tăng[^,;.%]*?{_NUMBER}\s*(?:/\s*năm|mỗi năm|hằng năm|hàng năm|một năm)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(rf"(?:tăng|giảm)[^,;.%]*?{_NUMBER}", re.IGNORECASE)
_AT_MOST = re.compile(r"(?:không quá|không vượt quá|dưới|tối đa|nhiều nhất|<|≤)\s*$", re.IGNORECASE)
_FULL = re.compile(
    r"đáp ứng\s+(?:đầy đủ\s+)?(?:các\s+)?(?:tiêu chí|tiêu chuẩn|yêu cầu)|đạt chuẩn", re.IGNORECASE
)
_CLAUSE = re.compile(r"[;]|\.(?:\s|$)|(?<=[^\d]),\s(?=(?:đảm bảo|bảo đảm|phấn đấu)\b)|\n")
_LEADING = re.compile(
    r"^(?:đảm bảo|bảo đảm|phấn đấu|trong đó|và)\s+(?:hoàn thành\s+)?", re.IGNORECASE
)
CAP = Decimal(100)


@dataclass
class Target:
    """A target as printed. `yearly_growth` in percentage points; `criterion` counts from 1.
    `doubt` says what is not clear; a target in doubt has no number."""

    name: str
    scale: str = "percent"
    direction: str = "at_least"
    target: Decimal | None = None
    yearly_growth: Decimal | None = None
    criterion: int | None = None
    line: int | None = None
    doubt: str = ""


def targets(wording: str, line: int | None = None) -> tuple[list[Target], list[str]]:
    """The targets that a task's wording sets, and doubts about numbers that are none."""
    found: list[Target] = []
    doubts: list[str] = []
    for clause in _clauses(wording):
        if growth := _GROWTH.search(clause):
            points = _decimal(growth[1] or growth[2])
            rest = clause[: growth.start()] + clause[growth.end() :]
            own = _own(rest, clause, line, doubts)
            found += own
            if (last := (own or found)[-1:]) and last[0].yearly_growth is None:
                last[0].yearly_growth = points
                doubts.append(f"“{growth[0]}” hiểu là điểm phần trăm mỗi năm, không quá 100%")
            else:
                doubts.append(f"“{growth[0]}” không rõ của chỉ tiêu nào; giữ trong câu chữ")
        else:
            found += _own(clause, clause, line, doubts)
    return found, doubts


def _clauses(wording: str) -> list[str]:
    return [one for one in (clean_line(part) for part in _CLAUSE.split(wording)) if one]


def _own(text: str, clause: str, line: int | None, doubts: list[str]) -> list[Target]:
    """The targets of one clause."""
    name = _name(clause)
    if _RANGE.search(text):
        doubts.append(f"“{_RANGE.search(text)[0]}” là một khoảng; chưa rõ mức giao")  # type: ignore[index]
        return []
    if relative := _RELATIVE.search(text):
        doubts.append(f"“{relative[0]}” chưa rõ là điểm phần trăm hay so với trước; giữ chữ")
        return []
    parts = re.split(r",\s+", text)
    if sum(bool(_PERCENT.search(part)) for part in parts) > 1:
        return [one for part in _by_comma(parts) for one in _own(part, part, line, doubts)]
    found = []
    for number in _PERCENT.finditer(text):
        value = _decimal(number[1])
        if value > 100:
            doubts.append(f"“{number[0]}” vượt 100%; không lấy làm chỉ tiêu")
            continue
        direction = "at_most" if _AT_MOST.search(text[: number.start()]) else "at_least"
        found.append(Target(name, direction=direction, target=value, line=line))
    if not found and _FULL.search(text):
        found.append(Target(name, scale="yes_no", target=Decimal(1), line=line))
    return found


def _by_comma(parts: list[str]) -> list[str]:
    """Parts of a clause that has several numbers, each with one; words without a number go with
    the number before them."""
    joined: list[str] = []
    for part in parts:
        if joined and not (_PERCENT.search(part) and _PERCENT.search(joined[-1])):
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    return joined


def _name(clause: str) -> str:
    name = _LEADING.sub("", clean_line(clause).strip(" ,.;:("))
    name = name[:1].upper() + name[1:]
    return name if len(name) <= 380 else name[:380].rsplit(" ", 1)[0] + "…"


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", "."))


def match_criteria(found: list[Target], criteria: list[str]) -> None:
    """Say of each target which criterion it is of, where their words tell."""
    if len(criteria) == 1:
        for target in found:
            target.criterion = 1
        return
    for target in found:
        words = _words(target.name)
        shares = [len(words & _words(one)) / max(1, len(_words(one))) for one in criteria]
        if shares and max(shares) >= 0.5 and shares.count(max(shares)) == 1:
            target.criterion = shares.index(max(shares)) + 1


def without_number(criteria: list[str], found: list[Target]) -> list[Target]:
    """Criteria that are rates and for which no number is set: "không giao chỉ tiêu" (A7)."""
    taken = {target.criterion for target in found}
    return [
        Target(_name(title), criterion=number)
        for number, title in enumerate(criteria, 1)
        if number not in taken and re.search(r"\bty le\b", fold(title))
    ]


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(text)) if len(word) > 1}
