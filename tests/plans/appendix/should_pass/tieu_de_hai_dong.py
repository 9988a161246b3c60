"""Titles in two lines under merged cells, in row 12 and 13, then the numbers of the columns."""

from tests.plans.appendix.workbooks import workbook

ABOVE = (
    "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
    "PHÒNG KẾ HOẠCH",
    "",
    "PHỤ LỤC",
    "PHÂN CÔNG NHIỆM VỤ NĂM 2026",
    "(Kèm theo Kế hoạch số     /KH-STTTT)",
    "",
    "Căn cứ nhiệm vụ được giao",
    "",
    "",
    "",
)


def content():
    return workbook(
        [
            ("", "", "Chủ trì", "Phối hợp", "Bắt đầu", "Hoàn thành", ""),
            ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"),
            (1, "Rà soát thủ tục hành chính", "Văn phòng Sở", "Thanh tra Sở", "", "30/06/2026", ""),
            (2, "Nâng cấp hệ thống", "Phòng CNTT", "", "", "Quý III/2026", "Theo dự án"),
        ],
        head=("TT", "Nhiệm vụ/\ngiải pháp", "Đơn vị thực hiện", "", "Thời gian", "", "Ghi chú"),
        above=ABOVE,
        merged=("A12:A13", "B12:B13", "C12:D12", "E12:F12", "G12:G13"),
    )
