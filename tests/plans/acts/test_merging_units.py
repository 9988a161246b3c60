"""A unit becomes part of another: what it owes goes along, what it said stays its own."""

import uuid

import pytest
from django.urls import reverse

from plans import soundness
from plans.acts import decisions
from plans.acts.merging import codes, hand_over_tasks, merge_units
from plans.acts.prepared import prepare, send_prepared, words_of
from plans.acts.progress import Report
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.matters import waits_for_unit
from plans.models import Directive, Task, TaskChange
from plans.next_year.preview import Choices, preview_of
from plans.overview import whole_plan
from plans.states import State
from tests.builders import (
    TODAY,
    day,
    decide,
    fresh,
    make_block,
    make_group,
    make_plan,
    make_task,
    make_unit,
    make_user,
    record,
)
from tests.pages import Page
from tests.plans.acts.database import contents
from tests.plans.admin_forms import filled
from tests.steering import direct, go
from units import clock
from units.models import Notice, Role, Unit, User

REASON = "Quyết định số 12/QĐ-STTTT ngày 15/11/2023"


def merge(world, **fields):
    with clock.set_to(TODAY):
        return merge_units(
            **{
                "unit": world.a,
                "into": world.b,
                "on": day(11, 15),
                "by": world.admin,
                "reason": REASON,
                "hand_over": True,
                "move_people": True,
                **fields,
            }
        )


def who(task, role="lead"):
    return [one.unit.code for one in task.assignments.in_order() if one.role == role]


def closed(world):
    unit = make_unit(world.agency, "cu")
    unit.is_active = False
    unit.save()
    return unit


def idle(world):
    """What the page "Is the plan sound?" says of units that work no more."""
    [found] = [one for one in soundness.examine(world.plan) if one.check.key == "don-vi-ngung"]
    return [(gap.remark, gap.places[0].name) for gap in found.gaps]


def test_open_tasks_are_the_others_with_the_reason(world):
    supported = make_task(world.block, (world.s,), (world.a,))

    handed = merge(world)

    assert handed.given == [world.task, supported]
    assert (who(world.task), who(supported, "support")) == (["b"], ["b"])
    change = TaskChange.objects.get(task=world.task)
    assert (change.reason, change.changes) == (REASON, [["Chủ trì", "Phòng A", "Phòng B"]])
    unit = Unit.objects.get(pk=world.a.pk)
    assert (unit.is_active, unit.merged_into, unit.merged_on) == (False, world.b, day(11, 15))
    assert idle(world) == []


def test_what_was_said_stays_the_old_units_until_the_leadership_stops_it(world):
    record(world.lead, world.head, result="Đã làm một nửa", on=day(10, 2))

    handed = merge(world)

    assert (handed.given, handed.to_stop) == ([world.task], [world.task])
    assert who(world.task) == ["a", "b"]
    assert world.lead.updates.get().result == "Đã làm một nửa"
    told = Notice.objects.filter(user=world.leadership).latest("pk")
    assert f"chờ Lãnh đạo Sở cho dừng: {world.task.code}" in told.words
    [(remark, place)] = idle(world)
    assert place == world.task.code
    assert remark == (
        "Phòng A (chủ trì) đã ngừng hoạt động, nhập vào Phòng B từ 15/11/2023; chờ Lãnh đạo Sở "
        "cho dừng phần này"
    )

    with clock.set_to(TODAY):
        decisions.stop(
            assignment_id=world.lead.pk, by=world.leadership, reason=REASON, **fresh(world.lead)
        )
    assert idle(world) == []
    [row] = [one for one in whole_plan(world.plan, TODAY) if one.task == world.task]
    assert row.status.state == State.NO_INFO  # of what is still owed
    [row] = [one for one in whole_plan(world.plan, day(11, 19)) if one.task == world.task]
    assert [str(lead.assignment.unit) for lead in row.leads] == ["Phòng A"]


def test_what_is_finished_keeps_its_unit(world):
    record(world.lead, world.head, State.DONE, completed_on=day(10, 2), on=day(10, 3))
    decide("confirm", world.lead, world.office)

    handed = merge(world)

    assert (handed.given, who(world.task)) == ([], ["a"])
    assert idle(world) == []


def test_a_claim_waits_for_its_decision_and_is_handed_over_later(world):
    record(world.lead, world.head, State.DONE, completed_on=day(10, 2), on=day(10, 3))
    assert merge(world).left == [world.task]
    assert [place for _, place in idle(world)] == [world.task.code]
    decide("send_back", world.lead, world.office)

    with clock.set_to(TODAY):
        again = hand_over_tasks(unit=world.a, by=world.admin, reason=REASON)

    assert (again.given, who(world.task)) == ([world.task], ["a", "b"])


