"""Word files of plans that no code was written for: numbers that Word makes, tracked changes, an
appendix table; one whose appendix is all there is; and one as an office typed it, sign by sign."""

import unicodedata

import docx
from docx.oxml.ns import qn

from tests.plans.reading.documents import inserted, item, numbered, saved, table

_OUTLINE = [
    ("upperRoman", "%1."),
    ("decimal", "%2."),
    ("decimal", "%2.%3."),
    ("lowerLetter", "%4)"),
]


def numbered_by_word() -> bytes:
    document = docx.Document()
    numbered(document, 71, _OUTLINE)
    head = document.add_table(1, 2).rows[0].cells
    head[0].text = "UBND TỈNH BẮC KẠN\nSỞ CÔNG THƯƠNG\nSố: 08/CTr-SCT"
    head[1].text = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Bắc Kạn, ngày 05 tháng 01 năm 2026"
    )
    for text in ("CHƯƠNG TRÌNH", "Hành động nâng cao Chỉ số DDCI năm 2026"):
        document.add_paragraph().add_run(text).bold = True
    document.add_paragraph(
        "Thực hiện Chương trình số 5/CTr-UBND ngày 02/01/2026 của UBND tỉnh, "
        "Sở Công Thương xây dựng chương trình:"
    )
    item(document, "MỤC TIÊU", 71, 0, bold=True)
    document.add_paragraph("Phấn đấu DDCI nằm trong nhóm tốt.")
    item(document, "NHIỆM VỤ, GIẢI PHÁP", 71, 0, bold=True)
    item(document, "Chỉ số thành phần Tính minh bạch (TMB)", 71, 1, bold=True)
    item(document, "Công khai quy hoạch", 71, 2)
    sentence = "Phòng Kế hoạch - Tổng hợp chủ trì, phối hợp với Văn phòng Sở công khai quy hoạch"
    inserted(item(document, sentence, 71, 3), " năm 2026; hoàn thành trước ngày 30/4/2026.")
    item(document, "Văn phòng Sở: Cập nhật 100% văn bản lên trang thông tin điện tử.", 71, 3)
    item(document, "Đối thoại doanh nghiệp", 71, 2)
    item(document, "Giao Phòng Quản lý Thương mại tổ chức đối thoại mỗi quý.", 71, 3)
    item(document, "Chỉ số thành phần Chi phí thời gian (CPTG)", 71, 1, bold=True)
    item(document, "Cắt giảm thời gian", 71, 2)
    item(document, "Phòng Quản lý Công nghiệp chủ trì cắt giảm tối thiểu 30% thời gian.", 71, 3)
    item(document, "TỔ CHỨC THỰC HIỆN", 71, 0, bold=True)
    document.add_paragraph("Văn phòng Sở đôn đốc, báo cáo.")
    document.add_paragraph("Trên đây là Chương trình của Sở Công Thương./.")
    end = document.add_table(1, 2).rows[0].cells
    end[0].text = "Nơi nhận:\n- UBND tỉnh;\n- Lưu: VT."
    end[1].text = "GIÁM ĐỐC\n\nHoàng Hà Bắc"
    document.add_paragraph("Phụ lục")
    head_row = ["TT", "Nhiệm vụ", "Phòng, đơn vị chủ trì", "Phối hợp", "Thời hạn", "Kết quả"]
    table(
        document,
        [
            head_row,
            ["I", "Hỗ trợ doanh nghiệp", "", "", "", ""],
            ["1", "Tổ chức hội nghị xúc tiến", "Phòng Quản lý Thương mại",
             "Văn phòng Sở;\nPhòng Kế hoạch - Tổng hợp", "Quý I/2026", "Hội nghị"],
            ["2", "Đôn đốc giải ngân",
             "Nguyễn Văn An - Phòng Kế hoạch - Tổng hợp (0912 345 678)", "", "30/6 và 31/12", ""],
            ["", "Văn phòng Sở: Cập nhật 100% văn bản lên trang thông tin điện tử.",
             "Văn phòng Sở", "", "Hằng tháng", ""],
        ],
    )  # fmt: skip
    return saved(document)


