"""Lateness is a function of due date, completion date and the day asked about (S29)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.deadlines import Lateness, Timing, last_day, late_before, lateness

DUE = dt.date(2023, 11, 30)


def day(text: str | None) -> dt.date | None:
    return dt.datetime.strptime(text, "%d/%m/%Y").date() if text else None  # noqa: DTZ007


# due, completed, asked on, does the due day count → in words, days, late?
TABLE = [
    # The day itself counts: 30/11 is the last day in time.
    ("30/11/2023", None, "01/07/2023", True, "trong hạn, còn 152 ngày", 152, False),
    ("30/11/2023", None, "22/11/2023", True, "trong hạn, còn 8 ngày", 8, False),
    ("30/11/2023", None, "23/11/2023", True, "sắp đến hạn, còn 7 ngày", 7, False),
    ("30/11/2023", None, "29/11/2023", True, "sắp đến hạn, còn 1 ngày", 1, False),
    ("30/11/2023", None, "30/11/2023", True, "đến hạn ngày 30/11/2023", 0, False),
    ("30/11/2023", None, "01/12/2023", True, "quá hạn 1 ngày", 1, True),
    ("30/11/2023", "29/11/2023", "15/12/2023", True, "đúng hạn", 0, False),
    ("30/11/2023", "30/11/2023", "15/12/2023", True, "đúng hạn", 0, False),
    ("30/11/2023", "01/12/2023", "15/12/2023", True, "quá hạn 1 ngày", 1, True),
    # "Trước ngày 30/11": 29/11 is.
    ("30/11/2023", None, "21/11/2023", False, "trong hạn, còn 8 ngày", 8, False),
    ("30/11/2023", None, "22/11/2023", False, "sắp đến hạn, còn 7 ngày", 7, False),
    ("30/11/2023", None, "29/11/2023", False, "đến hạn ngày 29/11/2023", 0, False),
    ("30/11/2023", None, "30/11/2023", False, "quá hạn 1 ngày", 1, True),
    ("30/11/2023", "29/11/2023", "30/11/2023", False, "đúng hạn", 0, False),
    ("30/11/2023", "30/11/2023", "30/11/2023", False, "quá hạn 1 ngày", 1, True),
    # Over the end of the year and of February.
    ("31/12/2023", None, "01/01/2024", True, "quá hạn 1 ngày", 1, True),
    ("01/01/2024", None, "31/12/2023", True, "sắp đến hạn, còn 1 ngày", 1, False),
    ("01/01/2024", None, "31/12/2023", False, "đến hạn ngày 31/12/2023", 0, False),
    ("01/03/2024", None, "29/02/2024", False, "đến hạn ngày 29/02/2024", 0, False),
    # No deadline is never late.
    (None, None, "15/12/2023", True, "không hạn", 0, False),
    (None, "14/12/2023", "15/12/2023", False, "không hạn", 0, False),
]


@pytest.mark.parametrize(("due", "completed", "asked", "counts", "words", "days", "late"), TABLE)
def test_lateness(due, completed, asked, counts, words, days, late):
    found = lateness(day(due), day(completed), day(asked), day_counts=counts)

    assert (str(found), found.days, found.is_late) == (words, days, late)


@pytest.mark.parametrize(
    ("timing", "days", "words"),
    [
        (Timing.IN_TIME, 12, "còn 12 ngày"),
        (Timing.SOON, 3, "sắp đến hạn, 3 ngày"),
        (Timing.SOON, 0, "đến hạn trong ngày"),
        (Timing.OVERDUE, 2, "quá hạn 2 ngày"),
        (Timing.ON_TIME, 0, "đúng hạn"),
        (Timing.LATE, 2, "quá hạn 2 ngày"),
        (Timing.NO_DEADLINE, 0, "không hạn"),
    ],
)
def test_short_words_for_a_narrow_column(timing, days, words):
    assert Lateness(timing, days).short == words


dates_of_a_plan = st.dates(dt.date(2022, 1, 1), dt.date(2026, 12, 31))


@given(dates_of_a_plan, st.none() | dates_of_a_plan, dates_of_a_plan, st.booleans())
def test_late_exactly_from_the_day_after_the_last_one_in_time(due, completed, asked, counts):
    found = lateness(due, completed, asked, day_counts=counts)

    assert found.is_late == ((completed or asked) > last_day(due, counts))


@given(dates_of_a_plan, dates_of_a_plan, st.booleans())
def test_the_rule_for_queries_is_the_same_rule(due, asked, counts):
    late = lateness(due, None, asked, day_counts=counts).is_late

    assert late == (due < late_before(asked, counts))


def test_what_was_finished_stays_so_on_every_later_day():
    days = [DUE + dt.timedelta(days=n) for n in range(400)]

    assert {lateness(DUE, DUE, one, day_counts=True) for one in days} == {Lateness(Timing.ON_TIME)}
