"""Cells that say "as above", a second table below the first with its columns in another order, a
task that nobody is assigned, a row with a number and no task, formulas alone in a row."""

from tests.plans.appendix.workbooks import HEAD, workbook


def content():
    return workbook(
        [
            (1, "Rà soát hồ sơ", "Văn phòng", "Phòng CNTT", "9/2026", "Báo cáo", ""),
            (2, "Số hóa hồ sơ", "nt", "-nt-", '"', "Như trên", ""),
            (3, "Tổng kết", "", "", "", "", ""),
            (4, "", "Thanh tra", "", "Q4/2026", "", ""),
            ("", "", "=C4", "", "", "", ""),
            ("", "=B4", "=C4", "", "", "", ""),
            ("Việc thường xuyên", "", "", "", "", "", ""),
            ("STT", "Nhiệm vụ", "Thời hạn", "Chủ trì", "", "", ""),
            (1, "Trực bộ phận một cửa", "Thường xuyên", "Văn phòng (0912 345 678)", "", "", ""),
        ],
        head=HEAD,
    )
