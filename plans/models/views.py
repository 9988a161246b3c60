"""How a person likes to look at the task list."""

from typing import Self

from django.db import models
from django.db.models import Q

from units.models import User


class OwnQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Everyone has their own, and sees no other's."""
        return self.filter(user=user)


class SavedView(models.Model):
    """A filter with its order and columns under a name. `query` is what stands in the address bar,
    without a day: a view shows the day that is asked for when it is opened."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="saved_views", verbose_name="của cán bộ"
    )
    name = models.CharField("tên", max_length=80)
    query = models.CharField("điều kiện", max_length=1000, blank=True)
    is_default = models.BooleanField("mở đầu tiên", default=False)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = "danh sách đã lưu"
        verbose_name_plural = "danh sách đã lưu"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_view_name_once"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(is_default=True), name="saved_view_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ChosenColumns(models.Model):
    """The columns a person wants to see when the address names none (plans/columns.py)."""

    user = models.OneToOneField(
        User, models.CASCADE, related_name="chosen_columns", verbose_name="của cán bộ"
    )
    columns = models.CharField("các cột", max_length=200)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = "cột đã chọn"
        verbose_name_plural = "cột đã chọn"

    def __str__(self) -> str:
        return self.columns
