"""The report of a unit that became part of another: nothing that it says is lost, and the other
hands it in."""

import pytest
from django.urls import reverse

from plans.acts.merging import merge_units
from plans.acts.merging_preview import preview
from plans.acts.refusals import NotNow
from reports.acts.rounds import urge
from reports.models import UnitReport, accepted_versions
from reports.round_content.sources import sources_of
from reports.states.unit_report import ReportState
from tests.builders import TODAY, day, record
from tests.pages import Page
from tests.reports.test_rounds import rows
from tests.reports.unit_rounds import fresh, in_state, open_round, report_of, step, submit, write
from units import clock
from units.models import Notice, Unit, User

pytestmark = pytest.mark.django_db

WRITTEN = "Đã hoàn thành phần mềm một cửa."


def merge(world, unit=None, into=None, **fields):
    """Unit A becomes part of B, with people and tasks."""
    with clock.set_to(TODAY):
        merge_units(
            **{
                "unit": unit or world.a,
                "into": into or world.b,
                "on": day(11, 15),
                "by": world.admin,
                "reason": "Quyết định số 12",
                "hand_over": True,
                "move_people": True,
                **fields,
            }
        )


def drafted(world, round):
    report = report_of(round, world.a)
    step("start", report, world.head)
    write(report, world.head, "highlights", WRITTEN)
    return report_of(round, world.a)


def person(user):
    return User.objects.get(pk=user.pk)


def page(as_user, user, report):
    return as_user(person(user)).get(reverse("unit-report", args=[report.pk]))


def test_the_other_unit_reads_writes_and_hands_in_the_draft(world, as_user):
    round = open_round(world)
    report = drafted(world, round)
    merge(world)

    for who in (world.head, world.other_head):
        shown = Page(page(as_user, who, report))
        assert WRITTEN in shown.text
        assert "Phòng A đã nhập vào Phòng B từ ngày 15/11/2023. Phòng B viết tiếp" in shown.text
    write(report, person(world.other_head), "proposals", "Đề nghị thêm máy.")
    submit(report, person(world.other_head))
    step("accept", report, world.office)

    [version] = [one for one in accepted_versions(round) if one.report_id == report.pk]
    assert version.content.text("highlights") == WRITTEN
    assert version.content.text("proposals") == "Đề nghị thêm máy."
    assert version.content.unit == "Phòng A"
    assert "Phòng B" in version.responsible_label


def test_the_office_reads_the_draft_and_others_do_not_see_it(world, as_user):
    report = drafted(world, open_round(world))
    assert WRITTEN not in Page(page(as_user, world.office, report)).text

    merge(world)

    assert WRITTEN in Page(page(as_user, world.office, report)).text
    write_address = reverse("unit-report-write", args=[report.pk])
    assert as_user(world.office).post(write_address).status_code == 403
    assert page(as_user, world.support_head, report).status_code == 404


def test_the_other_unit_is_urged_in_its_place(world, as_user):
    round = open_round(world)
    report = drafted(world, round)
    merge(world)
    Notice.objects.all().delete()

    row = rows(round)["a"]
    assert row.is_owed
    board = Page(as_user(world.office).get(reverse("round-board", args=[round.pk])))
    assert "đã nhập vào Phòng B từ ngày 15/11/2023; B nộp thay" in board.text
    with clock.set_to(TODAY):
        urge(round_id=round.pk, by=world.office, request_key=fresh(report)["request_key"])

    paths = Notice.objects.filter(user=world.other_head).values_list("path", flat=True)
    assert reverse("unit-report", args=[report.pk]) in set(paths)
    work = Page(as_user(person(world.other_head)).get(reverse("my-work")))
    assert "Báo cáo của Phòng A: Đợt tháng 11" in work.text


