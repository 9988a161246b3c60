import uuid
from typing import Self

from django.db import models

from units.models.user import User


class PeopleImportQuerySet(models.QuerySet["PeopleImport"]):
    def visible_to(self, user: User) -> Self:
        """Administrators keep accounts; nobody else sees what is not yet in them."""
        return self.all() if user.is_administrator else self.none()

    def waiting(self) -> Self:
        """Uploaded and neither applied nor put aside."""
        return self.filter(applied_at=None, put_aside=False)


class PeopleImport(models.Model):
    """A workbook with people and their accounts, on its way in: its cells as text.

    What it means is compared with the accounts anew each time, so that nothing old is applied.
    `made` are the accounts that are new by it.
    """

    file_name = models.CharField("tên tệp", max_length=200)
    sheets = models.JSONField("các trang tính đã tải lên", editable=False)
    put_aside = models.BooleanField("đã bỏ", default=False, editable=False)
    by = models.ForeignKey(
        User, models.PROTECT, editable=False, related_name="+", verbose_name="người tải lên"
    )
    by_label = models.CharField("người tải lên", max_length=400)
    uploaded_at = models.DateTimeField("lúc tải lên")
    applied_by_label = models.CharField("người áp dụng", max_length=400, blank=True)
    applied_at = models.DateTimeField("lúc áp dụng", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=300, blank=True)
    made = models.ManyToManyField(
        User, related_name="+", blank=True, verbose_name="tài khoản mới từ tệp này"
    )
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = PeopleImportQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập cán bộ"
        verbose_name_plural = "các lần nhập cán bộ"
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
