from django.db import migrations


def as_grids(apps, schema_editor):
    """Tables of documents that wait keep the places of their rows, which corrections are known by."""
    imports = apps.get_model("plans", "PlanImport").objects
    for one in imports.only("source").iterator(chunk_size=20):
        one.source = _as_grids(one.source)
        one.save(update_fields=["source"])


def _as_grids(source):
    notes = [{"number": 1, "text": words} for words in source.pop("unread", [])]
    is_word = source["counts"] == "đoạn"
    tables = []
    for turn, table in enumerate(source["tables"], 1):
        numbers = table["row_numbers"]
        rows = [
            {"number": count if is_word else number, "cells": cells}
            for count, (number, cells) in enumerate(zip(numbers, table["rows"], strict=True), 1)
        ]
        grid = {"name": f"Bảng {turn}" if is_word else "", "rows": rows, "is_table": True}
        tables.append({"grid": grid, "numbers": numbers})
    return source | {"tables": tables, "notes": notes}


class Migration(migrations.Migration):
    dependencies = [("plans", "0012_years_that_can_be")]

    operations = [migrations.RunPython(as_grids, migrations.RunPython.noop)]
