"""Workbooks as offices make them, for the reader to read."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import openpyxl

HEAD = (
    "STT",
    "Nhiệm vụ, giải pháp",
    "Đơn vị chủ trì",
    "Đơn vị phối hợp",
    "Thời gian hoàn thành",
    "Sản phẩm",
    "Ghi chú",
)


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(
    rows: Iterable[Sequence[Any]],
    *,
    head: Sequence[Any] | None = HEAD,
    merged: Sequence[str] = (),
    hidden: Sequence[int] = (),
    hidden_columns: Sequence[str] = (),
    above: Sequence[str] = ("PHỤ LỤC", ""),
) -> bytes:
    """One sheet: `above` lines, the head, the rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    for line in above:
        sheet.append([line])
    if head is not None:
        sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    for reference in merged:
        sheet.merge_cells(reference)
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    for letter in hidden_columns:
        sheet.column_dimensions[letter].hidden = True
    return saved(book)


def sheets(made: Mapping[str, Iterable[Sequence[Any]]], *, hidden: Sequence[str] = ()) -> bytes:
    """A sheet of rows for each name."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in made.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name in hidden:
            sheet.sheet_state = "hidden"
    return saved(book)


def part_of(content: bytes, part: str) -> bytes:
    """One part of the archive that a workbook is."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(part)


def changed(content: bytes, cells: dict[str, Any], sheet: str = "") -> bytes:
    """A workbook with other values in some cells."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book[sheet] if sheet else book.active
    for reference, value in cells.items():
        page[reference] = value
    return saved(book)
