from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from plans import rules as plan_rules
from plans.acts.refusals import Conflict, Invalid, NotNow, NotYours, Refusal
from plans.frame import frame_of
from reports import orders
from reports.acts import drafting, issuing, signing
from reports.forms.consolidated import (
    IssueForm,
    ReasonForm,
    SendForm,
    StepForm,
    SubmitForm,
    WordsForm,
)
from reports.models import ConsolidatedReport, Round
from reports.pages.workbench import (
    acts_open_to,
    checked_by,
    differing,
    history,
    marks,
    orphans,
    plan_blanks,
    signed_after,
    silent,
)
from reports.round_content.freshness import Freshness, freshness, later_news
from reports.rules import may_draft
from reports.states.consolidated import Act, ReportStatus
from reports.states.unit_report import ReportState
from units.kept_text import kept_for
from units.models import User


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every round of the plan with its consolidated reports; begin the one that is missing."""
    frame = frame_of(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html")
    reports = ConsolidatedReport.objects.visible_to(frame.user).order_by("-version")
    rounds = (
        Round.objects.visible_to(frame.user)
        .filter(plan=frame.plan)
        .prefetch_related(Prefetch("consolidated", reports.select_related("replaced_by")))
        .annotate(
            asked=Count("reports", distinct=True),
            accepted=Count("reports", distinct=True, filter=Q(reports__state=ReportState.ACCEPTED)),
        )
    )
    rows = [
        {"round": one, "reports": list(one.consolidated.all()), "form": _start_form()}
        for one in rounds
    ]
    context = {"rows": rows, "may_draft": may_draft(frame.user)}
    return render(request, "reports/consolidated_list.html", context)


def _start_form() -> StepForm:
    return StepForm("start", ConsolidatedReport())


@require_POST
def start(request: HttpRequest, round_id: int) -> HttpResponse:
    """The Office begins the report of a round."""
    user = cast("User", request.user)
    if not plan_rules.may_see_consolidated_report(user):
        raise PermissionDenied
    round = get_object_or_404(Round.objects.visible_to(user), pk=round_id)
    if not may_draft(user):
        raise PermissionDenied
    form = StepForm("start", ConsolidatedReport(), request.POST)
    if not form.is_valid():
        messages.error(request, "Biểu mẫu gửi thiếu. Đồng chí bấm lại nút lập báo cáo.")
        return redirect("consolidated-list")
    try:
        report = drafting.start(
            round_id=round.pk, by=user, request_key=form.cleaned_data["request_key"]
        )
    except NotNow as refusal:
        messages.error(request, str(refusal))
        return redirect("consolidated-list")
    messages.success(request, f"Đã lập dự thảo báo cáo tổng hợp “{round}”.")
    return redirect("consolidated", report_id=report.pk)


@require_safe
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """One consolidated report: where it stands, what to do next, its text as it is printed."""
    return page(request, fetch(request, report_id))


def fetch(request: HttpRequest, report_id: int) -> ConsolidatedReport:
    """The report, if the person may see it; Http404 otherwise."""
    reports = ConsolidatedReport.objects.visible_to(cast("User", request.user)).for_page()
    return get_object_or_404(reports, pk=report_id)


@dataclass(frozen=True, slots=True)
class _Step:
    """How a step is offered and carried out: its form, its act, its button, its message."""

    form: type[StepForm]
    carry_out: Any
    button: str
    done: str


STEPS: dict[Act, _Step] = {
    Act.REFRESH: _Step(
        StepForm,
        drafting.refresh,
        "Cập nhật theo báo cáo mới",
        "Đã cập nhật lời máy soạn theo báo cáo mới. Đoạn đã sửa tay được giữ nguyên.",
    ),
    Act.SUBMIT: _Step(
        SubmitForm, signing.submit, "Trình Lãnh đạo Sở", "Đã trình báo cáo lên Lãnh đạo Sở."
    ),
    Act.SIGN: _Step(WordsForm, signing.sign, "Ký duyệt", "Đã ký duyệt báo cáo."),
    Act.RETURN: _Step(
        ReasonForm, signing.send_back, "Trả lại", "Đã trả lại báo cáo cho Văn phòng."
    ),
    Act.ISSUE: _Step(
        IssueForm, issuing.issue, "Ban hành", "Đã ban hành báo cáo; nội dung và ba tệp được giữ."
    ),
    Act.SEND: _Step(SendForm, issuing.send, "Ghi đã gửi", "Đã ghi việc gửi báo cáo."),
    Act.CORRECT: _Step(
        ReasonForm, drafting.correct, "Lập bản thay thế", "Đã lập bản thay thế để soạn lại."
    ),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that the reader may take now."""

    act: Act
    form: StepForm
    is_main: bool
    is_open: bool

    @property
    def url_name(self) -> str:
        return f"consolidated-{self.act}"

    @property
    def button(self) -> str:
        return STEPS[self.act].button


