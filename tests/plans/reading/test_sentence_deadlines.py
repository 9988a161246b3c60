"""Deadlines in sentences of tasks: what is understood is set, what only looks like one is said."""

import datetime as dt

import pytest

from plans.reading.deadlines import Deadline
from plans.reading.sentence_deadlines import deadline_in

D = dt.date


@pytest.mark.parametrize(
    ("sentence", "due_on", "words"),
    [
        ("Rà soát, hoàn thành trong quý III/2025.", D(2025, 9, 30), "trong quý III/2025"),
        ("Hoàn thành dứt điểm trước 30.6.2025 việc rà soát.", D(2025, 6, 30), "trước 30.6.2025"),
        ("Số hóa hồ sơ, kết thúc tháng 6/2025.", D(2025, 6, 30), "tháng 6/2025"),
        ("Trong quý II/2025, tổ chức đối thoại.", D(2025, 6, 30), "Trong quý II/2025"),
        ("Từ nay đến 31/12/2025, xử lý hồ sơ.", D(2025, 12, 31), "đến 31/12/2025"),
        ("Số hóa hồ sơ (HTS; quý II/2025).", D(2025, 6, 30), "quý II/2025"),
        ("Số hóa hồ sơ (Quý II/2025).", D(2025, 6, 30), "Quý II/2025"),
        ("Nâng cấp mạng – Phòng A – Quý II/2025.", D(2025, 6, 30), "Quý II/2025"),
        ("Nâng cấp mạng; thời hạn: 30/6/2025.", D(2025, 6, 30), "30/6/2025"),
        ("Báo cáo kết quả trước ngày 15/11/2025 để tổng hợp.", D(2025, 11, 15),
         "trước ngày 15/11/2025"),
        ("Trình UBND tỉnh chậm nhất là ngày 15 tháng 6 năm 2025.", D(2025, 6, 15),
         "chậm nhất là ngày 15 tháng 6 năm 2025"),
        ("Xây dựng kế hoạch năm 2026 trước 17h00 ngày 15/12/2025.", D(2025, 12, 15),
         "trước 17h00 ngày 15/12/2025"),
        ("Theo Thông tư số 02/2023/TT-BTTTT ngày 21/3/2023, hoàn thành quý IV/2025.",
         D(2025, 12, 31), "quý IV/2025"),
    ],
)  # fmt: skip
def test_understood(sentence, due_on, words):
    due, doubts = deadline_in(sentence, 2025)

    assert (due.due_on, due.words, doubts) == (due_on, words, [])


@pytest.mark.parametrize(
    ("sentence", "due_on", "doubt"),
    [
        ("Hoàn thành trong quý III.", D(2025, 9, 30), "lấy năm của kế hoạch (2025)"),
        ("Tập huấn vào tháng 5, tháng 9 năm 2025.", D(2025, 9, 30), "có nhiều mốc; lấy mốc cuối"),
        (
            "Ban hành trước ngày 15/3/2025, tổng kết trước ngày 30/11/2025.",
            D(2025, 11, 30),
            "câu ghi nhiều mốc (“trước ngày 15/3/2025”, “trước ngày 30/11/2025”); "
            "lấy “trước ngày 30/11/2025”",
        ),
    ],
)
def test_understood_with_a_doubt(sentence, due_on, doubt):
    due, doubts = deadline_in(sentence, 2025)

    assert due.due_on == due_on
    assert len(doubts) == 1
    assert doubt in doubts[0]


