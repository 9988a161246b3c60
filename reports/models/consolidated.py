import uuid
from collections.abc import Iterable
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Q

from config.vietnamese import dates
from config.vietnamese.numbers import padded
from plans.models.history import AppendOnly, AppendOnlyQuerySet
from reports.content.frozen import thaw
from reports.content.model import ReportContent, Signature
from reports.models.locked import ReportLocked
from reports.models.round import Round
from reports.models.unit_report import UnitReportVersion
from reports.round_content.differences import Difference, differences
from reports.round_content.passages import Draft
from reports.rules import visible_consolidated
from reports.states.consolidated import (
    ISSUED,
    NEEDS_REASON,
    WRITABLE,
    WRITTEN_IN,
    Act,
    ReportStatus,
    reachable,
)
from units.models import Agency, User


class Medium(models.TextChoices):
    """How a document is issued: on paper its number and date stand on the appendix too, in an
    electronic one those places stay blank (F36)."""

    PAPER = "paper", "Bản giấy"
    ELECTRONIC = "electronic", "Bản điện tử"


class ConsolidatedQuerySet(models.QuerySet["ConsolidatedReport"]):
    def visible_to(self, user: User) -> Self:
        """Those that `user` may see; the only door to a report for a page."""
        return self.filter(visible_consolidated(user))

    def for_page(self) -> Self:
        """With its round, plan and what it replaces, in one query."""
        return self.select_related(
            "round__plan__agency", "round__plan__parent", "round__plan__signatory", "replaces"
        )

    # A state is moved one row at a time, past the lock in `save`.
    def update(self, **kwargs: Any) -> NoReturn:
        raise ReportLocked

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ReportLocked

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ReportLocked

    def delete(self) -> NoReturn:
        raise ReportLocked