@require_POST
def step(request: HttpRequest, report_id: int, act: str) -> HttpResponse:
    """A step of a report, by whoever may take it."""
    found = fetch(request, report_id)
    chosen = STEPS[Act(act)]
    form = chosen.form(act, found, request.POST)
    user = cast("User", request.user)
    if not form.is_valid():
        if Act(act) not in _could(user):
            raise PermissionDenied
        return page(request, found, form, status=422)
    try:
        if Act(act) == Act.ISSUE and orders.takes_long("pdf", len(found.content.tasks)):
            placed = orders.place_issue(found, by=user, **form.typed)
            return redirect("report-order", placed)
        made = chosen.carry_out(report_id=found.pk, by=user, **form.typed)
    except Refusal as refusal:
        return _refused(request, found, form, refusal)
    messages.success(request, chosen.done)
    target = made.pk if isinstance(made, ConsolidatedReport) else found.pk
    return redirect("consolidated", report_id=target)


def _could(user: User) -> set[Act]:
    """What the role allows in some state: an empty form of these is 422, of others 403."""
    office = {Act.REFRESH, Act.SUBMIT, Act.ISSUE, Act.SEND, Act.CORRECT}
    if plan_rules.is_office(user):
        return office
    return {Act.SIGN, Act.RETURN} if plan_rules.is_leadership(user) else set()


def _refused(
    request: HttpRequest, found: ConsolidatedReport, form: StepForm, refusal: Refusal
) -> HttpResponse:
    """The page again with all that was typed, and why the step was not taken."""
    match refusal:
        case NotYours():
            raise PermissionDenied(str(refusal)) from refusal
        case Conflict():
            messages.warning(request, str(refusal))
            found = fetch(request, found.pk)
            form.see_newest(found.sequence)
            return page(request, found, form, status=409)
        case Invalid():
            form.show_refusal(refusal)
            return page(request, found, form, status=422)
        case NotNow():
            messages.error(request, str(refusal))
            return page(request, fetch(request, found.pk), form, status=409)
    raise refusal


def page(
    request: HttpRequest,
    found: ConsolidatedReport,
    form: StepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The report's page; `form` is one that came back with messages, with all that was typed."""
    frame = frame_of(request)
    steps, edits = list(found.steps.all()), list(found.edits.all())
    fresh: Freshness | None = None
    oversees = plan_rules.may_see_consolidated_report(frame.user)
    may_edit = found.is_writable and may_draft(frame.user)
    if may_edit or (oversees and found.status == ReportStatus.SUBMITTED):
        fresh = freshness(found)
    # What the units' reports became after the text was fixed.
    since = later_news(found) if oversees and not found.is_writable else []
    # How it came about is for those who saw it come about.
    told = history(steps, edits) if oversees else []
    offers = _offers(request, found, form)
    draft = found.draft if found.is_writable else None
    marked = marks(found.draft, edits) if not found.is_issued else []
    context = {
        "found": found,
        "status": ReportStatus(found.status),
        "report": found.content,
        "title_tag": "p",
        "fresh": fresh,
        "refresh": StepForm("refresh", found) if may_edit else None,
        "since": since,
        "signed_after": signed_after(found, steps) if oversees else None,
        "plan_blanks": plan_blanks(found) if oversees and not found.is_issued else "",
        "keeps_figures": found.keeps_figures,
        "offers": offers,
        "unsent_words": _unsent_words(form, offers),
        "marks": marked if draft else [],
        "silent": silent(marked) if draft else [],
        "differing": differing(marked),
        "checked_by": None if found.is_writable else checked_by(steps),
        "may_edit": may_edit,
        "orphans": orphans(draft, edits) if draft else [],
        "last_step": steps[-1],
        "history": told,
        "files": list(found.files.all()),
        "versions": list(
            ConsolidatedReport.objects.visible_to(frame.user)
            .filter(round=found.round)
            .exclude(pk=found.pk)
            .order_by("version")
        ),
    }
    return render(request, "reports/consolidated.html", context, status=status)


def _offers(
    request: HttpRequest, found: ConsolidatedReport, came_back: StepForm | None
) -> list[Offer]:
    offers = []
    for place, act in enumerate(acts_open_to(cast("User", request.user), found)):
        form_class = STEPS[act].form
        fresh = form_class(act, found)
        is_open = False
        if came_back is not None and came_back.keep_name == fresh.keep_name:
            fresh, is_open = came_back, True
        elif kept := kept_for(request, fresh.keep_name):
            fresh, is_open = form_class(act, found, kept), True
        offers.append(Offer(act, fresh, is_main=place == 0, is_open=is_open))
    return offers


def _unsent_words(form: StepForm | None, offers: list[Offer]) -> str:
    """What was typed for a step that is not open any more: shown, so that it is not lost."""
    if form is None or "words" not in form.fields or any(one.form is form for one in offers):
        return ""
    return str(form["words"].value() or "")
