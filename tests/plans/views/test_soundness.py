"""The page of what would hurt later: everyone who oversees reads it, administrators mend."""

from django.urls import reverse

from plans.views.soundness import FIRST
from tests.builders import make_plan, make_task
from tests.pages import Page

URL = reverse("plan-soundness")


def test_each_gap_has_its_task_and_where_administrators_mend_it(world, as_user):
    client = as_user(world.admin)

    page = Page(client.get(URL))

    assert page.texts("//h2") == ["Nhiệm vụ chưa có đơn vị chủ trì: 1", "Đã xem, không có chỗ nào"]
    task = reverse("task", args=[world.standing.pk])
    mend = reverse("admin:plans_task_change", args=[world.standing.pk]) + "#assignments-group"
    assert page.all("//main//tbody//a/@href") == [task, mend]
    shown = Page(client.get(mend))
    assert shown.response.status_code == 200
    assert shown.all("//*[@id='assignments-group']")
    assert {"id_due_on", "id_wording", "measures-group"} <= set(shown.all("//@id"))


def test_others_are_sent_to_the_administrator(world, as_user):
    page = Page(as_user(world.office).get(URL))

    assert page.all("//main//tbody//a/@href") == [reverse("task", args=[world.standing.pk])]
    assert "Người quản trị sửa" in page.text


def test_many_of_one_kind_have_a_page_of_their_own(world, as_user):
    tasks = [make_task(world.block, (world.a,), due_on=None) for _ in range(FIRST + 5)]
    client = as_user(world.office)

    page = Page(client.get(URL))
    [whole] = page.all("//a[contains(., 'Xem cả')]/@href")
    assert len(page.all("//section[@id='thoi-han']//tbody/tr")) == FIRST

    page = Page(client.get(URL + whole))
    assert page.texts("//tbody/tr/th") == [task.code for task in tasks]
    assert page.texts("//h2") == [f"Nhiệm vụ không có thời hạn: {FIRST + 5}"]
    assert client.get(URL, {"loai": "khong-co"}).status_code == 404


def test_a_kind_without_any_says_so(world, as_user):
    page = Page(as_user(world.office).get(URL, {"loai": "thoi-han"}))

    assert page.texts("//*[@class='empty']") == ["Không có chỗ nào."]


def test_asks_the_plan_in_force(world, as_user):
    make_plan(world.agency, "kh-2024", year=2024)

    page = Page(as_user(world.office).get(URL))

    assert "Không thấy chỗ nào cần xem lại." in page.text


def test_is_linked_where_one_looks(world, as_user):
    for who, name in (("office", "dashboard"), ("admin", "plan-import")):
        assert URL in Page(as_user(world.people[who]).get(reverse(name))).all("//a/@href")
    assert URL not in Page(as_user(world.head).get(reverse("dashboard"))).all("//a/@href")
