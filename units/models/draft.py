from typing import Self

from django.db import models

from units.models.user import User


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, user: User) -> Self:
        """A draft is read by nobody but its writer."""
        return self.filter(user=user)


class Draft(models.Model):
    """What a person has typed into a form and not sent yet: one for each person and form.

    `name` is what the form is called, `page` the local address that shows it, `text` its fields as
    a browser would send them, without files (units/drafts.py).
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts", verbose_name="người viết")
    name = models.CharField("biểu mẫu", max_length=100)
    page = models.TextField("trang")
    text = models.TextField("nội dung")
    saved_at = models.DateTimeField("lưu lúc")

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "bản nháp"
        verbose_name_plural = "bản nháp"
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.name} – {self.user}"
