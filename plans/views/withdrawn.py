import datetime as dt

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from plans.frame import frame_of
from plans.models import Task
from plans.models.absence import out_of_plan
from plans.rules import is_administrator
from plans.timeline import timeline
from plans.timeline.lines import Offers, lines_html

ENTRIES = 30  # of the history on a page


def withdrawn_page(
    request: HttpRequest, task: Task, form: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """A task that is out of its plan, or was on the day asked about: why, what takes its place, all
    that was said. Of a form that was still sent nothing is lost: what was typed stands there to be
    copied."""
    frame = frame_of(request)
    out = out_of_plan(task, frame.day) or out_of_plan(task, frame.today)
    assert out is not None
    since, back_on = out
    history = Paginator(timeline(task, frame.day, frame.user), ENTRIES)
    entries = history.get_page(request.GET.get("lich-su"))
    context = {
        "task": task,
        "successors": task.successors.visible_to(frame.user).order_by("position"),
        "timeline": entries,
        "story": lines_html(entries, Offers()),
        "unsent": _typed(form) if form is not None and form.is_bound else [],
        "since": since,
        "back_on": back_on,
        "before": since - dt.timedelta(days=1),
        "may_restore": back_on is None and is_administrator(frame.user),
    }
    return render(request, "plans/task_withdrawn.html", context, status=status)


def _typed(form: forms.Form) -> list[tuple[str, str]]:
    typed = ((str(one.label), one.value()) for one in form.visible_fields())
    return [(label, text) for label, text in typed if isinstance(text, str) and text.strip()]
