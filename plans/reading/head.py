"""The head of a plan document: number, date, title, opening (F11–F20; S1–S4); and which lines are
head, body and end."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from config.vietnamese.text import clean_line, fold
from plans.planfile.content import DocumentType
from plans.reading.capitals import written_out
from plans.reading.citations import Cited, citations
from plans.reading.draft import Doubt, DraftPlan
from plans.reading.ending import APPENDED, CLOSING, add_recipient, signature
from plans.reading.lines import Line
from plans.reading.marks import split_labels, split_mark
from plans.reading.parties import Directory, shortens

_NUMBER = re.compile(r"^Số\s*:?\s*(\d*)\s*[.…_]*\s*/\s*([A-ZĐ][\w&.-]*(?:-[\w&]+)*)")
_DATE = re.compile(
    r"^(?P<place>[^,]{1,60}),\s*ngày\s*(?P<day>\d{0,2})[\s.…_]*tháng\s*(?P<month>\d{0,2})[\s.…_]*"
    r"năm\s*(?P<year>\d{4})"
)
_TYPES = {fold(name): name for name in get_args(DocumentType)} | {
    fold(name): "Văn bản khác" for name in ("Chương trình", "Đề án", "Phương án", "Thông báo")
}
_MOTTO = re.compile(r"cong hoa xa hoi chu nghia|doc lap-tu do-hanh phuc")
_MOTTO_LINES = re.compile(
    r"cộng h(?:òa|oà|oa) xã hội chủ nghĩa việt nam|độc lập\s*[-–]\s*tự do\s*[-–]\s*hạnh phúc",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^(?:Thực hiện|Căn cứ|Nhằm|Để|Trên cơ sở|Triển khai thực hiện|Xét)\b")
_ISSUER = re.compile(
    r"\bcủa\s+((?:Sở|Ban|Văn phòng|Chi cục|UBND|Ủy ban)\s+[^,;.()]+?)(?:\s+năm\s+\d{4})?$"
)
_BODY = re.compile(
    r"(?:UBND|HĐND|[UỦ][YỶ] BAN|HỘI ĐỒNG|BỘ|SỞ|BAN|CỤC|CHI CỤC|TỔNG CỤC|TRUNG TÂM|VĂN PHÒNG"
    r"|THANH TRA|PHÒNG|TRƯỜNG|BỆNH VIỆN|VIỆN|ĐÀI|QUỸ|CÔNG AN|HẠT|TRẠM|BẢO TÀNG|THƯ VIỆN|CÔNG TY)\b"
)
_SECTION = re.compile(
    r"(?:muc dich|muc tieu|yeu cau|quan diem|noi dung|(?:cac )?nhiem vu|giai phap|phan cong)\b"
)
_COMMITTEE = re.compile(r"UBND|[UỦ][YỶ] BAN")
# What an appendix is called that stands alone; no letterhead, though in capitals, too.
_LISTED = re.compile(
    r"(?:DANH (?:MỤC|SÁCH)|BIỂU|BẢNG|PHÂN CÔNG|NHIỆM VỤ|(?:TỔNG HỢP|THEO DÕI) (?:CÁC )?NHIỆM VỤ)\b"
    r"|(?:Danh mục|Bảng|Biểu) (?:phân công|các |tổng hợp|theo dõi|nhiệm vụ|công việc)"
)
_STAMP = re.compile(r"DỰ THẢO|(?:THƯỢNG )?KHẨN\b|HỎA TỐC|HOẢ TỐC|(?:TỐI |TUYỆT )?MẬT\b")
_ISSUES = re.compile(
    r"(?:^|[,;]\s+)(?P<name>(?:Sở|Ban|Văn phòng|Chi cục|Cục|UBND|[UỦ][ỷỶyY] ban|Trung tâm|Thanh tra"
    r"|Phòng|Trường|Bệnh viện|Viện)\s[^;.:()]{2,150}?)"
    r"\s+(?:xây dựng|ban hành|triển khai|đề ra|lập)\s+(?:[Kk]ế hoạch|[Cc]hương trình|nội dung)",
    re.MULTILINE,
)
_ATTACHED_TYPES = ("Kế hoạch", "Văn bản khác")
_BY_DECISION = re.compile(r"\b[Kk]èm theo Quyết định\b")
# Of a letter: its subject, and to whom it goes.
_BASIS = re.compile(
    r"(?<=[\w;,.)”\"])\s+(?=Căn cứ\s+(?:Luật|Bộ luật|Nghị|Quyết|Thông|Chỉ|Kế hoạch số|Công|Chương"
    r"|Kết|Đề án|Hướng|Văn bản|Hiến))"
)
_TO = "Kính gửi"
_SUBJECT = re.compile(r"^V/v:?\s+(?=\S)", re.IGNORECASE)
_ADDRESSED = re.compile(r"^Kính gửi\s*:?\s*")
_BY_WHOM = re.compile(
    r"^(?:GIÁM ĐỐC|CHỦ TỊCH|[UỦ][YỶ] BAN|CHÁNH|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|HIỆU TRƯỞNG)\b"
)
_CARRIES_OUT = re.compile(r"^(?:Thực hiện|Triển khai)\b")
_PARENTS = ("Kế hoạch", "Quyết định", "Chỉ thị", "Nghị quyết", "Công văn", "Văn bản khác")
_YEAR = re.compile(r"\bnăm\s+(\d{4})\b", re.IGNORECASE)


def split(lines: list[Line]) -> tuple[list[Line], list[Line], list[Line], list[Line]]:
    """Head, body, end and what follows the end (an appendix). Of a plan that a decision puts into
    force, the articles of the decision belong to the head."""
    if attached := _attached_plan(lines):
        head, articles, end, between = _split(lines[:attached])
        own_head, body, own_end, appendix = _split(lines[attached:])
        return head + articles + between + own_head, body, end + own_end, appendix
    return _split(lines)


def _attached_plan(lines: list[Line]) -> int:
    """Where "KẾ HOẠCH … (Ban hành kèm theo Quyết định số …)" begins after the decision; else 0."""
    for n, line in enumerate(lines):
        named = _type_and_title(line.text) if n > 3 else None
        below = lines[n : n + 6] if named and named[0] in _ATTACHED_TYPES else []
        if any(_BY_DECISION.search(one.text) for one in below):
            return n
    return 0


def _split(lines: list[Line]) -> tuple[list[Line], list[Line], list[Line], list[Line]]:
    recipients = next(
        (n for n, line in enumerate(lines) if re.match(r"Nơi nhận\s*:?", line.text)), None
    )
    end = signature(lines, recipients)
    closing = next(
        (
            n
            for n in range(min(end, len(lines)) - 1, max(0, end - 8), -1)
            if CLOSING.search(lines[n].text)
        ),
        end,
    )
    appendix = next(
        (n for n in range(end, len(lines)) if APPENDED.match(lines[n].text)),
        len(lines),
    )
    begin = _begin(lines[:closing])
    return lines[:begin], lines[begin:closing], lines[closing:appendix], lines[appendix:]


def _begin(lines: list[Line]) -> int:
    """Where the body begins: at the first number or label, or at an unnumbered heading that
    stands after the opening."""
    opened = titled = False
    titled_at = 0
    for n, line in enumerate(lines):
        mark, text = split_mark(line.text)
        if mark is not None and not mark.is_bullet:
            return n
        if mark is None and split_labels(text) and titled:
            return n
        if mark is None and (line.level or line.bold or text.isupper()):
            if opened and (line.level or text.isupper()):
                return n
            if titled and n > titled_at + 1 and _SECTION.match(fold(text)):
                return n
        if not titled and (_type_and_title(text) is not None or _SUBJECT.match(line.text)):
            titled, titled_at = True, n
        opened |= bool(_OPENING.match(text)) or (titled and text.endswith(":"))
    return len(lines)


def _without_motto(lines: list[Line]) -> Iterator[Line]:
    """A letterhead typed beside the motto (F8, F9) is a line with it."""
    for line in lines:
        if not _MOTTO.search(fold(line.text)):
            yield line
            continue
        for part in _MOTTO_LINES.split(line.text):
            if part.strip("-–—_ "):
                yield replace(line, text=part.strip())


def _type_and_title(text: str) -> tuple[str, str] | None:
    """ "KẾ HOẠCH" alone, or with the title after it where both are in capitals."""
    if kind := _TYPES.get(fold(text)):
        return kind, ""
    if text.isupper():
        for name, kind in _TYPES.items():
            if fold(text).startswith(f"{name} "):
                return kind, text.split(maxsplit=name.count(" ") + 1)[-1]
    return None


def read_head(lines: list[Line], plan: DraftPlan) -> list[Line]:
    """Fills in what the head says; the lines that were not understood."""
    unread: list[Line] = []
    title: list[str] = []
    opening: list[str] = []
    letterhead: list[Line] = []
    addressed = False
    for line in _without_motto(lines):
        text = line.text
        if (match := _ADDRESSED.match(text)) and not opening:
            addressed, text = True, text[match.end() :]
        if addressed and not opening and not _opens(text, plan, title):
            add_recipient(split_mark(text)[1], line.number, plan, _TO)
            continue
        if match := _NUMBER.match(text):
            plan.number, plan.symbol = match[1], match[2].strip("-.")
            if date := _DATE.match(text[match.end() :].strip()):
                _date(date, plan)
        elif match := _DATE.match(text):
            _date(match, plan)
        elif not text.strip("-–—_=*. "):
            continue
        elif not plan.type and (match := _SUBJECT.match(text)):
            plan.type = "Công văn"
            subject = text[match.end() :]
            title.append(subject[:1].upper() + subject[1:])
            plan.title_line = line.number
        elif not plan.type and (named := _type_and_title(text)):
            plan.type, rest = named
            title += [rest] if rest else []
        elif opening or _opens(text, plan, title) or (title and _BY_WHOM.match(text)):
            opening.append(text)
        elif plan.type and text.strip("-–_ "):
            title.append(text)
            plan.title_line = plan.title_line or line.number
        elif _LISTED.match(text):
            unread.append(line)
        elif (text.isupper() or _BODY.match(text.upper())) and not _STAMP.match(text):
            letterhead.append(line)
        else:
            unread.append(line)
    plan.title = clean_line(" ".join(title)).rstrip(".")
    plan.opening = "\n".join(part for text in opening for part in _bases(text))
    _what_the_title_says(plan)
    return unread + _who_issues(letterhead, plan)


def take_title_of_list(unread: list[Line], plan: DraftPlan) -> list[Line]:
    """A plan that nothing else names is called as its list is; the lines that are left."""
    listed = next((line for line in unread if _LISTED.match(line.text)), None)
    if plan.title or plan.symbol or listed is None:
        return unread
    plan.title, plan.title_line = listed.text.rstrip("."), listed.number
    years = _YEAR.findall(plan.title)
    plan.year = plan.year or (int(years[-1]) if years else None)
    return [line for line in unread if line is not listed]


def _bases(text: str) -> list[str]:
    """ "Căn cứ A ngày … Căn cứ B ngày …" typed on one line are two."""
    return [part.strip() for part in _BASIS.split(text) if part.strip()]


def _who_issues(letterhead: list[Line], plan: DraftPlan) -> list[Line]:
    """The superior and the agency of a letterhead (F11, F12), as printed in capitals; lines above
    both. A name may go over several lines; each begins with what kind of body it is."""
    names: list[list[Line]] = []
    for line in letterhead:
        if names and not _BODY.match(line.text):
            names[-1].append(line)
        else:
            names.append([line])
    written = [re.sub(r"[-–_]{2,}$", "", " ".join(one.text for one in name)) for name in names]
    stated = _stated_issuer(plan)
    symbol = plan.symbol.rpartition("-")[2]
    if len(written) == 1 and _COMMITTEE.match(written[0]) and (symbol or stated) != "UBND":
        written.append("")  # whose department it is was lost
    plan.superior, plan.agency_name = ["", "", *written][-2:]
    plan.agency_name = plan.agency_name or stated
    return [line for name in names[:-2] for line in name]


def _stated_issuer(plan: DraftPlan) -> str:
    """Without a letterhead, who says in the opening that it issues the plan; a title that names an
    agency may name another one, so it counts only when the symbol is that agency's."""
    found = [match["name"] for match in _ISSUES.finditer(plan.opening)]
    if found:
        return clean_line(found[-1])
    named = named_by_title(plan.title)
    return named if named and shortens(plan.symbol.rpartition("-")[2], named) else ""


