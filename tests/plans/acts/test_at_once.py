"""Two people, or two clicks, at the same moment, each on a connection of its own."""

import functools
import threading
import uuid

import pytest
from django.db import connection

from plans.acts import decisions
from plans.acts.extensions import accept_extension, ask_extension, refuse_extension
from plans.acts.prepared import prepare, send_prepared
from plans.acts.progress import record_progress
from plans.acts.refusals import Conflict, NotNow, Refusal
from plans.acts.register import register_task
from plans.acts.several import Part, decide_several
from plans.acts.unchanged import record_unchanged
from plans.models import (
    AssignmentStanding,
    DueDateChange,
    Evidence,
    Extension,
    ExtensionStep,
    Prepared,
    ProgressUpdate,
    Task,
    TaskStanding,
)
from plans.states import State
from tests.builders import (
    TODAY,
    a_given_task,
    ask,
    day,
    make_task,
    make_user,
    make_world,
    record,
    said,
)
from units.models import Notice, Role

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


# --- Extensions, several at once, the register ----------------------------------------------------


def asking(world, *, key=None, by=None):
    return lambda: ask_extension(
        assignment_id=world.lead.pk,
        by=by or world.head,
        due_on=day(12, 10),
        reason="Chờ thiết bị.",
        work_done="Một nửa.",
        request_key=key or uuid.uuid4(),
    )


def test_asked_twice_at_once_is_one_request(world):
    click = asking(world, key=uuid.UUID(int=8))
    first, second = at_once(click, click)
    assert first == second

    other = make_user(Role.HEAD, world.a)
    outcomes = at_once(asking(world), asking(world, by=other))
    assert [type(one) for one in outcomes] == [NotNow, NotNow]
    assert Extension.objects.count() == 1


def test_an_extension_decided_twice_one_wins_and_the_other_is_told(world):
    other = make_user(Role.LEADERSHIP)
    for number in range(ROUNDS):
        lead = make_task(world.block, (world.a,)).assignments.get()
        extension = ask(lead, world.head, day(12, 10))
        agreed, refused = at_once(
            lambda extension=extension: accept_extension(
                extension_id=extension.pk,
                by=world.leadership,
                due_on=day(12, 10),
                superior_number="9/UBND",
                superior_date=TODAY,
                request_key=uuid.uuid4(),
            ),
            lambda extension=extension: refuse_extension(
                extension_id=extension.pk, by=other, words="Không.", request_key=uuid.uuid4()
            ),
        )
        [won] = [one for one in (agreed, refused) if isinstance(one, ExtensionStep)]
        [told] = [one for one in (agreed, refused) if isinstance(one, NotNow)]
        assert won.by_label in str(told), number
        assert list(extension.steps.all()) == [won]
        changed = DueDateChange.objects.filter(assignment=lead).count()
        assert changed == (1 if won == agreed else 0)
        standing = AssignmentStanding.objects.on(TODAY).get(assignment=lead)
        assert standing.due_on == (day(12, 10) if won == agreed else day(11, 30))


def test_stopped_while_the_unit_reports(world):
    for number in range(ROUNDS):
        lead = make_task(world.block, (world.a,)).assignments.get()
        outcomes = at_once(
            deciding("stop", lead, world.leadership, seen=0, reason=f"Lý do {number}"),
            reporting(lead, world.staff),
        )
        [recorded] = [one for one in outcomes if isinstance(one, ProgressUpdate)]
        [told] = [one for one in outcomes if isinstance(one, Conflict)]
        assert told.newer == [recorded]
        assert TaskStanding.objects.on(TODAY).get(task=lead.task).state == recorded.state


def test_the_same_list_confirmed_by_two_people(world):
    leads = [make_task(world.block, (world.a,)).assignments.get() for _ in range(3)]
    for lead in leads:
        record(lead, world.staff, State.DONE)
    other = make_user(Role.OFFICE)

    def confirming(by):
        return lambda: decide_several(
            act="confirm", parts=[Part(one, 1) for one in leads], by=by, request_key=uuid.uuid4()
        )

    mine, theirs = at_once(confirming(world.office), confirming(other))

    for lead, one, two in zip(leads, mine, theirs, strict=True):
        assert [one.refusal is None, two.refusal is None].count(True) == 1
        assert isinstance(one.refusal or two.refusal, Conflict)
        assert kinds(lead) == ["report", "confirm"]


def test_a_given_task_entered_by_a_double_click_is_one_task(world):
    world.block.keeps_register = True
    world.block.save()

    def entering():
        return register_task(
            block_id=world.block.pk,
            by=world.office,
            given=a_given_task(world.a),
            request_key=uuid.UUID(int=9),
        )

    first, second = at_once(entering, entering)

    assert first == second
    assert Task.objects.registered(world.plan).count() == 1
    assert Notice.objects.filter(user=world.head).count() == 1


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
