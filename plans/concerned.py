"""Whom an event of a task concerns, so that they are told (units/notices.py)."""

from collections.abc import Iterable

from django.db.models import QuerySet

from plans.models import Assignment
from units.models import Role, UnitKind, User


def people_of(assignment: Assignment) -> QuerySet[User]:
    """Those who work on the part: the staff and heads of its unit, the Office for its own."""
    return people_in([assignment.unit_id])


def people_in(units: Iterable[int]) -> QuerySet[User]:
    """Those who work for units, given by their keys."""
    return User.objects.filter(
        unit__in=units, role__in=(Role.STAFF, Role.HEAD, Role.OFFICE), is_active=True
    )


def office() -> QuerySet[User]:
    return User.objects.filter(role=Role.OFFICE, is_active=True)


def leadership() -> QuerySet[User]:
    return User.objects.filter(role=Role.LEADERSHIP, is_active=True)


def checkers_of(assignment: Assignment) -> QuerySet[User]:
    """Who answers for the check of a part: the Office, for the Office's own part the leadership."""
    return leadership() if assignment.unit.kind == UnitKind.OFFICE else office()
