import uuid
from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from plans import my_work as work
from plans import rules
from plans.acts.refusals import NotYours, Refusal
from plans.acts.unchanged import prepare_unchanged, record_unchanged
from plans.frame import frame_of
from plans.models import Assignment, Task
from plans.views.way_back import way_back
from units.models import User

MOST_AT_ONCE = 200


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits for the person, sorted by what hurts first."""
    return _page(request)


def _page(request: HttpRequest, status: int = 200) -> HttpResponse:
    if not rules.has_own_work(request.user):
        raise PermissionDenied
    frame = frame_of(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html")
    sections = work.sections(frame)
    return render(
        request,
        "plans/my_work.html",
        {
            "sections": sections,
            "can_be_unchanged": sum(1 for one in sections for item in one.items if item.part),
            "all_chosen": request.GET.get("chon") == "tat-ca",
            "request_key": uuid.uuid4(),
        },
        status=status,
    )


@require_POST
def unchanged(request: HttpRequest) -> HttpResponse:
    """\"No change\" for one part, or for all that are ticked here or in the task list; each is
    recorded for itself, or prepared where the head of the unit sends."""
    user = cast("User", request.user)
    if not rules.has_own_work(user):
        raise PermissionDenied
    back = way_back(request, otherwise=reverse("my-work"))
    one = request.POST.get("mot")
    chosen = [one] if one else request.POST.getlist("phan")[:MOST_AT_ONCE]
    key = _key(request.POST.get("request_key", ""))
    if not chosen or key is None:
        messages.warning(request, "Đồng chí chưa chọn nhiệm vụ nào, nên chưa ghi gì.")
        return _page(request, status=422) if back == reverse("my-work") else redirect(back)
    recorded: list[str] = []
    prepared: list[str] = []
    for assignment, seen in _chosen(user, chosen):
        is_sent = rules.may_record(user, assignment)
        act: Callable[..., object] = record_unchanged if is_sent else prepare_unchanged
        try:
            act(
                assignment_id=assignment.pk,
                by=user,
                seen=seen,
                request_key=uuid.uuid5(key, f"{assignment.pk}:{seen}"),
            )
        except NotYours as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except Refusal as refusal:
            messages.warning(request, f"Nhiệm vụ {assignment.task.code} chưa ghi được: {refusal}")
        else:
            (recorded if is_sent else prepared).append(assignment.task.code)
    if recorded:
        codes = ", ".join(recorded)
        messages.success(request, f"Đã ghi “không có thay đổi” cho nhiệm vụ {codes}.")
    if prepared:
        codes = ", ".join(prepared)
        messages.success(
            request, f"Đã chuyển lãnh đạo đơn vị: “không có thay đổi” ở nhiệm vụ {codes}."
        )
    return redirect(back)


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _chosen(user: User, values: list[str]) -> list[tuple[Assignment, int]]:
    """Each "part:seen" as (assignment, seen); Http404 for what the person may not see."""
    seen: dict[int, int] = {}
    for value in values:
        part, _, number = value.partition(":")
        if not (part.isdecimal() and number.isdecimal() and len(part) < 19 and len(number) < 10):
            raise Http404
        seen[int(part)] = int(number)
    visible = Task.objects.visible_to(user).values("pk")
    found = Assignment.objects.filter(pk__in=seen, task__in=visible).select_related("task", "unit")
    parts = {part.pk: part for part in found}
    if parts.keys() != seen.keys():
        raise Http404
    return [(parts[pk], number) for pk, number in seen.items()]
