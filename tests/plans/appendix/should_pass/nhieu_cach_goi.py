"""Each sheet calls its columns in another way, and has them in another order."""

from tests.plans.appendix.workbooks import sheets

ROW = ("1", "Đào tạo kỹ năng số", "Phòng CNTT", "Văn phòng Sở", "31/3/2026", "Báo cáo", "Hằng năm")


def content():
    return sheets(
        {
            "TT": (
                ("TT", "Nội dung", "Đơn vị chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm", "Ghi chú"),
                ROW,
            ),
            "Tên nhiệm vụ": (
                (
                    "STT",
                    "Tên nhiệm vụ",
                    "Cơ quan chủ trì",
                    "Cơ quan phối hợp",
                    "Thời gian hoàn thành",
                    "Kết quả cần đạt",
                    "GHI CHÚ",
                ),
                ROW,
            ),
            "Giải pháp": (
                (
                    "Số TT",
                    "NHIỆM VỤ/GIẢI PHÁP",
                    "Phòng",
                    "Đơn vị phối hợp thực hiện",
                    "Tiến độ hoàn thành",
                    "Sản phẩm đầu ra",
                    "Ghi chú",
                ),
                ROW,
            ),
            "Đảo cột": (
                ("Thời hạn hoàn thành", "Đơn vị chủ trì", "Nội dung công việc", "Sản phẩm/kết quả"),
                ("Tháng 12/2026", "Thanh tra", "Thanh tra công vụ", "Kết luận thanh tra"),
            ),
            "Hai cột kết quả": (
                ("Nội dung", "Nhiệm vụ", "Chủ trì", "Kết quả cần đạt", "Sản phẩm", "Kinh phí"),
                ("Thể chế", "Trình đề án", "Văn phòng Sở", "Ban hành", "Quyết định", "200 triệu"),
            ),
            "Phòng cạnh đơn vị": (
                ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Phòng", "Thời hạn"),
                ("1", "Lập dự toán", "Văn phòng Sở", "Phòng CNTT", "30/9/2026"),
            ),
        }
    )
