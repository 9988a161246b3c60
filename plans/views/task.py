from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from plans import rules
from plans.deadline_history import deadline_history
from plans.extension_offers import extension_offers
from plans.forms import DecisionForm, HistoryForm, ProgressForm, ReasonForm
from plans.frame import Frame, frame_of
from plans.keyed_form import KeyedForm
from plans.matters import open_matters, raised_updates, steps_about, urged_on
from plans.models import Assignment, ProgressUpdate, Task
from plans.models.absence import out_of_plan
from plans.next_year.course import course_of
from plans.overview import LeadOnDay, TaskOnDay, contributions_of, tasks_on
from plans.own_parts import own_part
from plans.states import ALLOWED_FROM, OPEN, State
from plans.timeline import Entry, timeline
from plans.timeline.lines import Offers, lines_html
from plans.views.opening import Opened, open_form
from plans.views.withdrawn import withdrawn_page
from units.kept_text import kept_for
from units.models import User

ENTRIES = 30  # of the history on a page


@require_safe
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """One task: what it is, how far it is, what the reader can do next, what happened."""
    found = fetch(request, task_id)
    return page(request, found)


def fetch(request: HttpRequest, task_id: int) -> Task:
    """The task, if the person may see it; Http404 otherwise."""
    tasks = Task.objects.visible_to(cast("User", request.user)).for_page()
    return get_object_or_404(tasks, pk=task_id)


