"""Who sees which task: the condition on a queryset and the rule for one object say the same."""

import pytest

from plans.models import Task, TaskStanding
from plans.rules import (
    may_see_consolidated_report,
    may_see_task,
    may_see_update,
    oversees,
)
from tests.builders import make_user, record
from units.models import Role

EVERYTHING = {"task", "other_task", "office_task", "standing"}
SEES = {
    "staff": {"task", "standing"},
    "head": {"task", "standing"},
    "support_head": {"task", "standing"},
    "other_head": {"other_task", "standing"},
    "office": EVERYTHING,
    "leadership": EVERYTHING,
    "admin": EVERYTHING,
}


@pytest.mark.parametrize("who", SEES)
def test_tasks_that_each_role_sees(world, who):
    user = world.people[who]
    tasks = {name: getattr(world, name) for name in EVERYTHING}

    assert {name for name, task in tasks.items() if may_see_task(user, task)} == SEES[who]
    seen = {tasks[name].pk for name in SEES[who]}
    assert sorted(Task.objects.visible_to(user).values_list("pk", flat=True)) == sorted(seen)
    standings = TaskStanding.objects.visible_to(user).values_list("task", flat=True)
    assert sorted(standings) == sorted(seen)


def test_person_without_a_unit_sees_what_stands_for_everyone(world):
    user = make_user(Role.HEAD, None)

    assert list(Task.objects.visible_to(user)) == [world.standing]


def test_superuser_sees_no_more_than_the_role_does(world):
    user = make_user(Role.STAFF, world.b, is_superuser=True)

    assert set(Task.objects.visible_to(user)) == {world.other_task, world.standing}


@pytest.mark.parametrize(
    ("role", "answer"), [(role, role not in ("staff", "head")) for role in Role]
)
def test_who_oversees_every_unit(world, role, answer):
    assert oversees(make_user(role, world.a)) is answer
    assert may_see_consolidated_report(make_user(role, world.a)) is answer
    assert oversees(make_user(role, world.a, is_active=False)) is False


def test_updates_are_read_by_those_who_see_the_task(world):
    update = record(world.lead, world.head)

    assert {who for who, user in world.people.items() if may_see_update(user, update)} == {
        "staff",
        "head",
        "support_head",
        "office",
        "leadership",
        "admin",
    }
