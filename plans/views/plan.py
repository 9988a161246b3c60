from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from plans.frame import PLAN_KEY
from plans.models import Plan


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Which plan this person looks at, until they choose another."""
    plan = get_object_or_404(Plan, code=request.POST.get("plan", ""))
    request.session[PLAN_KEY] = plan.pk
    return redirect("dashboard")
