"""Files of reports that take long, and to issue a large report, as orders (units/orders.py). The
files of an issued report are kept with the report, and none lies among those of orders.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django_tasks import TaskContext, task

from config.vietnamese import dates
from plans.acts.refusals import Refusal
from plans.models import Plan
from plans.rules import may_see_consolidated_report
from reports import files
from reports.acts import issuing
from reports.acts.issuing import Issue
from reports.acts.made_files import of_draft, of_unit_report, remembered
from reports.content import consolidated
from reports.content.model import ReportContent
from reports.content.naming import as_draft, as_live
from reports.models import ConsolidatedReport, UnitReport
from reports.rules import reads_unsent
from reports.unit_content.document import as_document, as_drafted
from reports.unit_content.working import working
from units import clock, orders
from units.models import User
from units.notices import tell

# From so many seconds on nobody should be kept waiting before a page that does not answer.
LONG = 10

# Seconds that a task of the plan takes (two cores, 2026), reading included.
_PACE = {"pdf": 0.1, "docx": 0.001, "xlsx": 0.001}
# Percent of the work that is done when the content has been read.
_READ = 5


def takes_long(file_format: str, tasks: int) -> bool:
    return tasks * _PACE[file_format] >= LONG


@dataclass(frozen=True)
class Order(orders.Order):
    """An order of a report's file, or that a report be issued and no file be made to be taken away.

    `day` is that of a report of live figures, `report` the consolidated report and `unit_report`
    the report of a unit of any other, `version` which version of it (None: as it is written).
    """

    @property
    def format(self) -> str:
        return str(self.given.get("file_format", "pdf"))

    @property
    def day(self) -> dt.date | None:
        return dt.date.fromisoformat(self.given["day"]) if "day" in self.given else None

    @property
    def report(self) -> int | None:
        return self.given.get("report")

    @property
    def unit_report(self) -> int | None:
        return self.given.get("unit_report")

    @property
    def version(self) -> int | None:
        return self.given.get("version")

    @property
    def issues(self) -> bool:
        return bool(self.job == issue_ordered.module_path)

    @property
    def name(self) -> str:
        """Of the file."""
        return self.said or ""

    @property
    def label(self) -> str:
        return files.FORMATS[self.format].label

    @property
    def back(self) -> str:
        """The page of the report that the file is of."""
        if self.report is not None:
            return reverse("consolidated", args=[self.report])
        if self.version is not None:
            return reverse("unit-report-version", args=[self.unit_report, self.version])
        if self.unit_report is not None:
            return reverse("unit-report", args=[self.unit_report])
        assert self.day is not None
        return f"{reverse('report')}?{urlencode({'ngay': dates.short(self.day)})}"

    @property
    def again(self) -> str:
        """Where the same file is ordered anew."""
        if self.report is not None:
            return reverse("consolidated-file", args=[self.report, self.format])
        if self.version is not None:
            keys = [self.unit_report, self.version, self.format]
            return reverse("unit-report-version-file", args=keys)
        if self.unit_report is not None:
            return reverse("unit-report-file", args=[self.unit_report, self.format])
        assert self.day is not None
        query = urlencode({"ngay": dates.short(self.day)})
        return f"{reverse('report-download', args=[self.format])}?{query}"

    @property
    def refusal(self) -> str:
        """Why the report was not issued after all."""
        return self.said if self.issues and self.is_over else ""

    @property
    def is_done(self) -> bool:
        """The file is there to be taken away."""
        return self.has_file and not self.issues

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    def may_be_read_by(self, user: User) -> bool:
        """Who placed it may have lost the right to the report meanwhile."""
        if self.unit_report is None:
            return bool(may_see_consolidated_report(user))
        seen = UnitReport.objects.visible_to(user).filter(pk=self.unit_report)
        # What a unit has not handed in is read by its own people only.
        return any(self.version is not None or reads_unsent(user, one) for one in seen)


def place(*, plan: Plan, day: dt.date, file_format: str, by: User) -> UUID:
    """Order a file of the plan's report on `day`; the same one again while it is being made."""
    given = {"plan": plan.pk, "day": day.isoformat(), "file_format": file_format}
    return orders.place(make_ordered, given, by)


def place_of(report: ConsolidatedReport, *, file_format: str, by: User) -> UUID:
    """Order a file of a report that is not issued, as it stands when it is made; of the next
    state of the report it is another order."""
    given = {"report": report.pk, "file_format": file_format, "seen": report.sequence}
    return orders.place(make_of_report, given, by)


def place_of_version(report: UnitReport, number: int, *, file_format: str, by: User) -> UUID:
    """Order a file of a version of a unit's report."""
    given = {"unit_report": report.pk, "version": number, "file_format": file_format}
    return orders.place(make_of_unit, given, by)


def place_of_written(report: UnitReport, seen: str, *, file_format: str, by: User) -> UUID:
    """Order a file of a unit's report as it is written when the file is made; with another content
    (`seen`: its fingerprint) it is another order."""
    given = {"unit_report": report.pk, "file_format": file_format, "seen": seen}
    return orders.place(make_of_unit, given, by)


def place_issue(
    report: ConsolidatedReport, *, by: User, issue: Issue, seen: int, request_key: UUID
) -> UUID:
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
    }
    return orders.place(issue_ordered, given, by)


def find(order_id: UUID | str, user: User) -> Order:
    """An order of the person's own; NoSuchOrder."""
    jobs = (make_ordered, make_of_report, make_of_unit, issue_ordered)
    return Order.of(orders.find(order_id, user, *jobs))


@task(takes_context=True)
def make_ordered(context: TaskContext, *, plan: int, day: str, file_format: str, by: int) -> str:
    """Make the file of the plan's report on a day; returns the file's name."""
    asked = dt.date.fromisoformat(day)
    content = consolidated(Plan.objects.select_related("agency", "parent").get(pk=plan), asked)
    return _made(context, as_live(content), file_format, by)


@task(takes_context=True)
def make_of_report(
    context: TaskContext, *, report: int, file_format: str, seen: int, by: int
) -> str:
    """Make the file of a consolidated report; returns the file's name."""
    found = ConsolidatedReport.objects.for_page().get(pk=report)
    return _made(context, as_draft(found.content), file_format, by, of_draft(found))


@task(takes_context=True)
def make_of_unit(
    context: TaskContext,
    *,
    unit_report: int,
    file_format: str,
    by: int,
    version: int | None = None,
    seen: str = "",
) -> str:
    """Make the file of a unit's report; returns the file's name."""
    report = UnitReport.objects.for_page().get(pk=unit_report)
    if version is None:
        document = as_drafted(working(report, clock.today()).content)
    else:
        document = as_document(report.versions.get(number=version).content)
    return _made(context, document, file_format, by, of_unit_report(report, version))


def _made(
    context: TaskContext, content: ReportContent, file_format: str, by: int, words: str = ""
) -> str:
    """Make the file, remember it if `words` say what it is of, and tell the one who waits for it;
    returns its name."""
    order = orders.order_id(context)
    with orders.progress(order) as told:
        told(_READ)
        made = files.make(content, file_format, told=lambda p: told(_READ + p * 0.95))
        if words:
            remembered(made, words)
        orders.write(orders.path_of(order), made.data)
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
    order, person = orders.order_id(context), User.objects.get(pk=by)
    try:
        with orders.progress(order) as told:
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
