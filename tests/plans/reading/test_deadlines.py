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
        ("12/2025", D(2025, 12, 31)),
        ("QIII/2025", D(2025, 9, 30)),
        ("Q4/2025", D(2025, 12, 31)),
        ("Tháng 2 năm 2028", D(2028, 2, 29)),
        ("Quý I/2026", D(2026, 3, 31)),
        ("quý 4 năm 2025", D(2025, 12, 31)),
        ("Năm 2026", D(2026, 12, 31)),
        ("2026", D(2026, 12, 31)),
        ("6 tháng đầu năm 2026", D(2026, 6, 30)),
        ("Tháng Ba năm 2024", D(2024, 3, 31)),
        ("Tháng năm năm 2024", D(2024, 5, 31)),
        ("Quý một năm 2026", D(2026, 3, 31)),
        ("15 tháng 12/2024", D(2024, 12, 15)),
        ("15 tháng mười hai năm 2024", D(2024, 12, 15)),
        ("Thứ sáu ngày 30/6/2023", D(2023, 6, 30)),
        ("Từ tháng 01/2026 đến hết ngày 30/11/2026", D(2026, 11, 30)),
        ("Theo Công văn số 12/UBND-KT, trước ngày 30/6/2023", D(2023, 6, 30)),
        ("30/11/2023\nĐiều chỉnh theo CV 12/UBND ngày 5/6/2023", D(2023, 11, 30)),
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
        ("Quý I + II/2024", D(2024, 6, 30), "có nhiều mốc"),
        ("Quý I&II/2026", D(2026, 6, 30), "có nhiều mốc"),
        ("Tháng 6 + 12/2023", D(2023, 12, 31), "có nhiều mốc"),
        ("Tháng Ba và tháng sáu/2026", D(2026, 6, 30), "lấy năm của kế hoạch"),
        ("6 tháng đầu năm; 6 tháng cuối năm 2023", D(2023, 12, 31), "có nhiều mốc"),
        ("Năm 2023-2024", D(2024, 12, 31), "có nhiều mốc"),
        ("Năm 2023, 2024", D(2024, 12, 31), "có nhiều mốc"),
        ("Từ tháng 3-10/2023", D(2023, 10, 31), "có nhiều mốc"),
        ("15/6/2023 và quý IV/2023", D(2023, 6, 15), "còn “quý IV/2023” chưa tính"),
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
        ("Tháng 13/2026", "không có Tháng 13/2026"),
        ("30/6", "không ghi năm"),
        ("trước tháng 6/2026", "chưa rõ ngày nào"),
        ("15 tháng 12", "“15 tháng 12” không ghi năm"),
        ("6 tháng đầu năm", "“6 tháng đầu năm” không ghi năm"),
        ("Ba mươi tháng sáu năm 2026", "chưa hiểu “Ba mươi”"),
        ("thang ba nam 2024", "chưa hiểu “thang ba”"),
        ("Tháng năm 2024", "chưa hiểu “Tháng”"),
        ("Tuần 2 tháng 6/2023", "chưa hiểu “Tuần 2”"),
        ("Đầu quý II/2023", "chưa hiểu “Đầu”"),
        ("Quý IV/2023, 2024", "chưa hiểu “2024”"),
        ("mỗi quý một lần", "không hiểu"),
        ("tháng 6/12", "không hiểu"),
        ("Từ 01/12/2023", "“Từ 01/12/2023” là lúc bắt đầu"),
        ("Sau ngày 30/6/2023", "“Sau ngày 30/6/2023” là lúc bắt đầu"),
        ("Từ quý III/2023", "“Từ quý III/2023” là lúc bắt đầu"),
        ("Bắt đầu từ quý III năm 2023", "là lúc bắt đầu"),
        ("15 ngày làm việc kể từ ngày 01/6/2023", "“kể từ ngày 01/6/2023” là lúc bắt đầu"),
        ("Trước 31/12/2023; báo cáo sau 15/01/2024", "muộn hơn mốc còn lại"),
        ("Theo Kế hoạch số 12/KH-UBND ngày 3/2/2023", "là ngày của văn bản"),
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
