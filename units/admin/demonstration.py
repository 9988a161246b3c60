from django.contrib import admin

from units.admin.base import ReadOnly
from units.models import Demonstration


@admin.register(Demonstration)
class DemonstrationAdmin(ReadOnly, admin.ModelAdmin):
    """To look at: its day belongs to the history, and a real installation has none."""

    list_display = ["today"]
    fields = ["today"]
