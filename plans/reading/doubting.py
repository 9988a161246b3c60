"""What is said to a person about units that were not, or not wholly, understood."""

import re
from collections.abc import Iterator

from config.vietnamese.text import fold
from plans.reading.draft import Doubt, DraftRecipient
from plans.reading.parties import Directory, Parties, is_own_group, units_before_verb

LEAD = "chủ trì"
_OWN = re.compile(r"(?:phong|trung tam|van phong so|thanh tra so|chi cuc)\b")
_OF_OTHERS = re.compile(r"\b(?:tinh|tinh uy|ubnd|hdnd|chinh phu|trung uong|huyen|thanh pho)\b")


def doubts_about(
    found: Parties, directory: Directory, line: int, what: str, must: bool
) -> Iterator[Doubt]:
    """Doubts about one reading of units; `what` is LEAD or "phối hợp"."""
    for name in found.unknown:
        near = directory.nearest(name)
        message = f"{what}: {not_known(name, directory)}"
        yield Doubt(line, message, must, name, tuple(one.code for one in near))
    for name in found.own:
        speaking = [one for one in directory.parties.values() if one.speaks]
        listed = " hoặc ".join(f"“{one.name}”" for one in speaking)
        yield Doubt(
            line,
            f"{what}: “{cut(name)}” là chính cơ quan ban hành, không phải một đơn vị của cơ quan; "
            f"chưa phân công, đồng chí chọn đơn vị thay mặt{f': {listed}' if listed else ''}",
            name=name,
            nearest=tuple(one.code for one in speaking),
        )
    if found.general:
        groups = "; ".join(found.general)
        yield Doubt(line, f"{what}: “{cut(groups)}” không kể tên đơn vị nào")
    if found.unclear:
        for name in units_before_verb(found.unclear) or ("",):
            near = directory.nearest(name) if name else ()
            message = f"{what}: không rõ đơn vị nào ở “{found.unclear}…”"
            message += f"; có thể là “{name}”" if name else ""
            yield Doubt(line, message, must, name, tuple(one.code for one in near))
    if found.people:
        names = "; ".join(found.people)
        yield Doubt(line, f"{what}: có tên người ({names}), không lấy làm đơn vị")
    if found.phones:
        yield Doubt(line, f"{what}: có {found.phones} số điện thoại, không lưu")
    nobody = not (found.codes or found.unknown or found.own or found.general)
    if found.words and nobody and what == LEAD:
        yield Doubt(line, f"{what}: không rõ đơn vị nào trong “{cut(found.words)}”", must)


def not_known(name: str, directory: Directory) -> str:
    """Why a name means no unit, and which one is proposed instead."""
    if became := directory.became(name):
        return f"“{cut(name)}” {became}"
    near = directory.nearest(name)
    hint = f"; gần nhất: {', '.join(one.name for one in near)}" if near else ""
    return f"không có đơn vị nào tên “{cut(name)}”{hint}"


def unknown_recipients(recipient: DraftRecipient, directory: Directory) -> Iterator[Doubt]:
    """Units of the agency to whom the plan goes and who are not known; others are none of ours."""
    for name in directory.read(recipient.text).unknown:
        folded = fold(name)
        if _OF_OTHERS.search(folded) or not (is_own_group(name) or _OWN.match(folded)):
            continue
        near = directory.nearest(name)
        message = f"nơi nhận: chưa có đơn vị nào tên “{cut(name)}”"
        yield Doubt(recipient.line, message, name=name, nearest=tuple(one.code for one in near))


def cut(text: str, limit: int = 80) -> str:
    """At most `limit` letters, cut between words."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0] + "…"
