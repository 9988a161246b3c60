"""Merged cells across tasks, a row cut off by a page break, titles again on the next page, empty
rows and columns."""

from tests.plans.appendix.workbooks import HEAD, workbook


def content():
    def row(*cells):
        return ("", *cells[:2], "", *cells[2:])

    return workbook(
        [
            row(1, "Rà soát hồ sơ", "Văn phòng Sở\nThanh tra Sở", "", "30/6/2026", "Báo cáo", ""),
            row(2, "Số hóa hồ sơ", "", "", "30/9/2026", "", ""),
            row("", "", "", "", "", "", ""),
            row(3, "Tập huấn cho công chức, viên chức về", "Phòng CNTT", "", "31/12/2026", "", ""),
            row("", "xử lý hồ sơ trên môi trường điện tử", "", "", "", "", ""),
            row(*HEAD),
            row("", "", "Phòng BCVT", "", "", "Danh sách lớp", ""),
            row(4, "Mua sắm thiết bị", "Phòng KHTC", "Văn phòng Sở", "Quý II/2026", "", ""),
        ],
        head=row(*HEAD),
        merged=("E4:E5", "H4:H5"),
    )
