import logging
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from plans import rules
from plans.acts import decisions
from plans.acts.refusals import Conflict, Invalid, NotNow, NotYours, Refusal
from plans.forms import DecisionForm, HistoryForm, ReasonForm
from plans.models import Assignment, Evidence, Prepared, PreparedEvidence, Task
from plans.views.task import fetch, page
from units.models import User

logger = logging.getLogger(__name__)


_ACTS: dict[str, tuple[Any, Any, type[HistoryForm], str]] = {
    "confirm": (
        decisions.confirm,
        rules.may_confirm,
        DecisionForm,
        "Đã xác nhận phần việc của {unit} trong nhiệm vụ {task}.",
    ),
    "send_back": (
        decisions.send_back,
        rules.may_send_back,
        ReasonForm,
        "Đã trả lại cho {unit}: nhiệm vụ {task}.",
    ),
    "pause": (
        decisions.pause,
        rules.may_pause,
        ReasonForm,
        "Đã cho tạm dừng phần việc của {unit} trong nhiệm vụ {task}.",
    ),
    "stop": (
        decisions.stop,
        rules.may_stop,
        ReasonForm,
        "Đã cho dừng phần việc của {unit} trong nhiệm vụ {task}.",
    ),
    "resume": (
        decisions.resume,
        rules.may_pause,
        DecisionForm,
        "Đã cho {unit} tiếp tục nhiệm vụ {task}.",
    ),
    "withdraw": (
        decisions.withdraw,
        rules.may_record,
        ReasonForm,
        "Đã rút lại đề nghị: nhiệm vụ {task}.",
    ),
    "reopen": (
        decisions.reopen,
        rules.may_reopen,
        ReasonForm,
        "Đã mở lại phần việc của {unit} trong nhiệm vụ {task}.",
    ),
}


@require_POST
def decide(request: HttpRequest, task_id: int, assignment_id: int, act: str) -> HttpResponse:
    """The Office's or the leadership's decision on a lead's part."""
    task, assignment = _fetch(request, task_id, assignment_id)
    carry_out, rule, form_class, done = _ACTS[act]
    form = form_class(assignment, request.POST, act=act)
    if not form.is_valid():
        if not rule(request.user, assignment):
            raise PermissionDenied
        return page(request, task, form, status=422)
    typed = {"reason": form.cleaned_data["reason"]} if form_class is ReasonForm else {}
    try:
        carry_out(assignment_id=assignment.pk, by=request.user, **_keys(form), **typed)
    except Refusal as refusal:
        return _refused(request, task, form, refusal)
    messages.success(request, done.format(unit=assignment.unit, task=task))
    return redirect("task", task_id=task.pk)


def _fetch(request: HttpRequest, task_id: int, assignment_id: int) -> tuple[Task, Assignment]:
    """A task that the person may see, with one of its assignments."""
    task = fetch(request, task_id)
    assignment = get_object_or_404(task.assignments.select_related("unit"), pk=assignment_id)
    assignment.task = task
    return task, assignment


def _keys(form: HistoryForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("seen", "request_key")}


def _refused(request: HttpRequest, task: Task, form: HistoryForm, refusal: Refusal) -> HttpResponse:
    """The page again with all that was typed, and why the act was not carried out."""
    match refusal:
        case NotYours():
            raise PermissionDenied(str(refusal)) from refusal
        case Conflict():
            messages.warning(request, str(refusal))
            form.see_newer(refusal.newer)
            return page(request, task, form, newer=refusal.newer, status=409)
        case Invalid():
            form.show_refusal(refusal)
            return page(request, task, form, status=422)
        case NotNow():
            messages.error(request, str(refusal))
            return page(request, task, form, status=409)
    raise refusal


@require_safe
def evidence(request: HttpRequest, evidence_id: int) -> FileResponse:
    """A file, always as a download, to those who may see its task."""
    tasks = Task.objects.visible_to(cast("User", request.user))
    found = get_object_or_404(
        Evidence.objects.exclude(file="").filter(update__assignment__task__in=tasks.values("pk")),
        pk=evidence_id,
    )
    return _download(found)


@require_safe
def prepared_evidence(request: HttpRequest, evidence_id: int) -> FileResponse:
    """A file that waits to be sent, to the people of the unit only."""
    prepared = Prepared.objects.visible_to(cast("User", request.user))
    files = PreparedEvidence.objects.exclude(file="").filter(prepared__in=prepared.values("pk"))
    return _download(get_object_or_404(files, pk=evidence_id))


def _download(found: Evidence | PreparedEvidence) -> FileResponse:
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        logger.error("Evidence %s is not on the disk: %s", found.pk, found.file.name)
        raise Http404 from None
    return FileResponse(
        file,
        as_attachment=True,
        filename=found.name,
        content_type=found.media_type,
    )
