"""Deadlines in words: understood as far as they can be, the words kept (issue: Excel, Word)."""

import datetime as dt

import pytest

from plans.reading.deadlines import Deadline, read_deadline

D = dt.date


@pytest.mark.parametrize(
    ("written", "due_on"),
    [
        ("31/03/2026", D(2026, 3, 31)),
        (" 31-3-2026 ", D(2026, 3, 31)),
        ("trước ngày 30/11/2023", D(2023, 11, 30)),
        ("Trước ngày 30 tháng 11 năm 2023", D(2023, 11, 30)),
        ("Trong tháng 01/2026", D(2026, 1, 31)),
        ("Tháng 12/2025", D(2025, 12, 31)),
        ("Tháng 2 năm 2028", D(2028, 2, 29)),
        ("Quý I/2026", D(2026, 3, 31)),
        ("quý 4 năm 2025", D(2025, 12, 31)),
        ("Năm 2026", D(2026, 12, 31)),
        ("2026", D(2026, 12, 31)),
        ("6 tháng đầu năm 2026", D(2026, 6, 30)),
        ("31/03/2026\n(theo QĐ số 12/QĐ-UBND ngày 01/02/2027)", D(2026, 3, 31)),
    ],
)
def test_one_day(written, due_on):
    found = read_deadline(written)

    assert (found.due_on, found.ongoing, found.doubt) == (due_on, False, "")
    assert found.words == written.strip()
    assert f"{due_on:%d/%m/%Y}" in found.said


@pytest.mark.parametrize("value", [dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC), D(2026, 3, 1)])
def test_a_real_date_of_a_workbook(value):
    assert read_deadline(value) == Deadline("01/03/2026", D(2026, 3, 1), said="ngày 01/03/2026")


@pytest.mark.parametrize(
    "written", ["Thường xuyên", "Hằng tháng", "Hàng năm", "theo quý", "Định kỳ hằng quý"]
)
def test_ongoing(written):
    found = read_deadline(written, 2026)

    assert (found.words, found.due_on, found.ongoing, found.doubt) == (written, None, True, "")


@pytest.mark.parametrize(
    ("written", "due_on", "doubt"),
    [
        ("30/6 và 31/12", D(2026, 12, 31), "có 2 mốc (30/06/2026, 31/12/2026); lấy mốc cuối"),
        ("Từ 01/3/2026 đến 30/6/2026", D(2026, 6, 30), "có 2 mốc"),
        ("Quý III, IV năm 2025", D(2025, 12, 31), "có nhiều mốc"),
        ("Tháng 3-4/2026", D(2026, 4, 30), "có nhiều mốc"),
        ("Năm 2026 và các năm tiếp theo", D(2026, 12, 31), "có nhiều mốc"),
        ("15/3/26", D(2026, 3, 15), "hiểu năm “26” là 2026"),
        ("Quý II", D(2026, 6, 30), "lấy năm của kế hoạch (2026)"),
    ],
)
def test_understood_with_a_doubt(written, due_on, doubt):
    found = read_deadline(written, 2026)

    assert found.due_on == due_on
    assert doubt in found.doubt


@pytest.mark.parametrize(
    ("written", "doubt"),
    [
        ("Theo yêu cầu", "không hiểu thời hạn “Theo yêu cầu”"),
        ("Theo quy định", "không hiểu"),
        ("Ngay sau khi có hướng dẫn", "không hiểu"),
        ("31/11/2026", "không có ngày 31/11/2026 trong lịch"),
        ("Tháng 13/2026", "không có thang 13/2026"),
        ("30/6", "không ghi năm"),
        ("trước tháng 6/2026", "chưa rõ ngày nào"),
    ],
)
def test_never_guessed(written, doubt):
    found = read_deadline(written)

    assert (found.words, found.due_on, found.ongoing) == (written, None, False)
    assert doubt in found.doubt


@pytest.mark.parametrize("written", ["", None, " - ", "…", "./."])
def test_nothing(written):
    assert read_deadline(written) in (
        Deadline(said="không ghi thời hạn"),
        Deadline("…", doubt="không hiểu thời hạn “…”; giữ nguyên chữ, chưa có ngày"),
    )
