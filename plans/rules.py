"""Who may see and do what: every rule once, as a predicate for one object and, where a list
needs it, as a condition on a queryset (design.md, The house 4).

Seeing is asked with the `visible_…` conditions (not yours to see: 404); doing with the predicates
(yours to see, not yours to do: 403). A superuser gets nothing here that the role does not give.
"""

from typing import TYPE_CHECKING

import rules
from django.db.models import Q

from plans.moves import Move, Party
from units.models import Role, UnitKind, User
from units.models.unit import unit_or_heir

if TYPE_CHECKING:
    from plans.models import Assignment, Extension, Matter, ProgressUpdate, Task

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
    """Only the leadership pauses or stops a task, with a reason (design.md, State and time)."""
    return is_leadership(user)


may_stop = may_pause

may_reopen = may_confirm
may_move_due_date = is_leadership | is_administrator
# Whoever checks a part may also say something on a part of an update; a claim need not wait.
may_remark = (is_office & ~belongs_to_unit & ~is_of_the_office) | is_leadership


# --- Extensions (domain.md 3.3) -----------------------------------------------------------------


@rules.predicate
def signs_for_unit(user: User) -> bool:
    """The head asks for the unit; for the Office's own tasks its people do."""
    return user.role in (Role.HEAD, Role.OFFICE)


may_ask_extension = belongs_to_unit & signs_for_unit


@rules.predicate
def did_not_ask(user: User, extension: "Extension") -> bool:
    """The requester never decides, nor passes on, their own request."""
    return extension.by_id != user.pk


@rules.predicate
def checks_the_part_of(user: User, extension: "Extension") -> bool:
    part = extension.assignment
    return bool((is_office & ~belongs_to_unit & ~is_of_the_office)(user, part))


may_forward_extension = checks_the_part_of & did_not_ask
may_decide_extension = is_leadership & did_not_ask


# --- The register of given tasks (S14) ----------------------------------------------------------

may_register = is_office | is_leadership

# Whom confirmations and extensions wait for.
may_see_waiting = is_office | is_leadership


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


# --- Directives, urgings, remedies, difficulties, inspections ----------------------------------


def visible_matters(user: User) -> Q:
    """Matters that `user` may see: all for overseers, a unit's people those of their unit and of
    units that became part of it; what one unit was told is no other unit's to read."""
    return Q() if oversees(user) else unit_or_heir("unit", pk=user.unit_id or 0)


def may_take(user: User, matter: "Matter", move: Move) -> bool:
    """Whether the person is one of the parties that may go this move. A unit that the asked one
    became part of answers in its place. The Office's people are the unit where the Office itself is
    asked, and then do not decide."""
    own = user.unit_id is not None and any(one.pk == user.unit_id for one in matter.unit.line)
    if Party.UNIT in move.parties and own and works_on_updates(user):
        return user.is_active
    if Party.OFFICE in move.parties and is_office(user):
        return move.own_too or not own
    return Party.LEADERSHIP in move.parties and is_leadership(user)


# The leadership directs; the Office keeps a note that the leadership wrote on a document (3.5).
may_direct = is_leadership | is_office
may_urge = is_office | is_leadership
may_inspect = is_office | is_leadership


@rules.predicate
def may_raise(user: User) -> bool:
    """A unit's people raise its difficulties (S17)."""
    return user.is_active and user.unit_id is not None and works_on_updates(user)


@rules.predicate
def heads_a_unit(user: User) -> bool:
    """Heads, and the Office for its own unit, bring the plan to their staff (S31)."""
    return user.is_active and user.unit_id is not None and user.role in (Role.HEAD, Role.OFFICE)


may_disseminate = heads_a_unit


def visible_disseminations(user: User) -> Q:
    return visible_matters(user)


def visible_inspections(user: User) -> Q:
    """All for overseers; a unit's people those of their unit."""
    return Q() if oversees(user) else Q(units=user.unit_id or 0)


def visible_findings(user: User) -> Q:
    """All for overseers; a unit's people what was found of their unit or of all inspected, and
    what their unit must remedy."""
    if oversees(user):
        return Q()
    unit = user.unit_id or 0
    common = Q(unit=None, inspection__units=unit)
    return common | Q(unit_id=unit) | Q(remedies__unit_id=unit)


@rules.predicate
def may_see_sanctions(user: User) -> bool:
    """What was done about persons: the leadership and the Office only, not administrators (S8)."""
    return bool(is_office(user) or is_leadership(user))


def visible_sanctions(user: User) -> Q:
    """The same as `may_see_sanctions` for a list."""
    return Q() if may_see_sanctions(user) else Q(pk=None)


# --- The plan and the report ------------------------------------------------------------------


@rules.predicate
def may_see_consolidated_report(user: User) -> bool:
    """The report on every unit is prepared by the Office and read by the leadership."""
    return oversees(user)


rules.add_perm("plans.edit_appendix", is_administrator)
