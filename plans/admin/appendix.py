"""The appendix of a plan on one screen: looked through, put in order, given to units.

Every change is a form that is sent, and an act that carries it out.
"""

import uuid
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from config.vietnamese.numbers import format_decimal
from plans.acts.arranging import Placed, assign_many, duplicate_task, move, plan_of
from plans.acts.refusals import Invalid, NotYours, Refusal
from plans.acts.withdrawing import Half, merge_tasks, restore_task, split_task, withdraw_task
from plans.admin.appendix_forms import AssignManyForm, MergeForm, ReasonForm, SeenForm, SplitForm
from plans.appendix.screen import screen
from plans.frame import frame_of
from plans.models import Area, Block, Criterion, Indicator, Plan, Task
from units import clock
from units.models import User

MOST_AT_ONCE = 300  # tasks on the screen; a larger plan is shown index by index
KINDS: dict[str, type[Placed]] = {
    "indicator": Indicator,
    "area": Area,
    "block": Block,
    "criterion": Criterion,
    "task": Task,
}
_METHODS = require_http_methods(["GET", "HEAD", "POST"])


def address(plan: Plan, thing: Placed | None = None) -> str:
    """The screen of a plan, at the row of a thing."""
    page = reverse("admin:plans_plan_appendix", args=[plan.pk])
    return page if thing is None else f"{page}#{thing._meta.model_name}-{thing.pk}"


