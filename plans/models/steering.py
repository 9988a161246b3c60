"""Directives, urgings and difficulties, and that the plan was brought to everyone (S17, S31)."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from config.vietnamese import dates
from plans.models.history import AppendOnly, AppendOnlyQuerySet
from plans.models.matter import Matter
from plans.models.plan import Plan
from plans.models.progress import ProgressUpdate
from plans.rules import visible_disseminations
from units.models import Unit, User


class Directive(Matter):
    """An order of the leadership to a unit, on a task or in general (3.5). The original may be a
    note on a document (bút phê), whose number is kept."""

    given_on = models.DateField("ngày chỉ đạo")
    giver = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="lãnh đạo cho ý kiến"
    )
    giver_label = models.CharField("họ tên, chức vụ lãnh đạo", max_length=400)

    class Meta(AppendOnly.Meta):
        verbose_name = "ý kiến chỉ đạo"
        verbose_name_plural = "ý kiến chỉ đạo"

    @property
    def happened_on(self) -> dt.date:
        return self.given_on


class UrgingForm(models.TextChoices):
    """How a unit was urged (3.4)."""

    NOTICE = "notice", "Nhắc trong hệ thống"
    LETTER = "letter", "Công văn đôn đốc"
    CRITICISM = "criticism", "Phê bình"


class Urging(Matter):
    """A unit was urged to do its tasks, on a day, in a form; its answers are steps (3.4)."""

    form = models.CharField("hình thức", max_length=20, choices=UrgingForm)
    sent_on = models.DateField("ngày đôn đốc")

    class Meta(AppendOnly.Meta):
        verbose_name = "lần đôn đốc"
        verbose_name_plural = "đôn đốc"

    @property
    def happened_on(self) -> dt.date:
        return self.sent_on


class Difficulty(Matter):
    """A difficulty that a unit raises, with what it proposes (S17); `update` is where it was said
    first."""

    proposal = models.TextField("đề xuất, kiến nghị", blank=True)
    update = models.OneToOneField(
        ProgressUpdate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="raised",
        verbose_name="từ cập nhật",
    )

    class Meta(AppendOnly.Meta):
        verbose_name = "khó khăn, vướng mắc"
        verbose_name_plural = "khó khăn, vướng mắc"


class DisseminationQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: User) -> Self:
        """Those that `user` may see."""
        return self.filter(visible_disseminations(user))

    def known_on(self, day: dt.date) -> Self:
        return self.filter(recorded_on__lte=day)


class Dissemination(AppendOnly):
    """A head brought the plan to the unit's staff: when, how, to how many (S31)."""

    class Way(models.TextChoices):
        MEETING = "meeting", "Họp đơn vị"
        WRITING = "writing", "Sao gửi văn bản"
        ONLINE = "online", "Qua hệ thống, thư điện tử"
        OTHER = "other", "Hình thức khác"

    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="disseminations", verbose_name="kế hoạch"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="disseminations", verbose_name="đơn vị"
    )
    held_on = models.DateField("ngày quán triệt")
    way = models.CharField("hình thức", max_length=20, choices=Way)
    people = models.PositiveIntegerField("số người được quán triệt")
    note = models.TextField("ghi chú", blank=True)
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người ghi")
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    recorded_on = models.DateField("ngày ghi")
    recorded_at = models.DateTimeField("thời điểm ghi")

    objects = DisseminationQuerySet.as_manager()  # type: ignore[misc]

    class Meta(AppendOnly.Meta):
        verbose_name = "lần quán triệt"
        verbose_name_plural = "quán triệt"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="dissemination_to_somebody")
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {dates.short(self.held_on)}"
