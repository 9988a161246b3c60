"""The dashboard: each of its figures is the number of tasks behind its link."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from config import server
from plans.models import Plan
from tests.builders import day, make_plan, make_task, record
from tests.pages import Page, text_of
from tests.plans.busy import make_busy

URL = reverse("dashboard")


@pytest.fixture
def busy(world):
    make_busy(world)
    return world


def counts(page):
    """(what, number, link) of every figure and every part of a bar."""
    for one in page.of_class("figure", "a"):
        [number] = one.xpath(".//span[@class='count']")
        yield text_of(one), text_of(number), one.get("href")
    for one in page.of_class("part", "a"):
        yield text_of(one), text_of(one.xpath(".//b")[0]), one.get("href")


def listed(page):
    return page.texts("//main//p[contains(., 'nhiệm vụ')]/b")[0]


# How many numbers the page shows on the day: five figures, and the parts of the bars.
@pytest.mark.parametrize(
    ("who", "numbers_seen"),
    [
        (
            "office",
            {"": 28, "30/09/2023": 18, "01/10/2023": 22, "02/11/2023": 27},
        ),
        ("head", {"": 18, "01/10/2023": 16}),
    ],
)
def test_every_number_is_that_of_the_list_it_links_to(busy, as_user, who, numbers_seen):
    client = as_user(busy.people[who])
    seen = {}
    for asked in numbers_seen:
        found = set(counts(Page(client.get(URL, {"ngay": asked}))))
        for what, number, link in found:
            assert (what, number) == (what, listed(Page(client.get(link)))), (asked, link)
        seen[asked] = len(found)
    assert seen == numbers_seen


def test_numbers_of_the_figures(busy, as_user):
    page = Page(as_user(busy.office).get(URL))

    assert [text_of(one) for one in page.of_class("count")] == ["18", "3", "4", "3", "6"]
    assert page.texts("//h1") == ["Bảng theo dõi tính đến ngày 20/11/2023"]


def test_parts_of_each_bar_add_up_to_its_total(busy, as_user):
    page = Page(as_user(busy.office).get(URL))

    rows = page.all("//table[@class='bars']/tbody/tr")
    totals = {
        text_of(row.xpath("./th")[0]): (
            int(text_of(row.xpath("./td[@class='num']")[0])),
            sum(int(text_of(one)) for one in row.xpath(".//li//b")),
        )
        for row in rows
    }
    assert totals == {
        "CHỈ SỐ 1": (11, 11),
        "CHỈ SỐ 2": (7, 7),
        "VP": (2, 2),
        "A": (9, 9),
        "B": (9, 9),
    }


def test_the_total_of_an_indicator_is_that_of_the_list_it_links_to(busy, as_user):
    client = as_user(busy.office)
    page = Page(client.get(URL))

    for row in page.all("//table[@class='bars']/tbody/tr"):
        [link] = row.xpath("./th/a/@href")
        total = text_of(row.xpath("./td[@class='num']")[0])
        assert (link, listed(Page(client.get(link)))) == (link, total)


def test_what_needs_attention_the_longest_overdue_first(busy, as_user):
    page = Page(as_user(busy.office).get(URL))

    titles = page.texts("//ol[@class='attention']/li/a")
    assert [title.partition(" ")[2] for title in titles] == [
        "Im lặng quá hạn",
        "Chờ kinh phí",
        "Một nửa chờ xác nhận",
        "Bị trả lại",
        "Im lặng còn hạn",
    ]


@pytest.mark.parametrize(
    ("who", "to_do"),
    [
        (
            "head",
            ["1 phần việc bị trả lại", "2 phần việc quá hạn", "1 phần việc chưa có cập nhật nào"],
        ),
        ("support_head", []),
        ("office", ["2 phần việc chờ đồng chí xác nhận", "1 phần việc chưa có cập nhật nào"]),
        ("leadership", ["1 phần việc của Văn phòng chờ Lãnh đạo xác nhận"]),
        ("admin", []),
    ],
)
def test_what_waits_for_the_reader(busy, as_user, who, to_do):
    page = Page(as_user(busy.people[who]).get(URL))

    assert page.texts("//section[@class='to-do']/details/summary") == to_do


def test_change_since_last_week(world, as_user):
    record(world.lead, world.head, on=day(11, 14))

    page = Page(as_user(world.office).get(URL))

    assert [text_of(one) for one in page.of_class("share")] == [
        "tuần qua không đổi",
        "0% · tuần qua không đổi",
        "33,3% · tuần qua tăng 1",
        "0% · tuần qua không đổi",
        "66,7% · tuần qua giảm 1",
    ]


def test_what_is_due_next(world, as_user):
    make_task(world.block, (world.a,), due_on=day(11, 20))
    make_task(world.block, (world.a,), due_on=day(11, 19))  # has passed
    make_task(world.block, (world.a,), due_on=day(1, 2, 2024))  # in more than six weeks

    page = Page(as_user(world.office).get(URL))

    assert page.texts("//h2[starts-with(., 'Đến hạn')]/..//tbody/tr") == [
        "20/11/2023 1",
        "30/11/2023 3",
    ]


def test_without_a_plan(world, as_user):
    Plan.objects.all().delete()

    office = Page(as_user(world.office).get(URL))
    admin = Page(as_user(world.admin).get(URL))

    assert office.texts("//h1") == admin.texts("//h1") == ["Chưa có kế hoạch nào"]
    assert "Đồng chí liên hệ người quản trị hệ thống." in office.text
    assert "manage.py load_plan" in admin.text


def test_a_plan_without_tasks(world, as_user):
    Plan.objects.all().delete()
    make_plan(world.agency)

    page = Page(as_user(world.office).get(URL))

    assert [text_of(one) for one in page.of_class("count")] == ["0"] * 5


def test_asks_as_many_queries_for_one_task_as_for_thirty(world, as_user, django_assert_num_queries):
    client = as_user(world.office)
    client.get(URL)  # writes into the new session when it was last seen
    for more in (1, 2, 27):
        for _ in range(more):
            record(
                make_task(world.block, (world.a, world.b)).assignments.get(unit=world.a), world.head
            )
        with django_assert_num_queries(29):
            client.get(URL)


def test_only_reading_is_possible(world, as_user):
    assert as_user(world.office).post(URL).status_code == 405


def test_a_pasted_paragraph_gets_our_message_and_no_page_of_the_server(busy, as_user):
    """In an address an accented letter takes nine bytes; what is pasted goes through every link."""
    client = as_user(busy.office)
    fields = {
        one.name: int(one.get("maxlength"))
        for form in Page(client.get(URL)).root.forms
        for one in form.inputs
        if one.name in ("ngay", "so-voi", "tim") and one.get("type") != "hidden"
    }
    assert fields == {"ngay": 20, "so-voi": 20, "tim": 400}

    pasted = {name: ("Đềnghị" * 100)[:size] for name, size in fields.items()}
    assert len(urlencode(pasted)) < server.limit_request_line
    board = Page(client.get(URL, {"ngay": pasted["ngay"], "so-voi": pasted["so-voi"]}))
    assert [one.split(" không ")[0] for one in board.messages] == [f"“{pasted['ngay']}”"] * 2
    listed = Page(client.get(reverse("task-list"), {"tim": pasted["tim"]}))
    assert "Dài 400 ký tự, tối đa 200." in listed.text
