from django.db import models

from plans.models.history import AppendOnly
from plans.models.plan import Plan
from plans.models.task import Task
from units.models import Upload, UploadQuerySet, User


class TaskChange(AppendOnly):
    """What of a task was changed after it was given: wording, leads, supports, product, note; from
    what to what, who decided, why. Moved deadlines are DueDateChange."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="changes", verbose_name="nhiệm vụ")
    changes = models.JSONField(
        "thay đổi", editable=False, help_text="Tên, trước, sau của từng mục đã đổi."
    )
    reason = models.TextField("lý do", blank=True)
    by = models.ForeignKey(
        User, models.PROTECT, editable=False, related_name="+", verbose_name="người sửa"
    )
    by_label = models.CharField("người sửa", max_length=400)
    recorded_on = models.DateField("ngày ghi")
    recorded_at = models.DateTimeField("thời điểm ghi")

    class Meta(AppendOnly.Meta):
        verbose_name = "lần sửa nhiệm vụ"
        verbose_name_plural = "các lần sửa nhiệm vụ"
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.task.code}, sửa ngày {self.recorded_on:%d/%m/%Y}"


class AppendixImport(Upload):
    """A workbook with the appendix of a plan, on its way in: its cells as text.

    What it means is compared with the plan anew each time, so that nothing old is applied.
    """

    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="appendix_imports", verbose_name="kế hoạch"
    )
    sheets = models.JSONField("các trang tính đã tải lên", editable=False)
    outcome = models.CharField("kết quả", max_length=300, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta(Upload.Meta):
        verbose_name = "lần nhập phụ lục"
        verbose_name_plural = "các lần nhập phụ lục"

    def __str__(self) -> str:
        return f"{self.file_name}, {self.plan}"
