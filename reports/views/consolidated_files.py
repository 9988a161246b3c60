from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from reports import files, orders
from reports.acts.keeping import KeptFileDamaged, issued_file
from reports.acts.made_files import of_draft, remembered
from reports.content.naming import as_draft
from reports.forms.consolidated import CheckForm
from reports.models import ConsolidatedReport
from reports.pages.verification import Finding, check
from reports.round_content.comparison import compare
from reports.views.consolidated import fetch
from reports.views.live import attachment
from units.merging import successors
from units.models import User


@require_safe
def download(request: HttpRequest, report_id: int, file_format: str) -> HttpResponse:
    """A file of the report: of an issued one the very bytes that were issued and none other, of
    another one as it stands now, made in the background when it is large."""
    found = fetch(request, report_id)
    if not found.is_issued:
        content = found.content
        if orders.takes_long(file_format, len(content.tasks)):
            by = cast("User", request.user)
            placed = orders.place_of(found, file_format=file_format, by=by)
            return redirect("report-order", placed)
        try:
            made = files.make(as_draft(content), file_format)
            return attachment(remembered(made, of_draft(found)))
        except files.PdfUnavailable as error:
            return render(request, "reports/no_pdf.html", {"error": error}, status=503)
    kept = get_object_or_404(found.files.select_related("report"), format=file_format)
    try:
        return attachment(issued_file(kept))
    except KeptFileDamaged as error:
        return render(
            request, "reports/kept_file_damaged.html", {"error": error, "found": found}, status=503
        )


@require_safe
def comparison(request: HttpRequest, report_id: int, other_id: int) -> HttpResponse:
    """What changed from one version of a round's report (`other_id`) to another."""
    found = fetch(request, report_id)
    other = fetch(request, other_id)
    if found.round_id != other.round_id or found.pk == other.pk:
        raise Http404
    if other.version > found.version:
        return redirect("consolidated-compare", report_id=other.pk, other_id=found.pk)
    context = {
        "before": other,
        "after": found,
        "comparison": compare(other.content, found.content, successors(found.round.plan.agency_id)),
    }
    return render(request, "reports/comparison.html", context)


def _may_open(user: User, finding: Finding) -> bool:
    reports = ConsolidatedReport.objects.visible_to(user)
    return finding.report is not None and reports.filter(pk=finding.report.pk).exists()


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Anyone inside can ask whether a file is one that was issued, unchanged."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    finding, status = None, 200
    if form.is_bound:
        if form.is_valid():
            finding = check(form.cleaned_data["file"].read())
        else:
            status = 422
    user = cast("User", request.user)
    context = {
        "form": form,
        "finding": finding,
        "may_open": finding is not None and _may_open(user, finding),
    }
    return render(request, "reports/verification.html", context, status=status)
