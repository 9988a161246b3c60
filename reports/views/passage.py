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
from units import drafts
from units.models import Draft, User


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
    form, draft, other = PassageForm(report, found, edits), None, None
    waiting = drafts.unsent(request, form.keep_name)
    if waiting and form.start_from_unsent(waiting.fields):
        draft = waiting.draft
        seen = waiting.fields.get("seen", "")
        # What somebody else wrote after this was begun stands beside it.
        other = [one for one in edits[-1:] if str(one.sequence) != seen]
    return _page(request, report, found, edits, form, other=other, draft=draft)


def _write(
    request: HttpRequest, report: ConsolidatedReport, found: Passage, edits: list[PassageEdit]
) -> HttpResponse:
    form = PassageForm(report, found, edits, request.POST)
    user = cast("User", request.user)
    if not form.is_valid():
        drafts.save_refused(user, request.POST)
        return _page(request, report, found, edits, form, status=422)
    back = "use_generated" in request.POST
    try:
        edit(
            report_id=report.pk,
            passage=found.key,
            by=user,
            text=None if back else form.cleaned_data["text"],
            seen=form.cleaned_data["seen"],
            request_key=form.cleaned_data["request_key"],
        )
    except Refusal as refusal:
        drafts.save_refused(user, request.POST)
        return _refused(request, report, found, form, refusal)
    drafts.drop(user, form.keep_name)
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
    draft: Draft | None = None,
) -> HttpResponse:
    newest = freshness(report).newest.passage(found.key) if report.is_writable else None
    context = {
        "found": report,
        "passage": found,
        "mark": PassageMark(found, edits[-1] if edits else None, report.as_of),
        # The words that a refresh would bring, when they are others.
        "coming": newest.text if newest and newest.text != found.text else "",
        "edits": edits[::-1],
        "other": other[0] if other else None,
        "form": form,
        "draft": draft,
    }
    return render(request, "reports/passage.html", context, status=status)
