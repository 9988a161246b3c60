"""A unit that led a task and said nothing of it, and does so no more: the days before stay true."""

import pytest
from django.urls import reverse

from plans import tallies
from plans.acts.amending import amend
from plans.acts.appendix import assign, unassign
from plans.acts.projection import rebuild
from plans.appendix.amendment import Amendment
from plans.models import AssignmentRole, AssignmentStanding
from plans.overview import whole_plan
from plans.states import State
from tests.builders import TODAY, day, make_task
from tests.pages import Page, text_of
from units import clock

BEFORE, CHANGED = day(11, 9), day(11, 10)


def replace(world, task):
    amend(
        task=task,
        by=world.admin,
        amendment=Amendment(leads=[(world.b, None)]),
        reason="Chuyển chức năng",
    )


def take(world, task):
    unassign(assignment=task.assignments.get(unit=world.a))


def turn_into_support(world, task):
    assign(task=task, unit=world.a, role=AssignmentRole.SUPPORT)


WAYS = {"replaced": replace, "taken back": take, "supports from then on": turn_into_support}


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def task(world, request):
    made = make_task(world.block, (world.a,))
    with clock.set_to(CHANGED):
        request.param(world, made)
    return made


def leads_on(task, asked):
    [found] = [one for one in whole_plan(task.plan, asked) if one.task == task]
    return found.status.state, [lead.assignment.unit.code for lead in found.leads]


def parts_on(plan, asked):
    return {unit.code: tally.total for unit, tally in tallies.by_unit(plan, asked)}


def test_the_day_before_names_it_and_counts_it(task):
    assert leads_on(task, BEFORE) == (State.NO_INFO, ["a"])
    assert parts_on(task.plan, BEFORE)["a"] == 2
    assert parts_on(task.plan, CHANGED)["a"] == 1
    assert "a" not in leads_on(task, CHANGED)[1]


def test_lists_of_the_day_before_find_it(world, as_user, task):
    client = as_user(world.office)
    asked = {"don-vi": "a", "vai-tro": "chu-tri", "ngay": "09/11/2023"}

    with clock.set_to(TODAY):
        before = Page(client.get(reverse("task-list"), asked))
        now = Page(client.get(reverse("task-list"), asked | {"ngay": "10/11/2023"}))

    assert task.title in before.text
    assert task.title not in now.text


@pytest.mark.parametrize("who", ["office", "leadership", "admin"])
def test_the_pages_of_the_day_before_show_it(world, as_user, task, who):
    client = as_user(world.people[who])

    with clock.set_to(TODAY):
        shown = Page(client.get(reverse("task", args=[task.pk]), {"ngay": "09/11/2023"}))
        tables = [
            Page(client.get(reverse(name), {"ngay": "09/11/2023"}))
            for name in ("dashboard", "unit-table")
        ]

    assert "Phòng A" in text_of(shown.root.xpath("//dl[@class='facts']")[0])
    assert [page.response.status_code for page in tables] == [200, 200]


def test_rebuilding_says_the_same(world, task):
    columns = ("task", "unit", "assignment", "from_day", "until_day", "state", "due_on")
    before = list(AssignmentStanding.objects.order_by("pk").values_list(*columns))
    days = (world.plan.starts_on, BEFORE, CHANGED, TODAY)
    told = [leads_on(task, one) for one in days]

    with clock.set_to(TODAY):
        rebuild(plan=world.plan)

    assert sorted(map(str, AssignmentStanding.objects.values_list(*columns))) == sorted(
        map(str, before)
    )
    assert [leads_on(task, one) for one in days] == told


def test_its_deadline_of_then_stays(world, task):
    with clock.set_to(TODAY):
        amend(
            task=task,
            by=world.admin,
            amendment=Amendment(due=(day(12, 20),)),
            reason="UBND tỉnh lùi thời hạn",
        )

    standing = AssignmentStanding.objects.get(task=task, assignment=None)
    assert (standing.unit, standing.due_on) == (world.a, day(11, 30))


def test_what_was_mended_on_the_same_day_leaves_nothing(world):
    with clock.set_to(CHANGED):
        made = make_task(world.block, (world.a,), on=CHANGED, added_on=CHANGED)
        replace(world, made)

    assert not AssignmentStanding.objects.filter(assignment=None).exists()
    assert leads_on(made, CHANGED)[1] == ["b"]


def test_the_task_can_still_be_removed_with_everything(world):
    made = make_task(world.block, (world.a,))
    with clock.set_to(CHANGED):
        take(world, made)

    made.delete()

    assert not AssignmentStanding.objects.filter(assignment=None).exists()
