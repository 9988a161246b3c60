"""Files that take long: ordered on a page, made by the worker, kept for a day.

An order is a task of django-tasks in the database, so that it outlives a restart; the file and how
far it is lie in MADE_ROOT under the order's number. It belongs to the one who placed it.
"""

import contextlib
import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from plans.models import Plan
from reports import files
from reports.content import consolidated
from units.models import User
from units.notices import tell

# From so many seconds on nobody should be kept waiting before a page that does not answer.
LONG = 10
KEPT = dt.timedelta(days=1)
# A worker that runs looks for work every second.
UNHEEDED = dt.timedelta(minutes=1)

# Seconds that a task of the plan takes (two cores, 2026), reading included.
_PACE = {"pdf": 0.2, "docx": 0.003, "xlsx": 0.003}
# Percent of the work that is done when the content has been read.
_READ = 5


def takes_long(file_format: str, tasks: int) -> bool:
    return tasks * _PACE[file_format] >= LONG


@dataclass(frozen=True)
class Order:
    """What a page needs to know of an order."""

    id: UUID
    status: str
    format: str
    day: dt.date
    percent: int
    name: str
    path: Path
    placed_at: dt.datetime
    finished_at: dt.datetime | None

    @classmethod
    def of(cls, result: DBTaskResult) -> Self:
        given = result.args_kwargs["kwargs"]
        return cls(
            id=result.id,
            status=result.status,
            format=given["file_format"],
            day=dt.date.fromisoformat(given["day"]),
            percent=_percent(result.id),
            name=result.return_value or "",
            path=_path(result.id),
            placed_at=result.enqueued_at,
            finished_at=result.finished_at,
        )

    @property
    def label(self) -> str:
        return files.FORMATS[self.format].label

    @property
    def is_done(self) -> bool:
        return self.status == TaskResultStatus.SUCCESSFUL and self.path.is_file()

    @property
    def has_failed(self) -> bool:
        return self.status == TaskResultStatus.FAILED

    @property
    def is_gone(self) -> bool:
        return self.status == TaskResultStatus.SUCCESSFUL and not self.path.is_file()

    @property
    def is_pending(self) -> bool:
        return self.status in (TaskResultStatus.READY, TaskResultStatus.RUNNING)

    @property
    def is_unheeded(self) -> bool:
        """Nobody has begun although a worker would have long since."""
        waiting = self.status == TaskResultStatus.READY
        return waiting and timezone.now() - self.placed_at > UNHEEDED

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def kept_until(self) -> dt.datetime | None:
        return self.finished_at + KEPT if self.finished_at else None


def place(*, plan: Plan, day: dt.date, file_format: str, by: User) -> Order:
    """Order a file of the plan's report on `day`; the same one again while it is being made."""
    expire()
    given = {"plan": plan.pk, "day": day.isoformat(), "file_format": file_format, "by": by.pk}
    with transaction.atomic():
        # Two clicks at once wait for each other at the person's row.
        User.objects.select_for_update().get(pk=by.pk)
        for pending in _orders().exclude(status__in=_ENDED):
            if pending.args_kwargs["kwargs"] == given:
                return Order.of(pending)
        placed = make_ordered.enqueue(
            plan=plan.pk, day=day.isoformat(), file_format=file_format, by=by.pk
        )
        return find(placed.id, by)


class NoSuchOrder(Exception):
    """There is none, it is somebody else's, or it has expired."""


def find(order_id: UUID | str, user: User) -> Order:
    try:
        result = _orders().get(pk=order_id)
    except (DBTaskResult.DoesNotExist, ValidationError) as error:
        raise NoSuchOrder from error
    if result.args_kwargs["kwargs"]["by"] != user.pk:
        raise NoSuchOrder
    return Order.of(result)


def expire() -> None:
    """Forget the orders that ended a day ago, and their files."""
    for result in _orders().filter(finished_at__lt=timezone.now() - KEPT):
        for path in (_path(result.id), _percent_path(result.id)):
            path.unlink(missing_ok=True)
        result.delete()


@task(takes_context=True)
def make_ordered(context: TaskContext, *, plan: int, day: str, file_format: str, by: int) -> str:
    """Make the file and tell the one who waits for it; returns the file's name."""
    order = UUID(context.task_result.id)
    person = User.objects.get(pk=by)
    asked = dt.date.fromisoformat(day)
    content = consolidated(Plan.objects.select_related("agency", "parent").get(pk=plan), asked)
    with _progress(order) as told:
        told(_READ)
        made = files.make(content, file_format, told=lambda p: told(_READ + p * 0.95))
        _write(_path(order), made.data)
    words = f"Tệp {files.FORMATS[file_format].label} của báo cáo đã tạo xong"
    tell([person], words, f"/bao-cao/tep-lon/{order}/")
    return made.name


_ENDED = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)


def _orders() -> Any:
    return DBTaskResult.objects.filter(task_path=make_ordered.module_path)


# --- The folder ---------------------------------------------------------------------------------


def _path(order: UUID) -> Path:
    return Path(settings.MADE_ROOT) / str(order)


def _percent_path(order: UUID) -> Path:
    return _path(order).with_suffix(".percent")


def _percent(order: UUID) -> int:
    with contextlib.suppress(OSError, ValueError):
        return int(_percent_path(order).read_text())
    return 0


@contextlib.contextmanager
def _progress(order: UUID) -> Iterator[Any]:
    """What is called with the percent that are done; each whole percent is written once."""
    last = -1

    def told(percent: float) -> None:
        nonlocal last
        if int(percent) > last:
            last = int(percent)
            _write(_percent_path(order), str(last).encode())

    try:
        yield told
    finally:
        _percent_path(order).unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    """All or nothing, readable by nobody else."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}")
    with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    part.replace(path)
