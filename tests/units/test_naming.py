"""Which unit or group a written name means (domain.md §5.1)."""

import unicodedata

import pytest
from django.db import IntegrityError, transaction

from tests.builders import make_agency, make_group
from units.models import Alias, Unit
from units.naming import find


@pytest.fixture
def agency(db):
    agency = make_agency()
    for code, name, short in (
        ("vp", "Văn phòng Sở", "VP"),
        ("ttbcxb", "Phòng Thông tin - Báo chí - Xuất bản", "TTBCXB"),
        ("cds", "Phòng Chuyển đổi số", "CĐS"),
        ("ttcns", "Trung tâm Công nghệ số", "TTCNS"),
    ):
        Unit.objects.create(agency=agency, code=code, name=name, short_name=short, kind="division")
    cds = agency.units.get(code="cds")
    Alias.objects.create(agency=agency, name="Chuyên đổi số", unit=cds)
    group = make_group(agency, "cm", cds)
    Alias.objects.create(agency=agency, name="các phòng CM", group=group)
    return agency


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Phòng Chuyển đổi số", "cds"),
        ("phòng  chuyển ĐỔI số ", "cds"),
        (unicodedata.normalize("NFD", "Phòng Chuyển đổi số"), "cds"),
        ("CĐS", "cds"),
        ("cds", "cds"),
        ("Chuyên đổi số", "cds"),
        ("Chuyển đổi số", "cds"),
        ("Phòng Thông tin-Báo chí-Xuất bản", "ttbcxb"),
        ("Phòng Thông tin – Báo chí – Xuất bản", "ttbcxb"),
        ("văn phòng sở", "vp"),
        ("Nhóm cm", "cm"),
        ("Các phòng CM", "cm"),
    ],
)
def test_found(agency, written, code):
    assert find(agency, written).code == code


@pytest.mark.parametrize("written", ["", "Phòng", "Thanh tra Sở", "Phòng Chuyển đổi số 2"])
def test_nothing_is_called_so(agency, written):
    assert find(agency, written) is None


def test_a_name_of_two_things_is_never_guessed(agency):
    Unit.objects.create(agency=agency, code="x", name="Khác", short_name="VP", kind="division")

    assert find(agency, "VP") is None
    assert find(agency, "Văn phòng Sở").code == "vp"


def test_another_agencys_unit_is_not_ours(agency):
    other = make_agency("snv")

    assert find(other, "Phòng Chuyển đổi số") is None
    assert find(other, "Chuyên đổi số") is None


def test_an_alias_names_one_thing_once(agency):
    vp = agency.units.get(code="vp")
    for fields in (
        {"name": "CHUYÊN đổi số", "unit": vp},  # is there, in other letters
        {"name": "không gì cả"},
        {"name": "cả hai", "unit": vp, "group": agency.unit_groups.get()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Alias.objects.create(agency=agency, **fields)