class ConsolidatedReport(models.Model):
    """The report of a round to the superior: one version of it. A correction is a new one that
    `replaces` the old.

    `generated` is the draft (reports/round_content) made from `sources`; `frozen` is the content
    that was submitted, signed and issued, with its SHA-256. Number and date are recorded when the
    clerk has given them, never invented (F16). Who signs is the plan's signatory, until the Office
    chooses somebody else as it submits.
    """

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="consolidated", verbose_name="đợt báo cáo"
    )
    version = models.PositiveSmallIntegerField("lần ban hành", default=1)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        related_name="replaced_by",
        verbose_name="thay thế báo cáo",
    )
    status = models.CharField(
        "tình trạng", max_length=20, choices=ReportStatus, default=ReportStatus.DRAFT
    )
    # How many steps its history has. A form carries the number it saw.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    as_of = models.DateField("số liệu tính đến ngày")
    generated = models.BinaryField("bản máy soạn", editable=False)
    # Versions of unit reports that the draft was made from; kept by number, as they never change.
    sources = models.JSONField("lấy từ các phiên bản", default=list, editable=False)
    frozen = models.BinaryField("nội dung đóng băng", null=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name="cơ quan ban hành"
    )
    signing_authority = models.CharField("quyền hạn ký", max_length=100, blank=True)
    signing_title = models.CharField("chức vụ người ký", max_length=100, blank=True)
    signing_name = models.CharField("họ và tên người ký", max_length=100, blank=True)
    number = models.PositiveIntegerField("số", null=True)
    symbol = models.CharField("ký hiệu", max_length=40, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True)
    issued_year = models.PositiveSmallIntegerField("năm ban hành", null=True)
    medium = models.CharField("hình thức", max_length=12, choices=Medium, blank=True)
    sent_on = models.DateField("ngày gửi", null=True)
    sent_to = models.CharField("nơi nhận", max_length=200, blank=True)
    sent_by_way = models.CharField("cách gửi", max_length=200, blank=True)

    objects = ConsolidatedQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo tổng hợp"
        verbose_name_plural = "báo cáo tổng hợp"
        ordering = ["-round__opened_at", "-version"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["round", "version"], name="consolidated_version_once"),
            models.UniqueConstraint(
                fields=["agency", "issued_year", "symbol", "number"],
                condition=~Q(number=None),
                name="consolidated_number_once",
                violation_error_message="Số và ký hiệu này đã dùng trong năm.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(ISSUED))
                | Q(number__isnull=False, issued_on__isnull=False, frozen__isnull=False),
                name="consolidated_issued_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReportStatus.SENT) | Q(sent_on__isnull=False),
                name="consolidated_sent_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.cited or f"{self.round} (lần {self.version})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only what the state that the row is in leaves open; the same lock for page, admin,
        command and import. An act writes the columns it names."""
        if not self._state.adding:
            before = type(self).objects.values_list("status", flat=True).get(pk=self.pk)
            names = kwargs.get("update_fields")
            if names is None or not set(names) <= WRITTEN_IN[ReportStatus(before)]:
                raise ReportLocked
            if self.status not in reachable(ReportStatus(before)):
                raise ReportLocked
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ReportLocked

    @property
    def is_writable(self) -> bool:
        return self.status in WRITABLE

    @property
    def is_issued(self) -> bool:
        return self.status in ISSUED

    @property
    def status_sign(self) -> str:
        return ReportStatus(self.status).sign_name

    @property
    def number_and_symbol(self) -> str:
        """ "05/BC-STTTT" (F14); empty before it is issued."""
        return f"{padded_number(self.number)}/{self.symbol}" if self.number is not None else ""

    @property
    def cited(self) -> str:
        """ "Báo cáo số 05/BC-STTTT ngày 28/11/2023"; empty before it is issued."""
        if self.number is None or self.issued_on is None:
            return ""
        return f"Báo cáo số {self.number_and_symbol} ngày {dates.cited(self.issued_on)}"

    @property
    def draft(self) -> Draft:
        """The generated draft, as it was when it was last made."""
        return thaw(bytes(self.generated), Draft)

    @property
    def edited(self) -> dict[str, str]:
        """What people wrote, by the key of the passage: the newest edit of each."""
        newest = {edit.passage: edit.text for edit in self.edits.order_by("sequence")}
        return {key: text for key, text in newest.items() if text is not None}

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Where what people wrote names other figures or days than the draft."""
        edited = self.edited
        return differences(self.draft, edited) if edited else ()

    @property
    def content(self) -> ReportContent:
        """What it says now: the frozen content, or while it is written the draft with its edits."""
        if self.is_writable or self.frozen is None:
            return self.draft.printed(self.edited, self.chosen_signature)
        return thaw(bytes(self.frozen))

    @property
    def chosen_signature(self) -> Signature | None:
        """Who signs in place of the plan's signatory, if the Office chose somebody."""
        if not self.signing_name:
            return None
        return Signature(self.signing_authority, self.signing_title, self.signing_name)

    @property
    def keeps_figures(self) -> bool:
        """Whether it corrects an issued report and still has that one's figures, whatever units
        reported since."""
        if self.replaces is None:
            return False
        return not self.steps.filter(act=Act.REFRESH).exists()

    @property
    def is_replaced(self) -> bool:
        """Whether a newer version has been issued in its place."""
        newer = getattr(self, "replaced_by", None)
        return newer is not None and newer.is_issued


def padded_number(number: int) -> str:
    """Numbers below ten get a leading zero, thousands no dot: "05", "1042" (F14)."""
    return padded(number) if number < 10 else str(number)


class OfReportQuerySet(AppendOnlyQuerySet):
    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ReportLocked


class ReportStep(AppendOnly):
    """One step of a consolidated report: which act, by whom, when, in which words."""

    report = models.ForeignKey(
        ConsolidatedReport, models.PROTECT, related_name="steps", verbose_name="báo cáo"
    )
    sequence = models.PositiveIntegerField("lần thứ")
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    act = models.CharField("việc", max_length=20, choices=Act)
    status = models.CharField("tình trạng", max_length=20, choices=ReportStatus)
    words = models.TextField("ý kiến, lý do", blank=True)
    # With what was submitted: who is to sign it, as it is printed.
    signer = models.CharField("người ký", max_length=320, blank=True)
    # With what was submitted: the places that differ from the generated words, which `by` says to
    # have checked.
    checked = models.TextField("chỗ khác lời máy soạn đã kiểm tra", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người thực hiện")
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    recorded_on = models.DateField("ngày ghi")
    recorded_at = models.DateTimeField("thời điểm ghi")

    class Meta(AppendOnly.Meta):
        verbose_name = "bước xử lý báo cáo tổng hợp"
        verbose_name_plural = "các bước xử lý báo cáo tổng hợp"
        ordering = ["report", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "sequence"], name="consolidated_step_sequence"
            ),
            models.CheckConstraint(
                condition=~Q(act__in=sorted(NEEDS_REASON)) | ~Q(words=""),
                name="consolidated_step_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {dates.short(self.recorded_on)}"


class PassageEdit(AppendOnly):
    """A person wrote a passage anew, with the generated words that they had before their eyes.

    The newest edit of a passage is what the report says; one whose `text` is None goes back to
    the generated words.
    """

    report = models.ForeignKey(
        ConsolidatedReport, models.PROTECT, related_name="edits", verbose_name="báo cáo"
    )
    passage = models.CharField("đoạn", max_length=200)
    name = models.CharField("tên đoạn", max_length=300)
    sequence = models.PositiveIntegerField("lần thứ")
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.TextField("nội dung", null=True)
    generated = models.TextField("bản máy soạn khi sửa", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người sửa")
    by_label = models.CharField("họ tên, chức vụ", max_length=400)
    recorded_on = models.DateField("ngày ghi")
    recorded_at = models.DateTimeField("thời điểm ghi")

    objects = OfReportQuerySet.as_manager()  # type: ignore[misc]

    class Meta(AppendOnly.Meta):
        verbose_name = "lần sửa báo cáo tổng hợp"
        verbose_name_plural = "các lần sửa báo cáo tổng hợp"
        ordering = ["report", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["report", "sequence"], name="passage_edit_sequence")
        ]

    def __str__(self) -> str:
        return f"{self.name} {dates.short(self.recorded_on)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A locked report takes no edit, whoever sends it."""
        status = ConsolidatedReport.objects.values_list("status", flat=True).get(pk=self.report_id)
        if status not in WRITABLE:
            raise ReportLocked
        super().save(*args, **kwargs)


def issued_path(file: "IssuedFile", name: str) -> str:
    """Content-addressed: the bytes decide where a file lies, so that none can be exchanged."""
    return f"bao-cao/{file.sha256[:2]}/{file.sha256}.{file.format}"


class IssuedFile(AppendOnly):
    """A file of an issued report: the very bytes that were issued, kept privately."""

    report = models.ForeignKey(
        ConsolidatedReport, models.PROTECT, related_name="files", verbose_name="báo cáo"
    )
    format = models.CharField("loại tệp", max_length=10)
    name = models.CharField("tên tệp", max_length=200)
    media_type = models.CharField("kiểu nội dung", max_length=100)
    size = models.PositiveIntegerField("kích thước (byte)")
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    file = models.FileField("tệp", upload_to=issued_path, max_length=200)

    class Meta(AppendOnly.Meta):
        verbose_name = "tệp của báo cáo đã ban hành"
        verbose_name_plural = "tệp của báo cáo đã ban hành"
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "format"], name="issued_file_once")
        ]

    def __str__(self) -> str:
        return self.name


def sources_in(report: ConsolidatedReport) -> Iterable[UnitReportVersion]:
    """The versions of unit reports that a draft was made from, in protocol order."""
    return (
        UnitReportVersion.objects.filter(pk__in=report.sources)
        .select_related("report__unit")
        .order_by("report__unit__position", "report__unit__name")
    )
