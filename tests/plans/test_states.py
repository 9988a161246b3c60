"""States: what a whole task is, given its leads, and from where each act may start."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.states import ALLOWED_FROM, ENDED, HALTED, OPEN, Kind, State, label, roll_up

UNASSIGNED, NO_INFO, NOT_STARTED, IN_PROGRESS, AWAITING, DONE, NOT_ARISEN, PAUSED, STOPPED = State

of_a_lead = st.sampled_from([state for state in State if state != UNASSIGNED])


@pytest.mark.parametrize(
    ("leads", "task"),
    [
        ([], UNASSIGNED),
        # One lead: the task is as its lead.
        *(([state], state) for state in State if state != UNASSIGNED),
        # Done when every lead is done.
        ([DONE, DONE], DONE),
        ([DONE, NOT_ARISEN], DONE),
        ([NOT_ARISEN, NOT_ARISEN], NOT_ARISEN),
        ([DONE, IN_PROGRESS], IN_PROGRESS),
        ([DONE, NOT_STARTED], IN_PROGRESS),
        ([DONE, NO_INFO], IN_PROGRESS),
        ([NOT_ARISEN, NO_INFO], IN_PROGRESS),
        # Awaiting when every open part awaits.
        ([AWAITING, AWAITING], AWAITING),
        ([AWAITING, DONE], AWAITING),
        ([AWAITING, NOT_ARISEN], AWAITING),
        ([AWAITING, IN_PROGRESS], IN_PROGRESS),
        ([AWAITING, NO_INFO], IN_PROGRESS),
        ([AWAITING, NOT_STARTED], IN_PROGRESS),
        # Paused when nothing else is open.
        ([PAUSED, PAUSED], PAUSED),
        ([PAUSED, DONE], PAUSED),
        ([PAUSED, IN_PROGRESS], IN_PROGRESS),
        ([PAUSED, NOT_STARTED], NOT_STARTED),
        ([PAUSED, NO_INFO], NO_INFO),
        # No lead has begun.
        ([NO_INFO, NO_INFO], NO_INFO),
        ([NO_INFO, NOT_STARTED], NOT_STARTED),
        ([NOT_STARTED, NOT_STARTED], NOT_STARTED),
        ([NO_INFO, IN_PROGRESS], IN_PROGRESS),
        ([NOT_STARTED, IN_PROGRESS], IN_PROGRESS),
        ([DONE, PAUSED, AWAITING, NO_INFO], IN_PROGRESS),
        # A stopped part is owed no more and holds up nothing.
        ([STOPPED, STOPPED], STOPPED),
        ([STOPPED, DONE], DONE),
        ([STOPPED, NOT_ARISEN], STOPPED),
        ([STOPPED, NOT_ARISEN, DONE], DONE),
        ([STOPPED, PAUSED], PAUSED),
        ([STOPPED, AWAITING], AWAITING),
        ([STOPPED, AWAITING, DONE], AWAITING),
        ([STOPPED, IN_PROGRESS], IN_PROGRESS),
        ([STOPPED, NO_INFO], NO_INFO),
        ([STOPPED, PAUSED, NOT_STARTED], NOT_STARTED),
        ([STOPPED, DONE, NO_INFO], IN_PROGRESS),
        # A paused part hides no claim that waits for the Office.
        ([PAUSED, AWAITING], AWAITING),
        ([PAUSED, AWAITING, DONE], AWAITING),
    ],
)
def test_roll_up(leads, task):
    assert roll_up(leads) == task


@given(st.lists(of_a_lead, max_size=6).flatmap(lambda s: st.tuples(st.just(s), st.permutations(s))))
def test_roll_up_does_not_depend_on_the_order_of_the_leads(two_orders):
    first, second = two_orders

    assert roll_up(first) == roll_up(second)


@given(st.lists(of_a_lead, min_size=1, max_size=6))
def test_roll_up_of_equal_leads_more_or_fewer(leads):
    assert roll_up(leads) == roll_up([*leads, *leads])


@given(st.lists(of_a_lead, min_size=1, max_size=6))
def test_nothing_is_owed_only_when_no_lead_owes_anything(leads):
    over = ENDED | {STOPPED}
    assert (roll_up(leads) in over) == (set(leads) <= over)


@given(st.lists(of_a_lead, min_size=1, max_size=6))
def test_a_stopped_part_changes_nothing_for_a_task_that_has_others(leads):
    if set(leads) - {STOPPED, NOT_ARISEN}:
        assert roll_up([*leads, STOPPED]) == roll_up(leads)


def test_every_state_is_open_ended_halted_or_one_that_waits():
    assert {*OPEN, *ENDED, *HALTED, AWAITING, UNASSIGNED} == set(State)
    assert OPEN & ENDED == OPEN & HALTED == ENDED & HALTED == set()


def test_acts_start_only_from_these_states():
    assert {act: set(states) for act, states in ALLOWED_FROM.items()} == {
        "record": {NO_INFO, NOT_STARTED, IN_PROGRESS, AWAITING},
        "confirm": {AWAITING},
        "send_back": {AWAITING},
        "pause": {NO_INFO, NOT_STARTED, IN_PROGRESS, AWAITING},
        "stop": {NO_INFO, NOT_STARTED, IN_PROGRESS, AWAITING, PAUSED},
        "resume": {PAUSED, STOPPED},
        "withdraw": {AWAITING},
        "unchanged": {NOT_STARTED, IN_PROGRESS},
        "reopen": {DONE, NOT_ARISEN},
        "ask_extension": {NO_INFO, NOT_STARTED, IN_PROGRESS},
        "forward_extension": {NO_INFO, NOT_STARTED, IN_PROGRESS, AWAITING, PAUSED},
        "decide_extension": {NO_INFO, NOT_STARTED, IN_PROGRESS, AWAITING, PAUSED},
        "remark": set(State) - {UNASSIGNED},
    }


def test_an_ongoing_task_is_reported_and_never_finished():
    assert label(DONE, Kind.ONGOING) == "Đã báo cáo trong kỳ"
    assert label(DONE) == label(DONE, Kind.CONDITIONAL) == "Hoàn thành"
    assert label("paused", Kind.ONGOING) == "Tạm dừng"


def test_no_two_states_share_a_sign():
    assert len({state.sign for state in State}) == len(State)
