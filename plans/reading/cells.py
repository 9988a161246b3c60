"""What the cells of an appendix row mean: units and deadline, and what is in doubt there."""

from plans.reading import marks
from plans.reading.deadlines import read_deadline
from plans.reading.doubting import LEAD, cut, doubts_about
from plans.reading.parties import Directory, Parties
from plans.reading.roles import roles_in
from plans.reading.rows import AppendixRow
from plans.reading.titles import TASK, UNITS


def understand(one: AppendixRow, directory: Directory, year: int | None) -> None:
    """Read the units and the deadline of a row, and say what is in doubt."""
    if one.hidden:
        one.remark(TASK, "dòng đang ẩn trong tệp; vẫn được đọc")
    if not one.wording:
        one.remark(TASK, "thiếu nội dung nhiệm vụ", must=True, accepted="câu chữ của nhiệm vụ")
    for role in UNITS:
        _part_roles(one, role)
    for role, name in ((marks.LEAD, LEAD), (marks.SUPPORT, "phối hợp")):
        if one.text(role):
            parties = directory.read(one.text(role))
            setattr(one, role, parties)
            _doubt(one, role, parties, name, directory)
    if marks.DUE in one.said:
        one.due = read_deadline(one.text(marks.DUE), year)
        if one.due.doubt:
            one.remark(marks.DUE, one.due.doubt, meaning=True)


def _part_roles(one: AppendixRow, role: str) -> None:
    """A cell that says of each unit whether it leads or supports is read so, whatever column
    it stands in; a unit there without a role is asked for."""
    if (said := roles_in(one.text(role), role)) is None:
        return
    if said.unclear:
        one.remark(
            role,
            f"không rõ chủ trì hay phối hợp: “{cut('; '.join(said.unclear))}”",
            must=True,
            accepted="đơn vị chủ trì ở cột chủ trì, đơn vị phối hợp ở cột phối hợp",
            meaning=True,
        )
        return
    words = f"hiểu là chủ trì: {'; '.join(said.lead) or 'không có'}"
    words += f"; phối hợp: {'; '.join(said.support) or 'không có'}"
    one.remark(role, words, meaning=True)
    parts = {marks.LEAD: said.lead, marks.SUPPORT: said.support}
    for other in UNITS:
        own = [] if other == role else [one.text(other)]
        one.texts[other] = "; ".join(filter(None, [*own, *parts[other]]))
        if parts[other] and other not in one.columns:
            one.columns = one.columns | {other: one.columns[role]}
            one.said |= {other}


def _doubt(one: AppendixRow, role: str, parties: Parties, name: str, directory: Directory) -> None:
    known = "tên, tên viết tắt của một đơn vị hoặc nhóm đơn vị"
    for doubt in doubts_about(parties, directory, one.number, name, True):
        unknown = bool(doubt.name) or doubt.must
        near = [directory.parties[code].name for code in doubt.nearest]
        accepted = "; ".join(near) or known
        one.remark(
            role,
            doubt.message,
            must=unknown,
            accepted=accepted if unknown else "",
            unit=unknown,
            meaning=True,
            name=doubt.name,
            nearest=doubt.nearest,
        )
