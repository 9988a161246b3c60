"""What a worker left when it died can be told from what goes on, and be ordered again."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from config.long_work import lives, show_life
from units import orders
from units.orders import Order

LONG_AGO = dt.timedelta(minutes=5)


@task
def count(*, up_to, by):
    return up_to


@pytest.fixture
def placed(world):
    return DBTaskResult.objects.get(pk=orders.place(count, {"up_to": 3}, world.admin))


def begun(result, worker):
    """As if the worker had begun five minutes ago."""
    result.claim(worker)
    DBTaskResult.objects.update(started_at=timezone.now() - LONG_AGO)
    result.refresh_from_db()
    return Order.of(result)


def test_work_goes_on_while_its_worker_lives(world, placed):
    show_life("living")

    order = begun(placed, "living")

    assert (order.is_pending, order.has_failed) == (True, False)
    assert orders.place(count, {"up_to": 3}, world.admin) == placed.id


def test_work_of_a_dead_worker_is_broken_off_and_can_be_ordered_again(world, placed):
    order = begun(placed, "dead")

    assert (order.is_pending, order.has_failed, order.is_broken_off) == (False, True, True)
    assert orders.place(count, {"up_to": 3}, world.admin) != placed.id


def test_a_worker_has_a_moment_to_begin(placed):
    placed.claim("starting")

    assert Order.of(placed).is_pending


def test_the_kernel_says_that_a_worker_died():
    code = (
        "import django, sys; django.setup()\n"
        "from django.conf import settings; settings.MADE_ROOT = sys.argv[1]\n"
        "from config.long_work import show_life; show_life('killed')\n"
        "print('ready', flush=True); sys.stdin.read()"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", code, str(settings.MADE_ROOT)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment,
    ) as worker:  # fmt: skip
        assert worker.stdout.readline() == b"ready\n"
        assert lives("killed")
        worker.kill()
    assert not lives("killed")


def test_what_was_broken_off_is_forgotten_after_a_day(placed):
    begun(placed, "dead")
    orders.expire()
    assert DBTaskResult.objects.count() == 1

    DBTaskResult.objects.update(started_at=timezone.now() - orders.KEPT - LONG_AGO)
    orders.expire()

    assert DBTaskResult.objects.count() == 0


def test_the_worker_shows_its_life_while_it_works(world, placed, worked):
    worked()

    placed.refresh_from_db()
    order = Order.of(placed)
    assert (order.is_over, order.said) == (True, 3)
    assert lives(placed.worker_ids[-1])
