"""Days and words of a year in the next."""

import datetime as dt

import pytest

from plans.next_year.shifting import cited, in_year, shifted, shifted_deadline


@pytest.mark.parametrize(
    ("old", "years", "new"),
    [
        ("2023-11-30", 1, "2024-11-30"),
        ("2023-02-28", 1, "2024-02-29"),
        ("2024-02-29", 1, "2025-02-28"),
        ("2024-02-28", 1, "2025-02-28"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2023-12-31", 1, "2024-12-31"),
        ("2023-01-01", 5, "2028-01-01"),
    ],
)
def test_a_day_a_year_later(old, years, new):
    assert shifted(dt.date.fromisoformat(old), years) == dt.date.fromisoformat(new)


def test_no_day_stays_none():
    assert shifted(None, 1) is None


def test_days_keep_their_order():
    days = [dt.date(2023, 1, 1) + dt.timedelta(days=n) for n in range(2 * 366)]
    moved = [shifted(day, 1) for day in days]
    assert moved == sorted(moved)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Trước ngày 30 tháng 11 năm 2023", "Trước ngày 30 tháng 11 năm 2024"),
        ("trước ngày 28/02/2023", "trước ngày 29/02/2024"),
        ("Ngày 28 tháng 02 năm 2023", "Ngày 29 tháng 02 năm 2024"),
        ("05/6/2023 và 31-12-2023", "05/6/2024 và 31-12-2024"),
        ("Quý IV/2023", "Quý IV/2024"),
        ("Tháng 12/2023; năm 2024", "Tháng 12/2024; năm 2025"),
        ("Hằng tháng", "Hằng tháng"),
        ("31/11/2023", "31/11/2023"),
        (
            "Theo Kế hoạch số 142/KH-UBND ngày 24/6/2023, trước ngày 30/11/2023",
            "Theo Kế hoạch số 142/KH-UBND ngày 24/6/2023, trước ngày 30/11/2024",
        ),
        (
            "30/11/2023 theo Công văn số 12/UBND-NC ngày 3 tháng 5 năm 2023",
            "30/11/2024 theo Công văn số 12/UBND-NC ngày 3 tháng 5 năm 2023",
        ),
        ("", ""),
    ],
)
def test_the_words_of_a_deadline(old, new):
    assert shifted_deadline(old, 1) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("PAR INDEX năm 2023, kết quả năm 2022", "PAR INDEX năm 2024, kết quả năm 2023"),
        ("Kế hoạch ngày 24/6/2023", "Kế hoạch ngày 24/6/2023"),
        ("ngày 24 tháng 6 năm 2023 của UBND", "ngày 24 tháng 6 năm 2023 của UBND"),
        ("ngày 24 tháng 12 năm 2023 của UBND", "ngày 24 tháng 12 năm 2023 của UBND"),
        ("Đề án giai đoạn 2021 - 2025, năm 2020", "Đề án giai đoạn 2021 - 2025, năm 2020"),
        ("NĂM 2023", "NĂM 2024"),
        (
            "Thực hiện Kế hoạch số 142/KH-UBND ngày 24/6/2023 về Chỉ số (PAPI); Chỉ số năm 2023 "
            "(sau đây gọi tắt là Chỉ số), Sở xây dựng kế hoạch năm 2023 như sau:",
            "Thực hiện Kế hoạch số 142/KH-UBND ngày 24/6/2023 về Chỉ số (PAPI); Chỉ số năm 2023 "
            "(sau đây gọi tắt là Chỉ số), Sở xây dựng kế hoạch năm 2024 như sau:",
        ),
        (
            "Theo Nghị định 30/2020/NĐ-CP, công tác năm 2023. Trong năm 2023 làm xong.",
            "Theo Nghị định 30/2020/NĐ-CP, công tác năm 2023. Trong năm 2024 làm xong.",
        ),
        (
            "Luật Giao dịch điện tử năm 2023 và việc năm 2023; kế hoạch thực hiện năm 2023",
            "Luật Giao dịch điện tử năm 2023 và việc năm 2024; kế hoạch thực hiện năm 2024",
        ),
    ],
)
def test_running_text(old, new):
    assert in_year(old, {2023: 2024, 2022: 2023}) == new


def test_documents_of_a_year_that_a_text_cites():
    text = (
        "Theo Kế hoạch số 5/KH-UBND ngày 1/2/2023, Quyết định số 7/QĐ-UBND ngày 1/2/2021 và "
        "Kế hoạch số 5/KH-UBND ngày 1/2/2023; Thông báo số 9/TB-UBND về kết quả năm 2023."
        "\nViệc năm 2023."
    )
    assert cited(text, {2023}) == [
        "Kế hoạch số 5/KH-UBND ngày 1/2/2023",
        "Thông báo số 9/TB-UBND",
    ]
    assert cited(text, {2021}) == ["Quyết định số 7/QĐ-UBND ngày 1/2/2021"]
