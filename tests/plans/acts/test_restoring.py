"""A withdrawn task comes back: the days in between stay without it, everything else goes on."""

import pytest
from django.urls import reverse

from plans import tallies
from plans.acts.appendix_import import compared
from plans.acts.projection import rebuild
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.acts.withdrawing import restore_task, withdraw_task
from plans.appendix.outcomes import Fate
from plans.models import Absence, AssignmentStanding, HistoryIsKept, Task, TaskStanding
from plans.overview import whole_plan
from plans.states import State
from plans.timeline import timeline
from tests.builders import TODAY, day, decide, make_appendix_import, make_task, record
from tests.pages import Page
from tests.plans.acts.database import contents, difference
from tests.plans.admin_forms import filled
from units import clock
from units.models import Notice

GONE, BACK = day(10, 9), day(10, 23)


def withdraw(world, on=GONE, task=None):
    with clock.set_to(on):
        return withdraw_task(task=task or world.task, by=world.admin, reason="Rút nhầm")


def restore(world, on=BACK, task=None, by=None, reason="Rút nhầm số mục"):
    with clock.set_to(on):
        return restore_task(task=task or world.task, by=by or world.admin, reason=reason)


@pytest.fixture
def absent(world):
    """Its task reported a claim, was withdrawn and put back two weeks later."""
    record(world.lead, world.head, State.DONE, completed_on=day(10, 2), on=day(10, 3))
    withdraw(world)
    restore(world)
    return world


def counted(world, on):
    return tallies.total(tally for _, tally in tallies.by_indicator(world.plan, on))


def standings():
    return [
        sorted(map(str, model.objects.order_by("pk").values_list(*columns)))
        for model, columns in (
            (TaskStanding, ("task", "from_day", "until_day", "state", "due_on", "report")),
            (AssignmentStanding, ("assignment", "from_day", "until_day", "state", "report")),
        )
    ]


@pytest.mark.parametrize(
    ("on", "is_there"),
    [
        (day(10, 3), True),
        (day(10, 8), True),
        (GONE, False),
        (day(10, 15), False),
        (day(10, 22), False),
        (BACK, True),
        (TODAY, True),
    ],
)
def test_counted_but_for_the_days_in_between(absent, on, is_there):
    assert counted(absent, on).awaiting == is_there
    assert counted(absent, on).total == 2 + is_there
    assert (absent.task in [one.task for one in whole_plan(absent.plan, on)]) == is_there
    assert (absent.task in Task.objects.kept_on(on)) == is_there


def test_it_goes_on_where_it_stood(absent):
    decide("confirm", absent.lead, absent.office)

    assert counted(absent, TODAY).done_on_time == 1


def test_more_than_once_and_within_one_day(world):
    record(world.lead, world.head, on=day(10, 3))
    for gone, back in ((GONE, BACK), (day(10, 25), day(10, 25)), (day(11, 1), day(11, 6))):
        withdraw(world, gone)
        restore(world, back)
    withdraw(world, day(11, 15))

    found = [on for on in (day(10, n) for n in range(1, 32)) if counted(world, on).total == 2]
    assert found == [day(10, n) for n in range(9, 23)]
    assert counted(world, day(11, 3)).total == 2
    assert counted(world, day(11, 10)).total == 3
    assert counted(world, TODAY).total == 2


@pytest.mark.parametrize("again", [False, True])
def test_rebuilding_from_the_history_says_the_same(absent, again):
    record(absent.lead, absent.head, on=day(10, 24))
    if again:
        for gone, back in ((day(10, 26), day(10, 26)), (day(11, 1), day(11, 6))):
            withdraw(absent, gone)
            restore(absent, back)
        withdraw(absent, day(11, 15))
    written = standings()

    with clock.set_to(day(11, 25)):
        rebuild(plan=absent.plan)

    assert standings() == written


def test_what_was_said_on_the_day_of_the_withdrawal_is_known_once_it_is_back(world):
    record(world.lead, world.head, on=GONE)
    withdraw(world)
    restore(world)
    written = standings()

    assert [counted(world, on).in_progress for on in (day(10, 8), GONE, BACK)] == [0, 0, 1]
    with clock.set_to(TODAY):
        rebuild(plan=world.plan)
    assert standings() == written


def test_without_a_lead_it_comes_back_too(world):
    withdraw(world, task=world.standing)
    restore(world, task=world.standing)

    assert [counted(world, on).unassigned for on in (day(10, 8), GONE, BACK)] == [1, 0, 1]


# --- Who, when, why -------------------------------------------------------------------------------


