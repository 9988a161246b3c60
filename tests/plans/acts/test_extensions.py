"""A later deadline: asked for before the old one has passed, answered once, kept for every day."""

import uuid

import pytest

from plans import tallies
from plans.acts.appendix import move_due_date
from plans.acts.extensions import (
    accept_extension,
    ask_extension,
    forward_extension,
    refuse_extension,
)
from plans.acts.projection import rebuild
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.models import AssignmentStanding, DueDateChange, Extension, ExtensionStep
from plans.states import State
from tests.builders import DUE, TODAY, agree, ask, day, decide, make_given, make_user, record
from tests.plans.acts.database import contents
from units import clock
from units.models import Notice, Role

NEW = day(12, 10)


@pytest.fixture
def early(world):
    """The task of A is due on 25/11, before the plan's own 30/11: five days are the Department's
    to give."""
    move_due_date(task=world.task, due_on=day(11, 25), by=world.admin)
    return world


def asking(world, **changed):
    fields = {
        "assignment_id": world.lead.pk,
        "by": world.head,
        "due_on": NEW,
        "reason": "Chờ thiết bị.",
        "work_done": "Đã lắp một nửa.",
        "request_key": uuid.uuid4(),
    }
    return ask_extension(**fields | changed)


def answering(act, extension, by, **typed):
    return act(extension_id=extension.pk, by=by, request_key=uuid.uuid4(), **typed)


def due_on(world, on=TODAY):
    return AssignmentStanding.objects.on(on).get(assignment=world.lead).due_on


def told(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("words", flat=True))


def test_asked_passed_on_and_agreed_to(early):
    extension = ask(early.lead, early.head, day(11, 29))
    assert due_on(early) == day(11, 25)  # undecided: the old day counts
    answering(forward_extension, extension, early.office, words="Lý do xác đáng.")
    step = answering(accept_extension, extension, early.leadership, due_on=day(11, 29))

    assert step.kind == ExtensionStep.Kind.ACCEPT
    assert due_on(early) == day(11, 29)
    change = DueDateChange.objects.last()
    assert (change.old_due_on, change.new_due_on) == (day(11, 25), day(11, 29))
    assert (step.change, change.by) == (change, early.leadership)
    assert f"nhiệm vụ {early.task} đến 29/11/2023" in told(early.office)[0]
    assert "chờ Lãnh đạo Sở quyết định" in told(early.leadership)[0]
    assert told(early.head)[-1] == f"Nhiệm vụ {early.task}: gia hạn cho Phòng A đến 29/11/2023"
    assert told(early.other_head) == []


def test_another_day_than_asked_is_a_counter_offer(early):
    extension = ask(early.lead, early.head, day(11, 30))
    step = answering(accept_extension, extension, early.leadership, due_on=day(11, 28))

    assert (step.kind, due_on(early)) == (ExtensionStep.Kind.COUNTER, day(11, 28))


def test_refused_with_a_reason_the_old_day_counts(early):
    extension = ask(early.lead, early.head, day(11, 29))
    with pytest.raises(Invalid) as missing:
        answering(refuse_extension, extension, early.leadership, words=" ")
    assert missing.value.errors == {"words": "Đồng chí ghi lý do không đồng ý."}
    answering(refuse_extension, extension, early.leadership, words="Phải xong trong tháng.")

    assert due_on(early) == day(11, 25)
    assert Extension.objects.undecided().count() == 0
    assert ask(early.lead, early.head, day(11, 28)).pk != extension.pk  # may be asked again


def test_every_day_answers_with_the_deadline_of_that_day(early):
    with clock.set_to(day(11, 21)):
        extension = ask(early.lead, early.head, day(11, 29), on=day(11, 21))
    agree(extension, early.leadership, on=day(11, 27))

    found = {n: due_on(early, day(11, n)).day for n in (20, 24, 26, 27, 28)}
    assert found == {20: 25, 24: 25, 26: 25, 27: 29, 28: 29}
    # On 26/11 it was overdue, and it stays so for whoever asks about that day.
    late = [
        dict(tallies.by_unit(early.plan, day(11, n)))[early.a].overdue for n in (25, 26, 27, 29)
    ]
    assert late == [0, 1, 0, 0]
    before = contents()
    with clock.set_to(day(11, 27)):
        rebuild(plan=early.plan)
    assert [due_on(early, day(11, n)).day for n in (26, 27)] == [25, 29]
    assert before.keys() - contents().keys() <= {
        key for key in before if key[0] in ("AssignmentStanding", "TaskStanding")
    }


@pytest.mark.parametrize(
    ("on", "counts", "passed"), [(25, True, False), (26, True, True), (25, False, True)]
)
def test_not_after_the_deadline_has_passed(early, on, counts, passed):
    early.plan.due_day_counts = counts
    early.plan.save()
    with clock.set_to(day(11, on)):
        if not passed:
            assert ask(early.lead, early.head, day(11, 29), on=day(11, on))
            return
        with pytest.raises(NotNow, match="Thời hạn 25/11/2023 đã qua"):
            asking(early)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"due_on": None}, {"due_on": "Đồng chí ghi thời hạn mới (ngày/tháng/năm)."}),
        (
            {"due_on": DUE},
            {"due_on": "Thời hạn mới phải sau thời hạn hiện tại (30/11/2023)."},
        ),
        (
            {"due_on": day(12, 10, 2203)},
            {"due_on": "Thời hạn mới cách thời hạn cũ quá một năm; đồng chí kiểm tra lại."},
        ),
        ({"reason": " "}, {"reason": "Đồng chí ghi lý do xin gia hạn."}),
        ({"work_done": ""}, {"work_done": "Đồng chí ghi việc đã làm được đến nay."}),
    ],
)
def test_what_a_request_must_say(world, typed, errors):
    before = contents()
    with pytest.raises(Invalid) as refused:
        asking(world, **typed)
    assert refused.value.errors == errors
    assert contents() == before


