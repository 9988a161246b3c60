"""Who may do what with rounds and the units' reports (domain.md §3.6): every rule once.

Seeing is a condition on a queryset (`visible_to`); doing is a predicate for one object.
"""

from typing import TYPE_CHECKING

import rules
from django.db.models import Q

from plans.rules import UNIT_ROLES, is_leadership, is_office, oversees
from reports.states.consolidated import DRAFTING, ISSUED
from reports.states.unit_report import ReportState
from units.models import Role, UnitKind, User
from units.models.unit import unit_or_heir

if TYPE_CHECKING:
    from reports.models import ConsolidatedReport, UnitReport


def visible_reports(user: User) -> Q:
    """Overseers see every unit's report, unit people that of their own unit and of units that
    became part of it: nobody else is left who could hand it in."""
    if oversees(user):
        return Q()
    return unit_or_heir("unit", pk=user.unit_id or 0)


def visible_rounds(user: User) -> Q:
    """Overseers see every round, unit people those that ask their unit."""
    if oversees(user):
        return Q()
    return unit_or_heir("reports__unit", pk=user.unit_id or 0)


# The Office follows, urges and consolidates (S33).
may_open_round = is_office
may_urge = is_office
may_close_round = is_office


@rules.predicate
def is_of_unit(user: User, report: "UnitReport") -> bool:
    """Of the unit, or of that which it became part of and which reports in its place."""
    if not user.is_active or user.unit_id is None:
        return False
    return any(unit.pk == user.unit_id for unit in report.unit.line)


@rules.predicate
def reads_unsent(user: User, report: "UnitReport") -> bool:
    """What a unit has not handed in is read by its own people only; of a unit that is no more also
    by the Office, so that no words of it are out of sight."""
    return bool(
        is_of_unit(user, report)
        or (
            is_office(user)
            and report.unit.merged_on is not None
            and report.state != ReportState.MISSING
        )
    )


@rules.predicate
def writes_reports(user: User) -> bool:
    """Specialists draft (3.6); the Office's people write the Office's own report."""
    return user.role in (*UNIT_ROLES, Role.OFFICE)


@rules.predicate
def answers_for_unit(user: User) -> bool:
    """Heads and their deputies submit; in the Office whoever works for it (3.6)."""
    return user.role in (Role.HEAD, Role.OFFICE)


@rules.predicate
def is_of_the_office(user: User, report: "UnitReport") -> bool:
    """The Office's own report, or that of a unit which is part of it now: the leadership accepts
    it."""
    return any(unit.kind == UnitKind.OFFICE for unit in report.unit.line)


@rules.predicate
def did_not_submit(user: User, report: "UnitReport") -> bool:
    """Nobody accepts what they submitted themselves (3.6, no self-approval)."""
    newest = report.newest_version
    return newest is None or newest.by_id != user.pk


may_write = is_of_unit & writes_reports
may_submit = is_of_unit & answers_for_unit
may_review = ((is_office & ~is_of_unit & ~is_of_the_office) | is_leadership) & did_not_submit


@rules.predicate
def may_reopen(user: User, report: "UnitReport") -> bool:
    """Not the Office, which accepted: what was accepted is opened again by the leadership, for
    which it was accepted."""
    return is_leadership(user)


# --- The consolidated report (domain.md §3.6, F16) ---------------------------------------------


def visible_consolidated(user: User) -> Q:
    """Overseers see every report; people of the agency's units, who stand under "Nơi nhận", those
    that were issued."""
    if oversees(user):
        return Q()
    return Q(status__in=ISSUED, agency__units=user.unit_id or 0)


# The Office drafts, and its clerk gives the number and sends.
may_draft = is_office
may_issue = is_office


@rules.predicate
def did_not_draft(user: User, report: "ConsolidatedReport") -> bool:
    """Nobody signs what they drafted (3.6, no self-approval)."""
    return not (
        report.steps.filter(act__in=DRAFTING, by=user).exists()
        or report.edits.filter(by=user).exists()
    )


# Sending back is not an approval of one's own work; signing asks did_not_draft besides.
may_send_back_report = is_leadership
