from django.contrib import admin

from units.admin.base import ReadOnly, RecordAdmin
from units.models import Notice


@admin.register(Notice)
class NoticeAdmin(ReadOnly, RecordAdmin):
    """To look at: who was told of what, and whether they read it."""

    actions = None
    list_display = ["told_at", "user", "words", "read_at"]
    list_filter = [("read_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user"]
    fields = ["user", "words", "path", "told_on", "told_at", "read_at"]
