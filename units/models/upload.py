"""A file that a person sent and that is looked at before anything of it is applied."""

import uuid
from typing import Any, Self

from django.db import IntegrityError, models, transaction

from units import clock
from units.models.user import User


class UploadQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Administrators bring such files in; nobody else sees what is not applied yet."""
        return self.all() if user.is_administrator else self.none()

    def waiting(self) -> Self:
        """Uploaded and neither applied nor put aside."""
        return self.filter(applied_at=None, put_aside=False)

    def keep(self, *, by: User, name: str, request_key: uuid.UUID, **content: Any) -> Any:
        """The upload of a form; the same one when the form comes twice with the same. With other
        content, or after that was applied or put aside, it is sent by somebody who went back in
        the browser: an upload of its own."""
        content["file_name"] = name[:200]
        earlier: Any = self.filter(request_key=request_key).first()
        if earlier is not None:
            same = all(getattr(earlier, field) == value for field, value in content.items())
            ended = earlier.put_aside or earlier.applied_at is not None
            if same and not ended and earlier.by_id == by.pk:
                return earlier
            request_key = uuid.uuid4()
        try:
            with transaction.atomic():
                return self.create(
                    by=by,
                    by_label=by.label,
                    uploaded_at=clock.now(),
                    request_key=request_key,
                    **content,
                )
        except IntegrityError:  # both halves of a double click at once
            return self.get(request_key=request_key, by=by)


class Upload(models.Model):
    """Who sent which file when, and who applied it. What it means is read anew each time, so that
    nothing old is applied and an interrupted import goes on where it stood."""

    file_name = models.CharField("tên tệp", max_length=200)
    put_aside = models.BooleanField("đã bỏ", default=False, editable=False)
    by = models.ForeignKey(
        User, models.PROTECT, editable=False, related_name="+", verbose_name="người tải lên"
    )
    by_label = models.CharField("người tải lên", max_length=400)
    uploaded_at = models.DateTimeField("lúc tải lên")
    applied_by_label = models.CharField("người áp dụng", max_length=400, blank=True)
    applied_at = models.DateTimeField("lúc áp dụng", null=True, blank=True)
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["-uploaded_at", "-pk"]
