import datetime as dt
import uuid
from collections import defaultdict
from pathlib import PurePath
from typing import Any

from django.db import models
from django.db.models import Q

from config.vietnamese import dates
from plans.models.history import AppendOnly
from plans.models.task import Assignment, Measure
from plans.states import CLAIMS, State
from units.models import User


class UpdateKind(models.TextChoices):
    """Which act wrote a record of the history."""

    REPORT = "report", "Cập nhật tiến độ"
    CONTRIBUTION = "contribution", "Đóng góp của đơn vị phối hợp"
    CONFIRM = "confirm", "Văn phòng xác nhận"
    RETURN = "return", "Trả lại"
    PAUSE = "pause", "Tạm dừng"
    STOP = "stop", "Dừng thực hiện"
    RESUME = "resume", "Tiếp tục thực hiện"
    REOPEN = "reopen", "Mở lại"
    WITHDRAW = "withdraw", "Rút lại đề nghị"


class ProgressUpdate(AppendOnly):
    """One record of an assignment's history: what was said or decided, by whom, on which day.

    `state` is the state after the act. A claim ("done", "not arisen") waits for the Office:
    `claim` keeps what was said, `completed_on` the day the lead says it finished. `by_label` is
    who it was on that day; renaming people or units later changes no history.
    """

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="updates", verbose_name="phân công"
    )
    sequence = models.PositiveIntegerField("lần thứ")
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("loại", max_length=20, choices=UpdateKind)
    state = models.CharField("tình trạng", max_length=20, choices=State)
    claim = models.CharField(
        "đề nghị", max_length=20, blank=True, choices=[(s.value, s.label) for s in CLAIMS]
    )
    completed_on = models.DateField("ngày hoàn thành", null=True, blank=True)
    result = models.TextField("kết quả thực hiện", blank=True)
    difficulty = models.TextField("khó khăn, vướng mắc", blank=True)
    cause = models.TextField("nguyên nhân", blank=True)
    next_step = models.TextField("việc tiếp theo", blank=True)
    proposal = models.TextField("đề xuất, kiến nghị", blank=True)
    explanation = models.TextField("giải trình khi không có tài liệu", blank=True)
    reason = models.TextField("lý do", blank=True)
    # Says that what was said last still holds; the words are those of the last time (3.6).
    unchanged = models.BooleanField("không có thay đổi", default=False)
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name="đính chính cho",
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="updates", verbose_name="người ghi")
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    prepared_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người chuẩn bị",
    )
    prepared_by_label = models.CharField(
        "họ tên, chức vụ người chuẩn bị", max_length=400, blank=True
    )
    recorded_on = models.DateField("ngày ghi")
    recorded_at = models.DateTimeField("thời điểm ghi")

    class Meta(AppendOnly.Meta):
        verbose_name = "cập nhật tiến độ"
        verbose_name_plural = "cập nhật tiến độ"
        ordering = ["assignment", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "sequence"], name="update_sequence_once"),
            models.CheckConstraint(
                condition=Q(claim="") | Q(state=State.AWAITING), name="update_claim_awaits"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DONE) | Q(completed_on__isnull=False),
                name="update_done_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("return", "pause", "stop", "reopen")) | ~Q(reason=""),
                name="update_reason_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {dates.short(self.recorded_on)}"

    @property
    def remarks_on(self) -> dict[str, list[Any]]:
        """What was remarked, by the part it is on (Remark.target)."""
        found: dict[str, list[Any]] = defaultdict(list)
        for remark in self.remarks.all():
            found[remark.target].append(remark)
        return dict(found)


class MeasureValue(AppendOnly):
    """The value of a measure on the day of an update; for yes/no measures 1 or 0."""

    update = models.ForeignKey(
        ProgressUpdate, models.PROTECT, related_name="values", verbose_name="cập nhật"
    )
    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="values", verbose_name="chỉ tiêu"
    )
    value = models.DecimalField("giá trị", max_digits=14, decimal_places=4)

    class Meta(AppendOnly.Meta):
        verbose_name = "giá trị chỉ tiêu"
        verbose_name_plural = "giá trị chỉ tiêu"
        ordering = ["update", "measure__position"]
        constraints = [
            models.UniqueConstraint(fields=["update", "measure"], name="measure_value_once")
        ]

    def __str__(self) -> str:
        return self.measure.shown(self.value)

    @property
    def remark_target(self) -> str:
        return f"value-{self.pk}"


def evidence_path(evidence: "Evidence", name: str) -> str:
    """Where an uploaded file is kept: its own random name, never the user's."""
    day = evidence.update.recorded_on
    return f"{day:%Y/%m}/{uuid.uuid4().hex}{PurePath(name).suffix.lower()[:6]}"


def proof_label(number: str, date: dt.date | None, name: str) -> str:
    """A document by its number and day, or a file by its name."""
    if not number:
        return name
    return f"Văn bản số {number}" + (f" ngày {dates.cited(date)}" if date else "")


def prepared_path(evidence: object, name: str) -> str:
    """Where a file waits until the head of the unit sends it."""
    return f"prepared/{uuid.uuid4().hex}{PurePath(name).suffix.lower()[:6]}"


class Evidence(AppendOnly):
    """What proves an update: a file, or a document by number and date (tài liệu kiểm chứng)."""

    update = models.ForeignKey(
        ProgressUpdate, models.PROTECT, related_name="evidence", verbose_name="cập nhật"
    )
    file = models.FileField("tệp", upload_to=evidence_path, blank=True)
    name = models.CharField("tên tệp", max_length=255, blank=True)
    media_type = models.CharField("loại tệp", max_length=100, blank=True)
    size = models.PositiveIntegerField("kích thước (byte)", default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    document_number = models.CharField("số, ký hiệu văn bản", max_length=60, blank=True)
    document_date = models.DateField("ngày văn bản", null=True, blank=True)
    proves = models.CharField("chứng minh điều gì", max_length=300, blank=True)

    class Meta(AppendOnly.Meta):
        verbose_name = "tài liệu kiểm chứng"
        verbose_name_plural = "tài liệu kiểm chứng"
        constraints = [
            models.CheckConstraint(
                condition=(~Q(file="") & ~Q(sha256="")) | ~Q(document_number=""),
                name="evidence_is_something",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def remark_target(self) -> str:
        return f"evidence-{self.pk}"

    @property
    def label(self) -> str:
        """ "Số 12/STTTT-VP ngày 05/10/2023", or the file's name."""
        return proof_label(self.document_number, self.document_date, self.name)
