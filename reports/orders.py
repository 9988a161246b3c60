"""Files that take long: ordered on a page, made by the worker, kept for a day.

An order is a task of django-tasks in the database, so that it outlives a restart; the file and how
far it is lie in MADE_ROOT under the order's number. It belongs to the one who placed it. To issue a
large report is an order, too: its files are kept with the report, and none lies here.
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
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django_tasks import TaskContext, TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from config.vietnamese import dates
from plans.acts.refusals import Refusal
from plans.models import Plan
from reports import files
from reports.acts import issuing
from reports.acts.issuing import Issue
from reports.content import consolidated
from reports.content.model import ReportContent
from reports.models import ConsolidatedReport
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
    """What a page needs to know of an order.

    `day` is that of a report of live figures, `report` the consolidated report of any other;
    `issues` says that the report is issued and no file is made to be taken away.
    """

    id: UUID
    status: str
    format: str
    day: dt.date | None
    report: int | None
    issues: bool
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
            format=given.get("file_format", "pdf"),
            day=dt.date.fromisoformat(given["day"]) if "day" in given else None,
            report=given.get("report"),
            issues=result.task_path == issue_ordered.module_path,
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
    def back(self) -> str:
        """The page of the report that the file is of."""
        if self.report is not None:
            return reverse("consolidated", args=[self.report])
        assert self.day is not None
        return f"{reverse('report')}?{urlencode({'ngay': dates.short(self.day)})}"

    @property
    def again(self) -> str:
        """Where the same file is ordered anew."""
        if self.report is not None:
            return reverse("consolidated-file", args=[self.report, self.format])
        assert self.day is not None
        query = urlencode({"ngay": dates.short(self.day)})
        return f"{reverse('report-download', args=[self.format])}?{query}"

    @property
    def refusal(self) -> str:
        """Why the report was not issued after all."""
        return self.name if self.issues and self.status == TaskResultStatus.SUCCESSFUL else ""

    @property
    def is_done(self) -> bool:
        """The file is there to be taken away."""
        ended = self.status == TaskResultStatus.SUCCESSFUL and not self.issues
        return ended and self.path.is_file()

    @property
    def has_failed(self) -> bool:
        return self.status == TaskResultStatus.FAILED

    @property
    def is_gone(self) -> bool:
        ended = self.status == TaskResultStatus.SUCCESSFUL and not self.issues
        return ended and not self.path.is_file()

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
    given = {"plan": plan.pk, "day": day.isoformat(), "file_format": file_format, "by": by.pk}
    return _placed(make_ordered, given, by)


def place_of(report: ConsolidatedReport, *, file_format: str, by: User) -> Order:
    """Order a file of a report that is not issued, as it stands when it is made; of the next
    state of the report it is another order."""
    given = {"report": report.pk, "file_format": file_format, "seen": report.sequence, "by": by.pk}
    return _placed(make_of_report, given, by)


def place_issue(
    report: ConsolidatedReport, *, by: User, issue: Issue, seen: int, request_key: UUID
) -> Order:
    """Order that a report be issued; what can be refused now is refused now."""
    issuing.check(report_id=report.pk, by=by, issue=issue, seen=seen)
    given = {
        "report": report.pk,
        "number": issue.number,
        "symbol": issue.symbol,
        "issued_on": issue.issued_on.isoformat(),
        "medium": str(issue.medium),
        "seen": seen,
        "request_key": str(request_key),
        "by": by.pk,
    }
    return _placed(issue_ordered, given, by)


def _placed(job: Any, given: dict[str, Any], by: User) -> Order:
    expire()
    with transaction.atomic():
        # Two clicks at once wait for each other at the person's row.
        User.objects.select_for_update().get(pk=by.pk)
        for pending in _orders().exclude(status__in=_ENDED):
            if pending.task_path == job.module_path and pending.args_kwargs["kwargs"] == given:
                return Order.of(pending)
        placed = job.enqueue(**given)
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
    """Make the file of the plan's report on a day; returns the file's name."""
    asked = dt.date.fromisoformat(day)
    content = consolidated(Plan.objects.select_related("agency", "parent").get(pk=plan), asked)
    return _made(context, content, file_format, by)


@task(takes_context=True)
def make_of_report(
    context: TaskContext, *, report: int, file_format: str, seen: int, by: int
) -> str:
    """Make the file of a consolidated report; returns the file's name."""
    content = ConsolidatedReport.objects.for_page().get(pk=report).content
    return _made(context, content, file_format, by)


def _made(context: TaskContext, content: ReportContent, file_format: str, by: int) -> str:
    """Make the file and tell the one who waits for it."""
    order = UUID(context.task_result.id)
    with _progress(order) as told:
        told(_READ)
        made = files.make(content, file_format, told=lambda p: told(_READ + p * 0.95))
        _write(_path(order), made.data)
    words = f"Tệp {files.FORMATS[file_format].label} của báo cáo đã tạo xong"
    tell([User.objects.get(pk=by)], words, reverse("report-order", args=[order]))
    return made.name


@task(takes_context=True)
def issue_ordered(
    context: TaskContext,
    *,
    report: int,
    number: int,
    symbol: str,
    issued_on: str,
    medium: str,
    seen: int,
    request_key: str,
    by: int,
) -> str:
    """Issue the report and tell the one who waits; returns why it was refused, or nothing."""
    order, person = UUID(context.task_result.id), User.objects.get(pk=by)
    try:
        with _progress(order) as told:
            step = issuing.issue(
                report_id=report,
                by=person,
                issue=Issue(number, symbol, dt.date.fromisoformat(issued_on), medium),
                seen=seen,
                request_key=UUID(request_key),
                told=told,
            )
    except Refusal as refusal:
        words = f"Báo cáo tổng hợp chưa được ban hành: {refusal}"
        tell([person], words, reverse("report-order", args=[order]))
        return str(refusal)
    tell([person], f"Đã ban hành {step.report.cited}", reverse("consolidated", args=[report]))
    return ""


_ENDED = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)


def _orders() -> Any:
    jobs = (make_ordered, make_of_report, issue_ordered)
    return DBTaskResult.objects.filter(task_path__in=[job.module_path for job in jobs])


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
