from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_safe

from config.vietnamese import dates
from plans import rules
from plans.appendix.table import in_table
from plans.frame import Frame, frame_of
from plans.listing import Listing, chosen_columns
from plans.overview import in_outline, tasks_on
from reports import files, orders
from reports.content import consolidated
from reports.content.naming import appendix_stem, as_live, task_list_stem
from reports.files.xlsx import appendix, task_list


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """The consolidated report as a page: the same content that its files print."""
    frame = _frame(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html")
    if frame.is_to_come:
        return render(request, "reports/to_come.html")
    return render(
        request,
        "reports/report.html",
        {
            "report": consolidated(frame.plan, frame.day),
            "formats": files.FORMATS,
            "title_tag": "p",
            "query": urlencode({"ngay": dates.short(frame.day)}),
        },
    )


@require_safe
def report_download(request: HttpRequest, file_format: str) -> HttpResponse:
    """The report on the day asked for as a file."""
    frame = _frame(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html", status=404)
    if frame.day_error:
        # A file for another day than the one typed would be taken for the right one.
        return redirect(_again("report", request))
    if frame.is_to_come:
        return redirect("report")
    if orders.takes_long(file_format, frame.plan.tasks.count()):
        placed = orders.place(
            plan=frame.plan, day=frame.day, file_format=file_format, by=frame.user
        )
        return redirect("report-order", placed)
    try:
        file = files.make(as_live(consolidated(frame.plan, frame.day)), file_format)
    except files.PdfUnavailable as error:
        return render(request, "reports/no_pdf.html", {"error": error}, status=503)
    return attachment(file)


@require_safe
def task_export(request: HttpRequest) -> HttpResponse:
    """The tasks that the list shows, in its order and columns, as a workbook."""
    frame = frame_of(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html", status=404)
    if frame.day_error:
        return redirect(_again("task-list", request))
    listing = Listing(request.GET, frame, chosen_columns(frame.user))
    rows = tasks_on(in_outline(listing.tasks(), frame.plan), frame.day)
    name = f"{task_list_stem(frame.plan, frame.day)}.xlsx"
    data = task_list.render(listing, rows)
    return attachment(files.ReportFile(name, files.FORMATS["xlsx"].media_type, data))


@require_safe
def appendix_export(request: HttpRequest) -> HttpResponse:
    """The appendix as it is now, as far as the person may see its tasks: to keep, or to change and
    send back."""
    frame = frame_of(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html", status=404)
    data = appendix.render(frame, list(in_table(frame.tasks.kept_on(frame.today))))
    name = f"{appendix_stem(frame.plan, frame.today)}.xlsx"
    return attachment(files.ReportFile(name, files.FORMATS["xlsx"].media_type, data))


def _frame(request: HttpRequest) -> Frame:
    if not rules.may_see_consolidated_report(request.user):
        raise PermissionDenied
    return frame_of(request)


def attachment(file: files.ReportFile) -> HttpResponse:
    """A file made on request, as a download."""
    response = HttpResponse(file.data, content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or ""
    response["Cache-Control"] = "private, no-cache"
    return response


def _again(view: str, request: HttpRequest) -> str:
    """The page that says what is wrong with the day in the address."""
    return f"{reverse(view)}?{request.GET.urlencode()}"
