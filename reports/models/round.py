import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from config.vietnamese import dates
from plans.models import Plan
from plans.models.history import AppendOnly
from reports.rules import visible_rounds
from units.models import Unit, User


class RoundKind(models.TextChoices):
    """The plan's own report of the year (S29), or one that somebody asked for (S30)."""

    YEARLY = "yearly", "Báo cáo năm theo kế hoạch"
    AD_HOC = "ad_hoc", "Báo cáo theo yêu cầu"


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user: User) -> Self:
        """Those that `user` may see; the only door to a round for a page."""
        return self.filter(visible_rounds(user)).distinct()

    def open(self) -> Self:
        return self.filter(closed_on=None)


class Round(models.Model):
    """A reporting round (đợt báo cáo): up to which day the figures go and who reports by when.

    The units that take part are those that have a `UnitReport` in it.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="rounds", verbose_name="kế hoạch")
    kind = models.CharField("loại", max_length=10, choices=RoundKind)
    name = models.CharField("tên đợt", max_length=200)
    demand = models.CharField(
        "theo yêu cầu của", max_length=300, blank=True, help_text="Văn bản hoặc người yêu cầu."
    )
    as_of = models.DateField("số liệu tính đến ngày")
    units_due_on = models.DateField("hạn đơn vị báo cáo Văn phòng")
    department_due_on = models.DateField("hạn Sở báo cáo", null=True, blank=True)
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opened_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="người mở đợt"
    )
    opened_by_label = models.CharField("họ tên, chức vụ", max_length=400)
    opened_on = models.DateField("ngày mở")
    opened_at = models.DateTimeField("thời điểm mở")
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="người đóng đợt"
    )
    closed_by_label = models.CharField("họ tên, chức vụ người đóng", max_length=400, blank=True)
    closed_on = models.DateField("ngày đóng", null=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt báo cáo"
        verbose_name_plural = "đợt báo cáo"
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(kind=RoundKind.YEARLY),
                name="round_one_yearly",
                violation_error_message="Kế hoạch đã có đợt báo cáo năm.",
            ),
            models.CheckConstraint(
                condition=Q(department_due_on=None) | Q(department_due_on__gte=F("units_due_on")),
                name="round_department_after_units",
                violation_error_message="Hạn của Sở không được trước hạn của đơn vị.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def naming_day(self) -> dt.date:
        """The day whose names units bear in this round: that of its figures."""
        return self.plan.naming_day(self.as_of)

    def content_day(self, today: dt.date) -> dt.date:
        """The day a report written on `today` speaks of: never one that is still to come."""
        return min(self.as_of, today)

    def days_late(self, day: dt.date) -> int:
        """How many days after the units' day `day` is; the day itself counts as in time (S29). What
        was not handed in when the round was closed grows no later."""
        last = min(day, self.closed_on) if self.closed_on else day
        return max((last - self.units_due_on).days, 0)


class RoundReminder(AppendOnly):
    """The Office urged, at one stroke, every unit whose report was owed (3.4)."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="reminders", verbose_name="đợt báo cáo"
    )
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    words = models.TextField("nội dung đôn đốc")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người đôn đốc")
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    recorded_on = models.DateField("ngày")
    recorded_at = models.DateTimeField("thời điểm")

    class Meta(AppendOnly.Meta):
        verbose_name = "lần đôn đốc nộp báo cáo"
        verbose_name_plural = "các lần đôn đốc nộp báo cáo"
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"Đôn đốc ngày {dates.short(self.recorded_on)}"


class RemindedUnit(AppendOnly):
    """A unit that a reminder went to, in the state its report was in."""

    reminder = models.ForeignKey(
        RoundReminder, models.PROTECT, related_name="units", verbose_name="lần đôn đốc"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    unit_label = models.CharField("tên đơn vị", max_length=200)
    state_label = models.CharField("tình trạng báo cáo", max_length=60)

    class Meta(AppendOnly.Meta):
        verbose_name = "đơn vị được đôn đốc"
        verbose_name_plural = "đơn vị được đôn đốc"
        ordering = ["reminder", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reminder", "unit"], name="reminded_unit_once")
        ]

    def __str__(self) -> str:
        return self.unit_label
