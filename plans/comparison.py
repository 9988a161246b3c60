"""What changed in a plan between two days: which tasks became done, overdue, were returned, got a
later deadline. The dashboard's numbers and the list behind each come from `changed`."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from plans.frame import Frame, asked_day
from plans.models import DueDateChange, Plan, ProgressUpdate, TaskStanding, UpdateKind
from plans.states import State
from plans.tallies import is_overdue

FIELD = "so-voi"  # in the address: the day to compare with
CHANGES = {
    "hoan-thanh": "Mới hoàn thành",
    "qua-han": "Mới quá hạn",
    "tra-lai": "Bị trả lại",
    "gia-han": "Lùi thời hạn",
}
_SIGNS = {"hoan-thanh": "done", "qua-han": "overdue", "tra-lai": "returned", "gia-han": "total"}
SHOWN = 5


def day_before(text: str, frame: Frame) -> tuple[dt.date, str]:
    """The day to compare with, and why not the one typed: it has to be in the plan and before the
    day shown. None typed: a week before, or the plan's first day."""
    usual = frame.day - dt.timedelta(days=7)
    if frame.plan is not None:
        usual = min(max(usual, frame.plan.starts_on), frame.day)
    if not text.strip():
        return usual, ""
    day, error = asked_day(text, frame.today, frame.plan)
    if error:
        return usual, f"{error.partition(';')[0].rstrip('.')}; đang so với tuần trước."
    if day >= frame.day:
        return usual, "Ngày so sánh phải trước ngày đang xem; đang so với tuần trước."
    return day, ""


def changed(kind: str, plan: Plan, then: dt.date, day: dt.date) -> Q:
    """Tasks that changed so (a key of CHANGES) after `then` and by the end of `day`."""
    before, now = (TaskStanding.objects.on(one).filter(task=OuterRef("pk")) for one in (then, day))
    match kind:
        case "hoan-thanh":
            done = Q(state=State.DONE)
            return Exists(now.filter(done)) & ~Exists(before.filter(done))
        case "qua-han":
            late = is_overdue(plan, day)
            was_late = is_overdue(plan, then)
            return Exists(now.filter(late)) & ~Exists(before.filter(was_late))
        case "tra-lai":
            returned = ProgressUpdate.objects.filter(
                kind=UpdateKind.RETURN, recorded_on__gt=then, recorded_on__lte=day
            )
            return Exists(now.filter(returned=True)) & Q(pk__in=returned.values("assignment__task"))
    return Q(pk__in=_later_deadlines(then, day).values("assignment__task"))


def _later_deadlines(then: dt.date, day: dt.date) -> QuerySet[DueDateChange]:
    later = Q(new_due_on__gt=F("old_due_on")) | Q(new_due_on=None, old_due_on__isnull=False)
    return DueDateChange.objects.filter(later, recorded_on__gt=then, recorded_on__lte=day)


@dataclass(frozen=True, slots=True)
class Change:
    """The tasks that changed in one way: how many, the filter that lists them, the first few."""

    name: str
    sign: str
    count: int
    query: str
    task_ids: list[int]

    @property
    def more(self) -> int:
        return self.count - len(self.task_ids)


def changes(frame: Frame, then: dt.date, then_query: str) -> list[Change]:
    """Every kind of change that happened, one query each; `then_query` is the day to compare with
    as it stands in the address, if it does."""
    assert frame.plan is not None
    found = []
    for kind, name in CHANGES.items():
        tasks = frame.tasks.filter(changed(kind, frame.plan, then, frame.day)).distinct()
        ids = list(tasks.order_by("position").values_list("pk", flat=True))
        query = "&".join(part for part in (f"thay-doi={kind}", then_query) if part)
        if ids:
            found.append(Change(name, _SIGNS[kind], len(ids), query, ids[:SHOWN]))
    return found
