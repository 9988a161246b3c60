"""Who may see and do what: every rule once, as a predicate for one object and, where a list
needs it, as a condition on a queryset (design.md, The house 4).

Seeing is asked with the `visible_…` conditions (not yours to see: 404); doing with the predicates
(yours to see, not yours to do: 403). A superuser gets nothing here that the role does not give.
"""

from typing import TYPE_CHECKING

import rules
from django.db.models import Q

from units.models import Role, UnitKind, User

if TYPE_CHECKING:
    from plans.models import Assignment, ProgressUpdate, Task

OVERSEERS = (Role.OFFICE, Role.LEADERSHIP, Role.ADMIN)
UNIT_ROLES = (Role.STAFF, Role.HEAD)


@rules.predicate
def oversees(user: User) -> bool:
    """The Office, the leadership and administrators see every unit's tasks."""
    return user.is_active and user.role in OVERSEERS


@rules.predicate
def is_office(user: User) -> bool:
    return user.is_active and user.role == Role.OFFICE


@rules.predicate
def is_leadership(user: User) -> bool:
    return user.is_active and user.role == Role.LEADERSHIP


@rules.predicate
def is_administrator(user: User) -> bool:
    return user.is_active and user.role == Role.ADMIN


@rules.predicate
def belongs_to_unit(user: User, assignment: "Assignment") -> bool:
    """The person works in the unit that the assignment names."""
    return user.is_active and user.unit_id is not None and user.unit_id == assignment.unit_id


# --- Tasks and their assignments --------------------------------------------------------------


def visible_tasks(user: User) -> Q:
    """Tasks that `user` may see: all for overseers; for units those they lead or support, and
    the requirements that stand for everyone (assigned to nobody)."""
    if oversees(user):
        return Q()
    return Q(assignments__unit_id=user.unit_id or 0) | Q(assignments=None)


@rules.predicate
def may_see_task(user: User, task: "Task") -> bool:
    """The same as `visible_tasks` for one task."""
    return type(task)._default_manager.filter(visible_tasks(user), pk=task.pk).exists()


@rules.predicate
def works_on_updates(user: User) -> bool:
    """Unit people record progress; the Office's people do it for the Office's own tasks."""
    return user.role in (*UNIT_ROLES, Role.OFFICE)


@rules.predicate
def sends_for_unit(user: User, assignment: "Assignment") -> bool:
    """Where the head of the unit sends, staff only prepare (Unit.head_sends)."""
    return user.role != Role.STAFF or not assignment.unit.head_sends


may_record = belongs_to_unit & works_on_updates & sends_for_unit
may_prepare = belongs_to_unit & works_on_updates & ~sends_for_unit


@rules.predicate
def did_not_claim(user: User, assignment: "Assignment") -> bool:
    """Nobody confirms their own work: neither the one who said it was done nor that unit."""
    claim = assignment.pending_claim
    return claim is None or claim.by_id != user.pk


@rules.predicate
def is_of_the_office(user: User, assignment: "Assignment") -> bool:
    """The Office's own part, which the leadership confirms."""
    return assignment.unit.kind == UnitKind.OFFICE


may_confirm = ((is_office & ~belongs_to_unit & ~is_of_the_office) | is_leadership) & did_not_claim
may_send_back = may_confirm


@rules.predicate
def may_pause(user: User, assignment: "Assignment") -> bool:
    """Only the leadership stops a task, with a reason (design.md, State and time)."""
    return is_leadership(user)


may_reopen = may_confirm
may_move_due_date = is_leadership | is_administrator


# --- Evidence ---------------------------------------------------------------------------------


@rules.predicate
def may_see_update(user: User, update: "ProgressUpdate") -> bool:
    """Whoever may see the task may read its updates and their evidence."""
    return may_see_task(user, update.assignment.task)


# --- One's own work ---------------------------------------------------------------------------


@rules.predicate
def has_own_work(user: User) -> bool:
    """People of a unit whose role records: they have a page of what waits for them."""
    return user.is_active and user.unit_id is not None and works_on_updates(user)


# --- The plan and the report ------------------------------------------------------------------


@rules.predicate
def may_see_consolidated_report(user: User) -> bool:
    """The report on every unit is prepared by the Office and read by the leadership."""
    return oversees(user)


rules.add_perm("plans.edit_appendix", is_administrator)
