"""Several sheets: one with nothing to assign, a hidden one, an empty one, a chart's numbers."""

from tests.plans.appendix.workbooks import HEAD, sheets

TASK = ("Thẩm định hồ sơ", "Văn phòng Sở", "", "30/6/2026", "", "")


def content():
    return sheets(
        {
            "Hướng dẫn": (("Đồng chí điền vào các trang sau",), ("Hạn gửi: 15/12",)),
            "Phần 1": (HEAD, (1, *TASK), (2, "Công khai kết quả", *TASK[1:])),
            "Trống": (),
            "Phần 2": (HEAD, ("A", "KIỂM TRA"), (1, "Kiểm tra công vụ", *TASK[1:])),
            "Số liệu": (("Năm", "Điểm"), (2024, 82.5), (2025, 85)),
        },
        hidden=("Phần 2",),
    )
