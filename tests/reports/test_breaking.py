"""Lines of heads and titles end between words of sense; long words tear no justified line."""

import pytest

from reports.content.breaking import has_long_word, in_lines
from reports.round_content.cited import cited


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("UBND TỈNH LẠNG SƠN", 22, ["UBND TỈNH LẠNG SƠN"]),
        ("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", 22, ["ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"]),
        ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", 22, ["SỞ THÔNG TIN", "VÀ TRUYỀN THÔNG"]),
        (
            "SỞ THÔNG TIN, TRUYỀN THÔNG, VĂN HÓA, THỂ THAO VÀ DU LỊCH",
            22,
            ["SỞ THÔNG TIN,", "TRUYỀN THÔNG, VĂN HÓA,", "THỂ THAO VÀ DU LỊCH"],
        ),
        (
            "THỰC HIỆN KẾ HOẠCH NÂNG CAO CHỈ SỐ PAPI TỈNH LẠNG SƠN NĂM 2023",
            50,
            ["THỰC HIỆN KẾ HOẠCH NÂNG CAO CHỈ SỐ PAPI", "TỈNH LẠNG SƠN NĂM 2023"],
        ),
        ("KẾ HOẠCH 05 NĂM 2021-2025", 20, ["KẾ HOẠCH 05 NĂM", "2021-2025"]),
        ("X" * 40, 22, ["X" * 40]),
        (f"SỞ {'X' * 40}", 22, ["SỞ", "X" * 40]),
    ],
)
def test_lines_end_where_sense_does(text, most, lines):
    assert list(in_lines(text, most)) == lines


def test_what_tears_a_line():
    assert not has_long_word("Công văn số 1024/STTTT-TTBCXB ngày 15/7/2023")
    assert has_long_word("Xem https://dichvucong.langson.gov.vn/tin-tuc")


def test_documents_are_cited_by_type_rank_and_day():
    """F23."""
    said = [
        "Văn bản số 12/STTTT-VP ngày 05/9/2023",
        "Văn bản số 346/BC-STTTT",
        "Văn bản số 312/BC-STTTT ngày 10/10/2023",
        "Văn bản số 327/BC-STTTT ngày 05/9/2023",
        "Văn bản số 7",
        "Văn bản số 118/QĐ-STTTT ngày 31/10/2023",
    ]

    assert cited(said) == [
        "Quyết định số 118/QĐ-STTTT ngày 31/10/2023",
        "Báo cáo số 327/BC-STTTT ngày 05/9/2023",
        "Báo cáo số 312/BC-STTTT ngày 10/10/2023",
        "Báo cáo số 346/BC-STTTT",
        "Công văn số 12/STTTT-VP ngày 05/9/2023",
        "Văn bản số 7",
    ]
