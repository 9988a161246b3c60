"""States of a unit's report × who × which act, walked whole; and what each act leaves behind."""

import uuid

import pytest
from django.db import transaction

from plans.acts.refusals import Invalid, NotNow, NotYours, Refusal
from reports.acts import steps, writing
from reports.acts.recording import Moved
from reports.acts.rounds import close_round
from reports.content.frozen import fingerprint
from reports.models import (
    ReportLocked,
    SectionEdit,
    UnitReport,
    UnitReportVersion,
    accepted_versions,
    units_without_accepted,
)
from reports.states.unit_report import ALLOWED_FROM, ReportState, StepKind
from tests.builders import day, make_user, record
from tests.reports.unit_rounds import (
    fresh,
    in_state,
    open_round,
    report_of,
    seen_content,
    step,
    submit,
    write,
)
from units import clock
from units.models import Notice, Role, Unit

pytestmark = pytest.mark.django_db

# Who may take which step with unit A's report.
WHO = {
    "start": {"staff", "head"},
    "edit": {"staff", "head"},
    "submit": {"head"},
    "withdraw": {"head"},
    "begin_review": {"office", "leadership"},
    "accept": {"office", "leadership"},
    "return": {"office", "leadership"},
    "reopen": {"leadership"},
}


def attempt(world, act, report, who):
    by = world.people[who]
    if act == "edit":
        return write(report, by, "highlights", "Lời mới")
    if act == "submit":
        return submit(report, by, responsible=world.head)
    return step(act, report, by)


@pytest.mark.parametrize("state", ReportState)
def test_every_state_every_act_every_role(world, state):
    """A role that may not is told so in every state; one that may, in the declared states only."""
    report = in_state(world, state)
    assert set(ALLOWED_FROM) == set(WHO)
    for act, allowed in WHO.items():
        for who in world.people:
            before = UnitReport.objects.values().get(pk=report.pk)
            with transaction.atomic():
                if who not in allowed:
                    with pytest.raises(NotYours):
                        attempt(world, act, report, who)
                elif state not in ALLOWED_FROM[act]:
                    with pytest.raises(NotNow):
                        attempt(world, act, report, who)
                else:
                    attempt(world, act, report, who)
                transaction.set_rollback(True)
            assert UnitReport.objects.values().get(pk=report.pk) == before


def test_submission_freezes_and_keeps_both_names(world):
    report = in_state(world, ReportState.DRAFT)
    deputy = make_user(Role.HEAD, world.a, "deputy", job_title="Phó Trưởng phòng")

    done = submit(report, deputy, responsible=world.head)

    version = UnitReportVersion.objects.get()
    assert (version.number, version.cycle) == (1, 1)
    assert version.sha256 == fingerprint(bytes(version.frozen))
    assert (version.by, version.responsible) == (deputy, world.head)
    assert version.by_label == "Người deputy, Phó Trưởng phòng, Phòng A"
    assert version.responsible_label == "Người head, Phòng A"
    assert version.content.signature.full_name == "Người head"
    assert (done.state, done.version) == (ReportState.SUBMITTED, version)

    frozen = bytes(version.frozen)
    Unit.objects.filter(pk=world.a.pk).update(name="Phòng khác")
    record(world.lead, world.head, result="Nói khác đi.")
    version = UnitReportVersion.objects.get()
    assert bytes(version.frozen) == frozen
    assert version.content.unit == "Phòng A"
    assert [task.leads[0].result for task in version.content.tasks] == ["Đã làm một phần."]


def test_a_double_click_submits_once_and_tells_once(world):
    report = in_state(world, ReportState.DRAFT)
    keys = {**fresh(report), "fingerprint": seen_content(report)}
    said = {"by": world.head, "responsible_id": world.head.pk, **keys}
    Notice.objects.all().delete()

    first, second = steps.submit(**said), steps.submit(**said)

    assert first == second
    assert report.versions.count() == 1
    assert list(Notice.objects.values_list("user", flat=True)) == [world.office.pk]


def test_a_double_click_returns_once(world):
    report = in_state(world, ReportState.SUBMITTED)
    said = {
        "by": world.office,
        "reason": "Thiếu.",
        "remarks": {world.task.pk: "Bổ sung."},
        **fresh(report),
    }
    Notice.objects.all().delete()

    assert steps.send_back(**said) == steps.send_back(**said)

    [returned] = report.steps.filter(kind="return")
    assert returned.remarks.count() == 1
    assert Notice.objects.filter(user=world.head).count() == 1


def test_nobody_submits_what_they_have_not_read(world):
    report = in_state(world, ReportState.DRAFT)
    keys = {**fresh(report), "fingerprint": seen_content(report)}
    write(report, world.staff, "highlights", "Chuyên viên vừa sửa.")

    with pytest.raises(Moved):
        steps.submit(by=world.head, responsible_id=world.head.pk, **keys)
    assert report.versions.count() == 0

    keys = {**fresh(report), "fingerprint": seen_content(report)}
    record(world.lead, world.staff, result="Vừa cập nhật.")
    with pytest.raises(Moved):
        steps.submit(by=world.head, responsible_id=world.head.pk, **keys)


def test_only_a_head_of_the_unit_is_responsible(world):
    report = in_state(world, ReportState.DRAFT)
    for person in (world.staff, world.other_head, world.leadership):
        with pytest.raises(Invalid) as refused:
            submit(report, world.head, responsible=person)
        assert "responsible" in refused.value.errors


