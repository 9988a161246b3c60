"""Who is told of what an act did: always inside the act, so that nobody is told of what was rolled
back, and never the one who did it (units/notices.py)."""

from django.db.models import QuerySet
from django.urls import reverse

from config.vietnamese import dates
from plans import concerned
from plans.models import Assignment, AssignmentRole, DueDateChange, ProgressUpdate, Task, UpdateKind
from plans.states import CLAIMS, State
from units.models import Role, User
from units.notices import tell

_DECIDED = {
    UpdateKind.CONFIRM: "được xác nhận",
    UpdateKind.RETURN: "bị trả lại",
    UpdateKind.PAUSE: "được cho tạm dừng",
    UpdateKind.STOP: "được cho dừng thực hiện",
    UpdateKind.RESUME: "được cho tiếp tục",
    UpdateKind.REOPEN: "được mở lại",
}


def tell_claim(assignment: Assignment, update: ProgressUpdate) -> None:
    """A lead says that it is done: whoever may confirm it hears (the Office, or for the Office's
    own part the leadership)."""
    assert update.claim in CLAIMS
    claim = State(update.claim).label.lower()
    words = f"{assignment.unit} báo {claim}, chờ xác nhận"
    _tell(concerned.checkers_of(assignment), words, assignment.task, update.by)


def tell_contribution(assignment: Assignment, update: ProgressUpdate) -> None:
    """A supporting unit did its part: the heads of the leading units hear."""
    leads = assignment.task.assignments.leads().values("unit")
    people = User.objects.filter(role=Role.HEAD, unit__in=leads, is_active=True)
    _tell(people, f"{assignment.unit} ghi kết quả phối hợp", assignment.task, update.by)


def tell_decision(assignment: Assignment, update: ProgressUpdate) -> None:
    """Something was decided on a unit's part: its people hear, with the reason. A claim that the
    unit itself withdrew is told to those it waited for."""
    if update.kind == UpdateKind.WITHDRAW:
        people, words = concerned.checkers_of(assignment), f"{assignment.unit} rút lại đề nghị"
    else:
        people = concerned.people_of(assignment)
        words = f"Phần việc của {assignment.unit} {_DECIDED[UpdateKind(update.kind)]}"
    _tell(people, words, assignment.task, update.by, update.reason)


def tell_new_due_date(task: Task, changes: list[DueDateChange], by: User, reason: str) -> None:
    """A deadline was moved: the people of the units that owe the work hear of the new day."""
    if not changes:
        return
    day = dates.short(changes[0].new_due_on) or "không hạn"
    units = [change.assignment.unit_id for change in changes]
    _tell(concerned.people_in(units), f"Thời hạn mới: {day}", task, by, reason)


def tell_withdrawn(task: Task, successors: list[Task], by: User, reason: str) -> None:
    """A task left the plan: the people of its units hear, and where the work goes on."""
    units = task.assignments.values_list("unit", flat=True)
    words = "rút khỏi phụ lục"
    if successors:
        words += f", thay bằng {', '.join(one.code for one in successors)}"
    _tell(concerned.people_in(units), words, task, by, reason)


def tell_restored(task: Task, by: User, reason: str) -> None:
    """A task that had left the plan is back: the people of its units hear that it is owed again."""
    units = task.assignments.values_list("unit", flat=True)
    _tell(concerned.people_in(units), "khôi phục vào phụ lục", task, by, reason)


def tell_assigned(
    people: QuerySet[User], role: AssignmentRole, tasks: list[Task], by: User
) -> None:
    """Units were given a part in several tasks at once: their people hear once."""
    what = role.label.lower()
    if len(tasks) == 1:
        words, page = f"được giao {what} nhiệm vụ {tasks[0]}", reverse("task", args=[tasks[0].pk])
    else:
        codes = ", ".join(task.code for task in tasks)
        words = f"được giao {what} {len(tasks)} nhiệm vụ: {codes}"
        page = reverse("task-list")
    for person in people.select_related("unit"):
        tell([person], f"{person.unit} {words}.", page, by=by)


def _tell(people: QuerySet[User], words: str, task: Task, by: User, reason: str = "") -> None:
    """`words` stand after the task's name and before the reason, if there is one."""
    sentence = f"Nhiệm vụ {task}: {words}."
    if reason:
        sentence += f" Lý do: {reason}"
    tell(people, sentence, reverse("task", args=[task.pk]), by=by)
