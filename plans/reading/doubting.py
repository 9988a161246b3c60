"""What is said to a person about units that were not, or not wholly, understood."""

from collections.abc import Iterator

from plans.reading.draft import Doubt
from plans.reading.parties import Directory, Parties

LEAD = "chủ trì"


def doubts_about(
    found: Parties, directory: Directory, line: int, what: str, must: bool
) -> Iterator[Doubt]:
    """Doubts about one reading of units; `what` is LEAD or "phối hợp"."""
    for name in found.unknown:
        near = directory.nearest(name)
        hint = f"; gần nhất: {', '.join(one.name for one in near)}" if near else ""
        message = f"{what}: không có đơn vị nào tên “{cut(name)}”{hint}"
        yield Doubt(line, message, must, name, tuple(one.code for one in near))
    for name in found.own:
        speaking = tuple(one.code for one in directory.parties.values() if one.speaks)
        yield Doubt(
            line,
            f"{what}: “{cut(name)}” là chính cơ quan ban hành, không phải một đơn vị của cơ quan; "
            "chưa phân công, đồng chí chọn đơn vị thay mặt",
            name=name,
            nearest=speaking,
        )
    if found.general:
        listed = "; ".join(found.general)
        yield Doubt(line, f"{what}: “{cut(listed)}” không kể tên đơn vị nào")
    if found.unclear:
        yield Doubt(line, f"{what}: không rõ đơn vị nào ở “{found.unclear}…”", must)
    if found.people:
        names = "; ".join(found.people)
        yield Doubt(line, f"{what}: có tên người ({names}), không lấy làm đơn vị")
    if found.phones:
        yield Doubt(line, f"{what}: có {found.phones} số điện thoại, không lưu")
    nobody = not (found.codes or found.unknown or found.own or found.general)
    if found.words and nobody and what == LEAD:
        yield Doubt(line, f"{what}: không rõ đơn vị nào trong “{cut(found.words)}”", must)


def cut(text: str, limit: int = 80) -> str:
    """At most `limit` letters, cut between words."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0] + "…"
