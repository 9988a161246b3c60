"""Which day is today."""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.builders import TODAY
from tests.pages import Page
from units import clock
from units.models import Demonstration

VIETNAM = dt.timezone(dt.timedelta(hours=7))


def test_today_is_vietnams_date(db):
    with time_machine.travel(dt.datetime(2023, 11, 29, 23, 59, tzinfo=VIETNAM), tick=False):
        assert clock.today() == dt.date(2023, 11, 29)
        assert clock.now() == dt.datetime(2023, 11, 29, 23, 59, tzinfo=VIETNAM)
    with time_machine.travel(dt.datetime(2023, 11, 30, 0, 0, tzinfo=VIETNAM), tick=False):
        assert clock.today() == dt.date(2023, 11, 30)
    # 18:00 in Greenwich is the next day in Vietnam.
    with time_machine.travel(dt.datetime(2023, 12, 31, 18, 0, tzinfo=dt.UTC), tick=False):
        assert clock.today() == dt.date(2024, 1, 1)


def test_the_demonstration_has_a_day_of_its_own_and_real_hours(db):
    Demonstration.objects.create(today=TODAY)
    with time_machine.travel(dt.datetime(2026, 5, 1, 8, 30, tzinfo=VIETNAM), tick=False):
        assert clock.today() == TODAY
        assert clock.now() == dt.datetime(2023, 11, 20, 8, 30, tzinfo=VIETNAM)


def test_a_day_that_was_set_counts_inside_the_block_only(db):
    Demonstration.objects.create(today=TODAY)
    with clock.set_to(dt.date(2023, 7, 1)):
        assert clock.today() == dt.date(2023, 7, 1)
        with clock.set_to(dt.date(2023, 8, 1)):
            assert clock.today() == dt.date(2023, 8, 1)
        assert clock.today() == dt.date(2023, 7, 1)
        with clock.set_to(None):
            assert clock.today() == TODAY
    assert clock.today() == TODAY


def test_a_block_left_by_an_error_counts_no_more(db):
    Demonstration.objects.create(today=TODAY)
    with pytest.raises(ZeroDivisionError), clock.set_to(dt.date(2023, 7, 1)):
        raise ZeroDivisionError
    assert clock.today() == TODAY


def test_a_day_is_set_for_one_thread():
    seen = []
    with clock.set_to(dt.date(2023, 7, 1)):
        thread = threading.Thread(target=lambda: seen.append(clock._set_day.get()))
        thread.start()
        thread.join()
    assert seen == [None]


def test_there_is_one_demonstration_at_most(db):
    Demonstration.objects.create(today=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Demonstration.objects.create(today=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Demonstration.objects.create(today=TODAY, only=False)


def test_a_request_lives_in_one_day(world, as_user):
    """Its first question for today fixes it, though midnight passes."""
    Demonstration.objects.all().delete()
    client = as_user(world.office)
    with time_machine.travel(dt.datetime(2023, 11, 29, 23, 59, 59, tzinfo=VIETNAM), tick=False):
        page = Page(client.get(reverse("dashboard")))
    assert page.texts("//h1") == ["Bảng theo dõi tính đến ngày 29/11/2023"]
