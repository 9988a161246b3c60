"""Every act × state × person: done exactly where the rules allow, else nothing at all."""

import pytest
from django.db import transaction

from plans.acts.refusals import NotNow, NotYours
from plans.models import AssignmentStanding, ProgressUpdate, TaskStanding
from plans.states import Kind, State
from tests.builders import NEED_REASON, TODAY, decide, make_user, record
from tests.plans.acts.database import contents, difference
from units.models import Role

ACTS = ("record", "confirm", "send_back", "pause", "resume", "reopen", "withdraw")
# "not arisen" is an end of conditional tasks; everything else is the same for them.
STATES = [state for state in State if state != State.UNASSIGNED]

MAY = {
    "record": {"staff", "head"},
    "confirm": {"office", "leadership"},
    "send_back": {"office", "leadership"},
    "pause": {"leadership"},
    "resume": {"leadership"},
    "reopen": {"office", "leadership"},
    "withdraw": {"staff", "head"},
}
FROM = {
    "record": {State.NO_INFO, State.NOT_STARTED, State.IN_PROGRESS, State.AWAITING},
    "confirm": {State.AWAITING},
    "send_back": {State.AWAITING},
    "pause": {State.NO_INFO, State.NOT_STARTED, State.IN_PROGRESS, State.AWAITING},
    "resume": {State.PAUSED},
    "reopen": {State.DONE, State.NOT_ARISEN},
    "withdraw": {State.AWAITING},
}
AFTER = {
    "record": ("report", State.IN_PROGRESS),
    "confirm": ("confirm", State.DONE),
    "send_back": ("return", State.IN_PROGRESS),
    "pause": ("pause", State.PAUSED),
    "resume": ("resume", State.IN_PROGRESS),
    "reopen": ("reopen", State.IN_PROGRESS),
    "withdraw": ("withdraw", State.IN_PROGRESS),
}


def bring_to(state, world):
    """Unit A's part in that state, through the acts."""
    lead = world.lead
    if state == State.NOT_STARTED:
        record(lead, world.staff, state, result="", cause="Chưa có kinh phí.")
    elif state == State.IN_PROGRESS:
        record(lead, world.staff)
    elif state in (State.AWAITING, State.DONE):
        record(lead, world.staff, State.DONE)
    elif state == State.NOT_ARISEN:
        record(lead, world.staff, State.NOT_ARISEN)
    elif state == State.PAUSED:
        decide("pause", lead, world.leadership)
    if state in (State.DONE, State.NOT_ARISEN):
        decide("confirm", lead, world.office)


def attempt(act, world, user):
    if act == "record":
        return record(world.lead, user)
    return decide(act, world.lead, user)


@pytest.fixture
def people(world):
    """Every role; and people of the same roles whose account is closed."""
    world.task.kind = Kind.CONDITIONAL
    world.task.save(update_fields=["kind"])
    closed = {
        "closed head": make_user(Role.HEAD, world.a, is_active=False),
        "closed office": make_user(Role.OFFICE, world.vp, is_active=False),
        "closed leadership": make_user(Role.LEADERSHIP, is_active=False),
    }
    return {
        **world.people,
        **closed,
        "office without unit": make_user(Role.OFFICE),
        "superuser": make_user(Role.STAFF, world.b, is_superuser=True),
        "admin of the unit": make_user(Role.ADMIN, world.a),
        "leader of the unit": make_user(Role.LEADERSHIP, world.a),
    }


def outcome(act, world, user):
    """What happened; what was done is undone again."""
    with transaction.atomic():
        try:
            attempt(act, world, user)
        except (NotYours, NotNow) as refusal:
            return type(refusal).__name__
        transaction.set_rollback(True)
        return "done"


def expected(act, state, who):
    may = set(MAY[act])
    may |= {"leader of the unit"} if "leadership" in may else set()
    may |= {"office without unit"} if "office" in may else set()
    if who not in may:
        return "NotYours"
    return "done" if state in FROM[act] else "NotNow"


@pytest.mark.parametrize("state", STATES)
def test_who_may_when(world, people, state):
    bring_to(state, world)
    before = contents()

    assert {
        (act, who): outcome(act, world, user) for act in ACTS for who, user in people.items()
    } == {(act, who): expected(act, state, who) for act in ACTS for who in people}
    assert contents() == before  # a refusal leaves every row as it was


