"""A workbook with macros under the name of one without."""

from tests.plans.appendix.workbooks import workbook
from tests.plans.reading.documents import tampered

SAID = "có macro nên không nhận. Đồng chí lưu thành .xlsx (không macro)"


def content():
    return tampered(workbook([(1, "Việc", "Văn phòng Sở")]), {"xl/vbaProject.bin": b"x"})
