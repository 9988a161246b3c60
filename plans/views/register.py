from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plans import rules, tallies
from plans.acts.refusals import Invalid, NotYours, Refusal
from plans.acts.register import register_task
from plans.frame import frame_of
from plans.models import Block, Task
from plans.overview import tasks_on
from plans.register_form import GivenTaskForm
from units.kept_text import kept_for
from units.models import User

PER_PAGE = 50


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The tasks that the Government and the Prime Minister gave, as they stood on the day."""
    frame = frame_of(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html")
    tasks = Task.objects.visible_to(frame.user).registered(frame.plan)
    shown = (
        tasks.kept_on(frame.day)
        .filter(registered_on__lte=frame.day)
        .for_page()
        .select_related("source")
    )
    page = Paginator(shown.order_by("position"), PER_PAGE).get_page(request.GET.get("trang"))
    return render(
        request,
        "plans/register.html",
        {
            "page": page,
            "rows": tasks_on(page.object_list, frame.day, measures=False),
            "tally": tallies.of_register(frame.plan, frame.day, tasks),
            "may_add": rules.may_register(frame.user) and _blocks(request).exists(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """The Office or the leadership enters a given task."""
    if not rules.may_register(request.user):
        raise PermissionDenied
    block = get_object_or_404(_blocks(request))
    if request.method != "POST":
        return _page(request, GivenTaskForm(block, kept_for(request, f"register-{block.pk}")))
    form = GivenTaskForm(block, request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        task = register_task(
            block_id=block.pk,
            by=cast("User", request.user),
            given=form.given(),
            request_key=form.cleaned_data["request_key"],
        )
    except NotYours as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Invalid as refusal:
        form.show_refusal(refusal)
        return _page(request, form, 422)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _page(request, form, 409)
    messages.success(request, f"Đã ghi vào sổ nhiệm vụ {task}; các đơn vị được báo.")
    return redirect("register")


def _blocks(request: HttpRequest) -> QuerySet[Block]:
    """The block of the plan in force that keeps a register; the first, if there are several."""
    blocks = Block.objects.filter(
        area__indicator__plan=frame_of(request).plan, keeps_register=True
    ).order_by("area__indicator__position", "area__position", "position")
    return blocks.filter(pk__in=list(blocks.values_list("pk", flat=True)[:1]))


def _page(request: HttpRequest, form: GivenTaskForm, status: int = 200) -> HttpResponse:
    return render(request, "plans/register_add.html", {"form": form}, status=status)
