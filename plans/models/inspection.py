"""Inspections, what they found and what must follow (S7–S9)."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.utils.text import Truncator

from config.vietnamese import dates
from plans.models.history import AppendOnly, AppendOnlyQuerySet
from plans.models.matter import Matter, document_words
from plans.models.plan import Plan
from plans.models.task import Task
from plans.rules import visible_findings, visible_inspections, visible_sanctions
from units.models import Unit, User


class InspectionQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: User) -> Self:
        """Those that `user` may see; the only door to an inspection for a page."""
        return self.filter(visible_inspections(user)).distinct()

    def known_on(self, day: dt.date) -> Self:
        return self.filter(recorded_on__lte=day)


class Inspection(AppendOnly):
    """A check of how units carry out the plan: on which day, of what, of whom (S7)."""

    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="inspections", verbose_name="kế hoạch"
    )
    held_on = models.DateField("ngày kiểm tra")
    scope = models.TextField("phạm vi, nội dung kiểm tra")
    units = models.ManyToManyField(
        Unit, through="InspectedUnit", related_name="inspections", verbose_name="đơn vị"
    )
    tasks = models.ManyToManyField(
        Task, through="InspectedTask", related_name="inspections", verbose_name="nhiệm vụ"
    )
    document_number = models.CharField("số, ký hiệu thông báo", max_length=60, blank=True)
    document_date = models.DateField("ngày thông báo", null=True, blank=True)
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người ghi")
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    recorded_on = models.DateField("ngày ghi")
    recorded_at = models.DateTimeField("thời điểm ghi")

    objects = InspectionQuerySet.as_manager()  # type: ignore[misc]

    class Meta(AppendOnly.Meta):
        verbose_name = "cuộc kiểm tra"
        verbose_name_plural = "kiểm tra"
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"Kiểm tra ngày {dates.short(self.held_on)}: {Truncator(self.scope).chars(60)}"

    @property
    def document(self) -> str:
        return document_words(self.document_number, self.document_date)


class InspectedUnit(AppendOnly):
    """A unit that was inspected."""

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="unit_links", verbose_name="cuộc kiểm tra"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")

    class Meta(AppendOnly.Meta):
        verbose_name = "đơn vị được kiểm tra"
        verbose_name_plural = "đơn vị được kiểm tra"
        constraints = [
            models.UniqueConstraint(fields=["inspection", "unit"], name="inspected_unit_once")
        ]

    def __str__(self) -> str:
        return str(self.unit)


class InspectedTask(AppendOnly):
    """A task that was looked into."""

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="task_links", verbose_name="cuộc kiểm tra"
    )
    task = models.ForeignKey(Task, models.PROTECT, related_name="+", verbose_name="nhiệm vụ")

    class Meta(AppendOnly.Meta):
        verbose_name = "nhiệm vụ được kiểm tra"
        verbose_name_plural = "nhiệm vụ được kiểm tra"
        constraints = [
            models.UniqueConstraint(fields=["inspection", "task"], name="inspected_task_once")
        ]

    def __str__(self) -> str:
        return str(self.task)


class FindingQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: User) -> Self:
        """Those that `user` may see: of another unit's failings nobody else reads."""
        return self.filter(visible_findings(user)).distinct()


class Finding(AppendOnly):
    """A shortcoming that an inspection found (tồn tại, hạn chế); of a unit, or of all inspected."""

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="findings", verbose_name="cuộc kiểm tra"
    )
    words = models.TextField("tồn tại, hạn chế")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="của đơn vị"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người ghi")
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    recorded_on = models.DateField("ngày ghi")
    recorded_at = models.DateTimeField("thời điểm ghi")

    objects = FindingQuerySet.as_manager()  # type: ignore[misc]

    class Meta(AppendOnly.Meta):
        verbose_name = "tồn tại, hạn chế"
        verbose_name_plural = "tồn tại, hạn chế"
        ordering = ["inspection", "pk"]

    def __str__(self) -> str:
        return Truncator(self.words).chars(80)


class Remedy(Matter):
    """What a unit must do about a finding until a day: ordered by the department itself or
    proposed to who can order it (S9). The day cannot be left out (Matter's constraint)."""

    class Means(models.TextChoices):
        ORDER = "order", "Chỉ đạo khắc phục"
        PROPOSAL = "proposal", "Kiến nghị khắc phục"

    finding = models.ForeignKey(
        Finding, models.PROTECT, related_name="remedies", verbose_name="tồn tại, hạn chế"
    )
    means = models.CharField("hình thức", max_length=20, choices=Means)

    class Meta(AppendOnly.Meta):
        verbose_name = "biện pháp khắc phục"
        verbose_name_plural = "biện pháp khắc phục"


class SanctionQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: User) -> Self:
        """For the leadership and the Office only (8.4)."""
        return self.filter(visible_sanctions(user))


class Sanction(AppendOnly):
    """A measure taken against a person or a unit (S8), for the leadership and the Office only.

    `against` is text and not a key: what stands in the way of deleting a unit or an account is
    listed to administrators, who may not learn of this. For the same reason it has no admin page,
    and its name says nothing.
    """

    class Measure(models.TextChoices):
        REMINDER = "reminder", "Nhắc nhở"
        CRITICISM = "criticism", "Phê bình"
        REVIEW = "review", "Kiểm điểm"
        DISCIPLINE = "discipline", "Xem xét xử lý kỷ luật"

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="sanctions", verbose_name="cuộc kiểm tra"
    )
    measure = models.CharField("hình thức xử lý", max_length=20, choices=Measure)
    against = models.CharField("đơn vị, cá nhân bị xử lý", max_length=200)
    taken_on = models.DateField("ngày xử lý")
    words = models.TextField("nội dung", blank=True)
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người ghi")
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    recorded_on = models.DateField("ngày ghi")
    recorded_at = models.DateTimeField("thời điểm ghi")

    objects = SanctionQuerySet.as_manager()  # type: ignore[misc]

    class Meta(AppendOnly.Meta):
        verbose_name = "ghi chép hạn chế"
        verbose_name_plural = "ghi chép hạn chế"
        ordering = ["taken_on", "pk"]

    def __str__(self) -> str:
        return f"số {self.pk}"
