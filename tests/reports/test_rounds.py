"""The Office opens rounds, sees where every unit stands, urges who is missing, closes."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.acts.refusals import Invalid, NotNow, NotYours
from reports.acts.rounds import NewRound, close_round, open_round, urge, yearly
from reports.models import Round, UnitReport
from reports.pages.board import board
from reports.states.unit_report import ReportState
from tests.builders import TODAY, day, make_task, make_unit, make_user, record
from tests.pages import Page
from tests.reports import unit_rounds as made
from tests.reports.unit_rounds import in_state, report_of, step, submit
from units import clock
from units.models import Notice, Role

pytestmark = pytest.mark.django_db


def rows(round, on=TODAY):
    return {row.report.unit.code: row for row in board(round, round.reports.all(), on).rows}


def test_the_yearly_round_has_the_days_of_the_plan(world):
    world.plan.unit_reports_due_on = day(11, 28)
    world.plan.department_report_due_on = day(12, 10)

    new = yearly(world.plan, [world.a])

    assert (new.as_of, new.units_due_on) == (day(11, 28), day(11, 28))
    assert new.department_due_on == day(12, 10)
    opened = open_round(plan=world.plan, new=new, by=world.office, request_key=uuid.uuid4())
    with pytest.raises(Invalid) as refused:
        open_round(plan=world.plan, new=new, by=world.office, request_key=uuid.uuid4())
    assert list(refused.value.errors) == ["kind"]
    assert [one.state for one in opened.reports.all()] == [ReportState.MISSING]


def test_opening_tells_the_units_and_a_double_click_opens_once(world):
    new = yearly(world.plan, [world.a, world.b])
    said = {"plan": world.plan, "new": new, "by": world.office, "request_key": uuid.uuid4()}

    assert open_round(**said) == open_round(**said)

    told = Notice.objects.order_by("user__username").values_list("user__username", flat=True)
    assert list(told) == ["head", "other_head", "staff"]
    assert UnitReport.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("demand", ""),
        ("as_of", day(6, 30)),
        ("units_due_on", day(11, 19)),
        ("units_due_on", day(11, 29)),  # before the cut-off day
        ("department_due_on", day(11, 29)),
        ("units", ()),
    ],
)
def test_what_cannot_be_opened_says_where(world, field, value):
    said = {"kind": "ad_hoc", "name": "Đợt", "demand": "UBND tỉnh", "as_of": day(11, 30)}
    said |= {"units_due_on": day(11, 30), "department_due_on": None, "units": (world.a,)}
    with pytest.raises(Invalid) as refused:
        open_round(
            plan=world.plan,
            new=NewRound(**{**said, field: value}),
            by=world.office,
            request_key=uuid.uuid4(),
        )
    assert list(refused.value.errors) == [field]
    assert not Round.objects.exists()


def test_only_the_office_opens_urges_and_closes(world):
    round = made.open_round(world)
    new = yearly(world.plan, [world.a])
    for who in set(world.people) - {"office"}:
        by = world.people[who]
        with pytest.raises(NotYours):
            open_round(plan=world.plan, new=new, by=by, request_key=uuid.uuid4())
        with pytest.raises(NotYours):
            urge(round_id=round.pk, by=by, request_key=uuid.uuid4())
        with pytest.raises(NotYours):
            close_round(round_id=round.pk, by=by)


def test_the_board_says_state_version_day_who_and_how_late(world):
    round = made.open_round(world)
    report = in_state(world, ReportState.RETURNED, round)
    record(world.other_task.assignments.get(), world.other_head)
    late = report_of(round, world.b)
    step("start", late, world.other_head)
    submit(late, world.other_head, on=day(12, 3))
    submit(report, world.head, on=day(12, 5))

    found = rows(round, on=day(12, 6))

    assert (found["a"].state, found["a"].version) == (ReportState.RESUBMITTED, 2)
    assert (found["a"].submitted_on, found["a"].days_late) == (day(12, 5), 0)
    assert (found["b"].state, found["b"].days_late) == (ReportState.SUBMITTED, 3)
    assert found["b"].submitted_by == world.other_head.label
    assert (found["s"].state, found["s"].days_late) == (ReportState.MISSING, 6)
    assert rows(round, on=day(11, 30))["s"].days_late == 0

    with clock.set_to(day(12, 8)):
        closed = close_round(round_id=round.pk, by=world.office)
    assert rows(closed, on=day(12, 31))["s"].days_late == 8


def test_one_stroke_urges_all_who_are_missing(world):
    round = made.open_round(world)
    in_state(world, ReportState.SUBMITTED, round)
    step("start", report_of(round, world.b), world.other_head)
    Notice.objects.all().delete()
    key = uuid.uuid4()

    with clock.set_to(day(12, 2)):
        reminder = urge(round_id=round.pk, by=world.office, request_key=key)
        assert urge(round_id=round.pk, by=world.office, request_key=key) == reminder
        with pytest.raises(NotNow, match="Hôm nay"):
            urge(round_id=round.pk, by=world.office, request_key=uuid.uuid4())

    urged = [(one.unit.code, one.state_label) for one in reminder.units.all()]
    assert urged == [("vp", "Chưa lập"), ("b", "Nháp"), ("s", "Chưa lập")]
    assert "quá hạn 2 ngày" in reminder.words
    told = Notice.objects.order_by("user__username").values_list("user__username", flat=True)
    assert list(told) == ["other_head", "support_head"]


# --- Pages ------------------------------------------------------------------------------------


def test_the_office_opens_a_round_in_the_browser(world, as_user):
    client = as_user(world.office)
    url = reverse("round-open")
    sent = Page(client.get(url)).sends(url)
    assert (sent["name"], sent["as_of"]) == ("Báo cáo năm 2023", "30/11/2023")

    wrong = Page(client.post(url, {**sent, "units": [world.a.pk], "as_of": "31/11/2023"}))
    assert wrong.response.status_code == 422
    assert list(wrong.errors) == ["as_of"]
    assert wrong.sends(url)["name"] == "Báo cáo năm 2023"
    early = {"units_due_on": "29/11/2023", "department_due_on": "28/11/2023"}
    wrong = Page(client.post(url, {**sent, "units": [world.a.pk], **early}))
    assert (wrong.response.status_code, list(wrong.errors)) == (422, list(early))
    assert "chốt số liệu (30/11/2023)" in wrong.errors["units_due_on"]
    assert wrong.sends(url).items() >= early.items()
    assert not Round.objects.exists()

    answer = client.post(url, {**sent, "units": [world.a.pk, world.b.pk]})

    opened = Round.objects.get()
    assert answer.url == reverse("round-board", args=[opened.pk])
    assert [one.unit for one in opened.reports.all()] == [world.a, world.b]


def test_urging_and_closing_in_the_browser(world, as_user):
    round = made.open_round(world)
    client = as_user(world.office)
    board_url = reverse("round-board", args=[round.pk])
    url = reverse("round-urge", args=[round.pk])

    client.post(url, Page(client.get(board_url)).sends(url))

    page = Page(client.get(board_url))
    assert page.messages[-1] == "Đã đôn đốc Phòng VP, Phòng A, Phòng B, Phòng S."
    assert not page.has_form(url)
    assert "từ ngày mai đôn đốc được lần nữa" in page.text
    client.post(reverse("round-close", args=[round.pk]))
    round.refresh_from_db()
    assert not round.is_open


def test_closing_says_who_handed_in_for_nothing(world, as_user):
    report = in_state(world, ReportState.SUBMITTED)
    client = as_user(world.office)
    board_url = reverse("round-board", args=[report.round_id])
    warning = "Đã nộp mà chưa được tiếp nhận: "
    assert f"{warning}{world.a.short_name}." in Page(client.get(board_url)).text
    client.post(reverse("round-close", args=[report.round_id]))
    text = Page(client.get(board_url)).text
    assert warning not in text
    assert "chờ tiếp nhận" not in text
    assert "không được tiếp nhận khi đóng đợt" in text


def test_a_unit_sees_its_own_row_only(world, as_user):
    round = made.open_round(world)
    page = Page(as_user(world.head).get(reverse("round-board", args=[round.pk])))
    assert page.texts("//tbody/tr/th") == ["Phòng A"]
    outsider = make_user(Role.HEAD, make_unit(world.agency, "x"))
    assert as_user(outsider).get(reverse("round-board", args=[round.pk])).status_code == 404


def test_bao_cao_leads_a_unit_to_its_report(world, as_user):
    client = as_user(world.head)
    assert client.get(reverse("my-report")).url == reverse("rounds")
    round = made.open_round(world)
    report = report_of(round, world.a)
    assert client.get(reverse("my-report")).url == reverse("unit-report", args=[report.pk])
    made.open_round(world, name="Đợt thứ hai")
    assert client.get(reverse("my-report")).url == reverse("rounds")
    assert f'href="{reverse("my-report")}"' in client.get(reverse("dashboard")).content.decode()


def test_asks_as_many_queries_for_one_unit_as_for_thirty(world, as_user):
    counted = {}
    client = as_user(world.office)
    units = [world.a, world.b, world.s]
    for number in (1, 3, 30):
        while len(units) < number:
            unit = make_unit(world.agency, f"u{len(units)}")
            head = make_user(Role.HEAD, unit)
            task = make_task(world.block, (unit,))
            record(task.assignments.get(), head)
            units.append(unit)
        round = made.open_round(world, *units[:number], name=f"Đợt {number}")
        step("start", report_of(round, world.a), world.staff)
        for unit in units[3:number]:
            report = report_of(round, unit)
            person = unit.people.get()
            step("start", report, person)
            submit(report, person)
        url = reverse("round-board", args=[round.pk])
        client.get(url)
        counted[number] = _queries(client, url), _queries(client, reverse("rounds"))
    assert len({board for board, _ in counted.values()}) == 1, counted
    assert len({listed for _, listed in counted.values()}) == 1, counted


def _queries(client, url):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)