class AppendixPages(admin.ModelAdmin):
    """The pages of the appendix, in the admin of plans."""

    def get_urls(self) -> list[Any]:
        views = (
            ("phu-luc/", self.chosen_view, "chosen"),
            ("<int:plan_id>/phu-luc/", self.appendix_view, "appendix"),
            ("<int:plan_id>/phu-luc/gop/", self.merge_view, "merge"),
            ("<int:plan_id>/phu-luc/tach/<int:task_id>/", self.split_view, "split"),
            ("<int:plan_id>/phu-luc/rut/<int:task_id>/", self.withdraw_view, "withdraw"),
            ("<int:plan_id>/phu-luc/khoi-phuc/<int:task_id>/", self.restore_view, "restore"),
        )
        own = [
            path(where, self.admin_site.admin_view(_METHODS(view)), name=f"plans_plan_{name}")
            for where, view, name in views
        ]
        return own + super().get_urls()

    def chosen_view(self, request: HttpRequest) -> HttpResponse:
        """From the index to the plan that the person looks at on the site."""
        plan = frame_of(request).plan
        if plan is None:
            return HttpResponseRedirect(reverse("admin:plans_plan_changelist"))
        return HttpResponseRedirect(address(plan))

    # --- The screen -----------------------------------------------------------------------------

    def appendix_view(self, request: HttpRequest, plan_id: int) -> HttpResponse:
        plan = self._plan(plan_id)
        if request.method != "POST":
            # From the history of a task: a part that it had before, to be given again.
            asked = {"units": request.GET.getlist("don-vi"), "role": request.GET.get("vai-tro")}
            initial = {name: value for name, value in asked.items() if value}
            ticked = {int(one) for one in request.GET.getlist("chon") if one.isdecimal()}
            return self._screen(request, plan, AssignManyForm(plan, initial=initial), ticked)
        act, _, what = request.POST.get("do", "").partition(":")
        if act in ("up", "down", "copy"):
            return self._arrange(request, plan, act, what)
        ticked = {int(one) for one in request.POST.getlist("chon") if one.isdecimal()}
        tasks = list(plan.tasks.kept_on(clock.today()).filter(pk__in=ticked))
        if act == "merge":
            return self._to_merge(request, plan, tasks)
        form = AssignManyForm(plan, request.POST)
        if not form.is_valid():
            return self._screen(request, plan, form, ticked, status=422)
        try:
            changed = assign_many(tasks=tasks, by=_user(request), **form.cleaned_data)
        except Refusal as refusal:
            _put(refusal, form)
            return self._screen(request, plan, form, ticked, status=422)
        if changed:
            codes = ", ".join(task.code for task in changed)
            count = format_decimal(len(changed))
            messages.success(request, f"Đã giao cho {count} nhiệm vụ: {codes}.")
        else:
            messages.info(request, "Các đơn vị này đã giữ vai trò đó ở mọi nhiệm vụ đã chọn.")
        return HttpResponseRedirect(address(plan))

    def _screen(
        self,
        request: HttpRequest,
        plan: Plan,
        form: AssignManyForm,
        ticked: set[int],
        status: int = 200,
    ) -> HttpResponse:
        indicators = list(plan.indicators.order_by("position", "pk"))
        asked = [one for one in indicators if str(one.pk) == request.GET.get("chi-so")]
        total = plan.tasks.kept_on(clock.today()).count()
        if not asked and total > MOST_AT_ONCE:
            asked = indicators[:1]
        context = {
            "title": f"Phụ lục: {plan}",
            "plan": plan,
            "parts": screen(plan, asked or None),
            "indicators": indicators,
            "asked": asked[0] if asked else None,
            "total": total,
            "shows_all": total <= MOST_AT_ONCE,
            "form": form,
            "ticked": ticked,
            "is_chosen": frame_of(request).plan == plan,
            "request_key": uuid.uuid4(),
            "withdrawn": plan.tasks.exclude(withdrawn_on=None).order_by("withdrawn_on", "position"),
        }
        return self._page(request, "admin/plans/appendix.html", context, status)

    def _arrange(self, request: HttpRequest, plan: Plan, act: str, what: str) -> HttpResponse:
        what, _, past = what.partition(":")
        kind, _, key = what.partition("-")
        if kind not in KINDS or not key.isdecimal():
            raise Http404
        thing: Any = get_object_or_404(KINDS[kind], pk=int(key))
        if plan_of(thing) != plan:
            raise Http404
        try:
            if act == "copy" and isinstance(thing, Task):
                sent = uuid.UUID(request.POST.get("request_key", ""))
                made = duplicate_task(
                    task=thing, by=_user(request), request_key=uuid.uuid5(sent, str(thing.pk))
                )
                messages.success(
                    request,
                    f"Đã nhân bản nhiệm vụ {thing.code} thành {made.code}; sửa ngay bên dưới.",
                )
                thing = made
            elif act != "copy":
                # Without `past` it is no button of ours: ValueError.
                move(thing=thing, by=_user(request), up=act == "up", past=int(past))
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        except ValueError as error:  # no key: not a form of ours
            raise Http404 from error
        return HttpResponseRedirect(address(plan, thing))

    def _to_merge(self, request: HttpRequest, plan: Plan, tasks: list[Task]) -> HttpResponse:
        if len(tasks) != 2:
            messages.error(request, "Đồng chí chọn đúng hai nhiệm vụ trong bảng để gộp.")
            return HttpResponseRedirect(address(plan))
        query = urlencode([("nhiem-vu", task.pk) for task in tasks])
        page = reverse("admin:plans_plan_merge", args=[plan.pk])
        return HttpResponseRedirect(f"{page}?{query}")

    # --- One task -------------------------------------------------------------------------------

    def merge_view(self, request: HttpRequest, plan_id: int) -> HttpResponse:
        plan = self._plan(plan_id)
        asked = {int(one) for one in request.GET.getlist("nhiem-vu") if one.isdecimal()}
        tasks = list(
            plan.tasks.kept_on(clock.today()).filter(pk__in=asked).order_by("position", "pk")
        )
        if len(tasks) != 2:
            raise Http404
        form = MergeForm(tasks, request.POST or None)
        context = {
            "plan": plan,
            "title": f"Gộp nhiệm vụ {tasks[0].code} và {tasks[1].code}",
            "button": "Gộp hai nhiệm vụ",
            "tasks": tasks,
            "says": "merge",
        }
        if request.method != "POST" or not form.is_valid():
            return self._form(request, form, context)
        kept, gone = form.kept_and_gone
        words = {name: form.cleaned_data[name] for name in ("wording", "product")}
        seen = form.cleaned_data["seen"]
        if kept != tasks[0]:
            seen = seen[::-1]
        try:
            merge_tasks(
                kept=kept,
                gone=gone,
                by=_user(request),
                words=words,
                reason=form.cleaned_data["reason"],
                seen=seen,
            )
        except Refusal as refusal:
            _put(refusal, form)
            return self._form(request, form, context)
        messages.success(request, f"Đã gộp: {gone.code} rút khỏi phụ lục, thay bằng {kept.code}.")
        return HttpResponseRedirect(address(plan, kept))

    def split_view(self, request: HttpRequest, plan_id: int, task_id: int) -> HttpResponse:
        plan, task = self._task(plan_id, task_id)
        form = SplitForm([task], request.POST or None, initial={"request_key": uuid.uuid4()})
        context = {
            "plan": plan,
            "title": f"Tách nhiệm vụ {task.code}",
            "button": "Tách thành hai nhiệm vụ",
            "tasks": [task],
            "says": "split",
        }
        if request.method != "POST" or not form.is_valid():
            return self._form(request, form, context)
        said = form.cleaned_data
        try:
            made = split_task(
                task=task,
                by=_user(request),
                wording=said["wording"],
                half=Half(said["title"], said["half"], list(said["leads"])),
                reason=said["reason"],
                seen=said["seen"],
                request_key=said["request_key"],
            )
        except Refusal as refusal:
            _put(refusal, form)
            return self._form(request, form, context)
        messages.success(request, f"Đã tách {task.code}: nhiệm vụ mới mang số {made.code}.")
        return HttpResponseRedirect(address(plan, made))

    def withdraw_view(self, request: HttpRequest, plan_id: int, task_id: int) -> HttpResponse:
        plan, task = self._task(plan_id, task_id)
        form = ReasonForm(request.POST or None)
        context = {
            "plan": plan,
            "title": f"Rút nhiệm vụ {task.code} khỏi phụ lục",
            "button": "Rút khỏi phụ lục",
            "tasks": [task],
            "says": "withdraw",
        }
        if request.method != "POST" or not form.is_valid():
            return self._form(request, form, context)
        try:
            withdraw_task(task=task, by=_user(request), reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            _put(refusal, form)
            return self._form(request, form, context)
        messages.success(
            request, f"Nhiệm vụ {task.code} đã rút khỏi phụ lục; tiến độ và lịch sử vẫn được giữ."
        )
        return HttpResponseRedirect(address(plan))

    def restore_view(self, request: HttpRequest, plan_id: int, task_id: int) -> HttpResponse:
        tasks = Task.objects.for_page().select_related("plan__agency").exclude(withdrawn_on=None)
        task = get_object_or_404(tasks, pk=task_id, plan=plan_id)
        form = ReasonForm(request.POST or None)
        context = {
            "plan": task.plan,
            "title": f"Khôi phục nhiệm vụ {task.code} vào phụ lục",
            "button": "Khôi phục vào phụ lục",
            "tasks": [task],
            "says": "restore",
            "successors": task.successors.kept_on(clock.today()).order_by("position"),
        }
        if request.method != "POST" or not form.is_valid():
            return self._form(request, form, context)
        try:
            restore_task(task=task, by=_user(request), reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            _put(refusal, form)
            return self._form(request, form, context)
        messages.success(request, f"Nhiệm vụ {task.code} đã trở lại phụ lục từ hôm nay.")
        return HttpResponseRedirect(address(task.plan, task))

    # --- What they share ------------------------------------------------------------------------

    def _plan(self, plan_id: int) -> Plan:
        return get_object_or_404(Plan.objects.select_related("agency"), pk=plan_id)

    def _task(self, plan_id: int, task_id: int) -> tuple[Plan, Task]:
        tasks = Task.objects.for_page().select_related("plan__agency").kept_on(clock.today())
        task = get_object_or_404(tasks, pk=task_id, plan=plan_id)
        return task.plan, task

    def _form(
        self, request: HttpRequest, form: forms.Form, context: dict[str, Any]
    ) -> HttpResponse:
        status = 422 if form.errors else 200
        context = {"form": form, **context}
        return self._page(request, "admin/plans/appendix_form.html", context, status)

    def _page(
        self, request: HttpRequest, template: str, context: dict[str, Any], status: int
    ) -> HttpResponse:
        # The table needs the whole width of the screen.
        common = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
        }
        return TemplateResponse(request, template, {**common, **context}, status=status)


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def _put(refusal: Refusal, form: forms.Form) -> None:
    """The reason at its field, or above the form."""
    if isinstance(refusal, NotYours):
        raise PermissionDenied(str(refusal))
    errors = refusal.errors if isinstance(refusal, Invalid) else {None: str(refusal)}
    for name, words in errors.items():
        form.add_error(name if name in form.fields else None, words)
    if isinstance(form, SeenForm) and not isinstance(refusal, Invalid):
        form.show_newer()
