import datetime as dt

from django.db import models


class Demonstration(models.Model):
    """The one row that marks a database as a demonstration, with the day that is its today.

    It stands in the database and not in the environment, so that demonstration data can never
    be served without its mark.
    """

    today = models.DateField("ngày của bản minh họa")
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        verbose_name = "bản minh họa"
        verbose_name_plural = "bản minh họa"
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="demo_one_row")]

    def __str__(self) -> str:
        return f"Dữ liệu minh họa, ngày {self.today:%d/%m/%Y}"

    @classmethod
    def day(cls) -> dt.date | None:
        """The demonstration's today, None in a real installation."""
        return cls.objects.values_list("today", flat=True).first()
