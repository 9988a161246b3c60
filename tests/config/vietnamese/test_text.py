"""Typed Vietnamese: cleaned, folded for search, sorted, and legacy fonts recognised (V2–V6)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.vietnamese.text import (
    ascii_name,
    clean,
    clean_line,
    fold,
    looks_legacy,
    person_sort_key,
    sort_key,
)

# TCVN3 shows each Vietnamese letter with the sign of another in Unicode. Letters and their bytes;
# capitals with a tone are typed with the byte of the small letter in a font of capitals.
TCVN3 = dict(
    pair.split(":")
    for pair in (
        "à:B5 ả:B6 ã:B7 á:B8 ạ:B9 ă:A8 ằ:BB ẳ:BC ẵ:BD ắ:BE ặ:C6 â:A9 ầ:C7 ẩ:C8 ẫ:C9 ấ:CA ậ:CB "
        "đ:AE è:CC ẻ:CE ẽ:CF é:D0 ẹ:D1 ê:AA ề:D2 ể:D3 ễ:D4 ế:D5 ệ:D6 ì:D7 ỉ:D8 ĩ:DC í:DD ị:DE "
        "ò:DF ỏ:E1 õ:E2 ó:E3 ọ:E4 ô:AB ồ:E5 ổ:E6 ỗ:E7 ố:E8 ộ:E9 ơ:AC ờ:EA ở:EB ỡ:EC ớ:ED ợ:EE "
        "ù:EF ủ:F1 ũ:F2 ú:F3 ụ:F4 ư:AD ừ:F5 ử:F6 ữ:F7 ứ:F8 ự:F9 ỳ:FA ỷ:FB ỹ:FC ý:FD ỵ:FE "
        "Ă:A1 Â:A2 Ê:A3 Ô:A4 Ơ:A5 Ư:A6 Đ:A7"
    ).split()
)

SENTENCES = (
    "Đôn đốc tiến độ",
    "Đang thực hiện",
    "Đã hoàn thành",
    "Chưa có kết quả",
    "Không có khó khăn, vướng mắc",
    "Phòng Chuyển đổi số",
    "Sở Thông tin và Truyền thông",
    "Hồ sơ trực tuyến đạt 98%",
    "MỤC ĐÍCH, YÊU CẦU",
    "Chưa bố trí được kinh phí; đề nghị UBND tỉnh xem xét, bổ sung trong quý IV.",
    "100% ứng dụng có dữ liệu dùng chung được kết nối qua nền tảng LGSP.",
)


def tcvn3(text: str) -> str:
    return "".join(
        chr(int(code, 16)) if (code := TCVN3.get(c) or TCVN3.get(c.lower())) else c for c in text
    )


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (nfd("Đôn đốc tiến độ"), "Đôn đốc tiến độ"),
        ("  hai\u00a0\u00a0dấu \t cách  ", "hai dấu cách"),
        ("rộng\u2003hẹp\u202fđủ\u3000loại", "rộng hẹp đủ loại"),
        ("ẩn\u200b\u200d\u2060\ufeff\u00ad mất", "ẩn mất"),
        ("đuôi \u202efdp.exe", "đuôi fdp.exe"),
        ("\x00\x07nút\x1b\x7f\x85", "nút"),
        ("dòng 1\r\ndòng 2\rdòng 3\vdòng 4\u2028dòng 5", "dòng 1\ndòng 2\ndòng 3\ndòng 4\ndòng 5"),
        ("đoạn\n\n\n\n đoạn ", "đoạn\n\nđoạn"),
        ("=1+1", "=1+1"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("lẻ\ud800loi\uffff", "lẻloi"),
        (" \n \u200b ", ""),
    ],
)
def test_clean(typed, kept):
    assert clean(typed) == kept


def test_clean_line_puts_everything_on_one_line():
    assert clean_line("  Báo cáo\r\n\tkết  quả \n") == "Báo cáo kết quả"


@given(st.text())
def test_clean_text_can_stand_in_every_file_and_stays_so(typed):
    kept = clean(typed)

    kept.encode()  # no lone surrogate
    assert not {c for c in kept if unicodedata.category(c) == "Cc"} - {"\n"}
    assert unicodedata.is_normalized("NFC", kept)
    assert clean(kept) == kept


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đôn đốc  tiến độ", "don doc tien do"),
        (nfd("ĐÔN ĐỐC"), "don doc"),
        ("Ủy ban, uỷ ban", "uy ban, uy ban"),
        ("hoà hòa thuý thúy", "hoa hoa thuy thuy"),
        ("Thông tin – Báo chí—Xuất bản", "thong tin-bao chi-xuat ban"),
        ("Thông tin-Báo chí ‑ Xuất bản", "thong tin-bao chi-xuat ban"),
        ("ỨNG DỤNG ơ ớ ư ữ", "ung dung o o u u"),
        ("", ""),
    ],
)
def test_fold(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    "in_order",
    [
        # The alphabet, each letter after its neighbour.
        "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y".split(),
        # Tones: none, huyền, hỏi, ngã, sắc, nặng.
        "ma mà mả mã má mạ".split(),
        "tuy tùy tủy tũy túy tụy".split(),
        # Letters before tones: every "an" before every "ân".
        "an àn án ạn ăn ằn ắn ân ần ấn".split(),
        # A word before a longer one, words before letters that follow.
        ["Hà", "Hà Giang", "Hà Nội", "Hai"],
        ["Phòng 2", "Phòng 3", "Phòng Chuyển đổi số", "Phòng Hạ tầng số"],
        ["Trung tâm", "Văn phòng"],
        ["da", "dã", "đa", "đá", "e"],
    ],
)
def test_sort_key_is_the_order_of_the_vietnamese_alphabet(in_order):
    assert sorted(reversed(in_order), key=sort_key) == in_order


def test_sort_key_does_not_depend_on_case_or_normal_form():
    assert sort_key("Đôn Đốc") == sort_key("đôn đốc") == sort_key(nfd("ĐÔN ĐỐC"))


@given(st.text())
def test_sort_key_collates_alike_in_every_database(text):
    key = sort_key(text)

    assert key.isascii()
    assert key.isalnum()
    assert key == key.lower()


def test_people_are_sorted_by_given_name_then_surname_then_middle_name():
    in_order = [
        "Trần Thị An",
        "Hoàng Văn Ánh",
        "Lê Minh Ân",
        "Đỗ Văn Bình",
        "Nguyễn An Hùng",
        "Nguyễn Trọng Hùng",
        "Phạm Trọng Hùng",
        "Hà Thị Ý",
    ]

    assert sorted(reversed(in_order), key=person_sort_key) == in_order
    assert person_sort_key("  ") == ""


@pytest.mark.parametrize("sentence", SENTENCES)
def test_text_typed_in_tcvn3_is_recognised(sentence):
    assert looks_legacy(tcvn3(sentence)) is True
    assert looks_legacy(sentence) is False


def test_a_known_sample_of_tcvn3():
    assert tcvn3("Đôn đốc") == "§«n ®èc"


@pytest.mark.parametrize(
    "sample",
    ["Ñoân ñoác tieán ñoä", "Phoøng Chuyeån ñoåi soá", "Baùo caùo keát quaû", "Ñaõ hoaøn thaønh"],
)
def test_text_typed_in_vni_is_recognised(sample):
    assert looks_legacy(sample) is True


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bao cao khong dau",
        "Báo cáo hoàn thành, tháng 10",
        "Xem «Annex A» và «Annex B»",
        "»Anhang A« und »Anhang B«",
        "Diện tích 100 m², nhiệt độ 25°C, sai số ±2",
        "100 m², 25°C, ±2 µm, 10 µm",
        "§5, § 7",
        "Windows® and Office® are ©2023",
        "2,5 kW·h; 3 N·m",
        "plan¹ and report², ½ and ¼",
        "naïve café, Müller, Größe, señor, año",
        "Đề nghị “sửa đổi” – bổ sung…",
    ],
)
def test_other_text_is_not_taken_for_it(text):
    assert looks_legacy(text) is False


@pytest.mark.parametrize(
    ("name", "ascii_only"),
    [
        ("Đôn đốc tiến độ.pdf", "Don_doc_tien_do.pdf"),
        (nfd("Báo cáo số 05.docx"), "Bao_cao_so_05.docx"),
        ("“?”", ""),
    ],
)
def test_ascii_name(name, ascii_only):
    assert ascii_name(name) == ascii_only
