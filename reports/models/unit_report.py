import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from config.vietnamese import dates
from plans.models import Assignment, Task
from plans.models.history import AppendOnly
from reports.content.frozen import thaw
from reports.models.locked import ReportLocked
from reports.models.round import Round
from reports.rules import visible_reports
from reports.states.unit_report import NEEDS_REASON, OWED, WRITABLE, ReportState, StepKind
from reports.unit_content.model import SECTIONS, UnitReportContent
from units.models import Unit, User


class UnitReportQuerySet(models.QuerySet["UnitReport"]):
    def visible_to(self, user: User) -> Self:
        """Those that `user` may see; the only door to a unit's report for a page."""
        return self.filter(visible_reports(user))

    def for_page(self) -> Self:
        """With the round, the plan and the unit, in one query."""
        return self.select_related("round__plan__agency", "unit")

    def owed(self) -> Self:
        """Those of which the Office has nothing that it could read: these are urged.

        A unit that was part of another before the day of the figures, began no report and has no
        task of the plan left to its name owes none.
        """
        parts = Assignment.objects.filter(
            unit=OuterRef("unit"), task__plan=OuterRef("round__plan"), task__withdrawn_on=None
        )
        nothing_left = Q(state=ReportState.MISSING, unit__merged_on__lte=F("round__as_of"))
        return self.filter(state__in=OWED).exclude(nothing_left & ~Exists(parts))


