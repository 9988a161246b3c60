import uuid

from django.db import models
from django.db.models import Q

from config.vietnamese import dates
from plans.models.history import AppendOnly
from plans.models.progress import Evidence, MeasureValue, ProgressUpdate
from units.models import User


class RemarkPart(models.TextChoices):
    """Which part of an update a remark is on; the names are those of the update's fields."""

    RESULT = "result", "Kết quả thực hiện"
    DIFFICULTY = "difficulty", "Khó khăn, vướng mắc"
    CAUSE = "cause", "Nguyên nhân"
    NEXT_STEP = "next_step", "Việc tiếp theo"
    PROPOSAL = "proposal", "Đề xuất, kiến nghị"
    EXPLANATION = "explanation", "Giải trình"
    VALUE = "value", "Số liệu chỉ tiêu"
    EVIDENCE = "evidence", "Tài liệu kiểm chứng"


class Remark(AppendOnly):
    """What the Office or the leadership says to the unit on one part of an update (issue 3)."""

    update = models.ForeignKey(
        ProgressUpdate, models.PROTECT, related_name="remarks", verbose_name="cập nhật"
    )
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    part = models.CharField("về phần", max_length=20, choices=RemarkPart)
    value = models.ForeignKey(
        MeasureValue, models.PROTECT, null=True, related_name="remarks", verbose_name="số liệu"
    )
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, related_name="remarks", verbose_name="tài liệu"
    )
    text = models.TextField("góp ý")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người góp ý")
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    recorded_on = models.DateField("ngày ghi")
    recorded_at = models.DateTimeField("thời điểm ghi")

    class Meta(AppendOnly.Meta):
        verbose_name = "góp ý"
        verbose_name_plural = "góp ý"
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(part="value") & Q(value__isnull=False) & Q(evidence=None))
                | (Q(part="evidence") & Q(evidence__isnull=False) & Q(value=None))
                | (~Q(part__in=("value", "evidence")) & Q(value=None) & Q(evidence=None)),
                name="remark_on_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"Góp ý {dates.short(self.recorded_on)}"

    @property
    def target(self) -> str:
        """The part as a form names it: "result", "value-12", "evidence-7"."""
        thing = self.value_id or self.evidence_id
        return f"{self.part}-{thing}" if thing else self.part
