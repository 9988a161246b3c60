"""The page on which a plan goes into the next year, and a task's course over the years."""

import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from plans.models import Plan
from plans.next_year.choosing import Unreadable, as_ranges, from_ranges
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


def test_the_first_day_and_the_common_deadline_are_chosen(world, as_user):
    client = as_user(world.admin)
    chosen = {"nam": 2024, "nhiem_vu": "tat-ca", "tu": "15/01/2024", "han": "15/12/2024"}

    page = Page(client.get(URL, chosen))

    assert "bắt đầu từ ngày 15/01/2024, thời hạn chung 15/12/2024" in page.text
    assert {row[4] for row in rows(page)} == {"15/12/2024"}
    client.post(URL, _lists(page.root.forms[-1].form_values()))
    new = Plan.objects.get(year=2024)
    assert (new.starts_on, new.due_on) == (day(1, 15, 2024), day(12, 15, 2024))
    assert {task.due_on for task in new.tasks.all()} == {day(12, 15, 2024)}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"tu": "31/02/2024"}, "không phải là một ngày"),
        ({"tu": "01/07/2023"}, "Phải sau ngày kế hoạch cũ bắt đầu (01/07/2023)."),
        ({"tu": "01/01/2025"}, "bắt đầu trong năm 2024 hoặc cuối năm trước"),
        ({"tu": "01/12/2024"}, "không được trước ngày bắt đầu (01/12/2024)"),
        ({"tu": "01/06/2024", "han": "31/05/2024"}, "Thời hạn chung (31/05/2024) không được trước"),
        ({"han": "30/11/2026"}, "trong năm đó hoặc đầu năm sau"),
    ],
)
def test_days_that_cannot_be_are_told_at_their_field_and_kept(world, as_user, typed, words):
    page = Page(as_user(world.admin).get(URL, {"nam": "2024", "nhiem_vu": "tat-ca", **typed}))

    assert words in page.text
    for name, text in typed.items():
        assert page.all(f"//form[@class='stack']//input[@name='{name}']/@value") == [text]
    assert not page.all("//button[@form='carry']")


def test_choices_stand_in_the_address_and_are_kept(world, as_user):
    client = as_user(world.admin)
    chosen = {"nam": 2025, "nhiem_vu": "chua-xong", "mang": "chi-tieu"}

    page = Page(client.get(URL, chosen))

    assert [row[3] for row in rows(page)] == ["Chuyển tiếp"] * 3 + ["Không mang theo"]
    assert rows(page)[0][4:6] == ["30/11/2025", "–"]
    assert page.all("//input[@name='mang' and @checked]/@value") == ["chi-tieu"]
    hidden = _lists(page.root.forms[-1].form_values())
    assert (hidden["nam"], hidden["nhiem_vu"], hidden["mang"]) == (
        ["2025"],
        ["chua-xong"],
        ["chi-tieu"],
    )
    client.post(URL, hidden)
    new = Plan.objects.get(year=2025)
    assert [task.assignments.count() for task in new.tasks.all()] == [0, 0, 0]


def ticks(page):
    """The tasks that are ticked, and those that could be, by their keys."""
    boxes = "//input[@name='chon']"
    return page.all(f"{boxes}[@checked]/@value"), page.all(f"{boxes}/@value")


