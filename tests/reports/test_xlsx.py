"""The XLSX as an office calculates with it: numbers, dates, filters, print set-up; text is text."""

import datetime as dt
import io
import zipfile
from dataclasses import replace

import pytest

from plans.acts.appendix import move_due_date
from plans.models import ProgressUpdate
from plans.states import State
from reports.content import consolidated
from reports.files.xlsx import render, sheet
from reports.files.xlsx.texts import LONGEST
from tests.builders import TODAY, day, record
from tests.reports import reading

SHEETS = [
    "Tổng hợp",
    "Chi tiết nhiệm vụ",
    "Chỉ tiêu",
    "Theo đơn vị",
    "Khó khăn - kiến nghị",
    "Nhật ký",
]


def midnight(month, day):
    """A day as openpyxl reads it."""
    return dt.datetime(2023, month, day)  # noqa: DTZ001  Excel knows no time zones


@pytest.fixture
def data(sample):
    return render(sample)


def test_its_sheets(data):
    assert reading.workbook(data).sheetnames == SHEETS


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_is_set_up(data, name):
    sheet = reading.workbook(data)[name]
    titles_row = int(sheet.freeze_panes.lstrip("A")) - 1

    assert sheet.auto_filter.ref.startswith(f"A{titles_row}:")
    assert sheet.print_title_rows == f"${titles_row}:${titles_row}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet["A3"].value == "Dữ liệu minh họa"
    assert sheet.oddHeader.right.text == "Dữ liệu minh họa"
    assert "Số liệu tính đến ngày 20/11/2023" in sheet["A2"].value
    assert all(dimension.width > 4 for dimension in sheet.column_dimensions.values())


def test_a_row_for_every_task_with_real_dates_and_numbers(sample, data):
    rows = reading.sheet_rows(data, "Chi tiết nhiệm vụ")
    by_code = {row["Số mục"]: row for row in rows}
    late = by_code["D3"]

    assert [row["Số mục"] for row in rows] == [task.code for task in sample.tasks]
    assert [row["STT"] for row in rows] == list(range(1, len(rows) + 1))
    assert late["Thời hạn"] == midnight(11, 10)
    assert late["Ngày hoàn thành"] == midnight(11, 14)
    assert (late["Tình trạng"], late["Mức độ"]) == ("Hoàn thành", "quá hạn 4 ngày")
    assert late["Số ngày quá hạn"] == 4
    assert by_code["D2"]["Số ngày quá hạn"] is None
    assert by_code["D6"]["Bị trả lại"] == "x"
    assert by_code["E5"]["Tiêu chí"] == "Tiêu chí: Quản trị điện tử"
    assert by_code["E5"]["Kết quả"] == "Phòng A: Phần của Phòng A đã xong."


def test_dates_have_the_vietnamese_form(data):
    sheet = reading.workbook(data)["Chi tiết nhiệm vụ"]
    dates = [c for row in sheet.iter_rows() for c in row if isinstance(c.value, dt.datetime)]

    assert {cell.number_format for cell in dates} == {"dd/mm/yyyy"}
    assert len(dates) > 20


def test_measures_are_numbers(data):
    (row,) = reading.sheet_rows(data, "Chỉ tiêu")

    assert (row["Số mục"], row["Chỉ tiêu giao"], row["Kết quả"]) == ("D1", 100, 81.5)
    assert (row["Đơn vị báo cáo"], row["Đánh giá chỉ tiêu"]) == ("A", "chưa đạt")


def test_difficulties_and_proposals(data):
    rows = reading.sheet_rows(data, "Khó khăn - kiến nghị")

    assert [row["Số mục"] for row in rows] == ["D1", "E1"]
    assert rows[0]["Khó khăn, vướng mắc"] == "Thiếu kinh phí."
    assert rows[0]["Việc tiếp theo"] == "Kết nối 04 ứng dụng còn lại."
    assert rows[0]["Cập nhật"] == midnight(10, 2)


