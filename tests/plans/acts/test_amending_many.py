"""Many tasks changed or taken out together become what they become one by one, row for row."""

import random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from plans.acts import telling
from plans.acts.amending import amend, amend_all
from plans.acts.refusals import NotNow
from plans.acts.withdrawing import take_out
from plans.appendix.amendment import Amendment
from plans.models import Assignment, DueDateChange, LegalDocument, Task, TaskChange
from plans.models.standing import Standing
from plans.states import State
from tests.builders import (
    day,
    decide,
    make_group,
    make_measure,
    make_task,
    make_unit,
    make_user,
    record,
)
from units.models import Notice, Role

SPAN = [*(field.attname for field in Standing._meta.fields), "report_id"]


class _Undone(Exception):
    pass


def undone(work):
    """What `work` would leave; afterwards everything is as it was."""
    found = None
    try:
        with transaction.atomic():
            work()
            found = stories()
            raise _Undone
    except _Undone:
        return found


def stories():
    """Everything that is stored of every task, by its code, without keys of rows and moments."""
    return {
        "tasks": {task.pk: story(task) for task in Task.objects.all()},
        "gone": history(Task, history_type="-") + history(Assignment, history_type="-"),
        "told": sorted(Notice.objects.values_list("user", "words", "path", "told_on")),
    }


@pytest.fixture(autouse=True)
def _each_told_apart(monkeypatch):
    """Who hears of what; that they hear once of many is for test_telling."""
    monkeypatch.setattr(telling, "_TOLD_APART", 100)


def history(model, **asked):
    tracked = [field.attname for field in model.history.model.tracked_fields if field.name != "id"]
    kept = model.history.filter(**asked).order_by("history_id")
    columns = ["history_type", "history_user", "by_label", "history_change_reason", *tracked]
    return (
        sorted(kept.values_list(*columns), key=str)
        if "id" not in asked
        else list(kept.values_list(*columns))
    )


def story(task):
    kept = Task.history.filter(id=task.pk).order_by("history_id")
    return {
        "row": Task.objects.filter(pk=task.pk).values().get(),
        "parts": sorted(
            task.assignments.values_list(
                "unit", "role", "group", "position", "due_on", "assigned_on", "sequence"
            ),
            key=str,
        ),
        "spans": list(task.standings.order_by("from_day").values_list(*SPAN)),
        "of leads": sorted(task.lead_standings.values_list("assignment__unit", *SPAN), key=str),
        "changes": list(
            TaskChange.objects.filter(task=task)
            .order_by("pk")
            .values_list("changes", "reason", "by", "by_label", "recorded_on")
        ),
        "moved": sorted(
            DueDateChange.objects.filter(assignment__task=task).values_list(
                "assignment__unit", "old_due_on", "new_due_on", "reason", "by", "recorded_on"
            ),
            key=str,
        ),
        "history": history(Task, id=task.pk),
        "named": [sorted(one.references.values_list("legaldocument", flat=True)) for one in kept],
        "of parts": history(Assignment, task_id=task.pk),
    }


@pytest.fixture
def many(world):
    """Twelve tasks with all kinds of pasts, the same for each test; and who may be named."""
    chance = random.Random(7)
    more = [make_unit(world.agency, f"u{n}") for n in range(3)]
    units = [world.a, world.b, world.s, *more]
    group = make_group(world.agency, "nhom", *more)
    document = LegalDocument.objects.create(code="vb", type="KH", number="1")
    heads = {unit.pk: make_user(Role.HEAD, unit) for unit in units}
    tasks = []
    for n in range(12):
        named = chance.sample(units, 4)
        leads = named[: chance.choice((0, 1, 1, 2))]
        task = make_task(world.block, leads, named[2:], due_on=day(12, 1 + n) if n % 4 else None)
        for lead in task.assignments.leads():
            if chance.random() < 0.4:
                record(lead, heads[lead.unit_id], on=day(10, 5))
            if chance.random() < 0.3:
                done = day(10, 20)
                record(lead, heads[lead.unit_id], State.DONE, completed_on=done, on=done)
                if chance.random() < 0.6:
                    decide("confirm", lead, world.leadership, on=day(10, 25))
        if n % 3 == 0:
            make_measure(task)
            task.references.set([document])
        tasks.append(task)
    return tasks, units, group


