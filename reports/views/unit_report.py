"""Pages of one unit's report: writing it, the steps it takes, its versions and their files."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from plans.acts.refusals import Conflict, Invalid, NotYours, Refusal
from reports import files, orders, rules
from reports.acts import steps, writing
from reports.acts.made_files import of_unit_report, remembered
from reports.content.model import ReportContent
from reports.forms.unit_report import StepForm, WritingForm
from reports.models import UnitReport, UnitReportVersion
from reports.pages.unit_report import RULES, offers, step_form, unrecorded, writing_of
from reports.states.unit_report import WRITABLE, ReportState, StepKind
from reports.unit_content.comparison import compare
from reports.unit_content.document import as_document, as_drafted
from reports.unit_content.model import SECTIONS
from reports.unit_content.working import working
from reports.views.live import attachment
from units import clock, drafts
from units.models import User

FORMATS = ("pdf", "docx")


def fetch(request: HttpRequest, report_id: int) -> UnitReport:
    """The report, if the person may see it, its unit called as on the day of the figures; Http404
    otherwise."""
    reports = UnitReport.objects.visible_to(cast("User", request.user)).for_page()
    report = get_object_or_404(reports, pk=report_id)
    report.unit.called_on(report.round.naming_day)
    return report


@require_safe
def unit_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """A unit's report: where it stands, what it says, what the reader can do next."""
    return page(request, fetch(request, report_id))


def page(
    request: HttpRequest,
    report: UnitReport,
    *,
    step_back: StepForm | None = None,
    writing_back: WritingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; a form that came back stands in its place, with all that was typed."""
    user, today = cast("User", request.user), clock.today()
    unsent = rules.reads_unsent(user, report)
    open_to_write = report.state in {*WRITABLE, ReportState.MISSING} and report.round.is_open
    now = working(report, today) if unsent and open_to_write else None
    versions = list(report.versions.defer("frozen").order_by("-number"))
    version = report.newest_version if now is None or step_back else None
    history = list(
        report.steps.select_related("version").prefetch_related("remarks").order_by("-sequence")
    )
    shown = now.content if now else (version.content if version else None)
    written = writing_of(request, report, user, now, writing_back)
    context = {
        "report": report,
        "state": ReportState(report.state),
        "days_late": report.round.days_late(versions[-1].submitted_on if versions else today),
        "now": now,
        "content": shown,
        "document": (as_drafted if now else as_document)(shown) if shown else None,
        "writing": written,
        "refused": _wrong_fields(step_back, writing_back),
        "version": version,
        "versions": versions,
        "history": history,
        "returned": history[0] if history and history[0].kind in _SAYS_WHY else None,
        "offers": offers(request, report, user, now, version, step_back),
        "unsent": _unsent(step_back) or written.left,
        "formats": FORMATS,
        "title_tag": "p",
    }
    return render(request, "reports/unit_report.html", context, status=status)


_SAYS_WHY = (StepKind.RETURN, StepKind.REOPEN)


def _wrong_fields(*came_back: StepForm | WritingForm | None) -> list[BoundField]:
    return [field for one in came_back if one and one.errors for field in one.lead_to_errors()]


def _unsent(step: StepForm | None) -> str:
    """What was typed into a form that the page cannot show any more, so that it is not lost."""
    if step is not None and "reason" in step.fields:
        remarks = [step[name].value() or "" for name in step.fields if name.startswith("remark_")]
        return "\n".join(filter(None, [step["reason"].value() or "", *remarks]))
    return ""


# --- Writing ----------------------------------------------------------------------------------


@require_POST
def write(request: HttpRequest, report_id: int) -> HttpResponse:
    """A person writes sections in their own words, or lets one say its draft again."""
    report = fetch(request, report_id)
    user = cast("User", request.user)
    if not rules.may_write(user, report):
        raise PermissionDenied
    form = WritingForm(report, working(report, clock.today()).sections, request.POST)
    status = 422
    if form.is_valid():
        try:
            edits = writing.write_sections(
                report_id=report.pk,
                wordings=form.wordings,
                by=user,
                request_key=form.cleaned_data["request_key"],
            )
        except Invalid as refusal:
            form.show_refusal(refusal)
        except Conflict as refusal:
            messages.warning(request, str(refusal))
            status = 409
        except Refusal as refusal:
            messages.error(request, str(refusal))
            drafts.save_refused(user, request.POST)
            return page(request, fetch(request, report_id), writing_back=form, status=409)
        else:
            drafts.drop(user, form.keep_name)
            return _written(request, report, [SECTIONS[one.section] for one in edits])
    drafts.save_refused(user, request.POST)
    form.see_newest()
    return page(request, report, writing_back=form, status=status)


def _written(request: HttpRequest, report: UnitReport, titles: list[str]) -> HttpResponse:
    """Back to the section whose button was pressed."""
    if titles:
        named = ", ".join(dict.fromkeys(f"“{one}”" for one in titles))
        messages.success(request, f"Đã ghi phần {named}.")
    else:
        messages.info(request, "Không có phần nào thay đổi nên không ghi gì.")
    at = request.POST.get("use_draft") or request.POST.get("at", "")
    place = f"#phan-{at}" if at in SECTIONS else ""
    return redirect(f"{reverse('unit-report', args=[report.pk])}{place}")


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
    if act == StepKind.SUBMIT and rules.may_submit(user, report) and report.is_writable:
        left = unrecorded(report, user, working(report, clock.today()))
        if left:
            named = ", ".join(f"“{one}”" for one in left)
            messages.error(
                request,
                f"Chưa nộp: đồng chí đã gõ vào phần {named} mà chưa ghi. Nội dung đó vẫn còn trong "
                "ô; đồng chí ghi, hoặc bỏ bản nháp, rồi nộp.",
            )
            return page(request, report, status=409)
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
    return _file(request, document, file_format, of_unit_report(found.report, number))


@require_safe
def draft_file(request: HttpRequest, report_id: int, file_format: str) -> HttpResponse:
    """The report as its unit would submit it now, to read and pass round before it does."""
    report = fetch(request, report_id)
    if not rules.reads_unsent(request.user, report):
        raise PermissionDenied
    now = working(report, clock.today())
    document = as_drafted(now.content)
    if orders.takes_long(file_format, len(document.tasks)):
        user, seen = cast("User", request.user), now.fingerprint
        placed = orders.place_of_written(report, seen, file_format=file_format, by=user)
        return redirect("report-order", placed)
    return _file(request, document, file_format, of_unit_report(report, None))


def _file(
    request: HttpRequest, document: ReportContent, file_format: str, words: str
) -> HttpResponse:
    try:
        return attachment(remembered(files.make(document, file_format), words))
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
