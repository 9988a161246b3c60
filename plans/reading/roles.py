"""Who leads and who supports, where one cell of units says both: "Văn phòng Sở (chủ trì), Phòng Hạ
tầng số (phối hợp)", or "Chủ trì: …" and "Phối hợp: …" in lines of their own.
"""

import re
from dataclasses import dataclass, field

from config.vietnamese.text import clean
from plans.reading import marks

_ROLE = r"(?P<{}>chủ trì|chính|đầu mối|phối hợp)"
_AFTER = re.compile(rf"\(\s*{_ROLE.format('after')}(?:\s+thực hiện|\s+chính)?\s*\)", re.I)
_BEFORE = re.compile(
    rf"(?:^|(?<=[\n;,.]))[ \t]*[-–+•*]?[ \t]*(?:(?:đơn vị|cơ quan|phòng)\s+)?"
    rf"{_ROLE.format('before')}(?:\s+thực hiện)?\s*:",
    re.I,
)
_EDGE = " \t\n,;.-–+•*"
_SEVERAL = re.compile(r"[;,\n]|\s+và\s+")


@dataclass
class Said:
    """The words of each role, as they stand; `unclear` are those whose role is not said."""

    lead: list[str] = field(default_factory=list)
    support: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    def add(self, role: str, text: str) -> None:
        if text := text.strip(_EDGE):
            (self.support if role.casefold() == "phối hợp" else self.lead).append(text)


def roles_in(written: str, column: str) -> Said | None:
    """What a cell of `column` (marks.LEAD or marks.SUPPORT) says of roles; None when it says none,
    and its units are what the column says."""
    text = clean(written)
    said = Said()
    if labels := list(_BEFORE.finditer(text)):
        before = text[: labels[0].start()].strip(_EDGE)
        if before:
            said.unclear.append(before)
        ends = [one.start() for one in labels[1:]] + [len(text)]
        for label, end in zip(labels, ends, strict=True):
            said.add(label["before"], text[label.end() : end])
        return said
    marked = list(_AFTER.finditer(text))
    if not marked:
        return None
    start = 0
    for sign in marked:
        names = text[start : sign.start()].strip(_EDGE)
        said.add(sign["after"], names)
        own = "phối hợp" if column == marks.SUPPORT else "chủ trì"
        if _SEVERAL.search(names) and sign["after"].casefold() != own:
            said.unclear.append(names)
        start = sign.end()
    if rest := text[start:].strip(_EDGE):
        said.unclear.append(rest.removeprefix("và "))
    return said
