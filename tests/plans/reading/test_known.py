"""Codes of units that an import adds."""

import pytest

from plans.reading.known import ADD, Known, KnownUnit, kind_of
from units.models import UnitKind


def test_a_new_code_is_like_no_other_however_that_is_written():
    there = KnownUnit("PHTS", "Phòng Hành chính, tổng hợp, sự vụ", "PHTS", UnitKind.DIVISION)
    known = Known(None, [there], [], [])

    units = known.decide({"Phòng Hạ tầng số": ADD + UnitKind.DIVISION}).units

    assert [one.code for one in units] == ["PHTS", "phts-2"]
    assert known.decide({"Phòng Hạ tầng số": ADD + UnitKind.DIVISION}).added == {"phts-2"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Văn phòng Sở", "office"),
        ("Văn phòng Đăng ký đất đai", "affiliated"),
        ("Thanh tra Sở", "inspectorate"),
        ("Công an huyện", "affiliated"),
        ("P.KHTC", "division"),
        ("TTr", "division"),
        ("Các phòng, đơn vị", "group"),
        ("Lãnh đạo Sở", "leadership"),
        ("Theo phân công", ""),
        ("Hùng", ""),
    ],
)
def test_what_an_unknown_name_is(name, kind):
    assert kind_of(name) == kind
