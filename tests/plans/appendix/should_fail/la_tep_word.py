"""A Word file with the name of a workbook."""

from tests.plans.reading.documents import word

SAID = "không phải tệp Excel (.xlsx): nội dung là tệp Word"


def content():
    return word(["Phụ lục"])
