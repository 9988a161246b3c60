"""Deadlines in the sentence of a task ("…, hoàn thành trước ngày 30/6/2026", "(Quý II)").

A deadline is taken where the sentence says so: after a word of completion, after "chậm nhất" or
"Thời hạn:", alone in brackets, or as words of time that open or close a clause. What only looks
like one is a doubt that quotes its words, so that nothing is set by a guess and nothing is dropped
in silence. The day of a cited document is never a deadline.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from plans.reading.deadlines import CITED, Deadline, read_deadline

_YEAR = r"(?:\s?(?:/|-|,?\s?\bnăm)\s?\d{4}(?!\d))"
_SPELT = r"(?:mười(?:\s(?:một|hai))?|một|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín)"
_AND = r"\s?(?:,|và|hoặc|đến|-|–|\+)\s?"
# Two of three: "2/3 số thủ tục" is no day.
_PART_OF = r"(?!\s+(?:số|tổng|các|hộ|xã|diện tích|dân|thành viên|cán bộ|công chức)\b)"
_DAY = (
    r"\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?(?:\d{4}|\d{2}))?(?![\d/]|\.\d|\s?%)"
    rf"{_PART_OF}"
)
_IN_WORDS = rf"\d{{1,2}}\s+tháng\s+(?:\d{{1,2}}|{_SPELT})\b{_YEAR}?"
_OF_EACH = (
    r"(?:\s+(?:của\s+)?(?:(?:h[ằà]ng|mỗi|từng|các)\s+)?(?:tháng|quý|năm)\b"
    r"(?:\s+(?:cuối|đầu|kế tiếp|tiếp theo|sau|tới)\b)?(?:\s+(?:của\s+)?(?:h[ằà]ng\s+|mỗi\s+)?"
    r"(?:quý|năm)\b(?!\s\d))?)"
)
_DAY_OF_EACH = (
    rf"ngày\s+(?:\d{{1,2}}(?!\d|\s?[/.-]\s?\d|\s?%)|(?:làm việc\s+)?cuối(?:\s+cùng)?\b){_OF_EACH}?"
)
_LISTED = r"(?=\s*(?:$|[,.;()/–-]|\bnăm\b|\btháng\b|\bvà\b|\bh[ằà]ng\b))"
_MONTH = (
    rf"tháng\s+(?:\d{{1,2}}|{_SPELT})\b(?!\s?%)"
    rf"(?:{_AND}(?:tháng\s+)?\d{{1,2}}\b(?!\s?[/.-]\s?\d{{1,2}}\b|\s?%){_LISTED})*{_YEAR}?"
)
_QUARTER = (
    r"quý\s+(?:IV|I{1,3}|[1-4]|một|hai|ba|tư|bốn)\b"
    rf"(?:{_AND}(?:quý\s+)?(?:IV|I{{1,3}}|[1-4]\b{_LISTED})\b)*{_YEAR}?"
)
_HALF = r"(?:0?[369]|ba|sáu|chín)\s+tháng\s+(?:đầu|cuối)(?:\s+năm)?\b(?:\s+\d{4})?"
_YEARS = r"năm\s+\d{4}(?!\d)(?:\s?[-–]\s?\d{4})?"
_THIS = r"(?:năm|quý|tháng)(?:\s+(?:này|nay|sau|tới))?\b(?!\s+(?:học|ngày|\d))"
_OCCASION = (
    r"(?:dịp\s+|ngày\s+)*(?:Tết|kỳ họp|đại hội|khai giảng|năm học|quốc khánh|mùa|thềm|lễ)\b"
    r"[^.;,():]{0,40}"
)
_HOUR = r"(?:\d{1,2}\s?(?:h|giờ)\s?(?:\d{2})?(?:\s?phút)?,?\s+)"
_TIME = (
    rf"(?:{_HOUR}?(?:(?:hết|cuối|đầu|giữa|khoảng|thời điểm|trung tuần|thượng tuần|hạ tuần"
    r"|nửa đầu|nửa cuối|tuần\s+(?:thứ\s+)?\w+(?:\s+của)?)\s+)*"
    rf"(?:(?:ngày\s+)?(?:{_IN_WORDS}|{_DAY})|{_DAY_OF_EACH}|{_HALF}|{_MONTH}|{_QUARTER}|{_YEARS}))"
)
_BEFORE = r"(?:trước|trong|vào|đến|tới|hết|cuối|kể từ|từ)"
_SPAN = (
    rf"(?:{_BEFORE}\s+)?{_TIME}(?:(?:{_AND}|\s)(?:{_BEFORE}\s+)?{_TIME})*"
    r"(?:\s+h[ằà]ng\s+(?:tuần|tháng|quý|năm)\b)?"
)
# A clause as far as a deadline goes; the dots of "30.6.2026" do not end it.
_REST = r"(?:[^.;()\n]|\.(?=\d)){1,120}"

_DONE = re.compile(
    r"\b(?:hoàn thành|hoàn tất|kết thúc|xong|thời hạn(?:\s+(?:hoàn thành|thực hiện))?)"
    r"(?:\s+(?:xong|toàn bộ|dứt điểm|cơ bản|đầy đủ|chậm nhất|muộn nhất))*(?:\s+(?:là|vào))?\s+"
    rf"(?P<words>{_SPAN}|(?:(?:trước|trong|vào|đến)\s+)?(?:hết|cuối|đầu|giữa)\s+{_THIS}"
    r"|(?:trước|trong|chậm nhất|muộn nhất)\s+(?!thời hạn|tiến độ|kế hoạch|hạn\b)"
    r"[^.;,()\n]{2,80})",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:^|(?<=[\s(]))(?:thời hạn|thời gian|tiến độ|hạn)(?:\s+(?:hoàn thành|thực hiện))?\s*:\s*"
    rf"(?P<words>{_REST})",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"\b(?P<words>(?:chậm nhất|muộn nhất|không muộn hơn|không quá ngày)(?:\s+(?:là|vào))?\s+"
    rf"(?:{_SPAN}|[^.;,()\n]{{2,80}}))",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    rf"\((?:[^()]*;\s*)?(?P<words>{_SPAN}"
    r"|(?:định kỳ\s+)?(?:h[ằà]ng|mỗi)\s+(?:ngày|tuần|tháng|quý|năm)"
    r"|thường xuyên(?:\s+trong năm)?)\s*(?:;[^()]*)?\)",
    re.IGNORECASE,
)
# "… – Phòng A – Quý III/2026."
_AT_THE_END = re.compile(
    rf"(?:\s[-–]|;)\s(?P<words>{_SPAN}|thường xuyên(?:\s+trong năm)?"
    r"|h[ằà]ng\s+(?:ngày|tuần|tháng|quý|năm))(?=\s*[.;]?\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_REGULAR = re.compile(
    r"\b(?P<words>định kỳ\s+(?:(?:vào\s+)?ngày\s+\d{1,2}\s+)?(?:h[ằà]ng|mỗi|theo)\s+"
    r"(?:ngày|tuần|tháng|quý|năm))\b(?=\s*(?:$|[.;,)]))",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"\b(?P<words>(?:(?:xong\s+)?trước(?:\s+ngày)?|trong|vào|đến|tới|hết|từ)\s+{_SPAN}"
    rf"|(?:trước|trong|vào|đến)\s+(?:hết|cuối|đầu|giữa)\s+{_THIS}"
    rf"|trước\s+{_OCCASION}|tại\s+(?:các\s+)?kỳ họp\b[^.;,()\n]{{0,40}}"
    r"|trước\s+ngày\s+[^.;,()\n]{2,60})",
    re.IGNORECASE,
)
# "… đạo đức công vụ quý 2 và quý 4." may say when; "kết quả quý 2" does not.
_BARE = re.compile(
    r"\b(?P<words>(?<!kết quả )(?<!báo cáo )(?<!số liệu )(?<!kế hoạch )(?<!công tác )"
    rf"(?<!chương trình )(?<!chỉ tiêu )(?<!nhiệm vụ )(?:{_QUARTER}|{_HALF}|{_MONTH})"
    rf"(?:{_AND}(?:{_QUARTER}|{_MONTH}))*|(?:h[ằà]ng|mỗi)\s+(?:tuần|tháng|quý|năm)\b"
    rf"|ngày\s+(?:{_DAY}|{_IN_WORDS}))",
    re.IGNORECASE,
)
# "Quyết định … ngày 01/02/2026", also without a number.
_OF_A_DOCUMENT = re.compile(
    r"\b(?:Luật|Nghị|Quyết|Thông|Chỉ thị|Kế hoạch|Công văn|Chương trình|Kết luận|Đề án|Hướng dẫn"
    r"|Tờ trình|Báo cáo|Biên bản|Văn bản|văn bản|số)\b[^.;\n]*$"
)
_ONLY_YEARS = re.compile(
    rf"(?:(?:trong|vào|đến|tới|từ|và|,|-|–)\s*)*(?:{_YEARS}(?:\s*(?:{_AND}|đến)?\s*)?)+",
    re.IGNORECASE,
)
# What the words of time belong to when it is not to the task: papers of an earlier day, figures.
_OF_A_THING = re.compile(
    r"(?:\bđã\b[^.;,()]*|\b(?:tiếp nhận|phát sinh|đạt được|có hiệu lực|được (?:cấp|ban hành|giao)"
    r"|giai đoạn|tính|kể|so với)\s*)$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:^|[.;:(,–\n]|\s-)\s*(?:(?:và|phấn đấu|riêng|[-+*•])\s+)*$", re.IGNORECASE)
_CLOSES = re.compile(
    r"\s*(?:$|[.;,()\n–]|-\s|(?:để|nhằm|theo|phục vụ|làm (?:cơ sở|căn cứ)|gửi|báo cáo|trình)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Place:
    """Words of time in a sentence; `certain`: the sentence says that they are its deadline."""

    start: int
    end: int
    words: str
    certain: bool


def deadline_in(text: str, year: int | None) -> tuple[Deadline, list[str]]:
    """The deadline that a sentence sets, blank when it sets none, and what is not certain of it.
    `year` is the plan's."""
    taken: list[Deadline] = []
    doubts: list[str] = []
    for place in _places(text):
        due = read_deadline(place.words, year)
        if not place.certain:
            doubts.append(f"“{place.words}” có thể là thời hạn; chưa lấy, giữ trong câu chữ")
        elif due.due_on and year and due.due_on.year < year:
            doubts.append(f"“{place.words}” trước năm của kế hoạch ({year}); chưa lấy làm thời hạn")
        else:
            taken.append(due)
    read = [one for one in taken if one.due_on or one.ongoing] or taken
    doubts += [f"thời hạn: {one.doubt}" for one in taken if one.doubt]
    if not read:
        return Deadline(), doubts
    last = max(read, key=lambda one: (one.due_on is not None, one.due_on or 0))
    if len({(one.due_on, one.words) for one in read}) > 1:
        listed = "”, “".join(dict.fromkeys(one.words for one in read))
        doubts.append(f"thời hạn: câu ghi nhiều mốc (“{listed}”); lấy “{last.words}”")
    return replace(last, words=last.words[:200]), doubts


