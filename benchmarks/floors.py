"""The bare floor of each page: views that read the same rows with the same joins through the same
middleware and print them with a plain template, and do nothing else. Also a URLconf."""

import datetime as dt
import uuid
from typing import Any, cast

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from plans.models import Assignment, AssignmentStanding, Plan, ProgressUpdate, Task, TaskStanding
from units import clock
from units.models import User

_PER_PAGE = 50


def _page(source: str, **context: Any) -> HttpResponse:
    template = _compiled.get(source)
    if template is None:
        template = _compiled[source] = engines["django"].from_string(source)
    return HttpResponse(template.render(context))


_compiled: dict[str, Any] = {}


def empty(request: HttpRequest) -> HttpResponse:
    """What session, person, today and the other middleware cost."""
    return HttpResponse("")


_TASK_LIST = """<!doctype html><title>Nhiệm vụ</title><p>{{ page.paginator.count }}</p><table>
{% for task in page %}<tr><td>{{ task.code }}</td>
<td>{{ task.block.area.indicator.code }} {{ task.block.area.parent.number }}
{{ task.block.area.number }} {{ task.block.area.title }}</td>
<td><a href="{{ task.pk }}">{{ task.title }}</a> {{ task.wording }}</td>
<td>{% for part in task.assignments.all %}{{ part.unit.short_name }} {% endfor %}</td>
{% for now in task.now %}<td>{{ now.due_on }}</td><td>{{ now.state }}</td>
<td>{{ now.report.result }}</td><td>{{ now.reported_on }}</td>{% endfor %}</tr>
{% endfor %}</table>"""


def task_list(request: HttpRequest) -> HttpResponse:
    """Fifty tasks with their place in the plan, units, standing and latest report."""
    plan, day = _plan(), clock.today()
    now = TaskStanding.objects.on(day).select_related("report")
    tasks = (
        Task.objects.filter(plan=plan)
        .select_related("block__area__indicator", "block__area__parent")
        .prefetch_related(
            Prefetch("assignments", Assignment.objects.select_related("unit")),
            Prefetch("standings", now, to_attr="now"),
        )
        .order_by("position")
    )
    page = Paginator(tasks, _PER_PAGE).get_page(request.GET.get("trang"))
    return _page(_TASK_LIST, page=page)


_DASHBOARD = """<!doctype html><title>Bảng theo dõi</title>
{% for rows in tables %}<table>{% for row in rows %}<tr>
{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>{% endfor %}
<ol>{% for one in worst %}<li><a href="{{ one.task.pk }}">{{ one.task.code }} {{ one.task.title }}
{{ one.state }} {{ one.due_on }}</a></li>{% endfor %}</ol>"""


def dashboard(request: HttpRequest) -> HttpResponse:
    """Counts by index (today and a week ago), by unit and by due day; the five due first."""
    plan, day = _plan(), clock.today()
    now = TaskStanding.objects.on(day).filter(task__plan=plan)
    then = TaskStanding.objects.on(day - dt.timedelta(days=7)).filter(task__plan=plan)
    leads = AssignmentStanding.objects.on(day).filter(task__plan=plan)
    tables = [
        _counts(now, "task__block__area__indicator__code"),
        _counts(then, "task__block__area__indicator__code"),
        _counts(leads, "assignment__unit__short_name"),
        now.order_by("due_on").values_list("due_on").annotate(n=Count("pk"))[:40],
    ]
    worst = now.select_related("task__block__area").order_by("due_on")[:5]
    return _page(_DASHBOARD, tables=tables, worst=worst)


def _counts(standings: QuerySet[Any], by: str) -> QuerySet[Any]:
    return standings.order_by(by).values_list(by, "state").annotate(n=Count("pk"))


_TASK = """<!doctype html><title>{{ task.code }}</title><h1>{{ task.title }}</h1>
<p>{{ task.block.area.indicator.code }} {{ task.block.area.title }}</p><p>{{ task.wording }}</p>
{% for part in task.assignments.all %}<p>{{ part.unit.name }}: {% for now in part.now %}
{{ now.state }} {{ now.due_on }} {% endfor %}</p>{% endfor %}
{% for measure in task.measures.all %}<p>{{ measure.name }}: {{ measure.target }}</p>{% endfor %}
<ol>{% for update in updates %}<li>{{ update.recorded_on }} {{ update.by_label }} {{ update.kind }}
{{ update.assignment.unit.name }} {{ update.result }} {{ update.difficulty }} {{ update.cause }}
{{ update.proposal }}{% for value in update.values.all %} {{ value.value }}{% endfor %}
{% for one in update.evidence.all %} {{ one.document_number }}{% endfor %}</li>{% endfor %}</ol>"""


def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """One task with its parts, measures and whole history."""
    leads = AssignmentStanding.objects.on(clock.today())
    found = (
        Task.objects.select_related("plan", "block__area__indicator")
        .prefetch_related(
            "measures",
            Prefetch("assignments", Assignment.objects.select_related("unit")),
            Prefetch("assignments__standings", leads, to_attr="now"),
        )
        .get(pk=task_id)
    )
    updates = (
        ProgressUpdate.objects.filter(assignment__task=found)
        .select_related("assignment__unit")
        .prefetch_related("values", "evidence")
        .order_by("-recorded_on")
    )
    return _page(_TASK, task=found, updates=updates)


@csrf_exempt
def record(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """One row changed, one row added, in one transaction; then a redirect."""
    user = cast("User", request.user)
    with transaction.atomic():
        assignment = Assignment.objects.select_for_update().get(pk=assignment_id)
        assignment.sequence += 1
        assignment.save(update_fields=["sequence"])
        ProgressUpdate.objects.create(
            assignment=assignment,
            sequence=assignment.sequence,
            request_key=uuid.uuid4(),
            kind="report",
            state="in_progress",
            result=request.POST["result"],
            by=user,
            by_label=user.full_name,
            recorded_on=clock.today(),
            recorded_at=clock.now(),
        )
    return redirect("task", task_id=assignment.task_id)


def _plan() -> Plan:
    return Plan.objects.order_by("-year")[0]


urlpatterns = [
    path("nen/trong/", empty),
    path("nen/nhiem-vu/", task_list),
    path("nen/bang/", dashboard),
    path("nen/nhiem-vu/<int:task_id>/", task),
    path("nen/cap-nhat/<int:assignment_id>/", record),
    path("", include("config.urls")),
]
