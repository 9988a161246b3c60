"""The end of a plan document: closing, recipients, signatory (F26–F30; S34–S36)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from config.vietnamese.text import clean_line
from plans.reading.draft import DraftPlan, DraftRecipient
from plans.reading.lines import Line
from plans.reading.marks import split_mark
from plans.reading.private import NAME

CLOSING = re.compile(r"^(?:Trên đây là|Căn cứ Kế hoạch này,? yêu cầu)|\./\.$")
_AUTHORITY = re.compile(r"^(?:KT|TM|TL|TUQ|Q)\s*\.")
_BESIDE = re.compile(
    r"^(?:(?P<left>Nơi nhận\s*:|[-–+]\s.*?[;.])\s+"
    r"(?P<right>(?:(?:KT|TM|TL|TUQ|Q)\.\s*)?(?:PHÓ |QUYỀN )?"
    r"(?:GIÁM ĐỐC|CHÁNH|TRƯỞNG|CHỦ TỊCH|CỤC TRƯỞNG|ỦY BAN)[A-ZĐÀ-Ỹ ]*)"
    rf"|(?P<last>[-–+]?\s*Lưu\s*:[^;]*?\.)\s+(?P<name>{NAME}))$"
)
# What an office is called above the name of who holds it, in capitals (F29).
_OFFICE = re.compile(
    r"^(?:(?:KT|TM|TL|TUQ|Q)\s*\.[A-ZĐÀ-Ỹ\d ,.&-]{2,60}"
    r"|(?:PHÓ |QUYỀN )?(?:TỔNG )?(?:GIÁM ĐỐC|CHÁNH|CHỦ TỊCH|CHỦ NHIỆM|BÍ THƯ|ĐỘI TRƯỞNG"
    r"|(?:BỘ |THỨ |CỤC |CHI CỤC |VỤ |VIỆN |HIỆU |HẠT |TRẠM )?(?:PHÓ )?TRƯỞNG"
    r"|(?:CỤC|CHI CỤC|VIỆN|HIỆU) PHÓ|THỦ TRƯỞNG)(?:[A-ZĐÀ-Ỹ ,&-]{0,60}))$"
)
_SIGNED = re.compile(r"^\((?:[Đđ]ã )?[Kk]ý[^()]*\)$")
APPENDED = re.compile(r"(?:PHỤ LỤC|Phụ lục)(?:\s+[IVX\d]+)?\s*$")
_PURPOSE = re.compile(r"\s*\(([^()]{1,20})\)$")
# Also "Nguyễn Văn A", as drafts have it.
_NAME = re.compile(r"^[A-ZĐÀ-Ỹ][a-zà-ỹ]+(?:\s+[A-ZĐÀ-Ỹ][a-zà-ỹ]+){1,4}(?:\s+[A-ZĐ])?$")


def signature(lines: list[Line], recipients: int | None) -> int:
    """Where the end begins: with who signs, where that stands above the recipients or there are
    none, else with the recipients."""
    stop = recipients
    if stop is None:
        stop = next(
            (n for n, line in enumerate(lines) if n > 3 and APPENDED.match(line.text)), len(lines)
        )
    begin = stop
    while begin and (_NAME.match(lines[begin - 1].text) or _SIGNED.match(lines[begin - 1].text)):
        begin -= 1
    titled = begin
    while titled and _OFFICE.match(lines[titled - 1].text):
        titled -= 1
    return titled if titled < begin and stop - begin <= 3 else stop


def read_end(lines: list[Line], plan: DraftPlan) -> list[Line]:
    """Fills in what the end says; the lines that were not understood."""
    unread: list[Line] = []
    receiving = False
    titles: list[Line] = []
    for line in _columns(lines):
        text = line.text
        mark, rest = split_mark(text)
        if re.match(r"Nơi nhận\s*:?", text):
            receiving = True
        elif receiving and (
            (mark is not None and mark.is_bullet)
            or (text.startswith("Lưu") and not _NAME.match(text))  # a surname, too
        ):
            add_recipient(rest if mark else text, line.number, plan)
        elif _AUTHORITY.match(text) or (text.isupper() and len(text) <= 60):
            titles.append(line)
        elif _NAME.match(text) and not plan.signer:
            plan.signer = text
        elif CLOSING.search(text) or not receiving:
            plan.closing = f"{plan.closing}\n{text}".strip()
        elif not re.match(r"^\(.*\)$", text):
            unread.append(line)
    for title in titles:
        if _AUTHORITY.match(title.text):
            # "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"
            plan.authority = f"{plan.authority} {title.text}".strip()
        elif not plan.signer_title:
            plan.signer_title = title.text
        else:
            unread.append(title)
    return unread


def _columns(lines: list[Line]) -> Iterator[Line]:
    """Recipients and signatory typed beside each other are one line each."""
    for line in lines:
        if match := _BESIDE.match(line.text):
            yield replace(line, text=match["left"] or match["last"])
            yield replace(line, text=match["right"] or match["name"])
        else:
            yield line


def add_recipient(text: str, line: int, plan: DraftPlan, purpose: str = "") -> None:
    text = clean_line(text).rstrip(";.").strip()
    if (match := _PURPOSE.search(text)) and not text.startswith("Lưu"):
        purpose, text = match[1], text[: match.start()]
    if text:
        plan.recipients.append(DraftRecipient(text, purpose, line))