@pytest.mark.parametrize(
    ("sentence", "words", "doubt"),
    [
        ("Vệ sinh, xong trước Tết.", "trước Tết", "không hiểu thời hạn “trước Tết”"),
        ("Trình trước ngày 31/13/2025.", "trước ngày 31/13/2025", "không có ngày 31/13/2025"),
        ("Hoàn thành trong 05 ngày làm việc.", "trong 05 ngày làm việc", "không hiểu"),
        ("Hoàn thành trước tháng 6/2025.", "trước tháng 6/2025", "chưa rõ ngày nào"),
        ("Hoàn thành trước kỳ họp cuối năm.", "trước kỳ họp cuối năm", "chưa hiểu “trước kỳ họp”"),
        ("Nghiệm thu trong tuần thứ 2 của tháng 6/2025.", "trong tuần thứ 2 của tháng 6/2025",
         "chưa hiểu “trong tuần thứ 2 của”"),
        ("Báo cáo trước ngày 25 của tháng cuối quý.", "trước ngày 25 của tháng cuối quý",
         "không hiểu"),
        ("Báo cáo trước ngày 15 tháng cuối quý.", "trước ngày 15 tháng cuối quý", "không hiểu"),
    ],
)  # fmt: skip
def test_the_words_are_kept_where_no_day_is_understood(sentence, words, doubt):
    due, doubts = deadline_in(sentence, 2025)

    assert (due.words, due.due_on) == (words, None)
    assert doubt in doubts[0]


@pytest.mark.parametrize(
    ("sentence", "doubt"),
    [
        ("Báo cáo chậm nhất ngày 15 hằng tháng.", "“ngày 15” của mỗi kỳ chưa tính thành ngày"),
        ("Trước ngày 20 hằng tháng, tổng hợp.", "“ngày 20” của mỗi kỳ"),
        ("Báo cáo định kỳ hằng quý.", ""),
        ("Cập nhật số liệu (hằng tháng).", ""),
        ("Vận hành hệ thống - Tổ Vận hành - thường xuyên", ""),
    ],
)
def test_work_that_comes_again(sentence, doubt):
    due, doubts = deadline_in(sentence, 2025)

    assert (due.due_on, due.ongoing) == (None, True)
    assert doubt in "".join(doubts)
    assert bool(doubts) == bool(doubt)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Xử lý hồ sơ tiếp nhận trước ngày 01/3/2025.", "trước ngày 01/3/2025"),
        ("Rà soát văn bản đã ban hành trước ngày 01/3/2025.", "trước ngày 01/3/2025"),
        ("Thực hiện trong tháng 7 năm 2025 việc kiểm kê.", "trong tháng 7 năm 2025"),
        ("Đến năm 2030 đạt 100%.", "Đến năm 2030"),
        ("Kiểm tra đạo đức công vụ quý 2 và quý 4.", "quý 2 và quý 4"),
        ("Tổng hợp kết quả hằng tháng.", "hằng tháng"),
        ("Ứng cứu sự cố, diễn tập ngày 15/8/2025", "ngày 15/8/2025"),
        ("Rà soát thủ tục ban hành trước ngày 01/01/2020.", "trước ngày 01/01/2020"),
    ],
)
def test_what_only_looks_like_one_is_quoted(sentence, words):
    due, doubts = deadline_in(sentence, 2025)

    assert due == Deadline()
    assert len(doubts) == 1
    assert f"“{words}”" in doubts[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "Theo Quyết định số 12/QĐ-UBND ngày 01/02/2025 của UBND tỉnh, rà soát thủ tục.",
        "Rà soát theo Quyết định ngày 01/02/2025 của UBND tỉnh.",
        "Thực hiện Luật Giao dịch điện tử ngày 22/6/2023; Nghị quyết của Đảng bộ ngày 5/8/2025.",
        "Rà soát theo Công văn số 12/UBND-KT - ngày 01/02/2025.",
        "Hoàn thành chỉ tiêu theo Kế hoạch số 12/KH-UBND ngày 3/2/2025 của UBND tỉnh.",
        "Thẩm định trước khi trình; chịu trách nhiệm trước Giám đốc Sở.",
        "Giải quyết hồ sơ trong thời hạn 05 ngày làm việc, 100% trong ngày.",
        "Hoàn thành đúng tiến độ, trước thời hạn 100% chỉ tiêu năm 2025.",
        "Trước hết, trước mắt tập trung vào 2/3 số thủ tục.",
        "Báo cáo kết quả quý II; xây dựng kế hoạch tháng 5.",
        "Tỷ lệ hồ sơ tiếp nhận trong năm 2025 được giải quyết đúng hạn.",
    ],
)
def test_none(sentence):
    assert deadline_in(sentence, 2025) == (Deadline(), [])
