from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans import rules
from plans.frame import frame_of
from plans.soundness import CHECKS, Checked, examine

FIRST = 20  # of each kind, on the page of all
PER_PAGE = 100


@require_safe
def soundness(request: HttpRequest) -> HttpResponse:
    """What of the plan in force would hurt later; `?loai=` shows one kind whole."""
    if not rules.oversees(request.user):
        raise PermissionDenied
    frame = frame_of(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html")
    context = {"may_mend": rules.is_administrator(request.user)}
    if key := request.GET.get("loai", ""):
        check = next((one for one in CHECKS if one.key == key), None)
        if check is None:
            raise Http404
        gaps = check.find(frame.plan)
        page = Paginator(gaps, PER_PAGE).get_page(request.GET.get("trang"))
        shown = [(Checked(check, gaps), page.object_list)]
        return render(request, "plans/soundness.html", {**context, "shown": shown, "page": page})
    found = examine(frame.plan)
    context |= {
        "shown": [(one, one.gaps[:FIRST]) for one in found if one.gaps],
        "clear": [one.check for one in found if not one.gaps],
        "count": sum(len(one.gaps) for one in found),
    }
    return render(request, "plans/soundness.html", context)