def test_only_one_request_waits_at_a_time(world):
    asking(world)
    with pytest.raises(NotNow, match=r"Đề nghị gia hạn ngày 20/11/2023 đang chờ"):
        asking(world)


def test_no_deadline_and_no_lead_have_nothing_to_extend(world):
    with pytest.raises(NotNow, match="phối hợp"):
        asking(world, assignment_id=world.support.pk, by=world.support_head)
    move_due_date(task=world.task, due_on=None, by=world.admin)
    with pytest.raises(NotNow, match="không có thời hạn"):
        asking(world)


# --- Beyond the day that was set from above ------------------------------------------------------


def test_beyond_the_plans_own_day_needs_the_word_of_the_province(early):
    extension = ask(early.lead, early.head, NEW)
    with pytest.raises(Invalid) as refused:
        answering(accept_extension, extension, early.leadership, due_on=NEW)
    assert set(refused.value.errors) == {"superior_number", "superior_date"}
    assert "xin ý kiến UBND tỉnh" in refused.value.errors["superior_number"]
    assert due_on(early) == day(11, 25)

    step = answering(
        accept_extension,
        extension,
        early.leadership,
        due_on=NEW,
        superior_number="1502/UBND-KGVX",
        superior_date=day(11, 18),
    )
    assert (step.superior_number, step.superior_date) == ("1502/UBND-KGVX", day(11, 18))
    assert due_on(early) == NEW


def test_up_to_the_plans_own_day_the_department_decides(early):
    extension = ask(early.lead, early.head, NEW)
    assert answering(accept_extension, extension, early.leadership, due_on=DUE).due_on == DUE


def test_a_given_task_is_bound_by_the_day_in_its_document(world):
    lead = make_given(world, due_on=day(11, 25)).assignments.get(unit=world.a)
    extension = ask(lead, world.head, day(11, 28))
    with pytest.raises(Invalid) as refused:
        answering(accept_extension, extension, world.leadership, due_on=day(11, 28))
    assert "superior_number" in refused.value.errors


def test_the_document_of_the_province_is_not_of_tomorrow(early):
    extension = ask(early.lead, early.head, NEW)
    with pytest.raises(Invalid) as refused:
        answering(
            accept_extension,
            extension,
            early.leadership,
            due_on=NEW,
            superior_number="1",
            superior_date=day(11, 21),
        )
    assert set(refused.value.errors) == {"superior_date"}


# --- Who, and once -------------------------------------------------------------------------------


def test_the_requester_decides_in_no_post(world):
    extension = ask(world.lead, world.head, NEW)
    for role, act, typed in (
        (Role.LEADERSHIP, accept_extension, {"due_on": NEW}),
        (Role.LEADERSHIP, refuse_extension, {"words": "Không."}),
        (Role.OFFICE, forward_extension, {}),
    ):
        world.head.role, world.head.unit = role, None
        world.head.save()
        with pytest.raises(NotYours):
            answering(act, extension, world.head, **typed)


def test_the_offices_own_request_goes_to_the_leadership(world):
    lead = world.office_task.assignments.get()
    extension = ask(lead, world.office, NEW)
    with pytest.raises(NotYours):
        answering(forward_extension, extension, make_user(Role.OFFICE, world.vp))
    assert told(world.leadership) != []
    assert agree(extension, world.leadership).due_on == NEW


def test_decided_once_and_the_second_is_told_by_whom(world):
    extension = ask(world.lead, world.head, NEW)
    agree(extension, world.leadership)
    before = contents()
    with pytest.raises(NotNow, match=r"Người leadership đã quyết định ngày 20/11/2023"):
        answering(refuse_extension, extension, make_user(Role.LEADERSHIP), words="Không.")
    assert contents() == before


def test_passed_on_once(world):
    extension = ask(world.lead, world.head, NEW)
    answering(forward_extension, extension, world.office)
    with pytest.raises(NotNow, match="đã trình"):
        answering(forward_extension, extension, world.office)


def test_the_same_form_twice_is_one_record_and_changed_it_is_told(world):
    key = uuid.uuid4()
    first = asking(world, request_key=key)
    assert asking(world, request_key=key) == first
    with pytest.raises(NotNow):
        asking(world, request_key=key, reason="Lý do khác")
    accept = {
        "extension_id": first.pk,
        "by": world.leadership,
        "due_on": NEW,
        "superior_number": "9",
        "superior_date": TODAY,
        "request_key": uuid.uuid4(),
    }
    assert accept_extension(**accept) == accept_extension(**accept)
    assert DueDateChange.objects.count() == 1


def test_a_finished_lead_is_extended_no_more(world):
    extension = ask(world.lead, world.head, NEW)
    record(world.lead, world.head, State.DONE)
    decide("confirm", world.lead, world.office)
    with pytest.raises(NotNow):
        agree(extension, world.leadership)


def test_moving_the_whole_task_keeps_a_later_day_that_was_given(early):
    agree(ask(early.lead, early.head, day(11, 29)), early.leadership)
    move_due_date(task=early.task, due_on=day(11, 27), by=early.admin)
    assert due_on(early) == day(11, 29)
    move_due_date(task=early.task, due_on=day(12, 20), by=early.admin)
    assert due_on(early) == day(12, 20)
    assert [str(one) for one in early.lead.due_date_changes.all()][-2:] == [
        "25/11/2023 → 29/11/2023",
        "29/11/2023 → 20/12/2023",
    ]
