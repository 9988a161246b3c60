"""What is typed is kept on the server before it is sent, for its writer alone (units/drafts.py)."""

import pytest
from django.test import Client
from django.urls import reverse

from plans.models import ProgressUpdate
from plans.states import State
from tests.builders import TODAY, decide, record
from tests.pages import Page, upload
from tests.plans import sample_files as samples
from units.models import Draft

SAVE, DROP = reverse("draft"), reverse("draft-drop")
TEXT = "Đang gõ dở <b>một đoạn</b>\nhai dòng"


@pytest.fixture
def record_url(world):
    return reverse("progress-record", args=[world.task.pk, world.lead.pk])


@pytest.fixture
def typed(world, as_user, record_url):
    """What the script of the page sends while staff of unit A type."""
    form = Page(as_user(world.staff).get(record_url)).sends(record_url)
    return form | {"result": TEXT, "completed_on": "31/1"}


def offered(client, url):
    sent = Page(client.get(url)).sends(url)
    return sent["result"].replace("\r", "")


def fetched(client, typed):
    return client.post(SAVE, typed, headers={"X-Requested-With": "fetch"})


def test_kept_and_offered_on_another_computer(world, client, typed, record_url):
    assert fetched(client, typed).status_code == 204

    elsewhere = Client()
    elsewhere.force_login(world.staff)
    for url in (record_url, reverse("task", args=[world.task.pk])):
        page = Page(elsewhere.get(url))
        sent = page.sends(record_url)
        assert (sent["result"].replace("\r", ""), sent["completed_on"]) == (TEXT, "31/1")
        assert page.errors == {}  # nothing was refused yet
        assert any(m.startswith("Bản nháp đồng chí gõ lúc") for m in page.messages)


def test_one_draft_for_a_person_and_a_form(world, client, typed, record_url):
    fetched(client, typed)
    fetched(client, typed | {"result": "Mới hơn"})

    assert Draft.objects.count() == 1
    assert offered(client, record_url) == "Mới hơn"


def test_gone_once_sent(world, client, typed, record_url):
    fetched(client, typed)
    sent = Page(client.get(record_url)).sends(record_url)

    response = client.post(record_url, sent | {"completed_on": ""})

    assert response.status_code == 302
    assert not Draft.objects.exists()
    assert ProgressUpdate.objects.get().result.replace("\r", "") == TEXT


def test_a_draft_that_arrives_after_it_was_sent_is_not_offered(world, client, typed, record_url):
    client.post(record_url, typed | {"completed_on": ""})
    fetched(client, typed)

    page = Page(client.get(record_url))

    assert not any(m.startswith("Bản nháp") for m in page.messages)
    assert not Draft.objects.exists()


def test_kept_when_what_was_sent_is_refused(world, client, typed, record_url):
    fetched(client, typed)
    assert client.post(record_url, typed | {"state": "done"}).status_code == 422

    assert Draft.objects.count() == 1


def test_both_are_shown_when_the_history_moved_on(world, client, typed, record_url):
    fetched(client, typed)
    record(world.lead, world.head, result="Của lãnh đạo phòng")

    page = Page(client.get(record_url))

    assert "Của lãnh đạo phòng" in page.texts("//div[@class='newer']")[0]
    again = page.sends(record_url)
    assert again["result"].replace("\r", "") == TEXT
    assert client.post(record_url, again | {"completed_on": ""}).status_code == 302
    assert ProgressUpdate.objects.count() == 2


def test_nobody_else_sees_it_and_nobody_writes_it_for_another(world, client, typed, record_url):
    fetched(client, typed)
    client.force_login(world.head)

    assert offered(client, record_url) == ""
    assert fetched(client, typed | {"result": "Của người khác"}).status_code == 400
    client.post(DROP, typed)
    assert Draft.objects.get().text.count("%C4%90ang") == 1


@pytest.mark.parametrize("note", ["", "x", "a:b:c"])
def test_a_note_that_was_meddled_with(world, client, typed, note):
    assert fetched(client, typed | {"keep_as": note}).status_code == 400
    assert client.post(DROP, {"keep_as": note}).status_code == 400
    assert not Draft.objects.exists()


def test_a_text_that_is_too_long_is_not_kept(world, client, typed):
    assert fetched(client, typed | {"result": "ă" * 250_000}).status_code == 400


def test_without_a_script_a_button_does_it(world, client, typed, record_url):
    response = client.post(SAVE, typed | {"uploads": upload("a.pdf", samples.pdf())})

    assert response["Location"].startswith(record_url)
    page = Page(client.get(response["Location"]))
    assert any("Tệp đính kèm không nằm trong bản nháp" in one for one in page.messages)
    assert page.sends(record_url)["result"].replace("\r", "") == TEXT
    client.post(DROP, page.sends(record_url))
    assert offered(client, record_url) == ""


def test_a_draft_of_work_that_has_ended_is_still_kept(world, client, typed, record_url):
    fetched(client, typed)
    record(world.lead, world.head, State.DONE, on=TODAY)
    decide("confirm", world.lead, world.office)

    assert client.get(record_url).status_code == 200
    assert Draft.objects.count() == 1


def test_the_time_out_keeps_it_in_the_session(world, client, typed, record_url):
    """The script's last sending after the session had ended is given back after the log in."""
    client.logout()
    assert fetched(client, typed).status_code == 302
    client.force_login(world.staff)

    assert not Draft.objects.exists()
    assert offered(client, record_url) == TEXT


def test_a_key_that_is_no_key(world, client, typed, record_url):
    fetched(client, typed | {"request_key": "x", "seen": "x"})

    assert offered(client, record_url) == TEXT