def test_the_history_is_there_as_it_was_recorded(every_state):
    task, by = every_state.task, every_state.leadership
    move_due_date(task=task, due_on=TODAY, by=by, reason="Theo chỉ đạo của UBND tỉnh")
    records = ProgressUpdate.objects.order_by("recorded_at", "pk").select_related("assignment")

    *rows, moved = reading.sheet_rows(render(consolidated(every_state.plan, TODAY)), "Nhật ký")

    assert [(row["Số mục"], row["Người ghi"], row["Lý do, nội dung"] or "") for row in rows] == [
        (one.assignment.task.code, one.by_label, one.reason) for one in records
    ]
    assert rows[0]["Ngày ghi"] == midnight(10, 2)
    assert {row["Việc"] for row in rows} >= {
        "Cập nhật: đang thực hiện",
        "Báo hoàn thành, chờ Văn phòng xác nhận",
        "Xác nhận không phát sinh",
        "Trả lại",
        "Tạm dừng",
    }
    assert (moved["Việc"], moved["Lý do, nội dung"]) == (
        "Thay đổi thời hạn",
        "Từ 30/11/2023 đến 20/11/2023. Theo chỉ đạo của UBND tỉnh",
    )


def test_the_history_ends_on_the_day(every_state):
    known = consolidated(every_state.plan, day(10, 5)).events

    assert {one.day for one in known} == {day(10, 2), day(10, 5)}


def test_totals_are_numbers_and_not_formulas(sample, data):
    total = reading.sheet_rows(data, "Theo đơn vị")[-1]

    assert total["Đơn vị chủ trì"] == "Tổng cộng"
    assert total["Tổng số"] == sample.parts_total.total
    assert total["Tỷ lệ hoàn thành"] == float(sample.parts_total.rate) / 100


@pytest.mark.parametrize("text", ["=1+1", "+84 25", "-12", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_text_that_looks_like_a_formula_is_text(every_state, text):
    record(every_state.lead, every_state.head, State.IN_PROGRESS, result=text)
    book = reading.workbook(render(consolidated(every_state.plan, TODAY)))

    cells = [c for row in book["Chi tiết nhiệm vụ"].iter_rows() for c in row if c.value == text]

    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]


def test_text_longer_than_a_cell_can_hold_says_so(sample):
    long = replace(sample.indicators[0].entries[1].task, wording="rất dài " * 5000)
    entry = replace(sample.indicators[0].entries[1], task=long)
    part = replace(sample.indicators[0], entries=(entry,))

    (row,) = reading.sheet_rows(render(replace(sample, indicators=(part,))), "Chi tiết nhiệm vụ")

    assert len(row["Nhiệm vụ, giải pháp"]) == LONGEST
    assert row["Nhiệm vụ, giải pháp"].endswith("… (còn nữa, xem trong hệ thống)")


def test_characters_that_xml_cannot_hold_do_not_break_it(sample):
    strange = replace(sample, plan="Tên \x00 lạ \x1f\uffff")

    assert reading.workbook(render(strange))["Tổng hợp"]["A2"].value.startswith("Tên  lạ")


def test_properties(sample, data):
    facts = reading.workbook(data).properties

    assert (facts.title, facts.creator) == (sample.title, sample.author)
    assert (facts.created.date(), facts.modified.date()) == (sample.day, sample.day)


def test_a_real_report_bears_no_mark(sample):
    book = reading.workbook(render(replace(sample, demonstration=False)))

    assert [sheet["A3"].value for sheet in book] != ["Dữ liệu minh họa"] * 6
    assert [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if "minh họa" in str(cell.value)
    ] == []


def test_more_rows_than_are_kept_in_memory(monkeypatch):
    monkeypatch.setattr(sheet, "_KEPT", 1000)
    rows = [(number, f"Việc {number % 7}", TODAY) for number in range(1, 1203)]
    book = sheet.Book(title="x", author="y")
    columns = [sheet.Column("STT", 5, sheet.Kind.COUNT), sheet.Column("Việc", 20)]
    made = book.sheet("Việc", [*columns, sheet.Column("Ngày", 12, sheet.Kind.DATE)])
    for row in rows:
        made.row(row)
    data = book.saved(TODAY)

    read = list(reading.workbook(data)["Việc"].iter_rows(min_row=2, values_only=True))
    assert [(number, text, day.date()) for number, text, day in read] == rows
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("xl/sharedStrings.xml").decode().count("Việc 3<") == 1
