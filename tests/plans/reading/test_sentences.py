"""Who leads and supports, as sentences say it themselves (S23, S25–S27)."""

import pytest

from plans.reading.doubting import LEAD, doubts_about
from plans.reading.known import Known, KnownAgency, KnownUnit
from plans.reading.sentences import also_leading, named_in, named_without_role, short_title

UNITS = [
    KnownUnit("ld", "Lãnh đạo Sở", "LĐ", "leadership"),
    KnownUnit("vp", "Văn phòng Sở", "VP", "office", ("Văn phòng",)),
    KnownUnit("hts", "Phòng Hạ tầng số", "HTS", "division"),
    KnownUnit("cds", "Phòng Chuyển đổi số", "CĐS", "division"),
]
AGENCY = KnownAgency("stttt", "Sở Thông tin và Truyền thông", "Sở TT&TT", "STTTT")


@pytest.fixture
def directory():
    return Known(AGENCY, UNITS).directory()


@pytest.mark.parametrize(
    ("sentence", "leads", "supports"),
    [
        ("Phòng Hạ tầng số; Phòng Chuyển đổi số: Nâng cấp mạng.", "hts cds", ""),
        ("Phòng Hạ tầng số, Phòng Chuyển đổi số: Nâng cấp mạng.", "hts cds", ""),
        ("Phòng Hạ tầng số và Văn phòng: Nâng cấp mạng.", "hts vp", ""),
        ("Văn phòng Sở; Phòng Hạ tầng số chủ trì nâng cấp mạng.", "vp hts", ""),
        ("Giao Phòng Hạ tầng số: nâng cấp mạng.", "hts", ""),
        ("Phòng Hạ tầng số:", "hts", ""),
        ("Mạng: Phòng Hạ tầng số chủ trì, Văn phòng phối hợp, xong quý II.", "hts", "vp"),
        ("Nâng cấp mạng (Phòng Hạ tầng số chủ trì, phối hợp với Văn phòng Sở).", "hts", "vp"),
        ("Nâng cấp mạng (Phòng Hạ tầng số chủ trì, phối hợp Văn phòng; quý II).", "hts", "vp"),
        ("Kho dữ liệu do Phòng Chuyển đổi số chủ trì, xong quý II.", "cds", ""),
        ("Làm báo cáo; Văn phòng Sở chủ trì tổng hợp.", "vp", ""),
        ("Làm trước; làm sau: hai việc.", "", ""),
        ("Nâng cấp mạng; Phòng Hạ tầng số phối hợp.", "", ""),
        ("Nâng cấp mạng (Phòng Hạ tầng số).", "", ""),
    ],
)
def test_who_is_named(directory, sentence, leads, supports):
    lead, support = named_in(sentence, directory)

    assert (" ".join(lead.codes), " ".join(support.codes)) == (leads, supports)
    assert (lead.unknown, lead.unclear, support.unclear) == ((), "", "")


@pytest.mark.parametrize(
    ("sentence", "unknown"),
    [
        ("Phòng Kỹ thuật; Phòng Kinh tế và Hạ tầng: Nâng cấp mạng.",
         ("Phòng Kỹ thuật", "Phòng Kinh tế và Hạ tầng")),
        ("Các phòng, đơn vị: Nâng cấp mạng.", ("Các phòng, đơn vị",)),
        ("Công an tỉnh, Sở Nội vụ: rà soát.", ("Công an tỉnh", "Sở Nội vụ")),
        ("Văn phòng HĐND và UBND huyện chủ trì rà soát.", ("Văn phòng HĐND và UBND huyện",)),
    ],
)  # fmt: skip
def test_units_that_nobody_knows_yet(directory, sentence, unknown):
    assert named_in(sentence, directory)[0].unknown == unknown


@pytest.mark.parametrize(
    ("sentence", "others"),
    [
        ("Phòng Hạ tầng số: Nâng cấp mạng; Văn phòng Sở chủ trì tổng hợp.", ["Văn phòng Sở"]),
        ("Phòng Hạ tầng số chủ trì nâng cấp; Phòng Kỹ thuật: vận hành.", ["Phòng Kỹ thuật"]),
        ("Phòng Hạ tầng số, Văn phòng Sở chủ trì; Văn phòng Sở chủ trì tổng hợp.", []),
        ("Phòng Hạ tầng số chủ trì nâng cấp; hai việc: xong.", []),
    ],
)
def test_a_second_lead_is_not_lost(directory, sentence, others):
    assert also_leading(sentence, directory) == others


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Văn phòng Sở bố trí chỗ ngồi.", "Văn phòng Sở"),
        ("Nâng cấp mạng – Phòng Hạ tầng số – Quý III.", "Phòng Hạ tầng số"),
        ("Nâng cấp mạng (Phòng Hạ tầng số).", "Phòng Hạ tầng số"),
        ("Nâng cấp mạng (LAN).", ""),
        ("Nâng cấp mạng (Phòng Kỹ thuật, hoàn thành quý II).", "Phòng Kỹ thuật"),
    ],
)
def test_units_named_without_a_word_on_what_they_do(directory, sentence, words):
    assert named_without_role(sentence, directory) == words


def test_a_title_is_without_who_does_it(directory):
    assert short_title("Kho dữ liệu (Phòng Chuyển đổi số chủ trì)", directory) == "Kho dữ liệu"
    assert short_title("Nâng cấp mạng (HTS; quý II)", directory) == "Nâng cấp mạng"
    assert short_title("VP; HTS: nâng cấp mạng; đo thử.", directory) == "Nâng cấp mạng"


@pytest.mark.parametrize("others", ["Phòng Lạ", "Phòng Lạ, Phòng Xa", "Phòng Lạ và Phòng Xa"])
def test_a_title_is_without_supporters_that_nobody_knows(directory, others):
    sentence = f"Văn phòng Sở chủ trì, phối hợp với {others} tham mưu ban hành Quyết định."

    assert short_title(sentence, directory) == "Tham mưu ban hành Quyết định"
    assert named_in(sentence, directory)[1].unclear.startswith("Phòng Lạ")


@pytest.mark.parametrize("words", ["Sở TT&TT", "Sở TTTT", "STTTT", "Sở", AGENCY.name])
def test_the_agency_itself_is_none_of_its_units(directory, words):
    """A doubt with a choice, and nothing that must be decided."""
    lead, _ = named_in(f"{words} chủ trì nâng cấp mạng.", directory)
    assert (lead.own, lead.codes, lead.unknown) == ((words,), (), ())

    [doubt] = doubts_about(lead, directory, 7, LEAD, must=True)

    assert (doubt.must, doubt.name, doubt.nearest) == (False, words, ("ld", "vp"))
    assert f"“{words}” là chính cơ quan ban hành" in doubt.message


@pytest.mark.parametrize("words", ["Sở Nội vụ", "Sở NV", "STP", "SỞ TÀI CHÍNH"])
def test_another_agency_is_not_taken_for_it(directory, words):
    assert named_in(f"{words} chủ trì nâng cấp mạng.", directory)[0].own == ()


def test_a_unit_that_answers_for_the_agency():
    """As the directory has it, so it is read."""
    speaking = KnownUnit("ld", "Lãnh đạo Sở", "LĐ", "leadership", ("Sở TT&TT",))

    lead, _ = named_in("Sở TT&TT chủ trì rà soát.", Known(AGENCY, [speaking]).directory())

    assert (lead.codes, lead.own) == (("ld",), ())