@pytest.mark.parametrize(
    ("act", "state"), [(act, state) for act in ACTS for state in STATES if state in FROM[act]]
)
def test_what_an_allowed_act_changes_and_nothing_else(world, people, act, state):
    bring_to(state, world)
    lead, user = world.lead, people["head" if act in ("record", "withdraw") else "leadership"]
    before = contents()

    update = attempt(act, world, user)

    changed = difference(before, contents())
    kind, after = AFTER[act]
    assert changed.keys() == {
        "Assignment",
        "ProgressUpdate",
        "AssignmentStanding",
        "TaskStanding",
    }
    assert changed["Assignment"] == [{"sequence": lead.sequence + 1}]
    [new] = changed["ProgressUpdate"]
    assert new["id"] == update.pk
    assert (new["assignment_id"], new["sequence"]) == (lead.pk, lead.sequence + 1)
    assert (new["kind"], new["state"], new["claim"]) == (kind, after, "")
    assert (new["by_id"], new["by_label"], new["recorded_on"]) == (user.pk, user.label, TODAY)
    assert AssignmentStanding.objects.on(TODAY).get(assignment=lead).state == after
    assert TaskStanding.objects.on(TODAY).get(task=world.task).state == after


def test_a_claim_of_not_arisen_is_confirmed_as_such(world, people):
    record(world.lead, world.staff, State.NOT_ARISEN, completed_on=TODAY)

    update = decide("confirm", world.lead, world.office)

    assert (update.state, update.completed_on) == (State.NOT_ARISEN, None)


# --- Nobody decides on their own work ----------------------------------------------------------


@pytest.mark.parametrize("act", ["confirm", "send_back"])
def test_the_offices_own_part_is_for_the_leadership(world, act):
    lead = world.office_task.assignments.get()
    record(lead, world.office, State.DONE)
    colleague = make_user(Role.OFFICE, world.vp)
    elsewhere = make_user(Role.OFFICE)

    for user in (world.office, colleague, elsewhere):
        before = contents()
        with pytest.raises(NotYours):
            decide(act, lead, user)
        assert contents() == before

    assert decide(act, lead, world.leadership).by == world.leadership


def test_who_claimed_cannot_confirm_from_a_new_post(world):
    """The staff member moved to the Office between the claim and its confirmation."""
    record(world.lead, world.staff, State.DONE)
    world.staff.role, world.staff.unit = Role.OFFICE, world.vp
    world.staff.save()

    with pytest.raises(NotYours):
        decide("confirm", world.lead, world.staff)
    assert decide("confirm", world.lead, world.office).state == State.DONE


# --- Supporting units ---------------------------------------------------------------------------


def test_a_supporting_unit_contributes_and_never_changes_the_state(world):
    record(world.lead, world.head, State.DONE)
    decide("confirm", world.lead, world.office)
    before = contents()

    update = record(world.support, world.support_head, State.DONE, result="Đã gửi số liệu.")

    assert difference(before, contents()).keys() == {"Assignment", "ProgressUpdate", "Evidence"}
    assert (update.kind, update.claim, update.completed_on) == ("contribution", "", None)
    assert TaskStanding.objects.on(TODAY).get(task=world.task).state == State.DONE


@pytest.mark.parametrize("act", [act for act in ACTS if act != "record"])
@pytest.mark.parametrize("has_contributed", [False, True])
def test_a_supporting_part_has_no_state_to_decide_on(world, act, has_contributed):
    if has_contributed:
        record(world.support, world.support_head, result="Đã gửi số liệu.")
    before = contents()

    with pytest.raises(NotNow):
        decide(act, world.support, world.support_head if act == "withdraw" else world.leadership)

    assert contents() == before


def test_only_the_supporting_unit_itself_contributes(world):
    for user in (world.head, world.other_head, world.office, world.leadership, world.admin):
        with pytest.raises(NotYours):
            record(world.support, user, result="Đã gửi số liệu.")
    assert ProgressUpdate.objects.count() == 0


def test_every_act_that_needs_a_reason_is_in_the_table():
    assert set(NEED_REASON) < set(ACTS)
