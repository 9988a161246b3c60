"""Work that takes long: ordered on a page, done by the worker, shown as it grows.

An order is a task of django-tasks in the database, so that it outlives a restart and a closed
browser; what it makes and how far it is lie in MADE_ROOT under the order's number, for a day. It
belongs to the one who placed it (`by` among what was given). What a worker left when it died is
broken off and can be ordered again.
"""

import contextlib
import datetime as dt
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from config.long_work import lives
from units.models import User

KEPT = dt.timedelta(days=1)
# A worker that runs looks for work every second.
UNHEEDED = dt.timedelta(minutes=1)
# Between taking an order and beginning with it.
_STARTING = dt.timedelta(seconds=10)

# Called with the percent of the work that are done.
Told = Callable[[float], None]


def untold(percent: float) -> None:
    """When nobody waits."""


def part(told: Told, start: float, end: float) -> Told:
    """What a part of the work tells, of which it is the percents from `start` to `end`."""
    return lambda percent: told(start + percent * (end - start) / 100)


_ENDED = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)


@dataclass(frozen=True)
class Order:
    """What a page needs to know of an order: `job` is what does it, `given` what it was given,
    `said` what it returned; `path` is where what it makes lies, if it makes anything."""

    id: UUID
    job: str
    given: dict[str, Any]
    status: str
    is_broken_off: bool
    percent: int
    said: Any
    path: Path
    placed_at: dt.datetime
    finished_at: dt.datetime | None

    @classmethod
    def of(cls, result: DBTaskResult) -> Self:
        return cls(
            id=result.id,
            job=result.task_path,
            given=result.args_kwargs["kwargs"],
            status=result.status,
            is_broken_off=_is_broken_off(result),
            percent=_percent(result.id),
            said=result.return_value,
            path=path_of(result.id),
            placed_at=result.enqueued_at,
            finished_at=result.finished_at,
        )

    @property
    def is_pending(self) -> bool:
        waits = self.status in (TaskResultStatus.READY, TaskResultStatus.RUNNING)
        return waits and not self.is_broken_off

    @property
    def is_over(self) -> bool:
        """It came to its end, whatever it said."""
        return self.status == TaskResultStatus.SUCCESSFUL

    @property
    def has_failed(self) -> bool:
        return self.status == TaskResultStatus.FAILED or self.is_broken_off

    @property
    def is_unheeded(self) -> bool:
        """Nobody has begun although a worker would have long since."""
        waiting = self.status == TaskResultStatus.READY
        return waiting and timezone.now() - self.placed_at > UNHEEDED

    @property
    def has_file(self) -> bool:
        return self.is_over and self.path.is_file()

    @property
    def kept_until(self) -> dt.datetime | None:
        return self.finished_at + KEPT if self.finished_at else None


def place(job: Any, given: dict[str, Any], by: User) -> UUID:
    """Order that `job` be done; the same order again while it is not ended."""
    expire()
    given = {**given, "by": by.pk}
    with transaction.atomic():
        # Two clicks at once wait for each other at the person's row.
        User.objects.select_for_update().get(pk=by.pk)
        for pending in placed(job).exclude(status__in=_ENDED):
            if pending.args_kwargs["kwargs"] == given and not _is_broken_off(pending):
                return pending.id
        number: UUID = UUID(job.enqueue(**given).id)
        return number


def placed(*jobs: Any) -> QuerySet[DBTaskResult]:
    """The orders of such jobs that are not forgotten yet."""
    return DBTaskResult.objects.filter(task_path__in=[job.module_path for job in jobs])


class NoSuchOrder(Exception):
    """There is none, it is somebody else's, or it has expired."""


def find(order_id: UUID | str, user: User, *jobs: Any) -> DBTaskResult:
    """An order of the person's own."""
    try:
        result = placed(*jobs).get(pk=order_id)
    except (DBTaskResult.DoesNotExist, ValidationError) as error:
        raise NoSuchOrder from error
    if result.args_kwargs["kwargs"]["by"] != user.pk:
        raise NoSuchOrder
    return result


def expire() -> None:
    """Forget the orders that ended a day ago, and what they made."""
    long_ago = timezone.now() - KEPT
    ended = DBTaskResult.objects.filter(finished_at__lt=long_ago)
    begun = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=long_ago)
    for result in (*ended, *filter(_is_broken_off, begun)):
        for path in (path_of(result.id), _percent_path(result.id)):
            path.unlink(missing_ok=True)
        result.delete()


def order_id(context: TaskContext) -> UUID:
    """The number of the order that a job works at."""
    return UUID(str(context.task_result.id))


def path_of(order: UUID) -> Path:
    return Path(settings.MADE_ROOT) / str(order)


@contextlib.contextmanager
def progress(order: UUID) -> Iterator[Told]:
    """What is called with the percent that are done; each whole percent is written once."""
    last = -1

    def told(percent: float) -> None:
        nonlocal last
        if int(percent) > last:
            last = int(percent)
            write(_percent_path(order), str(last).encode())

    try:
        yield told
    finally:
        _percent_path(order).unlink(missing_ok=True)


def write(path: Path, data: bytes) -> None:
    """All or nothing, readable by nobody else."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}")
    with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    part.replace(path)


def _is_broken_off(result: DBTaskResult) -> bool:
    """Begun by a worker that is no more."""
    if result.status != TaskResultStatus.RUNNING or result.started_at is None:
        return False
    if timezone.now() - result.started_at < _STARTING:
        return False
    return not any(lives(worker) for worker in result.worker_ids[-1:])


def _percent_path(order: UUID) -> Path:
    return path_of(order).with_suffix(".percent")


def _percent(order: UUID) -> int:
    with contextlib.suppress(OSError, ValueError):
        return int(_percent_path(order).read_text())
    return 0
