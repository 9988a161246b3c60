import datetime as dt

from django.db import models
from django.db.models import F, Q

from config.vietnamese import dates
from plans import years
from plans.deadlines import Lateness, late_before, lateness
from plans.models.legal import LegalDocument
from units.models import Agency, Signatory
from units.models.field_history import FieldHistory


class Plan(models.Model):
    """A plan as issued (S1–S5, S28, S29, S34–S36). Number and day stay blank until the clerk
    issues them; they are recorded, never invented (F16)."""

    code = models.SlugField("mã", unique=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="plans", verbose_name="cơ quan ban hành"
    )
    number = models.CharField(
        "số", max_length=20, blank=True, help_text="Để trống đến khi văn thư cấp số."
    )
    symbol = models.CharField("ký hiệu", max_length=40, help_text="Như KH-STTTT.")
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issued_month = models.PositiveSmallIntegerField(
        "tháng in trên văn bản", null=True, blank=True, help_text="Khi ngày còn để trống."
    )
    title = models.TextField("trích yếu")
    short_title = models.CharField("tên gọi tắt", max_length=200)
    year = models.PositiveSmallIntegerField("năm kế hoạch", validators=years.VALIDATORS)
    results_year = models.PositiveSmallIntegerField(
        "năm kết quả làm căn cứ",
        null=True,
        blank=True,
        validators=years.VALIDATORS,
        help_text="Năm có tồn tại, hạn chế cần khắc phục.",
    )
    starts_on = models.DateField(
        "bắt đầu từ ngày", help_text="Không nhiệm vụ nào hoàn thành trước ngày này."
    )
    parent = models.ForeignKey(
        LegalDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="child_plans",
        verbose_name="thực hiện văn bản",
    )
    references = models.ManyToManyField(
        LegalDocument, blank=True, related_name="citing_plans", verbose_name="văn bản viện dẫn"
    )
    opening = models.TextField("phần mở đầu", blank=True)
    closing = models.TextField("phần kết", blank=True)
    appendix_note = models.CharField("câu dẫn phụ lục", max_length=300, blank=True)
    due_on = models.DateField("thời hạn chung", null=True, blank=True)
    due_words = models.CharField("thời hạn như đã in", max_length=200, blank=True)
    due_day_counts = models.BooleanField(
        "tính cả ngày đến hạn",
        default=True,
        help_text="Bỏ chọn nếu “trước ngày” nghĩa là chậm nhất ngày hôm trước.",
    )
    unit_reports_due_on = models.DateField("hạn đơn vị báo cáo Văn phòng", null=True, blank=True)
    department_report_due_on = models.DateField("hạn Sở báo cáo UBND tỉnh", null=True, blank=True)
    signatory = models.ForeignKey(
        Signatory, models.PROTECT, null=True, blank=True, verbose_name="người ký"
    )

    history = FieldHistory(m2m_fields=("references",))

    class Meta:
        verbose_name = "kế hoạch"
        verbose_name_plural = "kế hoạch"
        ordering = ["-year", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("starts_on")),
                name="plan_due_after_start",
                violation_error_message="Thời hạn chung không được trước ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(issued_month=None) | Q(issued_month__range=(1, 12)),
                name="plan_month_1_12",
                violation_error_message="Tháng phải từ 1 đến 12.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_title

    def lateness(
        self, due_on: dt.date | None, completed_on: dt.date | None, day: dt.date
    ) -> Lateness:
        """Lateness by this plan's rule for the due day itself (S29)."""
        return lateness(due_on, completed_on, day, day_counts=self.due_day_counts)

    def late_before(self, day: dt.date) -> dt.date:
        """Due dates before this one have passed on `day`, by this plan's rule; none has before the
        plan begins."""
        if not self.is_in_force_on(day):
            return dt.date.min
        return late_before(day, self.due_day_counts)

    def is_in_force_on(self, day: dt.date) -> bool:
        """Whether units work by the plan on `day`. Before it begins nobody owes a word, nothing is
        late and no progress is recorded."""
        return self.starts_on <= day

    def naming_day(self, day: dt.date) -> dt.date:
        """The day whose names units bear in this plan, asked about on `day`: at most the last of
        its year, so that an old plan does not change with the names of its units."""
        return min(day, dt.date(self.year, 12, 31))

    @property
    def citation(self) -> str:
        """ "Kế hoạch số 15/KH-STTTT ngày …"; until the clerk issues it "…" where a text would close
        up over blanks (F14, F23)."""
        number = self.number or "…"
        day = (
            f"ngày {dates.cited(self.issued_on)}"
            if self.issued_on
            else dates.in_text_partly(self.year, self.issued_month)
        )
        return f"Kế hoạch số {number}/{self.symbol} {day}"


class PlanSection(models.Model):
    """A numbered paragraph of the plan outside its tasks (S5–S9, S29–S33). The indicators follow
    the paragraph of the content, which has a heading only."""

    class Part(models.TextChoices):
        PURPOSE = "purpose", "Mục đích, yêu cầu"
        CONTENT = "content", "Nội dung"
        DEADLINE = "deadline", "Thời gian hoàn thành"
        ORGANISATION = "organisation", "Tổ chức thực hiện"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections", verbose_name="kế hoạch")
    part = models.CharField("phần", max_length=20, choices=Part)
    position = models.PositiveSmallIntegerField("thứ tự")
    number = models.CharField("số mục", max_length=20, blank=True)
    heading = models.CharField(
        "đề mục in phía trên", max_length=400, blank=True, help_text="Ghi ở đoạn đầu của phần."
    )
    text = models.TextField("nội dung", blank=True)

    class Meta:
        verbose_name = "đoạn văn của kế hoạch"
        verbose_name_plural = "mục đích, tổ chức thực hiện"
        ordering = ["part", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "part", "position"], name="plan_section_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.position}"


class Recipient(models.Model):
    """A line of "Nơi nhận", with its purpose (S35, F30)."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="recipients", verbose_name="kế hoạch"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.CharField("nơi nhận", max_length=200)
    purpose = models.CharField("để làm gì", max_length=20, blank=True, help_text="Như B/c, Th/h.")

    class Meta:
        verbose_name = "nơi nhận"
        verbose_name_plural = "nơi nhận"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="recipient_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.purpose})" if self.purpose else self.text
