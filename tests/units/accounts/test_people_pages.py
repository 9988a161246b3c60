"""The pages on which people come in from Excel, and hand out first passwords."""

import io

import openpyxl
import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from tests.builders import make_user
from tests.pages import Page, path_of, upload
from tests.plans.appendix.workbooks import sheets
from tests.units.accounts.rosters import HEAD, apply, roster, sent
from units.accounts import importing
from units.models import PeopleImport, Role, User

START = reverse("people-import")
AN = (1, "Lê Văn An", "Chuyên viên", "Phòng A", "Chuyên viên", "an.lv@langson.gov.vn", "")
PBKDF2 = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]


def review(one):
    return reverse("people-import-review", args=[one.pk])


def passwords(one):
    return reverse("people-passwords", args=[one.pk])


def test_the_whole_way(world, as_user, settings):
    settings.PASSWORD_HASHERS = PBKDF2
    client = as_user(world.admin)
    form = dict(Page(client.get(START)).root.forms[-1].form_values())

    response = client.post(START, {**form, "file": upload("can-bo.xlsx", roster(AN))})
    address = path_of(response)
    page = Page(client.get(address))
    assert page.texts("//tbody/tr/td[5]/p/b") == ["Mới"]
    assert page.texts("//tbody/tr/td[4]") == ["an.lv an.lv@langson.gov.vn"]
    assert not User.objects.filter(username="an.lv").exists()

    [seen] = page.all("//input[@name='seen']/@value")
    for _ in range(2):
        assert path_of(client.post(address, {"seen": seen, "do": "apply"})) == address
    one = PeopleImport.objects.get()
    page = Page(client.get(address))
    assert "1 mới" in page.text
    assert page.texts("//tbody/tr/td") == ["Lê Văn An", "Phòng A", "an.lv"]

    sends = page.sends(passwords(one))
    shown = Page(client.post(passwords(one), {**sends, "do": "print"}))
    [password] = shown.texts("//code")
    assert shown.response["Cache-Control"] == "no-store"
    book = client.post(passwords(one), {**sends, "do": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert [cell.value for cell in sheet[4]][1:5] == ["Lê Văn An", "Phòng A", "an.lv", password]
    assert book["Cache-Control"] == "no-store"
    assert password not in client.get(address).content.decode()

    client.logout()
    client.post(reverse("login"), {"username": "an.lv", "password": password})
    assert SESSION_KEY in client.session
    assert path_of(client.get(reverse("dashboard"))) == reverse("password-change")


def test_errors_are_named_and_nothing_can_be_applied(world, as_user):
    one = sent(world.admin, roster(AN, (2, "B", "", "Phòng AA", "Chuyên viên", "b@x.vn", "")))
    client = as_user(world.admin)

    page = Page(client.get(review(one)))

    assert page.texts("//button[@value='apply']") == []
    assert page.texts("//li[@class='must']") == [
        "! D5 “Phòng AA”: không có đơn vị này. Chấp nhận: Phòng A"
    ]
    [seen] = page.all("//input[@name='seen']/@value")
    refused = client.post(review(one), {"seen": seen, "do": "apply"})
    assert (refused.status_code, User.objects.filter(email="b@x.vn").exists()) == (409, False)
    only = Page(client.get(review(one), {"xem": "wrong"}))
    assert only.texts("//tbody/tr/td[1]") == ["B"]


def test_what_changed_meanwhile_is_shown_and_can_then_be_applied(world, as_user):
    one = sent(world.admin, roster(AN))
    client = as_user(world.admin)
    old = importing.compared(one, world.admin).seen
    apply(world.admin, (1, "Lê Văn An", "Trưởng phòng", "A", "Chuyên viên", AN[5], ""))

    page = Page(client.post(review(one), {"seen": old, "do": "apply"}))

    assert page.response.status_code == 409
    assert "vừa được người khác sửa" in page.text
    [seen] = page.all("//input[@name='seen']/@value")
    assert client.post(review(one), {"seen": seen, "do": "apply"}).status_code == 302
    assert User.objects.get(username="an.lv").job_title == "Chuyên viên"


def test_what_else_waits_is_told(world, as_user):
    client = as_user(world.admin)
    one, other = (sent(world.admin, roster(AN)) for _ in range(2))
    assert (
        "Đồng chí còn một lần nhập khác của danh sách cán bộ" in Page(client.get(review(one))).text
    )

    PeopleImport.objects.filter(pk=other.pk).update(by=make_user(Role.ADMIN))
    text = Page(client.get(review(one))).text
    assert "cũng đang nhập danh sách cán bộ" in text
    assert "Đồng chí còn" not in text


def test_put_aside(world, as_user):
    one = sent(world.admin, roster(AN))
    client = as_user(world.admin)

    assert path_of(client.post(review(one), {"seen": "x", "do": "put_aside"})) == START
    assert "đã bỏ" in Page(client.get(review(one))).text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.xlsx", b"khong", "không phải tệp Excel"), ("a.xlsx", b"", "rỗng")],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(world, as_user, name, content, said):
    client = as_user(world.admin)
    form = dict(Page(client.get(START)).root.forms[-1].form_values())

    page = Page(client.post(START, {**form, "file": upload(name, content)}))

    assert page.response.status_code == 422
    assert said in page.errors["file"]


def test_the_template_and_the_full_list(world, as_user):
    client = as_user(world.admin)

    for query, rows in (({}, 0), ({"du": "co"}, User.objects.count())):
        answer = client.get(reverse("people-template"), query)
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        assert book.sheetnames == ["Cán bộ", "Hướng dẫn"]
        assert book["Cán bộ"].max_row == 3 + rows
        guide = [cell.value for cell in book["Hướng dẫn"]["A"]]
        lists = [one.formula1 for one in book["Cán bộ"].data_validations.dataValidation]
        shown = [[c[0].value for c in book["Hướng dẫn"][part.split("!")[1]]] for part in lists]
        assert shown[0] == [str(role.label) for role in Role]
        assert shown[1] == ["Phòng VP", "Phòng A", "Phòng B", "Phòng S"]
        assert set(shown[0] + shown[1]) <= set(guide)


def test_is_linked_from_the_accounts_in_the_admin(world, as_user):
    page = Page(as_user(world.admin).get(reverse("admin:units_user_changelist")))
    assert START in page.all("//a/@href")


def test_the_admin_shows_what_came_in(world, as_user):
    one = apply(world.admin, AN)
    client = as_user(world.admin)

    page = Page(client.get(reverse("admin:units_peopleimport_change", args=[one.pk])))

    assert "4: 1 | Lê Văn An | Chuyên viên | Phòng A" in page.text
    assert "1 mới" in Page(client.get(reverse("admin:units_peopleimport_changelist"))).text


def test_an_administrator_in_a_hidden_sheet_is_seen(world, as_user):
    person = (1, "Ẩn", "", "", "Quản trị", "an.danh@langson.gov.vn", "")
    one = sent(world.admin, sheets({"Ds": [HEAD, AN], "Kho": [HEAD, person]}, hidden=["Kho"]))

    page = Page(as_user(world.admin).get(review(one)))

    assert "Kho, ô A1: trang tính đang ẩn trong tệp; 1 dòng trong đó vẫn được đọc" in page.text
    assert page.texts("//ul[@class='doubts']/li") == [
        "B2 “Ẩn”: trang tính đang ẩn trong tệp; vẫn được đọc"
    ]
