"""What every field of a row was, from when on, and who set it: kept by django-simple-history.

Each save that changes something adds a snapshot of the row, in a table of its own; what changed is
read by comparing two of them (units/versions.py), so that nothing is written twice. The decisions
behind the changes, with their reasons, are said by the acts (plans/models/amendment.py).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_create_with_history

from units.authorship import author
from units.models.append_only import AppendOnly

if TYPE_CHECKING:
    from units.models.user import User


class Version(AppendOnly):
    """A snapshot. It is only ever added, and keeps who it was by the name of that day."""

    by_label = models.CharField("người sửa", max_length=400, blank=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        by: Any = self.history_user  # type: ignore[attr-defined]
        if by is not None:
            self.by_label = by.label
        super().save(*args, **kwargs)


class FieldHistory(HistoricalRecords):
    """Keeps the history of a model's fields, but for those named: columns that are computed from
    the rest, that nobody types, or that must not be kept twice.

    What a save does not change leaves no snapshot. `QuerySet.update` is not seen, so a tracked
    field is changed by `save` only; rows that are made in bulk are made by `create_many`.
    """

    def __init__(self, *excluded: str, m2m_fields: tuple[str, ...] = ()) -> None:
        super().__init__(
            bases=(Version,),
            excluded_fields=list(excluded),
            m2m_fields=m2m_fields,
            history_change_reason_field=models.TextField(default=""),
            verbose_name="lần thay đổi",
            verbose_name_plural="các lần thay đổi",
        )

    def post_save(
        self, instance: models.Model, created: bool, using: str | None = None, **kwargs: Any
    ) -> None:
        saved = kwargs.get("update_fields")
        if saved is not None and not set(saved) & {f.name for f in self.fields_included(instance)}:
            return
        if not created and not kwargs.get("raw") and not self._differs(instance):
            return
        super().post_save(instance, created, using=using, **kwargs)

    def _differs(self, instance: models.Model) -> bool:
        """Whether the row is not what its last snapshot says. One query."""
        fields = self.fields_included(instance)
        versions = getattr(type(instance), self.manager_name).filter(id=instance.pk)
        names = [field.attname for field in fields]
        last = versions.order_by("-history_id").values_list(*names).first()
        now = tuple(field.to_python(getattr(instance, field.attname)) for field in fields)
        return last != now or bool(getattr(instance, "_change_reason", ""))

    def create_historical_record(
        self, instance: models.Model, history_type: str, using: str | None = None
    ) -> None:
        from units import clock  # reads the demonstration's day, itself a model

        instance._history_date = clock.now()  # type: ignore[attr-defined]
        super().create_historical_record(instance, history_type, using=using)

    def create_historical_record_m2ms(self, history_instance: Any, instance: models.Model) -> None:
        if history_instance.history_type != "+":  # a new row has none yet
            super().create_historical_record_m2ms(history_instance, instance)

    def get_history_user(self, instance: models.Model) -> Any:
        return author() or super().get_history_user(instance)

    def get_change_reason_for_object(
        self, instance: models.Model, history_type: str, using: str | None
    ) -> str:
        return getattr(instance, "_change_reason", None) or ""

    def m2m_changed(self, instance: models.Model, action: str, **kwargs: Any) -> None:
        if not action.startswith("post_") or not (kwargs["pk_set"] or action == "post_clear"):
            return
        owners = [instance]
        if kwargs["reverse"]:  # asked from the other side
            owners = list(kwargs["model"]._default_manager.filter(pk__in=kwargs["pk_set"] or ()))
        for owner in owners:
            self.create_historical_record(owner, "~")


def create_many(model: type[models.Model], rows: Sequence[models.Model], by: "User") -> None:
    """Save new rows, each with its first snapshot, in a fixed number of queries."""
    from units import clock

    bulk_create_with_history(
        rows,
        model,
        default_user=by,
        default_change_reason="",
        default_date=clock.now(),
        custom_historical_attrs={"by_label": by.label},
    )
