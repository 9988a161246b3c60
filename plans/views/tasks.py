from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans.filters import TaskFilter
from plans.frame import frame_of
from plans.overview import tasks_on

PER_PAGE = 50


@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    """The tasks that the filter in the address asks for, fifty a page, on the day asked about."""
    frame = frame_of(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html")
    task_filter = TaskFilter(request.GET, frame)
    page = Paginator(task_filter.tasks(), PER_PAGE).get_page(request.GET.get("trang"))
    return render(
        request,
        "plans/task_list.html",
        {
            "filter": task_filter,
            "page": page,
            "rows": tasks_on(page.object_list, frame.day, measures=False),
        },
    )
