"""Asking for a later deadline and answering, on the task's page."""

import uuid

import pytest
from django.urls import reverse

from tests.builders import agree, ask, day, make_user
from tests.pages import Page, path_of
from units.models import Role


def page_of(task):
    return reverse("task", args=[task.pk])


@pytest.fixture
def asked(world):
    return ask(world.lead, world.head, day(12, 10))


def test_asked_on_the_page_and_shown_to_everyone_who_sees_it(world, as_user):
    url = reverse("extension-ask", args=[world.task.pk, world.lead.pk])
    client = as_user(world.head)
    form = Page(client.get(page_of(world.task))).sends(url)
    form |= {"due_on": "10/12/2023", "reason": "Chờ thiết bị", "work_done": "Một nửa"}

    answer = client.post(url, form)

    assert (answer.status_code, path_of(answer)) == (302, page_of(world.task))
    for who in ("staff", "support_head", "office", "leadership"):
        page = Page(as_user(world.people[who]).get(page_of(world.task)))
        [block] = page.of_class("extension")
        assert "Từ 30/11/2023 đến 10/12/2023" in " ".join(block.text_content().split())
        assert "thời hạn 30/11/2023 vẫn tính" in page.text
        assert "phải có văn bản đồng ý của UBND tỉnh" in page.text
        assert not page.has_form(url)


def test_what_cannot_be_asked_comes_back_filled(world, as_user):
    url = reverse("extension-ask", args=[world.task.pk, world.lead.pk])
    form = {
        "request_key": str(uuid.uuid4()),
        "due_on": "31/11/2023",
        "reason": "Lý do dài <b>",
        "work_done": "",
    }
    client = as_user(world.head)
    page = Page(client.post(url, form))
    assert (page.response.status_code, page.errors.keys()) == (422, {"due_on"})
    page = Page(client.post(url, form | {"due_on": "10/12/2023"}))
    assert page.errors == {"work_done": "Đồng chí ghi việc đã làm được đến nay."}
    assert page.sends(url)["reason"] == "Lý do dài <b>"
    [details] = page.form(url).iterancestors("details")
    assert "open" in details.attrib


def test_agreed_to_on_the_page(world, as_user, asked):
    url = reverse("extension-accept", args=[asked.pk])
    client = as_user(world.leadership)
    form = Page(client.get(page_of(world.task))).sends(url)
    assert form["due_on"] == "10/12/2023"

    page = Page(client.post(url, form))
    assert page.response.status_code == 422
    assert page.errors.keys() == {"superior_number", "superior_date"}
    form |= {"superior_number": "1502/UBND-KGVX", "superior_date": "18/11/2023"}
    assert client.post(url, form).status_code == 302

    page = Page(as_user(world.staff).get(page_of(world.task)))
    assert "đã gia hạn 1 lần 30/11/2023 → 10/12/2023 (20/11/2023, Người leadership)" in page.text
    assert "số 1502/UBND-KGVX ngày 18/11/2023" in page.text
    headlines = [one.text_content() for one in page.all("//ol[@class='timeline']//b")]
    assert headlines.count("Đồng ý gia hạn") == headlines.count("Đề nghị gia hạn") == 1
    past = Page(as_user(world.staff).get(page_of(world.task), {"ngay": "19/11/2023"}))
    assert "gia hạn" not in past.text


def test_refused_while_another_leader_agreed_the_reason_is_shown_again(world, as_user, asked):
    client = as_user(make_user(Role.LEADERSHIP))
    url = reverse("extension-refuse", args=[asked.pk])
    form = Page(client.get(page_of(world.task))).sends(url) | {"words": "Lý do đã gõ rất dài"}
    agree(asked, world.leadership)

    page = Page(client.post(url, form))

    assert page.response.status_code == 409
    assert "Người leadership đã quyết định ngày 20/11/2023" in page.messages[0]
    assert "Lý do đã gõ rất dài" in page.of_class("unsent")[0].text_content()
    assert asked.steps.count() == 1


def test_text_sent_after_the_session_ended_is_kept(world, as_user, client, asked):
    url = reverse("extension-refuse", args=[asked.pk])
    form = Page(as_user(world.leadership).get(page_of(world.task))).sends(url)
    client.logout()

    client.post(url, form | {"words": "Phải xong trong năm"})
    client.force_login(world.leadership)
    page = Page(client.get(page_of(world.task)))

    assert asked.steps.count() == 0
    assert page.sends(url)["words"] == "Phải xong trong năm"
