"""Whose plan it is, and how its name is written: nothing is made up (F11, F12; domain.md 1I)."""

import pytest

from plans.reading.capitals import written_out
from plans.reading.citations import citations
from plans.reading.draft import DraftPlan
from plans.reading.ending import read_end
from plans.reading.head import read_head, spell_agency, split
from plans.reading.lines import Line
from plans.reading.parties import Directory


def head(*texts, known=()):
    lines = [Line(n, text) for n, text in enumerate(texts, 1)]
    plan = DraftPlan()
    unread = read_head(lines, plan)
    directory = Directory()
    directory.call_agency(*known)
    doubts = [doubt.message for doubt in spell_agency(plan, lines, directory)]
    return plan, doubts, [line.text for line in unread]


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("SỞ GIAO THÔNG VẬN TẢI", "Sở Giao thông vận tải"),
        ("SỞ LAO ĐỘNG-THƯƠNG BINH VÀ XÃ HỘI", "Sở Lao động - Thương binh và Xã hội"),
        ("SỞ NỘI VỤ TỈNH LẠNG SƠN", "Sở Nội vụ tỉnh Lạng Sơn"),
        ("UỶ BAN NHÂN DÂN HUYỆN CAO LỘC", "Ủy ban nhân dân huyện Cao Lộc"),
        ("UBND TỈNH BÀ RỊA - VŨNG TÀU", "UBND tỉnh Bà Rịa - Vũng Tàu"),
        ("THANH TRA TỈNH", "Thanh tra tỉnh"),
        ("SỞ CÁI GÌ ĐÓ", ""),
        ("TRUNG TÂM CÔNG NGHỆ SỐ", ""),
        ("SỞ CÁI GÌ ĐÓ TỈNH LẠNG SƠN", ""),
    ],
)
def test_capitals(printed, written):
    assert written_out(printed) == written


