"""The same under its own name."""

from tests.plans.reading.test_bad_files import OLE

NAME = "phụ lục.xls"
SAID = "là loại cũ (.xls)"


def content():
    return OLE
