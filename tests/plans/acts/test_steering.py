"""Directives, urgings, difficulties, inspections, dissemination: who begins them, with what."""

import uuid

import pytest
from django.db import transaction

from plans.acts import steering
from plans.acts.appendix import remove_task
from plans.acts.inspections import add_remedy
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.matters import (
    difficulties_on,
    slack,
    steps_about,
    urged_on,
    waits_for_decision,
    waits_for_unit,
)
from plans.models import (
    Difficulty,
    Directive,
    Dissemination,
    Finding,
    HistoryIsKept,
    Inspection,
    Matter,
    Remedy,
    Sanction,
)
from plans.moves import Stage
from plans.states import State
from tests.builders import DUE, TODAY, day, make_task, record
from tests.plans.acts.database import STEERING, contents
from tests.plans.acts.test_history_is_kept import WAYS
from tests.plans.new_files import a_file
from tests.steering import (
    direct,
    disseminate,
    find,
    go,
    inspect,
    raise_one,
    remedying,
    sanction,
    urge,
)
from units import clock
from units.models import Notice

BEGIN = {
    "direct": (
        lambda w, by: direct(w, by=by, giver=w.leadership, document_number="5"),
        "leadership office",
    ),
    "urge": (lambda w, by: urge(w, by=by), "leadership office"),
    "raise": (lambda w, by: raise_one(w, by=by), "staff head other_head support_head office"),
    "inspect": (lambda w, by: inspect(w, by=by), "leadership office"),
    "find": (lambda w, by: find(w, by=by), "leadership office"),
    "sanction": (lambda w, by: sanction(w, inspect(w), by=by), "leadership office"),
    "disseminate": (lambda w, by: disseminate(w, by=by), "head other_head support_head office"),
}


@pytest.mark.parametrize("what", BEGIN)
def test_who_may_begin(world, what):
    begin, allowed = BEGIN[what]
    for who, user in world.people.items():
        if who in allowed.split():
            assert begin(world, user).by == user
        else:
            with pytest.raises(NotYours):
                begin(world, user)


# --- Directives -----------------------------------------------------------------------------------


def test_a_directive_to_several_units_is_one_for_each(world):
    key = uuid.uuid4()

    def send():
        return steering.give_directive(
            plan=world.plan,
            by=world.leadership,
            giver=None,
            units=[world.a, world.b],
            words="Rà soát.",
            given_on=TODAY,
            due_on=DUE,
            request_key=key,
        )

    first = send()

    assert [one.unit for one in first] == [world.a, world.b]
    assert send() == first
    assert Directive.objects.count() == 2
    go(first[0], "answer", world.head)
    stages = Directive.objects.on(TODAY).order_by("pk").values_list("stage", flat=True)
    assert list(stages) == ["answered", "given"]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"words": ""}, {"words"}),
        ({"units": []}, {"units"}),
        ({"due_on": None}, {"due_on"}),
        ({"due_on": day(11, 19)}, {"due_on"}),
        ({"given_on": day(11, 21)}, {"given_on"}),
        ({"given_on": day(6, 30)}, {"given_on"}),
        ({"document_date": TODAY}, {"document_number"}),
    ],
)
def test_a_directive_that_cannot_be_given(world, fields, errors):
    before = contents(STEERING)
    with pytest.raises(Invalid) as refusal:
        direct(world, **fields)
    assert refusal.value.errors.keys() == errors
    assert contents(STEERING) == before


def test_the_office_keeps_a_note_on_a_document(world):
    for fields, error in (
        ({"giver": None, "document_number": "5"}, "giver"),
        ({"giver": world.office, "document_number": "5"}, "giver"),
        ({"giver": world.leadership}, "document_number"),
    ):
        with pytest.raises(Invalid) as refusal:
            direct(world, by=world.office, **fields)
        assert refusal.value.errors.keys() == {error}

    kept = direct(world, by=world.office, giver=world.leadership, document_number="5/UBND-VX")

    assert (kept.giver_label, kept.by_label) == ("Người leadership", "Người office, Phòng VP")


# --- Urgings --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"form": "letter"}, {"document_number", "document_date"}),
        ({"form": "letter", "document_number": "1"}, {"document_date"}),
        ({"form": "?"}, {"form"}),
        ({"tasks": []}, {"tasks"}),
        ({"sent_on": None}, {"sent_on"}),
        ({"due_on": day(11, 1)}, {"due_on"}),
    ],
)
def test_an_urging_that_cannot_be_recorded(world, fields, errors):
    with pytest.raises(Invalid) as refusal:
        urge(world, **fields)
    assert refusal.value.errors.keys() == errors


def test_a_unit_is_urged_for_its_own_tasks_only(world):
    with pytest.raises(Invalid) as refusal:
        urge(world, tasks=[world.other_task])
    assert refusal.value.errors.keys() == {"tasks"}


