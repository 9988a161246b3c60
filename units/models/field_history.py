"""What every field of a row was, from when on, and who set it: kept by django-simple-history.

Each save that changes something adds a snapshot of the row, in a table of its own; what changed is
read by comparing two of them (units/versions.py), so that nothing is written twice. The decisions
behind the changes, with their reasons, are said by the acts (plans/models/amendment.py).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models
from simple_history.models import HistoricalRecords

from units.authorship import author
from units.models.append_only import AppendOnly
from units.models.rows import update_rows

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
    field is changed by `save` only; many rows at once by `create_many`, `save_many`, `delete_many`.
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

    def contribute_to_class(self, cls: Any, name: str) -> None:
        super().contribute_to_class(cls, name)
        cls._field_history = self

    def post_delete(
        self, instance: models.Model, using: str | None = None, origin: Any = None, **kwargs: Any
    ) -> None:
        note = getattr(origin, "note_gone", None)
        if note is None:
            super().post_delete(instance, using=using, **kwargs)
        else:  # `delete_many` adds the snapshots of all together
            note(instance)

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
        return bool(_differing([instance]))

    def create_historical_record(
        self, instance: models.Model, history_type: str, using: str | None = None
    ) -> None:
        instance._history_date = _now()  # type: ignore[attr-defined]
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


def create_many(model: type[models.Model], rows: Sequence[models.Model], by: "User | None") -> None:
    """Save new rows, each with its first snapshot, in a fixed number of queries. `by` None: whoever
    sends the request, as for `save`."""
    model._default_manager.bulk_create(rows)
    _add(model, rows, "+", by)


def save_many(rows: Sequence[models.Model], fields: Iterable[str], by: "User | None") -> None:
    """Save `fields` of rows of one model, each that is not what its last snapshot says with a new
    one, as `save` would; in a fixed number of queries."""
    if not rows:
        return
    model, names = type(rows[0]), set(fields)
    update_rows(rows, sorted(names))
    if names & {field.name for field in _history_of(model).tracked_fields}:
        _add(model, _differing(rows), "~", by)


def _differing(rows: Sequence[models.Model]) -> list[models.Model]:
    """Those of rows of one model that are not what their last snapshot says. One query."""
    history = _history_of(type(rows[0]))
    columns = [field.attname for field in history.tracked_fields]
    snapshots = history._default_manager.filter(id__in=[row.pk for row in rows]).order_by()
    newest = snapshots.values("id").annotate(newest=models.Max("history_id")).values("newest")
    found = history._default_manager.filter(history_id__in=newest).values_list("id", *columns)
    last = {key: tuple(values) for key, *values in found}
    return [row for row in rows if _values(row) != last.get(row.pk) or _reason(row)]


def delete_many(rows: models.QuerySet, by: "User | None") -> None:
    """Delete rows with all that goes with them, each with its last snapshot, in a fixed number of
    queries for each kind of row."""
    gone: dict[Any, list[Any]] = defaultdict(list)
    now = _now()

    def note(row: models.Model) -> None:
        # At once: a row that is deleted soon has no key any more.
        snapshot = _snapshot(row, "-", by, now)
        gone[type(snapshot)].append(snapshot)

    rows.note_gone = note  # type: ignore[attr-defined]
    rows.delete()
    for history, snapshots in gone.items():
        history._default_manager.bulk_create(snapshots)


def _add(
    model: type[models.Model], rows: Sequence[models.Model], kind: str, by: "User | None"
) -> None:
    """A snapshot of each row as it is now, with what its many-to-many fields name."""
    history, now = _history_of(model), _now()
    snapshots = history._default_manager.bulk_create(_snapshot(row, kind, by, now) for row in rows)
    if kind == "~" and snapshots:  # a new row names nothing yet
        of_rows = {row.pk: one for row, one in zip(rows, snapshots, strict=True)}
        for field in history._history_m2m_fields:
            _add_named(_records_of(model), field, of_rows)


def _snapshot(row: models.Model, kind: str, by: "User | None", now: dt.datetime) -> Any:
    history = _history_of(type(row))
    user = by or history.get_default_history_user(row)
    return history(
        history_date=now,
        history_user=user,
        history_change_reason=_reason(row),
        history_type=kind,
        by_label=user.label if user else "",
        **{field.attname: getattr(row, field.attname) for field in history.tracked_fields},
    )


def _add_named(records: FieldHistory, field: Any, snapshots: dict[Any, Any]) -> None:
    """What rows, by their keys, name by one many-to-many field, kept with their snapshots."""
    through, owner = field.remote_field.through, field.m2m_field_name()
    columns = [one.attname for one in through._meta.fields]
    kept = records.m2m_models[field]
    kept._default_manager.bulk_create(
        kept(
            history=snapshots[getattr(named, f"{owner}_id")],
            **{column: getattr(named, column) for column in columns},
        )
        for named in through._default_manager.filter(**{f"{owner}__in": list(snapshots)})
    )


def _records_of(model: type[models.Model]) -> FieldHistory:
    return model._field_history  # type: ignore[attr-defined]


@cache
def _history_of(model: type[models.Model]) -> Any:
    return model.history.model  # type: ignore[attr-defined]


def _reason(row: models.Model) -> str:
    return getattr(row, "_change_reason", None) or ""


def _values(row: models.Model) -> tuple[Any, ...]:
    fields = _history_of(type(row)).tracked_fields
    return tuple(field.to_python(getattr(row, field.attname)) for field in fields)


def _now() -> dt.datetime:
    from units import clock  # reads the demonstration's day, itself a model

    return clock.now()
