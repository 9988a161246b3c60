"""Dates as offices type and print them (F15, V1)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.vietnamese.dates import (
    NotADate,
    cited,
    in_words,
    in_words_partly,
    parse_date,
    short,
)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("05/06/2023", dt.date(2023, 6, 5)),
        ("30/11/2023", dt.date(2023, 11, 30)),
        ("5/6/2023", dt.date(2023, 6, 5)),
        ("30-11-2023", dt.date(2023, 11, 30)),
        ("30.11.2023", dt.date(2023, 11, 30)),
        (" 30 / 11 / 2023 ", dt.date(2023, 11, 30)),
        ("29/02/2024", dt.date(2024, 2, 29)),
    ],
)
def test_understood(typed, day):
    assert parse_date(typed) == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "31/11/2023",
        "29/02/2023",
        "00/11/2023",
        "11/30/2023",
        "30/11/0000",
        "30/11/23",
        "30/11",
        "2023-11-30",
        "30/11/20231",
        "ngày 30",
        "30/11/2023 x",
    ],
)
def test_no_day_of_the_calendar(typed):
    with pytest.raises(NotADate):
        parse_date(typed)


@given(st.dates())
def test_what_is_shown_is_read_back(day):
    assert parse_date(short(day)) == day


def test_no_day_is_shown_as_nothing():
    assert short(None) == ""


# Zeros before days below ten and months one and two only (F15).
@pytest.mark.parametrize(
    ("day", "in_text", "words"),
    [
        (dt.date(2023, 6, 24), "24/6/2023", "ngày 24 tháng 6 năm 2023"),
        (dt.date(2024, 2, 5), "05/02/2024", "ngày 05 tháng 02 năm 2024"),
        (dt.date(2020, 3, 5), "05/3/2020", "ngày 05 tháng 3 năm 2020"),
        (dt.date(2023, 1, 10), "10/01/2023", "ngày 10 tháng 01 năm 2023"),
        (dt.date(2023, 12, 31), "31/12/2023", "ngày 31 tháng 12 năm 2023"),
    ],
)
def test_printed(day, in_text, words):
    assert (cited(day), in_words(day)) == (in_text, words)


@pytest.mark.parametrize(
    ("year", "month", "words"),
    [
        (2023, 6, "ngày tháng 6 năm 2023"),
        (2023, 2, "ngày tháng 02 năm 2023"),
        (2023, None, "ngày tháng năm 2023"),
        (None, None, "ngày tháng năm"),
    ],
)
def test_blanks_are_left_for_the_clerk(year, month, words):
    assert in_words_partly(year, month).split() == words.split()
