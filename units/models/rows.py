"""Many rows written at once."""

from collections.abc import Sequence
from typing import Any

from django.db import connections, models, router


def update_rows(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Save the columns `names` of rows of one model: one statement, sent for all of them together.

    `bulk_update` makes an expression for each value, which takes ten times as long for thousands
    of rows. Like it, this sends no signals; tracked fields are for `field_history.save_many`.
    """
    if not rows:
        return
    model = type(rows[0])
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    key: Any = model._meta.pk
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    table, where = quote(model._meta.db_table), quote(key.column)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {columns} WHERE {where} = %s",  # noqa: S608  our own names
            [
                [
                    field.get_db_prep_save(getattr(row, field.attname), connection)
                    for field in (*fields, key)
                ]
                for row in rows
            ],
        )
