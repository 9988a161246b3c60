from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from plans import rules
from plans.acts.refusals import Invalid, NotYours, Refusal
from plans.acts.remarks import add_remark
from plans.models import ProgressUpdate, Task, UpdateKind
from plans.remark_form import RemarkForm
from units.kept_text import kept_for
from units.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: HttpRequest, update_id: int) -> HttpResponse:
    """An update with the question which part of it is remarked on, and what is said."""
    user = cast("User", request.user)
    updates = ProgressUpdate.objects.filter(
        assignment__task__in=Task.objects.visible_to(user).values("pk"),
        kind__in=(UpdateKind.REPORT, UpdateKind.CONTRIBUTION),
    )
    update = get_object_or_404(
        updates.select_related("assignment__unit", "assignment__task__plan").prefetch_related(
            "values__measure", "evidence", "remarks"
        ),
        pk=update_id,
    )
    if not rules.may_remark(user, update.assignment):
        raise PermissionDenied
    if request.method != "POST":
        kept = kept_for(request, RemarkForm(update).keep_name)
        return _page(request, RemarkForm(update, kept))
    form = RemarkForm(update, request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        add_remark(update_id=update.pk, by=user, **form.cleaned_data)
    except NotYours as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Invalid as refusal:
        form.show_refusal(refusal)
        return _page(request, form, 422)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _page(request, form, 409)
    messages.success(request, f"Đã ghi góp ý cho {update.assignment.unit}; đơn vị được báo.")
    return redirect("task", task_id=update.assignment.task_id)


def _page(request: HttpRequest, form: RemarkForm, status: int = 200) -> HttpResponse:
    return render(
        request, "plans/remark.html", {"form": form, "update": form.update}, status=status
    )
