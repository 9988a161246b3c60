"""Giving a directive, urging a unit, raising a difficulty, bringing the plan to all staff."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from plans import rules
from plans.acts import steering
from plans.acts.refusals import NotNow, NotYours
from plans.frame import Frame, frame_of
from plans.matter_forms import (
    DifficultyForm,
    DirectiveForm,
    DisseminationForm,
    UrgingsForm,
    units_of,
)
from plans.matters import owed_by, slack
from plans.models import Assignment, Dissemination, ProgressUpdate, Task
from plans.views.steering.sending import fresh, planned, send, show
from units.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def directive_new(request: HttpRequest) -> HttpResponse:
    """The leadership directs; the Office keeps what the leadership wrote on a document."""
    frame = _frame(request, rules.may_direct)
    status = 200
    if request.method == "POST":
        form = DirectiveForm(frame, request.POST)
        made, status = send(
            request,
            form,
            lambda: steering.give_directive(
                plan=frame.plan,  # type: ignore[arg-type]
                by=frame.user,
                giver=form.cleaned_data.get("giver"),
                **form.said(
                    "units",
                    "words",
                    "given_on",
                    "due_on",
                    "request_key",
                    "tasks",
                    "document_number",
                    "document_date",
                ),
            ),
            allowed=True,
        )
        if made is not None:
            names = ", ".join(one.unit.short_name for one in made)
            messages.success(request, f"Đã gửi ý kiến chỉ đạo đến {names}.")
            return redirect(made[0]) if len(made) == 1 else redirect("directive-list")
    else:
        form = fresh(request, lambda data: DirectiveForm(frame, data))
        if task := _asked_task(request, frame):
            leads = Assignment.objects.leads().filter(task=task)
            form.initial["tasks"] = task.code
            form.initial["units"] = list(leads.values_list("unit", flat=True))
    context = {"form": form, "heading": "Cho ý kiến chỉ đạo", "button": "Gửi ý kiến chỉ đạo"}
    return show(request, "new", "directive-list", context, status)


@require_http_methods(["GET", "HEAD", "POST"])
def urging_new(request: HttpRequest, code: str) -> HttpResponse:
    """The Office urges a unit; what it has overdue or says nothing of is chosen beforehand."""
    frame = _frame(request, rules.may_urge)
    unit = get_object_or_404(units_of(frame), code=code)
    assert frame.plan is not None
    tasks = owed_by(unit, frame.plan, frame.today)
    found = next(iter(slack(frame.plan, frame.today, unit)), None)
    status = 200
    if request.method == "POST":
        form = UrgingsForm(frame, unit, tasks, request.POST)
        made, status = send(
            request,
            form,
            lambda: steering.urge(
                plan=frame.plan,  # type: ignore[arg-type]
                by=frame.user,
                unit=unit,
                **form.said(
                    "tasks",
                    "form",
                    "words",
                    "sent_on",
                    "due_on",
                    "request_key",
                    "document_number",
                    "document_date",
                ),
            ),
            allowed=True,
        )
        if made is not None:
            messages.success(request, f"Đã ghi đôn đốc {unit}.")
            return redirect(made)
    else:
        form = fresh(request, lambda data: UrgingsForm(frame, unit, tasks, data))
        if found and not form.is_bound:
            form.initial["tasks"] = _chosen(request.GET.get("chon", ""), found)
        if asked := request.GET.get("nhiem-vu", ""):
            form.initial["tasks"] = list(tasks.filter(code=asked).values_list("pk", flat=True))
    context = {
        "form": form,
        "slack": found,
        "unit": unit,
        "heading": f"Đôn đốc {unit}",
        "button": "Ghi đôn đốc",
    }
    return show(request, "new", "urging-list", context, status)


def _chosen(which: str, found: Any) -> list[int]:
    chosen = {"qua-han": found.overdue, "im-lang": found.silent}.get(
        which, (*found.overdue, *found.silent)
    )
    return [task.pk for task in chosen]


@require_http_methods(["GET", "HEAD", "POST"])
def difficulty_new(request: HttpRequest) -> HttpResponse:
    """A unit raises a difficulty directly."""
    frame = _frame(request, rules.may_raise)
    status = 200
    if request.method == "POST":
        form = DifficultyForm(frame, request.POST)
        made, status = send(
            request,
            form,
            lambda: steering.raise_difficulty(
                plan=frame.plan,  # type: ignore[arg-type]
                by=frame.user,
                **form.said("words", "proposal", "tasks", "request_key"),
            ),
            allowed=True,
        )
        if made is not None:
            messages.success(request, "Đã gửi khó khăn, vướng mắc đến Văn phòng.")
            return redirect(made)
    else:
        form = fresh(request, lambda data: DifficultyForm(frame, data))
        if task := _asked_task(request, frame):
            form.initial["tasks"] = task.code
    context = {"form": form, "heading": "Nêu khó khăn, vướng mắc", "button": "Gửi Văn phòng"}
    return show(request, "new", "difficulty-list", context, status)


@require_POST
def difficulty_from_update(request: HttpRequest, update_id: int) -> HttpResponse:
    """What a unit wrote in its update goes up as it stands there, in one click."""
    user = cast("User", request.user)
    updates = ProgressUpdate.objects.select_related("assignment__task__plan")
    tasks = Task.objects.visible_to(user)
    update = get_object_or_404(
        updates.filter(assignment__task__in=tasks.values("pk")), pk=update_id
    )
    try:
        made = steering.raise_from_update(update=update, by=user)
    except NotYours as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except NotNow as refusal:
        messages.error(request, str(refusal))
        return redirect("task", task_id=update.assignment.task_id)
    messages.success(request, "Đã gửi khó khăn, vướng mắc đến Văn phòng.")
    return redirect(made)


@require_http_methods(["GET", "HEAD", "POST"])
def dissemination_list(request: HttpRequest) -> HttpResponse:
    """Which units brought the plan to their staff; a head records it here."""
    frame = planned(request)
    if frame is None or frame.plan is None:
        return render(request, "plans/no_plan.html")
    plan, status = frame.plan, 200
    form: DisseminationForm | None = None
    may = frame.is_today and rules.may_disseminate(frame.user)
    if request.method == "POST":
        form = sent = DisseminationForm(request.POST)
        made, status = send(
            request,
            sent,
            lambda: steering.disseminate(
                plan=plan,
                by=frame.user,
                **sent.said("held_on", "way", "people", "note", "request_key"),
            ),
            allowed=bool(rules.may_disseminate(frame.user)),
        )
        if made is not None:
            messages.success(request, "Đã ghi việc quán triệt kế hoạch.")
            return redirect("dissemination-list")
    elif may:
        form = fresh(request, DisseminationForm)
    known = Dissemination.objects.visible_to(frame.user).known_on(frame.day)
    records = list(known.filter(plan=plan).select_related("unit"))
    for record in records:
        record.unit.called_on(plan.naming_day(frame.day))
    told = {record.unit_id for record in records}
    units = units_of(frame).filter(assignments__task__plan=frame.plan).distinct()
    missing = [unit for unit in units if unit.pk not in told] if rules.oversees(frame.user) else []
    context = {"form": form, "records": records, "missing": missing}
    return show(request, "disseminations", "dissemination-list", context, status)


def _frame(request: HttpRequest, rule: Any) -> Frame:
    """The frame, for those whose role includes the act; there is nothing to do without a plan."""
    frame = frame_of(request)
    if not rule(frame.user):
        raise PermissionDenied
    if frame.plan is None:
        raise Http404
    return frame


def _asked_task(request: HttpRequest, frame: Frame) -> Task | None:
    """The task that the address names, if there is one that the reader may see."""
    asked = request.GET.get("nhiem-vu", "")
    return frame.tasks.kept_on(frame.day).filter(code=asked).first() if asked else None