@pytest.mark.parametrize("role", ["lead", "support"])
def test_no_unit_gets_two_parts(world, role):
    parts = {"lead": ((world.a, world.b), ()), "support": ((world.a,), (world.b,))}[role]
    task = make_task(world.block, *parts)

    merge(world)

    assert (who(task), who(task, "support")) == (["b"], [])


def test_a_support_with_words_of_its_own_does_not_become_lead(world):
    task = make_task(world.block, (world.a,), (world.b,))
    record(task.assignments.get(unit=world.b), world.other_head)

    assert task in merge(world).left
    assert (who(task), who(task, "support")) == (["a"], ["b"])


def test_a_support_with_words_of_its_own_stays_beside_the_other(world):
    task = make_task(world.block, (world.s,), (world.a,))
    record(task.assignments.get(unit=world.a), world.head)

    merge(world)

    assert who(task, "support") == ["a", "b"]
    assert idle(world) == []


def test_what_was_prepared_goes_along_and_its_head_sends_it(world):
    Unit.objects.filter(pk=world.a.pk).update(head_sends=True)
    with clock.set_to(TODAY):
        prepare(
            assignment_id=world.lead.pk,
            by=world.staff,
            report=Report(result="Đã làm một nửa"),
            seen=0,
            request_key=uuid.uuid4(),
        )

    merge(world)

    part = world.task.assignments.get(unit=world.b)
    assert part.prepared.report["result"] == "Đã làm một nửa"
    with clock.set_to(TODAY):
        send_prepared(
            assignment_id=part.pk,
            by=User.objects.get(pk=world.other_head.pk),
            report=words_of(part.prepared),
            seen=part.prepared.seen,
            request_key=uuid.uuid4(),
            prepared_key=part.prepared.request_key,
        )
    assert part.updates.get().result == "Đã làm một nửa"


def test_two_prepared_updates_of_a_task_are_not_made_one(world):
    task = make_task(world.block, (world.a, world.b))
    Unit.objects.update(head_sends=True)
    staff = make_user(Role.STAFF, world.b)
    for unit, by in ((world.a, world.staff), (world.b, staff)):
        with clock.set_to(TODAY):
            prepare(
                assignment_id=task.assignments.get(unit=unit).pk,
                by=User.objects.get(pk=by.pk),
                report=Report(result=f"Phần của {unit}"),
                seen=0,
                request_key=uuid.uuid4(),
            )
    before = contents()

    with pytest.raises(NotNow, match=f"đã chuẩn bị ở nhiệm vụ {task.code}"):
        merge(world)

    assert contents() == before


def test_what_was_asked_of_the_old_unit_the_other_answers(world):
    directive = direct(world)
    merge(world)

    other = User.objects.get(pk=world.other_head.pk)
    assert Directive.objects.visible_to(other).get() == directive
    [waits] = waits_for_unit(other, world.plan, TODAY)
    assert [one.matter.pk for one in waits.items] == [directive.pk]
    go(directive, "acknowledge", other)
    assert not Directive.objects.visible_to(world.support_head).exists()
    with pytest.raises(NotYours):
        go(directive, "answer", world.support_head)


def test_withdrawn_tasks_and_those_of_others_stay(world):
    Task.objects.filter(pk=world.task.pk).update(withdrawn_on=day(11, 1))

    handed = merge(world)

    assert handed.given == []
    assert (who(world.task), who(world.other_task)) == (["a"], ["b"])


def test_people_and_groups_go_along(world):
    own, both = (
        make_group(world.agency, "rieng", world.a),
        make_group(world.agency, "chung", world.a, world.s),
    )

    merge(world)

    head = User.objects.get(pk=world.head.pk)
    assert (head.unit, head.role) == (world.b, Role.HEAD)
    assert world.b in own.members.all()
    assert world.b not in both.members.all()


def test_tasks_and_people_stay_when_that_is_chosen(world):
    merge(world, hand_over=False, move_people=False)

    assert who(world.task) == ["a"]
    assert User.objects.get(pk=world.head.pk).unit == world.a
    assert not Unit.objects.get(pk=world.a.pk).is_active


def test_who_has_left_stays_where_they_worked(world):
    gone = make_user(Role.STAFF, world.a)
    gone.left_on = day(9, 1)
    gone.save()

    merge(world)

    gone.refresh_from_db()
    assert gone.unit == world.a


def test_into_the_next_year_goes_the_other_unit(world):
    shared = make_task(world.block, (world.a, world.b))
    merge(world, hand_over=False)

    lines = {line.task: line for line in preview_of(world.plan, Choices(2024)).lines}

    assert [unit.code for unit in lines[world.task].leads] == ["b"]
    assert lines[world.task].remarks == ["Phòng A đã nhập vào Phòng B nên giao Phòng B"]
    assert [unit.code for unit in lines[shared].leads] == ["b"]


