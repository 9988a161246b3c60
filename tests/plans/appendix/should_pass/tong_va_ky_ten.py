"""A total with its word in the column of numbers, and who signed below the table: neither is a
task. A task of few words above them is one."""

from tests.plans.appendix.workbooks import workbook


def content():
    return workbook(
        [
            ("1", "Mở rộng mạng", "Phòng CNTT", "", "30/6/2026", "", ""),
            ("2", "Tổng kết năm", "Văn phòng Sở", "", "30/12/2026", "", ""),
            ("", "NGƯỜI LAO ĐỘNG", "Văn phòng Sở", "", "30/12/2026", "", ""),
            ("Tổng", "", "", "", "", "3", ""),
            ("", "", "", "", "Lạng Sơn, ngày 10 tháng 01 năm 2026", "", ""),
            ("", "Người lập biểu", "", "", "KT. GIÁM ĐỐC", "", ""),
            ("", "", "", "", "PHÓ GIÁM ĐỐC", "", ""),
            ("", "Nguyễn Văn A", "", "", "Trần Văn B", "", ""),
        ]
    )
