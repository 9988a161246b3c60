"""A form of the admin loses nothing typed, and overwrites nobody (units/admin/keeping.py)."""

import pytest
from django.urls import reverse

from plans.models import Assignment, AssignmentRole
from tests.builders import PASSWORD, make_measure, make_unit, make_user
from tests.pages import Page, path_of
from tests.plans.admin_forms import filled
from units.models import Role, Unit

REASON = "Theo ý kiến của Lãnh đạo Sở."
MEANWHILE = "Trong lúc đồng chí sửa, người khác đã lưu trang này; chưa ghi gì của đồng chí."


@pytest.fixture
def other_admin(db):
    return make_user(Role.ADMIN, username="quan-tri-2")


def opened(client, address):
    """What the browser sends from the page as it is."""
    return sent_from(client.get(address))


def sent_from(response):
    [form] = Page(response).all("//form[contains(@id, '_form')]/@id")
    return filled(response, form)


def errors(response):
    return " ".join(Page(response).texts("//*[contains(@class, 'errornote')]/following::ul[1]//li"))


def shown(response, name):
    page = Page(response)
    [field] = page.all(f"//*[@name='{name}']")
    return (field.value or "").removeprefix("\n")


@pytest.fixture
def address(world):
    return reverse("admin:plans_task_change", args=[world.task.pk])


@pytest.fixture
def two(world, other_admin, as_user, address):
    """Two administrators who have opened the same task."""
    make_measure(world.task, target=70)
    first, second = as_user(world.admin), as_user(other_admin)
    return (first, opened(first, address)), (second, opened(second, address))


def test_what_only_the_other_changed_is_taken_over_and_told(world, two, address):
    (first, mine), (second, theirs) = two
    saved = first.post(address, mine | {"wording": "Lời của người thứ nhất.", "reason": REASON})
    assert saved.status_code == 302

    sent = theirs | {"note": "Ghi chú của người thứ hai."}
    response = second.post(address, sent)
    world.task.refresh_from_db()
    assert response.status_code == 200
    assert MEANWHILE in errors(response)
    assert "lấy nội dung người kia vừa ghi" in errors(response)
    assert (world.task.wording, world.task.note) == ("Lời của người thứ nhất.", "")
    assert shown(response, "note") == "Ghi chú của người thứ hai."
    assert shown(response, "wording") == "Lời của người thứ nhất."

    sent |= {name: shown(response, name) for name in ("wording", "seen")} | {"reason": REASON}
    assert second.post(address, sent).status_code == 302
    world.task.refresh_from_db()
    assert world.task.wording == "Lời của người thứ nhất."
    assert world.task.note == "Ghi chú của người thứ hai."


def test_where_both_wrote_both_texts_are_shown(world, two, address):
    (first, mine), (second, theirs) = two
    first.post(address, mine | {"wording": "Lời của người thứ nhất.", "reason": REASON})
    sent = theirs | {"wording": "Lời của người thứ hai.", "reason": REASON}
    response = second.post(address, sent)
    assert "cả hai cùng sửa" in errors(response)
    assert "“Lời của người thứ nhất.”" in errors(response)
    assert shown(response, "wording") == "Lời của người thứ hai."

    sent["seen"] = shown(response, "seen")
    assert second.post(address, sent).status_code == 302
    world.task.refresh_from_db()
    assert world.task.wording == "Lời của người thứ hai."


def test_the_same_change_by_both_is_no_conflict(world, two, address):
    (first, mine), (second, theirs) = two
    for client, form in ((first, mine), (second, theirs)):
        sent = form | {"wording": "Cùng một lời.", "reason": REASON}
        assert client.post(address, sent).status_code == 302


def a_row_more(world, form):
    unit = make_unit(world.agency, "moi")
    return form | {
        "assignments-TOTAL_FORMS": str(int(form["assignments-TOTAL_FORMS"]) + 1),
        f"assignments-{form['assignments-TOTAL_FORMS']}-unit": str(unit.pk),
        f"assignments-{form['assignments-TOTAL_FORMS']}-role": AssignmentRole.SUPPORT,
        "reason": REASON,
    }


def test_rows_that_the_other_added_stay(world, two, address):
    (first, mine), (second, theirs) = two
    assert first.post(address, a_row_more(world, mine)).status_code == 302
    added = Unit.objects.get(code="moi")

    sent = theirs | {"note": "Ghi chú.", "reason": REASON}
    response = second.post(address, sent)
    assert "như hiện nay" in errors(response)
    again = sent_from(response) | {"note": "Ghi chú.", "reason": REASON}
    assert second.post(address, again).status_code == 302
    assert Assignment.objects.filter(task=world.task, unit=added).exists()
    world.task.refresh_from_db()
    assert world.task.note == "Ghi chú."


def test_rows_that_both_changed_are_not_saved_over(world, two, address):
    (first, mine), (second, theirs) = two
    assert first.post(address, a_row_more(world, mine)).status_code == 302
    role = next(name for name in theirs if name.endswith("-0-role") and "assign" in name)
    sent = theirs | {role: AssignmentRole.SUPPORT, "reason": REASON}
    for _ in range(2):  # also not by pressing once more
        response = second.post(address, sent)
        assert "Mở lại trang này ở thẻ khác" in errors(response)
        assert shown(response, role) == AssignmentRole.SUPPORT
        sent["seen"] = shown(response, "seen")
    assert Assignment.objects.filter(task=world.task, unit__code="moi").exists()


def test_a_form_of_a_unit_is_compared_too(world, other_admin, as_user):
    address = reverse("admin:units_unit_change", args=[world.a.pk])
    first, second = as_user(world.admin), as_user(other_admin)
    mine, theirs = opened(first, address), opened(second, address)
    assert first.post(address, mine | {"name": "Phòng Một"}).status_code == 302
    response = second.post(address, theirs | {"short_name": "PM"})
    assert MEANWHILE in errors(response)
    world.a.refresh_from_db()
    assert (world.a.name, world.a.short_name) != ("Phòng A", "PM")


def test_what_was_typed_when_the_session_had_ended_is_offered_again(world, as_user, address):
    client = as_user(world.admin)
    sent = opened(client, address) | {"note": "Ghi chú dài.", "reason": REASON}
    client.logout()
    to_log_in = client.post(address, sent)
    assert path_of(to_log_in) == reverse("login")
    credentials = {"username": world.admin.username, "password": PASSWORD}
    back = client.post(to_log_in["Location"], credentials)
    assert path_of(back) == address

    response = client.get(back["Location"])
    assert "khi phiên làm việc đã hết" in errors(response)
    assert shown(response, "note") == "Ghi chú dài."
    world.task.refresh_from_db()
    assert world.task.note == ""
    again = sent_from(response)
    final = client.post(address, again)
    assert final.status_code == 302, Page(final).texts("//*[contains(@class, 'error')]")
    world.task.refresh_from_db()
    assert world.task.note == "Ghi chú dài."


def test_a_new_thing_is_offered_again_too(world, as_user):
    address = reverse("admin:units_unit_add")
    client = as_user(world.admin)
    sent = opened(client, address) | {"name": "Phòng Rất Mới"}
    client.logout()
    to_log_in = client.post(address, sent)
    credentials = {"username": world.admin.username, "password": PASSWORD}
    back = client.post(to_log_in["Location"], credentials)
    assert shown(client.get(back["Location"]), "name") == "Phòng Rất Mới"


def test_a_password_is_not_kept(world, as_user):
    page = Page(as_user(world.admin).get(reverse("admin:units_user_add")))
    assert page.all("//input[@type='password']")
    assert not page.all("//input[@name='keep_as']")
