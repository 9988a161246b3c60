"""Two people, or two clicks, at the same moment on one unit's report, each on a connection."""

import uuid

import pytest

from plans.acts.refusals import Refusal
from reports.acts import steps
from reports.acts.rounds import close_round, open_round, yearly
from reports.models import Round, SectionEdit, UnitReportStep
from reports.states.unit_report import ReportState
from tests.builders import make_world
from tests.plans.acts.test_at_once import at_once
from tests.reports.unit_rounds import fresh, in_state, seen_content, step, write

ROUNDS = 3


@pytest.fixture
def world(transactional_db):
    return make_world()


def test_submitted_twice_at_once_is_one_version(world):
    report = in_state(world, ReportState.DRAFT)
    said = {
        "by": world.head,
        "responsible_id": world.head.pk,
        "fingerprint": seen_content(report),
        **fresh(report),
    }

    def click():
        return steps.submit(**said)

    def another():
        return steps.submit(**{**said, "request_key": uuid.uuid4()})

    first, second, third = at_once(click, click, another)

    assert report.versions.count() == 1
    done = {one for one in (first, second, third) if isinstance(one, UnitReportStep)}
    assert len(done) == 1
    assert first == second or isinstance(first, Refusal)


def test_withdrawn_or_accepted_but_not_both(world):
    report = in_state(world, ReportState.SUBMITTED)
    for number in range(ROUNDS):
        if number:
            report = in_state_again(world, report)
        keys = fresh(report)
        outcomes = at_once(
            lambda keys=keys: steps.withdraw(by=world.head, **keys),
            lambda keys=keys: steps.accept(
                by=world.office, **{**keys, "request_key": uuid.uuid4()}
            ),
        )
        [done] = [one for one in outcomes if isinstance(one, UnitReportStep)]
        assert [isinstance(one, Refusal) for one in outcomes].count(True) == 1
        report.refresh_from_db()
        assert report.state == done.state


def in_state_again(world, report):
    """Back to submitted, whichever of the two came first."""
    if report.state == ReportState.ACCEPTED:
        step("reopen", report, world.leadership)
    step("submit", report, world.head)
    report.refresh_from_db()
    return report


def test_two_people_write_one_section_at_once(world):
    report = in_state(world, ReportState.DRAFT)
    outcomes = at_once(
        lambda: write(report, world.staff, "highlights", "Một.", seen=0),
        lambda: write(report, world.head, "highlights", "Hai.", seen=0),
    )
    [kept] = [one for one in outcomes if isinstance(one, SectionEdit)]
    [told] = [one for one in outcomes if isinstance(one, Refusal)]
    assert told.newer == [kept]


def test_closed_while_it_is_submitted(world):
    report = in_state(world, ReportState.DRAFT)
    said = {"by": world.head, "responsible_id": world.head.pk, **fresh(report)}
    content = seen_content(report)

    submitted, closed = at_once(
        lambda: steps.submit(fingerprint=content, **said),
        lambda: close_round(round_id=report.round_id, by=world.office),
    )

    assert isinstance(closed, Round)
    report.refresh_from_db()
    if isinstance(submitted, Refusal):
        assert report.state == ReportState.DRAFT
        assert not report.versions.exists()
    else:
        assert report.state == ReportState.SUBMITTED


def test_two_who_open_the_yearly_round_make_one(world):
    new = yearly(world.plan, [world.a])

    def opening():
        return open_round(plan=world.plan, new=new, by=world.office, request_key=uuid.uuid4())

    outcomes = at_once(opening, opening)

    assert Round.objects.count() == 1
    assert [isinstance(one, Refusal) for one in outcomes].count(True) == 1
