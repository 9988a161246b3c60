"""What every act on an assignment shares: the lock, the question who, and the record."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from config.vietnamese import dates
from plans.acts.projection import project
from plans.acts.refusals import Conflict, NotNow, NotYours
from plans.models import Assignment, Plan, ProgressUpdate, Task, UpdateKind
from plans.states import ALLOWED_FROM, State
from units import clock
from units.models import User

Rule = Callable[[User, Assignment], bool]


def locked(assignment_id: int) -> Assignment:
    """The assignment with its task locked until the end of the transaction.

    The task's row is the lock: two leads of one task change the same roll-up.
    """
    tasks = Task.objects.select_for_update(of=("self",)).select_related("plan")
    task = tasks.get(assignments=assignment_id)
    require_kept(task)
    require_begun(task.plan)
    assignment = Assignment.objects.select_related("unit").get(pk=assignment_id)
    assignment.task = task
    return assignment


def require_kept(task: Task) -> None:
    """Raise NotNow for a task that was withdrawn from its plan: nothing more is said of it."""
    if task.withdrawn_on is not None:
        raise NotNow(
            f"Nhiệm vụ {task.code} đã rút khỏi phụ lục từ ngày {dates.short(task.withdrawn_on)} "
            "nên không ghi hoặc sửa gì thêm; lịch sử vẫn được giữ."
        )


def require_begun(plan: Plan) -> None:
    """Raise NotNow before the first day of a plan: nobody works by it yet."""
    if not plan.is_in_force_on(clock.today()):
        raise NotNow(
            f"Kế hoạch năm {plan.year} bắt đầu từ ngày {dates.short(plan.starts_on)}; trước ngày "
            "đó không ghi tiến độ, không đề nghị và không quyết định gì về nhiệm vụ."
        )


def already_recorded(
    request_key: uuid.UUID, by: User, assignment: Assignment
) -> ProgressUpdate | None:
    """The record that an earlier sending of the same form made, if it did.

    Whether this sending says the same is for the act to compare: a page that was gone back to
    carries its old key, and what was changed on it must not be taken for a double click.
    """
    earlier = ProgressUpdate.objects.filter(request_key=request_key).order_by("pk").first()
    if earlier is None or (earlier.by_id, earlier.assignment_id) == (by.pk, assignment.pk):
        return earlier
    raise NotNow("Biểu mẫu này đã được gửi một lần. Đồng chí tải lại trang rồi gửi lại.")


def require(rule: Rule, by: User, assignment: Assignment, message: str) -> None:
    """Raise NotYours unless the rule holds."""
    if not rule(by, assignment):
        raise NotYours(message)


def require_lead(assignment: Assignment) -> None:
    """Raise NotNow for a supporting part: it has no state that could be decided on."""
    if not assignment.is_lead:
        raise NotNow(f"{assignment.unit} phối hợp trong nhiệm vụ nên không có gì để quyết định.")


def require_unchanged(assignment: Assignment, seen: int, by: User) -> None:
    """Raise Conflict when the history has records that the person had not seen, of others or
    from the same form before it was changed and sent again."""
    if seen != assignment.sequence:
        newer = assignment.updates.filter(sequence__gt=seen).order_by("sequence")
        raise Conflict(list(newer), by)


def current_state(assignment: Assignment) -> State:
    """The state after the last record; "no information" before the first."""
    return current_states([assignment])[assignment.pk]


def current_states(assignments: Iterable[Assignment]) -> dict[int, State]:
    """The same of several, by their keys. One query."""
    states = {one.pk: State.NO_INFO for one in assignments}
    records = ProgressUpdate.objects.filter(assignment__in=list(states)).order_by("sequence")
    states.update((key, State(state)) for key, state in records.values_list("assignment", "state"))
    return states


def require_state(act: str, assignment: Assignment) -> State:
    """Raise NotNow unless `act` may start from the state the assignment is in."""
    state = current_state(assignment)
    if state not in ALLOWED_FROM[act]:
        raise NotNow(
            f"Nhiệm vụ {assignment.task.code} đang ở tình trạng “{state.label.lower()}” "
            "nên không làm được việc này. Đồng chí tải lại trang để xem tình trạng mới nhất."
        )
    return state


def append(
    assignment: Assignment,
    *,
    by: User,
    kind: UpdateKind,
    state: State,
    request_key: uuid.UUID,
    **fields: Any,
) -> ProgressUpdate:
    """Add a record to the history; `settle` must follow in the same transaction."""
    assignment.sequence += 1
    assignment.save(update_fields=["sequence"])
    return ProgressUpdate.objects.create(
        assignment=assignment,
        sequence=assignment.sequence,
        request_key=request_key,
        kind=kind,
        state=state,
        by=by,
        by_label=by.label,
        recorded_on=clock.today(),
        recorded_at=clock.now(),
        **fields,
    )


def settle(assignment: Assignment) -> None:
    """Bring the standings of the task up to date."""
    project(assignment.task)
