"""Matters that the Office or the leadership decides on, or passes on (3.4, 3.5, S9, S17)."""

from functools import partial
from typing import Any

from django.db.models import QuerySet

from plans.matters import MatterOnDay, on_day, to_decide, urgent_first
from plans.models import Plan
from plans.moves import MatterKind
from plans.waiting.source import Source
from units import clock
from units.models import User


def waiting(user: User, plan: Plan, *, kind: MatterKind) -> "QuerySet[Any]":
    return to_decide(user, plan, clock.today(), kind)


def rows(user: User, plan: Plan, *, kind: MatterKind) -> list[MatterOnDay]:
    """Those that are due first come first. Two queries."""
    day = clock.today()
    matters: Any = urgent_first(to_decide(user, plan, day, kind), day)
    return [on_day(one, day) for one in matters.for_page()]


def _source(kind: MatterKind, key: str, title: str) -> Source:
    return Source(
        key=key,
        title=title,
        template="plans/waiting/_matters.html",
        waiting=partial(waiting, kind=kind),
        rows=partial(rows, kind=kind),
    )


SOURCES = (
    _source(MatterKind.REMEDY, "khac-phuc", "Kết quả khắc phục chờ xác nhận"),
    _source(MatterKind.DIRECTIVE, "chi-dao", "Ý kiến chỉ đạo đã được trả lời, chờ kết thúc"),
    _source(MatterKind.DIFFICULTY, "kho-khan", "Khó khăn, vướng mắc chờ xử lý"),
)