def amendments(seed, tasks, units, group):
    """A random change of each task that its history allows."""
    chance = random.Random(seed)
    found = []
    for task in tasks:
        words, due, leads, supports = {}, None, None, None
        if chance.random() < 0.6:
            words = {"note": f"Ghi chú {seed}", "wording": f"{task.wording}, sửa"}
        if chance.random() < 0.5:
            due = (chance.choice((None, day(11, 25), day(12, 20), task.due_on)),)
        if chance.random() < 0.6:
            kept = [one for one in task.assignments.in_order() if one.sequence]
            keep = {one.unit_id for one in kept}
            free = [unit for unit in units if unit.pk not in keep]
            chance.shuffle(free)
            cut = chance.randint(0, 2)
            leads = [(one.unit, one.group) for one in kept if one.is_lead]
            leads += [(unit, chance.choice((None, group))) for unit in free[:cut]]
            supports = [(one.unit, one.group) for one in kept if not one.is_lead]
            supports += [(unit, None) for unit in free[cut : cut + 2]]
        found.append((task, Amendment(words, due, leads, supports)))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_changed_together_or_one_by_one(world, many, seed):
    wanted = amendments(seed, *many)

    def one_by_one():
        for task, amendment in wanted:
            amend(task=task, by=world.admin, amendment=amendment, reason="Sắp xếp lại")

    each = undone(one_by_one)
    together = undone(lambda: amend_all(amendments=wanted, by=world.admin, reason="Sắp xếp lại"))

    assert together == each
    assert sum(len(one["changes"]) for one in each["tasks"].values()) >= 6
    assert each["told"]


@pytest.mark.parametrize("seed", range(2))
def test_taken_out_together_or_one_by_one(world, many, seed):
    tasks = random.Random(seed).sample(many[0], 8)

    def one_by_one():
        for task in tasks:
            take_out(tasks=[task], by=world.admin, reason="Không còn cần")

    each = undone(one_by_one)
    together = undone(lambda: take_out(tasks=tasks, by=world.admin, reason="Không còn cần"))

    assert together == each
    assert any(one["row"]["withdrawn_on"] for one in each["tasks"].values())
    assert len(each["tasks"]) < Task.objects.count()
    assert each["gone"]


def test_one_that_is_refused_leaves_all_as_they_were(world, many):
    tasks, units, _ = many
    held = Assignment.objects.filter(sequence__gt=0).first()
    free = [(unit, None) for unit in units if unit != held.unit][:1]
    before = stories()

    with pytest.raises(NotNow, match="lịch sử phải được giữ"):
        amend_all(
            amendments=[
                (task, Amendment({"note": "x"}, None, free if task.pk == held.task_id else None))
                for task in tasks
            ],
            by=world.admin,
            reason="Sắp xếp lại",
        )

    assert stories() == before


def test_queries_do_not_grow_with_the_tasks(world):
    def counted(number):
        tasks = [make_task(world.block, (world.a,), (world.s,)) for _ in range(number)]
        change = Amendment({"note": "Mới"}, (day(12, 20),), [(world.a, None)], [(world.b, None)])
        wanted = [(task, change) for task in tasks]
        with CaptureQueriesContext(connection) as amended:
            amend_all(amendments=wanted, by=world.admin, reason="Sắp xếp lại")
        with CaptureQueriesContext(connection) as taken:
            take_out(tasks=tasks, by=world.admin, reason="Không còn cần")
        return len(amended), len(taken)

    assert counted(30) == counted(3)
