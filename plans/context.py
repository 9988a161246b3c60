"""What base.html needs besides what a view gives it."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from plans import rules, waiting
from plans.frame import frame_of
from plans.remembered import remembered_number
from units.models import Notice


def frame(request: HttpRequest) -> dict[str, Any]:
    """`frame` and the number at the bell for the top bar, and which sections the person's role
    adds; lazy, so that pages without them (log in, errors) cost nothing."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"is_demonstration": getattr(request, "is_demonstration", False)}
    return {
        "frame": SimpleLazyObject(lambda: frame_of(request)),
        "may_see_waiting": rules.may_see_waiting(user),
        "waiting_count": SimpleLazyObject(lambda: _waiting(request)),
        "unread_notices": SimpleLazyObject(Notice.objects.visible_to(user).unread().count),
        "may_see_report": rules.may_see_consolidated_report(user),
        "has_own_work": rules.has_own_work(user),
        "may_use_admin": rules.is_administrator(user),
        "is_demonstration": getattr(request, "is_demonstration", False),
    }


def _waiting(request: HttpRequest) -> int:
    """How many things wait for the person in the plan in force."""
    asked = frame_of(request)
    if asked.plan is None or not rules.may_see_waiting(asked.user):
        return 0
    plan = asked.plan
    return remembered_number(request, asked, "waiting", lambda: waiting.count(asked.user, plan))
