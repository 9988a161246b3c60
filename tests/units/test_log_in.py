"""Log in, log out, change of password."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from tests.builders import PASSWORD, TODAY
from tests.pages import Page, path_of
from units.accounts.leaving import ACCOUNT_CLOSED
from units.models import Demonstration, User

LOGIN, LOGOUT = reverse("login"), reverse("logout")
CHANGE = reverse("password-change")
WRONG = (
    "Vui lòng điền vào tên đăng nhập và mật khẩu chính xác. "
    "Chú ý rằng cả hai khung thông tin đều phân biệt chữ hoa và chữ thường."
)


def is_logged_in(client):
    return SESSION_KEY in client.session


# --- Log in -------------------------------------------------------------------------------------


def test_addresses_are_short_vietnamese_words():
    assert (LOGIN, LOGOUT, CHANGE) == ("/dang-nhap/", "/dang-xuat/", "/doi-mat-khau/")


def test_works_and_leads_where_one_wanted_to_go(world, client):
    wanted = reverse("task", args=[world.task.pk])
    response = client.get(wanted)
    assert response["Location"] == f"{LOGIN}?next={wanted}"
    form = Page(client.get(response["Location"])).root.forms[0].form_values()

    response = client.post(LOGIN, {**dict(form), "username": "head", "password": PASSWORD})

    assert (response.status_code, response["Location"]) == (302, wanted)
    assert is_logged_in(client)


def test_leads_to_the_dashboard_otherwise_and_never_elsewhere(world, client):
    for sent in ({}, {"next": "https://example.com/"}, {"next": "//example.com"}):
        response = client.post(LOGIN, {"username": "head", "password": PASSWORD, **sent})
        assert response["Location"] == reverse("dashboard")
        client.logout()


@pytest.mark.parametrize(
    ("username", "password"),
    [("head", "sai"), ("khong-co", PASSWORD), ("HEAD", PASSWORD), ("head'--", PASSWORD)],
)
def test_wrong_name_or_password_say_the_same(world, client, username, password):
    response = client.post(LOGIN, {"username": username, "password": password})

    page = Page(response)
    assert (response.status_code, page.texts("//ul[contains(@class, 'nonfield')]")) == (
        200,
        [WRONG],
    )
    assert not is_logged_in(client)
    assert page.all("//input[@name='username']/@value") == [username]
    assert page.all("//input[@name='password']/@value") == []


def test_a_closed_account_stays_out(world, client):
    world.head.is_active = False
    world.head.save()

    page = Page(client.post(LOGIN, {"username": "head", "password": PASSWORD}))

    assert page.texts("//ul[contains(@class, 'nonfield')]") == [WRONG]
    assert not is_logged_in(client)


def test_who_left_is_told_so_after_the_password_only(world, client):
    User.objects.filter(pk=world.head.pk).update(left_on=TODAY)

    page = Page(client.post(LOGIN, {"username": "head", "password": PASSWORD}))

    assert page.texts("//ul[contains(@class, 'nonfield')]") == [ACCOUNT_CLOSED]
    assert not is_logged_in(client)
    page = Page(client.post(LOGIN, {"username": "head", "password": "sai"}))
    assert page.texts("//ul[contains(@class, 'nonfield')]") == [WRONG]


def test_an_account_closed_meanwhile_is_out_at_once(world, as_user):
    client = as_user(world.head)
    User.objects.filter(pk=world.head.pk).update(is_active=False)

    assert path_of(client.get(reverse("dashboard"))) == LOGIN


def test_who_is_logged_in_is_led_on(world, as_user):
    assert path_of(as_user(world.head).get(LOGIN)) == reverse("dashboard")


def test_the_demonstration_is_marked_here_too(world, client):
    mark = "Dữ liệu minh họa – không phải số liệu thật"
    assert mark in Page(client.get(LOGIN)).text

    Demonstration.objects.all().delete()
    assert mark not in Page(client.get(LOGIN)).text


# --- Guessing -----------------------------------------------------------------------------------

LIMIT, LOCKED = settings.AXES_FAILURE_LIMIT, settings.AXES_COOLOFF_TIME
NOON = dt.datetime(2023, 11, 20, 5, tzinfo=dt.UTC)


def guess(client, times, username="head"):
    for number in range(times):
        response = client.post(LOGIN, {"username": username, "password": f"đoán {number}"})
    return response


@pytest.mark.parametrize("username", ["head", "khong-co"])
def test_many_wrong_passwords_lock_the_account_for_a_while(world, client, username):
    assert guess(client, LIMIT - 1, username).status_code == 200
    guess(client, 1, username)

    sent = {"username": username, "password": PASSWORD, "next": "/nhiem-vu/"}
    page = Page(client.post(LOGIN, sent))

    assert (page.response.status_code, is_logged_in(client)) == (429, False)
    [said] = page.texts("//ul[contains(@class, 'nonfield')]")
    assert said.startswith(f"Tài khoản này tạm khóa vì sai mật khẩu {LIMIT} lần liền. Sau 15 phút")
    assert page.all("//input[@name='username']/@value") == [username]
    assert page.all("//input[@name='next']/@value") == ["/nhiem-vu/"]
    assert page.all("//input[@name='password']/@value") == []


def test_others_are_not_locked_by_it(world, client):
    guess(client, LIMIT)

    assert client.post(LOGIN, {"username": "staff", "password": PASSWORD}).status_code == 302


def test_it_opens_by_itself_however_often_it_was_tried_meanwhile(world, client):
    with time_machine.travel(NOON, tick=False):
        guess(client, LIMIT)
    with time_machine.travel(NOON + LOCKED / 2, tick=False):
        assert guess(client, 1).status_code == 429
    with time_machine.travel(NOON + LOCKED + dt.timedelta(seconds=1), tick=False):
        sent = {"username": "head", "password": PASSWORD}
        assert client.post(LOGIN, sent).status_code == 302


def test_a_right_password_begins_the_count_anew(world, client):
    for _ in range(2):
        guess(client, LIMIT - 1)
        assert client.post(LOGIN, {"username": "head", "password": PASSWORD}).status_code == 302
        client.logout()


def test_a_new_password_from_the_administrator_opens_it(world, client, as_user):
    guess(client, LIMIT)
    address = reverse("admin:auth_user_password_change", args=[world.head.pk])
    as_user(world.admin).post(address, {"password1": NEW, "password2": NEW})

    client.logout()

    assert client.post(LOGIN, {"username": "head", "password": NEW}).status_code == 302


# --- Log out ------------------------------------------------------------------------------------


def test_log_out(world, as_user):
    client = as_user(world.head)

    response = client.post(LOGOUT)

    assert path_of(response) == LOGIN
    assert not is_logged_in(client)


def test_a_link_cannot_log_out(world, as_user):
    client = as_user(world.head)

    assert client.get(LOGOUT).status_code == 405
    assert is_logged_in(client)


# --- Password -----------------------------------------------------------------------------------

NEW = "mật khẩu mới rất dài"


def change(client, old=PASSWORD, new=NEW, again=NEW):
    return client.post(CHANGE, {"old_password": old, "new_password1": new, "new_password2": again})


def test_change_of_password(world, as_user):
    client = as_user(world.head)

    response = change(client)

    assert path_of(response) == reverse("dashboard")
    assert User.objects.get(pk=world.head.pk).check_password(NEW)
    assert is_logged_in(client)
    assert "Đã đổi mật khẩu." in Page(client.get(reverse("dashboard"))).messages


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"old": "sai"}, "old_password"),
        ({"again": "khác hẳn mật khẩu kia"}, "new_password2"),
        ({"new": "ngan", "again": "ngan"}, "new_password2"),
        ({"new": "123456789012", "again": "123456789012"}, "new_password2"),
        ({"new": "", "again": ""}, "new_password1"),
    ],
)
def test_password_refused(world, as_user, sent, field):
    page = Page(change(as_user(world.head), **sent))

    assert page.response.status_code == 200
    assert field in page.errors
    assert User.objects.get(pk=world.head.pk).check_password(PASSWORD)


def test_password_is_changed_after_log_in_only(world, client):
    assert path_of(change(client)) == LOGIN


@pytest.mark.parametrize("url", [LOGIN, CHANGE])
def test_what_is_missing_is_told_by_us_and_not_by_the_browser(world, client, url):
    if url == CHANGE:
        client.force_login(world.head)
    [form] = [one for one in Page(client.get(url)).root.forms if one.get("class") == "stack"]
    assert form.get("novalidate") is not None

    errors = Page(client.post(url, {})).errors

    assert len(errors) == (2 if url == LOGIN else 3)
    assert set(errors.values()) == {"Chưa ghi nội dung này."}
