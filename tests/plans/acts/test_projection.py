"""Which dates of its leads count for a whole task."""

import pytest

from plans.acts.projection import Facts, task_facts
from plans.states import State
from tests.builders import day

DONE, AWAITING, IN_PROGRESS = State.DONE, State.AWAITING, State.IN_PROGRESS
EARLY, DUE = day(9, 30), day(11, 30)


def part(state, due_on=None, completed_on=None, *, reported_on=None, report_id=None, **facts):
    return Facts(
        state,
        due_on=due_on,
        completed_on=completed_on,
        reported_on=reported_on,
        report_id=report_id,
        **facts,
    )


@pytest.mark.parametrize(
    ("leads", "due_on", "completed_on"),
    [
        # An open part: of those, the one that is due first.
        ([part(IN_PROGRESS, DUE), part(IN_PROGRESS, EARLY)], EARLY, None),
        ([part(IN_PROGRESS, DUE), part(DONE, EARLY, day(10, 30))], DUE, None),
        ([part(IN_PROGRESS, DUE), part(State.PAUSED, EARLY)], DUE, None),
        ([part(IN_PROGRESS, None), part(IN_PROGRESS, DUE)], DUE, None),
        ([part(IN_PROGRESS, None), part(DONE, DUE, DUE)], None, None),
        # Paused when nothing else is owed.
        ([part(State.PAUSED, DUE), part(DONE, EARLY, EARLY)], DUE, None),
        # All finished: the one that was latest after its own deadline, not the latest.
        ([part(DONE, EARLY, day(10, 10)), part(DONE, DUE, day(12, 1))], EARLY, day(10, 10)),
        ([part(DONE, EARLY, day(9, 1)), part(AWAITING, DUE, day(11, 29))], DUE, day(11, 29)),
        ([part(DONE, None, day(12, 24)), part(DONE, DUE, day(9, 1))], DUE, day(9, 1)),
        ([part(DONE, None, day(9, 1)), part(DONE, None, day(9, 2))], None, day(9, 2)),
        ([part(AWAITING, DUE, day(9, 1)), part(State.PAUSED, EARLY)], DUE, day(9, 1)),
        # Nothing was finished, as nothing arose.
        ([part(State.NOT_ARISEN, DUE), part(State.NOT_ARISEN, EARLY)], DUE, None),
        ([part(State.NOT_ARISEN, DUE), part(DONE, EARLY, day(9, 1))], EARLY, day(9, 1)),
    ],
)
def test_dates_of_the_lead_that_is_worst(leads, due_on, completed_on):
    for order in (leads, leads[::-1]):
        found = task_facts(order, task_due_on=day(1, 1))
        assert (found.due_on, found.completed_on) == (due_on, completed_on)


def test_without_a_lead_the_tasks_own_deadline_counts():
    assert task_facts([], DUE) == Facts(State.UNASSIGNED, due_on=DUE)


def test_the_latest_report_of_any_lead_is_the_tasks():
    first = part(IN_PROGRESS, reported_on=day(9, 1), report_id=7)
    second = part(IN_PROGRESS, reported_on=day(9, 2), report_id=5)
    third = part(State.NO_INFO)

    found = task_facts([first, second, third], None)

    assert (found.reported_on, found.report_id) == (day(9, 2), 5)


@pytest.mark.parametrize(
    ("claims", "joint"),
    [
        ([DONE, DONE], DONE),
        ([DONE, State.NOT_ARISEN], DONE),
        ([State.NOT_ARISEN, State.NOT_ARISEN], State.NOT_ARISEN),
    ],
)
def test_what_the_leads_claim_together(claims, joint):
    leads = [part(AWAITING, claim=claim) for claim in claims]

    assert task_facts(leads, None).claim == joint
    assert task_facts([*leads, part(IN_PROGRESS)], None).claim == ""


def test_returned_when_any_part_is():
    assert task_facts([part(IN_PROGRESS, returned=True), part(DONE)], None).returned is True
