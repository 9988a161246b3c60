from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans import dashboard as board
from plans.frame import frame_of


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """How far the plan is on the day asked about."""
    frame = frame_of(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html")
    by_indicator, by_unit, now, last_week = board.totals(frame)
    return render(
        request,
        "plans/dashboard.html",
        {
            "now": now,
            "figures": board.figures(now, last_week),
            "by_indicator": board.bars_by_indicator(by_indicator),
            "by_unit": board.bars_by_unit(by_unit),
            "attention": board.needs_attention(frame),
            "coming": board.coming(frame),
            "to_do": board.to_do(frame),
        },
    )
