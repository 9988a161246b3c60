"""A task leaves its plan: nothing recorded is lost, every day before answers as it did."""

import uuid
from dataclasses import asdict
from decimal import Decimal

import pytest
from django.urls import reverse

from plans import tallies
from plans.acts.appendix import assign, move_due_date, remove_task
from plans.acts.projection import rebuild
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.acts.withdrawing import Half, merge_tasks, seen_of, split_task, withdraw_task
from plans.models import AssignmentStanding, MeasureValue, Task, TaskChange, TaskStanding
from plans.overview import tasks_on, whole_plan
from plans.states import State
from plans.timeline import timeline
from tests.builders import (
    TODAY,
    ask,
    day,
    decide,
    fresh,
    make_given,
    make_group,
    make_measure,
    make_task,
    record,
)
from tests.plans.acts.database import contents, difference
from tests.plans.admin_forms import filled
from units import clock
from units.models import Notice

HISTORY = ("ProgressUpdate", "MeasureValue", "Evidence", "DueDateChange", "Extension")


def withdraw(world, task=None, **fields):
    with clock.set_to(TODAY):
        return withdraw_task(
            task=task or world.task, by=world.admin, **{"reason": "Đã giao nơi khác", **fields}
        )


def counted(world, on):
    return tallies.total(tally for _, tally in tallies.by_indicator(world.plan, on))


def standings():
    return [
        sorted(map(str, model.objects.order_by("pk").values_list(*columns)))
        for model, columns in (
            (TaskStanding, ("task", "from_day", "until_day", "state", "due_on")),
            (AssignmentStanding, ("assignment", "from_day", "until_day", "state", "due_on")),
        )
    ]


@pytest.fixture
def other(world):
    """A second task in the block, led by B, with a target, of which something was reported."""
    task = make_task(world.block, (world.b,), (world.a,), product="Báo cáo")
    make_measure(task, target=70)
    return task


def test_withdrawn_from_today_on_and_not_before(world):
    record(world.lead, world.head, on=day(10, 2))
    before = {on: counted(world, on) for on in (day(10, 1), day(10, 5), day(11, 19))}
    was = counted(world, TODAY)

    withdraw(world)

    assert {on: counted(world, on) for on in before} == before
    now = counted(world, TODAY)
    assert (was.total - now.total, was.in_progress - now.in_progress) == (1, 1)
    assert world.task not in [one.task for one in whole_plan(world.plan, TODAY)]
    assert world.task in [one.task for one in whole_plan(world.plan, day(11, 19))]


def test_nothing_of_the_history_goes(world):
    record(world.lead, world.head)
    ask(world.lead, world.head, day(12, 10))
    before = contents()

    withdraw(world)

    changed = difference(
        {key: row for key, row in before.items() if "Standing" not in key[0]},
        {key: row for key, row in contents().items() if "Standing" not in key[0]},
    )
    assert changed == {"Task": [{"withdrawn_on": TODAY}]}


def test_rebuilding_from_the_history_says_the_same(world):
    record(world.lead, world.head, on=day(10, 2))
    withdraw(world)
    written = standings()

    with clock.set_to(day(11, 25)):
        rebuild(plan=world.plan)

    assert standings() == written


def test_why_and_what_follows_stand_in_the_story(world, other):
    withdraw(world, successors=[other])

    [entry] = [one for one in timeline(world.task, TODAY, world.head) if one.kind == "amended"]
    assert entry.who == world.admin.label
    assert entry.texts == (("Lý do", "Đã giao nơi khác"),)
    assert [asdict(one) for one in entry.changes] == [
        {
            "name": "Phụ lục",
            "before": "có trong phụ lục",
            "after": f"đã rút khỏi phụ lục, thay bằng {other.code}",
        }
    ]
    assert list(world.task.successors.all()) == [other]


def test_people_of_its_units_are_told(world):
    withdraw(world)

    told = set(Notice.objects.values_list("user", flat=True))
    assert {world.head.pk, world.people["staff"].pk, world.people["support_head"].pk} <= told
    assert world.admin.pk not in told
    assert "rút khỏi phụ lục. Lý do: Đã giao nơi khác" in Notice.objects.first().words


