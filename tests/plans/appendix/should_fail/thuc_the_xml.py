"""A sheet that would unfold without end, and read a file of the machine."""

from tests.plans.appendix.workbooks import workbook
from tests.plans.reading.documents import tampered
from tests.plans.reading.test_bad_files import BOMB

SAID = "khai báo thực thể XML (ở xl/worksheets/sheet1.xml)"


def content():
    return tampered(workbook([]), {"xl/worksheets/sheet1.xml": BOMB})
