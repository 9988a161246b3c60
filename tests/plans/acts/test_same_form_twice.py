"""One record for a double click; a warning, and nothing lost, when anything else happened."""

import uuid
from decimal import Decimal

import pytest

from plans.acts import decisions
from plans.acts.progress import record_progress
from plans.acts.refusals import Conflict, NotNow
from plans.models import ProgressUpdate
from plans.states import State
from tests.builders import a_document, make_measure, record, said
from tests.plans.acts.database import contents

KEY = uuid.UUID(int=1)


def send(assignment, by, report, seen=0, key=KEY):
    return record_progress(
        assignment_id=assignment.pk, by=by, report=report, seen=seen, request_key=key
    )


def test_the_same_report_again_is_one_record(world):
    measure = make_measure(world.task)
    report = said(
        State.DONE,
        result="  Đã xong\r\n",
        values={measure.pk: Decimal("98.5")},
        evidence=(a_document(),),
    )
    first = send(world.lead, world.staff, report)
    before = contents()

    assert send(world.lead, world.staff, report) == first
    assert contents() == before


def test_the_same_contribution_again_is_one_record(world):
    report = said(result="Đã gửi số liệu")
    first = send(world.support, world.support_head, report)

    assert send(world.support, world.support_head, report) == first
    assert ProgressUpdate.objects.count() == 1


def test_the_same_decision_again_is_one_record(world):
    record(world.lead, world.staff, State.DONE)
    form = {"assignment_id": world.lead.pk, "by": world.office, "seen": 1, "request_key": KEY}
    first = decisions.send_back(reason="Thiếu minh chứng", **form)
    before = contents()

    assert decisions.send_back(reason="Thiếu minh chứng", **form) == first
    assert contents() == before


@pytest.mark.parametrize(
    "changed",
    [
        {"result": "Đã làm thêm."},
        {"proposal": "Xin kinh phí."},
        {"state": State.NOT_STARTED},
        {"evidence": (a_document("9/BC"),)},
    ],
)
def test_a_page_gone_back_to_and_changed_is_no_double_click(world, changed):
    """Its words must not vanish behind a message that says they were recorded."""
    first = send(world.lead, world.staff, said())
    before = contents()

    with pytest.raises(Conflict) as conflict:
        send(world.lead, world.staff, said(**{"state": State.IN_PROGRESS, **changed}))

    assert conflict.value.newer == [first]
    assert contents() == before


def test_another_decision_from_the_same_form_is_no_double_click(world):
    record(world.lead, world.staff, State.DONE)
    form = {"assignment_id": world.lead.pk, "by": world.office, "seen": 1, "request_key": KEY}
    first = decisions.send_back(reason="Thiếu minh chứng", **form)

    for act, typed in ((decisions.send_back, {"reason": "Sai số liệu"}), (decisions.confirm, {})):
        with pytest.raises(Conflict) as conflict:
            act(**form, **typed)
        assert conflict.value.newer == [first]


def test_a_key_used_by_somebody_else_or_elsewhere_is_refused(world):
    send(world.lead, world.staff, said())
    before = contents()

    for assignment, by in (
        (world.lead, world.head),
        (world.support, world.support_head),
        (world.other_task.assignments.get(), world.other_head),
    ):
        with pytest.raises(NotNow) as refusal:
            send(assignment, by, said())
        assert str(refusal.value) == (
            "Biểu mẫu này đã được gửi một lần. Đồng chí tải lại trang rồi gửi lại."
        )
    assert contents() == before


def test_conflict_carries_what_others_wrote_meanwhile(world):
    seen = record(world.lead, world.staff, result="Đã đọc")
    newer = [record(world.lead, world.head, result="Mới 1"), record(world.lead, world.staff)]
    before = contents()

    with pytest.raises(Conflict) as conflict:
        send(world.lead, world.staff, said(), seen=seen.sequence)

    assert conflict.value.newer == newer
    assert str(conflict.value).startswith("Người head, Phòng A vừa ghi vào nhiệm vụ này")
    assert contents() == before


def test_what_one_wrote_oneself_meanwhile_is_not_called_another_persons(world):
    """The back button, then the form that was sent already, with other words in it."""
    record(world.lead, world.staff)

    with pytest.raises(Conflict) as conflict:
        send(world.lead, world.staff, said(result="Sửa lại"), seen=0)

    assert str(conflict.value).startswith("Chính đồng chí vừa ghi vào nhiệm vụ này")


def test_decisions_conflict_too(world):
    record(world.lead, world.staff, State.DONE)
    newer = record(world.lead, world.staff, State.DONE, result="Bổ sung")

    with pytest.raises(Conflict) as conflict:
        decisions.confirm(assignment_id=world.lead.pk, by=world.office, seen=1, request_key=KEY)

    assert conflict.value.newer == [newer]


def test_a_form_that_claims_to_have_seen_more_than_there_is_conflicts(world):
    record(world.lead, world.staff)

    with pytest.raises(Conflict) as conflict:
        send(world.lead, world.staff, said(), seen=7)

    assert conflict.value.newer == []


def test_what_another_unit_writes_on_the_task_is_no_conflict(world):
    record(world.support, world.support_head, result="Đã gửi số liệu")

    assert send(world.lead, world.staff, said(), seen=0).sequence == 1