@pytest.mark.parametrize("who", ["staff", "head", "office", "leadership"])
def test_only_administrators_withdraw(world, who):
    before = contents()

    with pytest.raises(NotYours):
        withdraw_task(task=world.task, by=world.people[who], reason="Lý do")

    assert contents() == before


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_reason_is_needed(world, reason):
    with pytest.raises(Invalid) as refused:
        withdraw(world, reason=reason)

    assert set(refused.value.errors) == {"reason"}


def test_nothing_more_is_said_of_it(world):
    record(world.lead, world.head, state=State.DONE, completed_on=day(11, 1))
    withdraw(world)
    before = contents()

    for act in (
        lambda: record(world.lead, world.head),
        lambda: decide("confirm", world.lead, world.office),
        lambda: ask(world.lead, world.head, day(12, 10)),
        lambda: assign(task=world.task, unit=world.b, role="lead"),
        lambda: move_due_date(task=world.task, due_on=day(12, 1), by=world.admin, reason="x"),
        lambda: remove_task(task=world.task),
        lambda: withdraw(world),
    ):
        with pytest.raises(NotNow, match="đã rút khỏi phụ lục"):
            act()

    assert contents() == before


# --- What people see ----------------------------------------------------------------------------


def test_its_page_stays_with_the_history_and_the_way_to_what_follows(world, other, as_user):
    record(world.lead, world.head, result="Đã làm một nửa", on=day(10, 2))
    withdraw(world, successors=[other])

    page = as_user(world.office).get(reverse("task", args=[world.task.pk])).content.decode()

    assert "Nhiệm vụ đã rút khỏi phụ lục từ ngày 20/11/2023" in page
    assert reverse("task", args=[other.pk]) in page
    assert "Đã làm một nửa" in page
    earlier = as_user(world.office).get(
        reverse("task", args=[world.task.pk]), {"ngay": "19/11/2023"}
    )
    assert "rút khỏi phụ lục" not in earlier.content.decode()


def test_lists_are_without_it_from_its_day_on(world, as_user):
    withdraw(world)
    client = as_user(world.office)

    assert world.task.title not in client.get(reverse("task-list")).content.decode()
    past = client.get(reverse("task-list"), {"ngay": "19/11/2023"}).content.decode()
    assert world.task.title in past


@pytest.mark.parametrize("name", ["progress-record", "extension-ask"])
def test_text_that_is_sent_all_the_same_is_shown_and_not_lost(world, as_user, name):
    withdraw(world)
    typed = {"result": "Kết quả vừa gõ", "reason": "Kết quả vừa gõ", "state": "in_progress"}
    data = {**typed, **{key: str(value) for key, value in fresh(world.lead).items()}}

    page = as_user(world.head).post(reverse(name, args=[world.task.pk, world.lead.pk]), data)

    assert page.status_code in (409, 422)
    assert "Kết quả vừa gõ" in page.content.decode()


# --- Two become one -----------------------------------------------------------------------------


def merge(world, kept, gone, **fields):
    with clock.set_to(TODAY):
        return merge_tasks(
            **{
                "kept": kept,
                "gone": gone,
                "by": world.admin,
                "words": {"wording": "Lời văn chung", "product": "Báo cáo"},
                "reason": "Trùng nội dung",
                "seen": seen_of([kept, gone]),
                **fields,
            }
        )


