"""Requests for a later deadline: the Office passes them on, the leadership decides."""

from typing import cast

from django.db.models import Exists, OuterRef, QuerySet

from plans import rules
from plans.models import Extension, ExtensionStep, Plan
from plans.states import ALLOWED_FROM
from plans.waiting.source import Source
from units.models import UnitKind, User


def waiting(user: User, plan: Plan) -> QuerySet[Extension]:
    """Undecided requests whose part can still be extended, for whoever has the next word."""
    asked = (
        Extension.objects.undecided()
        .filter(
            assignment__task__plan=plan,
            assignment__standings__until_day=None,
            assignment__standings__state__in=ALLOWED_FROM["decide_extension"],
        )
        .exclude(by=user)
    )
    if rules.is_office(user):
        forwarded = ExtensionStep.objects.filter(
            extension=OuterRef("pk"), kind=ExtensionStep.Kind.FORWARD
        )
        found = (
            asked.filter(~Exists(forwarded))
            .exclude(assignment__unit__kind=UnitKind.OFFICE)
            .exclude(assignment__unit=user.unit_id or 0)
        )
    else:
        found = asked if rules.is_leadership(user) else asked.none()
    return cast("QuerySet[Extension]", found)


def rows(user: User, plan: Plan) -> list[Extension]:
    """The deadline that passes first comes first. Two queries."""
    return list(
        waiting(user, plan)
        .select_related("assignment__unit", "assignment__task__plan")
        .prefetch_related("steps")
        .order_by("old_due_on", "pk")
    )


SOURCE = Source(
    key="gia-han",
    title="Đề nghị gia hạn",
    template="plans/waiting/_extensions.html",
    waiting=waiting,
    rows=rows,
)