def test_a_part_without_update_stops_the_submission_until_the_cut_off(world):
    round = open_round(world)
    report = report_of(round, world.b)
    step("start", report, world.other_head)

    with pytest.raises(NotNow, match=f"nhiệm vụ {world.other_task.code} chưa có cập nhật"):
        submit(report, world.other_head)
    submit(report, world.other_head, on=day(12, 2))

    [version] = report.versions.all()
    assert version.content.day == day(11, 30)
    assert version.content.total.no_info == 1


def test_return_keeps_reason_and_remarks_and_the_next_submission_is_a_new_version(world):
    report = in_state(world, ReportState.SUBMITTED)
    step(
        "return",
        report,
        world.office,
        reason="Chưa rõ.",
        remarks={world.task.pk: "Nêu số liệu.", world.other_task.pk: "  "},
    )
    [remark] = report.steps.get(kind="return").remarks.all()
    assert (remark.task, remark.text) == (world.task, "Nêu số liệu.")

    write(report, world.staff, "highlights", "Đã bổ sung.")
    submit(report, world.head)

    report.refresh_from_db()
    assert report.state == ReportState.RESUBMITTED
    first, second = report.versions.all()
    assert (first.number, second.number) == (1, 2)
    assert first.content.text("highlights") != second.content.text("highlights") == "Đã bổ sung."
    assert [one.kind for one in report.steps.all()] == ["start", "submit", "return", "submit"]


def test_a_remark_on_a_task_that_is_not_in_the_report_is_refused(world):
    report = in_state(world, ReportState.SUBMITTED)
    with pytest.raises(Invalid):
        step("return", report, world.office, remarks={world.other_task.pk: "Ý kiến."})
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED


@pytest.mark.parametrize("act", ["return", "reopen"])
def test_a_reason_is_asked_for(world, act):
    state = ReportState.SUBMITTED if act == "return" else ReportState.ACCEPTED
    report = in_state(world, state)
    with pytest.raises(Invalid) as refused:
        step(act, report, world.leadership, reason=" \u200b ")
    assert "reason" in refused.value.errors


def test_reopening_begins_the_next_cycle_and_erases_nothing(world):
    report = in_state(world, ReportState.ACCEPTED)
    [accepted] = accepted_versions(report.round)

    step("reopen", report, world.leadership)

    report.refresh_from_db()
    assert (report.state, report.cycle) == (ReportState.DRAFT, 2)
    assert list(accepted_versions(report.round)) == []
    assert UnitReportVersion.objects.get().content == accepted.content

    submit(report, world.head)
    step("accept", report, world.office)
    [now] = accepted_versions(report.round)
    assert (now.number, now.cycle) == (2, 2)
    waiting = units_without_accepted(report.round)
    assert [one.unit for one in waiting] == [world.vp, world.b, world.s]


def test_nobody_reviews_their_own_report_and_the_leadership_reviews_the_offices(world):
    record(world.office_task.assignments.get(), world.office)
    report = report_of(open_round(world), world.vp)
    step("start", report, world.office)
    submit(report, world.office)
    other = make_user(Role.OFFICE, world.vp, "office2")
    for person in (world.office, other):
        with pytest.raises(NotYours):
            step("accept", report, person)
    step("accept", report, world.leadership)


def test_a_closed_round_changes_no_more(world):
    report = in_state(world, ReportState.RETURNED)
    close_round(round_id=report.round_id, by=world.office)
    with pytest.raises(NotNow, match="đã đóng"):
        submit(report, world.head)
    with pytest.raises(NotNow, match="đã đóng"):
        write(report, world.staff, "highlights", "Muộn.")
    with pytest.raises(NotYours):
        close_round(round_id=report.round_id, by=world.head)


@pytest.mark.parametrize("state", sorted(set(ReportState) - ALLOWED_FROM["edit"]))
def test_the_lock_holds_past_the_acts_too(world, state):
    """Whoever comes past the acts with a record in hand is stopped by the model."""
    report = in_state(world, state)
    with pytest.raises(ReportLocked):
        SectionEdit.objects.create(
            report=UnitReport.objects.get(pk=report.pk),
            section="highlights",
            sequence=99,
            text="Lén",
            by=world.staff,
            by_label="x",
            recorded_on=day(11, 20),
            recorded_at=clock.now(),
        )


def test_what_was_seen_counts(world):
    report = in_state(world, ReportState.SUBMITTED)
    stale = fresh(report)
    step("begin_review", report, world.office)
    with pytest.raises(Moved) as moved:
        steps.withdraw(by=world.head, **stale)
    assert [one.kind for one in moved.value.newer] == [StepKind.BEGIN_REVIEW]


def test_a_key_of_something_else_is_refused(world):
    report = in_state(world, ReportState.SUBMITTED)
    key = uuid.uuid4()
    steps.begin_review(**{**fresh(report), "by": world.office, "request_key": key})
    with pytest.raises(Refusal):
        steps.accept(**{**fresh(report), "by": world.office, "request_key": key})


def test_starting_twice_is_one_start(world):
    report = report_of(open_round(world), world.a)
    keys = fresh(report)
    assert writing.start(by=world.staff, **keys) == writing.start(by=world.staff, **keys)
    assert report.steps.count() == 1
