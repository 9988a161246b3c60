"""Codes of units that an import adds."""

from plans.reading.known import ADD, Known, KnownUnit
from units.models import UnitKind


def test_a_new_code_is_like_no_other_however_that_is_written():
    there = KnownUnit("PHTS", "Phòng Hành chính, tổng hợp, sự vụ", "PHTS", UnitKind.DIVISION)
    known = Known(None, [there], [], [])

    units = known.decide({"Phòng Hạ tầng số": ADD + UnitKind.DIVISION}).units

    assert [one.code for one in units] == ["PHTS", "phts-2"]
