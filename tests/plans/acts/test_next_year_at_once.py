"""Two clicks, or two administrators, at the same moment: one plan, and one account for a person."""

import uuid

import pytest

from plans.acts.next_year import carry_over
from plans.acts.refusals import NotNow
from plans.models import Plan, Task
from plans.next_year.preview import Choices, preview_of
from tests.builders import make_user, make_world
from tests.plans.acts.test_at_once import at_once
from tests.units.accounts.rosters import roster, sent
from units.accounts import importing
from units.accounts.refusals import Refused
from units.models import Role, User


@pytest.fixture
def world(transactional_db):
    return make_world()


def carrying(world, by, key):
    chosen = Choices(2024)
    seen = preview_of(world.plan, chosen).seen
    return lambda: carry_over(
        plan_id=world.plan.pk, by=by, choices=chosen, seen=seen, request_key=key
    )


def test_a_double_click_is_one_plan(world):
    key = uuid.uuid4()

    first, second = at_once(*[carrying(world, world.admin, key)] * 2)

    assert (type(first), first) == (Plan, second)
    assert Plan.objects.count() == 2
    assert Task.objects.filter(plan=first).count() == world.plan.tasks.count()


def test_two_administrators_make_one_plan(world):
    other = make_user(Role.ADMIN, username="admin2")

    outcomes = at_once(*[carrying(world, by, uuid.uuid4()) for by in (world.admin, other)])

    assert sorted(type(one).__name__ for one in outcomes) == ["NotNow", "Plan"]
    [refusal] = [one for one in outcomes if isinstance(one, NotNow)]
    assert "Không lập lần thứ hai" in str(refusal)
    assert Plan.objects.count() == 2


def test_two_lists_with_one_person_make_one_account(world):
    row = (1, "Lê Văn An", "", "Phòng A", "Chuyên viên", "an.lv@langson.gov.vn", "")

    def applying(title):
        one = sent(world.admin, roster((*row[:2], title, *row[3:])))
        seen = importing.compared(one, world.admin).seen

        def apply():
            try:
                return importing.apply(import_id=one.pk, by=world.admin, seen=seen)
            except Refused as refusal:
                return refusal

        return apply

    outcomes = at_once(applying("Chuyên viên"), applying("Phó phòng"))

    assert sorted(type(one).__name__ for one in outcomes) == ["Outdated", "PeopleImport"]
    assert User.objects.filter(email="an.lv@langson.gov.vn").count() == 1
