import datetime as dt

from django.db import models

from plans.models.history import AppendOnly
from plans.models.task import Task
from units import clock


class Absence(AppendOnly):
    """The days on which a task was out of its plan, from the one on which it was withdrawn to the
    one before it was put back. Written when it comes back; until then `Task.withdrawn_on` says
    it."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="absences", verbose_name="nhiệm vụ")
    withdrawn_on = models.DateField("ngày rút khỏi phụ lục")
    restored_on = models.DateField("ngày khôi phục")

    class Meta(AppendOnly.Meta):
        verbose_name = "thời gian ngoài phụ lục"
        verbose_name_plural = "thời gian ngoài phụ lục của các nhiệm vụ"
        ordering = ["task", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(restored_on__gte=models.F("withdrawn_on")),
                name="absence_ends_after_it_began",
            )
        ]

    def __str__(self) -> str:
        return f"{self.task.code}: {self.withdrawn_on:%d/%m/%Y} – {self.restored_on:%d/%m/%Y}"


def out_of_plan(task: Task, day: dt.date) -> tuple[dt.date, dt.date | None] | None:
    """Since when and until when (the day on which it was put back; None: still) a task is out of
    its plan, if it is on `day`."""
    if task.withdrawn_on is not None and task.withdrawn_on <= day:
        return task.withdrawn_on, None
    if day >= clock.today():  # whatever is over does not reach it
        return None
    past = task.absences.filter(withdrawn_on__lte=day, restored_on__gt=day).first()
    return (past.withdrawn_on, past.restored_on) if past else None
