"""How a due date, a completion date and the day asked about make a lateness (S29, domain.md 3.2).

Nothing here is stored. All dates are days in Vietnam.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from config.vietnamese import dates

SOON_DAYS = 7


class Timing(StrEnum):
    """Which of the six answers a lateness gives."""

    NO_DEADLINE = "no_deadline"
    IN_TIME = "in_time"
    SOON = "soon"
    OVERDUE = "overdue"
    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Lateness:
    """A timing with its number of days: days left (SOON, IN_TIME) or days late (OVERDUE, LATE);
    of what is not done, the `last_day` that is in time. The words are read on other days than they
    are written for, so none says "today"."""

    timing: Timing
    days: int = 0
    last_day: dt.date | None = field(default=None, compare=False)

    @property
    def is_late(self) -> bool:
        return self.timing in (Timing.OVERDUE, Timing.LATE)

    @property
    def short(self) -> str:
        """For a narrow column that already shows the due date."""
        if self.timing == Timing.IN_TIME:
            return f"còn {self.days} ngày"
        if self.timing == Timing.SOON:
            return f"sắp đến hạn, {self.days} ngày" if self.days else "đến hạn trong ngày"
        return str(self)

    def __str__(self) -> str:
        match self.timing:
            case Timing.NO_DEADLINE:
                return "không hạn"
            case Timing.IN_TIME:
                return f"trong hạn, còn {self.days} ngày"
            case Timing.SOON:
                if self.days:
                    return f"sắp đến hạn, còn {self.days} ngày"
                if self.last_day is None:
                    return self.short
                return f"đến hạn ngày {dates.cited(self.last_day)}"
            case Timing.OVERDUE:
                return f"quá hạn {self.days} ngày"
            case Timing.ON_TIME:
                return "đúng hạn"
            case Timing.LATE:
                return f"quá hạn {self.days} ngày"
        raise AssertionError(self.timing)


def last_day(due_on: dt.date, day_counts: bool) -> dt.date:
    """The last day that is in time: "trước ngày 30/11" is 29/11 unless the day itself counts."""
    return due_on if day_counts else due_on - dt.timedelta(days=1)


def late_before(day: dt.date, day_counts: bool) -> dt.date:
    """A due date before this one has passed on `day`; the same rule as `last_day`, for queries."""
    return day if day_counts else day + dt.timedelta(days=1)


def lateness(
    due_on: dt.date | None, completed_on: dt.date | None, day: dt.date, *, day_counts: bool
) -> Lateness:
    """How the due date was met (when completed) or stands on `day` (when not)."""
    if due_on is None:
        return Lateness(Timing.NO_DEADLINE)
    last = last_day(due_on, day_counts)
    left = (last - (completed_on or day)).days
    if completed_on is not None:
        return Lateness(Timing.ON_TIME) if left >= 0 else Lateness(Timing.LATE, -left)
    if left < 0:
        return Lateness(Timing.OVERDUE, -left)
    return Lateness(Timing.SOON if left <= SOON_DAYS else Timing.IN_TIME, left, last)
