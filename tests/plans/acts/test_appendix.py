"""Who leads, who supports, until when: changed as of a day, with the past kept."""

import pytest

from plans.acts.appendix import (
    add_task,
    add_tasks,
    assign,
    assign_all,
    assign_group,
    move_due_date,
    remove_task,
    unassign,
)
from plans.acts.projection import rebuild
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.appendix.history import instead_of_replacing
from plans.models import (
    Assignment,
    AssignmentRole,
    AssignmentStanding,
    DueDateChange,
    Plan,
    Task,
    TaskStanding,
)
from plans.states import State
from tests.builders import (
    DUE,
    START,
    TODAY,
    day,
    decide,
    make_group,
    make_task,
    make_unit,
    record,
)
from tests.plans.acts.database import contents, difference
from units import clock

LEAD, SUPPORT = AssignmentRole


def state_on(task, asked):
    return TaskStanding.objects.on(asked).get(task=task).state


def parts(task):
    return {(part.role, part.unit.code) for part in task.assignments.select_related("unit")}


# --- Parts --------------------------------------------------------------------------------------


def test_a_part_is_given_from_today_on(world):
    part = assign(task=world.standing, unit=world.a, role=LEAD)

    assert part.assigned_on == TODAY
    assert state_on(world.standing, day(11, 19)) == State.UNASSIGNED
    assert state_on(world.standing, TODAY) == State.NO_INFO
    assert not AssignmentStanding.objects.on(day(11, 19)).filter(assignment=part).exists()
    assert AssignmentStanding.objects.on(TODAY).get(assignment=part).due_on == DUE


def test_a_supporting_part_has_no_standing_and_leaves_the_task_unassigned(world):
    part = assign(task=world.standing, unit=world.a, role=SUPPORT)

    assert not part.standings.exists()
    assert state_on(world.standing, TODAY) == State.UNASSIGNED


def test_the_same_part_again_changes_nothing(world):
    before = contents()

    assert assign(task=world.task, unit=world.a, role=LEAD) == world.lead
    assert contents() == before


def test_another_role_counts_from_today(world):
    with clock.set_to(day(10, 1)):
        assign(task=world.standing, unit=world.a, role=SUPPORT)

    part = assign(task=world.standing, unit=world.a, role=LEAD)

    assert (part.role, part.assigned_on) == (LEAD, TODAY)
    assert not AssignmentStanding.objects.on(day(11, 19)).filter(assignment=part).exists()
    assert state_on(world.standing, day(11, 19)) == State.UNASSIGNED
    assert state_on(world.standing, TODAY) == State.NO_INFO


def test_from_lead_to_support(world):
    assign(task=world.task, unit=world.a, role=SUPPORT)

    assert parts(world.task) == {(SUPPORT, "a"), (SUPPORT, "s")}
    assert state_on(world.task, TODAY) == State.UNASSIGNED
    assert not world.lead.standings.exists()


def test_a_group_gives_each_active_unit_its_own_part(world):
    closed = make_unit(world.agency, "closed")
    closed.is_active = False
    closed.save()
    group = make_group(world.agency, "phong", world.a, world.b, world.s, closed)

    made = assign_group(task=world.task, group=group, role=SUPPORT)

    # A leads and S supports already: each keeps its part.
    assert [(part.unit, part.group) for part in made] == [(world.b, group)]
    assert parts(world.task) == {(LEAD, "a"), (SUPPORT, "s"), (SUPPORT, "b")}


def test_a_unit_named_twice_keeps_its_first_part(world):
    task = make_task(world.block)
    group = make_group(world.agency, "phong", world.a, world.b)

    assign_all(
        task=task,
        parts=[(LEAD, world.a, 1), (SUPPORT, group, 1), (LEAD, world.b, 2)],
        assigned_on=START,
    )

    assert parts(task) == {(LEAD, "a"), (SUPPORT, "b")}


def test_a_part_without_history_is_taken_back(world):
    unassign(assignment=world.lead)

    assert parts(world.task) == {(SUPPORT, "s")}
    assert state_on(world.task, TODAY) == State.UNASSIGNED


