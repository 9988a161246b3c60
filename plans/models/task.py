import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from config.vietnamese import dates
from config.vietnamese.numbers import format_decimal
from config.vietnamese.text import clean_line, fold
from plans import years
from plans.models.history import AppendOnly
from plans.models.legal import LegalDocument
from plans.models.outline import Block, Criterion
from plans.models.plan import Plan
from plans.rules import visible_tasks
from plans.states import Kind
from units.models import Unit, UnitGroup, User
from units.models.field_history import FieldHistory

if TYPE_CHECKING:
    from plans.models.progress import ProgressUpdate


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: User) -> Self:
        """Those that `user` may see; the only door to a task for a page."""
        return self.filter(visible_tasks(user))

    def of_plan(self, plan: Plan | None) -> Self:
        """The tasks that the plan names; those of its register are counted apart."""
        return self.filter(plan=plan, registered_on=None)

    def registered(self, plan: Plan | None) -> Self:
        """The tasks in the plan's register, each with the document that gave it (S14, S16)."""
        return self.filter(plan=plan, registered_on__isnull=False)

    def kept_on(self, day: dt.date) -> Self:
        """Those that were not out of their plan on `day`: withdrawn, and not put back yet."""
        from plans.models.absence import Absence  # itself of a task

        out = Absence.objects.filter(
            task=models.OuterRef("pk"), withdrawn_on__lte=day, restored_on__gt=day
        )
        return self.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=day), ~models.Exists(out))

    def for_page(self) -> Self:
        """With everything that naming a task and its place in the plan needs, in one query."""
        return self.select_related("plan", "block__area__indicator", "block__area__parent")


class Task(models.Model):
    """One task or solution of a plan (S12, S16–S27)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks", verbose_name="kế hoạch")
    block = models.ForeignKey(
        Block, models.CASCADE, related_name="tasks", verbose_name="mục phân công"
    )
    position = models.PositiveIntegerField("thứ tự trong kế hoạch")
    code = models.CharField("số mục", max_length=30)
    number = models.CharField(
        "số mục như đã in", max_length=20, blank=True, help_text="Như a), b)."
    )
    title = models.CharField(
        "tên gọi ngắn",
        max_length=200,
        help_text="Dùng trong danh sách; không in thay lời văn của kế hoạch.",
    )
    wording = models.TextField("nội dung nhiệm vụ, giải pháp")
    kind = models.CharField("loại", max_length=20, choices=Kind, default=Kind.DEADLINE)
    due_on = models.DateField("thời hạn", null=True, blank=True)
    due_words = models.CharField("thời hạn như đã in", max_length=200, blank=True)
    lead_words = models.TextField(
        "chủ trì như đã in", blank=True, help_text="Để trống nếu như mục phân công."
    )
    support_words = models.TextField(
        "phối hợp như đã in", blank=True, help_text="Để trống nếu như mục phân công."
    )
    product = models.TextField("sản phẩm, kết quả cần đạt", blank=True)
    shortcoming = models.TextField(
        "tồn tại, hạn chế cần khắc phục", blank=True, help_text="Theo kết quả của năm làm căn cứ."
    )
    references = models.ManyToManyField(
        LegalDocument, blank=True, related_name="tasks", verbose_name="văn bản viện dẫn"
    )
    note = models.TextField("ghi chú", blank=True)
    # Of a task in the register of those that the Government or the Prime Minister gave (S14).
    source = models.ForeignKey(
        LegalDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="given_tasks",
        verbose_name="văn bản giao nhiệm vụ",
    )
    registered_on = models.DateField("ngày vào sổ", null=True, blank=True, editable=False)
    register_key = models.UUIDField(null=True, unique=True, editable=False)
    # Of a task that was made of another while the plan was in force: no day before knew it.
    added_on = models.DateField("ngày đưa vào phụ lục", null=True, blank=True, editable=False)
    # From this day on the task is no longer part of the plan; what was true before stays. Earlier
    # absences, after which it was put back, are rows of their own (absence.py).
    withdrawn_on = models.DateField("ngày rút khỏi phụ lục", null=True, blank=True, editable=False)
    successors = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        editable=False,
        related_name="predecessors",
        verbose_name="nhiệm vụ thay thế",
    )
    # Of a task that was carried over from the plan of an earlier year.
    follows = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="followed_by",
        verbose_name="tiếp nối nhiệm vụ năm trước",
    )
    is_carried_over = models.BooleanField(
        "chuyển tiếp",
        default=False,
        editable=False,
        help_text="Năm trước chưa xong nên làm tiếp.",
    )
    search = models.TextField(editable=False, default="")

    objects = TaskQuerySet.as_manager()

    history = FieldHistory("position", "search", "register_key", m2m_fields=("references",))

    class Meta:
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        ordering = ["plan", "position"]
        indexes = [models.Index(fields=["plan", "position"], name="task_in_plan")]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="task_code_once",
                violation_error_message="Kế hoạch đã có nhiệm vụ mang số mục này.",
            ),
            models.CheckConstraint(
                condition=Q(source=None, registered_on=None)
                | Q(source__isnull=False, registered_on__isnull=False),
                name="task_registered_with_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.make_searchable()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search"}  # type: ignore[misc]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def make_searchable(self) -> None:
        """Found by what a person would type of it, without accents (V2)."""
        self.search = fold(f"{self.code} {self.title} {self.wording} {self.product}")

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None

    @property
    def is_registered(self) -> bool:
        return self.registered_on is not None

    @property
    def set_from_above(self) -> dt.date | None:
        """The last day that the Department may give by itself: the one in the document that gave
        the task, else the plan's own; beyond it UBND tỉnh is asked (domain.md 3.3)."""
        return self.due_on if self.is_registered else self.plan.due_on

    @property
    def printed_leads(self) -> str:
        return self.lead_words or self.block.lead_words

    @property
    def printed_supports(self) -> str:
        return self.support_words or self.block.support_words


