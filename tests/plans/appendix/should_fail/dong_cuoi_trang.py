"""One cell in the last row that a sheet can have: all rows above it would be read as empty ones."""

from tests.plans.appendix.workbooks import changed, workbook

SAID = "trang tính “Sheet” có ô ở dòng 1.048.576, tối đa 50.000 dòng, kể cả dòng trống"


def content():
    made = workbook([(1, "Việc", "Văn phòng Sở", "", "30/6/2026")])
    return changed(made, {"B1048576": "x"})
