"""Inspections, what they found, what must follow, what was done about it."""

import datetime as dt
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plans import rules
from plans.acts import inspections as acts
from plans.frame import Frame, frame_of
from plans.matter_forms import FindingForm, InspectionForm, KeptForm, RemedyForm, SanctionForm
from plans.matters import matters_on
from plans.models import Finding, Inspection, Remedy, Sanction
from plans.views.steering.sending import fresh, planned, send, show
from units.models import Unit, User

PER_PAGE = 50


@require_safe
def inspection_list(request: HttpRequest) -> HttpResponse:
    """The inspections that the reader may see; filtered by unit."""
    frame = planned(request)
    if frame is None:
        return render(request, "plans/no_plan.html")
    units = Unit.objects.filter(inspections__plan=frame.plan).distinct().order_by("position")
    asked = request.GET.get("don-vi", "")
    seen = Finding.objects.visible_to(frame.user).filter(recorded_on__lte=frame.day)
    found = Inspection.objects.visible_to(frame.user).known_on(frame.day).filter(plan=frame.plan)
    if asked and rules.oversees(frame.user):
        found = found.filter(unit_links__unit__code=asked)
    found = found.prefetch_related("unit_links__unit").annotate(
        seen_findings=Count("findings", filter=Q(findings__in=seen.values("pk")), distinct=True)
    )
    page = Paginator(found.order_by("-held_on", "-pk"), PER_PAGE).get_page(request.GET.get("trang"))
    for inspection in page.object_list:
        for link in inspection.unit_links.all():
            link.unit.called_on(_named(frame))
    context = {
        "page": page,
        "units": units if rules.oversees(frame.user) else None,
        "asked": asked,
        "may_inspect": frame.is_today and rules.may_inspect(frame.user),
    }
    return show(request, "inspection_list", "inspection-list", context)


@require_http_methods(["GET", "HEAD", "POST"])
def inspection_new(request: HttpRequest) -> HttpResponse:
    """An inspection is recorded; what it found is added on its page."""
    frame = frame_of(request)
    if not rules.may_inspect(frame.user):
        raise PermissionDenied
    if frame.plan is None:
        raise Http404
    status = 200
    if request.method == "POST":
        form = InspectionForm(frame, request.POST)
        made, status = send(
            request,
            form,
            lambda: acts.record_inspection(
                plan=frame.plan,  # type: ignore[arg-type]
                by=frame.user,
                **form.said(
                    "held_on",
                    "scope",
                    "units",
                    "tasks",
                    "request_key",
                    "document_number",
                    "document_date",
                ),
            ),
            allowed=True,
        )
        if made is not None:
            messages.success(request, "Đã ghi cuộc kiểm tra. Đồng chí ghi tiếp tồn tại, hạn chế.")
            return redirect("inspection", inspection_id=made.pk)
    else:
        form = fresh(request, lambda data: InspectionForm(frame, data))
    context = {"form": form, "heading": "Ghi cuộc kiểm tra", "button": "Ghi cuộc kiểm tra"}
    return show(request, "new", "inspection-list", context, status)


@require_safe
def inspection(request: HttpRequest, inspection_id: int) -> HttpResponse:
    """One inspection with the findings that the reader may see and what became of them."""
    return _page(request, _fetch(request, inspection_id))


@require_POST
def finding_new(request: HttpRequest, inspection_id: int) -> HttpResponse:
    """A finding, with the remedy that must follow."""
    found = _fetch(request, inspection_id)
    frame = frame_of(request)
    form = FindingForm(frame, found.units.all(), found.pk, request.POST)
    made, status = send(
        request,
        form,
        lambda: acts.record_finding(
            inspection=found,
            by=frame.user,
            words=form.cleaned_data["finding"],
            unit=form.cleaned_data["finding_unit"],
            remedy=form.remedy(),
            request_key=form.cleaned_data["request_key"],
        ),
        allowed=bool(rules.may_inspect(frame.user)),
    )
    return _after(request, found, form, made, status, "Đã ghi tồn tại và biện pháp khắc phục.")


