"""Deadlines in every way in which offices write them."""

import datetime as dt

from tests.plans.appendix.workbooks import workbook

DUES = (
    dt.date(2026, 3, 31),
    dt.datetime.combine(dt.date(2026, 3, 31), dt.time(8, 30)),
    "31/03/2026",
    "trước ngày 30/11/2026",
    "Trước ngày 30 tháng 11 năm 2026",
    "Trong tháng 01/2026",
    "Tháng 12/2025",
    "Quý I/2026",
    "Quý 2 năm 2026",
    "Năm 2026",
    2026,
    "Cuối năm",
    "Thường xuyên",
    "Hằng tháng",
    "Hàng quý, trước ngày 25",
    "30/6 và 31/12",
    "31/12/2026\n(sơ kết: 30/6/2026)",
    "Theo yêu cầu của UBND tỉnh",
    "31/02/2026",
    "45747",
    "-",
    None,
)


def content():
    return workbook(
        [(n, f"Việc thứ {n}", "Văn phòng Sở", "", due, "", "") for n, due in enumerate(DUES, 1)]
    )
