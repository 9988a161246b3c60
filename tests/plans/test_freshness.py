"""What is remembered of a page is never older than the data: every kind of change is asked."""

import pytest
from django.urls import reverse

from plans.models import Indicator, Plan, Task
from plans.remembered import forget
from plans.states import State
from tests.builders import TODAY, day, decide, make_task, record
from units import freshness
from units.models import Demonstration, Notice, Unit

LIST, BOARD, UNITS = reverse("task-list"), reverse("dashboard"), reverse("unit-table")


@pytest.fixture(autouse=True)
def _empty():
    forget()


@pytest.fixture
def shown(world, as_user):
    """What a person finds on the three pages that are remembered."""

    def of(user):
        client = as_user(user)
        return "".join(client.get(url).content.decode() for url in (LIST, BOARD, UNITS))

    return of


def rename_unit(world):
    Unit.objects.filter(pk=world.a.pk).update(name="Phòng Đổi tên", short_name="ĐỔITÊN")
    return "ĐỔITÊN"


def retitle_task(world):
    Task.objects.filter(pk=world.task.pk).update(title="Tên gọi mới của nhiệm vụ")
    return "Tên gọi mới của nhiệm vụ"


def update(world):
    record(world.lead, world.head, result="Kết quả vừa ghi")
    return "Kết quả vừa ghi"


def claim_and_return(world):
    record(world.lead, world.head, State.DONE)
    decide("send_back", world.lead, world.office)
    return "Bị trả lại"


def rename_indicator(world):
    one = Indicator.objects.get(plan=world.plan)
    one.code = "CHỈ SỐ MỚI"
    one.save()
    return "CHỈ SỐ MỚI"


def new_task(world):
    make_task(world.block, (world.b,), title="Việc vừa được giao")
    return "Việc vừa được giao"


def next_day(world):
    Demonstration.objects.update(today=day(12, 5))
    return "quá hạn 5 ngày"


def due_day_rule(world):
    Plan.objects.filter(pk=world.plan.pk).update(due_day_counts=False)
    Demonstration.objects.update(today=day(11, 30))
    return "quá hạn 1 ngày"


CHANGES = [
    rename_unit,
    retitle_task,
    update,
    claim_and_return,
    rename_indicator,
    new_task,
    next_day,
    due_day_rule,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_fresh_after(world, shown, change):
    before = shown(world.office)

    words = change(world)

    assert words not in before
    assert words in shown(world.office)


def test_a_deleted_task_is_gone(world, shown):
    assert world.other_task.title in shown(world.office)
    world.other_task.delete()
    assert world.other_task.title not in shown(world.office)


def test_other_people_and_other_rights_see_their_own(world, as_user):
    def listed(user):
        return as_user(user).get(LIST).content.decode()

    assert world.other_task.title in listed(world.office)
    assert world.other_task.title not in listed(world.head)
    world.head.unit = world.b
    world.head.save()
    assert world.other_task.title in listed(world.head)


def test_remembered_pages_ask_a_few_queries(world, as_user, django_assert_num_queries):
    client = as_user(world.office)
    for url, queries in ((LIST, 8), (BOARD, 6), (UNITS, 6)):
        client.get(url)
        with django_assert_num_queries(queries):
            client.get(url)


def test_the_number_that_waits_is_remembered_and_never_stale(world, as_user):
    def waits(user):
        return as_user(user).get(f"/nhiem-vu/{world.task.pk}/").context["waiting_count"]

    assert (waits(world.office), waits(world.head)) == (0, 0)
    record(world.lead, world.head, "done", completed_on=TODAY)
    assert (waits(world.office), waits(world.head)) == (1, 0)
    decide("confirm", world.lead, world.office)
    assert waits(world.office) == 0


def test_every_write_is_marked_but_what_is_ones_own(world):
    seen = [freshness.version()]
    world.a.save()
    seen.append(freshness.version())
    world.a.groups.set([])
    Unit.objects.filter(pk=world.a.pk).update(position=9)
    seen.append(freshness.version())
    Notice.objects.all().delete()
    assert len(set(seen)) == 3
    assert freshness.version() == seen[-1]


def test_every_table_that_pages_show_is_watched():
    labels = {model._meta.label_lower for model in freshness.watched()}

    assert {"plans.task", "plans.taskstanding", "units.unit", "units.user"} <= labels
    assert "plans.task_references" in labels
    assert labels & freshness.ALONE == set()
