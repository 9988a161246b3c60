"""Unchanged, prepared, withdrawn, corrected: what each act writes and whom it refuses."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from plans.acts.evidence import NewEvidence
from plans.acts.prepared import give_back, prepare, send_prepared
from plans.acts.refusals import Conflict, Invalid, NotNow, NotYours
from plans.acts.unchanged import prepare_unchanged, record_unchanged
from plans.evidence_files import inspect
from plans.models import AssignmentStanding, Prepared, PreparedEvidence, ProgressUpdate
from plans.states import Kind, State
from tests.builders import TODAY, day, decide, fresh, make_task, record, record_report, said
from tests.plans import sample_files as samples
from tests.plans.acts.database import contents
from units import clock
from units.models import Notice


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def two_steps(world):
    world.a.head_sends = True
    world.a.save(update_fields=["head_sends"])
    return world


def unchanged(part, by, **keys):
    return record_unchanged(assignment_id=part.pk, by=by, **(fresh(part) | keys))


# --- No change --------------------------------------------------------------------------------


def test_no_change_keeps_the_last_words_for_the_report(world):
    words = {"result": "Đã làm", "difficulty": "Thiếu người", "proposal": "Thêm người"}
    record(world.lead, world.staff, on=day(10, 1), **words)

    update = unchanged(world.lead, world.head)

    assert (update.unchanged, update.kind, update.state) == (True, "report", State.IN_PROGRESS)
    assert {name: getattr(update, name) for name in words} == words
    standing = AssignmentStanding.objects.on(TODAY).get(assignment=world.lead)
    assert (standing.reported_on, standing.report) == (TODAY, update)
    before = AssignmentStanding.objects.on(day(11, 19)).get(assignment=world.lead)
    assert before.reported_on == day(10, 1)


@pytest.mark.parametrize("state", [State.NO_INFO, State.AWAITING, State.DONE, State.PAUSED])
def test_no_change_needs_words_that_still_hold(world, state):
    if state in (State.AWAITING, State.DONE):
        record(world.lead, world.staff, State.DONE)
    if state == State.DONE:
        decide("confirm", world.lead, world.office)
    if state == State.PAUSED:
        record(world.lead, world.staff)
        decide("pause", world.lead, world.leadership)
    before = contents()

    with pytest.raises(NotNow):
        unchanged(world.lead, world.staff)
    assert contents() == before


@pytest.mark.parametrize("act", ["send_back", "withdraw"])
def test_a_claim_that_came_back_needs_words_of_its_own(world, act):
    record(world.lead, world.staff, State.DONE)
    by = world.office if act == "send_back" else world.staff
    decide(act, world.lead, by)

    with pytest.raises(NotNow):
        unchanged(world.lead, world.staff)


def test_no_change_twice_and_after_somebody_else(world):
    record(world.lead, world.staff)
    keys = fresh(world.lead)
    first = unchanged(world.lead, world.staff, **keys)

    assert unchanged(world.lead, world.staff, **keys) == first
    with pytest.raises(Conflict):
        unchanged(world.lead, world.head, seen=keys["seen"])
    assert world.lead.sequence == 2


@pytest.mark.parametrize("who", ["support_head", "other_head", "office", "leadership", "admin"])
def test_no_change_is_for_the_unit(world, who):
    record(world.lead, world.staff)

    with pytest.raises(NotYours):
        unchanged(world.lead, world.people[who])


def test_no_change_is_prepared_where_the_head_sends(two_steps):
    record(two_steps.lead, two_steps.head, on=day(11, 1), result="Đã làm 80%")

    one = prepare_unchanged(
        assignment_id=two_steps.lead.pk, by=two_steps.staff, **fresh(two_steps.lead)
    )

    assert (one.says_unchanged, one.report["result"], one.by) == (
        True,
        "Đã làm 80%",
        two_steps.staff,
    )
    with pytest.raises(NotYours):
        prepare_unchanged(
            assignment_id=two_steps.lead.pk, by=two_steps.head, **fresh(two_steps.lead)
        )


def test_no_change_does_not_put_aside_words_that_staff_prepared(two_steps):
    record(two_steps.lead, two_steps.head, on=day(11, 1))
    one = prepared(two_steps)

    with pytest.raises(NotNow):
        prepare_unchanged(
            assignment_id=two_steps.lead.pk, by=two_steps.staff, **fresh(two_steps.lead)
        )
    update = unchanged(two_steps.lead, two_steps.head)

    assert Prepared.objects.get() == one
    assert update.prepared_by is None


# --- Withdrawn, corrected, not arisen ---------------------------------------------------------


def test_a_withdrawn_claim_is_open_again_and_stays_in_the_history(world):
    record(world.lead, world.staff, State.DONE)

    update = decide("withdraw", world.lead, world.head, "Còn thiếu một văn bản.")

    assert (update.kind, update.state, update.reason) == (
        "withdraw",
        State.IN_PROGRESS,
        "Còn thiếu một văn bản.",
    )
    assert list(world.lead.updates.values_list("claim", flat=True)) == [State.DONE, ""]
    with pytest.raises(NotNow):
        decide("confirm", world.lead, world.office)


def test_a_correction_names_what_it_sets_right(world):
    wrong = record(world.lead, world.staff, result="42/45")

    right = record(world.lead, world.staff, result="41/45", corrects=wrong.pk)

    assert (right.corrects, list(wrong.corrections.all())) == (wrong, [right])
    assert ProgressUpdate.objects.get(pk=wrong.pk).result == "42/45"


def test_only_words_of_the_same_part_are_corrected(world):
    elsewhere = record(world.other_task.assignments.get(), world.other_head)
    record(world.lead, world.staff, State.DONE)
    decision = decide("send_back", world.lead, world.office)

    for pk in (elsewhere.pk, decision.pk, 10**9):
        with pytest.raises(NotNow):
            record(world.lead, world.staff, corrects=pk)


def test_not_arisen_needs_a_sentence(world):
    part = make_task(world.block, (world.a,), kind=Kind.CONDITIONAL).assignments.get()

    with pytest.raises(Invalid) as refused:
        record(part, world.head, State.NOT_ARISEN, result="")
    assert refused.value.errors == {
        "result": "Đồng chí ghi một câu vì sao trong kỳ không phát sinh."
    }


# --- Staff prepare, the head sends ------------------------------------------------------------


def a_file(name="Biên bản.pdf"):
    content = samples.pdf()
    file = SimpleUploadedFile(name, content)
    return NewEvidence(file=file, facts=inspect(file, name, len(content)), proves="Nghiệm thu")


def prepared(world, by=None, **keys):
    report = said(State.DONE, result="Đã xong", completed_on=day(11, 15), evidence=(a_file(),))
    return prepare(
        assignment_id=world.lead.pk,
        by=by or world.staff,
        report=report,
        **fresh(world.lead),
        **keys,
    )


def send(world, one, by=None, **words):
    return send_prepared(
        assignment_id=world.lead.pk,
        by=by or world.head,
        report=said(State.DONE, completed_on=day(11, 15), evidence=(), **words),
        prepared_key=one.request_key,
        kept=frozenset(one.evidence.values_list("pk", flat=True)),
        **fresh(world.lead),
    )


def test_prepared_says_nothing_until_it_is_sent(two_steps):
    before = contents()

    one = prepared(two_steps)

    assert contents() == before
    assert (one.by, one.by_label, one.report["result"]) == (
        two_steps.staff,
        two_steps.staff.label,
        "Đã xong",
    )
    assert list(Notice.objects.values_list("user__username", flat=True)) == ["head"]
    with pytest.raises(NotYours):
        record(two_steps.lead, two_steps.staff)


def test_sent_by_the_head_with_both_names_and_the_file(
    two_steps, django_capture_on_commit_callbacks
):
    one = prepared(two_steps)
    [waiting] = PreparedEvidence.objects.all()

    with django_capture_on_commit_callbacks(execute=True):
        update = send(two_steps, one, result="Đã xong, đã duyệt")

    assert (update.by, update.prepared_by, update.prepared_by_label) == (
        two_steps.head,
        two_steps.staff,
        two_steps.staff.label,
    )
    assert (update.result, update.claim) == ("Đã xong, đã duyệt", State.DONE)
    proof = update.evidence.get()
    assert (proof.name, proof.proves, proof.sha256) == (
        "Biên bản.pdf",
        "Nghiệm thu",
        waiting.sha256,
    )
    assert proof.file.read() == samples.pdf()
    proof.file.close()
    assert not Prepared.objects.exists()
    assert not default_storage.exists(waiting.file.name)


def test_a_double_click_of_the_head_is_one_record(two_steps):
    one = prepared(two_steps)
    keys = fresh(two_steps.lead)
    report = said(State.DONE, evidence=())
    kept = frozenset(one.evidence.values_list("pk", flat=True))

    first, second = (
        send_prepared(
            assignment_id=two_steps.lead.pk,
            by=two_steps.head,
            report=report,
            prepared_key=one.request_key,
            kept=kept,
            **keys,
        )
        for _ in range(2)
    )

    assert first == second
    assert ProgressUpdate.objects.count() == 1


def test_given_back_with_a_note_and_prepared_again(two_steps):
    one = prepared(two_steps)

    back = give_back(
        assignment_id=two_steps.lead.pk,
        by=two_steps.head,
        note="Ghi rõ số liệu",
        request_key=one.request_key,
    )
    assert back.note == "Ghi rõ số liệu"
    assert Notice.objects.filter(user=two_steps.staff).count() == 1

    kept = frozenset(one.evidence.values_list("pk", flat=True))
    again = prepared(two_steps, replaces=one.request_key, kept=kept)
    assert (again.pk, again.note, again.evidence.count()) == (one.pk, "", 2)


def test_nobodys_prepared_words_are_overwritten(two_steps):
    one = prepared(two_steps)

    with pytest.raises(NotNow):  # opened before the other was there
        prepared(two_steps, replaces=None)
    with pytest.raises(NotNow):
        give_back(
            assignment_id=two_steps.lead.pk, by=two_steps.head, note="x", request_key=uuid.uuid4()
        )
    again = prepared(two_steps, replaces=one.request_key)
    assert Prepared.objects.get().request_key == again.request_key != one.request_key


def test_prepared_is_checked_like_what_is_sent(two_steps):
    with pytest.raises(Invalid) as refused:
        prepare(
            assignment_id=two_steps.lead.pk,
            by=two_steps.staff,
            report=said(State.DONE, completed_on=None, evidence=()),
            **fresh(two_steps.lead),
        )

    assert refused.value.errors.keys() == {"completed_on", "explanation"}
    assert not Prepared.objects.exists()


@pytest.mark.parametrize("who", ["head", "other_head", "support_head", "office", "leadership"])
def test_who_prepares(two_steps, who):
    with pytest.raises(NotYours):
        prepared(two_steps, by=two_steps.people[who])


def test_where_the_unit_does_not_want_it_staff_send(world):
    with pytest.raises(NotYours):
        prepared(world)
    assert record_report(world.lead, world.staff, said()).prepared_by is None
