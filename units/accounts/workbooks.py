"""Workbooks that administrators take home: the form for people, and the list of first passwords."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from units.accounts.passwords import FirstPassword
from units.accounts.roster import TITLES
from units.models import Role, Unit, User

_LINE = Side(style="thin", color="FF767D86")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_FONT, _BOLD = (
    Font(name="Times New Roman", size=12),
    Font(name="Times New Roman", size=12, bold=True),
)
_HEAD = PatternFill("solid", fgColor="FFE8EDF5")
_TOP = Alignment(vertical="top", wrap_text=True)
_WIDTHS = {"STT": 6, "Mật khẩu đầu": 22, "Vai trò": 18, "Chức vụ": 22}
_WIDTH = 30
_EMPTY_ROWS = 200  # with lists to choose from

_GUIDE = (
    "Mỗi người một dòng. Cần có: họ và tên, vai trò, thư điện tử hoặc tên đăng nhập; chuyên viên "
    "và lãnh đạo đơn vị cần có đơn vị.",
    "Người đã có tài khoản được nhận ra theo tên đăng nhập, không có thì theo thư điện tử. Ô để "
    "trống thì giữ nguyên điều đang có.",
    "Tài khoản mới không ghi tên đăng nhập thì lấy phần trước chữ @ của thư điện tử.",
    "Người không có trong tệp không bị thay đổi. Người rời đơn vị: ghi ngày ở trang quản trị.",
)


def form_for_people(people: Iterable[User] = ()) -> bytes:
    """The head of the list with `people` under it, lists to choose units and roles from, and a
    second sheet that says how it is filled in."""
    rows = [
        [
            number,
            one.full_name,
            one.job_title,
            _unit(one),
            str(Role(one.role).label),
            one.email,
            one.username,
        ]
        for number, one in enumerate(people, 1)
    ]
    book, sheet = _list("Cán bộ", "DANH SÁCH CÁN BỘ", ["STT", *TITLES.values()], rows)
    units = [unit.name for unit in Unit.objects.filter(is_active=True)]
    guide = book.create_sheet("Hướng dẫn")
    guide.column_dimensions["A"].width = 100
    for number, text in enumerate(
        [*_GUIDE, "", "Vai trò:", *(str(role.label) for role in Role), "", "Đơn vị:", *units], 1
    ):
        _write(guide, number, 1, text)
    last = max(len(rows), _EMPTY_ROWS) + 3
    first = len(_GUIDE) + 3
    _choose(sheet, "E", last, f"'Hướng dẫn'!$A${first}:$A${first + len(Role) - 1}")
    if units:
        first += len(Role) + 2
        _choose(sheet, "D", last, f"'Hướng dẫn'!$A${first}:$A${first + len(units) - 1}")
    return _saved(book)


def list_of_passwords(given: Sequence[FirstPassword]) -> bytes:
    """Whom to hand which password."""
    head = ["STT", "Họ và tên", "Đơn vị", "Tên đăng nhập", "Mật khẩu đầu", "Đã nhận (ký)"]
    rows = [
        [
            number,
            first.person.full_name,
            _unit(first.person),
            first.person.username,
            first.password,
            "",
        ]
        for number, first in enumerate(given, 1)
    ]
    book, _ = _list("Mật khẩu đầu", "MẬT KHẨU ĐẦU, TRAO TẬN TAY", head, rows)
    return _saved(book)


def _list(name: str, title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Any:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = name
    _write(sheet, 1, 1, title, font=_BOLD, border=None, wrap=False)
    for column, text in enumerate(head, 1):
        _write(sheet, 3, column, text, font=_BOLD)
        sheet.cell(3, column).fill = _HEAD
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(text, _WIDTH)
    for number, row in enumerate(rows, 4):
        for column, value in enumerate(row, 1):
            _write(sheet, number, column, value)
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return book, sheet


def _write(
    sheet: Any,
    row: int,
    column: int,
    value: Any,
    *,
    font: Font = _FONT,
    border: Border | None = _GRID,
    wrap: bool = True,
) -> None:
    """Text stays text: a name that begins with "=" is no formula."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell._value, cell.data_type = value, "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value
    cell.font = font
    if border is not None:
        cell.border = border
    if wrap:
        cell.alignment = _TOP


def _choose(sheet: Any, column: str, last: int, source: str) -> None:
    choice = DataValidation(type="list", formula1=source, allow_blank=True)
    choice.showErrorMessage = False  # other ways to write a unit are read as well
    sheet.add_data_validation(choice)
    choice.add(f"{column}4:{column}{last}")


def _unit(person: User) -> str:
    return person.unit.name if person.unit else ""


def _saved(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
