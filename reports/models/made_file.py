from django.db import models

from plans.models.history import AppendOnly


class MadeFile(AppendOnly):
    """A file that was made of what had not been issued: its hash, what it was of in resolved words
    and when it was first made of that. A draft and the version that came of it may be the same
    bytes: then there are two. Neither the file is kept nor who took it."""

    sha256 = models.CharField("SHA-256", max_length=64)
    words = models.CharField("của", max_length=600)
    made_on = models.DateField("ngày tạo")
    made_at = models.DateTimeField("thời điểm tạo")

    class Meta(AppendOnly.Meta):
        verbose_name = "tệp chưa ban hành đã tạo"
        verbose_name_plural = "các tệp chưa ban hành đã tạo"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sha256", "words"], name="made_file_once"),
        ]

    def __str__(self) -> str:
        return self.words
