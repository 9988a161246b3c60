"""The database's side of a soak, each in a process of its own with Django set up:

python -m benchmarks.soak.people let-in COUNT FILE     accounts that can log in, as JSON
python -m benchmarks.soak.people look-up FILE          how often each mark stands in the history
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import django

PASSWORD = "chi dung de do, o tren may nay"  # noqa: S105 for a database that is thrown away
MARK = re.compile(r"\[([0-9a-f]{32})\]")


def let_in(count: int) -> list[dict[str, Any]]:
    """`count` people of units, two of a unit, so that they meet on the same tasks; each with the
    tasks that their unit leads."""
    from django.contrib.auth.hashers import make_password

    from plans.models import Task
    from units.models import Role, Unit, UnitKind, User

    secret = make_password(PASSWORD)
    divisions = list(Unit.objects.filter(kind=UnitKind.DIVISION).order_by("position"))
    people = []
    for place in range(count):
        unit = divisions[place // 2 % len(divisions)]
        user = User(username=f"nguoi-{place}", full_name=f"Người thứ {place}", role=Role.HEAD)
        user.unit, user.password = unit, secret
        user.save()
        tasks = Task.objects.filter(assignments__unit=unit, assignments__role="lead")
        people.append({"name": user.username, "tasks": list(tasks.values_list("pk", flat=True))})
    return people


def look_up() -> dict[str, int]:
    """How many records of the history hold each mark."""
    from plans.models import ProgressUpdate

    results = ProgressUpdate.objects.filter(result__contains="[").values_list("result", flat=True)
    return Counter(mark for text in results.iterator() for mark in MARK.findall(text))


def main(act: str, *arguments: str) -> None:
    django.setup()
    found = let_in(int(arguments[0])) if act == "let-in" else look_up()
    Path(arguments[-1]).write_text(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
