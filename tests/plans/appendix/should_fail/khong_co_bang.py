"""No row of titles within the first fifteen rows."""

from tests.plans.appendix.workbooks import workbook

SAID = "không có trang tính hay bảng nào có một dòng tiêu đề (trong 15 dòng đầu) với cột “Nhiệm vụ”"


def content():
    return workbook([(1, "Việc", "Văn phòng Sở")], above=["Lời mở đầu"] * 16)