def only_an_appendix() -> bytes:
    """A letter of two lines, and everything in a table with a head of two rows."""
    document = docx.Document()
    for text in (
        "SỞ TÀI CHÍNH",
        "Số: 77/KH-STC",
        "Hà Nam, ngày 02 tháng 12 năm 2024",
        "KẾ HOẠCH",
        "Phân công nhiệm vụ trọng tâm năm 2025 của Sở Tài chính",
        "Sở Tài chính phân công nhiệm vụ như sau:",
    ):
        document.add_paragraph(text)
    table(
        document,
        [
            ["Số", "Nội dung", "Phân công", "", "Tiến độ", "Ghi chú"],
            ["TT", "công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "hoàn thành", ""],
            ["A", "CÔNG TÁC NGÂN SÁCH", "", "", "", ""],
            ["1", "Lập dự toán năm 2026", "Phòng Quản lý Ngân sách", "Các phòng chuyên môn",
             "Trước ngày 15/7/2025", ""],
            ["2", "Công khai ngân sách, đạt 100% đơn vị", "Thanh tra và Văn phòng", "",
             "Theo quy định", "đ/c Trần Thị Bình theo dõi"],
            ["B", "CÔNG TÁC TỔ CHỨC", "", "", "", ""],
            ["1", "Sắp xếp bộ máy", "Văn phòng", "", "Tháng 3, tháng 4/2025", ""],
        ],
    )  # fmt: skip
    document.add_paragraph("Nơi nhận:")
    document.add_paragraph("- Ban Giám đốc;")
    document.add_paragraph("KT. GIÁM ĐỐC")
    document.add_paragraph("PHÓ GIÁM ĐỐC")
    document.add_paragraph("Đỗ Thị Hà")
    return saved(document)


def of_two_columns() -> bytes:
    """A letterhead beside the motto, tabs, soft hyphens, signs of every kind, all in NFD."""
    document = docx.Document()
    left, right = document.add_table(1, 2).rows[0].cells
    left.text = "UBND TỈNH HÒA BÌNH\nSỞ THÔNG TIN VÀ\nTRUYỀN THÔNG\n_______\nSố:      /KH-STTTT"
    right.text = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Hòa Bình, ngày      tháng 4 năm 2024"
    )

    def add(text: str, bold: bool = False) -> None:
        document.add_paragraph().add_run(text).bold = bold

    add("KẾ HOẠCH", True)
    add(
        "Nâng cao Chỉ số hài lòng (SIPAS) và Chỉ số PAPI\n"
        "năm 2024 của Sở Thông tin và Truyền thông",
        True,
    )
    add(
        "Thực hiện Kế hoạch số 61/KH-UBND ngày 28/3/2024 của UBND tỉnh Hòa Bình về nâng cao Chỉ số "
        "SIPAS, PAPI năm 2024, Sở Thông tin và Truyền thông ban hành Kế hoạch như sau:"
    )
    add("I.\tMỤC ĐÍCH, YÊU CẦU", True)
    add("1.\tKhắc phục hạn chế năm 2023.")
    add("II.\tNỘI DUNG THỰC HIỆN", True)
    add("CHỈ SỐ SIPAS", True)
    add("1.\tTiếp cận dịch vụ", True)
    add("-\tCơ quan chủ trì:\tVăn phòng Sở;")
    add("-\tCơ quan phối hợp: Phòng Bưu chính - Viễn thông;")
    add("-\tNội dung:")
    add("+\tBố trí chỗ ngồi, n\u00adước uống (xong tr\u00adước ngày 15/5/2024);")
    add("•\tPhòng Bưu chính - Viễn thông: phủ sóng 4G 100% thôn, hoàn thành trong quý IV/2024.")
    add("2.\tPhản ánh, kiến nghị", True)
    add("Giao Thanh tra Sở chủ trì, phối hợp với Văn phòng Sở xử lý 100% phản ánh đúng hạn.")
    add("CHỈ SỐ PAPI", True)
    add("1.\tCông khai, minh bạch", True)
    add("Văn phòng Sở:", True)
    add("*\tĐăng tải 100% văn bản lên trang thông tin điện tử, chậm nhất 03 ngày sau khi ban hành;")
    add("*\tNiêm yết thủ tục (30/6/2024).")
    add("III.\tTHỜI GIAN HOÀN THÀNH", True)
    add("Các nhiệm vụ hoàn thành trước ngày 30/11/2024, báo cáo về Văn phòng Sở.")
    add("IV.\tTỔ CHỨC THỰC HIỆN", True)
    add("1.\tVăn phòng Sở đôn đốc.")
    end, sign = document.add_table(1, 2).rows[0].cells
    end.text = "Nơi nhận:\n- UBND tỉnh (b/c);\n- Lưu: VT, VP."
    sign.text = "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\n\nBùi Đức Nam"
    for text in document.element.body.iter(qn("w:t")):
        text.text = unicodedata.normalize("NFD", text.text or "")
    return saved(document)
