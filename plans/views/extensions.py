from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from plans import rules
from plans.acts import extensions
from plans.acts.refusals import Invalid, NotYours, Refusal
from plans.extension_forms import AcceptForm, AnswerForm, AskForm, ForwardForm, RefuseForm
from plans.keyed_form import KeyedForm
from plans.models import Extension, Task
from plans.views.task import fetch, page
from units.models import User


@require_POST
def ask(request: HttpRequest, task_id: int, assignment_id: int) -> HttpResponse:
    """A lead asks for a later deadline."""
    task = fetch(request, task_id)
    assignment = get_object_or_404(task.assignments.select_related("unit"), pk=assignment_id)
    assignment.task = task
    if not rules.may_ask_extension(request.user, assignment):
        raise PermissionDenied
    form = AskForm(assignment, request.POST)
    if not form.is_valid():
        return page(request, task, extension_form=form, status=422)
    try:
        extensions.ask_extension(
            assignment_id=assignment.pk, by=cast("User", request.user), **form.cleaned_data
        )
    except Refusal as refusal:
        return _refused(request, task, form, refusal)
    messages.success(request, f"Đã gửi đề nghị gia hạn nhiệm vụ {task}.")
    return redirect("task", task_id=task.pk)


_ANSWERS: dict[str, tuple[Any, Any, type[AnswerForm], str]] = {
    "forward": (
        extensions.forward_extension,
        rules.may_forward_extension,
        ForwardForm,
        "Đã trình Lãnh đạo Sở đề nghị gia hạn của {unit}, nhiệm vụ {task}.",
    ),
    "accept": (
        extensions.accept_extension,
        rules.may_decide_extension,
        AcceptForm,
        "Đã gia hạn cho {unit}: nhiệm vụ {task}.",
    ),
    "refuse": (
        extensions.refuse_extension,
        rules.may_decide_extension,
        RefuseForm,
        "Đã trả lời {unit} không gia hạn nhiệm vụ {task}; thời hạn cũ vẫn tính.",
    ),
}


@require_POST
def answer(request: HttpRequest, extension_id: int, act: str) -> HttpResponse:
    """The Office passes a request on; the leadership agrees or does not."""
    tasks = Task.objects.visible_to(cast("User", request.user))
    extension = get_object_or_404(
        Extension.objects.filter(assignment__task__in=tasks.values("pk")).select_related(
            "assignment__unit"
        ),
        pk=extension_id,
    )
    task = fetch(request, extension.assignment.task_id)
    extension.assignment.task = task
    carry_out, rule, form_class, done = _ANSWERS[act]
    if not rule(request.user, extension):
        raise PermissionDenied
    form = form_class(extension, request.POST)
    if not form.is_valid():
        return page(request, task, extension_form=form, status=422)
    try:
        carry_out(extension_id=extension.pk, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        return _refused(request, task, form, refusal)
    messages.success(request, done.format(unit=extension.assignment.unit, task=task))
    return redirect("task", task_id=task.pk)


def _refused(request: HttpRequest, task: Task, form: KeyedForm, refusal: Refusal) -> HttpResponse:
    """The task's page again with all that was typed, and why the act was not carried out."""
    if isinstance(refusal, NotYours):
        raise PermissionDenied(str(refusal)) from refusal
    if isinstance(refusal, Invalid):
        form.show_refusal(refusal)
        return page(request, task, extension_form=form, status=422)
    messages.error(request, str(refusal))
    return page(request, task, extension_form=form, status=409)
