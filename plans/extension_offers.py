"""What the reader of a task can do about its deadline: ask, pass on, decide."""

from dataclasses import dataclass
from typing import cast

from django import forms
from django.http import HttpRequest

from plans import rules
from plans.deadline_history import DeadlineHistory
from plans.extension_forms import AcceptForm, AnswerForm, AskForm, ForwardForm, RefuseForm
from plans.frame import Frame
from plans.keyed_form import KeyedForm
from plans.models import Extension, ExtensionStep
from plans.overview import TaskOnDay
from plans.states import ALLOWED_FROM, State
from units.kept_text import kept_for


@dataclass(frozen=True, slots=True)
class Asked:
    """An undecided request with the answers that the reader may give to it."""

    extension: Extension
    answers: tuple[AnswerForm, ...]
    came_back: KeyedForm | None

    @property
    def forwarded(self) -> ExtensionStep | None:
        return next(iter(self.extension.steps.all()), None)

    @property
    def goes_above(self) -> bool:
        """Whether the day asked for is one that only UBND tỉnh can give."""
        limit = self.extension.assignment.task.set_from_above
        return limit is not None and self.extension.asked_due_on > limit


@dataclass(frozen=True, slots=True)
class ExtensionOffers:
    """`unsent` is the text of an answer that cannot be given any more: shown, so as not to be
    lost."""

    asked: tuple[Asked, ...]
    ask_form: AskForm | None
    ask_is_open: bool
    unsent: tuple[str, ...]


def extension_offers(
    request: HttpRequest,
    frame: Frame,
    on_day: TaskOnDay,
    history: DeadlineHistory,
    form: KeyedForm | None,
) -> ExtensionOffers:
    """For the day asked about; on a past day there is nothing to do."""
    states = {lead.assignment.pk: lead.status.state for lead in on_day.leads}
    asked = tuple(
        _asked(request, frame, extension, states[extension.assignment_id], form)
        for extension in history.undecided
        if extension.assignment_id in states
    )
    ask_form = _ask_form(request, frame, on_day, history, form)
    offered = [ask_form, *(answer for one in asked for answer in one.answers)]
    unsent = () if form is None or form in offered else _typed(form)
    return ExtensionOffers(asked, ask_form, bool(ask_form and ask_form.is_bound), unsent)


def _asked(
    request: HttpRequest,
    frame: Frame,
    extension: Extension,
    state: State,
    form: KeyedForm | None,
) -> Asked:
    answers: list[AnswerForm] = []
    came_back = None
    if frame.is_today and state in ALLOWED_FROM["decide_extension"]:
        forwarded = any(True for _ in extension.steps.all())
        for form_class, may in (
            (ForwardForm, not forwarded and rules.may_forward_extension(frame.user, extension)),
            (AcceptForm, rules.may_decide_extension(frame.user, extension)),
            (RefuseForm, rules.may_decide_extension(frame.user, extension)),
        ):
            if may:
                answer = _bound(request, form_class(extension), form)
                answers.append(cast("AnswerForm", answer))
                came_back = answer if answer.is_bound else came_back
    return Asked(extension, tuple(answers), came_back)


def _ask_form(
    request: HttpRequest,
    frame: Frame,
    on_day: TaskOnDay,
    history: DeadlineHistory,
    form: KeyedForm | None,
) -> AskForm | None:
    """The form for the reader's own part, while its deadline can still be moved."""
    if not frame.is_today or not on_day.status.has_begun:
        return None
    waiting = {extension.assignment_id for extension in history.undecided}
    for lead in on_day.leads:
        part, due_on = lead.assignment, lead.status.due_on
        part.task = on_day.task
        if (
            lead.status.state in ALLOWED_FROM["ask_extension"]
            and due_on is not None
            and due_on >= on_day.task.plan.late_before(frame.today)
            and part.pk not in waiting
            and rules.may_ask_extension(frame.user, part)
        ):
            return cast("AskForm", _bound(request, AskForm(part), form))
    return None


def _bound(request: HttpRequest, fresh: KeyedForm, form: KeyedForm | None) -> KeyedForm:
    """The form that came back with messages, or with the text of an ended session, or a new one."""
    if form is not None and form.keep_name == fresh.keep_name:
        return form
    if kept := kept_for(request, fresh.keep_name):
        owner = fresh.assignment if isinstance(fresh, AskForm) else fresh.extension  # type: ignore[attr-defined]
        return type(fresh)(owner, kept)  # type: ignore[arg-type]
    return fresh


def _typed(form: KeyedForm) -> tuple[str, ...]:
    shown = (field for field in form.visible_fields() if isinstance(field, forms.BoundField))
    return tuple(f"{field.label}: {field.value()}" for field in shown if field.value())
