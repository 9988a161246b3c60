"""Headings of groups: I, II, 1, 1.1, with a mark before the words, and without any number."""

from tests.plans.appendix.workbooks import workbook


def content():
    return workbook(
        [
            ("I", "CẢI CÁCH THỂ CHẾ", "", "", "", "", ""),
            ("1", "Xây dựng văn bản", "", "", "", "", ""),
            ("1.1", "Nghị quyết của HĐND", "", "", "", "", ""),
            ("", "Trình nghị quyết về phí", "Văn phòng Sở", "", "30/6/2026", "", ""),
            ("1.2", "Quyết định của UBND", "", "", "", "", ""),
            ("-", "Sửa quy chế", "Thanh tra Sở", "", "30/9/2026", "", ""),
            ("2", "Rà soát văn bản", "Văn phòng Sở", "", "Năm 2026", "", ""),
            ("", "II. CHUYỂN ĐỔI SỐ", "", "", "", "", ""),
            ("a)", "Nền tảng dữ liệu", "Phòng CNTT", "", "Quý II/2026", "", ""),
            ("", "Hạ tầng số", "", "", "", "", ""),
            ("b)", "Phủ sóng vùng lõm", "Phòng BCVT", "", "Quý IV/2026", "", ""),
            ("III", "NHÓM KHÔNG CÓ VIỆC", "", "", "", "", ""),
            ("", "Tổng cộng: 5 nhiệm vụ", "", "", "", "", ""),
        ]
    )
