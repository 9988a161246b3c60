"""Parts that their leads say are done: the Office checks them; its own are for the leadership."""

from dataclasses import dataclass
from typing import cast

from django.db.models import Q, QuerySet

from plans import rules
from plans.models import AssignmentStanding, Plan, ProgressUpdate, UpdateKind
from plans.overview import Status, status
from plans.states import State
from plans.waiting.source import Source
from units import clock
from units.models import UnitKind, User


@dataclass(frozen=True, slots=True)
class Row:
    """A claim with what the unit was told when it was returned before, if it was."""

    standing: AssignmentStanding
    claim: ProgressUpdate
    status: Status
    returned: ProgressUpdate | None

    @property
    def ticked(self) -> str:
        """The part and what its reader has seen of its history, as a form sends it."""
        return f"{self.standing.part.pk}:{self.standing.part.sequence}"


def waiting(user: User, plan: Plan) -> QuerySet[AssignmentStanding]:
    """The open claims that the person may confirm: never of their own unit, never their own."""
    parts = AssignmentStanding.objects.filter(
        until_day=None, state=State.AWAITING, task__plan=plan
    ).exclude(report__by=user)
    of_office = Q(unit__kind=UnitKind.OFFICE)
    if rules.is_office(user):
        found = parts.exclude(of_office).exclude(unit=user.unit_id or 0)
    elif rules.is_leadership(user):
        found = parts.filter(of_office)
    else:
        found = parts.none()
    return cast("QuerySet[AssignmentStanding]", found)


def rows(user: User, plan: Plan) -> list[Row]:
    """The longest waiting first. Four queries."""
    standings = list(
        waiting(user, plan)
        .select_related("assignment", "unit", "task__plan", "report")
        .prefetch_related("report__evidence", "report__values__measure", "report__remarks")
        .order_by("reported_on", "task__position", "pk")
    )
    parts = [standing.assignment_id for standing in standings]
    returns = ProgressUpdate.objects.filter(assignment__in=parts, kind=UpdateKind.RETURN)
    last = {one.assignment_id: one for one in returns.order_by("sequence")}
    day = clock.today()
    return [
        Row(
            standing,
            cast("ProgressUpdate", standing.report),
            status(standing, standing.task, day),
            last.get(standing.part.pk),
        )
        for standing in standings
    ]


SOURCE = Source(
    key="xac-nhan",
    title="Chờ xác nhận",
    template="plans/waiting/_confirmations.html",
    waiting=waiting,
    rows=rows,
)
