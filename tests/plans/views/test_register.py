"""The register of given tasks in the browser."""

import pytest
from django.urls import reverse

from plans.models import Task
from plans.states import State
from tests.builders import make_given, make_unit, record
from tests.pages import Page, path_of

URL, ADD = reverse("register"), reverse("register-add")


def filled(page, world):
    return page.sends(ADD) | {
        "document_number": "06",
        "document_symbol": "QĐ-TTg",
        "document_date": "06/01/2022",
        "title": "Làm sạch dữ liệu",
        "wording": "Rà soát, làm sạch dữ liệu.",
        "due_on": "20/12/2023",
        "leads": [world.a.pk],
        "supports": [world.s.pk],
    }


@pytest.fixture
def world(world):
    world.block.keeps_register = True
    world.block.save()
    return world


@pytest.mark.parametrize("who", ["office", "leadership"])
def test_entered_in_the_browser_once(world, as_user, who):
    client = as_user(world.people[who])
    page = Page(client.get(ADD))
    form = filled(page, world)

    answers = [client.post(ADD, form) for _ in range(2)]

    assert [path_of(one) for one in answers] == [URL, URL]
    task = Task.objects.registered(world.plan).get()
    page = Page(client.get(URL))
    [cells] = [
        [" ".join(one.text_content().split()) for one in row.xpath("./th | ./td")]
        for row in page.all("//table//tbody/tr")
    ]
    assert cells[:6] == [
        task.code,
        "Làm sạch dữ liệu",
        "Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ",
        "A",
        "S",
        "20/12/2023",
    ]
    assert "Chưa có thông tin" in cells[6]
    assert world.head.notices.get().path == reverse("task", args=[task.pk])


def test_what_cannot_be_read_comes_back_filled(world, as_user):
    client = as_user(world.office)
    page = Page(client.get(ADD))
    form = filled(page, world) | {"due_on": "31/11/2023", "title": "", "wording": "Giữ nguyên"}

    page = Page(client.post(ADD, form))

    assert page.response.status_code == 422
    assert page.errors.keys() == {"due_on"}
    page = Page(client.post(ADD, form | {"due_on": ""}))
    assert page.errors == {"title": "Đồng chí ghi tên gọi ngắn của nhiệm vụ."}
    assert page.texts("//textarea[@name='wording']") == ["Giữ nguyên"]
    assert len(page.all("//input[@name='leads' and @checked]")) == 1
    assert not Task.objects.registered(world.plan).exists()


def test_the_list_and_the_dashboard_keep_to_the_plans_own(world, as_user):
    client = as_user(world.office)
    before = [Page(client.get(reverse(name))).text for name in ("task-list", "dashboard")]
    given = make_given(world)
    record(given.assignments.get(unit=world.a), world.head, State.DONE)

    after = [Page(client.get(reverse(name))).text for name in ("task-list", "dashboard")]

    told = (("Chờ tôi 1", "Chờ tôi"), ("Thông báo, chưa đọc: 1", "Thông báo"))
    for words, without in told:
        after = [one.replace(words, without) for one in after]
    assert after == before
    assert client.get(reverse("task", args=[given.pk])).status_code == 200


def test_a_unit_sees_only_its_own_and_adds_none(world, as_user):
    make_given(world, supports=())
    assert "Làm sạch dữ liệu" in Page(as_user(world.staff).get(URL)).text
    page = Page(as_user(world.other_head).get(URL))
    assert "Chưa có nhiệm vụ nào của đồng chí trong sổ." in page.text
    assert ADD not in page.all("//a/@href")


def test_as_many_queries_for_one_as_for_thirty(world, as_user, django_assert_num_queries):
    client = as_user(world.office)
    for more in (1, 2, 27):
        for number in range(more):
            given = make_given(world, supports=(make_unit(world.agency, f"u{more}-{number}"),))
            record(given.assignments.get(unit=world.a), world.head)
        client.get(URL)
        with django_assert_num_queries(15):
            client.get(URL)
