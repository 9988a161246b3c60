import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q


class ValidityQuerySet(models.QuerySet):
    def valid_on(self, day: dt.date) -> Self:
        """Those in force on `day`, first and last day included."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_until=None) | Q(valid_until__gte=day),
        )


class Dated(models.Model):
    """Facts that change with time keep their first and last day; blank means open."""

    valid_from = models.DateField("hiệu lực từ ngày", null=True, blank=True)
    valid_until = models.DateField("đến hết ngày", null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from"))
                | Q(valid_from=None)
                | Q(valid_until=None),
                name="%(class)s_valid_order",
                violation_error_message="Ngày hết hiệu lực không được trước ngày bắt đầu.",
            )
        ]


class Agency(models.Model):
    """A body that issues or receives documents; its name and symbol stand in `AgencyIdentity`."""

    code = models.SlugField("mã", unique=True, help_text="Không đổi khi cơ quan đổi tên.")

    class Meta:
        verbose_name = "cơ quan"
        verbose_name_plural = "cơ quan"
        ordering = ["code"]

    def __str__(self) -> str:
        # In Python, so that lists that prefetched the identities ask nothing more.
        newest = max(
            self.identities.all(), key=lambda one: one.valid_from or dt.date.min, default=None
        )
        return newest.name if newest else self.code

    def identity_on(self, day: dt.date) -> "AgencyIdentity":
        """Name, symbol, superior and place in force on `day`; the nearest earlier, else the first.

        Raises AgencyIdentity.DoesNotExist for an agency that was given none.
        """
        identities = self.identities.order_by(F("valid_from").asc(nulls_first=True))
        identity = (
            identities.valid_on(day).last()
            or identities.filter(valid_from__lte=day).last()
            or identities.first()
        )
        if identity is None:
            raise AgencyIdentity.DoesNotExist(f"Cơ quan {self.code} chưa có tên gọi.")
        return identity


class AgencyIdentity(Dated):
    """What an agency was called over a span of days (F11, F12, F14, F15)."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="identities", verbose_name="cơ quan"
    )
    name = models.CharField("tên cơ quan", max_length=200)
    short_name = models.CharField("tên gọi tắt", max_length=60)
    symbol = models.CharField("ký hiệu", max_length=20, help_text="Như STTTT, UBND.")
    superior_heading = models.CharField(
        "cơ quan chủ quản (in ở đầu văn bản)",
        max_length=200,
        blank=True,
        help_text="Như UBND TỈNH LẠNG SƠN.",
    )
    superior = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subordinates",
        verbose_name="cơ quan chủ quản",
    )
    place = models.CharField("địa danh", max_length=100, blank=True, help_text="Như Lạng Sơn.")

    class Meta(Dated.Meta):
        verbose_name = "tên gọi của cơ quan"
        verbose_name_plural = "tên gọi của cơ quan"

    def __str__(self) -> str:
        return self.name


class Signatory(Dated):
    """Who signs for an agency over a span of days, and in which authority (F26, F28)."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="signatories", verbose_name="cơ quan"
    )
    authority = models.CharField(
        "quyền hạn ký",
        max_length=100,
        blank=True,
        help_text="Như KT. GIÁM ĐỐC; để trống nếu ký trực tiếp.",
    )
    title = models.CharField("chức vụ", max_length=100, help_text="Như PHÓ GIÁM ĐỐC.")
    full_name = models.CharField("họ và tên", max_length=100)

    class Meta(Dated.Meta):
        verbose_name = "người ký"
        verbose_name_plural = "người ký"

    def __str__(self) -> str:
        return f"{self.full_name} – {self.title}"
