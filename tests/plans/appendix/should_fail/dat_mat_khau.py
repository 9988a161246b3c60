"""Excel keeps a workbook with a password in a container of its own."""

from tests.plans.reading.test_bad_files import OLE

SAID = "đặt mật khẩu. Đồng chí mở bằng Excel, bỏ mật khẩu rồi lưu lại"


def content():
    return OLE + "EncryptedPackage".encode("utf-16-le")
