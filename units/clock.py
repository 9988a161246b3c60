"""The one clock of the domain: which day is today in Vietnam.

Everything that asks for today asks here, so that tests and the demonstration can set the day.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_set_day: ContextVar[dt.date | None] = ContextVar("set_day", default=None)


def today() -> dt.date:
    """Today's date in Asia/Ho_Chi_Minh, or the day that was set for it."""
    if day := _set_day.get():
        return day
    # Imported here: the clock is a leaf that models use as a default.
    from units.models import Demonstration

    return Demonstration.day() or timezone.localdate()


def now() -> dt.datetime:
    """This moment; on a day that was set, the same time of that day."""
    moment = timezone.localtime()
    day = today()
    return moment.replace(year=day.year, month=day.month, day=day.day)


@contextmanager
def set_to(day: dt.date | None) -> Iterator[None]:
    """Make `day` today inside the block; None asks the demonstration and the real clock."""
    token = _set_day.set(day)
    try:
        yield
    finally:
        _set_day.reset(token)