def test_merged_into_one_with_the_units_and_targets_of_both(world, other):
    record(world.lead, world.head, on=day(10, 2))
    record(other.assignments.get(unit=world.b), world.people["other_head"], on=day(10, 3))
    before = contents()

    merge(world, world.task, other)

    kept, gone = Task.objects.get(pk=world.task.pk), Task.objects.get(pk=other.pk)
    assert (kept.wording, kept.product, kept.withdrawn_on) == ("Lời văn chung", "Báo cáo", None)
    assert gone.withdrawn_on == TODAY
    assert list(gone.successors.all()) == [kept]
    assert [(one.unit.code, one.role) for one in kept.assignments.in_order()] == [
        ("a", "lead"),
        ("b", "lead"),
        ("s", "support"),
    ]
    assert [one.name for one in kept.measures.all()] == [one.name for one in gone.measures.all()]
    assert gone.measures.count() == 1
    for key, row in before.items():
        if key[0] in HISTORY:
            assert contents()[key] == row
    assert counted(world, TODAY).total == counted(world, day(11, 19)).total - 1


def test_identical_targets_of_two_tasks_are_one_after_they_were_merged(world, other):
    same = make_measure(world.task, target=70, name="Tỷ lệ")
    own = make_measure(world.task, target=90, name="Tỷ lệ")
    copy = make_measure(other, target=70, name="tỷ lệ", baseline=40)
    new = make_measure(other, target=70, name="Tỷ lệ khác")
    b = other.assignments.get(unit=world.b)
    record(
        b,
        world.people["other_head"],
        on=day(10, 3),
        values={copy.pk: Decimal(65), new.pk: Decimal(12)},
    )
    record(world.lead, world.head, on=day(10, 4), values={same.pk: Decimal(50)})

    merge(world, world.task, other)

    names = [(one.name, one.target, one.baseline) for one in world.task.measures.all()]
    first = other.measures.order_by("position")[0].name
    assert names == [
        ("Tỷ lệ", 70, 40),
        ("Tỷ lệ", 90, None),
        (first, 70, None),
        ("Tỷ lệ khác", 70, None),
    ]
    assert own in world.task.measures.all()
    assert [one.merged_into for one in other.measures.order_by("position")][1] == same
    assert MeasureValue.objects.filter(measure__task=other).count() == 2


def test_what_both_tasks_reported_is_read_on_and_every_day_before_as_it_was(world, other):
    same = make_measure(world.task, target=70, name="Tỷ lệ")
    copy = make_measure(other, target=70, name="Tỷ lệ")
    assign(task=other, unit=world.a, role="lead")
    lead_of = {unit: other.assignments.get(unit=unit) for unit in (world.a, world.b)}
    record(
        lead_of[world.b], world.people["other_head"], on=day(10, 3), values={copy.pk: Decimal(65)}
    )
    record(world.lead, world.head, on=day(10, 4), values={same.pk: Decimal(50)})
    record(lead_of[world.a], world.head, on=day(10, 5), values={copy.pk: Decimal(71)})

    merge(world, world.task, other)

    assert readings(world.task, day(11, 19))[0] == ("Tỷ lệ", "50%")
    assert readings(world.task, TODAY)[0] == ("Tỷ lệ", "A: 71%; B: 65%")
    third = make_task(world.block, (world.a,))
    last = make_measure(third, target=70, name="Tỷ lệ")
    merge(world, third, Task.objects.get(pk=world.task.pk))
    assert readings(third, TODAY)[0] == ("Tỷ lệ", "A: 71%; B: 65%")
    assert last.has_readings


def readings(task, on):
    [row] = tasks_on(Task.objects.filter(pk=task.pk).for_page(), on)
    return [(one.measure.name, one.shown_values) for one in row.measures]


def test_a_support_that_said_something_stays_support(world, other):
    """Its words stand in the history as a contribution; the other task wanted it as a lead."""
    part = other.assignments.get(unit=world.a)
    record(part, world.head)

    merge(world, other, world.task)

    roles = dict(other.assignments.values_list("unit__code", "role"))
    assert roles == {"b": "lead", "a": "support", "s": "support"}


def test_nothing_is_merged_when_somebody_changed_one_meanwhile(world, other):
    seen = seen_of([world.task, other])
    other.title = "Tên mới"
    other.save(update_fields=["title"])
    before = contents()

    with pytest.raises(NotNow, match="vừa sửa"):
        merge(world, world.task, other, seen=seen)

    assert contents() == before