def test_a_task_tells_how_often_and_when(world):
    letter = {"form": "letter", "document_number": "7/STTTT-VP", "document_date": day(11, 8)}
    urge(world, on=day(10, 2))
    urge(world, on=day(11, 9), sent_on=day(11, 8), **letter)
    urge(world, tasks=[world.other_task], unit=world.b)

    def seen(reader, on):
        return urged_on(steps_about(world.task, reader, on))

    assert seen(world.office, TODAY) == [day(10, 2), day(11, 8)]
    assert seen(world.head, day(11, 8)) == [day(10, 2)]
    assert seen(world.support_head, TODAY) == []


def test_what_a_unit_is_urged_for(world):
    """Overdue, silent for 30 days or for ever; what waits or is done is neither."""
    late = make_task(world.block, (world.a,), due_on=day(11, 1))
    record(late.assignments.get(), world.head, on=day(10, 25))
    stale = make_task(world.block, (world.a,))
    record(stale.assignments.get(), world.head, on=day(10, 20))
    fresh = make_task(world.block, (world.a,))
    record(fresh.assignments.get(), world.head, on=day(10, 21))
    record(
        make_task(world.block, (world.a,), due_on=day(11, 1)).assignments.get(),
        world.head,
        State.DONE,
    )
    urge(world, on=day(11, 2))

    [found] = slack(world.plan, TODAY, world.a)

    assert found.overdue == (late,)
    assert found.silent == (world.task, stale)
    assert (found.urged, found.last_urged_on) == (1, day(11, 2))
    assert [one.unit for one in slack(world.plan, TODAY)] == [world.vp, world.a, world.b]


# --- Difficulties ---------------------------------------------------------------------------------


def test_a_difficulty_goes_up_from_an_update_once(world):
    update = record(world.lead, world.head, difficulty="Thiếu người", proposal="Thêm người")

    first = steering.raise_from_update(update=update, by=world.staff)

    assert steering.raise_from_update(update=update, by=world.head) == first
    assert (first.words, first.proposal, first.unit) == ("Thiếu người", "Thêm người", world.a)
    assert list(first.tasks.all()) == [world.task]


def test_only_own_words_go_up(world):
    with pytest.raises(NotNow):
        steering.raise_from_update(update=record(world.lead, world.head), by=world.head)
    update = record(world.lead, world.head, difficulty="Thiếu người")
    for who in (world.support_head, world.office, world.leadership):
        with pytest.raises(NotYours):
            steering.raise_from_update(update=update, by=who)
    assert not Difficulty.objects.exists()


def test_the_report_can_ask_where_each_difficulty_stands(world):
    first = raise_one(world, on=day(10, 1))
    raise_one(world, on=day(10, 2), words="Thiếu máy chủ.", proposal="", tasks=[])
    go(first, "pass_up", world.office, on=day(10, 3))
    go(first, "pass_out", world.leadership, on=day(10, 4))
    go(first, "answer", world.office, on=day(11, 1), words="UBND tỉnh đồng ý.")

    def told(on):
        return [
            (one.words, one.stage, one.document, one.answer, len(one.steps), one.is_open)
            for one in difficulties_on(world.plan, on)
        ]

    assert told(day(9, 30)) == []
    out = "Văn bản số 99/BC-STTTT ngày 04/10/2023"
    assert told(day(10, 4)) == [
        ("Thiếu kinh phí.", Stage.AT_PROVINCE, out, "", 3, True),
        ("Thiếu máy chủ.", Stage.AT_OFFICE, "", "", 1, True),
    ]
    assert told(TODAY)[0] == ("Thiếu kinh phí.", Stage.RESOLVED, out, "UBND tỉnh đồng ý.", 4, False)
    [one, _] = difficulties_on(world.plan, TODAY)
    assert (one.unit, one.tasks, one.raised_on, one.proposal) == (
        world.a,
        (world.task,),
        day(10, 1),
        "Bổ sung kinh phí.",
    )


# --- Inspections ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("remedy", "errors"),
    [
        ({"due_on": None}, {"due_on"}),
        ({"due_on": day(11, 19)}, {"due_on"}),
        ({"unit": None}, {"unit"}),
        ({"words": ""}, {"words"}),
        ({"means": ""}, {"means"}),
    ],
)
def test_nothing_is_found_without_what_must_follow(world, remedy, errors):
    inspection = inspect(world)

    with pytest.raises(Invalid) as refusal:
        find(world, inspection, remedy=remedying(world, **remedy))

    assert refusal.value.errors.keys() == errors
    assert not Finding.objects.exists()
    finding = find(world, inspection).finding
    with pytest.raises(Invalid) as refusal:
        add_remedy(
            finding=finding,
            by=world.office,
            remedy=remedying(world, **remedy),
            request_key=uuid.uuid4(),
        )
    assert refusal.value.errors.keys() == errors
    assert Remedy.objects.count() == 1