class UnitReport(models.Model):
    """The report of one unit in one round: where it stands. What it says while it is written
    stands in its section edits, what was submitted in its versions."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="reports", verbose_name="đợt báo cáo"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="unit_reports", verbose_name="đơn vị"
    )
    state = models.CharField(
        "tình trạng", max_length=20, choices=ReportState, default=ReportState.MISSING
    )
    # The second cycle begins when an accepted report is opened again; nothing of the first is lost.
    cycle = models.PositiveSmallIntegerField("vòng", default=1)
    # How many steps its history has. A form carries the number it saw.
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = UnitReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo của đơn vị"
        verbose_name_plural = "báo cáo của đơn vị"
        ordering = ["round", "unit__position", "unit__name"]
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="unit_report_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} – {self.round}"

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE and self.round.is_open

    @property
    def newest_version(self) -> "UnitReportVersion | None":
        return self.versions.order_by("-number").first()


class UnitReportVersion(AppendOnly):
    """What a unit submitted, frozen: canonical JSON and its SHA-256 (reports/content/frozen.py).

    `by` pressed the button, `responsible` answers for the content (3.6); both labels are as they
    were on the day.
    """

    report = models.ForeignKey(
        UnitReport, models.PROTECT, related_name="versions", verbose_name="báo cáo"
    )
    number = models.PositiveIntegerField("phiên bản")
    cycle = models.PositiveSmallIntegerField("vòng")
    frozen = models.BinaryField("nội dung đóng băng")
    sha256 = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người nộp")
    by_label = models.CharField("họ tên, chức vụ người nộp", max_length=400)
    responsible = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="người chịu trách nhiệm"
    )
    responsible_label = models.CharField("họ tên, chức vụ người chịu trách nhiệm", max_length=400)
    submitted_on = models.DateField("ngày nộp")
    submitted_at = models.DateTimeField("thời điểm nộp")

    class Meta(AppendOnly.Meta):
        verbose_name = "phiên bản báo cáo của đơn vị"
        verbose_name_plural = "phiên bản báo cáo của đơn vị"
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="unit_report_version_once")
        ]

    def __str__(self) -> str:
        return f"Phiên bản {self.number} ngày {dates.short(self.submitted_on)}"

    @property
    def content(self) -> UnitReportContent:
        """What was submitted, with the labels of its day."""
        return thaw(bytes(self.frozen), UnitReportContent)


class UnitReportStep(AppendOnly):
    """One step of a report: which act, by whom, on which day, why; `state` is the state after."""

    report = models.ForeignKey(
        UnitReport, models.PROTECT, related_name="steps", verbose_name="báo cáo"
    )
    version = models.ForeignKey(
        UnitReportVersion,
        models.PROTECT,
        null=True,
        related_name="steps",
        verbose_name="phiên bản",
    )
    sequence = models.PositiveIntegerField("lần thứ")
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("việc", max_length=20, choices=StepKind)
    state = models.CharField("tình trạng", max_length=20, choices=ReportState)
    cycle = models.PositiveSmallIntegerField("vòng")
    reason = models.TextField("lý do, ý kiến", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người thực hiện")
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    recorded_on = models.DateField("ngày ghi")
    recorded_at = models.DateTimeField("thời điểm ghi")

    class Meta(AppendOnly.Meta):
        verbose_name = "bước xử lý báo cáo của đơn vị"
        verbose_name_plural = "các bước xử lý báo cáo của đơn vị"
        ordering = ["report", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["report", "sequence"], name="unit_report_step_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(NEEDS_REASON)) | ~Q(reason=""),
                name="unit_report_step_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {dates.short(self.recorded_on)}"


class StepRemark(AppendOnly):
    """What the Office says of one task when it returns a report."""

    step = models.ForeignKey(
        UnitReportStep, models.PROTECT, related_name="remarks", verbose_name="bước"
    )
    task = models.ForeignKey(Task, models.PROTECT, related_name="+", verbose_name="nhiệm vụ")
    task_label = models.CharField("nhiệm vụ như đã ghi", max_length=300)
    text = models.TextField("ý kiến")

    class Meta(AppendOnly.Meta):
        verbose_name = "ý kiến về nhiệm vụ"
        verbose_name_plural = "ý kiến về nhiệm vụ"
        ordering = ["step", "pk"]
        constraints = [models.UniqueConstraint(fields=["step", "task"], name="remark_once")]

    def __str__(self) -> str:
        return self.task_label


class SectionEdit(AppendOnly):
    """A person wrote a section anew: the text, and the draft that they had before their eyes.

    The newest edit of a section is what the report says; without one it says the draft. An edit
    whose `text` is None goes back to the draft.
    """

    report = models.ForeignKey(
        UnitReport, models.PROTECT, related_name="edits", verbose_name="báo cáo"
    )
    section = models.CharField("phần", max_length=20, choices=list(SECTIONS.items()))
    sequence = models.PositiveIntegerField("lần thứ")
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.TextField("nội dung", null=True)
    draft = models.TextField("dự thảo khi sửa", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người sửa")
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    recorded_on = models.DateField("ngày ghi")
    recorded_at = models.DateTimeField("thời điểm ghi")

    class Meta(AppendOnly.Meta):
        verbose_name = "lần sửa nội dung báo cáo"
        verbose_name_plural = "các lần sửa nội dung báo cáo"
        ordering = ["report", "section", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "section", "sequence"], name="section_edit_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_section_display()} {dates.short(self.recorded_on)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        # The act says why in words for people; this holds for whoever comes past it.
        if self._state.adding and not self.report.is_writable:
            raise ReportLocked
        super().save(*args, **kwargs)


def accepted_versions(round: Round) -> QuerySet[UnitReportVersion]:
    """The accepted version of every unit of the round that has one, in protocol order.

    Of a report that was accepted and then opened again none counts until it is accepted anew.
    """
    newest = (
        UnitReportVersion.objects.filter(report=OuterRef("report"))
        .order_by("-number")
        .values("number")[:1]
    )
    return (
        UnitReportVersion.objects.filter(
            report__round=round, report__state=ReportState.ACCEPTED, number=Subquery(newest)
        )
        .select_related("report__unit")
        .order_by("report__unit__position", "report__unit__name")
    )


def units_without_accepted(round: Round) -> QuerySet[UnitReport]:
    """The reports of the round that are not accepted, in protocol order: which units, and where
    they stand. The consolidated report lists them, it never fills them in."""
    return (
        UnitReport.objects.filter(round=round)
        .exclude(state=ReportState.ACCEPTED)
        .select_related("unit__merged_into")
        .order_by("unit__position", "unit__name")
    )