def named_by_title(title: str) -> str:
    """The agency at the end of a title ("… của Sở Y tế năm 2026"), which need not be the issuer."""
    match = _ISSUER.search(title)
    return clean_line(match[1]) if match else ""


def spell_agency(plan: DraftPlan, lines: list[Line], directory: Directory) -> Iterator[Doubt]:
    """The name of the agency with the capitals it is written with: as it is known here, as the
    document itself writes it elsewhere, as the law does. Else it stays as printed, with a doubt."""
    printed = plan.agency_name
    if not printed.isupper():
        return
    known = (one for one in directory.agency if fold(one) == fold(printed))
    pattern = re.compile(
        r"(?<!\w)" + r"\s+".join(map(re.escape, printed.split())) + r"(?!\w)", re.IGNORECASE
    )
    texts = [line.text for line in lines if not line.text.isupper()]
    spelled = (match[0] for text in texts if (match := pattern.search(text)))
    written = (one for one in spelled if not one.isupper() and one[0].isupper())
    name = next(known, "") or next(written, "") or written_out(printed)
    if name:
        plan.agency_name = clean_line(name)
        return
    yield Doubt(
        None,
        f"cơ quan ban hành in toàn chữ hoa: “{printed}”; chưa rõ viết hoa chữ nào, đồng chí sửa ở "
        "“Cơ quan ban hành”",
    )


