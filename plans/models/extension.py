import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from config.vietnamese import dates
from plans.models.history import AppendOnly, AppendOnlyQuerySet
from plans.models.task import Assignment, DueDateChange
from units.models import User


class ExtensionQuerySet(AppendOnlyQuerySet):
    def undecided(self) -> Self:
        decided = ExtensionStep.objects.filter(
            extension=OuterRef("pk"), kind__in=ExtensionStep.Kind.decisions()
        )
        return self.filter(~Exists(decided))


class Extension(AppendOnly):
    """A lead asks for a later deadline before the old one has passed (domain.md 3.3).

    What was asked stays as it was asked; what was answered are its steps. While nobody has agreed,
    the old day counts.
    """

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="extensions", verbose_name="phân công"
    )
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    old_due_on = models.DateField("thời hạn hiện tại")
    asked_due_on = models.DateField("thời hạn đề nghị")
    reason = models.TextField("lý do xin gia hạn")
    work_done = models.TextField("việc đã làm được")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người đề nghị")
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    recorded_on = models.DateField("ngày đề nghị")
    recorded_at = models.DateTimeField("thời điểm đề nghị")

    objects = ExtensionQuerySet.as_manager()  # type: ignore[misc]

    class Meta(AppendOnly.Meta):
        verbose_name = "đề nghị gia hạn"
        verbose_name_plural = "đề nghị gia hạn"
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_due_on__gt=models.F("old_due_on")), name="extension_is_later"
            )
        ]

    def __str__(self) -> str:
        return f"{dates.short(self.old_due_on)} → {dates.short(self.asked_due_on)}"


class ExtensionStep(AppendOnly):
    """What the Office or the leadership did with a request; one decision at most, by constraint.

    `superior_number` and `superior_date` name the document in which UBND tỉnh agreed to a day
    beyond the one that it had set itself.
    """

    class Kind(models.TextChoices):
        FORWARD = "forward", "Văn phòng trình Lãnh đạo Sở"
        ACCEPT = "accept", "Đồng ý gia hạn"
        COUNTER = "counter", "Đồng ý gia hạn đến ngày khác"
        REFUSE = "refuse", "Không đồng ý gia hạn"

        @classmethod
        def agreements(cls) -> "tuple[ExtensionStep.Kind, ...]":
            return (cls.ACCEPT, cls.COUNTER)

        @classmethod
        def decisions(cls) -> "tuple[ExtensionStep.Kind, ...]":
            return (*cls.agreements(), cls.REFUSE)

    extension = models.ForeignKey(
        Extension, models.PROTECT, related_name="steps", verbose_name="đề nghị gia hạn"
    )
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("việc", max_length=10, choices=Kind)
    due_on = models.DateField("thời hạn mới", null=True, blank=True)
    words = models.TextField("ý kiến, lý do", blank=True)
    superior_number = models.CharField("văn bản đồng ý của UBND tỉnh", max_length=60, blank=True)
    superior_date = models.DateField("ngày văn bản", null=True, blank=True)
    change = models.OneToOneField(
        DueDateChange,
        models.PROTECT,
        null=True,
        related_name="extension_step",
        verbose_name="thay đổi thời hạn",
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người ghi")
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    recorded_on = models.DateField("ngày ghi")
    recorded_at = models.DateTimeField("thời điểm ghi")

    class Meta(AppendOnly.Meta):
        verbose_name = "xử lý đề nghị gia hạn"
        verbose_name_plural = "xử lý đề nghị gia hạn"
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["extension"],
                condition=Q(kind__in=("accept", "counter", "refuse")),
                name="extension_decided_once",
            ),
            models.UniqueConstraint(
                fields=["extension"], condition=Q(kind="forward"), name="extension_forwarded_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("accept", "counter"), due_on__isnull=False)
                | Q(kind__in=("forward", "refuse"), due_on=None),
                name="extension_step_due",
            ),
            models.CheckConstraint(
                condition=~Q(kind="refuse") | ~Q(words=""), name="extension_refusal_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {dates.short(self.recorded_on)}"
