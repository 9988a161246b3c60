"""A form sent after the session ended costs no text (units/kept_text.py)."""

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from plans.models import ProgressUpdate
from plans.states import State
from tests.builders import PASSWORD, decide, make_task, record
from tests.pages import Page, path_of, upload
from tests.plans import sample_files as samples
from units.kept_text import FIELD, keep_note

LOGIN = reverse("login")
ENDED = (
    "Phiên làm việc đã hết. Nội dung đồng chí vừa gửi được giữ lại: đăng nhập rồi gửi lại. "
    "Tệp đính kèm (nếu có) cần chọn lại."
)
OFFERED = (
    "Nội dung gửi khi phiên làm việc đã hết được giữ lại dưới đây. Đồng chí kiểm tra rồi gửi lại."
)
OLD_PAGE = (
    "Trang đã mở từ phiên làm việc trước. Nội dung đồng chí vừa gửi được giữ lại bên dưới: "
    "kiểm tra rồi gửi lại. Tệp đính kèm (nếu có) cần chọn lại."
)
TEXT = "Một đoạn văn dài <b>đã gõ</b>\nhai dòng"


@pytest.fixture
def task_page(world):
    return reverse("task", args=[world.task.pk])


@pytest.fixture
def record_url(world):
    return reverse("progress-record", args=[world.task.pk, world.lead.pk])


@pytest.fixture
def typed(as_user, world, task_page, record_url):
    """What the browser of unit A's staff is about to send."""
    form = Page(as_user(world.staff).get(task_page)).sends(record_url)
    return form | {"result": TEXT, "proposal": "Xin thêm người"}


def log_in(client, username, leads_to):
    response = client.post(leads_to, {"username": username, "password": PASSWORD})
    assert response.status_code == 302, Page(response).text
    return response["Location"]


# --- The session ended ----------------------------------------------------------------------------


def test_text_waits_for_its_owner_and_can_be_sent(world, client, typed, task_page, record_url):
    client.logout()
    file = upload("a.pdf", samples.pdf())
    response = client.post(record_url, typed | {"uploads": file})
    assert (response.status_code, response["Location"]) == (302, f"{LOGIN}?next={task_page}")
    assert ENDED in Page(client.get(response["Location"])).messages

    assert log_in(client, "staff", response["Location"]) == task_page
    page = Page(client.get(task_page))
    assert OFFERED in page.messages
    again = page.sends(record_url)
    assert (again["result"].replace("\r", ""), again["proposal"]) == (TEXT, "Xin thêm người")
    assert page.errors == {}

    assert client.post(record_url, again).status_code == 302
    assert ProgressUpdate.objects.get().result == TEXT
    # It was given back once.
    fresh = Page(client.get(task_page))
    assert OFFERED not in fresh.messages
    # What the form now offers is what was recorded, as after every update.
    assert fresh.sends(record_url)["result"].replace("\r", "") == TEXT


def test_another_person_does_not_get_it(world, client, typed, task_page, record_url):
    client.logout()
    client.post(record_url, typed)

    log_in(client, "head", LOGIN)
    for _ in range(2):
        page = Page(client.get(task_page))
        assert "đã gõ" not in page.response.content.decode()
        assert page.sends(record_url)["result"] == ""


def test_nor_who_comes_after_that_person(world, client, typed, task_page, record_url):
    client.logout()
    client.post(record_url, typed)
    log_in(client, "head", LOGIN)
    client.logout()

    log_in(client, "staff", LOGIN)
    assert Page(client.get(task_page)).sends(record_url)["result"] == ""


def test_another_form_of_the_same_person_does_not_get_it(world, client, typed, record_url):
    other = make_task(world.block, (world.a,))
    other_lead = other.assignments.get()
    client.logout()
    client.post(record_url, typed)
    log_in(client, "staff", LOGIN)

    page = Page(client.get(reverse("task", args=[other.pk])))

    url = reverse("progress-record", args=[other.pk, other_lead.pk])
    assert page.sends(url)["result"] == ""


def test_a_form_that_came_back_with_messages_keeps_its_text_too(
    world, client, typed, task_page, record_url
):
    """The page with the messages stands on an address that only takes forms."""
    came_back = Page(client.post(record_url, typed | {"completed_on": "31/11/2023"}))
    client.logout()

    response = client.post(record_url, came_back.sends(record_url))

    assert log_in(client, "staff", response["Location"]) == task_page
    page = Page(client.get(task_page))
    assert page.sends(record_url)["result"].replace("\r", "") == TEXT
    assert list(page.errors) == ["completed_on"]


