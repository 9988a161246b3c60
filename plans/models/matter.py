"""What every matter between the department and a unit shares: directives, urgings, remedies and
difficulties. What was said stands in rows that nothing changes; the stage is that of the last step.
"""

import datetime as dt
import uuid
from pathlib import PurePath
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import Truncator

from config.vietnamese import dates
from plans.models.history import AppendOnly, AppendOnlyQuerySet
from plans.models.plan import Plan
from plans.models.task import Task
from plans.moves import OWING, MatterKind, Stage, StepKind
from plans.rules import visible_matters
from units.models import Unit, User

if TYPE_CHECKING:
    from plans.deadlines import Lateness


def _last_step(day: dt.date) -> "models.QuerySet[Step]":
    known = Step.objects.filter(matter=OuterRef("pk"), recorded_on__lte=day)
    return known.order_by("-sequence")


class MatterQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: User) -> Self:
        """Those that `user` may see; the only door to a matter for a page."""
        return self.filter(visible_matters(user))

    def on(self, day: dt.date) -> Self:
        """As they stood at the end of `day`: `stage`, `due`, `completed_on` and `moved_on` are
        those of the last step known then; matters that came later are left out."""
        return self.staged(day).dated(day)

    def staged(self, day: dt.date) -> Self:
        """The same with the `stage` alone, for counting."""
        known = self.filter(recorded_on__lte=day)
        return known.annotate(stage=Subquery(_last_step(day).values("stage")[:1]))

    def dated(self, day: dt.date) -> Self:
        """Those of `staged(day)` with the rest of `on(day)`."""
        last = _last_step(day)
        return self.annotate(
            due=Coalesce(Subquery(last.values("due_on")[:1]), F("due_on")),
            completed_on=Subquery(last.values("completed_on")[:1]),
            moved_on=Subquery(last.values("recorded_on")[:1]),
        )

    def overdue(self, plan: Plan, day: dt.date) -> Self:
        """Those of `on(day)` that are still owed past their day, by the plan's rule."""
        return self.filter(stage__in=OWING, due__lt=plan.late_before(day))

    def for_page(self) -> Self:
        return self.select_related("unit", "plan").prefetch_related("tasks")


class Matter(AppendOnly):
    """Something asked of a unit, or raised by one. `request_key` is that of the form it came
    from, which may have made one for each of several units. `due_on` is the first deadline; the
    one that counts on a day is `due`, since a step may have moved it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="matters", verbose_name="kế hoạch")
    kind = models.CharField("loại", max_length=20, choices=MatterKind, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="matters", verbose_name="đơn vị")
    tasks = models.ManyToManyField(
        Task, through="MatterTask", related_name="matters", verbose_name="nhiệm vụ"
    )
    words = models.TextField("nội dung")
    document_number = models.CharField("số, ký hiệu văn bản", max_length=60, blank=True)
    document_date = models.DateField("ngày văn bản", null=True, blank=True)
    due_on = models.DateField("thời hạn", null=True, blank=True)
    request_key = models.UUIDField(default=uuid.uuid4, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người ghi")
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    recorded_on = models.DateField("ngày ghi")
    recorded_at = models.DateTimeField("thời điểm ghi")

    # Set by MatterQuerySet.on().
    stage: str
    due: dt.date | None
    completed_on: dt.date | None
    moved_on: dt.date

    objects = MatterQuerySet.as_manager()  # type: ignore[misc]

    class Meta(AppendOnly.Meta):
        verbose_name = "việc điều hành"
        verbose_name_plural = "việc điều hành"
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["request_key", "unit"], name="matter_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=("directive", "remedy")) | Q(due_on__isnull=False),
                name="matter_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["plan", "kind", "unit"], name="matter_of_unit")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {Truncator(self.words).chars(80)}"

    def get_absolute_url(self) -> str:
        return reverse(self.kind, args=[self.pk])

    @property
    def happened_on(self) -> dt.date:
        """The day that people speak of: the recording's, unless the kind has one of its own."""
        return self.recorded_on

    @property
    def document(self) -> str:
        """ "Văn bản số 12/STTTT-VP ngày 05/10/2023"; blank without one."""
        return document_words(self.document_number, self.document_date)

    def lateness_on(self, day: dt.date) -> "Lateness | None":
        """The same answer as for a task; None where nothing was due. Needs `on(day)`."""
        if self.due is None or (self.completed_on is None and self.stage not in OWING):
            return None
        return self.plan.lateness(self.due, self.completed_on, day)


