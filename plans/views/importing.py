from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from config.vietnamese.numbers import format_decimal
from plans import rules
from plans.acts import appendix_import, importing
from plans.acts.importing import HasProblems, Outdated
from plans.acts.refusals import Refusal
from plans.frame import PLAN_KEY
from plans.import_forms import (
    DueForm,
    HeadForm,
    NamesForm,
    SeenForm,
    TaskForm,
    UploadForm,
)
from plans.import_preview import preview_of
from plans.models import AppendixImport, PlanImport
from plans.reading import FileRefused
from units.kept_text import kept_for
from units.models import User

PER_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Send a plan document, or go on with one that was sent before."""
    user = cast("User", request.user)
    if not rules.is_administrator(user):
        raise PermissionDenied
    status = 200
    form = UploadForm(
        kept_for(request, UploadForm.keep_name), initial={"plan": request.GET.get("ke-hoach")}
    )
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        status = 422
        if form.is_valid():
            try:
                return _uploaded(user, form)
            except FileRefused as refusal:
                form.add_error(form.given_in, str(refusal))
    waiting = PlanImport.objects.visible_to(user).waiting()
    appendices = AppendixImport.objects.visible_to(user).waiting().select_related("plan")
    return render(
        request,
        "plans/import_start.html",
        {"form": form, "waiting": waiting, "appendices": appendices.defer("sheets")},
        status=status,
    )


def _uploaded(user: User, form: UploadForm) -> HttpResponse:
    """A workbook for a plan that is there changes its appendix; all else is a new plan."""
    document = form.document()
    if plan := form.cleaned_data["plan"]:
        appendix = appendix_import.upload(by=user, plan=plan, **document)
        return redirect("appendix-review", import_id=appendix.pk)
    one = importing.upload(by=user, **document)
    return redirect("plan-import-review", import_id=one.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, import_id: int) -> HttpResponse:
    """What was understood of a document beside its text: to be corrected, then applied whole."""
    user = cast("User", request.user)
    one = get_object_or_404(PlanImport.objects.visible_to(user), pk=import_id)
    if one.plan_id is not None or one.put_aside:
        return render(request, "plans/import_done.html", {"one": one})
    if request.method == "POST":
        return _act(request, one)
    return _page(request, one)


_FORMS: dict[str, Any] = {"names": NamesForm, "head": HeadForm, "due": DueForm, "task": TaskForm}


def _act(request: HttpRequest, one: PlanImport) -> HttpResponse:
    user = cast("User", request.user)
    what = request.POST.get("do", "")
    understood = importing.understand(importing.source_of(one), importing.corrections_of(one))
    form = _FORMS.get(what, SeenForm)(understood, request.POST)
    if not form.is_valid():
        return _page(request, one, form, status=422)
    seen = form.cleaned_data["seen"]
    try:
        if what == "apply":
            plan = importing.apply(import_id=one.pk, by=user, seen=seen)
            request.session[PLAN_KEY] = plan.pk  # the list that follows is that of the new plan
            count = format_decimal(plan.tasks.count())
            messages.success(request, f"Đã nạp kế hoạch “{plan}”: {count} nhiệm vụ.")
            return redirect("task-list")
        if what == "put_aside":
            importing.put_aside(import_id=one.pk, by=user, seen=seen)
            messages.success(request, f"Đã bỏ lần nhập “{one}”; văn bản vẫn được lưu.")
            return redirect("plan-import")
        importing.correct(import_id=one.pk, by=user, seen=seen, changes=form.changes())
    except HasProblems as refusal:
        return _page(request, one, form, status=422, problems=refusal.problems)
    except Outdated as refusal:
        one.refresh_from_db()
        form.see_newer(one.sequence)
        form.add_error(None, str(refusal))
        return _page(request, one, form, status=409)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, one, form, status=409)
    messages.success(request, "Đã ghi phần sửa.")
    page = request.POST.get("trang", "")
    query = f"?trang={page}" if page.isdigit() and page != "1" else ""
    return redirect(f"{reverse('plan-import-review', args=[one.pk])}{query}{form.anchor}")


def _page(
    request: HttpRequest,
    one: PlanImport,
    form: Any = None,
    *,
    status: int = 200,
    problems: Any = (),
) -> HttpResponse:
    """The whole preview, with one form open where something is being corrected."""
    understood = importing.understand(importing.source_of(one), importing.corrections_of(one))
    preview = preview_of(understood)
    page = Paginator(preview.rows, PER_PAGE).get_page(request.GET.get("trang"))
    open_form = form if isinstance(form, HeadForm | TaskForm) else _asked_form(request, understood)
    names = form if isinstance(form, NamesForm) else NamesForm(understood)
    others = PlanImport.objects.visible_to(cast("User", request.user)).waiting()
    return render(
        request,
        "plans/import_review.html",
        {
            "one": one,
            "seen": one.sequence,
            "preview": preview,
            "page": page,
            "names": names,
            "open_form": open_form,
            "act_form": form if type(form) in (SeenForm, DueForm) else None,
            "problems": [(understood.draft.place(one.line), one) for one in problems],
            "others": [
                other for other in others if other.pk != one.pk and other.title == one.title
            ],
        },
        status=status,
    )


def _asked_form(request: HttpRequest, understood: importing.Understood) -> Any:
    """The form that `?sua=` asks for; text kept from an ended session is in it."""
    key = request.GET.get("sua", "")
    if key == "ke-hoach":
        return HeadForm(understood, kept_for(request, "head"))
    if key and TaskForm.knows(understood, key):
        return TaskForm(understood, kept_for(request, f"task-{key}"), key=key)
    return None
