"""Who is where, and what changed between two days: each number is that of the list behind it."""

from django.urls import reverse

from plans.acts.appendix import move_due_date
from plans.states import State
from tests.builders import day, decide, make_task, make_unit, record
from tests.pages import Page, text_of
from tests.plans.busy import make_busy
from units import clock

UNITS, BOARD = reverse("unit-table"), reverse("dashboard")


def listed(page):
    return page.texts("//main//p[contains(., 'nhiệm vụ')]/b")[0]


def test_every_number_is_that_of_the_list_it_links_to(world, as_user):
    make_busy(world)
    client = as_user(world.office)
    seen = 0
    for asked in ("", "01/10/2023", "02/11/2023"):
        page = Page(client.get(UNITS, {"ngay": asked}))
        for link in page.of_class("count", "a"):
            found = Page(client.get(link.get("href")))
            assert (link.get("href"), text_of(link)) == (link.get("href"), listed(found))
            seen += 1
    assert seen > 30


def test_a_row_says_states_last_words_and_silence(world, as_user):
    record(world.lead, world.head, on=day(11, 2))
    make_task(world.block, (world.a,), due_on=day(11, 10))

    page = Page(as_user(world.office).get(UNITS))

    rows = {text_of(row[0]): [text_of(cell) for cell in row[1:]] for row in page.all("//tbody/tr")}
    assert rows["Phòng A"] == ["1", "0", "1", "0", "0", "0", "0", "1", "10 ngày", "2", "02/11/2023"]
    assert rows["Phòng B"][-1] == "chưa gửi, từ 01/07/2023"
    assert page.messages == [
        "Chưa gửi thông tin nào: Phòng VP (có việc từ ngày 01/07/2023); "
        "Phòng B (có việc từ ngày 01/07/2023)."
    ]
    before = Page(as_user(world.office).get(UNITS, {"ngay": "01/11/2023"}))
    assert "Phòng A (có việc từ ngày 01/07/2023)" in before.messages[0]


def test_as_many_queries_for_one_unit_as_for_thirty(world, as_user, django_assert_num_queries):
    client = as_user(world.office)
    client.get(UNITS)
    for more in (1, 2, 27):
        for number in range(more):
            make_task(world.block, (make_unit(world.agency, f"u{more}-{number}"),))
        with django_assert_num_queries(12):
            client.get(UNITS)


def changed(page):
    """How many tasks changed in which way, and the link behind it."""
    return {
        text_of(head).partition(":")[0]: (
            text_of(head.xpath(".//b")[0]),
            head.xpath(".//a/@href")[0],
        )
        for head in page.all("//section[@class='changes']/h3")
    }


def test_what_changed_between_two_days(world, as_user):
    done = make_task(world.block, (world.a,), title="Xong", due_on=None)
    record(done.assignments.get(), world.head, State.DONE, on=day(11, 1))
    decide("confirm", done.assignments.get(), world.office, on=day(11, 2))
    make_task(world.block, (world.a,), title="Trễ", due_on=day(11, 5))
    record(world.lead, world.head, State.DONE, on=day(11, 6))
    decide("send_back", world.lead, world.office, on=day(11, 7))
    with clock.set_to(day(11, 8)):
        move_due_date(task=world.other_task, due_on=day(12, 31), by=world.admin)
        move_due_date(task=world.office_task, due_on=day(11, 29), by=world.admin)
    client = as_user(world.office)

    assert changed(Page(client.get(BOARD))) == {}
    since = "so-voi=01/11/2023"
    found = changed(Page(client.get(f"{BOARD}?{since}")))
    assert found == {
        "Mới hoàn thành": ("1", f"/nhiem-vu/?thay-doi=hoan-thanh&{since}"),
        "Mới quá hạn": ("1", f"/nhiem-vu/?thay-doi=qua-han&{since}"),
        "Bị trả lại": ("1", f"/nhiem-vu/?thay-doi=tra-lai&{since}"),
        "Lùi thời hạn": ("1", f"/nhiem-vu/?thay-doi=gia-han&{since}"),
    }
    for number, link in found.values():
        assert number == listed(Page(client.get(link)))
    # Nothing of it was so yet on the day before.
    assert changed(Page(client.get(f"{BOARD}?{since}&ngay=02/11/2023"))).keys() == {
        "Mới hoàn thành"
    }


def test_figures_and_bars_say_their_change(world, as_user):
    record(world.lead, world.head, State.DONE, on=day(11, 1))
    decide("confirm", world.lead, world.office, on=day(11, 2))

    page = Page(as_user(world.office).get(BOARD, {"so-voi": "01/10/2023"}))

    shares = [text_of(one) for one in page.of_class("share")]
    assert shares[1] == "33,3% · so với 01/10/2023 tăng 1"
    bars = {
        text_of(row.xpath("./th")[0]): [text_of(one) for one in row.xpath("./td[@class='num']")]
        for row in page.all("//table[@class='bars']/tbody/tr")
    }
    assert bars["A"] == ["1", "100% (+1)", "0"]
    assert bars["B"] == ["1", "0%", "0"]


def test_a_day_that_cannot_be_compared_with_is_named(world, as_user):
    client = as_user(world.office)
    for asked, why in (
        ("31/11/2023", "“31/11/2023” không phải là một ngày (ngày/tháng/năm)"),
        ("21/11/2023", "Ngày 21/11/2023 chưa đến"),
        ("20/11/2023", "Ngày so sánh phải trước ngày đang xem"),
        ("30/06/2023", "Kế hoạch bắt đầu từ ngày 01/07/2023"),
    ):
        page = Page(client.get(BOARD, {"so-voi": asked}))
        assert page.messages == [f"{why}; đang so với tuần trước."]


def test_the_units_in_trouble_are_named(world, as_user):
    make_task(world.block, (world.b,), due_on=day(11, 10))

    page = Page(as_user(world.office).get(BOARD))

    [said] = page.of_class("trouble")
    assert text_of(said) == "Chậm nhất: Phòng B 1 phần việc quá hạn, lâu nhất 10 ngày."
