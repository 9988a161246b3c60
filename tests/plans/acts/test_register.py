"""The register of given tasks: followed like any task, counted apart from the plan's own."""

import uuid

import pytest

from plans import tallies
from plans.acts.projection import rebuild
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.acts.register import register_task
from plans.models import LegalDocument, Task, TaskStanding
from plans.overview import tasks_on, whole_plan
from plans.states import State
from tests.builders import TODAY, a_given_task, day, decide, make_given, record
from tests.plans.acts.database import contents
from units import clock


def figures(plan, on=TODAY):
    return tallies.by_indicator(plan, on), tallies.by_unit(plan, on), len(whole_plan(plan, on))


def test_no_figure_of_the_plan_changes(world):
    before = figures(world.plan)
    given = make_given(world)
    record(given.assignments.get(unit=world.a), world.head, State.DONE)

    assert figures(world.plan) == before
    tally = tallies.of_register(world.plan, TODAY, Task.objects.all())
    assert tally == tallies.Tally(awaiting=1)


def test_it_follows_the_same_acts(world):
    given = make_given(world)
    lead = given.assignments.get(unit=world.a)
    record(lead, world.head, State.DONE)
    decide("confirm", lead, world.office)

    assert TaskStanding.objects.on(TODAY).get(task=given).state == State.DONE
    tally = tallies.of_register(world.plan, TODAY, Task.objects.all())
    assert (tally.total, tally.done_on_time) == (1, 1)


def test_numbered_and_kept_with_its_document(world):
    first, second = make_given(world), make_given(world, title="Việc khác")

    assert [first.code, second.code] == [f"{world.task.code}-01", f"{world.task.code}-02"]
    assert first.source == second.source
    assert LegalDocument.objects.count() == 1
    assert first.source.citation == (
        "Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ"
    )
    assert [str(one.unit) for one in first.assignments.leads()] == ["Phòng A"]
    assert [str(one.unit) for one in first.assignments.supports()] == ["Phòng S"]


def test_not_there_before_the_day_it_was_entered(world):
    given = make_given(world, on=day(11, 15))
    tasks = Task.objects.filter(pk=given.pk).for_page()

    def known():
        return [len(tasks_on(tasks, day(11, n))) for n in (14, 15, 20)]

    assert known() == [0, 1, 1]
    with clock.set_to(TODAY):
        rebuild(plan=world.plan)
    assert known() == [0, 1, 1]


@pytest.mark.parametrize("who", ["staff", "head", "support_head", "other_head", "admin"])
def test_only_the_office_and_the_leadership_enter_one(world, who):
    world.block.keeps_register = True
    world.block.save()
    before = contents()
    with pytest.raises(NotYours):
        register_task(
            block_id=world.block.pk,
            by=world.people[who],
            given=a_given_task(world.a),
            request_key=uuid.uuid4(),
        )
    assert contents() == before


def test_only_where_the_plan_has_a_register(world):
    with pytest.raises(NotNow):
        register_task(
            block_id=world.block.pk,
            by=world.office,
            given=a_given_task(world.a),
            request_key=uuid.uuid4(),
        )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"wording": " "}, "wording"),
        ({"document_number": ""}, "document_number"),
        ({"document_date": None}, "document_date"),
        ({"document_date": day(11, 21)}, "document_date"),
        ({"document_type": "x"}, "document_type"),
        ({"due_on": day(1, 1, 2020)}, "due_on"),
        ({"leads": ()}, "leads"),
        ({"title": "a" * 201}, "title"),
    ],
)
def test_what_is_asked_for(world, typed, field):
    make_given(world)
    before = contents()
    with pytest.raises(Invalid) as refused:
        make_given(world, **typed)
    assert set(refused.value.errors) == {field}
    assert contents() == before


def test_nobody_leads_and_supports_the_same(world):
    with pytest.raises(Invalid) as refused:
        make_given(world, supports=(world.a,))
    assert refused.value.errors == {"supports": "Đã chủ trì nên không chọn phối hợp nữa: A."}


def test_a_double_click_is_one_task(world):
    world.block.keeps_register = True
    world.block.save()
    key = uuid.uuid4()
    first, second = (
        register_task(
            block_id=world.block.pk, by=world.office, given=a_given_task(world.a), request_key=key
        )
        for _ in range(2)
    )
    assert first == second
    assert Task.objects.registered(world.plan).count() == 1


def test_units_see_theirs(world):
    given = make_given(world)
    seen = {
        who
        for who, user in world.people.items()
        if given in Task.objects.visible_to(user).registered(world.plan)
    }
    assert seen == set(world.people) - {"other_head"}
