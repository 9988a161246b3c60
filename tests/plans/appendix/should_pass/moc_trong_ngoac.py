"""Another day in brackets is asked about; that of a cited document is none."""

from tests.plans.appendix.workbooks import workbook

DUES = (
    "Trước ngày 30/11/2026\n(báo cáo sơ bộ trước 30/6)",
    "30/11/2026 (theo Quyết định số 12/QĐ-UBND ngày 03/02/2026)",
    "Quý IV/2026 (31/12/2026)",
)


def content():
    return workbook(
        [(n, f"Việc thứ {n}", "Phòng CNTT", "", due, "", "") for n, due in enumerate(DUES, 1)]
    )
