from typing import Self

from django.db import models

from plans.models.progress import prepared_path, proof_label
from plans.models.task import Assignment
from units.models import User


class PreparedQuerySet(models.QuerySet["Prepared"]):
    def visible_to(self, user: User) -> Self:
        """Those of the person's own unit: nobody else reads what was not sent."""
        return self.filter(assignment__unit_id=user.unit_id or 0)


class Prepared(models.Model):
    """An update that staff wrote and the head of the unit has not sent yet.

    It is shared in the unit and says nothing outside of it; once sent it becomes a ProgressUpdate
    that names both people, and is gone from here. `report` are the fields of
    plans/acts/progress.py: Report without its evidence, and "unchanged" where nothing else is
    said; `note` is why it was given back.
    """

    assignment = models.OneToOneField(
        Assignment, models.CASCADE, related_name="prepared", verbose_name="phân công"
    )
    report = models.JSONField("nội dung")
    seen = models.PositiveIntegerField("đã xem đến lần")
    request_key = models.UUIDField(unique=True, editable=False)
    note = models.TextField("lý do trả lại", blank=True)
    by = models.ForeignKey(
        User, models.PROTECT, related_name="prepared", verbose_name="người chuẩn bị"
    )
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    prepared_at = models.DateTimeField("chuẩn bị lúc")

    objects = PreparedQuerySet.as_manager()

    class Meta:
        verbose_name = "cập nhật đã chuẩn bị"
        verbose_name_plural = "cập nhật đã chuẩn bị"
        ordering = ["prepared_at"]

    def __str__(self) -> str:
        return f"{self.assignment} – {self.by_label}"

    @property
    def says_unchanged(self) -> bool:
        """It says that what the unit said last still holds, and nothing else."""
        return bool(self.report.get("unchanged"))


class PreparedEvidence(models.Model):
    """What proves a prepared update; becomes an Evidence when it is sent."""

    prepared = models.ForeignKey(
        Prepared, models.CASCADE, related_name="evidence", verbose_name="cập nhật đã chuẩn bị"
    )
    file = models.FileField("tệp", upload_to=prepared_path, blank=True)
    name = models.CharField("tên tệp", max_length=255, blank=True)
    media_type = models.CharField("loại tệp", max_length=100, blank=True)
    size = models.PositiveIntegerField("kích thước (byte)", default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    document_number = models.CharField("số, ký hiệu văn bản", max_length=60, blank=True)
    document_date = models.DateField("ngày văn bản", null=True, blank=True)
    proves = models.CharField("chứng minh điều gì", max_length=300, blank=True)

    class Meta:
        verbose_name = "tài liệu đã chuẩn bị"
        verbose_name_plural = "tài liệu đã chuẩn bị"

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """As that of an Evidence: the document by number and day, or the file's name."""
        return proof_label(self.document_number, self.document_date, self.name)
