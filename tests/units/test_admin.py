"""Accounts, units and agencies in the admin, and who may come in."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from lxml import html

from tests.builders import PASSWORD, make_agency, make_group, make_unit, make_user
from units.models import Alias, Role, Unit, UnitGroup, User

SAVED = 302
NEW_PASSWORD = "Phong-ban-Lang-Son-11"


@pytest.fixture
def agency(db):
    return make_agency()


@pytest.fixture
def unit(agency):
    return make_unit(agency, "cds")


@pytest.fixture
def admin_user(db):
    return make_user(Role.ADMIN, username="quantri")


@pytest.fixture
def admin(client, admin_user):
    client.force_login(admin_user)
    return client


def filled(client, address, form_id):
    tree = html.fromstring(client.get(address).content.decode())
    return dict(tree.get_element_by_id(form_id).form_values())


def send(client, page, /, *args, **changes):
    """Opens a page such as units_unit_add, changes fields ("__" for "-") and saves."""
    address = reverse(f"admin:{page}", args=args)
    data = filled(client, address, f"{page.split('_')[1]}_form")
    changes = {field.replace("__", "-"): value for field, value in changes.items()}
    return client.post(address, {**data, **changes})


def errors(response):
    return response.context["adminform"].form.errors


# --- Who comes in -------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_rights_follow_the_role(db, role):
    user = make_user(role)

    is_administrator = role == Role.ADMIN
    assert (user.is_staff, user.is_superuser) == (is_administrator, is_administrator)
    assert user.has_perm("units.change_user") == is_administrator


def test_rights_go_with_the_role(admin_user):
    admin_user.role = Role.STAFF
    admin_user.save(update_fields=["role"])

    kept = User.objects.get(pk=admin_user.pk)
    assert (kept.is_staff, kept.is_superuser) == (False, False)


def test_rights_of_nobody_else_can_be_given_by_hand(db):
    user = make_user(Role.OFFICE, is_staff=True, is_superuser=True)

    assert (user.is_staff, user.is_superuser) == (False, False)


def test_createsuperuser_makes_an_administrator(client, db):
    user = get_user_model().objects.create_superuser(
        "quan-tri-moi", "a@langson.gov.vn", PASSWORD, full_name="Nguyễn Văn A"
    )
    client.force_login(user)

    assert user.role == Role.ADMIN
    assert client.get(reverse("admin:units_user_changelist")).status_code == 200


@pytest.mark.parametrize("change", [{"role": Role.STAFF}, {"is_active": False}])
def test_demoting_or_closing_takes_effect_with_the_next_click(admin, admin_user, change):
    assert admin.get(reverse("admin:index")).status_code == 200

    User.objects.filter(pk=admin_user.pk).update(**change)

    assert admin.get(reverse("admin:index")).status_code == 302


def test_one_log_in_for_everyone(client, admin_user):
    address = reverse("admin:units_unit_changelist")
    response = client.get(reverse("admin:login"), {"next": address})
    assert response.url == f"{reverse('login')}?next={address}"

    response = client.post(response.url, {"username": "quantri", "password": PASSWORD})

    assert response.url == address
    assert client.get(reverse("admin:login")).url == reverse("admin:index")


def test_log_in_does_not_lead_to_another_site(client, admin_user):
    response = client.get(reverse("admin:login"), {"next": "https://example.vn/"})

    response = client.post(response.url, {"username": "quantri", "password": PASSWORD})

    assert response.url == reverse("dashboard")


def test_one_page_for_the_own_password(admin):
    assert admin.get(reverse("admin:password_change")).url == reverse("password-change")
    assert admin.get(reverse("admin:password_change_done")).url == reverse("admin:index")


# --- Accounts -----------------------------------------------------------------------------------


def new_account(client, **changes):
    data = {
        "full_name": "Hoàng  Thị Đào",
        "username": "cv.dao",
        "role": "staff",
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
    }
    return send(client, "units_user_add", **{**data, **changes})


def test_new_account_logs_in(admin, unit):
    response = new_account(admin, unit=unit.pk, job_title="Chuyên viên")

    assert (response.status_code, response.url) == (SAVED, reverse("admin:units_user_changelist"))
    user = User.objects.get(username="cv.dao")
    assert (user.full_name, user.unit, user.role) == ("Hoàng Thị Đào", unit, Role.STAFF)
    sent = {"username": "cv.dao", "password": NEW_PASSWORD}
    assert Client().post(reverse("login"), sent).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"password2": "khac"}, "password2", "Hai lần nhập mật khẩu không giống nhau."),
        (
            {"password1": "ngan", "password2": "ngan"},
            "password2",
            "Mật khẩu quá ngắn; cần ít nhất 12 ký tự.",
        ),
        ({"username": "QUANTRI"}, "username", "Tên đăng nhập này đã có."),
        (
            {"username": "cv dao"},
            "username",
            "Tên đăng nhập chỉ gồm chữ cái, chữ số và @ . + - _",
        ),
        ({"unit": ""}, "unit", "Chuyên viên và lãnh đạo đơn vị cần thuộc một đơn vị."),
        ({"full_name": " \u200b "}, "full_name", "Chưa ghi nội dung này."),
        ({"full_name": "x" * 101}, "full_name", "Dài 101 ký tự, tối đa 100."),
        ({"email": "khong-phai"}, "email", "Địa chỉ thư điện tử chưa đúng."),
    ],
)
def test_what_is_wrong_with_an_account_is_said_at_its_field(admin, unit, changes, field, said):
    response = new_account(admin, **{"unit": unit.pk, **changes})

    assert errors(response) == {field: [said]}
    assert User.objects.count() == 1


def test_names_are_normalised_and_escaped(admin, unit):
    decomposed = "Đào Thị Huế"
    new_account(admin, unit=unit.pk, full_name=f"{decomposed} <script>x()</script>")

    assert User.objects.get(username="cv.dao").full_name == "Đào Thị Huế <script>x()</script>"
    shown = admin.get(reverse("admin:units_user_changelist")).content.decode()
    assert "<script>x()" not in shown
    assert "Đào Thị Huế &lt;script&gt;x()&lt;/script&gt;" in shown


def test_role_makes_and_takes_an_administrator(admin, unit):
    user = make_user(Role.OFFICE, unit)

    assert send(admin, "units_user_change", user.pk, role="admin").status_code == SAVED
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (True, True)

    assert send(admin, "units_user_change", user.pk, role="office").status_code == SAVED
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_nobody_takes_their_own_way_in_away(admin, admin_user):
    response = send(admin, "units_user_change", admin_user.pk, role="office", is_active="")

    assert set(errors(response)) == {"role", "is_active"}
    address = reverse("admin:units_user_delete", args=[admin_user.pk])
    assert admin.post(address, {"post": "yes"}).status_code == 403
    listed = reverse("admin:units_user_changelist")
    action = {"action": "delete_selected", "_selected_action": [admin_user.pk], "post": "yes"}
    assert admin.post(listed, action).status_code == 403
    admin_user.refresh_from_db()
    assert (admin_user.role, admin_user.is_active) == (Role.ADMIN, True)


def test_rights_cannot_be_sent_by_hand(admin, unit):
    user = make_user(Role.STAFF, unit)

    send(admin, "units_user_change", user.pk, is_staff="on", is_superuser="on")

    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_new_password_for_somebody(admin, unit):
    user = make_user(Role.STAFF, unit)
    address = reverse("admin:auth_user_password_change", args=[user.pk])

    assert admin.post(address, {"password1": "", "password2": ""}).status_code == 200
    response = admin.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert response.status_code == SAVED
    assert User.objects.get(pk=user.pk).check_password(NEW_PASSWORD)


def test_pages_show_nothing_of_a_password(admin, unit):
    user = make_user(Role.STAFF, unit)

    shown = admin.get(reverse("admin:units_user_change", args=[user.pk])).content.decode()

    assert user.password not in shown
    assert user.password.split("$")[-1] not in shown


# --- Units and agencies -------------------------------------------------------------------------


def test_new_unit_with_its_other_names(admin, agency):
    rows = {"aliases-TOTAL_FORMS": "1", "aliases-0-name": "Chuyên  đổi số"}

    response = send(
        admin,
        "units_unit_add",
        agency=agency.pk,
        code="cds",
        name="Phòng Chuyển đổi số",
        short_name="CĐS",
        kind="division",
        **rows,
    )

    assert response.status_code == SAVED
    alias = Alias.objects.get()
    assert (alias.unit, alias.agency, alias.name) == (Unit.objects.get(), agency, "Chuyên đổi số")


@pytest.mark.parametrize("code", ["cds", "CDS", "cDs"])
def test_code_once_however_it_is_written(admin, agency, unit, code):
    assert unit.code == "cds"
    names = {"name": "Phòng khác", "short_name": "PK", "kind": "division"}

    response = send(admin, "units_unit_add", agency=agency.pk, code=code, **names)

    assert errors(response) == {"__all__": ["Cơ quan đã có đơn vị mang mã này."]}
    assert Unit.objects.count() == 1


def test_code_with_accents_is_refused(admin, agency):
    response = send(admin, "units_unit_add", agency=agency.pk, code="cđs")

    assert errors(response)["code"][0].startswith("Mã chỉ gồm chữ cái không dấu")


def test_other_name_means_one_thing(admin, agency, unit):
    other = make_unit(agency, "hts")
    Alias.objects.create(agency=agency, unit=other, name="Hạ tầng số")
    rows = {"aliases-TOTAL_FORMS": "1", "aliases-0-name": "ha tang SO"}

    response = send(admin, "units_unit_change", unit.pk, **rows)

    assert "Cách viết này đã dùng" in response.content.decode()
    assert not unit.aliases.exists()


def test_other_name_twice_in_one_page(admin, unit):
    rows = {"aliases-TOTAL_FORMS": "2", "aliases-0-name": "CĐS", "aliases-1-name": "cđs"}

    response = send(admin, "units_unit_change", unit.pk, **rows)

    assert "Cách viết này đã dùng" in response.content.decode()
    assert not unit.aliases.exists()


def test_members_of_a_group(admin, agency, unit):
    group = make_group(agency, "phong")

    assert send(admin, "units_unitgroup_change", group.pk, members=[unit.pk]).status_code == SAVED

    assert list(UnitGroup.objects.get().members.all()) == [unit]


def test_agency_gets_another_name_from_a_day_on(admin, agency):
    send(admin, "units_agency_change", agency.pk, identities__0__valid_until="28/02/2025")
    rows = {
        "identities-TOTAL_FORMS": "2",
        "identities-1-name": "Sở Khoa học và Công nghệ",
        "identities-1-short_name": "Sở KH&CN",
        "identities-1-symbol": "SKHCN",
        "identities-1-valid_from": "01/03/2025",
    }

    assert send(admin, "units_agency_change", agency.pk, **rows).status_code == SAVED

    assert str(agency) == "Sở Khoa học và Công nghệ"


def test_what_was_saved_of_an_agency_is_said_under_its_new_name(admin, agency):
    response = send(admin, "units_agency_change", agency.pk, identities__0__name="Sở Mới")

    said = [str(one) for one in get_messages(response.wsgi_request)]
    assert len(said) == 1
    assert "Sở Mới" in said[0]


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("31/11/2023", "“31/11/2023” không phải là một ngày có thật."),
        ("01/01/2020", "Ngày hết hiệu lực không được trước ngày bắt đầu."),
    ],
)
def test_validity_that_cannot_be(admin, agency, until, said):
    response = send(
        admin,
        "units_agency_change",
        agency.pk,
        identities__0__valid_from="01/01/2021",
        identities__0__valid_until=until,
    )

    assert said in response.content.decode()
    assert agency.identities.get().valid_from is None


def test_the_table_of_a_list_scrolls_by_itself_and_is_reached_with_the_keyboard(admin):
    page = html.fromstring(admin.get(reverse("admin:units_user_changelist")).content.decode())

    [region] = page.xpath("//*[@role='region'][.//table[@id='result_list']]")
    assert (region.get("tabindex"), region.get("aria-label")) == ("0", "Danh sách")
