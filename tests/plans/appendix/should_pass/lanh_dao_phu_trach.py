"""A leader who watches over the task, below the two-line title of who does it: a note, no lead."""

from tests.plans.appendix.workbooks import workbook


def content():
    return workbook(
        [
            ("", "", "Lãnh đạo Sở phụ trách", "Phòng, đơn vị chủ trì", "Phối hợp", ""),
            ("1", "Rà soát văn bản", "Phó Giám đốc", "Phòng CNTT", "Văn phòng Sở", "Quý I/2026"),
        ],
        head=("TT", "Nội dung nhiệm vụ", "Cơ quan thực hiện", "", "", "Tiến độ hoàn thành"),
        merged=("C3:E3",),
    )
