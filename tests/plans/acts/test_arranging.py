"""The appendix is put in order: moved, copied, given to units; all of it or nothing."""

import uuid

import pytest

from plans.acts.arranging import Giving, assign_many, duplicate_task, move
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.models import Area, Block, Criterion, Task, TaskChange, TaskStanding
from plans.states import State
from tests.builders import TODAY, decide, make_block, make_group, make_measure, make_task, record
from tests.plans.acts.database import contents
from units import clock
from units.models import Notice


def order(plan):
    return [task.code for task in plan.tasks.order_by("position", "pk")]


def in_outline(plan):
    tasks = plan.tasks.order_by(
        "block__area__indicator__position",
        "block__area__position",
        "block__position",
        "position",
    )
    return [task.code for task in tasks]


@pytest.fixture
def outline(world):
    """Two indices; the first with two areas, of which the second has an area inside."""
    first = world.block
    second = make_block(world.plan, "1")
    area = Area.objects.create(indicator=first.area.indicator, position=2, title="Lĩnh vực hai")
    inner = Area.objects.create(
        indicator=first.area.indicator, parent=area, position=3, title="Bên trong"
    )
    third = Block.objects.create(area=inner, position=1)
    other = make_block(world.plan, "2")
    for number, block in enumerate((first, second, third, other)):
        for place in (1, 2):
            make_task(block, (world.a,), position=1000 + number * 10 + place)
    for position in (1, 2):
        Criterion.objects.create(block=first, position=position, title=f"Tiêu chí {position}")
    return world


def test_task_moves_past_its_neighbour_and_no_further(outline):
    tasks = list(Task.objects.filter(block=outline.block).order_by("position"))
    codes = [task.code for task in tasks]

    assert move(thing=tasks[0], by=outline.admin, up=False)
    assert [one.code for one in Task.objects.filter(block=outline.block).order_by("position")] == [
        codes[1], codes[0], *codes[2:]
    ]  # fmt: skip
    assert move(thing=tasks[0], by=outline.admin, up=True)
    assert not move(thing=tasks[0], by=outline.admin, up=True)
    assert not move(thing=tasks[-1], by=outline.admin, up=False)
    assert order(outline.plan) == in_outline(outline.plan)


@pytest.mark.parametrize("kind", ["indicator", "area", "block"])
def test_what_stands_in_a_thing_moves_with_it(outline, kind):
    things = {
        "indicator": outline.block.area.indicator,
        "area": outline.block.area,
        "block": outline.block,
    }
    before = order(outline.plan)

    assert move(thing=things[kind], by=outline.admin, up=False)

    assert order(outline.plan) == in_outline(outline.plan)
    assert order(outline.plan) != before
    assert sorted(order(outline.plan)) == sorted(before)
    assert move(thing=things[kind], by=outline.admin, up=True)
    assert order(outline.plan) == in_outline(outline.plan)


def test_criteria_move(outline):
    first = outline.block.criteria.get(position=1)

    assert move(thing=first, by=outline.admin, up=False)

    titles = [one.title for one in outline.block.criteria.order_by("position")]
    assert titles == ["Tiêu chí 2", "Tiêu chí 1"]


def test_equal_positions_are_told_apart(outline):
    Task.objects.filter(plan=outline.plan).update(position=5)
    tasks = list(Task.objects.filter(block=outline.block).order_by("position", "pk"))

    assert move(thing=tasks[1], by=outline.admin, up=True)

    moved = list(Task.objects.filter(block=outline.block).order_by("position", "pk"))
    assert moved == [tasks[1], tasks[0], *tasks[2:]]
    assert len(set(outline.plan.tasks.values_list("position", flat=True))) == len(
        order(outline.plan)
    )


def test_who_moved_a_row_stands_in_its_history(outline):
    task = Task.objects.filter(block=outline.block).order_by("position")[1]

    move(thing=task, by=outline.admin, up=True)

    assert task.history.first().history_change_reason.startswith("Chuyển lên trước ")


# --- Copies -------------------------------------------------------------------------------------


def test_copy_has_everything_but_what_was_said(world):
    measure = make_measure(world.task, target=70)
    group = make_group(world.agency, "nhom", world.b)
    part = world.task.assignments.create(
        unit=world.b, role="support", group=group, assigned_on=TODAY
    )
    record(world.lead, world.head)
    key = uuid.uuid4()

    with clock.set_to(TODAY):
        made = duplicate_task(task=world.task, by=world.admin, request_key=key)
        again = duplicate_task(task=world.task, by=world.admin, request_key=key)

    assert again == made
    assert (made.code, made.wording) == (f"{world.task.code}-2", world.task.wording)
    assert [(one.unit, one.role) for one in made.assignments.in_order()] == [
        (one.unit, one.role) for one in world.task.assignments.in_order()
    ]
    assert made.assignments.get(unit=part.unit).group == group
    assert made.measures.get().target == measure.target
    assert TaskStanding.objects.get(task=made).state == State.NO_INFO
    tasks = list(Task.objects.filter(block=world.block).order_by("position"))
    assert tasks.index(made) == tasks.index(world.task) + 1


