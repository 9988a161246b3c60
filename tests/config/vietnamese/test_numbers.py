"""Numbers as offices type and print them (V7)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.vietnamese.numbers import (
    NotANumber,
    file_size,
    format_decimal,
    padded,
    parse_decimal,
    percent,
    share,
)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("70", "70"),
        ("70%", "70"),
        ("98,5", "98.5"),
        ("98.5", "98.5"),
        ("98,5 %", "98.5"),
        (" 98,5\u00a0% ", "98.5"),
        ("-3", "-3"),
        ("+3", "3"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1234", "1234"),
        ("1,234", "1.234"),
        ("1234.567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1.234,5", "1234.5"),
        ("12 345", "12345"),
        ("12\u00a0345 678,5", "12345678.5"),
        ("007", "7"),
    ],
)
def test_understood(typed, understood):
    assert parse_decimal(typed) == Decimal(understood)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "%",
        "abc",
        "1.234",  # 1234 or 1,234?
        "12.345",
        "-1.234",
        "98 99",  # two numbers
        "98,5 100",
        "1.23.4",
        "1,234,567",
        "1.234 567",
        "70%%",
        "70% 80%",
        "--1",
        "1e5",
        "NaN",
        "inf",
        "-Infinity",
        "0x1F",
        "½",
        "１２",  # full-width digits
        "१२",
        "70 phần trăm",
        "=1+1",
    ],
)
def test_refused_without_a_guess(typed):
    with pytest.raises(NotANumber):
        parse_decimal(typed)


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        ("1234567.5", None, "1.234.567,5"),
        ("98.5000", None, "98,5"),
        ("100", None, "100"),
        ("0", None, "0"),
        ("-1234.50", None, "-1.234,5"),
        ("1E+3", None, "1.000"),
        ("2.5", 0, "3"),
        ("0.05", 1, "0,1"),
        ("20", 2, "20,00"),
    ],
)
def test_format_decimal(value, places, printed):
    assert format_decimal(Decimal(value), places) == printed


@given(st.decimals(-(10**9), 10**9, places=4).filter(lambda n: n % 1 or abs(n) < 1000))
def test_what_was_printed_is_read_back(value):
    assert parse_decimal(format_decimal(value)) == value


@given(st.integers(1000, 999_999))
def test_thousands_as_printed_are_the_one_exception(value):
    """They look like a decimal with a dot; the person is asked to write 1234 or 1,234."""
    with pytest.raises(NotANumber):
        parse_decimal(format_decimal(value))


@pytest.mark.parametrize(
    ("count", "printed"), [(0, "00"), (2, "02"), (9, "09"), (10, "10"), (1234, "1.234")]
)
def test_padded(count, printed):
    assert padded(count) == printed


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [(8, 13, "61,5%"), (1, 16, "6,3%"), (0, 5, "0%"), (5, 5, "100%"), (0, 0, "–")],
)
def test_share_in_percent(part, whole, printed):
    assert percent(share(part, whole)) == printed


@pytest.mark.parametrize(
    ("size", "printed"),
    [
        (0, "0 B"),
        (70, "70 B"),
        (1023, "1023 B"),
        (1024, "1,0 KB"),
        (2**20 - 52, "1023,9 KB"),
        (2**20 - 51, "1,0 MB"),
        (3 * 2**20, "3,0 MB"),
    ],
)
def test_size_of_a_file(size, printed):
    assert file_size(size).replace(".", "") == printed