def page(
    request: HttpRequest,
    task: Task,
    form: HistoryForm | None = None,
    newer: list[ProgressUpdate] | None = None,
    extension_form: KeyedForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The task's page; a form given is one that came back with messages, with all that was
    typed."""
    frame = frame_of(request)
    if out_of_plan(task, frame.day) is not None:
        return withdrawn_page(request, task, form or extension_form, status)
    on_day = next(iter(tasks_on([task], frame.day)), None)
    if on_day is None:
        raise Http404
    decisions = [
        offer
        for lead in sorted(on_day.leads, key=_does_not_wait)
        for offer in _decisions(request, frame, lead, form)
    ]
    deadlines = deadline_history(task, frame.day)
    part = own_part(on_day, frame.user) if frame.is_today else None
    if part or isinstance(form, ProgressForm):
        on_day = replace(on_day, contributions=contributions_of(on_day, frame.day))
    opened = _progress_form(request, on_day, part, form)
    own = opened.form.assignment if opened else None
    steps = steps_about(task, frame.user, frame.day)
    entries = timeline(task, frame.day, frame.user, deadlines, steps)
    shown = Paginator(entries, ENTRIES).get_page(request.GET.get("lich-su"))
    parts = [*(lead.assignment for lead in on_day.leads), *on_day.supports]
    offers = Offers(
        may_remark={part.pk for part in parts if rules.may_remark(frame.user, part)},
        own_unit=frame.user.unit_id if opened else None,
        raises=_raises(frame, entries, raised_updates(steps)),
        csrf=get_token(request),
    )
    context = {
        "deadlines": deadlines,
        "extensions": extension_offers(request, frame, on_day, deadlines, extension_form),
        "task": task,
        "on_day": on_day,
        "timeline": shown,
        "story": lines_html(shown, offers),
        "course": course_of(task, frame.user, frame.day),
        "criteria": task.block.criteria.order_by("position", "pk"),
        "matters": open_matters(steps, frame.day),
        "urged": urged_on(steps),
        "openings": _openings(frame, on_day),
        "newer": newer or (opened.newer if opened else None),
        "progress_form": opened.form if opened else None,
        "opened": opened,
        "contributions": on_day.contributions if own and own.is_lead else (),
        "may_send": own is None or rules.may_record(frame.user, own),
        "decisions": decisions,
        "unsent_reason": _unsent_reason(form, decisions),
    }
    return render(request, "plans/task.html", context, status=status)


def _raises(frame: Frame, entries: list[Entry], raised: set[int | None]) -> int | None:
    """The newest update of the reader's unit, if it tells of a difficulty that has not gone up, not
    in the same words of an earlier one either: "Không có thay đổi" repeats them."""
    if not frame.is_today or not rules.may_raise(frame.user):
        return None
    up = {
        (entry.update.difficulty, entry.update.proposal)
        for entry in entries
        if entry.update is not None and entry.update.pk in raised
    }
    for entry in entries:
        said = entry.update
        if said is None or said.assignment.unit_id != frame.user.unit_id or said.reason:
            continue
        if not (said.difficulty or said.proposal) or (said.difficulty, said.proposal) in up:
            return None
        return said.pk
    return None


def _openings(frame: Frame, on_day: TaskOnDay) -> list[tuple[str, str]]:
    """(address, words) of what the reader may begin about the task today."""
    if not frame.is_today or not on_day.status.has_begun:
        return []
    found = []
    about = f"?{urlencode({'nhiem-vu': on_day.task.code})}"
    if rules.may_direct(frame.user):
        found.append((reverse("directive-new") + about, "Cho ý kiến chỉ đạo"))
    if rules.may_urge(frame.user):
        found += [
            (
                reverse("urging-new", args=[lead.assignment.unit.code]) + about,
                f"Đôn đốc {lead.assignment.unit.short_name}",
            )
            for lead in on_day.leads
            if lead.status.state in OPEN
        ]
    parts = [lead.assignment for lead in on_day.leads] + list(on_day.supports)
    if rules.may_raise(frame.user) and frame.user.unit_id in {part.unit_id for part in parts}:
        found.append((reverse("difficulty-new") + about, "Nêu khó khăn, vướng mắc"))
    return found


def _progress_form(
    request: HttpRequest, on_day: TaskOnDay, part: Assignment | None, form: HistoryForm | None
) -> Opened | None:
    """The form for the reader's own part, unless nothing is owed any more."""
    if isinstance(form, ProgressForm):
        return Opened(form)
    if part is None:
        return None
    part.task = on_day.task
    return open_form(request, on_day, part)


def _does_not_wait(lead: LeadOnDay) -> bool:
    """Sorts the parts that wait for a decision before the others."""
    return lead.status.state != State.AWAITING


@dataclass(frozen=True, slots=True)
class Offer:
    """A decision that the reader may take on a lead's part now."""

    act: str
    words: str
    lead: LeadOnDay
    form: HistoryForm
    is_open: bool

    @property
    def url_name(self) -> str:
        return f"progress-{self.act}"

    @property
    def needs_reason(self) -> bool:
        return isinstance(self.form, ReasonForm)

    @property
    def is_main(self) -> bool:
        return self.act == "confirm"


def _decisions(
    request: HttpRequest, frame: Frame, lead: LeadOnDay, form: HistoryForm | None
) -> list[Offer]:
    """The decisions open to the reader on a lead's part, in the order of use; none for the past,
    nor before the plan begins."""
    if not frame.is_today or not lead.status.has_begun:
        return []
    offers = []
    for act, rule, words, form_class in _DECISIONS:
        # The state first: the rule may read the history.
        if lead.status.state not in ALLOWED_FROM[act] or not rule(frame.user, lead.assignment):
            continue
        fresh = form_class(lead.assignment, act=act)
        came_back = form is not None and form.keep_name == fresh.keep_name
        if came_back:
            fresh = cast("HistoryForm", form)
        elif kept := kept_for(request, fresh.keep_name):
            fresh, came_back = form_class(lead.assignment, kept, act=act), True
        offers.append(Offer(act, words, lead, fresh, came_back))
    return offers


def _unsent_reason(form: HistoryForm | None, offers: list[Offer]) -> str:
    """The reason typed for a decision that is not open any more: shown, so that it is not lost."""
    if not isinstance(form, ReasonForm) or any(offer.form is form for offer in offers):
        return ""
    return str(form["reason"].value() or "")


_DECISIONS: tuple[tuple[str, Any, str, type[HistoryForm]], ...] = (
    ("confirm", rules.may_confirm, "Xác nhận", DecisionForm),
    ("send_back", rules.may_send_back, "Trả lại", ReasonForm),
    ("resume", rules.may_pause, "Cho tiếp tục", DecisionForm),
    ("pause", rules.may_pause, "Tạm dừng", ReasonForm),
    ("stop", rules.may_stop, "Dừng thực hiện", ReasonForm),
    ("withdraw", rules.may_record, "Rút lại đề nghị", ReasonForm),
    ("reopen", rules.may_reopen, "Mở lại", ReasonForm),
)
