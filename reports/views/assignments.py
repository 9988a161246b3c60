"""The plan's appendix of assignments, the page and its files: it is addressed to every unit, so
that everybody inside reads it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans.frame import frame_of
from reports import files
from reports.content.assignments import assignments
from reports.views.live import attachment


@require_safe
def plan_appendix(request: HttpRequest) -> HttpResponse:
    """Who does what, as it will be printed. As of today: assignments have no other day."""
    frame = frame_of(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html")
    content = assignments(frame.plan, frame.today)
    context = {"content": content, "formats": files.FORMATS, "title_tag": "p"}
    return render(request, "reports/plan_appendix.html", context)


@require_safe
def plan_appendix_download(request: HttpRequest, file_format: str) -> HttpResponse:
    frame = frame_of(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html", status=404)
    try:
        file = files.make_assignments(assignments(frame.plan, frame.today), file_format)
    except files.PdfUnavailable as error:
        return render(request, "reports/no_pdf.html", {"error": error}, status=503)
    return attachment(file)
