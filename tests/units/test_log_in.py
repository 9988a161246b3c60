"""Log in, log out, change of password."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from tests.builders import PASSWORD
from tests.pages import Page, path_of
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