@pytest.mark.parametrize("history", ["report", "pause", "due date"])
def test_a_part_with_history_is_kept(world, history):
    if history == "report":
        record(world.lead, world.staff)
    elif history == "pause":
        decide("pause", world.lead, world.leadership)
    else:
        move_due_date(task=world.task, due_on=day(12, 15), by=world.admin)
    before = contents()

    held = (
        "Phòng A đã có cập nhật hoặc thay đổi thời hạn trong nhiệm vụ "
        f"{world.task.code} nên không bỏ hoặc đổi vai trò được; lịch sử phải được giữ."
    )
    for change, way in (
        (lambda: unassign(assignment=world.lead), instead_of_replacing(world.lead)),
        (
            lambda: assign(task=world.task, unit=world.a, role=SUPPORT),
            instead_of_replacing(world.lead),
        ),
        (lambda: remove_task(task=world.task), ""),
    ):
        with pytest.raises(NotNow) as refusal:
            change()
        assert str(refusal.value) == f"{held} {way}".rstrip()
    assert contents() == before


# --- Tasks --------------------------------------------------------------------------------------


def new_task(world, **fields):
    return Task(
        plan=world.plan,
        block=world.block,
        position=None,
        title="Mới",
        wording="Mới",
        **{"code": "mới", **fields},
    )


def test_a_new_task_stands_last_in_its_block_and_is_unassigned(world):
    task = add_task(task=new_task(world))

    assert list(Task.objects.order_by("position").values_list("pk", flat=True))[-1] == task.pk
    assert state_on(task, TODAY) == State.UNASSIGNED


def test_a_task_nobody_worked_on_can_be_removed(world):
    remove_task(task=world.other_task)

    assert not Task.objects.filter(pk=world.other_task.pk).exists()
    assert not AssignmentStanding.objects.filter(task=world.other_task.pk).exists()
    assert Assignment.objects.filter(task=world.task).count() == 2


# --- Deadlines ----------------------------------------------------------------------------------


def test_a_moved_deadline_keeps_the_old_one_for_the_days_before(world):
    task = make_task(world.block, (world.a, world.b), (world.s,), due_on=day(11, 10))

    move_due_date(task=task, due_on=day(12, 15), by=world.admin, reason="Xin gia hạn")

    assert Task.objects.get(pk=task.pk).due_on == day(12, 15)
    changes = DueDateChange.objects.order_by("assignment__unit__code")
    assert list(
        changes.values_list(
            "assignment__unit__code", "old_due_on", "new_due_on", "reason", "by_label"
        )
    ) == [
        ("a", day(11, 10), day(12, 15), "Xin gia hạn", world.admin.label),
        ("b", day(11, 10), day(12, 15), "Xin gia hạn", world.admin.label),
    ]
    for model in (TaskStanding, AssignmentStanding):
        before = model.objects.on(day(11, 19)).filter(task=task)
        after = model.objects.on(TODAY).filter(task=task)
        assert set(before.values_list("due_on", flat=True)) == {day(11, 10)}
        assert set(after.values_list("due_on", flat=True)) == {day(12, 15)}


def test_the_same_deadline_again_changes_nothing(world):
    before = contents()

    move_due_date(task=world.task, due_on=DUE, by=world.admin)

    assert contents() == before


def test_a_deadline_can_be_taken_away_and_given(world):
    move_due_date(task=world.task, due_on=None, by=world.admin)
    assert TaskStanding.objects.on(TODAY).get(task=world.task).due_on is None

    before = contents()
    move_due_date(task=world.task, due_on=DUE, by=world.admin)
    assert TaskStanding.objects.on(TODAY).get(task=world.task).due_on == DUE
    assert len(difference(before, contents())["DueDateChange"]) == 1


