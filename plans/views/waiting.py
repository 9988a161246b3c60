import uuid
from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from config.vietnamese.numbers import format_decimal
from plans import rules, waiting
from plans.acts.refusals import Invalid
from plans.acts.several import Outcome, Part, decide_several
from plans.fields import WordsField
from plans.frame import frame_of
from plans.keyed_form import KeyedForm
from plans.models import Assignment, Task
from units.kept_text import kept_for
from units.models import User

MOST = 100


class SeveralForm(KeyedForm):
    """The parts that were ticked, each as "key:seen", and the reason when they are returned."""

    parts = forms.MultipleChoiceField(required=False)
    reason = WordsField(
        label="Lý do trả lại",
        rows=2,
        help_text="Dùng chung cho các phần việc đã chọn; lưu trong lịch sử từng nhiệm vụ.",
    )

    def __init__(self, data: object = None) -> None:
        super().__init__("waiting", data)
        field = self.fields["parts"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.valid_value = _is_part  # type: ignore[method-assign]

    @property
    def ticked(self) -> set[str]:
        return set(self["parts"].value() or ())


def _is_part(value: str) -> bool:
    pk, _, seen = value.partition(":")
    return pk.isdecimal() and seen.isdecimal() and len(value) < 30


@require_safe
def list_waiting(request: HttpRequest) -> HttpResponse:
    """What waits for the Office or the leadership today."""
    if not rules.may_see_waiting(request.user):
        raise PermissionDenied
    return _page(request, SeveralForm(kept_for(request, "waiting")))


@require_POST
def decide(request: HttpRequest, act: str) -> HttpResponse:
    """Confirm or return every part that was ticked; what could not be done is told one by one."""
    user = cast("User", request.user)
    if not rules.may_see_waiting(user):
        raise PermissionDenied
    form = SeveralForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    parts = _parts(user, form.cleaned_data["parts"])
    if not parts:
        messages.error(request, "Đồng chí chọn ít nhất một phần việc.")
        return _page(request, form, 422)
    outcomes = decide_several(
        act=act,
        parts=parts,
        by=user,
        reason=form.cleaned_data["reason"],
        request_key=form.cleaned_data["request_key"],
    )
    return _told(request, form, act, outcomes)


def _parts(user: User, ticked: list[str]) -> list[Part]:
    """The ticked parts, all of tasks that the person may see; Http404 otherwise."""
    seen = {int(pk): int(number) for pk, number in (one.split(":") for one in ticked[:MOST])}
    tasks = Task.objects.visible_to(user).values("pk")
    found = Assignment.objects.filter(pk__in=seen, task__in=tasks).select_related("unit", "task")
    parts = [Part(one, seen[one.pk]) for one in found.order_by("task__position", "pk")]
    if len(parts) != len(seen):
        raise Http404
    return parts


def _told(
    request: HttpRequest, form: SeveralForm, act: str, outcomes: list[Outcome]
) -> HttpResponse:
    refused = [one for one in outcomes if one.refusal]
    missing = next((one.refusal for one in refused if isinstance(one.refusal, Invalid)), None)
    if missing:  # the reason is the same for all, so nothing was done
        form.show_refusal(missing)
        return _page(request, form, 422)
    if done := len(outcomes) - len(refused):
        words = "Đã xác nhận" if act == "confirm" else "Đã trả lại"
        messages.success(request, f"{words} {format_decimal(done)} phần việc.")
    for one in refused:
        part = one.part.assignment
        messages.warning(request, f"{part.task.code}, {part.unit.short_name}: {one.refusal}")
    if not refused:
        return redirect("waiting")
    again = request.POST.copy()
    # Ticked as the page now shows them, and as a new sending.
    again["request_key"] = str(uuid.uuid4())
    again.setlist("parts", [])
    return _page(request, SeveralForm(again), 409)


def _page(request: HttpRequest, form: SeveralForm, status: int = 200) -> HttpResponse:
    frame = frame_of(request)
    if frame.plan is None:
        return render(request, "plans/no_plan.html")
    sections = waiting.sections(frame.user, frame.plan)
    context = {"sections": sections, "form": form}
    return render(request, "plans/waiting/page.html", context, status=status)