def test_a_remedy_is_about_the_inspected_tasks_of_its_unit(world):
    inspection = inspect(world, tasks=[world.task, world.other_task])

    assert list(find(world, inspection).tasks.all()) == [world.task]


def test_a_finding_is_of_an_inspected_unit(world):
    with pytest.raises(Invalid) as refusal:
        find(world, unit=world.s)
    assert refusal.value.errors.keys() == {"finding_unit"}


def test_who_sees_what_was_found(world):
    """Of another unit's failings nobody else reads."""
    inspection = inspect(world)
    of_a = find(world, inspection).finding
    common = find(world, inspection, unit=None).finding
    of_b = find(world, inspection, unit=world.b, remedy=remedying(world, unit=world.s)).finding
    seen = {
        "head": {of_a, common},
        "other_head": {common, of_b},
        "support_head": {of_b},
        "admin": {of_a, common, of_b},
    }

    assert {who: set(Finding.objects.visible_to(world.people[who])) for who in seen} == seen
    assert not Inspection.objects.visible_to(world.support_head).exists()
    assert [m.finding for m in Remedy.objects.visible_to(world.support_head)] == [of_b]


def test_a_sanction_is_for_the_leadership_and_the_office_only(world):
    one = sanction(world, inspect(world))
    seen = {who for who, user in world.people.items() if Sanction.objects.visible_to(user).exists()}

    assert seen == {"leadership", "office"}
    assert not Notice.objects.exists()
    assert one.against not in str(one)


# --- What waits, what stays -----------------------------------------------------------------------


def test_what_waits_for_whom(world):
    direct(world, due_on=day(12, 20))
    urgent = direct(world)
    answered = urge(world)
    go(answered, "answer", world.head)
    urge(world)
    remedy = find(world)
    reported = find(world)
    go(reported, "report", world.head)
    raise_one(world)

    def waits(of, user):
        return [(one.words, len(one.items)) for one in of(user, world.plan, TODAY)]

    assert waits(waits_for_unit, world.head) == [
        ("Ý kiến chỉ đạo cần tiếp nhận, trả lời", 2),
        ("Đôn đốc cần trả lời", 1),
        ("Biện pháp khắc phục phải thực hiện", 1),
    ]
    [first, *_] = waits_for_unit(world.head, world.plan, TODAY)
    assert first.items[0].matter == urgent
    assert waits(waits_for_unit, world.other_head) == []
    assert waits(waits_for_decision, world.office) == [
        ("Khó khăn, vướng mắc đơn vị nêu", 1),
        ("Kết quả khắc phục chờ xác nhận", 1),
    ]
    assert waits(waits_for_decision, world.leadership) == []
    go(urgent, "answer", world.head)
    assert waits(waits_for_decision, world.leadership) == [("Ý kiến chỉ đạo đã được trả lời", 1)]
    assert waits(waits_for_decision, world.head) == []
    assert remedy.due_on == DUE


def test_nothing_of_it_can_be_changed_or_deleted(world):
    directive = direct(world)
    urge(world)
    raise_one(world)
    inspection = inspect(world)
    find(world, inspection)
    sanction(world, inspection)
    disseminate(world)
    go(directive, "answer", world.head, files=(a_file(),))
    before = contents(STEERING)

    for model in (Matter, *STEERING):
        one = model.objects.order_by("pk")[0]
        for name, change in WAYS.items():
            with pytest.raises(HistoryIsKept):
                change_of(change, name, model, one)
    for relation in (directive.tasks, inspection.units):
        with pytest.raises(HistoryIsKept), transaction.atomic():
            relation.clear()

    assert contents(STEERING) == before


def change_of(change, name, model, one):
    if name in ("update of many", "update of some", "update by base manager"):
        manager = model._base_manager if "base" in name else model.objects
        manager.filter(pk=one.pk).update(pk=99)
    else:
        change(model, one)


def test_a_task_that_was_spoken_of_stays(world):
    urge(world, tasks=[world.task])
    with pytest.raises(NotNow):
        remove_task(task=world.task)


def test_dissemination_needs_a_day_a_way_and_people(world):
    for fields, error in (
        ({"held_on": None}, "held_on"),
        ({"held_on": day(11, 21)}, "held_on"),
        ({"way": ""}, "way"),
        ({"people": 0}, "people"),
        ({"people": None}, "people"),
    ):
        with pytest.raises(Invalid) as refusal:
            disseminate(world, **fields)
        assert refusal.value.errors.keys() == {error}
    with clock.set_to(day(7, 10)):
        disseminate(world, held_on=day(7, 8))
    assert [one.unit for one in Dissemination.objects.visible_to(world.head)] == [world.a]
    assert not Dissemination.objects.visible_to(world.other_head).exists()
