from django.db import models

from units.models.upload import Upload, UploadQuerySet
from units.models.user import User


class PeopleImport(Upload):
    """A workbook with people and their accounts, on its way in: its cells as text.

    What it means is compared with the accounts anew each time, so that nothing old is applied.
    `made` are the accounts that are new by it.
    """

    sheets = models.JSONField("các trang tính đã tải lên", editable=False)
    outcome = models.CharField("kết quả", max_length=300, blank=True)
    made = models.ManyToManyField(
        User, related_name="+", blank=True, verbose_name="tài khoản mới từ tệp này"
    )

    objects = UploadQuerySet.as_manager()

    class Meta(Upload.Meta):
        verbose_name = "lần nhập cán bộ"
        verbose_name_plural = "các lần nhập cán bộ"

    def __str__(self) -> str:
        return self.file_name