@require_POST
def remedy_new(request: HttpRequest, finding_id: int) -> HttpResponse:
    """One more remedy for a finding."""
    user = cast("User", request.user)
    findings = Finding.objects.visible_to(user).select_related("inspection__plan")
    finding = get_object_or_404(findings, pk=finding_id)
    frame = frame_of(request)
    form = RemedyForm(frame, finding.pk, request.POST)
    made, status = send(
        request,
        form,
        lambda: acts.add_remedy(
            finding=finding,
            by=user,
            remedy=form.remedy(),
            request_key=form.cleaned_data["request_key"],
        ),
        allowed=bool(rules.may_inspect(user)),
    )
    return _after(
        request, finding.inspection, form, made, status, "Đã ghi thêm biện pháp khắc phục."
    )


@require_POST
def sanction_new(request: HttpRequest, inspection_id: int) -> HttpResponse:
    """What was done about failings, for the leadership and the Office only (S8)."""
    found = _fetch(request, inspection_id)
    user = cast("User", request.user)
    form = SanctionForm(request.POST, about=found.pk)
    made, status = send(
        request,
        form,
        lambda: acts.record_sanction(
            inspection=found,
            by=user,
            **form.said("measure", "against", "taken_on", "words", "request_key"),
        ),
        allowed=bool(rules.may_see_sanctions(user)),
    )
    return _after(request, found, form, made, status, "Đã ghi việc xử lý.")


def _fetch(request: HttpRequest, inspection_id: int) -> Inspection:
    """The inspection, if the reader may see it; Http404 otherwise."""
    frame = frame_of(request)
    found = Inspection.objects.visible_to(frame.user).known_on(frame.day)
    return get_object_or_404(found.select_related("plan"), pk=inspection_id)


def _after(
    request: HttpRequest, inspection: Inspection, form: KeptForm, made: Any, status: int, done: str
) -> HttpResponse:
    if made is None:
        return _page(request, inspection, form, status)
    messages.success(request, done)
    return redirect("inspection", inspection_id=inspection.pk)


def _named(frame: Frame) -> dt.date:
    """The day whose names units bear on these pages."""
    return frame.plan.naming_day(frame.day) if frame.plan else frame.day


def _page(
    request: HttpRequest, found: Inspection, form: KeptForm | None = None, status: int = 200
) -> HttpResponse:
    frame = frame_of(request)
    user = frame.user
    findings = list(
        Finding.objects.visible_to(user)
        .filter(inspection=found, recorded_on__lte=frame.day)
        .select_related("unit")
        .order_by("pk")
    )
    for finding in findings:
        if finding.unit:
            finding.unit.called_on(_named(frame))
    remedies: dict[int, list[Any]] = {one.pk: [] for one in findings}
    visible = Remedy.objects.visible_to(user).filter(finding__in=list(remedies))
    for one in matters_on(visible.order_by("pk"), frame.day):
        remedies[one.matter.finding_id].append(one)
    writes = frame.is_today and bool(rules.may_inspect(user))
    restricted = bool(rules.may_see_sanctions(user))
    sanctions = Sanction.objects.visible_to(user).filter(
        inspection=found, recorded_on__lte=frame.day
    )
    context = {
        "inspection": found,
        "units": [
            link.unit.called_on(_named(frame)) for link in found.unit_links.select_related("unit")
        ],
        "tasks": frame.tasks.filter(pk__in=found.task_links.values("task")).order_by("position"),
        "findings": [
            (one, remedies[one.pk], _more(request, frame, one, form) if writes else None)
            for one in findings
        ],
        "may_add": writes,
        "finding_form": _form(request, FindingForm, form, frame, found) if writes else None,
        "sanctions": list(sanctions) if restricted else None,
        "sanction_form": _form(request, SanctionForm, form, frame, found)
        if restricted and frame.is_today
        else None,
    }
    return show(request, "inspection", "inspection-list", context, status)


def _more(
    request: HttpRequest, frame: Frame, finding: Finding, form: KeptForm | None
) -> RemedyForm | None:
    """The form for one more remedy, of the finding that the address or a form that came back
    names; for the others there is a link."""
    if type(form) is RemedyForm and form.about == finding.pk:
        return form
    return RemedyForm(frame, finding.pk) if request.GET.get("them") == str(finding.pk) else None


def _form(
    request: HttpRequest,
    kind: type[KeptForm],
    form: KeptForm | None,
    frame: Frame,
    inspection: Inspection,
) -> KeptForm:
    """The form that came back, else a fresh one."""
    if type(form) is kind:
        return form
    if kind is SanctionForm:
        return fresh(request, lambda data: SanctionForm(data, about=inspection.pk))
    units = inspection.units.all()
    return fresh(request, lambda data: FindingForm(frame, units, inspection.pk, data))
