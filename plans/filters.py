"""Which tasks a list, its pages and its export show: one reading of the address bar for all."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from config.vietnamese.text import ascii_name, fold
from plans.comparison import CHANGES, changed, day_before
from plans.deadlines import SOON_DAYS
from plans.frame import Frame
from plans.models import Assignment, AssignmentRole, AssignmentStanding, Task, TaskStanding
from plans.states import OPEN, State
from plans.tallies import DRAWN, is_late, is_overdue
from units.models import Unit


def slug(label: str) -> str:
    """The short Vietnamese word without accents that stands for a choice in the address bar."""
    return ascii_name(label).lower().replace("_", "-")


STATES = {slug(state.label): state for state in State}
TIMINGS = {
    "qua-han": "Quá hạn, chưa xong",
    "sap-den-han": f"Đến hạn trong {SOON_DAYS} ngày",
    "con-han": "Trong hạn",
    "con-han-co-cap-nhat": DRAWN["told_in_time"],
    "dung-han": "Hoàn thành đúng hạn",
    "hoan-thanh-qua-han": "Hoàn thành quá hạn",
    "khong-han": "Không hạn",
}
ROLES = {"chu-tri": AssignmentRole.LEAD, "phoi-hop": AssignmentRole.SUPPORT}
FIELDS = (
    "tim",
    "chi-so",
    "don-vi",
    "vai-tro",
    "trang-thai",
    "han",
    "tra-lai",
    "da-phan-cong",
    "co-phan",
    "thay-doi",
    "so-voi",
)
# Set by links only; shown as a chip and not as a field.
BY_LINK = ("tra-lai", "da-phan-cong", "co-phan", "thay-doi", "so-voi")


class TaskFilterForm(forms.Form):
    """The filter's fields; their names are the words in the address bar."""

    def __init__(self, data: QueryDict, frame: Frame) -> None:
        super().__init__(data)
        indicators = frame.plan.indicators.order_by("position") if frame.plan else ()
        parts = Assignment.objects.filter(unit=OuterRef("pk"), task__plan=frame.plan)
        units = Unit.objects.filter(Exists(parts))
        self.fields["tim"] = forms.CharField(
            label="Tìm trong nhiệm vụ",
            required=False,
            max_length=Frame.longest_search,
            widget=forms.TextInput(attrs={"placeholder": "Tìm trong nhiệm vụ"}),
        )
        self._add("chi-so", "Chỉ số", [(one.number, one.code) for one in indicators])
        self._add("don-vi", "Đơn vị", [(u.code, u.name) for u in units.order_by("position")])
        self._add("vai-tro", "Vai trò", [(k, v.label) for k, v in ROLES.items()])
        self._add("trang-thai", "Tình trạng", [(k, v.label) for k, v in STATES.items()])
        self._add("han", "Thời hạn", list(TIMINGS.items()))
        self._add("tra-lai", "Trả lại", [("co", "Bị trả lại")])
        self._add("da-phan-cong", "Phân công", [("co", "Đã phân công")])
        self._add("co-phan", "Có phần việc", [(k, v.label) for k, v in STATES.items()])
        self._add("thay-doi", "Thay đổi", list(CHANGES.items()))
        self.fields["so-voi"] = forms.CharField(
            label="So với ngày", required=False, max_length=Frame.longest_day
        )

    def _add(self, name: str, label: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label,
            # The first choice names the field, so that the filter is one line.
            choices=[("", f"Mọi {label.lower()}"), *choices],
            required=False,
            error_messages={"invalid_choice": "“%(value)s” không có trong danh sách; đã bỏ qua."},
        )


