"""300 MB of nothing in 300 kB."""

from tests.plans.appendix.workbooks import workbook
from tests.plans.reading.documents import tampered

SAID = "bung ra 301 MB, tối đa 100 MB; chưa bung, chưa đọc gì"


def content():
    return tampered(workbook([]), {"xl/media/image1.png": bytes(300 * 2**20)})