def test_what_others_recorded_meanwhile_is_a_conflict(world, client, typed, task_page, record_url):
    client.logout()
    record(world.lead, world.head, result="Của người khác")
    log_in(client, "staff", client.post(record_url, typed)["Location"])

    again = Page(client.get(task_page)).sends(record_url)
    assert client.post(record_url, again).status_code == 409


def test_a_reason_waits_too(world, client, as_user):
    record(world.lead, world.head, State.DONE)
    url = reverse("progress-send_back", args=[world.task.pk, world.lead.pk])
    page_url = reverse("task", args=[world.task.pk])
    form = Page(as_user(world.office).get(page_url)).sends(url)
    client.logout()

    response = client.post(url, form | {"reason": "Thiếu văn bản"})
    log_in(client, "office", response["Location"])

    assert Page(client.get(page_url)).sends(url)["reason"] == "Thiếu văn bản"


def test_a_form_without_a_note_keeps_nothing(world, client, typed, record_url):
    client.logout()
    del typed[FIELD]

    response = client.post(record_url, typed)

    assert response["Location"] == f"{LOGIN}?next={record_url}"
    assert ENDED not in Page(client.get(LOGIN)).messages


@pytest.mark.parametrize(
    "note",
    ["", "x", "x:y:z", signing.dumps([1, "record-1", "/"])],
    # A signature holds the time: it cannot name the test.
    ids=["nothing", "a word", "of the right shape", "signed for something else"],
)
def test_a_note_that_we_did_not_sign_keeps_nothing(world, client, typed, record_url, note):
    client.logout()

    client.post(record_url, typed | {FIELD: note})

    assert ENDED not in Page(client.get(LOGIN)).messages


def test_so_much_text_is_not_kept(world, client, typed, record_url):
    client.logout()

    client.post(record_url, typed | {"result": "ă" * 600_000})

    assert ENDED not in Page(client.get(LOGIN)).messages


def test_nothing_is_kept_of_who_is_logged_in(world, client, typed, task_page, record_url):
    client.post(record_url, typed)

    assert "kept_text" not in client.session
    decide("pause", world.lead, world.leadership)
    assert OFFERED not in Page(client.get(task_page)).messages


# --- A form from before a log in in another window ------------------------------------------------


@pytest.fixture
def strict(world):
    """A browser whose forms must carry the token of its session."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.staff)
    return client


def stale(world, client, task_page, record_url):
    """A form with the token of the session before."""
    form = Page(client.get(task_page)).sends(record_url)
    client.cookies["csrftoken"] = "b" * 32
    return form | {"result": TEXT}


def test_an_old_form_of_our_own_keeps_its_text(world, strict, task_page, record_url):
    form = stale(world, strict, task_page, record_url)

    response = strict.post(record_url, form, headers={"Origin": "http://testserver"})

    assert (response.status_code, response["Location"]) == (302, task_page)
    page = Page(strict.get(task_page))
    assert OLD_PAGE in page.messages
    again = page.sends(record_url)
    assert again["result"].replace("\r", "") == TEXT
    assert ProgressUpdate.objects.count() == 0
    sent = strict.post(record_url, again, headers={"Origin": "http://testserver"})
    assert sent.status_code == 302
    assert ProgressUpdate.objects.get().result == TEXT


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Origin": "http://testserver.example.com"},
        {},
        {"Referer": "https://example.com/"},
    ],
)
def test_a_form_from_elsewhere_is_refused(world, strict, task_page, record_url, headers):
    form = stale(world, strict, task_page, record_url)

    response = strict.post(record_url, form, headers=headers)

    assert response.status_code == 403
    assert Page(response).texts("//h1") == ["Phiên làm việc đã thay đổi"]
    assert ProgressUpdate.objects.count() == 0
    assert Page(strict.get(task_page)).sends(record_url)["result"] == ""


def test_a_right_token_works(world, strict, task_page, record_url):
    form = Page(strict.get(task_page)).sends(record_url) | {"result": TEXT}

    response = strict.post(record_url, form)

    assert (response.status_code, path_of(response)) == (302, task_page)


def test_a_note_is_of_one_person_and_one_form(world):
    notes = {
        keep_note(user, name, "/")
        for user in (world.staff, world.head)
        for name in ("record-1", "record-2")
    }

    assert len(notes) == 4
