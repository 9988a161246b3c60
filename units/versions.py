"""The history of a row as people read it: who, when, which field, from what to what.

Snapshots (units/models/field_history.py) are compared with the one before; what they point at is
fetched at once, so that a long history asks no more queries than a short one.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst

from config.vietnamese import dates
from config.vietnamese.numbers import format_decimal

NOTHING = "(trống)"
GONE = "(không còn)"
SYSTEM = "Hệ thống"
_KINDS = {"+": "Thêm mới", "~": "Sửa", "-": "Xóa"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field. `field` is its name in the model, `version` the snapshot that still has the
    earlier value (None: there was none before), `back` the page that goes back to it."""

    field: str
    name: str
    before: str
    after: str
    version: int | None
    back: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One save. `of` names the row where the history of several is shown together, `back` the page
    that brings a deleted row back."""

    pk: int
    kind: str
    at: dt.datetime
    who: str
    reason: str
    of: str = ""
    back: str = ""
    changes: tuple[FieldChange, ...] = field(default=())

    @property
    def kind_words(self) -> str:
        return _KINDS[self.kind]


def is_tracked(model: type[models.Model]) -> bool:
    return hasattr(model._meta, "simple_history_manager_attribute")


def versions_of(model: type[models.Model], **filters: Any) -> list[Version]:
    """The history of the rows that `filters` (fields of the model) find, newest first."""
    history: Any = model.history  # type: ignore[attr-defined]
    snapshots = list(history.filter(**filters).order_by("history_id"))
    return _Reading(model, snapshots).versions()


def earlier_value(model: type[models.Model], version: int, row: int, name: str) -> Any:
    """What a field was in a snapshot of a row, as a form takes it; LookupError when there is no
    such snapshot or field."""
    history: Any = model.history  # type: ignore[attr-defined]
    snapshot = history.filter(history_id=version, id=row).first()
    if snapshot is None:
        raise LookupError(version)
    for one in _fields(model):
        if one.name == name:
            return getattr(snapshot, one.attname)
    for many in _many(model):
        if many.name == name:
            return _members(model, many, [version])[version]
    raise LookupError(name)


def _fields(model: type[models.Model]) -> list[Any]:
    tracked = model.history.model.tracked_fields  # type: ignore[attr-defined]
    return [one for one in tracked if not one.primary_key]


def _many(model: type[models.Model]) -> list[Any]:
    return list(model.history.model._history_m2m_fields)  # type: ignore[attr-defined]


def _members(model: type[models.Model], many: Any, versions: Iterable[int]) -> dict[int, list[int]]:
    """The keys that a many-to-many field had in each snapshot."""
    kept: Any = getattr(model.history.model, many.name)  # type: ignore[attr-defined]
    column = many.m2m_reverse_field_name() + "_id"
    found: dict[int, list[int]] = defaultdict(list)
    rows = kept.model._default_manager.filter(history_id__in=list(versions))
    for version, key in rows.order_by("m2m_history_id").values_list("history_id", column):
        found[version].append(key)
    return found


class _Reading:
    def __init__(self, model: type[models.Model], snapshots: Sequence[Any]) -> None:
        self.model, self.snapshots = model, snapshots
        self.many = {
            many.name: _members(model, many, [one.history_id for one in snapshots])
            for many in _many(model)
        }
        self.named = {one.name: self._named(one) for one in _fields(model) if one.is_relation}
        self.named |= {
            many.name: _names(
                many.related_model, {key for keys in self.many[many.name].values() for key in keys}
            )
            for many in _many(model)
        }

    def _named(self, one: Any) -> dict[Any, str]:
        keys = {getattr(snapshot, one.attname) for snapshot in self.snapshots} - {None}
        return _names(one.related_model, keys)

    def versions(self) -> list[Version]:
        last: dict[int, Any] = {}
        found = []
        for snapshot in self.snapshots:
            before = last.get(snapshot.id)
            last[snapshot.id] = snapshot
            found.append(
                Version(
                    pk=snapshot.history_id,
                    kind=snapshot.history_type,
                    at=timezone.localtime(snapshot.history_date),
                    who=snapshot.by_label or SYSTEM,
                    reason=snapshot.history_change_reason,
                    changes=tuple(self._changes(before, snapshot)),
                )
            )
        return found[::-1]

    def _changes(self, before: Any, after: Any) -> Iterable[FieldChange]:
        """What a new row was made with is told like a change from nothing, and what a deleted row
        was like a change to nothing."""
        if after.history_type == "-":
            for one in _fields(self.model):
                if (value := getattr(after, one.attname)) not in ("", None):
                    yield FieldChange(one.name, _title(one), self._shown(one, value), NOTHING, None)
            return
        version = before.history_id if before is not None else None
        for one in _fields(self.model):
            old = getattr(before, one.attname) if before is not None else None
            new = getattr(after, one.attname)
            if old != new and not (before is None and new in ("", None)):
                shown = (
                    (NOTHING if before is None else self._shown(one, old)),
                    self._shown(one, new),
                )
                yield FieldChange(one.name, _title(one), *shown, version)
        for many in _many(self.model):
            keys = self.many[many.name]
            old_keys = keys.get(version, []) if version else []
            new_keys = keys.get(after.history_id, [])
            if sorted(old_keys) != sorted(new_keys):
                old_names = self._joined(many.name, old_keys)
                new_names = self._joined(many.name, new_keys)
                yield FieldChange(many.name, _title(many), old_names, new_names, version)

    def _joined(self, name: str, keys: Sequence[int]) -> str:
        names = sorted(self.named[name].get(key, GONE) for key in keys)
        return "; ".join(names) or NOTHING

    def _shown(self, one: Any, value: Any) -> str:
        if value in (None, ""):
            return NOTHING
        if one.is_relation:
            return self.named[one.name].get(value, GONE)
        if one.choices:
            return str(dict(one.flatchoices).get(value, value))
        match value:
            case bool():
                return "Có" if value else "Không"
            case dt.datetime():
                return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
            case dt.date():
                return dates.short(value)
            case Decimal():
                return format_decimal(value)
        return str(value)


def _title(one: Any) -> str:
    return str(capfirst(str(one.verbose_name)))


def _names(model: type[models.Model], keys: Iterable[Any]) -> dict[Any, str]:
    """How the rows with these keys are called now, with what their names are made of."""
    owners = [one.name for one in model._meta.concrete_fields if one.many_to_one and not one.null]
    rows = model._default_manager.filter(pk__in=list(keys)).select_related(*owners)
    return {row.pk: str(row) for row in rows}
