"""What every page shows and every question is asked about: which plan, which day, who asks."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, cast

from django.http import HttpRequest

from config.vietnamese import dates
from plans import years
from plans.models import Plan, Task
from plans.models.task import TaskQuerySet
from plans.rules import oversees
from units import clock
from units.models import User

PLAN_KEY = "plan"


@dataclass(frozen=True)
class Frame:
    """The plan in force for this person, and the day its figures are asked for.

    `plan` is None while no plan was loaded; `day_error` says why the day in the address was not
    understood (today is shown instead).
    """

    user: User
    plans: list[Plan]
    plan: Plan | None
    day: dt.date
    today: dt.date
    day_error: str = ""

    # Characters that a day and a search may have, and that a browser lets through: of a search more
    # than are read, so that a pasted paragraph is answered by our message at its field, yet never
    # so many that the address becomes too long for the server (config/server.py).
    longest_day: ClassVar[int] = 20
    longest_search: ClassVar[int] = 200
    longest_pasted: ClassVar[int] = 2 * longest_search

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def is_to_come(self) -> bool:
        """Whether the plan has not begun on the day: nobody owes anything yet."""
        return self.plan is not None and not self.plan.is_in_force_on(self.day)

    @property
    def day_query(self) -> str:
        """What to add to a link so that the next page asks about the same day."""
        return "" if self.is_today else f"ngay={dates.short(self.day)}"

    @property
    def scope(self) -> str:
        """Whose tasks the figures count, when they are not those of the whole plan."""
        if oversees(self.user):
            return ""
        return f"Các nhiệm vụ {self.user.unit or 'đơn vị'} chủ trì hoặc phối hợp."

    @property
    def tasks(self) -> TaskQuerySet:
        """The tasks of the plan that this person may see."""
        return Task.objects.visible_to(self.user).of_plan(self.plan)


def frame_of(request: HttpRequest) -> Frame:
    """The frame of a request of someone who is logged in; computed once a request."""
    frame = getattr(request, "_frame", None)
    if frame is None:
        frame = _frame(request)
        request._frame = frame  # type: ignore[attr-defined]
    return cast("Frame", frame)


def _frame(request: HttpRequest) -> Frame:
    plans = list(Plan.objects.select_related("agency", "parent", "signatory"))
    chosen = request.session.get(PLAN_KEY)
    today = clock.today()
    # That of a year to come is worked on by those who choose it.
    begun = next((plan for plan in plans if plan.starts_on <= today), plans[0] if plans else None)
    plan = next((plan for plan in plans if plan.pk == chosen), begun)
    day, error = asked_day(request.GET.get("ngay", ""), today, plan)
    return Frame(cast("User", request.user), plans, plan, day, today, error)


def asked_day(text: str, today: dt.date, plan: Plan | None) -> tuple[dt.date, str]:
    """The day asked for, from the plan's first on and not after today: nobody knows what will be
    true tomorrow. Otherwise today, and why."""
    if not text.strip():
        return today, ""
    try:
        day = dates.parse_date(text)
        if day.year < years.FIRST:  # a week before the first day there is has no date
            raise dates.NotADate(text)
    except dates.NotADate:
        shown = text[: Frame.longest_day]
        return today, f"“{shown}” không phải là một ngày (ngày/tháng/năm); đang xem hôm nay."
    if day > today:
        return today, f"Ngày {dates.short(day)} chưa đến; đang xem hôm nay."
    if plan and day < plan.starts_on:
        begins = dates.short(plan.starts_on)
        return today, f"Kế hoạch bắt đầu từ ngày {begins}; đang xem hôm nay."
    return day, ""