def test_it_does_not_work_again(world, as_user):
    merge(world)
    address = reverse("admin:units_unit_change", args=[world.a.pk])
    client = as_user(world.admin)

    answer = client.post(address, {**filled(client.get(address), "unit_form"), "is_active": "on"})

    assert "Đơn vị đã nhập vào Phòng B, không hoạt động lại" in answer.content.decode()
    assert not Unit.objects.get(pk=world.a.pk).is_active


# --- Refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["staff", "head", "office", "leadership"])
def test_only_administrators(world, who):
    before = contents()
    with pytest.raises(NotYours):
        merge(world, by=world.people[who])
    with pytest.raises(NotYours):
        hand_over_tasks(unit=world.a, by=world.people[who], reason=REASON)
    assert contents() == before


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (lambda world: {"into": world.a}, "hai đơn vị khác nhau"),
        (lambda world: {"on": day(11, 21)}, "Ngày nhập chưa đến"),
        (lambda world: {"into": closed(world)}, "đang hoạt động"),
    ],
)
def test_what_cannot_be_merged_is_told_and_nothing_changes(world, fields, words):
    changes, before = fields(world), contents()

    with pytest.raises(NotNow, match=words):
        merge(world, **changes)

    assert contents() == before
    assert Unit.objects.get(pk=world.a.pk).is_active


def test_once_only_and_with_a_reason(world):
    with pytest.raises(Invalid):
        merge(world, reason=" ")
    with pytest.raises(NotNow, match="chưa nhập vào đơn vị nào"):
        hand_over_tasks(unit=world.a, by=world.admin, reason=REASON)
    merge(world)
    with pytest.raises(NotNow, match="đã nhập vào Phòng B từ ngày 15/11/2023"):
        merge(world)


def test_codes_of_several_plans_are_said_with_their_plan(world):
    next_year = make_plan(world.agency, "kh-2024")
    other = make_task(make_block(next_year), (world.a,), code=world.task.code)

    handed = merge(world)

    assert handed.given == [world.task, other]
    code = world.task.code
    assert (
        codes(handed.given)
        == f"{code} ({world.plan.short_title}); {code} ({next_year.short_title})"
    )
    assert codes([world.task]) == code


# --- The page -----------------------------------------------------------------------------------


def test_on_the_page(world, as_user):
    record(world.lead, world.head, on=day(10, 2))
    client = as_user(world.admin)
    address = reverse("admin:plans_plan_units", args=[world.plan.pk])
    screen = reverse("admin:plans_plan_appendix", args=[world.plan.pk])
    assert address in client.get(screen).content.decode()
    form = filled(client.get(address), "appendix-act-form")
    sent = {**form, "unit": world.a.pk, "into": "", "on": "15/11/2023", "reason": REASON}

    refused = Page(client.post(address, sent))
    assert refused.response.status_code == 422
    assert "Đồng chí chọn đơn vị nhận." in refused.text
    assert REASON in refused.text

    sent["into"] = world.b.pk
    before = contents()
    with clock.set_to(TODAY):
        preview = client.post(address, sent)
        shown = Page(preview)
        assert "không hoàn tác được: Phòng A không hoạt động lại" in shown.text
        assert f"Chủ trì, chưa xong: 1 ({world.task.code})" in shown.text
        assert "Cán bộ: 2 (Người head; Người staff) – chuyển sang Phòng B" in shown.text
        assert f"phần cũ chờ Lãnh đạo Sở cho dừng: {world.task.code}" in shown.text
        sent = filled(preview, "appendix-act-form")
        unconfirmed = client.post(address, sent)
        assert "chọn ô này để xác nhận" in Page(unconfirmed).text
        sent |= {"understood": "on"}
        # What was confirmed is not what would happen any more: it is shown anew.
        again = client.post(address, sent | {"move_people": ""})
        assert again.status_code == 200
        assert contents() == before

        page = Page(client.post(address, sent, follow=True))
    assert f"giao 1 nhiệm vụ: {world.task.code}" in page.text
    assert f"Lãnh đạo Sở cho dừng: {world.task.code}" in page.text
    unit = reverse("admin:units_unit_change", args=[world.a.pk])
    assert "đã nhập vào Phòng B từ ngày 15/11/2023" in client.get(unit).content.decode()
    again = client.post(address, {**form, "unit": world.a.pk, "on": "15/11/2023", "reason": REASON})
    assert "Xem trước: Phòng A nhập vào Phòng B" in Page(again).text
    done = client.post(address, filled(again, "appendix-act-form") | {"understood": "on"})
    assert done.status_code == 302
