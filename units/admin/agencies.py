from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from units.admin.base import Part, RecordAdmin
from units.models import Agency, AgencyIdentity, Signatory


class IdentityPart(Part, admin.StackedInline):
    model = AgencyIdentity
    fk_name = "agency"
    fields = [
        "name",
        ("short_name", "symbol", "place"),
        ("superior", "superior_heading"),
        ("valid_from", "valid_until"),
    ]
    ordering = ["valid_from"]


class SignatoryPart(Part, admin.TabularInline):
    model = Signatory
    fields = ["authority", "title", "full_name", "valid_from", "valid_until"]
    ordering = ["valid_from"]


@admin.register(Agency)
class AgencyAdmin(RecordAdmin):
    list_display = ["code", "name", "symbol"]
    search_fields = ["code", "identities__name", "identities__short_name"]
    inlines = [IdentityPart, SignatoryPart]
    instead_of_deleting = "Khi cơ quan đổi tên, thêm một tên gọi mới với ngày hiệu lực."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agency]:
        return super().get_queryset(request).prefetch_related("identities")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        # Names were read with the page; what is said of it next is said under the saved one.
        getattr(form.instance, "_prefetched_objects_cache", {}).pop("identities", None)

    @admin.display(description="tên hiện nay")
    def name(self, agency: Agency) -> str:
        return str(agency)

    @admin.display(description="ký hiệu")
    def symbol(self, agency: Agency) -> str:
        return ", ".join(dict.fromkeys(one.symbol for one in agency.identities.all()))
