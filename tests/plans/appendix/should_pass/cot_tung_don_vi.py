"""A column for each unit and signs in the cells: roles said above in two lines, below them, in the
cell, or nowhere; a lead column beside them; a column with signs that is no unit."""

import io

import openpyxl

SHEETS = (
    (
        ["TT", "Nhiệm vụ", "Văn phòng", "Phòng CNTT", "Phòng Lạ", "Có dự toán", "Thời hạn"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["I", "CHUYỂN ĐỔI SỐ"],
        [1, "Rà soát hạ tầng", "x", "", "", "x", "Quý I/2026"],
        [2, "Nâng cấp mạng", "", "X", "✓", "", "Quý II/2026"],
        [3, "Tập huấn", "CT", "PH", "", "", "30/6/2026"],
        [4, "Không ai làm", "", "", "", "", "30/6/2026"],
    ),
    (
        ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "", "Đơn vị phối hợp", "", "Thời hạn"],
        ["", "", "Văn phòng", "Phòng CNTT", "Thanh tra", "Phòng BCVT", ""],
        [1, "Kiểm tra công vụ", "x", "", "x", "x", "Tháng 9/2026"],
    ),
    (
        ["TT", "Nhiệm vụ", "Văn phòng Sở", "", "Phòng BCVT", "", "Thời hạn"],
        ["", "", "CT", "PH", "CT", "PH", ""],
        [1, "Phủ sóng 4G", "", "x", "x", "", "Quý IV/2026"],
    ),
    (
        ["TT", "Nhiệm vụ", "Chủ trì", "Văn phòng", "Thanh tra", "Thời hạn"],
        [1, "Tiếp công dân", "Thanh tra", "x", "", "Thường xuyên"],
    ),
)


def content():
    book = openpyxl.Workbook()
    book.remove(book.active)
    for n, rows in enumerate(SHEETS, 1):
        sheet = book.create_sheet(f"Biểu {n}")
        for row in rows:
            sheet.append(row)
    for reference in ("A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2"):
        book["Biểu 2"].merge_cells(reference)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