# --- Units for many tasks -----------------------------------------------------------------------


def give(world, ticked, chosen, **fields):
    with clock.set_to(TODAY):
        return assign_many(
            **{
                "tasks": ticked,
                "units": chosen,
                "role": "lead",
                "giving": Giving.ADD,
                "by": world.admin,
                "reason": "Phân công lại",
                **fields,
            }
        )


def parts(task):
    return {(one.unit.code, one.role) for one in task.assignments.all()}


def test_units_are_added_to_every_ticked_task_once(world):
    tasks = [world.task, world.other_task, world.standing]

    changed = give(world, tasks, [world.b])

    assert {task.code for task in changed} == {world.task.code, world.standing.code}
    assert all(("b", "lead") in parts(task) for task in tasks)
    assert ("a", "lead") in parts(world.task)
    reasons = TaskChange.objects.values_list("task", "reason").order_by("task")
    assert list(reasons) == sorted((task.pk, "Phân công lại") for task in changed)
    assert give(world, tasks, [world.b]) == []
    told = Notice.objects.get(user=world.people["other_head"])
    assert "được giao chủ trì 2 nhiệm vụ" in told.words


def test_units_take_the_place_of_those_before(world):
    give(world, [world.task], [world.b], giving=Giving.REPLACE)

    assert parts(world.task) == {("b", "lead"), ("s", "support")}


def test_support_becomes_lead_and_keeps_its_row(world):
    give(world, [world.task], [world.s])

    assert parts(world.task) == {("a", "lead"), ("s", "lead")}
    assert world.task.assignments.get(unit=world.s).pk == world.support.pk


def test_groups_are_given_by_their_name(world):
    group = make_group(world.agency, "nhom", world.b, world.vp)

    give(world, [world.task], [], group=group, role="support")

    found = world.task.assignments.filter(group=group)
    assert {(one.unit.code, one.role) for one in found} == {("b", "support"), ("vp", "support")}


@pytest.mark.parametrize(
    ("fields", "named"),
    [({"tasks": []}, "tasks"), ({"units": []}, "units"), ({"reason": ""}, "reason")],
)
def test_what_is_missing_is_named(world, fields, named):
    before = contents()

    with pytest.raises(Invalid) as refused:
        give(world, [world.task], [world.b], **fields)

    assert set(refused.value.errors) == {named}
    assert contents() == before


def test_one_refusal_keeps_all_as_they_were(world):
    """A lead that said something is not replaced, and the other ticked task gets nothing."""
    record(world.lead, world.head)
    before = contents()

    with pytest.raises(NotNow, match="lịch sử phải được giữ"):
        give(world, [world.standing, world.task], [world.b], giving=Giving.REPLACE)

    assert contents() == before


def test_the_way_that_the_refusal_names_gives_the_work_to_another_unit(world):
    record(world.lead, world.head)
    with pytest.raises(NotNow) as refused:
        give(world, [world.task], [world.b], giving=Giving.REPLACE)
    assert "thêm đơn vị mới cùng chủ trì" in str(refused.value)
    assert f"“Dừng thực hiện” ở phần của {world.a}" in str(refused.value)

    give(world, [world.task], [world.b])
    decide("stop", world.lead, world.leadership)
    new = world.task.assignments.get(unit=world.b)
    record(new, world.other_head, State.DONE, completed_on=TODAY)
    decide("confirm", new, world.office)

    assert TaskStanding.objects.get(task=world.task, until_day=None).state == State.DONE


def test_a_support_holds_up_nothing_and_is_told_no_way(world):
    record(world.support, world.support_head)

    with pytest.raises(NotNow, match=r"lịch sử phải được giữ\.$"):
        give(world, [world.task], [world.s])


@pytest.mark.parametrize("who", ["staff", "head", "office", "leadership"])
def test_only_administrators_arrange(world, who):
    by = world.people[who]
    before = contents()

    for act in (
        lambda: move(thing=world.task, by=by, up=False),
        lambda: duplicate_task(task=world.task, by=by, request_key=uuid.uuid4()),
        lambda: give(world, [world.task], [world.b], by=by),
    ):
        with pytest.raises(NotYours):
            act()

    assert contents() == before