class TaskFilter:
    """The tasks of `frame` that the address asks for; a part not understood is left out, and
    `form.errors` says so."""

    def __init__(self, data: QueryDict, frame: Frame) -> None:
        self.frame = frame
        self.form = TaskFilterForm(data, frame)
        self.form.is_valid()
        self.values: dict[str, str] = {
            name: value for name in FIELDS if (value := self.form.cleaned_data.get(name))
        }
        if "thay-doi" not in self.values:
            self.values.pop("so-voi", None)

    def tasks(self) -> QuerySet[Task]:
        """In the order of the plan; only tasks that existed on the day."""
        tasks = self.frame.tasks.kept_on(self.frame.day)
        tasks = tasks.for_page().order_by("position")
        if number := self.values.get("chi-so"):
            tasks = tasks.filter(block__area__indicator__number=number)
        if text := self.values.get("tim"):
            for word in fold(text).split():
                tasks = tasks.filter(search__contains=word)
        if unit := self.values.get("don-vi"):
            tasks = tasks.filter(self._has_part(unit))
        if state := self.values.get("co-phan"):
            parts = AssignmentStanding.objects.on(self.frame.day).filter(state=STATES[state])
            tasks = tasks.filter(pk__in=parts.values("task"))
        if change := self.values.get("thay-doi"):
            assert self.frame.plan is not None  # no plan, no list
            then, _ = day_before(self.values.get("so-voi", ""), self.frame)
            tasks = tasks.filter(changed(change, self.frame.plan, then, self.frame.day))
        return tasks.filter(self._stands())

    def _has_part(self, unit: str) -> Q:
        """Tasks that the unit led on the day, also when it does so no more, or has a part in."""
        led = AssignmentStanding.objects.on(self.frame.day).filter(unit__code=unit)
        parts = Assignment.objects.filter(unit__code=unit)
        match ROLES.get(self.values.get("vai-tro", "")):
            case AssignmentRole.LEAD:
                return Q(pk__in=led.values("task"))
            case AssignmentRole.SUPPORT:
                return Q(pk__in=parts.supports().values("task"))
        return Q(pk__in=led.values("task")) | Q(pk__in=parts.values("task"))

    def _stands(self) -> Q:
        """Of a unit's tasks the state asked for is that of its own part where it leads, so that a
        figure by unit and its list agree; otherwise that of the whole task."""
        day = self.frame.day
        whole = self._has(TaskStanding.objects.on(day))
        unit = self.values.get("don-vi")
        if not unit or self.values.get("vai-tro") == "phoi-hop":
            return whole
        parts = AssignmentStanding.objects.on(day).filter(unit__code=unit)
        own = self._has(parts)
        if self.values.get("vai-tro") == "chu-tri":
            return own
        led = Assignment.objects.filter(unit__code=unit, role=AssignmentRole.LEAD)
        return own | (whole & ~Q(pk__in=led.values("task")))

    def _has(self, standings: QuerySet[Any]) -> Q:
        """Tasks with one of the standings that is as the filter asks; it is looked up task by task,
        so that a page of the list need not look at the others."""
        standings = standings.filter(task=OuterRef("pk"))
        if state := self.values.get("trang-thai"):
            standings = standings.filter(state=STATES[state])
        if timing := self.values.get("han"):
            standings = standings.filter(self._timing(timing))
        if self.values.get("tra-lai"):
            standings = standings.filter(returned=True)
        if self.values.get("da-phan-cong"):
            standings = standings.exclude(state=State.UNASSIGNED)
        return Q(Exists(standings))

    def _timing(self, timing: str) -> Q:
        plan, day = self.frame.plan, self.frame.day
        assert plan is not None  # no plan, no standings, no filter
        late = is_late(plan, day)
        past = plan.late_before(day)
        match timing:
            case "qua-han":
                return is_overdue(plan, day)
            case "sap-den-han":
                until = past + dt.timedelta(days=SOON_DAYS)
                return Q(state__in=OPEN, due_on__gte=past, due_on__lte=until)
            case "con-han":
                return Q(state__in=OPEN) & (Q(due_on__gte=past) | Q(due_on=None))
            case "con-han-co-cap-nhat":
                told = Q(state__in=OPEN - {State.NO_INFO})
                return told & (Q(due_on__gte=past) | Q(due_on=None))
            case "dung-han":
                return Q(state=State.DONE, due_on__isnull=False) & ~late
            case "hoan-thanh-qua-han":
                return Q(state=State.DONE) & late
        return Q(due_on=None)

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """The fields of the form on the page; the others are set by links."""
        return [self.form[name] for name in FIELDS if name not in BY_LINK]

    @property
    def described(self) -> list[str]:
        return [self._words(name) for name in self.values]

    def _words(self, name: str) -> str:
        field = self.form.fields[name]
        value = self.values[name]
        if isinstance(field, forms.ChoiceField):
            value = str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        return f"{field.label}: {value}"