@pytest.mark.parametrize("is_out", [True, False])
@pytest.mark.parametrize("who", ["staff", "head", "office", "leadership", "admin"])
def test_state_and_role(world, who, is_out):
    """Withdrawn × an administrator, and nothing else."""
    if is_out:
        withdraw(world)
    before = contents()
    refusal = NotYours if who != "admin" else (None if is_out else NotNow)

    if refusal is None:
        restore(world, by=world.people[who])
        assert contents() != before
        return
    with pytest.raises(refusal):
        restore(world, by=world.people[who])
    assert contents() == before


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_reason_is_needed(world, reason):
    withdraw(world)

    with pytest.raises(Invalid) as refused:
        restore(world, reason=reason)

    assert set(refused.value.errors) == {"reason"}


def test_both_stand_in_the_story_and_nothing_else_changes(absent):
    entries = [one for one in timeline(absent.task, TODAY, absent.head) if one.kind == "amended"]
    assert [(one.changes[0].before, one.changes[0].after) for one in entries] == [
        ("đã rút khỏi phụ lục", "có trong phụ lục"),
        ("có trong phụ lục", "đã rút khỏi phụ lục"),
    ]
    assert entries[0].texts == (("Lý do", "Rút nhầm số mục"),)
    between = [one.kind for one in timeline(absent.task, day(10, 15), absent.head)]
    assert between.count("amended") == 1

    before = contents()
    withdraw(absent, day(11, 1))
    restore(absent, day(11, 2))
    changed = difference(
        {key: row for key, row in before.items() if "Standing" not in key[0]},
        {key: row for key, row in contents().items() if "Standing" not in key[0]},
    )
    assert changed == {}


def test_people_of_its_units_are_told(absent):
    told = Notice.objects.filter(words__contains="khôi phục vào phụ lục. Lý do: Rút nhầm số mục")

    assert {absent.head.pk, absent.people["support_head"].pk} <= {one.user_id for one in told}


def test_an_absence_stays_as_it_was(absent):
    one = Absence.objects.get()
    with pytest.raises(HistoryIsKept):
        one.delete()
    one.restored_on = TODAY
    with pytest.raises(HistoryIsKept):
        one.save()


def test_a_workbook_finds_it_again(world):
    one = make_appendix_import(world)
    withdraw(world, TODAY)
    with clock.set_to(TODAY):
        [first, _] = [each for each in compared(one).outcomes if each.row]
        assert first.fate is Fate.NEW
        assert compared(one).errors

    restore(world, TODAY)
    with clock.set_to(TODAY):
        [first, _] = [each for each in compared(one).outcomes if each.row]
    assert (first.fate, first.task) == (Fate.CHANGED, world.task)


# --- Pages ----------------------------------------------------------------------------------------


@pytest.fixture
def today():
    with clock.set_to(TODAY):
        yield


@pytest.mark.usefixtures("today")
def test_the_page_of_a_day_in_between_says_so(absent, as_user):
    client, address = as_user(absent.office), reverse("task", args=[absent.task.pk])

    between = client.get(address, {"ngay": "15/10/2023"}).content.decode()

    assert "từ ngày 09/10/2023, khôi phục ngày 23/10/2023" in between
    assert "rút khỏi phụ lục từ ngày" not in client.get(address).content.decode()
    listed = client.get(reverse("task-list"), {"ngay": "15/10/2023"}).content.decode()
    assert absent.task.title not in listed
    assert absent.task.title in client.get(reverse("task-list")).content.decode()


@pytest.mark.usefixtures("today")
def test_from_the_page_through_the_form_back_into_the_appendix(world, as_user):
    other = make_task(world.block, (world.b,))
    withdraw_task(task=world.task, by=world.admin, reason="Đã gộp", successors=[other])
    task = reverse("task", args=[world.task.pk])
    address = reverse("admin:plans_plan_restore", args=[world.plan.pk, world.task.pk])
    assert address not in as_user(world.office).get(task).content.decode()
    client = as_user(world.admin)
    screen = reverse("admin:plans_plan_appendix", args=[world.plan.pk])
    assert address in client.get(task).content.decode()
    assert address in client.get(screen).content.decode()
    form = filled(client.get(address), "appendix-act-form")
    assert f"thay bằng {other.code}" in Page(client.get(address)).text

    refused = client.post(address, {**form, "reason": " "})
    assert refused.status_code == 422
    assert "Đồng chí ghi lý do" in refused.content.decode()

    answer = client.post(address, {**form, "reason": "Rút nhầm"})
    assert answer.url == f"{screen}#task-{world.task.pk}"
    assert address not in client.get(screen).content.decode()
    assert client.get(address).status_code == 404
