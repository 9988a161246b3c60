"""Units in a cell or a sentence (domain.md §5.1): names hold the signs that part names."""

import pytest

from plans.reading.doubting import LEAD, doubts_about
from plans.reading.parties import (
    Directory,
    Party,
    looks_like_units,
    read_parties,
)
from plans.reading.private import without_phones, without_phones_in_sentence

UNITS = {
    "vp": ("Văn phòng Sở", "VP", "Văn phòng"),
    "ttbcxb": ("Phòng Thông tin - Báo chí - Xuất bản", "TTBCXB", "Thông tin - Báo chí - Xuất bản"),
    "hts": ("Phòng Hạ tầng số", "HTS"),
    "cds": ("Phòng Chuyển đổi số", "CĐS"),
    "ttcns": ("Trung tâm Công nghệ số", "TT Công nghệ số"),
    "tttt": ("Sở Thông tin và Truyền thông",),
}
GROUPS = {
    "cac-phong": ("Các phòng chuyên môn",),
    "truc-thuoc": ("Đơn vị trực thuộc", "Các đơn vị trực thuộc"),
    "tat-ca": ("Các phòng chuyên môn, đơn vị trực thuộc",),
}


@pytest.fixture(scope="module")
def directory():
    made = Directory()
    for code, (name, *others) in UNITS.items():
        made.add(Party(code, name), *others)
    for code, (name, *others) in GROUPS.items():
        made.add(Party(code, name, is_group=True), *others)
    return made


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("Phòng Thông tin-Báo chí-Xuất bản; Phòng Hạ tầng số.", "ttbcxb hts"),
        ("Phòng Chuyên đổi số", "cds"),
        ("PHÒNG CHUYỂN ĐỔI SỐ", "cds"),
        ("Các phòng chuyên môn, đơn vị trực thuộc.", "tat-ca"),
        ("Các phòng chuyên môn và các đơn vị trực thuộc", "cac-phong truc-thuoc"),
        ("Văn phòng Sở, Phòng Hạ tầng số và Phòng Chuyển đổi số", "vp hts cds"),
        ("Phòng Hạ tầng số, Chuyển đổi số", "hts cds"),
        ("các phòng: Hạ tầng số, Chuyển đổi số; Văn phòng", "hts cds vp"),
        ("Hạ tầng số/Chuyển đổi số", "hts cds"),
        ("Phòng HTS\nVP\n- TT Công nghệ số", "hts vp ttcns"),
        ("Sở Thông tin và Truyền thông, VP", "tttt vp"),
        ("Phòng Hạ tầng số (chủ trì nội dung 1), VP", "hts vp"),
        ("VP; Văn phòng; Văn phòng Sở", "vp"),
        ("Văn phòng\nPhòng Hạ tầng số", "vp hts"),
        ("Văn phòng, HTS", "vp hts"),
        ("1. Phòng CĐS\n2. Trung tâm Công nghệ số", "cds ttcns"),
        ("1) Văn phòng\n2) HTS", "vp hts"),
        ("Phòng CĐS + Phòng HTS", "cds hts"),
        ("P.CĐS, P. Hạ tầng số", "cds hts"),
        ("Trưởng phòng Chuyển đổi số", "cds"),
    ],
)
def test_who_is_meant(directory, written, codes):
    found = read_parties(written, directory)

    assert (" ".join(found.codes), found.unknown, found.general) == (codes, (), ())


@pytest.mark.parametrize(
    ("written", "codes", "unknown"),
    [
        ("VP; Phòng Kinh tế và Hạ tầng", "vp", ("Phòng Kinh tế và Hạ tầng",)),
        ("Phòng Quản lý Khoa học, Công nghệ và Đổi mới; VP", "vp",
         ("Phòng Quản lý Khoa học, Công nghệ và Đổi mới",)),
        ("Phòng Thủy lợi và Phòng chống thiên tai", "",
         ("Phòng Thủy lợi và Phòng chống thiên tai",)),
        ("Phòng Một: Phòng Hạ tầng số", "", ("Phòng Một: Phòng Hạ tầng số",)),
        ("Phòng Chuyển đổi số 1", "", ("Phòng Chuyển đổi số 1",)),
        # One name is one, however it is written; who heads a unit is no other.
        ("Phòng Lạ; phòng lạ; PHÒNG LẠ", "", ("Phòng Lạ",)),
        ("Trưởng phòng Tài chính - Kế hoạch", "", ("Phòng Tài chính - Kế hoạch",)),
        ("VP, TTr, P.KHTC", "vp", ("TTr", "P.KHTC")),
        ("Phòng Nghiệp vụ 3 (đồng chí Nguyễn Văn Nam, đầu mối)", "", ("Phòng Nghiệp vụ 3",)),
        ("Phòng Nghiệp vụ 3 (đồng chí Nguyễn Văn Nam đầu mối)", "", ("Phòng Nghiệp vụ 3",)),
        ("Phòng Lạ - Phòng Hoắc; Phòng Hạ tầng - Kinh tế", "",
         ("Phòng Lạ", "Phòng Hoắc", "Phòng Hạ tầng - Kinh tế")),
        ("Các phòng chuyên môn, đơn vị", "", ("Các phòng chuyên môn, đơn vị",)),
    ],
)  # fmt: skip
def test_what_is_near_is_not_taken_for_it(directory, written, codes, unknown):
    found = read_parties(written, directory)

    assert (" ".join(found.codes), found.unknown) == (codes, unknown)


def test_the_nearest_is_offered(directory):
    assert directory.nearest("Phòng Chuyển đổi số 1")[0].code == "cds"
    assert directory.nearest("Bệnh viện Đa khoa") == ()
    assert directory.nearest("Phòng Không Có") == ()  # "Phòng" alone is no likeness


