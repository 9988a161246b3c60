"""Lists of people as offices make them."""

import uuid

from tests.plans.appendix.workbooks import workbook
from units.accounts import importing
from units.models import PeopleImport

HEAD = ("STT", "Họ và tên", "Chức vụ", "Đơn vị", "Vai trò", "Thư điện tử", "Tên đăng nhập")


def roster(*rows, head=HEAD, **more):
    """A workbook with the head in its third row."""
    return workbook(rows, head=head, above=("SỞ THÔNG TIN", "DANH SÁCH"), **more)


def sent(by, content: bytes, name: str = "can-bo.xlsx") -> PeopleImport:
    return importing.upload(by=by, name=name, content=content, request_key=uuid.uuid4())


def apply(by, *rows) -> PeopleImport:
    one = sent(by, roster(*rows))
    return importing.apply(import_id=one.pk, by=by, seen=importing.compared(one, by).seen)


def make_people_import(by) -> PeopleImport:
    """A list that `by` has uploaded: one new person, one row with errors."""
    rows = [
        (1, "Lê Văn An", "Chuyên viên", "Phòng A", "Chuyên viên", "an.lv@langson.gov.vn", ""),
        (2, "Trần Bình", "", "Phòng Lạ", "Sếp", "binh", ""),
    ]
    return sent(by, roster(*rows))
