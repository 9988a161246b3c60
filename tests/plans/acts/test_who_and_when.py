"""What an act changes and nothing else; who decides on whose work (tests/plans/test_act_table.py
walks the whole table)."""

import pytest

from plans.acts.refusals import NotNow, NotYours
from plans.models import AssignmentStanding, ProgressUpdate, TaskStanding
from plans.states import Kind, State
from tests.builders import NEED_REASON, TODAY, decide, make_user, record
from tests.plans.acts.database import contents, difference
from tests.plans.test_act_table import DECISIONS, STATES, TABLE, attempt, bring_to
from units.models import Role

ACTS = ("record", *DECISIONS)
AFTER = {
    "record": ("report", State.IN_PROGRESS),
    "confirm": ("confirm", State.DONE),
    "send_back": ("return", State.IN_PROGRESS),
    "pause": ("pause", State.PAUSED),
    "stop": ("stop", State.STOPPED),
    "resume": ("resume", State.IN_PROGRESS),
    "reopen": ("reopen", State.IN_PROGRESS),
    "withdraw": ("withdraw", State.IN_PROGRESS),
}


@pytest.fixture
def conditional(world):
    """The task of A may end as "not arisen"."""
    world.task.kind = Kind.CONDITIONAL
    world.task.save(update_fields=["kind"])
    return world


@pytest.mark.parametrize(
    ("act", "state"), [(act, state) for act in ACTS for state in STATES if state in TABLE[act][1]]
)
def test_what_an_allowed_act_changes_and_nothing_else(conditional, act, state):
    world = conditional
    bring_to(state, world)
    of_the_unit = act in ("record", "withdraw")
    lead, user = world.lead, world.head if of_the_unit else world.leadership
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


def test_a_claim_of_not_arisen_is_confirmed_as_such(conditional):
    world = conditional
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