def test_a_report_that_nobody_began_and_without_tasks_is_not_owed(world, as_user):
    round = open_round(world)
    merge(world)

    assert not rows(round)["a"].is_owed
    with clock.set_to(TODAY):
        told = urge(
            round_id=round.pk,
            by=world.office,
            request_key=fresh(report_of(round, world.b))["request_key"],
        )
    assert "Phòng A" not in [one.unit_label for one in told.units.all()]
    board = Page(as_user(world.office).get(reverse("round-board", args=[round.pk])))
    assert "đã nhập vào Phòng B từ ngày 15/11/2023; không phải nộp" in board.text


def test_what_stays_in_the_old_name_is_still_reported(world):
    record(world.lead, world.head, result="Đã làm một nửa", on=day(10, 2))
    round = open_round(world)
    merge(world)

    assert rows(round)["a"].is_owed
    [missing] = [one for one in sources_of(round, TODAY).missing if one.unit_id == world.a.pk]
    assert missing.words == "chưa nộp, đã nhập vào Phòng B"
    report = report_of(round, world.a)
    step("start", report, person(world.other_head))
    assert report_of(round, world.a).state == ReportState.DRAFT


def test_a_round_that_asked_only_the_old_unit_asks_the_other_now(world):
    round = open_round(world, world.a)
    Notice.objects.all().delete()

    merge(world)

    assert set(round.reports.values_list("unit__code", flat=True)) == {"a", "b"}
    told = Notice.objects.get(user=world.other_head, path__contains="bao-cao")
    assert told.words.startswith("Đợt “Đợt tháng 11”: Phòng B nộp báo cáo")
    assert not UnitReport.objects.filter(round=round, unit=world.s).exists()


def test_who_tells_the_other_unit_of_the_draft(world):
    report = drafted(world, open_round(world))
    merge(world)

    path = reverse("unit-report", args=[report.pk])
    told = Notice.objects.filter(user=world.other_head, path=path).latest("pk")
    assert "Phòng A đã nhập vào Phòng B: báo cáo “Đợt tháng 11” của Phòng A (nháp)" in told.words


def test_after_two_mergers_the_last_unit_has_it(world, as_user):
    report = drafted(world, open_round(world))
    merge(world)
    merge(world, unit=Unit.objects.get(pk=world.b.pk), into=world.s, on=day(11, 18))

    assert WRITTEN in Page(page(as_user, world.support_head, report)).text
    submit(report, person(world.support_head))


def test_into_the_office_the_leadership_accepts(world, as_user):
    report = drafted(world, open_round(world))
    merge(world, into=world.vp)
    office = person(world.office)

    submit(report, office)

    for act in ("begin_review", "accept"):
        with pytest.raises(Exception, match="Văn phòng"):
            step(act, report, office)
    waiting = Page(as_user(world.leadership).get(reverse("waiting")))
    assert reverse("unit-report", args=[report.pk]) in waiting.response.content.decode()
    step("accept", report, world.leadership)


def previewed(world, into):
    with clock.set_to(TODAY):
        return preview(
            unit=world.a,
            into=into,
            on=day(11, 15),
            by=world.admin,
            reason="QĐ",
            hand_over=True,
            move_people=True,
        )


def test_the_preview_names_reports_of_open_rounds(world):
    drafted(world, open_round(world))
    open_round(world, world.a, name="Đợt riêng")
    told = previewed(world, world.b)

    things = {one.words: one for one in told.things}
    assert things["Báo cáo trong đợt đang mở"].items == ("Đợt tháng 11 (nháp)",)
    assert things["Đợt chưa hỏi đơn vị nhận"].items == ("Đợt riêng",)
    assert Unit.objects.get(pk=world.a.pk).is_active
    assert not UnitReport.objects.filter(round__name="Đợt riêng", unit=world.b).exists()
    with pytest.raises(NotNow):
        previewed(world, world.a)


def test_an_accepted_report_stays_and_counts(world):
    round = open_round(world)
    in_state(world, ReportState.ACCEPTED, round)
    merge(world)

    assert not rows(round)["a"].is_owed
    assert [one.report.unit.code for one in accepted_versions(round)] == ["a"]
