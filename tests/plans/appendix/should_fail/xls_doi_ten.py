"""A workbook of Excel 97 that was only given another name."""

from tests.plans.reading.test_bad_files import OLE

SAID = "là loại cũ (.xls), dù đuôi tên là gì. Đồng chí mở bằng Excel rồi lưu thành .xlsx"


def content():
    return OLE
