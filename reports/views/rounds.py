"""Pages of rounds: the list, the form that opens one, the board."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plans.acts.refusals import Invalid, NotYours, Refusal
from plans.frame import frame_of
from plans.keyed_form import KeyedForm
from plans.models import AssignmentRole
from plans.rules import oversees
from reports import rules
from reports.acts.rounds import close_round, open_round, urge
from reports.forms.rounds import RoundForm, UrgeForm
from reports.models import Round, UnitReport
from reports.pages.board import board
from units import clock
from units.kept_text import kept_for
from units.models import Unit, User
from units.models.unit import unit_or_heir


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of the plan; for a unit with the state of its own report in each."""
    frame = frame_of(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html")
    found = list(Round.objects.visible_to(frame.user).filter(plan=frame.plan))
    reports: dict[int, list[UnitReport]] = {one.pk: [] for one in found}
    shown = UnitReport.objects.visible_to(frame.user).filter(round__in=found)
    for report in shown.select_related("unit", "round__plan").order_by("unit__position"):
        report.unit.called_on(report.round.naming_day)
        reports[report.round_id].append(report)
    context = {
        "rounds": [(one, reports[one.pk]) for one in found],
        "may_open": rules.may_open_round(frame.user),
        "today": frame.today,
    }
    return render(request, "reports/rounds.html", context)


@require_safe
def my_report(request: HttpRequest) -> HttpResponse:
    """Where "Báo cáo" leads a unit: its report in the open round, else the list of rounds."""
    frame = frame_of(request)
    found = UnitReport.objects.filter(
        unit_or_heir("unit", pk=frame.user.unit_id or 0),
        round__plan=frame.plan,
        round__closed_on=None,
    ).order_by("round__units_due_on", "pk")[:2]
    if len(found) == 1:
        return redirect("unit-report", report_id=found[0].pk)
    return redirect("rounds")


@require_http_methods(["GET", "HEAD", "POST"])
def round_open(request: HttpRequest) -> HttpResponse:
    """The Office opens a round; the plan's own days are filled in."""
    frame = frame_of(request)
    if not rules.may_open_round(frame.user):
        raise PermissionDenied
    if frame.plan is None:
        return render(request, "plans/no_plan.html", status=404)
    units = list(_units(frame.plan))
    if request.method != "POST":
        kept = kept_for(request, "round-open")
        return _open_page(request, RoundForm(frame.plan, units, kept))
    form = RoundForm(frame.plan, units, request.POST)
    if not form.is_valid():
        return _open_page(request, form, status=422)
    try:
        opened = open_round(
            plan=frame.plan,
            new=form.new_round(),
            by=frame.user,
            request_key=form.cleaned_data["request_key"],
        )
    except Invalid as refusal:
        form.show_refusal(refusal)
        return _open_page(request, form, status=422)
    messages.success(request, f"Đã mở đợt “{opened}” và báo cho các đơn vị.")
    return redirect("round-board", round_id=opened.pk)


def _units(plan: Any) -> Any:
    """Units that lead or support something in the plan: those that have something to report."""
    return Unit.objects.filter(
        assignments__task__plan=plan,
        assignments__role__in=(AssignmentRole.LEAD, AssignmentRole.SUPPORT),
        is_active=True,
    ).distinct()


def _open_page(request: HttpRequest, form: RoundForm, status: int = 200) -> HttpResponse:
    return render(request, "reports/round_open.html", {"form": form}, status=status)


@require_safe
def round_board(request: HttpRequest, round_id: int) -> HttpResponse:
    """Where every unit of the round stands."""
    return _board_page(request, _fetch(request, round_id))


def _fetch(request: HttpRequest, round_id: int) -> Round:
    rounds = Round.objects.visible_to(cast("User", request.user)).select_related("plan")
    return get_object_or_404(rounds, pk=round_id)


def _board_page(
    request: HttpRequest, found: Round, form: UrgeForm | None = None, status: int = 200
) -> HttpResponse:
    user, today = cast("User", request.user), clock.today()
    shown = board(found, UnitReport.objects.visible_to(user).filter(round=found), today)
    reminders = list(found.reminders.prefetch_related("units").order_by("-pk"))
    urged_today = any(one.recorded_on == today for one in reminders)
    urges = rules.may_urge(user) and found.is_open and bool(shown.owed)
    name = f"urge-{found.pk}"
    context = {
        "round": found,
        "board": shown,
        "today": today,
        "days_late": found.days_late(today),
        "urge_form": (form or UrgeForm(name, kept_for(request, name)))
        if urges and (form or not urged_today)
        else None,
        "urged_today": urges and urged_today,
        "close_form": KeyedForm("close") if rules.may_close_round(user) and found.is_open else None,
        "reminders": reminders if oversees(user) else [],
    }
    return render(request, "reports/round.html", context, status=status)


@require_POST
def round_urge(request: HttpRequest, round_id: int) -> HttpResponse:
    """One click reminds every unit whose report is missing."""
    found = _fetch(request, round_id)
    if not rules.may_urge(request.user):
        raise PermissionDenied
    form = UrgeForm(f"urge-{found.pk}", request.POST)
    if not form.is_valid():
        return _board_page(request, found, form, status=422)
    try:
        reminder = urge(round_id=found.pk, by=cast("User", request.user), **form.cleaned_data)
    except Invalid as refusal:
        form.show_refusal(refusal)
        return _board_page(request, found, form, status=422)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _board_page(request, found, form, status=409)
    named = ", ".join(one.unit_label for one in reminder.units.all())
    messages.success(request, f"Đã đôn đốc {named}.")
    return redirect("round-board", round_id=found.pk)


@require_POST
def round_close(request: HttpRequest, round_id: int) -> HttpResponse:
    """The Office closes a round: its reports do not change any more."""
    found = _fetch(request, round_id)
    try:
        close_round(round_id=found.pk, by=cast("User", request.user))
    except NotYours as refusal:
        raise PermissionDenied from refusal
    messages.success(request, f"Đã đóng đợt “{found}”. Các báo cáo trong đợt giữ nguyên từ đây.")
    return redirect("round-board", round_id=found.pk)
