from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plans.acts.refusals import Conflict, Invalid, NotNow, Refusal
from reports.acts.drafting import edit
from reports.forms.consolidated import PassageForm
from reports.models import ConsolidatedReport, PassageEdit
from reports.pages.workbench import PassageMark
from reports.round_content.freshness import freshness
from reports.round_content.passages import Passage
from reports.rules import may_draft
from reports.views.consolidated import fetch
from units.kept_text import kept_for
from units.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def passage(request: HttpRequest, report_id: int, key: str) -> HttpResponse:
    """One passage: the generated words and the edited ones side by side."""
    report = fetch(request, report_id)
    if not may_draft(request.user):
        raise PermissionDenied
    found = report.draft.passage(key)
    if found is None:
        raise Http404
    edits = list(report.edits.filter(passage=key))
    if request.method == "POST":
        return _write(request, report, found, edits)
    form = PassageForm(report, found, edits)
    if kept := kept_for(request, form.keep_name):
        form = PassageForm(report, found, edits, kept)
    return _page(request, report, found, edits, form)


def _write(
    request: HttpRequest, report: ConsolidatedReport, found: Passage, edits: list[PassageEdit]
) -> HttpResponse:
    form = PassageForm(report, found, edits, request.POST)
    if not form.is_valid():
        return _page(request, report, found, edits, form, status=422)
    back = "use_generated" in request.POST
    try:
        edit(
            report_id=report.pk,
            passage=found.key,
            by=cast("User", request.user),
            text=None if back else form.cleaned_data["text"],
            seen=form.cleaned_data["seen"],
            request_key=form.cleaned_data["request_key"],
        )
    except Refusal as refusal:
        return _refused(request, report, found, form, refusal)
    done = "Đã dùng lại lời máy soạn" if back else "Đã lưu lời đã sửa"
    messages.success(request, f"{done}: {found.name}.")
    return redirect("consolidated", report_id=report.pk)


def _refused(
    request: HttpRequest,
    report: ConsolidatedReport,
    found: Passage,
    form: PassageForm,
    refusal: Refusal,
) -> HttpResponse:
    """The page again with all that was typed; in a conflict with what the other person wrote."""
    edits = list(report.edits.filter(passage=found.key))
    match refusal:
        case Conflict():
            messages.warning(request, str(refusal))
            form.see_newest(edits[-1].sequence if edits else 0)
            return _page(request, report, found, edits, form, status=409, other=edits[-1:])
        case Invalid():
            form.show_refusal(refusal)
            return _page(request, report, found, edits, form, status=422)
        case NotNow():
            messages.error(request, str(refusal))
            return _page(request, fetch(request, report.pk), found, edits, form, status=409)
    raise PermissionDenied(str(refusal)) from refusal


def _page(
    request: HttpRequest,
    report: ConsolidatedReport,
    found: Passage,
    edits: list[PassageEdit],
    form: PassageForm,
    status: int = 200,
    other: list[PassageEdit] | None = None,
) -> HttpResponse:
    newest = freshness(report).newest.passage(found.key) if report.is_writable else None
    context = {
        "found": report,
        "passage": found,
        "mark": PassageMark(found, edits[-1] if edits else None),
        # The words that a refresh would bring, when they are others.
        "coming": newest.text if newest and newest.text != found.text else "",
        "edits": edits[::-1],
        "other": other[0] if other else None,
        "form": form,
    }
    return render(request, "reports/passage.html", context, status=status)
