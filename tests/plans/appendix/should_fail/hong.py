"""The download broke off in the middle."""

from tests.plans.appendix.workbooks import workbook

SAID = "bị hỏng nên không đọc được. Đồng chí mở bằng Excel, lưu lại thành .xlsx"


def content():
    made = workbook([(1, "Việc", "Văn phòng Sở")])
    return made[: len(made) // 2]
