"""Hidden columns: two beside each other, that Excel stores as one; and one that is no column of an
appendix."""

from tests.plans.appendix.workbooks import HEAD, part_of, workbook
from tests.plans.reading.documents import tampered

SHEET = "xl/worksheets/sheet1.xml"


def content():
    made = workbook(
        [
            (1, "Việc có đơn vị phối hợp ẩn", "Văn phòng Sở", "Thanh tra Sở", "30/6/2026", "", "x"),
        ],
        head=(*HEAD, "Người theo dõi"),
        hidden_columns=("D", "H"),
    )
    sheet = part_of(made, SHEET).decode()
    assert 'hidden="1"' in sheet
    together = sheet.replace('min="4" max="4"', 'min="4" max="5"')
    assert together != sheet
    return tampered(made, {SHEET: together.encode()})