@pytest.mark.parametrize("words", [{"wording": " "}, {"wording": "x" * 6000}])
def test_merged_words_must_be_there(world, other, words):
    with pytest.raises(Invalid) as refused:
        merge(world, world.task, other, words=words)

    assert set(refused.value.errors) == {"wording"}


def test_a_task_is_not_merged_with_itself(world):
    with pytest.raises(NotNow):
        merge(world, world.task, world.task)


# --- One becomes two ----------------------------------------------------------------------------


def split(world, task=None, **fields):
    task = task or world.task
    with clock.set_to(TODAY):
        return split_task(
            **{
                "task": task,
                "by": world.admin,
                "wording": "Phần đầu",
                "half": Half("Phần sau", "Lời văn phần sau", [world.b]),
                "reason": "Hai việc khác nhau",
                "seen": seen_of([task]),
                "request_key": uuid.uuid4(),
                **fields,
            }
        )


def test_split_goes_on_with_its_progress_and_the_rest_is_new(world):
    record(world.lead, world.head, on=day(10, 2))
    was = counted(world, TODAY)

    made = split(world)

    task = Task.objects.get(pk=world.task.pk)
    assert (task.wording, made.wording, made.title) == ("Phần đầu", "Lời văn phần sau", "Phần sau")
    assert (made.code, made.due_on, made.block) == (f"{task.code}-2", task.due_on, task.block)
    assert dict(made.assignments.values_list("unit__code", "role")) == {"b": "lead", "s": "support"}
    assert list(Task.objects.filter(block=world.block).order_by("position"))[:2] == [task, made]
    assert list(made.predecessors.all()) == [task]
    assert world.lead.updates.count() == 1
    assert TaskStanding.objects.get(task=made).state == State.NO_INFO
    now = counted(world, TODAY)
    assert (now.total, now.no_info) == (was.total + 1, was.no_info + 1)
    for one in (task, made):
        assert TaskChange.objects.filter(task=one, reason="Hai việc khác nhau").exists()


def test_a_unit_named_by_its_group_is_so_in_both(world):
    group = make_group(world.agency, "nhom", world.s)
    support = world.task.assignments.get(unit=world.s)
    support.group = group
    support.save()

    made = split(world)

    assert made.assignments.get(unit=world.s).group == group


def test_days_before_do_not_know_what_was_made_today(world):
    split(world)

    made = [one.task for one in whole_plan(world.plan, day(11, 19)) if one.task.added_on]
    assert made == []
    written = standings()
    with clock.set_to(TODAY):
        rebuild(plan=world.plan)
    assert standings() == written


def test_given_tasks_are_neither_split_nor_merged(world):
    given = make_given(world)

    with pytest.raises(NotNow, match="sổ được giao"):
        split(world, given)
    with pytest.raises(NotNow, match="sổ được giao"):
        merge(world, world.task, given)


def test_the_same_form_twice_splits_once(world):
    key = uuid.uuid4()

    assert split(world, request_key=key) == split(world, request_key=key)
    assert Task.objects.filter(predecessors=world.task).count() == 1


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"half": Half("", "Lời văn", ["a unit"])}, "title"),
        ({"half": Half("Tên", " ", ["a unit"])}, "half"),
        ({"half": Half("Tên", "Lời văn", [])}, "leads"),
        ({"wording": ""}, "wording"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_is_missing_is_named(world, fields, named):
    before = contents()

    with pytest.raises(Invalid) as refused:
        split(world, **fields)

    assert set(refused.value.errors) == {named}
    assert contents() == before


def test_the_admin_has_no_door_to_delete_what_was_withdrawn(world, as_user):
    withdraw(world)
    client = as_user(world.admin)
    page = reverse("admin:plans_task_change", args=[world.task.pk])

    shown = client.get(page)
    assert shown.status_code == 200
    assert "_save" not in filled(shown, "task_form")
    assert client.post(page, {"title": "Khác"}).status_code == 403
    client.post(reverse("admin:plans_task_delete", args=[world.task.pk]), {"post": "yes"})
    assert Task.objects.filter(pk=world.task.pk).exists()
