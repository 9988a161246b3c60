"""Who is told of what an act did: always inside the act, so that nobody is told of what was rolled
back, and never the one who did it (units/notices.py)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from config.vietnamese import dates
from config.vietnamese.numbers import format_decimal
from plans import concerned
from plans.models import Assignment, AssignmentRole, DueDateChange, ProgressUpdate, Task, UpdateKind
from plans.states import CLAIMS, State
from units.models import Role, User
from units.notices import tell, tell_each

_TOLD_APART = 3  # tasks that one act changed, each told in a notice of its own
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


def tell_new_due_dates(
    moved: Sequence[tuple[Task, Sequence[DueDateChange]]], by: User, reason: str
) -> None:
    """Deadlines were moved: the people of the units that owe the work hear of the new day."""
    _tell_units(
        [
            (
                task,
                {change.assignment.unit_id for change in changes},
                f"Thời hạn mới: {dates.short(changes[0].new_due_on) or 'không hạn'}",
            )
            for task, changes in moved
            if changes
        ],
        by,
        reason,
    )


def tell_withdrawn(gone: Sequence[tuple[Task, Sequence[Task]]], by: User, reason: str) -> None:
    """Tasks left the plan: the people of their units hear, and where the work goes on."""
    units: dict[int, set[int]] = {task.pk: set() for task, _ in gone}
    parts = Assignment.objects.filter(task__in=list(units))
    for task_id, unit_id in parts.values_list("task", "unit"):
        units[task_id].add(unit_id)
    said = []
    for task, successors in gone:
        words = "rút khỏi phụ lục"
        if successors:
            words += f", thay bằng {', '.join(one.code for one in successors)}"
        said.append((task, units[task.pk], words))
    _tell_units(said, by, reason)


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
        words = f"được giao {what} {format_decimal(len(tasks))} nhiệm vụ: {codes}"
        page = reverse("task-list")
    for person in people.select_related("unit"):
        tell([person], f"{person.unit} {words}.", page, by=by)


def _tell_units(said: Sequence[tuple[Task, Collection[int], str]], by: User, reason: str) -> None:
    """Words about each task to the people of its units, in two queries for all of them; about more
    than a few tasks they hear once."""
    of_unit: dict[int, list[tuple[Task, str]]] = defaultdict(list)
    for task, units, words in said:
        for unit in units:
            of_unit[unit].append((task, words))
    people = concerned.people_in(list(of_unit)) if of_unit else ()
    tell_each(
        (
            ([person], *sentence)
            for person in people
            if person.unit_id is not None
            for sentence in _sentences(of_unit[person.unit_id], reason)
        ),
        by=by,
    )


def _sentences(said: list[tuple[Task, str]], reason: str) -> Iterator[tuple[str, str]]:
    if len(said) <= _TOLD_APART:
        yield from (_sentence(words, task, reason) for task, words in said)
        return
    each = "; ".join(f"{task.code}: {words[:1].lower()}{words[1:]}" for task, words in said)
    why = f" (lý do: {reason.rstrip(' .')})" if reason else ""
    yield f"{format_decimal(len(said))} nhiệm vụ thay đổi{why}: {each}.", reverse("task-list")


def _tell(people: QuerySet[User], words: str, task: Task, by: User, reason: str = "") -> None:
    tell(people, *_sentence(words, task, reason), by=by)


def _sentence(words: str, task: Task, reason: str) -> tuple[str, str]:
    """`words` after the task's name and before the reason, if there is one; the task's page."""
    sentence = f"Nhiệm vụ {task}: {words}."
    if reason:
        sentence += f" Lý do: {reason}"
    return sentence, reverse("task", args=[task.pk])
