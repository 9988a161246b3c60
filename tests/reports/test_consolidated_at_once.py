"""Two people at the same moment on a consolidated report, each on a connection of its own."""

import uuid

import pytest

from plans.acts.refusals import Conflict, Invalid, Refusal
from reports.acts import drafting, issuing, signing
from reports.acts.issuing import Issue
from reports.models import ConsolidatedReport, IssuedFile, PassageEdit, ReportStep
from tests.builders import TODAY, make_user, make_world
from tests.plans.acts.test_at_once import at_once
from tests.reports.rounds import accept, begin, brought_to, keys, open_round
from units.models import Role


@pytest.fixture
def world(transactional_db):
    return make_world()


@pytest.fixture
def signed(world, light_files):
    """Two signed reports of two rounds."""
    reports = []
    for name in ("Một", "Hai"):
        round = open_round(world, world.a, name=name)
        accept(world, round, world.a, world.head)
        reports.append(brought_to(world, begin(world, round), "signed"))
    return reports


def test_two_reports_issued_with_one_number(world, signed):
    first, second = (keys(report) for report in signed)

    outcomes = at_once(
        lambda: issuing.issue(by=world.office, issue=Issue(9, "BC-STTTT", TODAY), **first),
        lambda: issuing.issue(by=world.office, issue=Issue(9, "BC-VP", TODAY), **second),
    )

    [done] = [one for one in outcomes if isinstance(one, ReportStep)]
    [refused] = [one for one in outcomes if isinstance(one, Refusal)]
    assert isinstance(refused, Invalid)
    assert refused.errors["number"].startswith("Số 09 đã dùng cho Báo cáo số 09/BC-")
    assert ConsolidatedReport.objects.get(number=9).pk == done.report_id
    assert IssuedFile.objects.count() == 3


def test_one_report_issued_twice(world, signed):
    report = signed[0]
    first, second = keys(report), keys(report)

    outcomes = at_once(
        lambda: issuing.issue(by=world.office, issue=Issue(9, "BC-STTTT", TODAY), **first),
        lambda: issuing.issue(by=world.office, issue=Issue(10, "BC-STTTT", TODAY), **second),
    )

    [done] = [one for one in outcomes if isinstance(one, ReportStep)]
    [told] = [one for one in outcomes if isinstance(one, Refusal)]
    assert isinstance(told, Conflict)
    assert report.steps.filter(act="issue").get() == done
    assert IssuedFile.objects.filter(report=report).count() == 3


def test_signed_against_returned(world, light_files):
    second = make_user(Role.LEADERSHIP)
    round = open_round(world, world.a)
    accept(world, round, world.a, world.head)
    report = brought_to(world, begin(world, round), "submitted")
    one, other = keys(report), keys(report)

    outcomes = at_once(
        lambda: signing.sign(by=world.leadership, **one),
        lambda: signing.send_back(by=second, words="Chưa được.", **other),
    )

    [done] = [step for step in outcomes if isinstance(step, ReportStep)]
    [told] = [step for step in outcomes if isinstance(step, Conflict)]
    assert done.by_label in str(told)
    found = ConsolidatedReport.objects.get()
    assert found.status == done.status
    assert list(found.steps.values_list("act", flat=True)) == ["start", "submit", done.act]


def test_two_people_word_one_passage(world):
    second = make_user(Role.OFFICE, world.vp)
    round = open_round(world, world.a)
    accept(world, round, world.a, world.head)
    report = begin(world, round)

    def wording(by, text):
        return lambda: drafting.edit(
            report_id=report.pk,
            passage="proposals",
            by=by,
            text=text,
            seen=0,
            request_key=uuid.uuid4(),
        )

    outcomes = at_once(wording(world.office, "Của một."), wording(second, "Của hai."))

    [kept] = [one for one in outcomes if isinstance(one, PassageEdit)]
    [told] = [one for one in outcomes if isinstance(one, Conflict)]
    assert kept.by_label in str(told)
    assert report.edited == {"proposals": kept.text}


def test_two_people_begin_the_report_of_a_round(world):
    second = make_user(Role.OFFICE, world.vp)
    round = open_round(world, world.a)

    def beginning(by):
        return lambda: drafting.start(round_id=round.pk, by=by, request_key=uuid.uuid4())

    outcomes = at_once(beginning(world.office), beginning(second))

    assert sum(isinstance(one, ConsolidatedReport) for one in outcomes) == 1
    assert ConsolidatedReport.objects.count() == 1
