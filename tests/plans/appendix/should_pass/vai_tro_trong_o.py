"""Who leads and who supports in one cell, said in brackets or by labels; and units beside them of
whom it is not said."""

from tests.plans.appendix.workbooks import workbook

CELLS = (
    ("Văn phòng Sở (chủ trì), Phòng CNTT (phối hợp)", ""),
    ("Văn phòng Sở (chủ trì); Phòng CNTT (phối hợp)", "Thanh tra Sở"),
    ("- Chủ trì: Văn phòng Sở\n- Phối hợp: Phòng CNTT, Thanh tra Sở", ""),
    ("Chủ trì: Văn phòng Sở; phối hợp: Phòng CNTT", ""),
    ("Văn phòng Sở, Thanh tra Sở (chủ trì)", ""),
    ("", "Thanh tra Sở (phối hợp)"),
    ("Văn phòng Sở (chủ trì), Thanh tra Sở, Phòng CNTT (phối hợp)", ""),
    ("Văn phòng Sở (chủ trì), Thanh tra Sở", ""),
    ("Văn phòng - Phòng CNTT", "Phòng BCVT – Phòng Lạ"),
)


def content():
    rows = [(n, f"Việc thứ {n}", *both, "30/6/2026", "", "") for n, both in enumerate(CELLS, 1)]
    return workbook(rows)
