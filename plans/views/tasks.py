"""The task list: as a page, in print, and how each person likes to see it."""

import uuid
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plans import rules
from plans.acts import views as acts
from plans.acts.refusals import Refusal
from plans.cells import Recording, rows_html
from plans.columns import CHOICES, read_columns
from plans.frame import frame_of
from plans.listing import ALL, COLUMNS, PAGE, Listing, chosen_columns
from plans.models import SavedView
from plans.overview import tasks_on
from plans.remembered import remembered
from units.models import User

PER_PAGE = 50


@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    """The tasks that the address asks for, fifty a page, on the day asked about. Without anything
    in the address it is the reader's default view."""
    frame = frame_of(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html")
    views = list(SavedView.objects.visible_to(frame.user))
    default = next((view for view in views if view.is_default), None)
    if default is not None and default.query and not request.GET.keys() - {"ngay"}:
        address = "&".join(part for part in (default.query, frame.day_query) if part)
        return redirect(f"{request.path}?{address}")
    chosen = chosen_columns(frame.user)

    def table() -> SafeString:
        listing = Listing(request.GET, frame, chosen)
        page = Paginator(listing.tasks(), PER_PAGE).get_page(request.GET.get(PAGE))
        rows = tasks_on(page.object_list, frame.day, measures=False)
        recording = Recording(frame.user, request.get_full_path()) if frame.is_today else None
        html = rows_html(
            rows,
            listing.columns,
            frame.day_query,
            grouped=listing.is_grouped,
            recording=recording,
        )
        context = {
            "listing": listing,
            "filter": listing.filter,
            "page": page,
            "rows": html,
            "frame": frame,
        }
        return render_to_string("plans/_task_list.html", context)

    context = {
        "table": remembered(request, frame, table, chosen),
        "views": views,
        "address": request.GET.urlencode(),
        "choices": CHOICES,
        "chosen": read_columns(request.GET.get(COLUMNS) or chosen),
        "may_record_several": frame.is_today and rules.has_own_work(frame.user),
        "request_key": uuid.uuid4(),
    }
    return render(request, "plans/task_list.html", context)


@require_safe
def task_print(request: HttpRequest) -> HttpResponse:
    """All tasks of the same list on A4 landscape: no frame, no pages."""
    frame = frame_of(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html")
    listing = Listing(request.GET, frame, chosen_columns(frame.user))
    rows = tasks_on(listing.tasks(), frame.day, measures=False)
    context = {
        "listing": listing,
        "count": len(rows),
        "rows": rows_html(rows, listing.columns, frame.day_query, grouped=listing.is_grouped),
    }
    return render(request, "plans/task_print.html", context)


@require_POST
def choose_columns(request: HttpRequest) -> HttpResponse:
    """Remembers the columns and shows the same list with them."""
    columns = acts.choose_columns(
        by=cast("User", request.user), columns=request.POST.getlist("cot-hien")
    )
    return redirect(_list_with(request, {COLUMNS: columns}))


@require_http_methods(["GET", "HEAD", "POST"])
def view_list(request: HttpRequest) -> HttpResponse:
    """The reader's saved views; a POST saves one more."""
    user = cast("User", request.user)
    if request.method != "POST":
        return _view_list(request)
    name = request.POST.get("ten", "")
    try:
        view = acts.save_view(
            by=user,
            name=name,
            query=_kept(request),
            is_default=bool(request.POST.get("mac-dinh")),
        )
    except Refusal as refused:
        return _view_list(request, typed=name, error=str(refused))
    messages.success(request, f"Đã lưu danh sách “{view.name}”.")
    return redirect(f"{reverse('task-list')}?{view.query or ALL + '=tat-ca'}")


@require_POST
def view_change(request: HttpRequest, view_id: int) -> HttpResponse:
    """Rename, delete, or open first (`viec` says which) one of the reader's own views."""
    view = get_object_or_404(SavedView.objects.visible_to(cast("User", request.user)), pk=view_id)
    try:
        match request.POST.get("viec"):
            case "xoa":
                acts.delete_view(view=view)
                messages.success(request, f"Đã xóa danh sách “{view.name}”.")
            case "mo-dau":
                acts.make_default(view=view, wanted=not view.is_default)
                messages.success(request, f"Đã đổi danh sách mở đầu tiên: “{view.name}”.")
            case _:
                acts.rename_view(view=view, name=request.POST.get("ten", ""))
                messages.success(request, f"Đã đổi tên thành “{view.name}”.")
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect("view-list")


def _view_list(request: HttpRequest, typed: str = "", error: str = "") -> HttpResponse:
    views = SavedView.objects.visible_to(cast("User", request.user))
    context = {"views": views, "typed": typed, "error": error, "address": _address(request)}
    return render(request, "plans/view_list.html", context, status=422 if error else 200)


def _address(request: HttpRequest) -> str:
    return request.POST.get("dia-chi", "")[:2000]


def _kept(request: HttpRequest) -> str:
    """Of the address that a form was sent from, what a view keeps of it."""
    return _listing(request, QueryDict(_address(request))).kept


def _list_with(request: HttpRequest, fields: dict[str, str]) -> str:
    """The address that a form was sent from, with some fields set, on the same day."""
    data = QueryDict(_address(request), mutable=True)
    for name, value in fields.items():
        data[name] = value
    day = urlencode({"ngay": data["ngay"]}, safe="/") if "ngay" in data else ""
    query = "&".join(part for part in (_listing(request, data).kept, day) if part)
    return f"{reverse('task-list')}?{query or ALL + '=tat-ca'}"


def _listing(request: HttpRequest, data: QueryDict) -> Listing:
    frame = frame_of(request)
    return Listing(data, frame, chosen_columns(frame.user))
