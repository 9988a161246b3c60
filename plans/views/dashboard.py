from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from config.vietnamese import dates
from plans import comparison
from plans import dashboard as board
from plans.bars import bars_html
from plans.frame import frame_of
from plans.remembered import remembered


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """How far the plan is on the day asked about, and what changed since another day."""
    frame = frame_of(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html")
    asked = request.GET.get(comparison.FIELD, "")
    then, error = comparison.day_before(asked, frame)

    def body() -> SafeString:
        if frame.is_to_come:
            to_come = {"frame": frame, "now": board.counts(frame)}
            return render_to_string("plans/_dashboard_to_come.html", to_come)
        is_chosen = bool(asked.strip()) and not error
        query = f"{comparison.FIELD}={dates.short(then)}" if is_chosen else ""
        since = f"so với {dates.short(then)}" if is_chosen else "tuần qua"
        worst, to_do = board.needs_attention(frame), board.to_do(frame)
        changes = comparison.changes(frame, then, query)
        named = [one.task_ids for one in to_do] + [one.task_ids for one in changes]
        rows = board.Rows(frame, worst, *named)
        now, before = board.counts(frame), board.counts_before(frame, then)
        context = {
            "frame": frame,
            "now": now.total,
            "before": before.total,
            "figures": board.figures(now.total, before.total, since),
            "by_indicator": bars_html(
                board.bars_by_indicator(now.by_indicator, before.by_indicator),
                "Theo chỉ số",
                "Chỉ số",
                "Nhiệm vụ",
                frame.day_query,
            ),
            "by_unit": bars_html(
                board.bars_by_unit(now.by_unit, before.by_unit),
                "Theo đơn vị chủ trì",
                "Đơn vị",
                "Phần việc",
                frame.day_query,
            ),
            "trouble": board.in_trouble(frame, now.by_unit),
            "changes": [(one, rows.of(one.task_ids)) for one in changes],
            "then": then,
            "attention": rows.of(worst),
            "coming": board.coming(frame),
            "to_do": [(one, rows.of(one.task_ids)) for one in to_do],
        }
        return render_to_string("plans/_dashboard.html", context)

    context = {
        "body": remembered(request, frame, body),
        "then": then,
        "asked": asked,
        "error": error,
    }
    return render(request, "plans/dashboard.html", context)
