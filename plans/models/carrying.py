import uuid

from django.db import models

from plans.models.plan import Plan
from units.models import User


class CarryOver(models.Model):
    """A plan that was made from that of an earlier year: from which, by whom, with what."""

    source = models.ForeignKey(
        Plan, models.PROTECT, related_name="carried_on", verbose_name="từ kế hoạch"
    )
    plan = models.OneToOneField(
        Plan, models.CASCADE, related_name="carried_from", verbose_name="thành kế hoạch"
    )
    year = models.PositiveSmallIntegerField("năm kế hoạch mới")
    outcome = models.CharField("đã mang theo", max_length=300, blank=True)
    by = models.ForeignKey(
        User, models.PROTECT, editable=False, related_name="+", verbose_name="người chuyển"
    )
    by_label = models.CharField("người chuyển", max_length=400)
    recorded_at = models.DateTimeField("lúc chuyển")
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = "lần chuyển kế hoạch sang năm sau"
        verbose_name_plural = "các lần chuyển kế hoạch sang năm sau"
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "year"], name="carried_over_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.source} → năm {self.year}"
