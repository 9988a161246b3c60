"""Whoever was given a password sets an own one before anything else; who has left is out."""

import uuid

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from tests.builders import PASSWORD, TODAY, day, make_user, record
from tests.pages import Page, path_of
from units.accounts.leaving import leave
from units.accounts.passwords import give_first_passwords
from units.accounts.refusals import NotAnAdministrator, Refused
from units.models import Demonstration, Role, User
from units.notices import tell

CHANGE, LOGIN, LOGOUT = reverse("password-change"), reverse("login"), reverse("logout")
BOARD = reverse("dashboard")
NEW = "mật khẩu của riêng tôi"
PBKDF2 = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]


@pytest.fixture
def given(world):
    """The head of unit A, whose password somebody else knows."""
    world.head.must_change_password = True
    world.head.save()
    return world.head


def change(client, old=PASSWORD, new=NEW, **more):
    sent = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post(CHANGE, sent | more)


# --- The first log-in ---------------------------------------------------------------------------


def test_every_page_leads_to_the_new_password_until_it_is_set(world, given, client):
    wanted = reverse("task", args=[world.task.pk]) + "?ngay=01/10/2023"
    response = client.post(LOGIN, {"username": "head", "password": PASSWORD, "next": wanted})
    assert response["Location"] == wanted

    for page in (wanted, BOARD, reverse("notice-list"), reverse("task-export")):
        assert path_of(client.get(page)) == CHANGE
    response = client.get(wanted)
    page = Page(client.get(response["Location"]))
    assert page.texts("//h1") == ["Đặt mật khẩu mới"]
    assert page.of_class("sections") == []
    assert dict(page.root.forms[0].form_values())["next"] == wanted

    response = change(client, next=wanted)

    assert response["Location"] == wanted
    assert client.get(wanted).status_code == 200
    assert not User.objects.get(pk=given.pk).must_change_password


def test_nothing_is_done_before(world, given, as_user):
    client = as_user(given)

    response = client.post(reverse("notices-read"))
    assert response["Location"] == CHANGE
    response = client.get(BOARD, headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == CHANGE
    assert path_of(client.post(LOGOUT)) == LOGIN


def test_the_old_password_is_no_new_one(world, given, as_user):
    client = as_user(given)

    page = Page(change(client, new=PASSWORD))

    assert page.errors == {"new_password1": "Mật khẩu mới phải khác mật khẩu đang dùng."}
    assert User.objects.get(pk=given.pk).must_change_password


def test_next_leads_to_no_other_site(world, given, as_user):
    client = as_user(given)

    assert "example.com" not in Page(client.get(CHANGE, {"next": "//example.com/"})).text
    assert change(client, next="https://example.com/")["Location"] == BOARD


def test_others_are_left_alone(world, as_user):
    assert as_user(world.head).get(BOARD).status_code == 200


# --- Accounts made, and passwords set, in the admin -----------------------------------------------


def test_the_admin_hands_out_first_passwords(world, as_user):
    client = as_user(world.admin)
    page = Page(client.get(reverse("admin:units_user_add")))
    form = dict(page.root.get_element_by_id("user_form").form_values())
    strong = "Phong-ban-Lang-Son-11"
    form |= {"full_name": "Lê An", "username": "an", "role": Role.STAFF, "unit": world.a.pk}
    client.post(reverse("admin:units_user_add"), {**form, "password1": strong, "password2": strong})
    assert User.objects.get(username="an").must_change_password

    reset = reverse("admin:auth_user_password_change", args=[world.head.pk])
    client.post(reset, {"password1": strong, "password2": strong})
    assert User.objects.get(pk=world.head.pk).must_change_password

    own = reverse("admin:auth_user_password_change", args=[world.admin.pk])
    assert path_of(client.get(own)) == CHANGE


def test_first_passwords_are_given_again_until_they_were_used(world, given, client, settings):
    settings.PASSWORD_HASHERS = PBKDF2
    key = uuid.uuid4()

    def give(key):
        people = User.objects.filter(unit=world.a)
        return give_first_passwords(people=people, by=world.admin, request_key=key)

    [first] = give(key)
    assert (first.person, len(first.password)) == (given, 17)
    assert first.password not in User.objects.get(pk=given.pk).password
    [again] = give(key)
    assert again.password == first.password
    [other] = give(uuid.uuid4())
    assert other.password != first.password

    for password, is_in in ((first.password, False), (other.password, True)):
        client.post(LOGIN, {"username": "head", "password": password})
        assert (SESSION_KEY in client.session) is is_in
    change(client, old=other.password)
    assert give(uuid.uuid4()) == []


def test_only_administrators_give_passwords_and_close_accounts(world, given):
    for by in (world.office, world.leadership, given):
        with pytest.raises(NotAnAdministrator):
            give_first_passwords(people=[given], by=by, request_key=uuid.uuid4())
        with pytest.raises(NotAnAdministrator):
            leave(person=world.head, on=TODAY, by=by)


# --- Leaving --------------------------------------------------------------------------------------


def test_who_leaves_is_out_from_that_day_on(world, as_user, client):
    leave(person=world.head, on=day(11, 21), by=world.admin)
    session = as_user(world.head)
    assert session.get(BOARD).status_code == 200

    Demonstration.objects.update(today=day(11, 21))
    response = session.get(BOARD)

    assert path_of(response) == LOGIN
    assert SESSION_KEY not in session.session
    page = Page(session.get(response["Location"]))
    assert "Tài khoản đã đóng" in page.messages[0]
    session.post(LOGIN, {"username": "head", "password": PASSWORD})
    assert SESSION_KEY not in session.session


def test_the_history_keeps_name_and_unit(world, as_user):
    update = record(world.lead, world.head)

    leave(person=world.head, on=TODAY, by=world.admin)

    page = Page(as_user(world.office).get(reverse("task", args=[world.task.pk])))
    assert update.by_label in page.text
    assert User.objects.get(pk=world.head.pk).unit == world.a
    before = world.head.notices.count()
    tell([User.objects.get(pk=world.head.pk), world.staff], "Có việc mới.", "/")
    assert world.head.notices.count() == before
    assert world.staff.notices.count() == 1


def test_leaving_can_be_taken_back_but_not_ones_own(world):
    leave(person=world.head, on=TODAY, by=world.admin)
    leave(person=world.head, on=None, by=world.admin)
    assert User.objects.get(pk=world.head.pk).has_access

    with pytest.raises(Refused, match="không tự đóng"):
        leave(person=world.admin, on=TODAY, by=world.admin)


def test_the_day_is_written_in_the_admin(world, as_user):
    client = as_user(world.admin)

    def save(person, text):
        address = reverse("admin:units_user_change", args=[person.pk])
        form = Page(client.get(address)).root.get_element_by_id("user_form")
        return client.post(address, {**dict(form.form_values()), "left_on": text})

    assert save(world.head, "20/11/2023").status_code == 302
    assert User.objects.get(pk=world.head.pk).left_on == TODAY
    listed = Page(client.get(reverse("admin:units_user_changelist"))).text
    assert "đã rời từ 20/11/2023" in listed
    answer = save(world.admin, "20/11/2023")
    assert "Đồng chí không tự đóng tài khoản của mình." in Page(answer).text
    assert User.objects.get(pk=world.admin.pk).has_access


def test_an_account_that_is_closed_by_hand_stays_closed(db):
    user = make_user(Role.STAFF, is_active=False)
    assert (user.has_left, user.has_access) == (False, False)
