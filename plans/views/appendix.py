from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from config.office_files.workbooks import kept_grids
from plans import appendix_orders
from plans.acts import appendix_import
from plans.acts.importing import Outdated
from plans.acts.refusals import Invalid, Refusal
from plans.appendix.annotated import annotated as annotated_workbook
from plans.appendix.outcomes import Options
from plans.appendix.preview import Preview, preview_of
from plans.appendix_forms import OPTIONS, ApplyForm, OptionsForm
from plans.models import AppendixImport
from units import clock
from units.kept_text import carry, kept_for
from units.models import User
from units.order_pages import order_page
from units.orders import Order

LOOK = "xem-theo"  # the prefix of options that are only to be looked at
PER_PAGE = 100
MOST_ERRORS = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, import_id: int) -> HttpResponse:
    """What a workbook would change, row by row; applied whole, or not at all. A large one is
    compared and applied by the worker, and this page says how far it is."""
    user = cast("User", request.user)
    one = get_object_or_404(
        AppendixImport.objects.visible_to(user).select_related("plan__agency"), pk=import_id
    )
    if one.applied_at is not None or one.put_aside:
        return render(request, "plans/appendix_done.html", {"one": one})
    applying = appendix_orders.applying(one)
    if applying is not None and applying.is_pending and request.POST.get("do") != "put_aside":
        if request.method == "POST":  # a double click, or somebody else
            return redirect(request.get_full_path())
        return _waiting(request, one, applying, applies=True)
    if request.method == "POST":
        return _act(request, one)
    chosen = OptionsForm(request.GET)
    if not appendix_orders.is_large(one):
        return _page(request, one, _compared(one, chosen), chosen)
    comparing = appendix_orders.comparing(one, chosen.options)
    preview = appendix_orders.previewed(comparing) if comparing else None
    if comparing and (comparing.is_pending or comparing.has_failed):
        return _waiting(request, one, comparing, applies=False)
    if comparing is None or preview is None or _is_older(comparing, applying):
        appendix_orders.place_compare(one, chosen.options, user)
        return redirect(request.get_full_path())
    return _page(request, one, preview, chosen, applying=applying)


def _compared(one: AppendixImport, chosen: OptionsForm) -> Preview:
    return preview_of(appendix_import.compared(one, chosen.options), clock.now())


def _query(options: Options) -> str:
    """The options as they stand in the address."""
    return "&".join(f"{name}=on" for name, is_chosen in _fields(options).items() if is_chosen)


def _fields(options: Options) -> dict[str, bool]:
    return {key: getattr(options, name) for key, name in OPTIONS.items()}


def _is_older(comparing: Order, applying: Order | None) -> bool:
    """Whether applying was refused since: the plan is not as it was then."""
    refused = applying is not None and applying.is_over
    return refused and comparing.placed_at < applying.placed_at  # type: ignore[union-attr]


def _act(request: HttpRequest, one: AppendixImport) -> HttpResponse:
    user = cast("User", request.user)
    if request.POST.get("do") == "look":
        # The options stand in the address; what is typed comes along.
        carry(request, ApplyForm.keep_name)
        query = _query(OptionsForm(request.POST, prefix=LOOK).options)
        return redirect(f"{request.path}?{query}" if query else request.path)
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return _again(request, one, form, status=422)
    try:
        if request.POST.get("do") == "put_aside":
            appendix_import.put_aside(import_id=one.pk, by=user)
            messages.success(request, f"Đã bỏ lần nhập {one.file_name}; phụ lục giữ nguyên.")
            return redirect("plan-import")
        if appendix_orders.is_large(one):
            return _ordered(request, one, form)
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
        return _again(request, one, form, status=422)
    except Refusal as refusal:
        one.refresh_from_db(fields=["applied_at", "applied_by_label", "outcome", "put_aside"])
        if one.applied_at is not None or one.put_aside:  # a double click, or somebody else
            return redirect("appendix-review", import_id=one.pk)
        form.add_error(None, str(refusal))
        return _again(request, one, form, status=409, see=isinstance(refusal, Outdated))
    messages.success(request, f"Đã áp dụng {one.file_name}: {one.outcome}.")
    return redirect("appendix-review", import_id=one.pk)


def _ordered(request: HttpRequest, one: AppendixImport, form: ApplyForm) -> HttpResponse:
    """Order that a large workbook be compared again, or applied as it was shown."""
    user = cast("User", request.user)
    comparing = appendix_orders.comparing(one, form.options)
    preview = appendix_orders.previewed(comparing) if comparing else None
    if request.POST.get("do") == "compare" or preview is None:
        appendix_orders.place_compare(one, form.options, user)
    else:
        appendix_orders.place_apply(
            one,
            preview,
            form.options,
            by=user,
            seen=form.cleaned_data["seen"],
            reason=form.cleaned_data["reason"],
        )
    return redirect(request.get_full_path())


def _again(
    request: HttpRequest, one: AppendixImport, form: ApplyForm, *, status: int, see: bool = False
) -> HttpResponse:
    """The page with the form as it was sent, and what is wrong with it."""
    comparing = appendix_orders.comparing(one, form.options)
    preview = appendix_orders.previewed(comparing) if comparing else None
    if preview is None:
        preview = _compared(one, form)
    if see:
        form.see_newer(preview.seen)
    return _page(request, one, preview, form, form, status=status)


def _waiting(
    request: HttpRequest, one: AppendixImport, order: Order, *, applies: bool
) -> HttpResponse:
    chosen = OptionsForm(request.GET)
    form = ApplyForm(initial={**_fields(chosen.options), "seen": "-"})
    context = {"one": one, "applies": applies, "form": form}
    return order_page(request, order, "plans/appendix_waiting.html", context)


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
    preview: Preview,
    chosen: OptionsForm,
    form: ApplyForm | None = None,
    *,
    status: int = 200,
    applying: Order | None = None,
) -> HttpResponse:
    options = chosen.options
    data = _fields(options)
    if form is None:
        typed = {"reason": applying.given["reason"]} if applying else {}
        kept = kept_for(request, ApplyForm.keep_name)
        if kept is not None and not request.offers_kept_text:  # type: ignore[attr-defined]
            # Carried along; what it had seen was the other view of the workbook.
            typed, kept = {"reason": kept.get("reason", "")}, None
        form = ApplyForm(kept, initial={**typed, **data, "seen": preview.seen})
    asked = request.GET.get("xem", "")
    others = AppendixImport.objects.waiting().filter(plan=one.plan).exclude(pk=one.pk)
    return render(
        request,
        "plans/appendix_review.html",
        {
            "one": one,
            "preview": preview,
            "errors": preview.errors[:MOST_ERRORS],
            "page": Paginator(preview.of_fate(asked), PER_PAGE).get_page(request.GET.get("trang")),
            "asked": asked,
            "query": _query(options),
            "form": form,
            "options": OptionsForm(initial=data, prefix=LOOK),
            "others": others.defer("sheets"),
            "applying": applying,
            "is_kept": appendix_orders.is_large(one),
        },
        status=status,
    )
