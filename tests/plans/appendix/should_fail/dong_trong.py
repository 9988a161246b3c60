"""200,000 rows that hold a format and nothing else: counted, not read."""

from tests.plans.appendix.workbooks import part_of, workbook
from tests.plans.reading.documents import tampered

SHEET = "xl/worksheets/sheet1.xml"
SAID = "có hơn 50.000 dòng, kể cả dòng trống. Đồng chí xóa phần trống hoặc tách tệp"


def content():
    made = workbook([(1, "Việc", "Văn phòng Sở", "", "30/6/2026")])
    empty = b"".join(b'<row r="%d" ht="20"/>' % n for n in range(10, 200_010))
    sheet = part_of(made, SHEET).replace(b"</sheetData>", empty + b"</sheetData>")
    return tampered(made, {SHEET: sheet})
