"""Which parts of tasks are still owed: those of leads that have not ended or been stopped, and
those of supports while the task goes on."""

from django.db.models import Exists, OuterRef, Q

from plans.models import AssignmentRole, AssignmentStanding, TaskStanding
from plans.states import ENDED, State

_OVER = [*ENDED, State.STOPPED]


def still_owed(parts: Q) -> Q:
    """Of assignments: the parts on which something can still be done."""
    own = AssignmentStanding.objects.filter(
        assignment=OuterRef("pk"), until_day=None, state__in=_OVER
    )
    whole = TaskStanding.objects.filter(task=OuterRef("task"), until_day=None, state__in=_OVER)
    lead = Q(role=AssignmentRole.LEAD)
    return parts & ((lead & ~Q(Exists(own))) | (~lead & ~Q(Exists(whole))))
