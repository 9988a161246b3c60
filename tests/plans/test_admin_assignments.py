"""Leads and supports in the page of a task: given, taken back and changed by acts alone."""

import pytest

from plans.acts import appendix
from plans.acts.appendix import move_due_date
from plans.models import AssignmentStanding, DueDateChange, Task, TaskStanding
from plans.states import State
from tests.builders import TODAY, day, make_group, record
from tests.plans.acts.database import contents
from tests.plans.admin_forms import SAVED, add_row, change_url, edit, errors


@pytest.fixture
def admin(client, world):
    client.force_login(world.admin)
    return client


def parts(task):
    return {(one.unit.code, one.role) for one in task.assignments.all()}


def now(task):
    return TaskStanding.objects.get(task=task, until_day=None)


def test_units_are_added_as_lead_and_as_support(admin, world):
    rows = add_row("assignments", 2, unit=world.b.pk, role="lead") | add_row(
        "assignments", 3, unit=world.vp.pk, role="support"
    )

    assert edit(admin, world.task, **rows).status_code == SAVED

    assert parts(world.task) == {("a", "lead"), ("s", "support"), ("b", "lead"), ("vp", "support")}
    added = world.task.assignments.get(unit=world.b)
    assert added.assigned_on == TODAY
    standing = AssignmentStanding.objects.get(assignment=added)
    assert (standing.state, standing.from_day, standing.due_on) == (
        State.NO_INFO,
        TODAY,
        world.task.due_on,
    )


def test_unit_without_history_is_taken_back(admin, world):
    assert edit(admin, world.task, assignments__0__DELETE="on").status_code == SAVED

    assert parts(world.task) == {("s", "support")}
    assert now(world.task).state == State.UNASSIGNED


def test_support_becomes_lead(admin, world):
    assert edit(admin, world.task, assignments__1__role="lead").status_code == SAVED

    assert parts(world.task) == {("a", "lead"), ("s", "lead")}
    assert AssignmentStanding.objects.filter(assignment=world.support).count() == 1


@pytest.mark.parametrize(
    "change", [{"assignments__0__DELETE": "on"}, {"assignments__0__role": "support"}]
)
def test_unit_with_history_stays_as_it_is_and_nothing_is_saved(admin, world, change):
    record(world.lead, world.head)
    before = contents()

    response = edit(admin, world.task, title="Tên khác", **change)

    assert response.status_code == 200
    assert any("lịch sử phải được giữ" in error for error in errors(response))
    assert contents() == before


def test_lead_whose_deadline_was_moved_is_not_taken_back(admin, world):
    move_due_date(task=world.task, due_on=day(12, 15), by=world.admin, reason="Gia hạn")

    response = edit(admin, world.task, assignments__0__DELETE="on")

    assert any("lịch sử phải được giữ" in error for error in errors(response))
    assert parts(world.task) == {("a", "lead"), ("s", "support")}


def test_history_that_comes_while_the_form_is_saved_is_a_message_and_saves_nothing(
    admin, world, monkeypatch
):
    """Between the form's own check and the act somebody records progress."""
    real = appendix.take_back

    def recorded_meanwhile(parts, by=None):
        for part in parts:
            record(part, world.head)
        real(parts, by)

    monkeypatch.setattr("plans.acts.amending.take_back", recorded_meanwhile)

    response = edit(admin, world.task, title="Tên khác", assignments__0__DELETE="on")

    assert response.status_code == 200
    assert any("lịch sử phải được giữ" in error for error in errors(response))
    assert b"T\xc3\xaan kh\xc3\xa1c" in response.content  # what was typed is still there
    assert Task.objects.get(pk=world.task.pk).title == world.task.title
    assert parts(world.task) == {("a", "lead"), ("s", "support")}


def test_the_same_unit_twice_is_refused(admin, world):
    response = edit(admin, world.task, **add_row("assignments", 2, unit=world.s.pk, role="lead"))

    assert errors(response) != []
    assert parts(world.task) == {("a", "lead"), ("s", "support")}


def test_unit_that_no_longer_works_gets_no_new_task(admin, world):
    world.b.is_active = False
    world.b.save()

    response = edit(admin, world.task, **add_row("assignments", 2, unit=world.b.pk, role="lead"))

    assert errors(response) == ["Phòng B không còn hoạt động nên không nhận việc mới."]
    assert parts(world.task) == {("a", "lead"), ("s", "support")}


def test_groups_become_a_part_for_each_active_unit(admin, world):
    group = make_group(world.agency, "phong", world.a, world.b, world.s)

    response = edit(admin, world.task, support_group=group.pk)

    assert response.status_code == SAVED
    assert parts(world.task) == {("a", "lead"), ("s", "support"), ("b", "support")}
    assert world.task.assignments.get(unit=world.b).group == group
    shown = admin.get(change_url(world.task)).content.decode()
    assert "Đã thêm phối hợp theo nhóm: B." in shown


def test_group_that_adds_nobody_says_so(admin, world):
    group = make_group(world.agency, "rong")

    response = edit(admin, world.task, lead_group=group.pk)

    assert response.status_code == SAVED
    assert "không thêm đơn vị nào" in admin.get(change_url(world.task)).content.decode()


def test_units_that_come_or_go_with_a_moved_deadline_get_no_record_of_it(admin, world):
    rows = add_row("assignments", 2, unit=world.b.pk, role="lead")

    response = edit(
        admin,
        world.task,
        due_on="15/12/2023",
        reason="Lùi thời hạn",
        assignments__0__DELETE="on",
        assignments__1__role="lead",
        **rows,
    )

    assert response.status_code == SAVED
    assert parts(world.task) == {("s", "lead"), ("b", "lead")}
    assert not DueDateChange.objects.exists()
    assert now(world.task).due_on == day(12, 15)
