"""The bell, the page behind it, and what reading does."""

import pytest
from django.urls import reverse

from tests.pages import Page, path_of, text_of
from units.models import Notice
from units.notices import tell

URL = reverse("notice-list")


def bell(client):
    [found] = Page(client.get(reverse("password-change"))).of_class("bell", "a")
    return text_of(found)


def test_the_bell_counts_what_is_unread(world, as_user):
    client = as_user(world.head)
    assert bell(client) == "Thông báo"

    tell([world.head, world.office], "Một.", "/")
    tell([world.head], "Hai.", "/")

    assert bell(client) == "Thông báo, chưa đọc: 2"


def test_newest_first_and_opening_reads_it(world, as_user):
    for words in ("Cũ.", "Mới."):
        tell([world.head], words, f"/nhiem-vu/{world.task.pk}/")
    client = as_user(world.head)
    page = Page(client.get(URL))
    assert page.texts("//ol[@class='notices']//a") == ["Mới Mới.", "Mới Cũ."]

    answer = client.get(page.all("//ol[@class='notices']//a/@href")[0])

    assert path_of(answer) == f"/nhiem-vu/{world.task.pk}/"
    assert Page(client.get(URL)).texts("//li[@class='unread']//a") == ["Mới Cũ."]


@pytest.mark.parametrize("one", [True, False])
def test_marking_one_or_all_as_read(world, as_user, one):
    tell([world.head, world.office], "Một.", "/")
    tell([world.head], "Hai.", "/")
    notice = Notice.objects.visible_to(world.head).first()

    answer = as_user(world.head).post(
        reverse("notices-read"), {"thong-bao": notice.pk} if one else {}
    )

    assert path_of(answer) == URL
    assert Notice.objects.visible_to(world.head).unread().count() == (1 if one else 0)
    assert Notice.objects.visible_to(world.office).unread().count() == 1


def test_nobody_reads_another_persons_notice(world, as_user):
    tell([world.head], "Riêng.", "/")
    notice = Notice.objects.get()
    client = as_user(world.office)

    assert client.get(reverse("notice-open", args=[notice.pk])).status_code == 404
    for wrong in (notice.pk, "x", "9" * 30):
        assert client.post(reverse("notices-read"), {"thong-bao": wrong}).status_code == 404
    assert Notice.objects.get().read_at is None


def test_a_page_that_is_no_longer_theirs_is_refused_politely(world, as_user):
    path = f"/nhiem-vu/{world.other_task.pk}/"
    client = as_user(world.head)

    followed = client.get(path, headers={"referer": f"http://testserver{URL}"})

    assert followed.status_code == 404
    assert "nay không thuộc phần việc của đồng chí" in Page(followed).text
    assert "nay không thuộc" not in Page(client.get(path)).text


def test_thirty_a_page_and_as_many_queries(world, as_user, django_assert_num_queries):
    client = as_user(world.head)
    client.get(URL)
    for more in (1, 2, 40):
        for number in range(more):
            tell([world.head], f"Việc {number}.", "/")
        with django_assert_num_queries(7):
            page = Page(client.get(URL))
    assert len(page.all("//ol[@class='notices']/li")) == 30
    assert page.all("//nav[@class='pages']/a/@href") == ["?trang=2"]