class AssignmentRole(models.TextChoices):
    LEAD = "lead", "Chủ trì"
    SUPPORT = "support", "Phối hợp"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def leads(self) -> Self:
        return self.filter(role=AssignmentRole.LEAD)

    def supports(self) -> Self:
        return self.filter(role=AssignmentRole.SUPPORT)

    def in_order(self) -> Self:
        """Leads first, each in protocol order of the units."""
        return self.select_related("unit", "group").order_by(
            "role", "position", "unit__position", "pk"
        )


class Assignment(models.Model):
    """One unit's part in a task. A group is expanded: each unit has its own, with its own
    progress, and keeps the group it came from (A1, A2)."""

    task = models.ForeignKey(
        Task, models.CASCADE, related_name="assignments", verbose_name="nhiệm vụ"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="assignments", verbose_name="đơn vị"
    )
    role = models.CharField("vai trò", max_length=10, choices=AssignmentRole)
    group = models.ForeignKey(
        UnitGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name="theo nhóm",
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    due_on = models.DateField(
        "thời hạn riêng",
        null=True,
        editable=False,
        help_text="Sau khi gia hạn; trống là theo nhiệm vụ.",
    )
    assigned_on = models.DateField("ngày giao", editable=False)
    # How many records its history has. A form carries the number it saw, so that nobody
    # overwrites what they have not read.
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = AssignmentQuerySet.as_manager()

    history = FieldHistory("position", "sequence")

    class Meta:
        verbose_name = "phân công"
        verbose_name_plural = "phân công chủ trì, phối hợp"
        ordering = ["task", "role", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "unit"],
                name="assignment_once",
                violation_error_message="Đơn vị này đã được phân công trong nhiệm vụ.",
            )
        ]
        indexes = [models.Index(fields=["unit", "role"], name="assignment_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit} – {self.get_role_display()} – {self.task.code}"

    @property
    def is_lead(self) -> bool:
        return self.role == AssignmentRole.LEAD

    @property
    def effective_due_on(self) -> dt.date | None:
        """The day it is due now: its own after an extension, else the task's."""
        return self.due_on or self.task.due_on

    @property
    def pending_claim(self) -> "ProgressUpdate | None":
        """The update that said "done" or "not arisen" and that waits for the Office, if any."""
        last = self.updates.order_by("-sequence").first()
        return last if last is not None and last.claim else None


class DueDateChange(AppendOnly):
    """A moved deadline of one lead: what it was, what it became, who decided, why (3.3)."""

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="due_date_changes", verbose_name="phân công"
    )
    old_due_on = models.DateField("thời hạn cũ", null=True, blank=True)
    new_due_on = models.DateField("thời hạn mới", null=True, blank=True)
    reason = models.TextField("lý do", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người quyết định")
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    recorded_on = models.DateField("ngày ghi")
    recorded_at = models.DateTimeField("thời điểm ghi")

    class Meta(AppendOnly.Meta):
        verbose_name = "thay đổi thời hạn"
        verbose_name_plural = "thay đổi thời hạn"
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        days = (dates.short(day) or "không hạn" for day in (self.old_due_on, self.new_due_on))
        return " → ".join(days)


class Measure(models.Model):
    """A measurable target of a task (S18–S25, A7, A8).

    `target` may be missing ("không giao chỉ tiêu"). `yearly_growth` is in percentage points a
    year from `target_year` on, up to `cap`.
    """

    class Scale(models.TextChoices):
        PERCENT = "percent", "Tỷ lệ %"
        NUMBER = "number", "Số lượng"
        YES_NO = "yes_no", "Đạt / chưa đạt"

    class Direction(models.TextChoices):
        AT_LEAST = "at_least", "càng cao càng tốt"
        AT_MOST = "at_most", "càng thấp càng tốt"

    task = models.ForeignKey(Task, models.CASCADE, related_name="measures", verbose_name="nhiệm vụ")
    criterion = models.ForeignKey(
        Criterion,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name="tiêu chí",
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    code = models.SlugField("mã", max_length=60)
    name = models.CharField("chỉ tiêu", max_length=400)
    scale = models.CharField("thang đo", max_length=10, choices=Scale, default=Scale.PERCENT)
    unit_label = models.CharField("đơn vị tính", max_length=30, blank=True)
    direction = models.CharField(
        "chiều", max_length=10, choices=Direction, default=Direction.AT_LEAST
    )
    baseline = models.DecimalField(
        "xuất phát điểm", max_digits=14, decimal_places=4, null=True, blank=True
    )
    target = models.DecimalField(
        "chỉ tiêu giao",
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Để trống nếu không giao chỉ tiêu; với đạt/chưa đạt ghi 1.",
    )
    target_year = models.PositiveSmallIntegerField(
        "năm của chỉ tiêu", null=True, blank=True, validators=years.VALIDATORS
    )
    yearly_growth = models.DecimalField(
        "tăng mỗi năm (điểm %)", max_digits=7, decimal_places=4, null=True, blank=True
    )
    cap = models.DecimalField("mức trần", max_digits=14, decimal_places=4, null=True, blank=True)
    # Of a task that was merged into another: the measure there that goes on with its readings.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name="nhập vào chỉ tiêu",
    )

    history = FieldHistory("position")

    class Meta:
        verbose_name = "chỉ tiêu định lượng"
        verbose_name_plural = "chỉ tiêu định lượng"
        ordering = ["task", "position"]
        constraints = [
            models.UniqueConstraint(fields=["task", "code"], name="measure_once"),
            models.CheckConstraint(
                condition=Q(cap=None) | Q(target=None) | Q(target__lte=F("cap")),
                name="measure_target_under_cap",
                violation_error_message="Chỉ tiêu không được vượt mức trần.",
            ),
            models.CheckConstraint(
                condition=~Q(scale="percent") | Q(target=None) | Q(target__range=(0, 100)),
                name="measure_percent_range",
                violation_error_message="Tỷ lệ phải từ 0 đến 100%%.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def target_in(self, year: int) -> Decimal | None:
        """The target of a year: grown by points a year from `target_year`, within 0 and the cap."""
        if self.target is None or not self.yearly_growth or self.target_year is None:
            return self.target
        grown = max(self.target + self.yearly_growth * (year - self.target_year), Decimal(0))
        return grown if self.cap is None else min(grown, self.cap)

    @property
    def has_readings(self) -> bool:
        """Whether values were reported of it, or of one that was merged into it."""
        return self.values.exists() or self.merged_from.exists()

    def is_same_as(self, other: "Measure") -> bool:
        """Whether both ask for the same; one may leave the starting point to the other."""
        names = ["scale", "unit_label", "direction", "target", "target_year"]
        names += ["yearly_growth", "cap", "criterion_id"]
        known = {self.baseline, other.baseline} - {None}
        return (
            fold(self.name) == fold(other.name)
            and len(known) <= 1
            and all(getattr(self, name) == getattr(other, name) for name in names)
        )

    def is_met_by(self, value: Decimal, target: Decimal | None) -> bool | None:
        """Whether `value` reaches `target`; None without a target."""
        if target is None:
            return None
        return value <= target if self.direction == self.Direction.AT_MOST else value >= target

    def shown(self, value: Decimal | None) -> str:
        """A value as people read it: "98,5%", "Đạt", "1.200 hồ sơ"; an en dash for none."""
        if value is None:
            return "–"
        if self.scale == self.Scale.YES_NO:
            return "Đạt" if value else "Chưa đạt"
        number = format_decimal(value)
        if self.scale == self.Scale.PERCENT:
            return f"{number}%"
        return f"{number} {self.unit_label}".strip()

    def clean(self) -> None:
        self.name = clean_line(self.name)
