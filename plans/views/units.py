from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from plans import by_unit, rules
from plans.frame import frame_of
from plans.remembered import remembered


@require_safe
def unit_table(request: HttpRequest) -> HttpResponse:
    """Unit × state on the day asked about, for those who see every unit's tasks."""
    if not rules.oversees(request.user):
        raise PermissionDenied
    frame = frame_of(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html")

    def body() -> SafeString:
        context = {"table": by_unit.unit_table(frame), "frame": frame}
        return render_to_string("plans/_unit_table.html", context)

    return render(request, "plans/unit_table.html", {"body": remembered(request, frame, body)})
