"""Dates and numbers as Vietnamese offices write them (V1)."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils.formats import number_format


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("05/06/2023", dt.date(2023, 6, 5)),
        ("30/11/2023", dt.date(2023, 11, 30)),
        ("1/2/2023", dt.date(2023, 2, 1)),
        ("30-11-2023", dt.date(2023, 11, 30)),
        ("2023-11-30", dt.date(2023, 11, 30)),
    ],
)
def test_day_comes_before_month(typed, day):
    assert forms.DateField().clean(typed) == day


@pytest.mark.parametrize("typed", ["11/30/2023", "31/11/2023", "30/11/23"])
def test_no_other_order_is_guessed(typed):
    with pytest.raises(forms.ValidationError):
        forms.DateField().clean(typed)


def test_time_of_day_is_read():
    read = forms.DateTimeField().clean("05/06/2023 14:30")

    assert read.isoformat() == "2023-06-05T14:30:00+07:00"


def test_widget_shows_what_the_field_reads():
    assert forms.DateInput().format_value(dt.date(2023, 6, 5)) == "05/06/2023"


def test_numbers_are_grouped_by_dots_with_a_decimal_comma():
    assert number_format(Decimal("1234567.5"), force_grouping=True) == "1.234.567,5"


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("{{ day }}", "05/06/2023"),
        ("{{ time }}", "14:05 05/06/2023"),
        ("{{ rate }}", "98,5"),
        ("{{ year }}", "2023"),
    ],
)
def test_templates_print(template, printed):
    context = Context(
        {
            "day": dt.date(2023, 6, 5),
            "time": dt.datetime(2023, 6, 5, 14, 5),  # noqa: DTZ001  as shown, no zone
            "rate": 98.5,
            "year": 2023,
        }
    )

    assert Template(template).render(context) == printed
