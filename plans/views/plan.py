from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from plans.frame import PLAN_KEY, frame_of


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Which plan this person looks at, until they choose another."""
    code = request.POST.get("plan")
    plan = next((plan for plan in frame_of(request).plans if plan.code == code), None)
    if plan is None:
        raise Http404
    request.session[PLAN_KEY] = plan.pk
    return redirect("dashboard")
