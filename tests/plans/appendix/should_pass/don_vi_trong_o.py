"""Units in one cell: several, parted in every way; unknown ones; persons and telephone numbers;
words that name nobody."""

from tests.plans.appendix.workbooks import workbook

LEADS = (
    "Văn phòng Sở\nThanh tra Sở",
    "Văn phòng Sở; Thanh tra Sở, Phòng CNTT",
    "Văn phòng Sở và Phòng Bưu chính - Viễn thông",
    "- Văn phòng Sở\n- Phòng CNTT",
    "VĂN PHÒNG SỞ",
    "Phòng Công nghệ thong tin",
    "Phòng Di sản văn hóa",
    "Phòng CNTT (đ/c Nguyễn Văn An, 0912 345 678)",
    "Đ/c Trần Thị Bình - Chánh Văn phòng, ĐT: 0987.654.321",
    "Các phòng chuyên môn",
    "Các sở, ban, ngành liên quan",
    "Thanh tra Sở chủ trì",
    "",
)


def content():
    rows = [(n, f"Việc thứ {n}", lead, "", "30/6/2026", "", "") for n, lead in enumerate(LEADS, 1)]
    return workbook(rows)