def test_tasks_are_chosen_one_by_one(world, as_user):
    record(world.lead, world.head, State.DONE)
    decide("confirm", world.lead, world.office)
    decide("stop", world.office_task.assignments.get(), world.leadership)
    client, task, other = as_user(world.admin), str(world.task.pk), str(world.other_task.pk)
    page = Page(client.get(URL, {"nam": 2024, "nhiem_vu": "chua-xong", "mang": "phan-cong"}))
    # What is stopped cannot go; what is finished can, although its kind does not.
    assert ticks(page) == ([other], [task, other, str(world.standing.pk)])
    sent = _lists(page.root.forms[-1].form_values())

    looked = client.post(URL, sent | {"chon": [task], "do": "look"}, follow=True)

    page = Page(looked)
    assert ticks(page)[0] == [task]
    assert "Đang bỏ lại 1, thêm 1 nhiệm vụ" in page.text
    assert {row[0]: row[3] for row in rows(page)}[world.other_task.code] == "Không mang theo"
    assert page.all("//input[@name='nhiem_vu' and @checked]/@value") == ["chua-xong"]
    assert client.post(URL, _lists(page.root.forms[-1].form_values())).status_code == 302
    new = Plan.objects.get(year=2024)
    assert [one.follows for one in new.tasks.all()] == [world.task]


def test_ticks_that_nobody_looked_at_yet_are_looked_at_first(world, as_user):
    client = as_user(world.admin)
    sent = _lists(Page(client.get(URL)).root.forms[-1].form_values())
    kept = [key for key in sent["chon"] if key != str(world.task.pk)]

    page = Page(client.post(URL, sent | {"chon": kept}, follow=True))

    assert not Plan.objects.filter(year=2024).exists()
    assert "vừa đổi nhiệm vụ mang theo, chưa có gì được ghi" in page.messages[0]
    assert ticks(page)[0] == kept
    client.post(URL, _lists(page.root.forms[-1].form_values()))
    assert world.task not in [one.follows for one in Plan.objects.get(year=2024).tasks.all()]


def test_a_choice_stays_when_the_kind_changes_and_on_the_other_pages(world, as_user, monkeypatch):
    monkeypatch.setattr("plans.views.next_year.PER_PAGE", 2)
    client = as_user(world.admin)
    page = Page(client.get(URL, {"nam": 2024, "nhiem_vu": "tat-ca", "trang": 2}))
    sent = _lists(page.root.forms[-1].form_values())
    left_out = {int(key) for key in ticks(page)[1]}

    answer = client.post(f"{URL}?trang=2", sent | {"chon": [], "do": "look"})

    assert "trang=2" in answer.url
    page = Page(client.get(answer.url.replace("tat-ca", "khong").replace("trang=2", "trang=1")))
    assert ticks(page) == ([], ticks(page)[1])
    [typed] = page.all("//form[@id='carry']//input[@name='bo']/@value")
    assert set(from_ranges(typed)) == left_out


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"bo": "1-x"}, "Không đọc được danh sách nhiệm vụ"),
        ({"them": "1-99999999"}, "Không đọc được danh sách nhiệm vụ"),
        ({"bo": "999999"}, "không thuộc kế hoạch này"),
        ({"nam": "2031"}, "2031"),
    ],
)
def test_an_address_that_says_nothing_is_told_and_kept(world, as_user, asked, words):
    address = {"nam": "2025", "nhiem_vu": "chua-xong", **asked}

    page = Page(as_user(world.admin).get(URL, address))

    assert words in page.text
    assert page.all("//input[@name='nhiem_vu' and @checked]/@value") == ["chua-xong"]
    refused = as_user(world.admin).post(URL, address | {"seen": "x", "request_key": uuid.uuid4()})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("numbers", "text"),
    [((), ""), ((7,), "7"), ((3, 4, 5, 9), "3-5.9"), ((1, 2, 3), "1-3")],
)
def test_many_tasks_stand_in_a_short_address(numbers, text):
    assert as_ranges(numbers[::-1]) == text
    assert from_ranges(text) == numbers


@pytest.mark.parametrize("text", ["a", "1-2-3", "5-3", "-", "1-", "²", "1-20001"])
def test_what_is_no_list_of_tasks(text):
    with pytest.raises(Unreadable):
        from_ranges(text)


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
    making = "//button[@form='carry']"
    assert not page.all(making)
    other = Page(client.get(URL, {"nam": 2025, "nhiem_vu": "tat-ca"}))
    assert other.all(f"{making}/text()") == ["Lập kế hoạch năm 2025"]

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
