from django.db import models
from django.db.models import Q

from config.vietnamese import dates


class DocumentType(models.TextChoices):
    """The abbreviations of Decree 30/2020, appendix III.I (1H), as far as plans cite them."""

    LAW = "Luat", "Luật"
    DECREE = "ND", "Nghị định"
    RESOLUTION = "NQ", "Nghị quyết"
    DECISION = "QD", "Quyết định"
    DIRECTIVE = "CT", "Chỉ thị"
    CIRCULAR = "TT", "Thông tư"
    PLAN = "KH", "Kế hoạch"
    REPORT = "BC", "Báo cáo"
    LETTER = "CV", "Công văn"
    OTHER = "khac", "Văn bản khác"


class LegalDocument(models.Model):
    """A document that a plan rests on or cites (S4, S21, S22)."""

    code = models.SlugField("mã", unique=True)
    type = models.CharField("loại văn bản", max_length=10, choices=DocumentType)
    number = models.CharField("số", max_length=20, blank=True)
    symbol = models.CharField("ký hiệu", max_length=40, blank=True, help_text="Như KH-UBND.")
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    title = models.TextField("trích yếu", blank=True)
    short_name = models.CharField("tên gọi tắt", max_length=300, blank=True)

    class Meta:
        verbose_name = "văn bản căn cứ"
        verbose_name_plural = "văn bản căn cứ"
        ordering = ["issued_on", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["type", "number", "symbol", "issued_on"],
                condition=~Q(number=""),
                name="document_once",
                violation_error_message="Văn bản cùng loại, số, ký hiệu và ngày này đã có.",
            )
        ]

    def __str__(self) -> str:
        return self.citation

    @property
    def citation(self) -> str:
        """Type, number/symbol, date and issuer as cited; a law is cited by its name (F23)."""
        if self.type == DocumentType.LAW:
            return self.title
        parts = [str(DocumentType(self.type).label)]
        if self.number or self.symbol:
            parts.append(f"số {self.number}/{self.symbol}")
        if self.issued_on:
            parts.append(f"ngày {dates.cited(self.issued_on)}")
        if self.issuer:
            parts.append(f"của {self.issuer}")
        return " ".join(parts)
