from django.db import models
from django.db.models import Q

from plans import years
from plans.models.plan import Plan
from units.models.field_history import FieldHistory


class Indicator(models.Model):
    """An index that the plan wants to raise (S10, S24, S25). It is the province's, not the
    department's: tasks done are not its score (A12)."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="indicators", verbose_name="kế hoạch"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    number = models.CharField("số mục", max_length=10)
    code = models.CharField("tên viết tắt", max_length=30, help_text="Như PAR INDEX.")
    name = models.CharField("tên chính thức", max_length=300)
    heading = models.CharField("đề mục như đã in", max_length=400, blank=True)

    history = FieldHistory("position")

    class Meta:
        verbose_name = "chỉ số"
        verbose_name_plural = "chỉ số"
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="indicator_once",
                violation_error_message="Kế hoạch đã có chỉ số mang tên viết tắt này.",
            )
        ]

    def __str__(self) -> str:
        return self.code


class IndicatorScore(models.Model):
    """A published or self-assessed result of an index; entered by the Office, never computed."""

    class Source(models.TextChoices):
        SELF = "self", "Tự đánh giá"
        APPRAISED = "appraised", "Thẩm định"
        PUBLISHED = "published", "Công bố"

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="scores", verbose_name="chỉ số"
    )
    year = models.PositiveSmallIntegerField("năm", validators=years.VALIDATORS)
    source = models.CharField("nguồn", max_length=20, choices=Source)
    value = models.DecimalField(
        "điểm / tỷ lệ", max_digits=9, decimal_places=4, null=True, blank=True
    )
    max_value = models.DecimalField(
        "thang điểm", max_digits=9, decimal_places=4, null=True, blank=True
    )
    rank = models.PositiveSmallIntegerField("xếp hạng", null=True, blank=True)
    note = models.CharField("căn cứ, ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "kết quả chỉ số"
        verbose_name_plural = "kết quả chỉ số"
        ordering = ["indicator", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year", "source"],
                name="score_once",
                violation_error_message="Đã có kết quả của năm và nguồn này.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"


class Area(models.Model):
    """A part of an index (mục, lĩnh vực, nội dung), at most two levels deep (S11–S13)."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="areas", verbose_name="chỉ số"
    )
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="thuộc mục",
    )
    position = models.PositiveSmallIntegerField("thứ tự trong chỉ số")
    number = models.CharField("số mục", max_length=20, blank=True)
    title = models.CharField("tên lĩnh vực / nội dung", max_length=500)
    heading = models.TextField("đề mục như đã in", blank=True, help_text="Để trống nếu giống tên.")

    history = FieldHistory("position")

    class Meta:
        verbose_name = "lĩnh vực / nội dung"
        verbose_name_plural = "lĩnh vực / nội dung"
        ordering = ["indicator", "position"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number", "title"], name="area_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Block(models.Model):
    """Criteria and tasks that the plan assigns in one breath: one "Đơn vị chủ trì", one "Đơn vị
    phối hợp", kept in the words as printed (S14, S18–S25, E8)."""

    area = models.ForeignKey(
        Area, models.CASCADE, related_name="blocks", verbose_name="lĩnh vực / nội dung"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    number = models.CharField("số mục", max_length=20, blank=True, help_text="Như (1), a).")
    heading = models.TextField(
        "đề mục như đã in", blank=True, help_text="Để trống nếu là tên các tiêu chí."
    )
    lead_words = models.TextField("đơn vị chủ trì như đã in", blank=True)
    support_words = models.TextField("đơn vị phối hợp như đã in", blank=True)
    keeps_register = models.BooleanField(
        "có sổ nhiệm vụ được giao",
        default=False,
        help_text="Từng nhiệm vụ do Chính phủ, Thủ tướng Chính phủ giao được ghi riêng (1.2.1).",
    )

    history = FieldHistory("position")

    class Meta:
        verbose_name = "mục phân công"
        verbose_name_plural = "mục phân công"
        ordering = ["area", "position"]
        constraints = [models.UniqueConstraint(fields=["area", "position"], name="block_once")]

    def __str__(self) -> str:
        return f"{self.area.number or self.area.title} {self.number}".strip()


class Criterion(models.Model):
    """A criterion as printed; points are data that the Office enters, blank until then (4.1)."""

    block = models.ForeignKey(
        Block, models.CASCADE, related_name="criteria", verbose_name="mục phân công"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    title = models.TextField("tên tiêu chí")
    max_score = models.DecimalField(
        "điểm tối đa", max_digits=7, decimal_places=4, null=True, blank=True
    )

    history = FieldHistory("position")

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ["block", "position"]
        constraints = [
            models.UniqueConstraint(fields=["block", "position"], name="criterion_once"),
            models.CheckConstraint(
                condition=Q(max_score=None) | Q(max_score__gt=0),
                name="criterion_score_positive",
                violation_error_message="Điểm tối đa phải lớn hơn 0.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
