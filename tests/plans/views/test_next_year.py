"""The page on which a plan goes into the next year, and a task's course over the years."""

from decimal import Decimal

import pytest
from django.urls import reverse

from plans.models import Plan
from plans.states import State
from tests.builders import day, decide, make_measure, make_plan, make_task, record
from tests.pages import Page, path_of
from tests.plans.acts.test_next_year import carry

URL = reverse("plan-next-year", args=["kh-2023"])
BOARD = reverse("dashboard")


def rows(page):
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./th | ./td")]
        for row in page.all("//table[contains(@class, 'carrying')]//tbody/tr")
    ]


def test_looked_at_then_made_once_and_shown(world, as_user):
    grown = {"target": Decimal(70), "target_year": 2023, "yearly_growth": Decimal(20)}
    make_measure(world.task, **grown)
    world.standing.delete()
    record(world.lead, world.head, State.DONE)
    decide("confirm", world.lead, world.office)
    client = as_user(world.admin)

    page = Page(client.get(URL))
    code, title = world.task.code, world.task.title
    assert rows(page)[0] == [
        *(code, title, "Hoàn thành", "Mang theo", "30/11/2024", "A", "70% →thành 90%")
    ]
    assert [row[3] for row in rows(page)[1:]] == ["Chuyển tiếp"] * 2
    sent = _lists(page.root.forms[-1].form_values())

    for _ in range(2):
        assert path_of(client.post(URL, sent)) == reverse("plan-soundness")

    new = Plan.objects.get(year=2024)
    page = Page(client.get(reverse("plan-soundness")))
    assert page.messages[0].startswith("Đã lập “Kế hoạch kh-2023”: 3 nhiệm vụ, trong đó 2 chuyển")
    assert page.all("//select[@name='plan']/option[@selected]/@value") == [new.code]


def _lists(pairs):
    found = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def test_choices_stand_in_the_address_and_are_kept(world, as_user):
    client = as_user(world.admin)
    chosen = {"nam": 2025, "nhiem_vu": "chua-xong", "mang": "chi-tieu"}

    page = Page(client.get(URL, chosen))

    assert [row[3] for row in rows(page)] == ["Chuyển tiếp"] * 3 + ["Không mang theo"]
    assert rows(page)[0][4:6] == ["30/11/2025", "–"]
    assert page.all("//input[@name='mang' and @checked]/@value") == ["chi-tieu"]
    hidden = dict(page.root.forms[-1].form_values())
    assert (hidden["nam"], hidden["nhiem_vu"], hidden["mang"]) == ("2025", "chua-xong", "chi-tieu")
    client.post(URL, hidden)
    new = Plan.objects.get(year=2025)
    assert [task.assignments.count() for task in new.tasks.all()] == [0, 0, 0]


def test_what_changed_meanwhile_is_shown_and_can_then_be_made(world, as_user):
    client = as_user(world.admin)
    sent = _lists(Page(client.get(URL)).root.forms[-1].form_values())
    world.other_task.assignments.get().delete()

    page = Page(client.post(URL, sent))

    assert page.response.status_code == 409
    assert "vừa thay đổi sau khi đồng chí xem" in page.text
    again = _lists(page.root.forms[-1].form_values())
    assert client.post(URL, again).status_code == 302


@pytest.mark.parametrize("changes", [{"nam": "2031"}, {"seen": ""}, {"nhiem_vu": "gi-do"}])
def test_a_form_that_nobody_was_shown_makes_nothing(world, as_user, changes):
    client = as_user(world.admin)
    sent = _lists(Page(client.get(URL)).root.forms[-1].form_values())

    assert client.post(URL, sent | changes).status_code == 422
    assert Plan.objects.count() == 1


def test_a_year_that_is_done_is_named_and_refused(world, as_user):
    carry(world.plan, world.admin)
    client = as_user(world.admin)
    page = Page(client.get(URL))
    assert "đã lập kế hoạch năm 2024 từ kế hoạch này" in page.messages[0]

    page = Page(client.post(URL, _lists(page.root.forms[-1].form_values())))

    assert page.response.status_code == 409
    assert "Không lập lần thứ hai" in page.text


def test_everyone_stays_with_the_plan_of_today_until_the_next_begins(world, as_user):
    new = carry(world.plan, world.admin)
    client = as_user(world.head)
    chosen = "//select[@name='plan']/option[@selected]/@value"

    assert Page(client.get(BOARD)).all(chosen) == [world.plan.code]

    Plan.objects.filter(pk=new.pk).update(starts_on=day(11, 20))
    assert Page(client.get(BOARD)).all(chosen) == [new.code]


def test_without_a_plan_that_has_begun_the_newest_is_shown(world, as_user):
    Plan.objects.update(starts_on=day(1, 1, 2024), due_on=None)
    make_plan(world.agency, "kh-2025", year=2025, starts_on=day(1, 1, 2025), due_on=None)

    page = Page(as_user(world.head).get(BOARD))

    assert page.all("//select[@name='plan']/option[@selected]/@value") == ["kh-2025"]


# --- The course of a task -------------------------------------------------------------------------


def course(page):
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./th | ./td")]
        for row in page.all("//table[contains(@class, 'course')]//tbody/tr")
    ]


def test_the_course_over_the_years(world, as_user):
    grown = {"target": Decimal(70), "target_year": 2023, "yearly_growth": Decimal(20)}
    measure = make_measure(world.task, cap=Decimal(100), **grown)
    record(world.lead, world.head, values={measure.pk: Decimal(65)})
    second = carry(world.plan, world.admin)
    third = carry(second, world.admin, year=2025)
    code, title = world.task.code, world.task.title
    middle = second.tasks.get(code=code)
    client = as_user(world.head)

    found = course(Page(client.get(reverse("task", args=[middle.pk]))))

    assert [row[:2] for row in found] == [
        ["2023", f"{code} {title}"],
        ["2024", f"{code} nhiệm vụ này chuyển tiếp"],
        ["2025", f"{code} {title} chuyển tiếp"],
    ]
    assert [row[3] for row in found] == ["65% / 70%", "– / 90%", "– / 100%"]
    last = third.tasks.get(code=code)
    page = Page(client.get(reverse("task", args=[world.task.pk])))
    links = page.all("//table[contains(@class, 'course')]//a/@href")
    assert links == [reverse("task", args=[one.pk]) for one in (middle, last)]
    assert "chuyển tiếp từ năm trước" in Page(client.get(links[0])).text


def test_the_course_of_a_day_knows_only_what_was_then(world, as_user):
    carry(world.plan, world.admin)
    address = reverse("task", args=[world.task.pk])
    client = as_user(world.head)

    assert len(course(Page(client.get(address)))) == 2
    assert course(Page(client.get(address, {"ngay": "19/11/2023"}))) == []


def test_the_course_shows_nobody_what_is_not_theirs(world, as_user):
    new = carry(world.plan, world.admin)
    world.task.assignments.filter(unit=world.s).delete()
    task = new.tasks.get(code=world.task.code)
    address = reverse("task", args=[task.pk])

    assert course(Page(as_user(world.support_head).get(address))) == []
    assert len(course(Page(as_user(world.head).get(address)))) == 2


def test_a_task_that_stands_alone_has_no_course(world, as_user):
    task = make_task(world.block, (world.a,))
    page = Page(as_user(world.head).get(reverse("task", args=[task.pk])))
    assert "Qua các năm" not in page.text
