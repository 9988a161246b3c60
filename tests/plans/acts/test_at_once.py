"""Two people, or two clicks, at the same moment, each on a connection of its own."""

import functools
import threading
import uuid

import pytest
from django.db import connection

from plans.acts import decisions
from plans.acts.prepared import prepare, send_prepared
from plans.acts.progress import record_progress
from plans.acts.refusals import Conflict, NotNow, Refusal
from plans.acts.unchanged import record_unchanged
from plans.models import AssignmentStanding, Evidence, Prepared, ProgressUpdate, TaskStanding
from plans.states import State
from tests.builders import TODAY, make_task, make_world, record, said

ROUNDS = 3


@pytest.fixture
def world(transactional_db):
    return make_world()


def at_once(*calls):
    """Start the calls together; what each returned or refused, in their order."""
    together = threading.Barrier(len(calls))
    outcomes = [None] * len(calls)

    def run(number, call):
        try:
            together.wait()
            outcomes[number] = call()
        except Refusal as refusal:
            outcomes[number] = refusal
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(number, call)) for number, call in enumerate(calls)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def reporting(assignment, by, *, seen=0, key=None, **report):
    return lambda: record_progress(
        assignment_id=assignment.pk,
        by=by,
        report=said(**report),
        seen=seen,
        request_key=key or uuid.uuid4(),
    )


def deciding(act, assignment, by, *, seen=1, **typed):
    return lambda: getattr(decisions, act)(
        assignment_id=assignment.pk, by=by, seen=seen, request_key=uuid.uuid4(), **typed
    )


def kinds(assignment):
    return list(assignment.updates.order_by("sequence").values_list("kind", flat=True))


def test_a_double_click_is_one_record(world):
    click = reporting(world.lead, world.staff, key=uuid.UUID(int=7), state=State.DONE)

    first, second, third = at_once(click, click, click)

    assert first == second == third
    assert ProgressUpdate.objects.count() == Evidence.objects.count() == 1
    assert world.lead.sequence == 1


def test_two_people_of_a_unit_one_is_recorded_and_the_other_told(world):
    for number in range(ROUNDS):
        outcomes = at_once(
            reporting(world.lead, world.staff, seen=number, result="Của chuyên viên"),
            reporting(world.lead, world.head, seen=number, result="Của lãnh đạo"),
        )

        [recorded] = [one for one in outcomes if isinstance(one, ProgressUpdate)]
        [told] = [one for one in outcomes if isinstance(one, Conflict)]
        assert told.newer == [recorded]
        assert world.lead.sequence == number + 1


def test_confirmed_or_sent_back_but_not_both(world):
    for number in range(ROUNDS):
        task = make_task(world.block, (world.a,))
        lead = task.assignments.get()
        record(lead, world.staff, State.DONE)

        outcomes = at_once(
            deciding("confirm", lead, world.office),
            deciding("send_back", lead, world.leadership, reason=f"Lý do {number}"),
        )

        [recorded] = [one for one in outcomes if isinstance(one, ProgressUpdate)]
        [told] = [one for one in outcomes if isinstance(one, Conflict)]
        assert told.newer == [recorded]
        assert kinds(lead) == ["report", recorded.kind]
        assert TaskStanding.objects.on(TODAY).get(task=task).state == recorded.state


def test_a_claim_changed_while_it_is_confirmed(world):
    """The Office confirms what it read: never the newer claim that it has not seen."""
    record(world.lead, world.staff, State.DONE)

    outcomes = at_once(
        deciding("confirm", world.lead, world.office),
        reporting(world.lead, world.staff, seen=1, state=State.IN_PROGRESS),
    )

    [recorded] = [one for one in outcomes if isinstance(one, ProgressUpdate)]
    [told] = [one for one in outcomes if isinstance(one, Conflict)]
    assert told.newer == [recorded]
    assert kinds(world.lead) == ["report", recorded.kind]


def test_two_leads_of_one_task_at_once_roll_up_right(world):
    for _ in range(ROUNDS):
        task = make_task(world.block, (world.a, world.b))
        a, b = (task.assignments.get(unit=unit) for unit in (world.a, world.b))

        at_once(
            reporting(a, world.head, state=State.DONE),
            reporting(b, world.other_head, state=State.DONE),
        )
        assert TaskStanding.objects.on(TODAY).get(task=task).state == State.AWAITING

        at_once(
            deciding("confirm", a, world.office),
            deciding("confirm", b, world.leadership),
        )
        assert TaskStanding.objects.on(TODAY).get(task=task).state == State.DONE
        assert task.standings.filter(until_day=None).count() == 1
        states = AssignmentStanding.objects.on(TODAY).filter(task=task)
        assert list(states.values_list("state", flat=True)) == [State.DONE, State.DONE]


def saying_unchanged(assignment, by, *, seen, key=None):
    return lambda: record_unchanged(
        assignment_id=assignment.pk, by=by, seen=seen, request_key=key or uuid.uuid4()
    )


def test_no_change_against_an_update_and_a_double_click(world):
    record(world.lead, world.staff)
    for number in range(ROUNDS):
        seen = world.lead.sequence
        click = saying_unchanged(world.lead, world.head, seen=seen, key=uuid.uuid4())
        outcomes = at_once(
            click, click, reporting(world.lead, world.staff, seen=seen, result=f"Mới {number}")
        )

        assert world.lead.sequence == seen + 1
        recorded = {one for one in outcomes if isinstance(one, ProgressUpdate)}
        assert len(recorded) == 1
        assert all(one in recorded or isinstance(one, Conflict) for one in outcomes)


def test_a_claim_withdrawn_while_it_is_confirmed(world):
    for _ in range(ROUNDS):
        part = make_task(world.block, (world.a,)).assignments.get()
        record(part, world.staff, State.DONE)

        outcomes = at_once(
            deciding("confirm", part, world.office),
            deciding("withdraw", part, world.staff, reason="Còn thiếu"),
        )

        [recorded] = [one for one in outcomes if isinstance(one, ProgressUpdate)]
        [told] = [one for one in outcomes if isinstance(one, Conflict)]
        assert told.newer == [recorded]
        assert kinds(part) == ["report", recorded.kind]


def test_prepared_again_while_it_is_sent(world):
    """Either the head sends the newer words knowingly, or they stay prepared: never lost."""
    world.a.head_sends = True
    world.a.save(update_fields=["head_sends"])
    for number in range(ROUNDS):
        part = make_task(world.block, (world.a,)).assignments.get()
        words = {"assignment_id": part.pk, "seen": 0}
        one = prepare(by=world.staff, report=said(), request_key=uuid.uuid4(), **words)
        sending = functools.partial(
            send_prepared,
            by=world.head,
            report=said(),
            request_key=uuid.uuid4(),
            prepared_key=one.request_key,
            **words,
        )
        newer = said(result=f"Mới {number}")
        again = functools.partial(
            prepare,
            by=world.staff,
            report=newer,
            request_key=uuid.uuid4(),
            replaces=one.request_key,
            **words,
        )

        sent, kept = at_once(sending, again)

        if isinstance(sent, ProgressUpdate):
            assert isinstance(kept, NotNow)
            assert not Prepared.objects.filter(assignment=part).exists()
        else:
            assert isinstance(sent, NotNow)
            assert Prepared.objects.get(assignment=part).report["result"] == newer.result
