"""Fills an empty database: `python -m benchmarks.prepare TASKS`; 0 tasks is the real plan."""

import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection

_REAL_PLAN = Path(__file__).parents[1] / "plans" / "data" / "ke-hoach-2023.yaml"


def main(task_count: int) -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    if task_count:
        from benchmarks import generated

        generated.check()
        generated.plan_of(task_count)
    else:
        call_command("load_plan", str(_REAL_PLAN), verbosity=0)
        call_command("load_demo", verbosity=0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as its own daemon does within minutes


if __name__ == "__main__":
    main(int(sys.argv[1]))
