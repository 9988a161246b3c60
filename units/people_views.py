from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.office_files.opening import FileRefused
from units.accounts import importing
from units.accounts.changes import Fate
from units.accounts.passwords import give_first_passwords
from units.accounts.refusals import Outdated, Refused
from units.accounts.workbooks import form_for_people, list_of_passwords
from units.forms import KeyForm, PeopleFileForm, SeenForm
from units.models import PeopleImport, User

PER_PAGE = 100
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Send a workbook with people, or go on with one that was sent before."""
    user = _administrator(request)
    form, status = PeopleFileForm(), 200
    if request.method == "POST":
        form, status = PeopleFileForm(request.POST, request.FILES), 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            key = form.cleaned_data["request_key"]
            try:
                one = importing.upload(
                    by=user, name=file.name, content=file.read(), request_key=key
                )
            except FileRefused as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect("people-import-review", import_id=one.pk)
    imports = PeopleImport.objects.visible_to(user).defer("sheets")
    context = {
        "form": form,
        "waiting": imports.waiting(),
        "applied": imports.filter(applied_at__isnull=False)[:10],
    }
    return render(request, "units/people_import.html", context, status=status)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in; `?du=co` with everyone who has an account."""
    _administrator(request)
    is_full = request.GET.get("du") == "co"
    people = User.objects.select_related("unit").order_by("unit__position", "sort_key")
    data = form_for_people(people if is_full else ())
    return _workbook(data, "Danh_sach_can_bo.xlsx" if is_full else "Mau_danh_sach_can_bo.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, import_id: int) -> HttpResponse:
    """What a workbook would do to the accounts, row by row; applied whole, or not at all."""
    user = cast("User", request.user)
    one = get_object_or_404(PeopleImport.objects.visible_to(user), pk=import_id)
    if request.method != "POST":
        return _done(request, one) if one.applied_at or one.put_aside else _page(request, one)
    form = SeenForm(request.POST)
    if not form.is_valid():
        return _page(request, one, form, status=422)
    try:
        if request.POST.get("do") == "put_aside":
            importing.put_aside(import_id=one.pk, by=user)
            messages.success(request, f"Đã bỏ lần nhập {one.file_name}; tài khoản giữ nguyên.")
            return redirect("people-import")
        one = importing.apply(import_id=one.pk, by=user, seen=form.cleaned_data["seen"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, one, form, status=409, see=isinstance(refusal, Outdated))
    messages.success(request, f"Đã áp dụng {one.file_name}: {one.outcome}.")
    return redirect("people-import-review", import_id=one.pk)


@require_POST
def passwords(request: HttpRequest, import_id: int) -> HttpResponse:
    """First passwords for the new people of an import, on a page to print or as a workbook. They
    are in this answer and nowhere else."""
    user = cast("User", request.user)
    one = get_object_or_404(PeopleImport.objects.visible_to(user), pk=import_id)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _done(request, one, status=422)
    given = give_first_passwords(
        people=one.made.all(), by=user, request_key=form.cleaned_data["request_key"]
    )
    if request.POST.get("do") == "xlsx":
        response = _workbook(list_of_passwords(given), "Mat_khau_dau.xlsx")
    else:
        context = {"one": one, "given": given}
        response = render(request, "units/first_passwords.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _page(
    request: HttpRequest,
    one: PeopleImport,
    form: SeenForm | None = None,
    *,
    status: int = 200,
    see: bool = False,
) -> HttpResponse:
    comparison = importing.compared(one, cast("User", request.user))
    if form is None or see:
        errors = form.errors if form else None
        form = SeenForm(initial={"seen": comparison.seen})
        refusals = errors["__all__"] if errors else []
    else:
        refusals = form.non_field_errors()
    asked = request.GET.get("xem", "")
    rows = [row for row in comparison.outcomes if asked in ("", row.fate.key)]
    context = {
        "one": one,
        "comparison": comparison,
        "counts": [(fate, count) for fate, count in comparison.counts.items() if count],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("trang")),
        "asked": asked if asked in {fate.key for fate in Fate} else "",
        "form": form,
        "refusals": refusals,
        "others": PeopleImport.objects.waiting().exclude(pk=one.pk).defer("sheets"),
    }
    return render(request, "units/people_import_review.html", context, status=status)


def _done(request: HttpRequest, one: PeopleImport, status: int = 200) -> HttpResponse:
    waiting = one.made.filter(must_change_password=True).select_related("unit")
    context = {"one": one, "made": one.made.count(), "waiting": waiting, "form": KeyForm()}
    return render(request, "units/people_import_done.html", context, status=status)


def _administrator(request: HttpRequest) -> User:
    user = cast("User", request.user)
    if not user.is_administrator:
        raise PermissionDenied
    return user


def _workbook(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=_XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "private, no-cache"
    return response
