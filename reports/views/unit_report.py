"""Pages of one unit's report: writing it, the steps it takes, its versions and their files."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from plans.acts.refusals import Conflict, Invalid, NotYours, Refusal
from reports import files, orders, rules
from reports.acts import steps, writing
from reports.content.model import ReportContent
from reports.forms.unit_report import SectionForm, StepForm
from reports.models import UnitReport, UnitReportVersion
from reports.pages.unit_report import RULES, offers, section_parts, step_form
from reports.states.unit_report import WRITABLE, ReportState, StepKind
from reports.unit_content.comparison import compare
from reports.unit_content.document import as_document
from reports.unit_content.model import SECTIONS
from reports.unit_content.working import Working, working
from reports.views.live import attachment
from units import clock
from units.models import User

FORMATS = ("pdf", "docx")


def fetch(request: HttpRequest, report_id: int) -> UnitReport:
    """The report, if the person may see it; Http404 otherwise."""
    reports = UnitReport.objects.visible_to(cast("User", request.user)).for_page()
    return get_object_or_404(reports, pk=report_id)


def is_of_unit(user: User, report: UnitReport) -> bool:
    """What a unit has not handed in is read by its own people only."""
    return bool(rules.is_of_unit(user, report))


@require_safe
def unit_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """A unit's report: where it stands, what it says, what the reader can do next."""
    return page(request, fetch(request, report_id))


