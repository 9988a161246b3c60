"""The archive is whole, its sheet is not XML."""

from tests.plans.appendix.workbooks import workbook
from tests.plans.reading.documents import tampered

SAID = "bị hỏng nên không đọc được"


def content():
    sheet = b'<?xml version="1.0"?><worksheet><sheetData><row><c></sheetData></worksheet>'
    return tampered(workbook([]), {"xl/worksheets/sheet1.xml": sheet})
