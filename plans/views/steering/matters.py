"""Lists of matters, the page of one, and its next step."""

import logging
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from plans import rules
from plans.acts.matters import take
from plans.frame import Frame, frame_of
from plans.matter_forms import StepForm
from plans.matters import MODELS, MatterFilter, MatterOnDay, on_day, slack
from plans.models import Finding, Inspection, Matter, Remedy, Step, StepFile
from plans.moves import MOVES, MatterKind, Move, act_of, move_from
from plans.views.steering.sending import fresh, planned, send, show
from units.models import User

logger = logging.getLogger(__name__)

PER_PAGE = 50
# What may open a matter of each kind from its list; urgings begin at a unit, remedies at a finding.
_NEW = {
    MatterKind.DIRECTIVE: ("directive-new", "Cho ý kiến chỉ đạo", rules.may_direct),
    MatterKind.DIFFICULTY: ("difficulty-new", "Nêu khó khăn, vướng mắc", rules.may_raise),
}


@require_safe
def matter_list(request: HttpRequest, kind: MatterKind) -> HttpResponse:
    """The matters of a kind that the reader may see, on the day asked about."""
    frame = planned(request)
    if frame is None or frame.plan is None:
        return render(request, "plans/no_plan.html")
    matters = MatterFilter(request.GET, frame, kind)
    page = Paginator(matters.matters(), PER_PAGE).get_page(request.GET.get("trang"))
    new = _NEW.get(kind)
    urges = kind == MatterKind.URGING and frame.is_today and rules.may_urge(frame.user)
    context = {
        "kind": kind,
        "filter": matters,
        "page": page,
        "rows": [on_day(matter, frame.day) for matter in page.object_list],
        "new": new[:2] if new and frame.is_today and new[2](frame.user) else None,
        "slack": slack(frame.plan, frame.day) if urges else None,
    }
    return show(request, "matter_list", f"{kind}-list", context)


@require_safe
def matter(request: HttpRequest, kind: MatterKind, matter_id: int) -> HttpResponse:
    """One matter: what was asked, how far it is, what its reader can do next, what happened."""
    return _page(request, _fetch(request, kind, matter_id))


@require_POST
def step(request: HttpRequest, kind: MatterKind, matter_id: int, slug: str) -> HttpResponse:
    """The next step with a matter."""
    found = _fetch(request, kind, matter_id)
    act = act_of(kind, slug)
    if act is None:
        raise Http404
    user = cast("User", request.user)
    moves = [move for move in MOVES if (move.kind, move.act) == (kind, act)]
    mine = [move for move in moves if rules.may_take(user, found, move)]
    if not mine:
        raise PermissionDenied
    form = StepForm(
        move_from(kind, act, found.stage) or mine[0],
        found.pk,
        _sequence(found),
        request.POST,
        request.FILES,
    )
    made, status = send(
        request,
        form,
        lambda: take(
            matter_id=found.pk,
            act=act,
            by=user,
            said=form.step(),
            seen=form.cleaned_data["seen"],
            request_key=form.cleaned_data["request_key"],
        ),
        allowed=True,
    )
    if made is None:
        return _page(request, _fetch(request, kind, matter_id), form, status)
    messages.success(request, f"Đã ghi: {form.move.words.lower()}.")
    return redirect(found)


@require_safe
def step_file(request: HttpRequest, file_id: int) -> FileResponse:
    """A file, always as a download, to those who may see its matter."""
    matters = Matter.objects.visible_to(cast("User", request.user))
    found = get_object_or_404(
        StepFile.objects.filter(step__matter__in=matters.values("pk")), pk=file_id
    )
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        logger.error("Step file %s is not on the disk: %s", found.pk, found.file.name)
        raise Http404 from None
    return FileResponse(
        file, as_attachment=True, filename=found.name, content_type=found.media_type
    )


def _fetch(request: HttpRequest, kind: MatterKind, matter_id: int) -> Any:
    """The matter as it stood on the day asked about, if the reader may see it."""
    frame = frame_of(request)
    matters: Any = MODELS[kind].objects
    if kind == MatterKind.REMEDY:
        matters = matters.select_related("finding__inspection")
    found = matters.visible_to(frame.user).on(frame.day).for_page()
    return get_object_or_404(found, pk=matter_id)


def _sequence(matter: Matter) -> int:
    return matter.steps.count()


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that the reader may go now, with its form."""

    move: Move
    form: StepForm
    is_main: bool
    is_open: bool


def _page(
    request: HttpRequest, matter: Any, form: StepForm | None = None, status: int = 200
) -> HttpResponse:
    """The matter's page; `form` is one that came back with messages, with all that was typed."""
    frame = frame_of(request)
    found: MatterOnDay = on_day(matter, frame.day)
    steps = list(
        Step.objects.filter(matter=matter.pk, recorded_on__lte=frame.day)
        .prefetch_related("files")
        .order_by("sequence")
    )
    offers = _offers(request, frame, matter, steps[-1].sequence, form)
    context = {
        "one": found,
        "matter": matter,
        "steps": steps,
        "offers": offers,
        "unsent": _unsent(form, offers),
        **_around(frame, matter),
    }
    return show(request, "matter", f"{matter.kind}-list", context, status)


def _offers(
    request: HttpRequest, frame: Frame, matter: Any, seen: int, form: StepForm | None
) -> list[Offer]:
    """The moves open to the reader, in the order of use; none for the past."""
    if not frame.is_today:
        return []
    offers: list[Offer] = []
    for move in MOVES:
        if move.kind != matter.kind or matter.stage not in move.starts:
            continue
        if not rules.may_take(frame.user, matter, move):
            continue
        came_back = form is not None and form.move == move
        one = (
            form
            if came_back and form is not None
            else fresh(request, lambda data, move=move: StepForm(move, matter.pk, seen, data))
        )
        offers.append(Offer(move, one, not offers, came_back or one.is_bound))
    return offers


def _unsent(form: StepForm | None, offers: list[Offer]) -> str:
    """Words typed for a step that is not open any more: shown, so that they are not lost."""
    if form is None or any(offer.form is form for offer in offers):
        return ""
    return str(form["words"].value() or "")


def _around(frame: Frame, matter: Any) -> dict[str, Any]:
    """For a remedy: the finding, and its inspection if the reader may see it."""
    if not isinstance(matter, Remedy):
        return {}
    inspections = Inspection.objects.visible_to(frame.user)
    inspection_id = matter.finding.inspection_id
    findings = Finding.objects.visible_to(frame.user)
    return {
        "finding": findings.filter(pk=matter.finding_id).first(),
        "inspection": inspections.filter(pk=inspection_id).first(),
    }