def document_words(number: str, day: dt.date | None) -> str:
    if not number:
        return ""
    return f"Văn bản số {number}" + (f" ngày {dates.cited(day)}" if day else "")


class MatterTask(AppendOnly):
    """A task that a matter is about."""

    matter = models.ForeignKey(
        Matter, models.PROTECT, related_name="links", verbose_name="việc điều hành"
    )
    task = models.ForeignKey(
        Task, models.PROTECT, related_name="matter_links", verbose_name="nhiệm vụ"
    )

    class Meta(AppendOnly.Meta):
        verbose_name = "nhiệm vụ liên quan"
        verbose_name_plural = "nhiệm vụ liên quan"
        constraints = [models.UniqueConstraint(fields=["matter", "task"], name="matter_task_once")]

    def __str__(self) -> str:
        return str(self.task)


class Step(AppendOnly):
    """One thing that was done with a matter: by whom, on which day, in which words.

    `stage` is the stage after it; `completed_on` the day on which the unit gave what it owed, as
    long as that was not sent back; `due_on` the deadline after it, once that was moved.
    """

    matter = models.ForeignKey(
        Matter, models.PROTECT, related_name="steps", verbose_name="việc điều hành"
    )
    sequence = models.PositiveIntegerField("lần thứ")
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("loại", max_length=20, choices=StepKind)
    stage = models.CharField("tình trạng", max_length=20, choices=Stage)
    completed_on = models.DateField("ngày đơn vị thực hiện", null=True, blank=True)
    due_on = models.DateField("thời hạn đã đổi", null=True, blank=True)
    words = models.TextField("nội dung", blank=True)
    document_number = models.CharField("số, ký hiệu văn bản", max_length=60, blank=True)
    document_date = models.DateField("ngày văn bản", null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người ghi")
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    recorded_on = models.DateField("ngày ghi")
    recorded_at = models.DateTimeField("thời điểm ghi")

    class Meta(AppendOnly.Meta):
        verbose_name = "diễn biến việc điều hành"
        verbose_name_plural = "diễn biến việc điều hành"
        ordering = ["matter", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "sequence"], name="step_sequence_once"),
            models.CheckConstraint(
                condition=~Q(kind="pass_out") | ~Q(document_number=""),
                name="step_leaves_with_number",
            ),
            models.CheckConstraint(
                condition=~Q(kind="move_due") | Q(due_on__isnull=False),
                name="step_moves_to_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {dates.short(self.recorded_on)}"

    @property
    def document(self) -> str:
        return document_words(self.document_number, self.document_date)


def step_file_path(file: "StepFile", name: str) -> str:
    """Where a file is kept: its own random name, never the user's."""
    day = file.step.recorded_on
    return f"{day:%Y/%m}/{uuid.uuid4().hex}{PurePath(name).suffix.lower()[:6]}"


class StepFile(AppendOnly):
    """A file that was attached to a step."""

    step = models.ForeignKey(Step, models.PROTECT, related_name="files", verbose_name="diễn biến")
    file = models.FileField("tệp", upload_to=step_file_path)
    name = models.CharField("tên tệp", max_length=255)
    media_type = models.CharField("loại tệp", max_length=100)
    size = models.PositiveIntegerField("kích thước (byte)")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta(AppendOnly.Meta):
        verbose_name = "tệp đính kèm"
        verbose_name_plural = "tệp đính kèm"

    def __str__(self) -> str:
        return self.name