def _places(text: str) -> Iterator[_Place]:
    """In the order of the text, none over another."""
    # Sign by sign in the same places, so that positions stay true.
    bare = CITED.sub(lambda cited: "\0" * len(cited[0]), text)
    found: list[_Place] = []
    for pattern in (
        _LABELLED,
        _DONE,
        _BRACKETED,
        _LATEST,
        _REGULAR,
        _AT_THE_END,
        _SPOKEN,
        _BARE,
    ):
        for match in pattern.finditer(bare):
            start, end = match.span("words")
            words = text[start:end].rstrip(" ,;:–-")
            end = start + len(words)
            if any(one.start < end and start < one.end for one in found):
                continue
            if pattern is _BARE and (
                not _CLOSES.match(bare, end) or _OF_A_DOCUMENT.search(text[:start][-200:])
            ):
                continue
            only_years = _ONLY_YEARS.fullmatch(words) is not None
            if pattern in (_BRACKETED, _AT_THE_END, _SPOKEN) and only_years:
                # "trong năm 2026" closes many a sentence that is not about a day.
                if pattern is _BRACKETED or not _stands_apart(bare, start, end):
                    continue
                certain = False
            else:
                certain = pattern is not _BARE
                certain &= pattern is not _SPOKEN or _stands_apart(bare, start, end)
            found.append(_Place(start, end, words, certain))
    return iter(sorted(found, key=lambda one: one.start))


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Whether words of time open or close their clause, and belong to nothing else in it."""
    before = text[max(0, start - 120) : start]
    if _OF_A_THING.search(before.rsplit("\n", 1)[-1]):
        return False
    return bool(_OPENS.search(before) or _CLOSES.match(text, end))