def _opens(text: str, plan: DraftPlan, title: list[str]) -> bool:
    """Whether the opening begins; the first line after "KẾ HOẠCH" is always its title."""
    if plan.type and not title:
        return False
    return bool(_OPENING.match(text)) or (bool(title) and text.endswith(":"))


def _date(match: re.Match[str], plan: DraftPlan) -> None:
    plan.place = clean_line(match["place"])
    plan.day = int(match["day"]) if match["day"] else None
    plan.month = int(match["month"]) if match["month"] else None
    plan.issue_year = int(match["year"])


def _what_the_title_says(plan: DraftPlan) -> None:
    years = _YEAR.findall(plan.title)
    plan.year = int(years[-1]) if years else plan.issue_year
    # "Thực hiện Kế hoạch …" names what is carried out; a "Căn cứ" may only be what allows it.
    carried_out = [one for one in plan.opening.split("\n") if _CARRIES_OUT.match(one)]
    cited = [one for line in (*carried_out, plan.opening) for one in citations(line)]
    if parent := next((one for one in cited if one.type in _PARENTS), None):
        plan.parent = _with_whole_title(parent, plan.opening)


def _with_whole_title(cited: Cited, opening: str) -> Cited:
    """The subject of the parent document up to "(sau đây gọi tắt …" or the plan's own agency; it
    may hold semicolons and brackets."""
    match = re.search(
        rf"{cited.number}/\S*?{re.escape(cited.symbol)}[^;\n]*?\s(về|ban hành)\s", opening
    )
    if not match:
        return cited
    rest = opening[match.start(1) :]
    end = re.search(
        r"\s*\(sau đây|,\s+(?:Sở|Ban|Văn phòng|Phòng|UBND|Chi cục)\b|\.\s"
        r"|;\s*(?:$|(?:Căn cứ|Thực hiện|Theo|Xét)\b)|\n",
        rest,
    )
    title = rest[: end.start()] if end else cited.title
    title = clean_line(title).removeprefix("về ").strip(" ,;:")
    short = re.search(r"\(sau đây (?:gọi tắt|viết tắt|gọi) là\s*:?\s*([^()]+)\)", rest)
    short_name = clean_line(short[1]).strip(' “”"') if short else ""
    return replace(cited, title=title[:1].upper() + title[1:], short_name=short_name)