def test_a_name_of_two_is_nobodys(directory):
    both = Directory([(Party("a", "Phòng A"), ["Một"]), (Party("b", "Phòng B"), ["Một"])])

    assert both.find("một") is None
    assert read_parties("Một", both).unknown == ("Một",)


@pytest.mark.parametrize(
    ("written", "codes", "people", "phones"),
    [
        (
            "Phòng Hạ tầng số (đ/c Nguyễn Văn An, ĐT: 0912.345.678)",
            "hts",
            ("đ/c Nguyễn Văn An",),
            1,
        ),
        ("Nguyễn Văn An - Phòng HTS", "hts", ("Nguyễn Văn An",), 0),
        ("Đồng chí Trần Thị Bình, Trưởng phòng Hạ tầng số", "hts", ("Đồng chí Trần Thị Bình",), 0),
        ("VP 02053812345; +84 912 345 678", "vp", (), 2),
        ("VP (0205) 3.812.345", "vp", (), 1),
        ("VP, ĐT (0205)3812345", "vp", (), 1),
        ("VP 84912345678", "vp", (), 1),
        ("VP – 912345678", "vp", (), 1),
    ],
)
def test_persons_and_telephone_numbers_are_kept_out(directory, written, codes, people, phones):
    found = read_parties(written, directory)

    assert (" ".join(found.codes), found.people, found.phones) == (codes, people, phones)
    assert found.unknown == ()
    assert not any(digits in repr(found) for digits in ("345", "3812"))


@pytest.mark.parametrize(
    "number",
    [
        "(0205) 3.812.345",
        "ĐT (0205)3812345",
        "84912345678",
        "912345678",
        "0912.345.678",
        "84 912 345 678",
        "912.345.678",
        "ĐT: 3.812.345",
        "điện thoại 3812345",
    ],
)
def test_cells_are_stored_without_telephone_numbers(number):
    assert without_phones(f"Phòng A {number}") == ("Phòng A", 1)
    assert without_phones(f"Phòng A ({number})") == ("Phòng A", 1)
    assert without_phones(number) == ("", 1)


@pytest.mark.parametrize("text", ["Phòng 84", "Kế hoạch 1234567890", "Phòng A (15/12/2023)"])
def test_other_numbers_are_kept(text):
    assert without_phones(text) == (text, 0)


def test_brackets_go_with_the_number_in_them(directory):
    assert read_parties("VP (ĐT: 0912.345.678)", directory).words == "VP"


def test_groups_without_bounds_name_nobody(directory):
    found = read_parties("các cơ quan, đơn vị liên quan; UBND các huyện, thành phố", directory)

    assert (found.codes, found.unknown) == ((), ())
    assert found.general == ("các cơ quan", "đơn vị liên quan", "UBND các huyện", "thành phố")


@pytest.mark.parametrize("written", ["", "  ", ".", "./."])
def test_nothing(directory, written):
    assert read_parties(written, directory).codes == ()


def test_what_could_be_units():
    assert looks_like_units("Phòng A, Trung tâm B")
    assert not looks_like_units("Rà soát văn bản")


@pytest.mark.parametrize(
    ("sentence", "kept", "count"),
    [
        ("Phụ trách: Lê Văn Nam, điện thoại 0243.7365.111.", "Phụ trách: Lê Văn Nam.", 1),
        ("Đ/c Hải (0912 333 444) làm x.", "Đ/c Hải làm x.", 1),
        ("Liên hệ ĐT: 3812345, +84 912 333 444", "Liên hệ", 2),
        ("Chi 84.500.000.000 đồng, 350.000.000 đồng.", "", 0),
        ("Từ 05.11.2025 - 30.11.2025 làm 0,5 km.", "", 0),
        ("Từ 05-11-2025 đến 08-12-2025.", "", 0),
    ],
)
def test_telephone_numbers_in_a_sentence(sentence, kept, count):
    found, taken = without_phones_in_sentence(sentence)

    assert (found, taken) == (kept or sentence, count)


@pytest.mark.parametrize(
    ("written", "person", "words"),
    [
        (
            "ông Nguyễn Văn A (0912.345.678), Phòng Hạ tầng số",
            "ông Nguyễn Văn A",
            "ông Nguyễn Văn A, Phòng Hạ tầng số",
        ),
        (
            "Ông Nguyễn Văn A - Phòng Hạ tầng số",
            "Ông Nguyễn Văn A",
            "Ông Nguyễn Văn A - Phòng Hạ tầng số",
        ),
        (
            "Bà Nông Thị Hoa 0912345678, Phòng Hạ tầng số",
            "Bà Nông Thị Hoa",
            "Bà Nông Thị Hoa, Phòng Hạ tầng số",
        ),
    ],
)
def test_a_person_before_a_unit_is_taken_out_whole(directory, written, person, words):
    found = read_parties(written, directory)

    assert (found.codes, found.unknown, found.people) == (("hts",), (), (person,))
    assert found.words == words


def test_a_unit_that_was_merged_is_told_and_its_heir_proposed():
    directory = Directory()
    heir = Party("b", "Phòng B")
    directory.add(heir)
    directory.merge(("Trung tâm Công nghệ số", "TTCNS"), heir, "đã nhập vào Phòng B")

    found = read_parties("Trung tâm Công nghệ số", directory)
    [doubt] = doubts_about(found, directory, 1, LEAD, must=True)

    assert found.codes == ()
    assert doubt.message == "chủ trì: “Trung tâm Công nghệ số” đã nhập vào Phòng B"
    assert (doubt.must, doubt.nearest) == (True, ("b",))
