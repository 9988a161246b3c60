"""Parts that were returned and whose units have not answered yet: followed, nothing to decide.

A unit's answer that claims the end again stands among the confirmations, with the reason of the
return beside it.
"""

from typing import cast

from django.db.models import F, QuerySet

from plans import rules
from plans.models import Plan, ProgressUpdate, UpdateKind
from plans.waiting.source import Source
from units.models import User


def waiting(user: User, plan: Plan) -> QuerySet[ProgressUpdate]:
    """The returns that are still the last word on their part; for the Office, which follows up."""
    returns = ProgressUpdate.objects.filter(
        kind=UpdateKind.RETURN,
        assignment__task__plan=plan,
        sequence=F("assignment__sequence"),
    )
    return cast("QuerySet[ProgressUpdate]", returns if rules.is_office(user) else returns.none())


def rows(user: User, plan: Plan) -> list[ProgressUpdate]:
    """Those returned longest ago first. One query."""
    return list(
        waiting(user, plan)
        .select_related("assignment__unit", "assignment__task__plan")
        .order_by("recorded_at", "pk")
    )


SOURCE = Source(
    key="tra-lai",
    title="Đã trả lại, đơn vị chưa báo cáo lại",
    template="plans/waiting/_returned.html",
    waiting=waiting,
    rows=rows,
    is_counted=False,
)
