from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from config.office_files.workbooks import kept_grids
from plans.acts import appendix_import
from plans.acts.importing import Outdated
from plans.acts.refusals import Invalid, Refusal
from plans.appendix.annotated import annotated as annotated_workbook
from plans.appendix.outcomes import Fate
from plans.appendix_forms import ApplyForm, OptionsForm
from plans.models import AppendixImport
from units.kept_text import kept_for
from units.models import User

PER_PAGE = 100
MOST_ERRORS = 200
MANY = 500
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, import_id: int) -> HttpResponse:
    """What a workbook would change, row by row; applied whole, or not at all."""
    user = cast("User", request.user)
    one = get_object_or_404(
        AppendixImport.objects.visible_to(user).select_related("plan__agency"), pk=import_id
    )
    if one.applied_at is not None or one.put_aside:
        return render(request, "plans/appendix_done.html", {"one": one})
    if request.method != "POST":
        return _page(request, one, OptionsForm(request.GET))
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return _page(request, one, form, form, status=422)
    try:
        if request.POST.get("do") == "put_aside":
            appendix_import.put_aside(import_id=one.pk, by=user)
            messages.success(request, f"Đã bỏ lần nhập {one.file_name}; phụ lục giữ nguyên.")
            return redirect("plan-import")
        one = appendix_import.apply(
            import_id=one.pk,
            by=user,
            seen=form.cleaned_data["seen"],
            options=form.options,
            reason=form.cleaned_data["reason"],
        )
    except Invalid as refusal:
        for name, words in refusal.errors.items():
            form.add_error(name if name in form.fields else None, words)
        return _page(request, one, form, form, status=422)
    except Refusal as refusal:
        one.refresh_from_db(fields=["applied_at", "applied_by_label", "outcome", "put_aside"])
        if one.applied_at is not None or one.put_aside:  # a double click, or somebody else
            return redirect("appendix-review", import_id=one.pk)
        form.add_error(None, str(refusal))
        return _page(request, one, form, form, status=409, see=isinstance(refusal, Outdated))
    messages.success(request, f"Đã áp dụng {one.file_name}: {one.outcome}.")
    return redirect("appendix-review", import_id=one.pk)


@require_safe
def annotated(request: HttpRequest, import_id: int) -> HttpResponse:
    """The workbook with what was understood of it beside each row."""
    user = cast("User", request.user)
    one = get_object_or_404(
        AppendixImport.objects.visible_to(user).select_related("plan__agency"), pk=import_id
    )
    comparison = appendix_import.compared(one, OptionsForm(request.GET).options)
    data = annotated_workbook(kept_grids(one.sheets), comparison)
    response = HttpResponse(data, content_type=_XLSX)
    name = f"{one.file_name.rsplit('.', 1)[0]}_da_kiem_tra.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "private, no-cache"
    return response


def _page(
    request: HttpRequest,
    one: AppendixImport,
    chosen: OptionsForm,
    form: ApplyForm | None = None,
    *,
    status: int = 200,
    see: bool = False,
) -> HttpResponse:
    options = chosen.options
    comparison = appendix_import.compared(one, options)
    data = {"rut": options.withdraw_missing, "giu": options.keep_words}
    if form is None:
        form = ApplyForm(kept_for(request, ApplyForm.keep_name), initial={
            **data, "seen": comparison.seen
        })  # fmt: skip
    elif see:
        form.see_newer(comparison.seen)
    asked = request.GET.get("xem", "")
    fates = [fate for fate in Fate if fate.key == asked] or [
        fate for fate in Fate if fate is not Fate.SAME
    ]
    rows = [row for row in comparison.outcomes if row.fate in fates or (not asked and row.remarks)]
    query = "&".join(name for name in ("rut=on" * data["rut"], "giu=on" * data["giu"]) if name)
    others = AppendixImport.objects.waiting().filter(plan=one.plan).exclude(pk=one.pk)
    return render(
        request,
        "plans/appendix_review.html",
        {
            "one": one,
            "comparison": comparison,
            "counts": [(fate, count) for fate, count in comparison.counts.items() if count],
            "errors": comparison.errors[:MOST_ERRORS],
            "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("trang")),
            "asked": asked,
            "query": query,
            "form": form,
            "options": OptionsForm(initial=data),
            "others": others.defer("sheets"),
            "is_long": comparison.counts[Fate.CHANGED] > MANY,
        },
        status=status,
    )
