"""New plans that are appendices: workbooks and Word files with all that offices do to tables."""

import docx
import openpyxl
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from tests.plans.appendix.workbooks import saved as saved_workbook
from tests.plans.appendix.workbooks import workbook
from tests.plans.reading.documents import inserted, numbered, saved, table

HEAD = ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Phối hợp", "Thời hạn", "Mã nhiệm vụ"]
ABOVE = (
    "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
    "Số: 15/KH-SKHCN",
    "KẾ HOẠCH",
    "Phân công nhiệm vụ năm 2026 của Sở Khoa học và Công nghệ",
)


def of_sheets() -> bytes:
    """A cover; two columns of leads, rows parted by a page break, hidden rows, formulas that were
    never calculated, codes; a second sheet without headings and one that is no appendix."""
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "Bìa"
    for line in ABOVE:
        cover.append([line])
    sheet = book.create_sheet("Phụ lục 1")
    sheet.append(["PHỤ LỤC PHÂN CÔNG NHIỆM VỤ"])
    sheet.append(
        ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Phòng, đơn vị chủ trì", "Thời hạn",
         "Sản phẩm", "Mã nhiệm vụ", "Kinh phí"]
    )  # fmt: skip
    rows = [
        ["I", "CHUYỂN ĐỔI SỐ"],
        ["1", "Hạ tầng"],
        ["1.1", "Nâng cấp mạng nội bộ", "Văn phòng", "Phòng Hạ tầng số", "Quý I/2026", "", "A-01",
         "50 triệu"],
        ["1.2", "Thuê máy chủ cho", "Phòng Hạ tầng số", "", "Quý II/2026"],
        ["", "toàn cơ quan", "", "", "", "Hợp đồng"],
        ["", "", "", "Văn phòng (0205 3812 345)", "", "Biên bản"],
        ["II", "NHÂN LỰC"],
        ["1", "Tập huấn kỹ năng số", "Văn phòng", "", "=DATE(2026,3,1)", "", "A-01"],
        ["2", "Cử cán bộ đi học", "Phòng Lạ Hoắc", "", "Tháng 5", "", "mã?*"],
        ["3", "Thi tay nghề", "=C9", "", "Quý IV"],
        ["4", "Tổng kết"],
        ["", "", "", "", "=E4"],
        ["", "Tổng cộng: 5 nhiệm vụ"],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    sheet.row_dimensions[5].hidden = True
    second = book.create_sheet("Quý III")
    second.append(["Việc của Văn phòng trong quý"])
    second.append(["STT", "Chỉ số, lĩnh vực", "Nhiệm vụ", "Chủ trì", "Thời hạn"])
    second.append([1, "", "Kiểm kê tài sản", "Văn phòng", "Quý III/2026"])
    second.append([2, "Cải cách hành chính", "Rà soát thủ tục", "Văn phòng", "Quý III/2026"])
    second.append([3, "", "Niêm yết thủ tục", "Văn phòng", "Quý III/2026"])
    book.create_sheet("Số liệu").append(["Tháng 1", 5, 7])
    return saved_workbook(book)


def an_appendix_alone() -> bytes:
    """The words over it say whose it is."""
    return workbook(
        [(1, "Nâng cấp mạng nội bộ", "Phòng Hạ tầng số", "", "Quý II", "", "")],
        above=(
            "PHỤ LỤC",
            "NHIỆM VỤ TRỌNG TÂM NĂM 2024",
            "(Kèm theo Kế hoạch số    /KH-STTTT ngày    tháng 12 năm 2023 của Sở Thông tin và "
            "Truyền thông)",
        ),
    )


def of_tables() -> bytes:
    """Merged cells, numbers that Word makes, tracked changes, hidden text and rows, a table within
    a cell, a table that goes on after a page break, a second appendix, one that is none."""
    document = docx.Document()
    numbered(document, 71, [("decimal", "%1.")])
    for line in ABOVE:
        document.add_paragraph(line)
    document.add_paragraph("Sở Khoa học và Công nghệ phân công nhiệm vụ như sau:")
    table(
        document,
        [
            HEAD,
            ["CHUYỂN ĐỔI SỐ", "", "", "", "", ""],
            ["", "Nâng cấp mạng nội bộ", "Phòng Hạ tầng số", "Văn phòng", "Quý I/2026", "B-1"],
            ["", "Thuê máy chủ", "", "", "Quý II/2026", "B-2"],
            ["", "Rà soát", "Văn phòng", "", "Quý II/2026", "B-1"],
            ["", "Việc đã bỏ", "Văn phòng", "", "Quý II/2026", ""],
            ["", "Việc ở dòng ẩn", "Văn phòng", "", "Quý II/2026", ""],
        ],
    )
    made = document.tables[-1]
    made.cell(1, 0).merge(made.cell(1, 5))
    made.cell(2, 2).merge(made.cell(3, 2))
    for number in range(2, 7):
        _list_number(made.cell(number, 0).paragraphs[0])
    inserted(made.cell(4, 1).paragraphs[0], " quy chế")
    _row(made, 5, "w:del")
    _row(made, 6, "w:hidden")
    run = made.cell(6, 1).paragraphs[0].add_run(" (chữ ẩn)")
    run.font.hidden = True
    document.add_paragraph("")
    table(
        document,
        [["", "Xây dựng kho dữ liệu", "Phòng Hạ tầng số (0912 345 678)", "", "Quý III/2026", ""]],
    )
    inner = document.tables[-1].cell(0, 3).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Văn phòng", "Thanh tra"
    document.add_paragraph("Trang sau")
    inserted(document.paragraphs[-1], " (in thử)")
    table(
        document,
        [
            ["Nội dung công việc", "Bộ phận thực hiện"],
            ["Đón đoàn kiểm tra", "Văn phòng"],
        ],
    )
    table(document, [["Nội dung", "Năm 2024", "Năm 2025 thực hiện"], ["Hồ sơ", "5", "7"]])
    return saved(document)


def beside_the_body() -> bytes:
    """A body that says who does what, and an appendix that says it otherwise."""
    document = docx.Document()
    for line in (
        *ABOVE,
        "Thực hiện chỉ đạo của UBND tỉnh, Sở Khoa học và Công nghệ ban hành kế hoạch:",
        "I. NHIỆM VỤ",
        "1. Hạ tầng",
        "a) Văn phòng chủ trì nâng cấp mạng nội bộ; hoàn thành trước ngày 30/6/2026.",
        "b) Văn phòng chủ trì, phối hợp với Thanh tra rà soát quy chế.",
    ):
        document.add_paragraph(line)
    table(
        document,
        [
            HEAD[:5],
            ["1", "Văn phòng chủ trì nâng cấp mạng nội bộ; hoàn thành trước ngày 30/6/2026",
             "Phòng Hạ tầng số", "", "Quý III/2026"],
            ["2", "Văn phòng chủ trì, phối hợp với Thanh tra rà soát quy chế", "", "",
             "Quý I/2026"],
            ["I", "Hạ tầng", "", "", ""],
            ["3", "Mua máy trạm", "Văn phòng", "", "Quý I/2026"],
        ],
    )  # fmt: skip
    return saved(document)


def _list_number(paragraph) -> None:
    """An empty paragraph whose number Word makes."""
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="71"/></w:numPr>')
    )


def _row(made, number: int, tag: str) -> None:
    mark = OxmlElement(tag)
    made.rows[number]._tr.get_or_add_trPr().append(mark)
