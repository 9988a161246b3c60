"""Reports wait where people look for their work: “Việc của tôi” and “Chờ tôi”."""

import pytest
from django.urls import reverse

from plans import waiting
from reports.acts import rounds as round_acts
from reports.models import UnitReport
from reports.states.unit_report import ReportState
from tests.builders import day, make_unit, record
from tests.pages import Page
from tests.reports import rounds
from tests.reports.unit_rounds import in_state, open_round, report_of, step

MY_WORK, WAITING = reverse("my-work"), reverse("waiting")
SOON = {"units_due_on": day(11, 27)}


def section(page, title):
    """The rows of the section whose head begins so, as text, and where their first links lead."""
    found = [one for one in page.of_class("waiting") if one.xpath("string(h2)").startswith(title)]
    rows = [row for one in found for row in one.xpath(".//tbody/tr")]
    return [
        (" ".join(row.xpath("string(.)").split()), row.xpath("string(.//a[1]/@href)"))
        for row in rows
    ]


def owed(as_user, user):
    return section(Page(as_user(user).get(MY_WORK)), "Báo cáo của đơn vị phải nộp")


@pytest.mark.parametrize(
    ("state", "due_on", "said"),
    [
        ("missing", day(11, 27), "Chưa lập sắp đến hạn, 7 ngày hạn 27/11/2023 Lập báo cáo"),
        ("draft", day(11, 27), "Nháp sắp đến hạn, 7 ngày hạn 27/11/2023 Nộp báo cáo"),
        ("draft", day(11, 18), "Nháp quá hạn 2 ngày hạn 18/11/2023 Nộp báo cáo"),
        ("returned", day(11, 30), "Trả lại còn 10 ngày hạn 30/11/2023 Lý do trả lại: Bổ sung"),
        ("missing", day(11, 28), "Chưa lập còn 8 ngày hạn 28/11/2023 Lập báo cáo"),
        ("submitted", day(11, 18), None),
        ("accepted", day(11, 18), None),
    ],
)
def test_the_units_report_waits_for_its_head(world, as_user, state, due_on, said):
    opened = open_round(world, on=day(11, 10), units_due_on=due_on, department_due_on=due_on)
    report = in_state(world, ReportState(state), opened)

    found = owed(as_user, world.head)

    if said is None:
        assert found == []
        return
    [(row, link)] = found
    assert said in row
    assert link == reverse("unit-report", args=[report.pk])
    assert owed(as_user, world.staff) == []


def test_a_closed_round_waits_for_nobody(world, as_user):
    opened = open_round(world, **SOON)
    in_state(world, ReportState.SUBMITTED, opened)
    assert owed(as_user, world.other_head) != []
    assert waiting.count(world.office, world.plan) == 1

    round_acts.close_round(round_id=opened.pk, by=world.office)

    assert owed(as_user, world.other_head) == []
    assert waiting.count(world.office, world.plan) == 0


@pytest.mark.parametrize(
    ("state", "count"),
    [
        ("draft", 0),
        ("submitted", 1),
        ("in_review", 1),
        ("resubmitted", 1),
        ("returned", 0),
        ("accepted", 0),
    ],
)
def test_a_submitted_report_waits_for_the_office(world, as_user, state, count):
    report = in_state(world, ReportState(state))

    found = section(Page(as_user(world.office).get(WAITING)), "Báo cáo của đơn vị")

    assert [link for _, link in found] == [reverse("unit-report", args=[report.pk])] * count
    assert waiting.count(world.office, world.plan) == count
    assert waiting.count(world.leadership, world.plan) == 0


def test_the_offices_own_report_waits_for_the_leadership(world):
    record(world.office_task.assignments.get(), world.office)
    report = report_of(open_round(world), world.vp)
    for act in ("start", "submit"):
        step(act, report, world.office)

    counts = {who: waiting.count(user, world.plan) for who, user in world.people.items()}

    assert {who for who, count in counts.items() if count} == {"leadership"}


@pytest.mark.parametrize("status", sorted(rounds.WAY))
def test_a_report_to_sign_waits_for_the_leadership(world, as_user, light_files, status):
    round = rounds.open_round(world)
    rounds.accept(world, round, world.a, world.head)
    report = rounds.brought_to(world, rounds.begin(world, round), status)

    found = section(Page(as_user(world.leadership).get(WAITING)), "Báo cáo tổng hợp trình ký")

    links = [reverse("consolidated", args=[report.pk])] if status == "submitted" else []
    assert [link for _, link in found] == links
    assert waiting.count(world.leadership, world.plan) == len(links)
    assert waiting.count(world.office, world.plan) == 0


def test_who_drafted_a_report_is_not_asked_to_sign_it(world):
    round = rounds.open_round(world)
    rounds.accept(world, round, world.a, world.head)
    rounds.brought_to(world, rounds.begin(world, round), "submitted")
    world.office.role = world.leadership.role
    world.office.save(update_fields=["role"])

    assert waiting.count(world.leadership, world.plan) == 1
    assert waiting.count(world.office, world.plan) == 0


def test_queries_do_not_grow_with_reports(world, as_user, django_assert_max_num_queries):
    asked = {}
    for more in (1, 2, 27):
        for number in range(more):
            round = rounds.open_round(
                world,
                world.a,
                make_unit(world.agency, f"u{more}-{number}"),
                name=f"{more}-{number}",
                **SOON,
            )
            other = UnitReport.objects.filter(round=round).exclude(unit=world.a)
            other.update(state=ReportState.SUBMITTED)
            report = rounds.begin(world, round)
            rounds.take(world, report, "submit")
        for who, url in (("head", MY_WORK), ("office", WAITING), ("leadership", WAITING)):
            client = as_user(world.people[who])
            client.get(url)
            with django_assert_max_num_queries(60) as found:
                client.get(url)
            asked.setdefault(who, set()).add(len(found))
    assert all(len(counts) == 1 for counts in asked.values()), asked
