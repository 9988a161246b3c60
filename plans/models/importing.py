from django.db import models

from plans.models.history import AppendOnly
from plans.models.plan import Plan
from units.models import Upload, UploadQuerySet, User


class PlanImport(Upload):
    """A plan document on its way into the system: its text as uploaded, and who works on it.

    What was understood is read from `source` anew each time, with the corrections on top, so that
    an interrupted import goes on where it stood. `sequence` counts the corrections.
    """

    title = models.TextField("trích yếu", blank=True)
    source = models.JSONField("văn bản đã tải lên", editable=False)
    sequence = models.PositiveIntegerField("số lần sửa", default=0)
    plan = models.OneToOneField(
        Plan, models.SET_NULL, null=True, blank=True, verbose_name="kế hoạch đã nạp"
    )

    objects = UploadQuerySet.as_manager()

    class Meta(Upload.Meta):
        verbose_name = "lần nhập kế hoạch"
        verbose_name_plural = "các lần nhập kế hoạch"

    def __str__(self) -> str:
        return self.title or self.file_name


class ImportCorrection(AppendOnly):
    """What a person decided or corrected in an import, in the shape of plans/reading/corrected.py;
    later ones win."""

    of = models.ForeignKey(
        PlanImport, models.PROTECT, related_name="corrections", verbose_name="lần nhập"
    )
    sequence = models.PositiveIntegerField("lần thứ")
    changes = models.JSONField("nội dung sửa", editable=False)
    by = models.ForeignKey(
        User, models.PROTECT, editable=False, related_name="+", verbose_name="người sửa"
    )
    by_label = models.CharField("người sửa", max_length=400)
    recorded_at = models.DateTimeField("lúc sửa")

    class Meta(AppendOnly.Meta):
        verbose_name = "lần sửa khi nhập"
        verbose_name_plural = "các lần sửa khi nhập"
        ordering = ["of", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["of", "sequence"], name="import_correction_once")
        ]

    def __str__(self) -> str:
        return f"{self.of}, lần sửa {self.sequence}"
