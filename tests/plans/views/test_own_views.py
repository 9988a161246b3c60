"""Order, columns and saved views of the task list: one's own, in the address, in print and file."""

import pytest
from django.urls import reverse

from plans.acts.refusals import Invalid
from plans.acts.views import MOST_VIEWS, save_view
from plans.models import SavedView
from plans.states import State
from tests.builders import day, make_task, record
from tests.pages import Page, text_of
from tests.reports import reading

LIST, VIEWS, COLUMNS = reverse("task-list"), reverse("view-list"), reverse("columns-choose")


@pytest.fixture
def three(world):
    """Three tasks of which no two orders are the same."""
    for task in (world.task, world.other_task, world.office_task, world.standing):
        task.delete()
    first = make_task(world.block, (world.b,), title="Một", due_on=day(12, 1))
    make_task(world.block, (world.a,), title="Hai", due_on=None)
    third = make_task(world.block, (world.vp,), title="Ba", due_on=day(9, 1))
    record(first.assignments.get(), world.other_head, State.IN_PROGRESS, on=day(10, 1))
    record(third.assignments.get(), world.office, State.NOT_STARTED, cause="Chờ", on=day(9, 1))
    return world


def titles(page):
    return [text_of(one.xpath(".//a")[0]) for one in page.of_class("what", "td")]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", "Một Hai Ba"),
        ("-so-muc", "Ba Hai Một"),
        ("thoi-han", "Ba Một Hai"),
        ("-thoi-han", "Một Ba Hai"),
        ("tinh-trang", "Hai Ba Một"),
        ("don-vi", "Ba Hai Một"),
        ("cap-nhat", "Ba Một Hai"),
        ("-cap-nhat", "Một Ba Hai"),
        ("la-gi", "Một Hai Ba"),
    ],
)
def test_orders_of_page_print_and_file(three, as_user, order, expected):
    client, query = as_user(three.office), {"sap-xep": order}

    assert titles(Page(client.get(LIST, query))) == expected.split()
    assert titles(Page(client.get(reverse("task-print"), query))) == expected.split()
    sheet = client.get(reverse("task-export"), query).content
    rows = reading.sheet_rows(sheet, "Danh sách nhiệm vụ")
    assert [row["Nhiệm vụ"] for row in rows] == expected.split()


def test_the_order_is_that_of_the_day_asked_about(three, as_user):
    client = as_user(three.office)

    past = Page(client.get(LIST, {"sap-xep": "cap-nhat", "ngay": "15/09/2023"}))

    assert titles(past) == ["Ba", "Một", "Hai"]
    assert past.texts("//td[@data-label='Cập nhật']") == ["01/09/2023", "–", "–"]


def test_heads_turn_the_order_and_say_it(three, as_user):
    page = Page(as_user(three.office).get(LIST, {"sap-xep": "thoi-han", "tim": "a"}))

    assert page.all("//th[@aria-sort='ascending']/a/@href") == ["?tim=a&sap-xep=-thoi-han"]
    assert page.of_class("group", "tr") == []


def test_columns_are_remembered_and_in_the_address(three, as_user):
    client = as_user(three.office)

    answer = client.post(
        COLUMNS, {"dia-chi": "tim=a&ngay=01/11/2023", "cot-hien": ["thoi-han", "kho-khan", "x"]}
    )

    assert answer["Location"] == f"{LIST}?tim=a&cot=thoi-han,kho-khan&ngay=01/11/2023"
    own = ["Số mục", "Nhiệm vụ", "Thời hạn", "Khó khăn"]
    heads = [text.split(" ▲")[0] for text in Page(client.get(LIST)).texts("//thead//th")]
    assert heads == own
    sheet = client.get(reverse("task-export")).content
    assert list(reading.sheet_rows(sheet, "Danh sách nhiệm vụ")[0]) == ["STT", *own]
    # An address says it for everyone else too, and nobody else's columns changed.
    assert len(Page(as_user(three.leadership).get(LIST)).all("//thead//th")) == 8


def test_a_view_is_saved_opened_first_renamed_and_deleted(three, as_user):
    client = as_user(three.office)
    saved = client.post(
        VIEWS, {"ten": " Việc  của A ", "dia-chi": "don-vi=a&ngay=01/11/2023", "mac-dinh": "co"}
    )
    view = SavedView.objects.get()
    assert (view.name, view.query, view.is_default) == ("Việc của A", "don-vi=a", True)
    assert saved["Location"] == f"{LIST}?don-vi=a"

    assert client.get(LIST)["Location"] == f"{LIST}?don-vi=a"
    assert client.get(LIST, {"ngay": "01/11/2023"})["Location"] == (
        f"{LIST}?don-vi=a&ngay=01/11/2023"
    )
    assert client.get(LIST, {"xem": "tat-ca"}).status_code == 200

    change = reverse("view-change", args=[view.pk])
    client.post(change, {"viec": "doi-ten", "ten": "Phòng A"})
    client.post(change, {"viec": "mo-dau"})
    view.refresh_from_db()
    assert (view.name, view.is_default) == ("Phòng A", False)
    client.post(change, {"viec": "xoa"})
    assert not SavedView.objects.exists()


def test_a_name_once_a_person_and_one_default(world):
    first = save_view(by=world.head, name="Tên", query="tim=a", is_default=True)
    save_view(by=world.office, name="Tên", query="tim=b", is_default=True)
    second = save_view(by=world.head, name="Khác", query="tim=c", is_default=True)

    # A double click makes one; another list under a taken name is refused.
    assert save_view(by=world.head, name="Tên", query="tim=a") == first
    with pytest.raises(Invalid, match="Đồng chí đã có danh sách"):
        save_view(by=world.head, name="Tên", query="tim=d")
    assert list(SavedView.objects.filter(user=world.head, is_default=True)) == [second]


def test_too_many_or_nameless_views_are_refused(world, as_user):
    answer = Page(as_user(world.head).post(VIEWS, {"ten": " ", "dia-chi": "tim=a"}))
    assert answer.errors == {"ten": "Đồng chí đặt tên cho danh sách."}

    for number in range(MOST_VIEWS):
        save_view(by=world.head, name=f"{number}", query="")
    with pytest.raises(Invalid, match="nhiều nhất 30"):
        save_view(by=world.head, name="Thêm", query="")


def test_views_are_ones_own(world, as_user):
    view = save_view(by=world.head, name="Của tôi", query="tim=a", is_default=True)
    client = as_user(world.office)

    assert "Của tôi" not in client.get(LIST).content.decode()
    for what in ("xoa", "doi-ten", "mo-dau"):
        answer = client.post(reverse("view-change", args=[view.pk]), {"viec": what, "ten": "x"})
        assert answer.status_code == 404
    view.refresh_from_db()
    assert (view.name, view.is_default) == ("Của tôi", True)


def test_print_and_views_ask_as_many_queries_for_one_as_for_thirty(
    world, as_user, django_assert_num_queries
):
    client = as_user(world.head)
    client.get(VIEWS)
    for more in (1, 2, 27):
        for number in range(more):
            make_task(world.block, (world.a,))
            save_view(by=world.head, name=f"{more}.{number}", query="")
        with django_assert_num_queries(12):
            client.get(reverse("task-print"))
        with django_assert_num_queries(6):
            client.get(VIEWS)
