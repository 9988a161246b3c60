"""Rows that were there before their history was kept get one snapshot each, to compare with."""

from django.utils import timezone

REASON = "Ghi nhận khi bắt đầu giữ lịch sử"
_A_TIME = 500


def keep(apps, app_label, names, many=()):
    """`many` are (model, field, other model) of many-to-many fields whose history is kept too."""
    now = timezone.now()
    for name in names:
        model = apps.get_model(app_label, name)
        versions = apps.get_model(app_label, f"Historical{name}")
        columns = {field.attname for field in versions._meta.concrete_fields}
        kept = [f.attname for f in model._meta.concrete_fields if f.attname in columns]
        for rows in _in_parts(model._base_manager.order_by("pk").values(*kept)):
            versions._base_manager.bulk_create(
                versions(
                    history_date=now, history_type="+", history_change_reason=REASON, **row
                )
                for row in rows
            )
    for name, field, other in many:
        through = apps.get_model(app_label, f"{name}_{field}")
        kept = apps.get_model(app_label, f"Historical{name}_{field}")
        of_row = dict(
            apps.get_model(app_label, f"Historical{name}")._base_manager.values_list(
                "id", "history_id"
            )
        )
        owner = f"{name.lower()}_id"
        for rows in _in_parts(through._base_manager.order_by("pk").values("id", owner, other)):
            kept._base_manager.bulk_create(
                kept(history_id=of_row[row[owner]], **row) for row in rows
            )


def _in_parts(rows):
    rows = list(rows)
    for start in range(0, len(rows), _A_TIME):
        yield rows[start : start + _A_TIME]