def page(
    request: HttpRequest,
    report: UnitReport,
    *,
    step_back: StepForm | None = None,
    section_back: SectionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; a form that came back stands in its place, with all that was typed."""
    user, today = cast("User", request.user), clock.today()
    own = is_of_unit(user, report)
    open_to_write = report.state in {*WRITABLE, ReportState.MISSING} and report.round.is_open
    now = working(report, today) if own and open_to_write else None
    versions = list(report.versions.defer("frozen").order_by("-number"))
    version = report.newest_version if now is None or step_back else None
    history = list(
        report.steps.select_related("version").prefetch_related("remarks").order_by("-sequence")
    )
    shown = now.content if now else (version.content if version else None)
    context = {
        "report": report,
        "state": ReportState(report.state),
        "days_late": report.round.days_late(versions[-1].submitted_on if versions else today),
        "now": now,
        "content": shown,
        "document": as_document(shown) if shown else None,
        "sections": section_parts(request, report, user, now, section_back) if now else [],
        "version": version,
        "versions": versions,
        "history": history,
        "returned": history[0] if history and history[0].kind in _SAYS_WHY else None,
        "offers": offers(request, report, user, now, version, step_back),
        "unsent": _unsent(step_back, section_back, now),
        "formats": FORMATS,
        "title_tag": "p",
    }
    return render(request, "reports/unit_report.html", context, status=status)


_SAYS_WHY = (StepKind.RETURN, StepKind.REOPEN)


def _unsent(step: StepForm | None, section: SectionForm | None, now: Working | None) -> str:
    """What was typed into a form that the page cannot show any more, so that it is not lost."""
    if section is not None and now is None:
        return str(section["text"].value() or "")
    if step is not None and "reason" in step.fields:
        remarks = [step[name].value() or "" for name in step.fields if name.startswith("remark_")]
        return "\n".join(filter(None, [step["reason"].value() or "", *remarks]))
    return ""


# --- Writing ----------------------------------------------------------------------------------


@require_POST
def write(request: HttpRequest, report_id: int, section: str) -> HttpResponse:
    """A person writes a section in their own words."""
    return _edit(request, report_id, section, writing.write_section)


@require_POST
def use_draft(request: HttpRequest, report_id: int, section: str) -> HttpResponse:
    """The section says its draft again."""
    return _edit(request, report_id, section, writing.use_draft)


def _edit(
    request: HttpRequest, report_id: int, section: str, act: Callable[..., Any]
) -> HttpResponse:
    report = fetch(request, report_id)
    user = cast("User", request.user)
    if section not in SECTIONS:
        raise Http404
    if not rules.may_write(user, report):
        raise PermissionDenied
    now = working(report, clock.today())
    form = SectionForm(report, now.section(section), request.POST)
    if not form.is_valid():
        return page(request, report, section_back=form, status=422)
    keys = {name: form.cleaned_data[name] for name in ("seen", "request_key")}
    said = {"text": form.cleaned_data["text"]} if act is writing.write_section else {}
    try:
        act(report_id=report.pk, section=section, by=user, **keys, **said)
    except Invalid as refusal:
        form.show_refusal(refusal)
        return page(request, report, section_back=form, status=422)
    except Conflict as refusal:
        messages.warning(request, str(refusal))
        form.see_newest()
        return page(request, report, section_back=form, status=409)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return page(request, fetch(request, report_id), section_back=form, status=409)
    messages.success(request, f"Đã ghi phần “{SECTIONS[section]}”.")
    return redirect(f"{reverse('unit-report', args=[report.pk])}#phan-{section}")


# --- Steps ------------------------------------------------------------------------------------

_ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    StepKind.START: (writing.start, "Đã lập báo cáo từ các cập nhật của đơn vị."),
    StepKind.SUBMIT: (steps.submit, "Đã nộp báo cáo cho Văn phòng."),
    StepKind.WITHDRAW: (steps.withdraw, "Đã rút lại báo cáo; đơn vị sửa tiếp được."),
    StepKind.BEGIN_REVIEW: (steps.begin_review, "Đã bắt đầu xem xét; đơn vị không rút lại nữa."),
    StepKind.ACCEPT: (steps.accept, "Đã tiếp nhận báo cáo của {unit}."),
    StepKind.RETURN: (steps.send_back, "Đã trả lại báo cáo cho {unit}."),
    StepKind.REOPEN: (steps.reopen, "Đã mở lại báo cáo của {unit}."),
}


@require_POST
def step(request: HttpRequest, report_id: int, act: str) -> HttpResponse:
    """One step of the report: submit, withdraw, accept, …"""
    report = fetch(request, report_id)
    user = cast("User", request.user)
    carry_out, done = _ACTS[act]
    about = report.newest_version if act == StepKind.RETURN else None
    form = step_form(report, act, user, request.POST, about)
    if not form.is_valid():
        if not RULES[StepKind(act)](user, report):
            raise PermissionDenied
        return page(request, report, step_back=form, status=422)
    keys = {name: form.cleaned_data[name] for name in ("seen", "request_key")}
    try:
        carry_out(report_id=report.pk, by=user, **keys, **form.typed())
    except NotYours as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Invalid as refusal:
        form.show_refusal(refusal)
        return page(request, report, step_back=form, status=422)
    except Conflict as refusal:
        return _again(request, report_id, act, form, str(refusal))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return page(request, fetch(request, report_id), step_back=form, status=409)
    messages.success(request, done.format(unit=report.unit))
    return redirect("unit-report", report_id=report.pk)


def _again(
    request: HttpRequest, report_id: int, act: str, form: StepForm, message: str
) -> HttpResponse:
    """After a conflict: the page as it is now, with a form that has seen it and keeps a reason."""
    messages.warning(request, message)
    report = fetch(request, report_id)
    if act == StepKind.SUBMIT:
        return page(request, report, status=409)
    form.see_newest(report.sequence)
    return page(request, report, step_back=form, status=409)


# --- Versions and files -----------------------------------------------------------------------


def _version(request: HttpRequest, report_id: int, number: int) -> UnitReportVersion:
    report = fetch(request, report_id)
    version = get_object_or_404(report.versions, number=number)
    version.report = report
    return version


@require_safe
def version(request: HttpRequest, report_id: int, number: int) -> HttpResponse:
    """One version as it was submitted, whatever happened since."""
    found = _version(request, report_id, number)
    context = {
        "report": found.report,
        "version": found,
        "document": as_document(found.content),
        "steps": found.steps.prefetch_related("remarks").order_by("sequence"),
        "formats": FORMATS,
        "title_tag": "p",
    }
    return render(request, "reports/unit_version.html", context)


@require_safe
def version_file(
    request: HttpRequest, report_id: int, number: int, file_format: str
) -> HttpResponse:
    """A version as a file: made of its frozen content, the same bytes every time; in the background
    where that takes long."""
    found = _version(request, report_id, number)
    document, user = as_document(found.content), cast("User", request.user)
    if orders.takes_long(file_format, len(document.tasks)):
        placed = orders.place_of_version(found.report, number, file_format=file_format, by=user)
        return redirect("report-order", placed)
    return _file(request, document, file_format)


@require_safe
def draft_file(request: HttpRequest, report_id: int, file_format: str) -> HttpResponse:
    """The report as its unit would submit it now, to read and pass round before it does."""
    report = fetch(request, report_id)
    if not is_of_unit(cast("User", request.user), report):
        raise PermissionDenied
    now = working(report, clock.today())
    document = as_document(now.content)
    if orders.takes_long(file_format, len(document.tasks)):
        user, seen = cast("User", request.user), now.fingerprint
        placed = orders.place_of_written(report, seen, file_format=file_format, by=user)
        return redirect("report-order", placed)
    return _file(request, document, file_format)


def _file(request: HttpRequest, document: ReportContent, file_format: str) -> HttpResponse:
    try:
        return attachment(files.make(document, file_format))
    except files.PdfUnavailable as error:
        return render(request, "reports/no_pdf.html", {"error": error}, status=503)


@require_safe
def comparison(request: HttpRequest, report_id: int, old: int, new: int) -> HttpResponse:
    """Two versions side by side: what changed, by section and by task."""
    before = _version(request, report_id, old)
    after = get_object_or_404(before.report.versions, number=new)
    context = {
        "report": before.report,
        "before": before,
        "after": after,
        "comparison": compare(before.content, after.content),
    }
    return render(request, "reports/unit_comparison.html", context)
