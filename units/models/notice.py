from typing import Self

from django.db import models

from units.models.user import User

# Characters of a notice; longer words are cut with an ellipsis (units/notices.py).
WORDS = 400


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> Self:
        """A notice is for one person, and only that person reads it."""
        return self.filter(user=user)

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notice(models.Model):
    """Something that happened and concerns one person: what, and the page to look at.

    `words` names the thing it is about ("Nhiệm vụ 1.2.2.(1) bị trả lại: …"), `path` is the local
    address of its page; both stay as they were on the day.
    """

    user = models.ForeignKey(
        User, models.CASCADE, related_name="notices", verbose_name="người nhận"
    )
    words = models.CharField("nội dung", max_length=WORDS)
    path = models.CharField("trang", max_length=300)
    told_on = models.DateField("ngày báo")
    told_at = models.DateTimeField("thời điểm báo")
    read_at = models.DateTimeField("thời điểm đọc", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "thông báo"
        ordering = ["-told_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-told_at"], name="notice_of_user"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_read(self) -> bool:
        return self.read_at is not None
