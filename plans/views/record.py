"""Recording progress: on a page of its own, in the list, or beside the task."""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from plans import my_work, rules
from plans.acts.prepared import give_back, prepare, send_prepared
from plans.acts.progress import record_progress
from plans.acts.refusals import Conflict, Invalid, NotNow, NotYours, Refusal
from plans.forms import ProgressForm, ReasonForm
from plans.frame import frame_of
from plans.models import Assignment, ProgressUpdate, Task
from plans.overview import TaskOnDay, measures_of, tasks_on
from plans.views.opening import Opened, open_form, prepared_for
from plans.views.task import fetch, page
from plans.views.way_back import RETURN_TO, way_back
from plans.views.withdrawn import withdrawn_page
from units import drafts
from units.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, task_id: int, assignment_id: int) -> HttpResponse:
    """A unit's update of its own part."""
    part = fetch_part(request, task_id, assignment_id)
    if not (rules.may_record(request.user, part) or rules.may_prepare(request.user, part)):
        raise PermissionDenied
    if part.task.is_withdrawn:
        sent = ProgressForm(part, request.POST) if request.method == "POST" else None
        return withdrawn_page(request, part.task, sent, status=409 if sent else 200)
    if request.method != "POST":
        on_day = _on_day(request, part.task)
        return _show(request, on_day, part, _correcting(request, open_form(request, on_day, part)))
    # What goes well needs nothing of the task but its measures.
    form = ProgressForm(part, request.POST, request.FILES, measures_of(part.task))
    if quoted := request.POST.get("trich"):
        on_day = _on_day(request, part.task)
        _quote(form, on_day, quoted)
        return _show(request, on_day, part, Opened(form))
    if not form.is_valid():
        form.tell_all()
        return _show(request, _on_day(request, part.task), part, Opened(form), status=422)
    try:
        words = _carry_out(cast("User", request.user), part, form)
    except Refusal as refusal:
        return _refused(request, _on_day(request, part.task), part, form, refusal)
    drafts.drop(cast("User", request.user), form.keep_name)
    return _sent(request, part, words)


def fetch_part(request: HttpRequest, task_id: int, assignment_id: int) -> Assignment:
    """A part of a task that the person may see; Http404 otherwise."""
    task = fetch(request, task_id)
    part = get_object_or_404(task.assignments.select_related("unit"), pk=assignment_id)
    part.task = task
    return part


def _on_day(request: HttpRequest, task: Task) -> TaskOnDay:
    found = tasks_on([task], frame_of(request).today, words=True)
    if not found:
        raise Http404
    return found[0]


def _carry_out(by: User, part: Assignment, form: ProgressForm) -> str:
    """Send it, or hand it to the head of the unit; what to say of it."""
    keys = {name: form.cleaned_data[name] for name in ("seen", "request_key")}
    common: dict[str, Any] = {"assignment_id": part.pk, "by": by, "report": form.report(), **keys}
    seen_prepared = form.cleaned_data.get("prepared_key")
    if rules.may_prepare(by, part):
        prepare(**common, replaces=seen_prepared, kept=form.kept_evidence)
        return f"Đã chuyển lãnh đạo đơn vị nội dung cập nhật nhiệm vụ {part.task}."
    if seen_prepared:
        send_prepared(**common, prepared_key=seen_prepared, kept=form.kept_evidence)
    else:
        record_progress(**common)
    return f"Đã ghi cập nhật cho nhiệm vụ {part.task}."


def _sent(request: HttpRequest, part: Assignment, words: str) -> HttpResponse:
    """To where the person came from; from their own work, to the next thing that waits."""
    back = _way_back(request, part)
    if request.headers.get("HX-Request"):
        return render(request, "plans/_recorded.html", {"part": part, "words": words, "back": back})
    messages.success(request, words)
    if back == reverse("my-work"):
        following = my_work.next_item(frame_of(request), after=f"part-{part.pk}")
        if following:
            return redirect(following.path)
    return redirect(back)


def _way_back(request: HttpRequest, part: Assignment) -> str:
    return way_back(request, otherwise=reverse("task", args=[part.task_id]))