def test_a_lead_that_has_finished_keeps_the_deadline_it_met(world):
    task = make_task(world.block, (world.a, world.b), due_on=day(11, 30))
    done, owing = task.assignments.leads().order_by("unit__code")
    record(done, world.head, State.DONE, completed_on=day(11, 18))
    decide("confirm", done, world.office)

    move_due_date(task=task, due_on=day(11, 10), by=world.leadership, reason="Làm sớm hơn")

    standings = AssignmentStanding.objects.on(TODAY).filter(task=task)
    assert dict(standings.values_list("assignment", "due_on")) == {
        done.pk: day(11, 30),
        owing.pk: day(11, 10),
    }
    assert list(DueDateChange.objects.values_list("assignment", flat=True)) == [owing.pk]


def test_a_lead_that_has_finished_without_a_deadline_had_none_before(world):
    task = make_task(world.block, (world.a, world.b), due_on=None)
    done = task.assignments.get(unit=world.a)
    record(done, world.head, State.DONE, completed_on=day(11, 10), on=day(11, 10))
    decide("confirm", done, world.office, on=day(11, 12))

    with clock.set_to(day(11, 15)):
        move_due_date(task=task, due_on=day(12, 10), by=world.leadership, reason="Nay có hạn")

    assert DueDateChange.objects.get(assignment=done).old_due_on is None
    for on, due_on in ((day(11, 14), None), (day(11, 15), day(12, 10))):
        standing = AssignmentStanding.objects.on(on).get(assignment=done)
        assert standing.due_on == due_on
    spans = AssignmentStanding.objects.filter(task=task).order_by("assignment", "from_day")
    columns = ("assignment", "from_day", "until_day", "state", "due_on")
    before = list(spans.values_list(*columns))
    rebuild(plan=world.plan)
    assert list(spans.values_list(*columns)) == before


@pytest.mark.parametrize("who", ["staff", "head", "office"])
def test_only_the_leadership_and_administrators_move_deadlines(world, who):
    before = contents()
    with pytest.raises(NotYours):
        move_due_date(task=world.task, due_on=day(12, 15), by=getattr(world, who))
    assert contents() == before


def test_a_deadline_before_the_plan_is_refused(world):
    before = contents()
    with pytest.raises(Invalid) as refusal:
        move_due_date(task=world.task, due_on=day(6, 30), by=world.admin)
    assert refusal.value.errors == {"due_on": "Thời hạn không được trước ngày kế hoạch bắt đầu."}
    assert contents() == before


@pytest.mark.parametrize("starts_on", [START, day(12, 1)])
def test_many_tasks_at_once_are_what_they_are_one_by_one(world, starts_on):
    """Before and after the plan began, with and without a lead."""
    Plan.objects.update(starts_on=starts_on, due_on=day(12, 31))
    world.plan.refresh_from_db()
    assigned_on = max(TODAY, starts_on)
    group = make_group(world.agency, "nhom", world.b)
    shapes = [
        [("lead", world.a, None, 1), ("lead", world.b, group, 2), ("support", world.s, None, 1)],
        [("support", world.s, None, 1)],
        [],
    ]

    def made(code):
        task = new_task(world, code=code, due_on=day(12, 31))
        task.position = 99
        return task

    add_tasks(
        tasks=[(made(f"bulk {n}"), parts) for n, parts in enumerate(shapes)],
        assigned_on=assigned_on,
        by=world.admin,
    )
    for n, parts in enumerate(shapes):
        task = add_task(task=made(f"each {n}"))
        assign_all(
            task=task,
            parts=[(role, group or unit, place) for role, unit, group, place in parts],
            assigned_on=assigned_on,
        )
        assert story_of(Task.objects.get(code=f"bulk {n}")) == story_of(task)


def story_of(task):
    """Everything that is stored of a task, without its code and keys."""
    columns = ("from_day", "until_day", "state", "due_on", "claim", "returned")
    return (
        list(task.assignments.values_list("unit", "role", "group", "position", "assigned_on")),
        list(task.standings.order_by("from_day").values_list(*columns)),
        list(task.lead_standings.order_by("assignment").values_list(*columns, "assignment__unit")),
        Task.objects.get(pk=task.pk).search.split()[2:],
    )