@pytest.mark.parametrize(
    ("letterhead", "superior", "agency"),
    [
        (["UBND TỈNH LẠNG SƠN", "SỞ NỘI VỤ"], "UBND TỈNH LẠNG SƠN", "Sở Nội vụ"),
        (["ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN", "SỞ VĂN HÓA,", "THỂ THAO VÀ DU LỊCH"],
         "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "Sở Văn hóa, Thể thao và Du lịch"),
        (["SỞ LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI"], "", "Sở Lao động - Thương binh và Xã hội"),
        (["Sở Nội vụ"], "", "Sở Nội vụ"),
        (["UBND TỈNH LẠNG SƠN"], "UBND TỈNH LẠNG SƠN", ""),
    ],
)  # fmt: skip
def test_a_letterhead(letterhead, superior, agency):
    plan, doubts, unread = head(*letterhead, "Số: 5/KH-SX", "KẾ HOẠCH", "Năm 2025")

    assert (plan.superior, plan.agency_name, doubts, unread) == (superior, agency, [], [])


def test_a_committee_issues_its_own():
    plan, _, _ = head("ỦY BAN NHÂN DÂN", "HUYỆN CAO LỘC", "Số: 5/KH-UBND", "KẾ HOẠCH", "Năm 2025")

    assert (plan.superior, plan.agency_name) == ("", "Ủy ban nhân dân huyện Cao Lộc")


def test_a_name_that_no_rule_covers_stays_with_a_doubt():
    plan, doubts, _ = head("SỞ NỘI VỤ", "TRUNG TÂM LƯU TRỮ SỐ", "KẾ HOẠCH", "Năm 2025")

    assert plan.agency_name == "TRUNG TÂM LƯU TRỮ SỐ"
    assert [doubt[:49] for doubt in doubts] == ["cơ quan ban hành in toàn chữ hoa: “TRUNG TÂM LƯU "]


def test_as_it_is_known_here_or_written_elsewhere():
    name = "Trung tâm Lưu trữ số"
    texts = ["TRUNG TÂM LƯU TRỮ SỐ", "KẾ HOẠCH", "Năm 2025"]

    assert head(*texts, known=[name])[0].agency_name == name
    assert head(*texts, f"Thực hiện lời dặn, {name} lập kế hoạch:")[0].agency_name == name


@pytest.mark.parametrize(
    ("title", "symbol", "agency"),
    [
        ("Triển khai Kế hoạch của Sở Nội vụ", "KH-STP", ""),
        ("Chuyển đổi số của Sở Nội vụ", "KH-SNV", "Sở Nội vụ"),
    ],
)
def test_a_title_does_not_make_up_an_agency(title, symbol, agency):
    plan, _, _ = head(f"Số: 5/{symbol}", "KẾ HOẠCH", title)

    assert plan.agency_name == agency


def test_the_letterhead_wins_over_the_title():
    plan, _, _ = head("SỞ TƯ PHÁP", "Số: 5/KH-SNV", "KẾ HOẠCH", "Triển khai Đề án của Sở Nội vụ")

    assert plan.agency_name == "Sở Tư pháp"


def test_the_opening_says_who_issues():
    opening = "Thực hiện Kế hoạch số 5/KH-UBND ngày 1/2/2025, Sở Y tế ban hành kế hoạch như sau:"
    plan, _, _ = head("KẾ HOẠCH", "Chuyển đổi số của Sở Nội vụ", opening)

    assert plan.agency_name == "Sở Y tế"


def test_kind_and_title_in_one_line():
    plan, _, unread = head("DỰ THẢO", "SỞ Y TẾ", "KẾ HOẠCH CHUYỂN ĐỔI SỐ NĂM 2025")

    assert (plan.type, plan.title, plan.year) == ("Kế hoạch", "CHUYỂN ĐỔI SỐ NĂM 2025", 2025)
    assert (plan.agency_name, unread) == ("Sở Y tế", ["DỰ THẢO"])


def test_two_columns_typed_with_spaces():
    plan, _, unread = head(
        "UBND TỈNH LẠNG SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SỞ Y TẾ Độc lập - Tự do - Hạnh phúc",
        "Số: 12/KH-SYT Lạng Sơn, ngày 03 tháng 3 năm 2025",
    )
    assert (plan.superior, plan.agency_name, unread) == ("UBND TỈNH LẠNG SƠN", "Sở Y tế", [])
    assert (plan.number, plan.symbol, plan.day) == ("12", "KH-SYT", 3)

    end = ["Nơi nhận: KT. GIÁM ĐỐC", "- UBND tỉnh; PHÓ GIÁM ĐỐC", "- Lưu: VT.", "Lê Thị Hà"]
    assert read_end([Line(n, text) for n, text in enumerate(end)], plan) == []

    assert (plan.authority, plan.signer_title, plan.signer) == (
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Lê Thị Hà",
    )
    assert [one.text for one in plan.recipients] == ["UBND tỉnh", "Lưu: VT"]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (["TRƯỞNG PHÒNG", "Lò Văn Pá"], ("", "TRƯỞNG PHÒNG", "Lò Văn Pá")),
        (["CỤC TRƯỞNG", "(Đã ký)", "Vũ Thị Hường"], ("", "CỤC TRƯỞNG", "Vũ Thị Hường")),
        (["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Nông Văn Dũng"],
         ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Nông Văn Dũng")),
        (["KT.GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Mai"],
         ("KT.GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Mai")),
        (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Hoàng Thị Vân"],
         ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Hoàng Thị Vân")),
        (["Q. GIÁM ĐỐC", "Lê An"], ("Q. GIÁM ĐỐC", "", "Lê An")),
        (["GIÁM ĐỐC"], ("", "GIÁM ĐỐC", "")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("after", [[], ["PHỤ LỤC"], ["Nơi nhận:", "- Lưu: VT."]])
def test_who_signs_without_recipients_before_it(printed, read, after):
    texts = ["KẾ HOẠCH", "Năm 2025", "I. NHIỆM VỤ", "1. Rà soát quy ước thôn.", *printed, *after]
    _, body, end, appendix = split([Line(n, text) for n, text in enumerate(texts, 1)])
    plan = DraftPlan()

    assert read_end(end, plan) == []
    assert (plan.authority, plan.signer_title, plan.signer) == read
    assert [line.text for line in body] == texts[2:4]
    assert [line.text for line in appendix] == (after if after == ["PHỤ LỤC"] else [])


def test_who_signs_for_whom_on_several_lines():
    lines = [Line(1, "TM. ỦY BAN"), Line(2, "KT. CHỦ TỊCH"), Line(3, "PHÓ CHỦ TỊCH")]
    plan = DraftPlan()

    assert [line.text for line in read_end([*lines, Line(4, "PHÓ BÍ THƯ")], plan)] == ["PHÓ BÍ THƯ"]
    assert (plan.authority, plan.signer_title) == ("TM. ỦY BAN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


def test_a_name_beside_the_last_recipient():
    plan = DraftPlan()
    texts = ["Nơi nhận: KT. GIÁM ĐỐC", "- UBND tỉnh; PHÓ GIÁM ĐỐC", "- Lưu: VT, TCPC. Lưu Bá Mạc"]
    read_end([Line(n, text) for n, text in enumerate(texts, 1)], plan)

    assert (plan.signer, [one.text for one in plan.recipients]) == (
        "Lưu Bá Mạc",
        ["UBND tỉnh", "Lưu: VT, TCPC"],
    )


def test_two_bases_on_one_line():
    opening = (
        "Căn cứ Kế hoạch số 12/KH-UBND ngày 05/01/2026 của UBND tỉnh Căn cứ Quyết định số "
        "3/QĐ-BTC. Căn cứ Kế hoạch này, Sở ban hành kế hoạch như sau:"
    )
    plan = DraftPlan()
    read_head([Line(1, "KẾ HOẠCH"), Line(2, "Việc năm 2026"), Line(3, opening)], plan)

    assert [line[:21] for line in plan.opening.split("\n")] == [
        "Căn cứ Kế hoạch số 12",
        "Căn cứ Quyết định số ",
    ]
    assert [one.number for one in citations(plan.opening)] == ["12", "3"]


@pytest.mark.parametrize("sign", [";\n", "\n", "; "])
def test_the_title_of_one_basis_ends_before_the_next(sign):
    opening = (
        f"Căn cứ Quyết định số 4/QĐ-UBND ngày 02/01/2025 của UBND tỉnh{sign}"
        f"Căn cứ Nghị quyết số 5/NQ-CP ngày 05/01/2025 của Chính phủ về việc A{sign}"
        "Căn cứ Luật B năm 2024."
    )
    plan, _, _ = head("KẾ HOẠCH", "Năm 2025", *opening.split("\n"))

    assert plan.parent is not None
    assert (plan.parent.number, plan.parent.title) == ("4", "")
    assert [(one.type, one.title, one.issuer) for one in citations(plan.opening)] == [
        ("Quyết định", "", "UBND tỉnh"),
        ("Nghị quyết", "việc A", "Chính phủ"),
        ("Luật", "Luật B", ""),
    ]