def _correcting(request: HttpRequest, opened: Opened | None) -> Opened | None:
    """The form says which earlier record it sets right, when the address names one."""
    asked = request.GET.get("dinh-chinh", "")
    if opened and asked.isdecimal() and len(asked) < 19:
        opened.form.initial["corrects"] = int(asked)
    return opened


def _quote(form: ProgressForm, on_day: TaskOnDay, quoted: str) -> None:
    """Add what a supporting unit said to the result, as one typed it."""
    for one in on_day.contributions:
        if str(one.update.pk) == quoted:
            form.quote(one.quotation)


def _show(
    request: HttpRequest,
    on_day: TaskOnDay,
    part: Assignment,
    opened: Opened | None,
    status: int = 200,
    reason: ReasonForm | None = None,
) -> HttpResponse:
    """The form with what belongs beside it: as a page, in the list, or on the task's page when it
    was sent from there. `reason` is that of a return that could not be taken."""
    form = opened.form if opened else None
    if form:
        form.show_values(on_day.measures)
    is_fragment = bool(request.headers.get("HX-Request"))
    from_the_task = request.method == "POST" and not request.POST.get(RETURN_TO)
    if from_the_task and not is_fragment and reason is None:
        newer = opened.newer if opened else None
        return page(request, part.task, form, newer=newer, status=status)
    back = _way_back(request, part)
    context = {
        "task": part.task,
        "on_day": on_day,
        "part": part,
        "form": form,
        "opened": opened,
        "is_wide": True,
        "in_list": is_fragment,
        "back": back,
        "form_page": f"{request.path}?{urlencode({RETURN_TO: back})}",
        "prepared": prepared_for(part),
        "corrected": corrected_by(part, form),
        "contributions": on_day.contributions if part.is_lead else (),
        "may_send": rules.may_record(request.user, part),
        "give_back_form": reason or ReasonForm(part, act="give_back"),
        "is_giving_back": reason is not None,
        "waiting": _waiting(request, back),
    }
    template = "plans/_record.html" if is_fragment else "plans/record.html"
    return render(request, template, context, status=status)


def _waiting(request: HttpRequest, back: str) -> int:
    """How many things wait for the person, when they came from there."""
    return my_work.urgent_count(frame_of(request)) if back == reverse("my-work") else 0


def corrected_by(part: Assignment, form: ProgressForm | None) -> ProgressUpdate | None:
    """The earlier record that the form sets right."""
    pk = str(form["corrects"].value() or "") if form else ""
    if not (pk.isdecimal() and len(pk) < 19):
        return None
    return part.updates.filter(pk=pk).first()


def _refused(
    request: HttpRequest, on_day: TaskOnDay, part: Assignment, form: ProgressForm, refusal: Refusal
) -> HttpResponse:
    """The form again with all that was typed, and why it was not carried out."""
    match refusal:
        case NotYours():
            raise PermissionDenied(str(refusal)) from refusal
        case Conflict():
            messages.warning(request, str(refusal))
            form.see_newer(refusal.newer)
            return _show(request, on_day, part, Opened(form, newer=refusal.newer), status=409)
        case Invalid():
            form.show_refusal(refusal)
            return _show(request, on_day, part, Opened(form), status=422)
        case NotNow():
            messages.error(request, str(refusal))
            form.see_prepared(prepared_for(part))
            return _show(request, on_day, part, Opened(form), status=409)
    raise refusal


@require_POST
def hand_back(request: HttpRequest, task_id: int, assignment_id: int) -> HttpResponse:
    """The head of the unit gives a prepared update back to who wrote it."""
    part = fetch_part(request, task_id, assignment_id)
    form = ReasonForm(part, request.POST, act="give_back")
    if not rules.may_record(request.user, part):
        raise PermissionDenied
    if part.task.is_withdrawn:
        return withdrawn_page(request, part.task, form, status=409)
    if form.is_valid():
        try:
            prepared = give_back(
                assignment_id=part.pk,
                by=cast("User", request.user),
                note=form.cleaned_data["reason"],
                request_key=form.cleaned_data["request_key"],
            )
        except Invalid as refusal:
            form.show_refusal(refusal)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Đã trả lại {prepared.by}: nhiệm vụ {part.task}.")
            return redirect("my-work")
    on_day = _on_day(request, part.task)
    opened = open_form(request, on_day, part)
    return _show(request, on_day, part, opened, status=422, reason=form)
