from django.contrib import admin

from plans.admin.base import PlanRecordAdmin
from plans.models import LegalDocument


@admin.register(LegalDocument)
class LegalDocumentAdmin(PlanRecordAdmin):
    list_display = ["citation", "type", "issued_on", "short_title"]
    list_filter = ["type"]
    search_fields = ["code", "number", "symbol", "issuer", "title", "short_name"]
    fields = [
        ("type", "number", "symbol"),
        ("issued_on", "issuer"),
        "title",
        ("short_name", "code"),
    ]

    @admin.display(description="văn bản", ordering="issued_on")
    def citation(self, document: LegalDocument) -> str:
        return document.citation or document.code

    @admin.display(description="trích yếu")
    def short_title(self, document: LegalDocument) -> str:
        return document.short_name or document.title
