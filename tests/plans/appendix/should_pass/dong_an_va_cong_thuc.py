"""Hidden rows, formulas with a value and formulas that were never calculated, an error of Excel."""

import re

from tests.plans.appendix.workbooks import HEAD, part_of, workbook
from tests.plans.reading.documents import tampered

SHEET = "xl/worksheets/sheet1.xml"


def content():
    made = workbook(
        [
            ("=A3+1", "Việc có số tính bằng công thức", "Văn phòng Sở", "", "30/6/2026", "", ""),
            (2, '="Việc "&"ghép"', "Thanh tra Sở", "", "30/6/2026", "", ""),
            (3, "Việc ở dòng ẩn", "Phòng CNTT", "", "30/6/2026", "", ""),
            (4, "Việc có ngày chưa tính", "Phòng CNTT", "", "=TODAY()", "", ""),
            (5, "Việc có ô báo lỗi", "=VLOOKUP(1;2)", "", "30/6/2026", "", ""),
        ],
        head=HEAD,
        hidden=(6,),
    )
    sheet = part_of(made, SHEET).decode()
    for cell, kind, value in (("A4", "n", "1"), ("B5", "str", "Việc ghép"), ("C8", "e", "#N/A")):
        # What Excel would have calculated.
        pattern = rf'<c r="{cell}"[^>]*>(<f>.*?</f>)<v></v></c>'
        sheet, count = re.subn(
            pattern, rf'<c r="{cell}" t="{kind}">\1<v>{value}</v></c>', sheet, count=1
        )
        assert count == 1
    return tampered(made, {SHEET: sheet.encode()})
