"""Who hears of what an act did."""

import pytest

from plans.acts.amending import amend_all
from plans.acts.appendix import move_due_date
from plans.appendix.amendment import Amendment
from plans.states import State
from tests.builders import a_document, day, decide, make_task, record
from units import clock
from units.models import Notice


def heard():
    return {(n.user.username, n.words) for n in Notice.objects.select_related("user")}


def test_a_claim_is_told_to_the_office(world):
    record(world.lead, world.head)
    assert heard() == set()

    record(world.lead, world.head, State.DONE)

    name = f"Nhiệm vụ {world.task}"
    assert heard() == {("office", f"{name}: Phòng A báo hoàn thành, chờ xác nhận.")}
    assert Notice.objects.get().path == f"/nhiem-vu/{world.task.pk}/"


def test_the_offices_own_claim_is_told_to_the_leadership(world):
    part = world.office_task.assignments.get()
    record(part, world.office, State.DONE, evidence=(a_document(),))

    assert [name for name, _ in heard()] == ["leadership"]


def test_a_contribution_is_told_to_the_head_of_the_lead(world):
    record(world.support, world.support_head)

    words = f"Nhiệm vụ {world.task}: Phòng S ghi kết quả phối hợp."
    assert heard() == {("head", words)}


@pytest.mark.parametrize(
    ("act", "by", "words"),
    [
        ("confirm", "office", "được xác nhận."),
        ("send_back", "office", "bị trả lại. Lý do: Thiếu biên bản"),
        ("pause", "leadership", "được cho tạm dừng. Lý do: Thiếu biên bản"),
    ],
)
def test_a_decision_is_told_to_the_units_people(world, act, by, words):
    record(world.lead, world.head, State.DONE)
    Notice.objects.all().delete()

    decide(act, world.lead, world.people[by], "Thiếu biên bản")

    said = f"Nhiệm vụ {world.task}: Phần việc của Phòng A {words}"
    assert heard() == {("head", said), ("staff", said)}


def test_resumed_and_reopened_parts_are_told_too(world):
    decide("pause", world.lead, world.leadership)
    decide("resume", world.lead, world.leadership)
    record(world.lead, world.head, State.DONE)
    decide("confirm", world.lead, world.office)
    decide("reopen", world.lead, world.office)

    said = [words for name, words in heard() if name == "staff"]
    assert [any(one in words for words in said) for one in ("được cho tiếp tục", "mở lại")] == [
        True,
        True,
    ]


def test_a_moved_deadline_is_told_to_those_who_owe_the_work(world):
    with clock.set_to(day(11, 20)):
        move_due_date(task=world.task, due_on=day(12, 15), by=world.admin, reason="Chờ kinh phí")

    said = f"Nhiệm vụ {world.task}: Thời hạn mới: 15/12/2023. Lý do: Chờ kinh phí"
    assert heard() == {("head", said), ("staff", said)}


def test_many_moved_deadlines_are_told_in_one_notice(world):
    tasks = [world.task, *(make_task(world.block, (world.a,)) for _ in range(3))]
    other = make_task(world.block, (world.b,))
    moved = Amendment(due=(day(12, 15),))

    with clock.set_to(day(11, 20)):
        amend_all(
            amendments=[(task, moved) for task in [*tasks, other]],
            by=world.admin,
            reason="Chờ kinh phí.",
        )

    each = "; ".join(f"{task.code}: thời hạn mới: 15/12/2023" for task in tasks)
    said = {words for name, words in heard() if name == "head"}
    assert said == {f"4 nhiệm vụ thay đổi (lý do: Chờ kinh phí): {each}."}
    assert Notice.objects.filter(user=world.head).get().path == "/nhiem-vu/"
    # Who has to do with one of them hears of that one.
    [alone] = [words for name, words in heard() if name not in ("head", "staff")]
    assert alone.startswith(f"Nhiệm vụ {other}: Thời hạn mới")
