from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from plans import rules
from plans.acts.importing import Outdated
from plans.acts.next_year import carry_over
from plans.acts.refusals import Invalid, NotYours, Refusal
from plans.frame import PLAN_KEY
from plans.models import Plan
from plans.next_year.choosing import as_ranges
from plans.next_year.preview import Choices, preview_of
from plans.next_year_form import CarryForm, ChoicesForm, as_typed
from units.models import User

PER_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def next_year(request: HttpRequest, code: str) -> HttpResponse:
    """A plan in a later year: what would be made of it, then made whole. The address names the
    plan, as the new one is the chosen one as soon as it is made."""
    if not rules.is_administrator(request.user):
        raise PermissionDenied
    plan = get_object_or_404(Plan, code=code)
    if request.method != "POST":
        return _page(request, plan, ChoicesForm(plan, request.GET or None))
    form = CarryForm(plan, request.POST)
    if not form.is_valid():
        return _page(request, plan, form, form, status=422)
    ticked = form.ticked(preview_of(plan, form.choices))
    looks = request.POST.get("do") == "look"
    if looks or ticked != form.choices:
        if not looks:
            messages.warning(
                request,
                "Đồng chí vừa đổi nhiệm vụ mang theo, chưa có gì được ghi. Xem lại dưới đây rồi "
                "bấm Lập kế hoạch.",
            )
        return redirect(_address(request, plan, ticked))
    try:
        new = carry_over(
            plan_id=plan.pk,
            by=cast("User", request.user),
            choices=form.choices,
            seen=form.cleaned_data["seen"],
            request_key=form.cleaned_data["request_key"],
        )
    except NotYours as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Invalid as refusal:
        form.show_refusal(refusal)
        return _page(request, plan, form, form, status=422)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, plan, form, form, status=409, see=isinstance(refusal, Outdated))
    request.session[PLAN_KEY] = new.pk
    messages.success(
        request,
        f"Đã lập “{new}”: {new.carried_from.outcome}. Đồng chí đang xem kế hoạch mới; dưới đây là "
        "những chỗ nên xem lại.",
    )
    return redirect("plan-soundness")


def _address(request: HttpRequest, plan: Plan, choices: Choices) -> str:
    """The page with these choices, on the same page of the table."""
    page = {"trang": number} if (number := request.GET.get("trang")) else {}
    query = urlencode(as_typed(choices) | page, doseq=True)
    return f"{reverse('plan-next-year', args=[plan.code])}?{query}#tung-nhiem-vu"


def _page(
    request: HttpRequest,
    plan: Plan,
    chosen: ChoicesForm,
    form: CarryForm | None = None,
    *,
    status: int = 200,
    see: bool = False,
) -> HttpResponse:
    choices = chosen.choices
    preview = preview_of(plan, choices)
    typed = as_typed(choices)
    lines = Paginator(preview.lines, PER_PAGE).get_page(request.GET.get("trang"))
    if form is None:
        shown = as_ranges(line.task.pk for line in lines)
        form = CarryForm(plan, initial={**typed, "seen": preview.seen, "hien": shown})
    elif see:
        form.see_newer(preview.seen)
    # What cannot be read comes back as it was typed, with the reason at its field.
    is_refused = not isinstance(chosen, CarryForm) and chosen.is_bound and not chosen.is_valid()
    query = request.GET.copy()
    query.pop("trang", None)
    done = list(plan.carried_on.select_related("plan").order_by("year"))
    context = {
        "plan": plan,
        "preview": preview,
        "page": lines,
        "options": chosen if is_refused else ChoicesForm(plan, initial=typed),
        "form": form,
        "query": query.urlencode(),
        "done": done,
        "is_refused": is_refused,
        "is_done": any(one.year == choices.year for one in done),
    }
    return render(request, "plans/next_year.html", context, status=status)
