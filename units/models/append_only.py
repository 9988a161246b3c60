from typing import Any, NoReturn

from django.db import models


class HistoryIsKept(Exception):
    """Something tried to change or delete a record of the history."""

    def __init__(self) -> None:
        super().__init__("Lịch sử chỉ ghi thêm, không sửa và không xóa.")


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> NoReturn:
        raise HistoryIsKept

    def delete(self) -> NoReturn:
        raise HistoryIsKept

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise HistoryIsKept

    def bulk_create(self, *args: Any, update_conflicts: bool = False, **kwargs: Any) -> list[Any]:
        if update_conflicts:
            raise HistoryIsKept
        return super().bulk_create(*args, **kwargs)


class AppendOnly(models.Model):
    """A record that can be added and read; a correction is a new record."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise HistoryIsKept
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise HistoryIsKept
