"""Names, symbols and signatories are data with days of validity (F11–F15, F26)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from units.models import Agency, AgencyIdentity, Signatory

MERGED = dt.date(2025, 3, 1)
EVE = MERGED - dt.timedelta(days=1)


@pytest.fixture
def agency(db):
    agency = Agency.objects.create(code="stttt")
    agency.identities.create(
        name="Sở Khoa học và Công nghệ", short_name="Sở KHCN", symbol="SKHCN", valid_from=MERGED
    )
    agency.identities.create(
        name="Sở Thông tin và Truyền thông",
        short_name="Sở TT&TT",
        symbol="STTTT",
        valid_until=EVE,
    )
    return agency


@pytest.mark.parametrize(
    ("day", "symbol"),
    [
        (dt.date(2023, 6, 24), "STTTT"),
        (EVE, "STTTT"),
        (MERGED, "SKHCN"),
        (dt.date(2030, 1, 1), "SKHCN"),
    ],
)
def test_identity_in_force_on_a_day(agency, day, symbol):
    assert agency.identity_on(day).symbol == symbol


def test_in_a_gap_the_nearest_earlier_counts_and_before_all_the_first(db):
    agency = Agency.objects.create(code="x")
    for symbol, first, last in (("A", 2010, 2012), ("B", 2015, 2016)):
        agency.identities.create(
            name=symbol,
            short_name=symbol,
            symbol=symbol,
            valid_from=dt.date(first, 1, 1),
            valid_until=dt.date(last, 12, 31),
        )

    asked = [dt.date(year, 6, 1) for year in (2009, 2011, 2013, 2015, 2020)]
    assert [agency.identity_on(day).symbol for day in asked] == ["A", "A", "A", "B", "B"]


def test_an_agency_without_a_name(db):
    agency = Agency.objects.create(code="x")

    assert str(agency) == "x"
    with pytest.raises(AgencyIdentity.DoesNotExist, match="Cơ quan x chưa có tên gọi"):
        agency.identity_on(MERGED)


def test_is_called_by_its_newest_name(agency):
    assert str(agency) == "Sở Khoa học và Công nghệ"


def test_signatories_in_force_on_a_day(agency):
    people = {"agency": agency, "title": "PHÓ GIÁM ĐỐC"}
    Signatory.objects.create(full_name="Trước", valid_until=EVE, **people)
    Signatory.objects.create(full_name="Sau", valid_from=MERGED, **people)
    Signatory.objects.create(full_name="Luôn", **people)

    def names(day):
        return set(Signatory.objects.valid_on(day).values_list("full_name", flat=True))

    assert names(EVE) == {"Trước", "Luôn"}
    assert names(MERGED) == {"Sau", "Luôn"}


def test_the_end_does_not_come_before_the_beginning(agency):
    with pytest.raises(IntegrityError), transaction.atomic():
        agency.identities.create(name="x", valid_from=MERGED, valid_until=EVE)
